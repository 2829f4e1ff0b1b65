"""Where a text is cut: semchunk finds the blocks, overlaps are added to them with exact counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray
from semchunk.semchunk import chunk

from crossover.tokens import TokenCounter

# Prose has a token for every three to five characters. A text longer than this allows is judged by
# its beginning first, so that a megabyte is not counted to learn that it does not fit.
_CHARACTERS_PER_TOKEN = 6

# semchunk recurses once more for every different run of white space: a thousand of them took 46 s
# and ended in a RecursionError.
_MOST_DISTINCT_BLANKS = 100
_BLANKS = re.compile(r"\s{2,}")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")

# Overlaps end after a word, or after this many characters of scripts without blanks.
_WORDS = re.compile(r"\s*\S{1,24}")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'’”»)\]]*$")


def chunk_text(text: str, size_tokens: int, overlap_tokens: int, count: TokenCounter) -> list[str]:
    """The chunks of one text, none above `size_tokens`; no chunk for a blank text.

    `count` should remember what it counted. In a text with more than 100 different runs of white
    space (tables laid out with blanks) these are first shortened to a blank or one or two line breaks.
    """
    text = _with_few_blanks(text.strip())
    if not text:
        return []
    if _bounded(count, size_tokens)(text) <= size_tokens:
        return [text]
    blocks = _blocks(text, size_tokens - overlap_tokens, count)
    if overlap_tokens:
        blocks = _overlapping(text, blocks, size_tokens, overlap_tokens, count)
    return [text[start:end] for start, end in blocks.tolist()]


def _with_few_blanks(text: str) -> str:
    if len(set(_BLANKS.findall(text))) <= _MOST_DISTINCT_BLANKS:
        return text
    return _BLANKS.sub(_shortened, text)


def _shortened(blanks: re.Match[str]) -> str:
    """A blank, one line break or a paragraph break, as `blanks` holds none, one or more of them."""
    line_breaks = len(_LINE_BREAK.findall(blanks.group()))
    return "\n" * min(line_breaks, 2) or " "


def _blocks(text: str, size_tokens: int, count: TokenCounter) -> NDArray[np.int64]:
    """Start and end of the blocks that tile `text`, shape (n, 2), without white space around them."""
    # semchunk's own memory of counts is global and never emptied: it would keep what users upload
    cut = chunk(text, size_tokens, _bounded(count, size_tokens), memoize=False, offsets=True)
    spans = cast("tuple[list[str], list[tuple[int, int]]]", cut)[1]
    return np.array([_stripped(text, start, end) for start, end in spans], dtype=np.int64)


def _bounded(count: TokenCounter, size_tokens: int) -> TokenCounter:
    """`count` as semchunk needs it: quick for long texts, and a single character always fits."""
    enough = size_tokens * _CHARACTERS_PER_TOKEN

    def tokens(text: str) -> int:
        if len(text) == 1:
            return min(count(text), size_tokens)
        if len(text) > enough and count(text[:enough]) > size_tokens:
            return size_tokens + 1
        return count(text)

    return tokens


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    block = text[start:end]
    return end - len(block.lstrip()), start + len(block.rstrip())


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """Where each word of a text ends and the tokens up to there; a zero stands before the first."""

    ends: NDArray[np.int64]
    tokens: NDArray[np.int64]
    ends_sentence: NDArray[np.bool_]

    def last_within(self, start: int, room_tokens: int, spare_tokens: int) -> int:
        """The last word within `room_tokens` after `start`; rather a sentence's end, if not far back.

        Up to `spare_tokens` of the room may stay empty for the sake of a sentence's end.
        """
        spent = self.tokens[np.searchsorted(self.ends, start, side="right") - 1]
        most = spent + room_tokens
        near, last = np.searchsorted(self.tokens, [most - spare_tokens, most], side="right")
        sentences = np.flatnonzero(self.ends_sentence[near:last])
        return int(near + sentences[-1] if sentences.size else last - 1)


def _words(text: str, count: TokenCounter) -> _Words:
    words = _WORDS.findall(text)
    tokens = {word: count(word) for word in set(words)}
    ends_sentence = {word: _SENTENCE_END.search(word) is not None for word in tokens}
    return _Words(
        np.cumsum([0, *map(len, words)]),
        np.cumsum([0, *(tokens[word] for word in words)]),
        np.array([False, *(ends_sentence[word] for word in words)]),
    )


def _overlapping(
    text: str, blocks: NDArray[np.int64], size_tokens: int, overlap_tokens: int, count: TokenCounter
) -> NDArray[np.int64]:
    """The blocks, each continued by the words that follow it, as far as overlap and size allow."""
    words = _words(text, count)
    # giving up more than a stride would let the next chunk end at the same place
    spare = min(overlap_tokens // 2, size_tokens - overlap_tokens)
    ends = np.empty(len(blocks), dtype=np.int64)
    for row, (start, end) in enumerate(blocks.tolist()):
        word = words.last_within(end, overlap_tokens, spare)
        # words counted one by one may give a token less than the text they form
        while words.ends[word] > end and count(text[start : words.ends[word]]) > size_tokens:
            word -= 1
        ends[row] = max(end, words.ends[word])
    return _without_repeats(blocks[:, 0], ends)


def _without_repeats(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Spans without those that lie inside an earlier one: the overlap already covers them."""
    reached_before = np.maximum.accumulate(np.concatenate([[-1], ends[:-1]]))
    return np.stack([starts, ends], axis=1)[ends > reached_before]
