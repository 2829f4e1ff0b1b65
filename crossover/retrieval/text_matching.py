"""Does a text contain an answer? Words are compared, not characters (MODEL.md 7, normalisation and 7.2)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np
from bm25s import stopwords
from numpy.typing import NDArray
from scipy import sparse

ENOUGH_SHARE = 0.8
Places: TypeAlias = NDArray[np.int64]

# A number counts as a word and as one of these, so that one product tells words and numbers apart.
_SHIFT = 32
_NUMBER = 1 << _SHIFT
_WORDS = _NUMBER - 1

# A number keeps the points and commas inside it. Chinese and Japanese are written without blanks:
# each of their characters is a word. Everything else that is no letter or digit parts words.
_WORD = re.compile(r"\d+(?:[.,]\d+)+|[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")
_LANGUAGE_NAMES = {"english": "EN"}

# Most texts are plain: there a table of letters does in a fraction of the time what the pattern does.
_POINT_IN_NUMBER = re.compile(rb"[0-9][.,][0-9]")
_LETTERS = bytes(ord(letter.lower()) if (letter := chr(code)).isalnum() else 32 for code in range(128))
_LETTERS += bytes(128)


def words_of(text: str) -> list[str]:
    """The words of a text in their order: NFKC, case folded, without punctuation except inside numbers."""
    if text.isascii() and not _POINT_IN_NUMBER.search(plain := text.encode("ascii")):
        return plain.translate(_LETTERS).decode("ascii").split()
    return _words_by_pattern(text)


def _words_by_pattern(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def normalised(text: str) -> str:
    """The text as all matching sees it: its words parted by single blanks."""
    return " ".join(words_of(text))


def is_number(word: str) -> bool:
    """Whether a word starts with a digit: 1,250.50 or 3rd."""
    return word[:1].isdigit()


@cache
def stop_words(language: str | None) -> frozenset[str]:
    """Small words that say nothing about an answer, for a Snowball language name; none for others."""
    name = _LANGUAGE_NAMES.get(language or "", (language or "").upper())
    return frozenset(getattr(stopwords, f"STOPWORDS_{name}", ()))


@dataclass(frozen=True, slots=True, eq=False)
class WordTable:
    """Texts by the words they hold: `holds` is (texts, words) of 0 and 1, `places` a word's column.

    `texts` are the words of each text in their order, `ignored` the stop words.
    """

    texts: tuple[list[str], ...]
    places: dict[str, int]
    holds: sparse.csr_matrix
    ignored: frozenset[str]

    def __len__(self) -> int:
        return len(self.texts)


def word_table(texts: Sequence[str], language: str | None, answers: Sequence[str] | None = None) -> WordTable:
    """Read the words of every text once; `language` names the stop words that do not count.

    With `answers` the table keeps only the words they hold, and serves for these answers alone.
    """
    ignored = stop_words(language)
    read = [words_of(text) for text in texts]
    wanted = None if answers is None else {word for answer in answers for word in words_of(answer)} - ignored
    kept = [set(words) if wanted is None else wanted.intersection(words) for words in read]
    places: dict[str, int] = {}
    columns = [places.setdefault(word, len(places)) for words in kept for word in words]
    ends = np.cumsum([0, *map(len, kept)])
    holds = sparse.csr_matrix((np.ones(len(columns), np.int64), columns, ends), (len(texts), len(places)))
    return WordTable(tuple(read), places, holds, ignored)


def texts_containing(table: WordTable, answers: Sequence[str]) -> sparse.csr_matrix:
    """Which texts contain which answer: bool, shape (answers, texts).

    A text contains an answer when it holds at least 80 % of its different content words and all its
    numbers; so does every text in which the answer stands word for word. An answer of stop words
    alone has to stand there word for word. An empty answer stands nowhere.
    """
    read = [words_of(answer) for answer in answers]
    content = [sorted(set(words) - table.ignored) for words in read]
    small = [(row, words) for row, words in enumerate(read) if words and not content[row]]
    return (_holding(table, content) + _standing(table, small, len(answers))).tocsr()


def _holding(table: WordTable, content: Sequence[Sequence[str]]) -> sparse.csr_matrix:
    """Texts that hold enough of the content words and all numbers among them, row by row."""
    words = [word for row in content for word in row]
    weights = np.array([1 + _NUMBER * is_number(word) for word in words], np.int64)
    rows = np.repeat(np.arange(len(content)), [len(row) for row in content])
    columns = np.array([table.places.get(word, -1) for word in words], np.int64)
    known = columns >= 0
    shape = (len(content), len(table.places))
    asked = sparse.csr_matrix((weights[known], (rows[known], columns[known])), shape)
    held = (asked @ table.holds.T).tocoo()
    needed = np.bincount(rows, weights, len(content)).astype(np.int64)
    least = np.ceil(ENOUGH_SHARE * (needed & _WORDS) - 1e-9).astype(np.int64)
    enough = np.flatnonzero((held.data & _WORDS) >= least[held.row])
    enough = enough[held.data[enough] >> _SHIFT == needed[held.row[enough]] >> _SHIFT]
    return _truths(held.row[enough], held.col[enough], held.shape)


def _standing(
    table: WordTable, phrases: Sequence[tuple[int, Sequence[str]]], answers: int
) -> sparse.csr_matrix:
    """Texts in which the words of a row stand next to each other in their order."""

    @cache
    def texts_with(phrase: str) -> list[int]:
        return [place for place, words in enumerate(table.texts) if phrase in f" {' '.join(words)} "]

    found = [(row, text) for row, words in phrases for text in texts_with(f" {' '.join(words)} ")]
    rows, texts = np.array(found, np.int64).reshape(-1, 2).T
    return _truths(rows, texts, (answers, len(table)))


def _truths(rows: Places, columns: Places, shape: tuple[int, int]) -> sparse.csr_matrix:
    return sparse.csr_matrix((np.ones(len(rows), np.bool_), (rows, columns)), shape)
