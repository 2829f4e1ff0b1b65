"""How many tokens a text has: exact, offline, for any text a person can upload (TOKENS.md 6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from crossover.tokens.vocabulary import encoding

TokenCounter: TypeAlias = Callable[[str], int]

DEFAULT_ENCODING = "o200k_base"
_PIECE_CHARACTERS = 500_000


def count_tokens(text: str, encoding_name: str = DEFAULT_ENCODING) -> int:
    """Tokens of `text`; special-token strings such as <|endoftext|> count as the text they are."""
    encoder = encoding(encoding_name)
    try:
        return len(encoder.encode(text, disallowed_special=()))
    except ValueError:
        # a run of a million blanks overflows the regular expression's stack
        pieces = (text[i : i + _PIECE_CHARACTERS] for i in range(0, len(text), _PIECE_CHARACTERS))
        return sum(len(encoder.encode(piece, disallowed_special=())) for piece in pieces)


def counter(encoding_name: str = DEFAULT_ENCODING) -> TokenCounter:
    """`count_tokens` for one encoding."""
    return partial(count_tokens, encoding_name=encoding_name)


def count_many(texts: Sequence[str], encoding_name: str = DEFAULT_ENCODING) -> NDArray[np.int64]:
    """Tokens of each text, shape (len(texts),); every distinct text is counted once."""
    distinct = _count_distinct(set(texts), encoding_name)
    return np.fromiter((distinct[text] for text in texts), dtype=np.int64, count=len(texts))


def _count_distinct(texts: Iterable[str], encoding_name: str) -> dict[str, int]:
    return {text: count_tokens(text, encoding_name) for text in texts}
