"""How many tokens a text has: exact, offline, for any text a person can upload (TOKENS.md 6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from crossover.tokens.engine import engine

TokenCounter: TypeAlias = Callable[[str], int]
Progress: TypeAlias = Callable[[float], None]

DEFAULT_ENCODING = "o200k_base"
_BATCH_TEXTS = 20_000


def count_tokens(text: str, encoding_name: str = DEFAULT_ENCODING) -> int:
    """Tokens of `text`; special-token strings such as <|endoftext|> count as the text they are."""
    return engine().count([text], encoding_name)[0]


def counter(encoding_name: str = DEFAULT_ENCODING) -> TokenCounter:
    """`count_tokens` for one encoding."""
    return partial(count_tokens, encoding_name=encoding_name)


def count_many(
    texts: Sequence[str], encoding_name: str = DEFAULT_ENCODING, progress: Progress | None = None
) -> NDArray[np.int64]:
    """Tokens of each text, shape (len(texts),); every distinct text is counted once.

    `progress` is told the share done, 0 to 1, after each batch; what it raises stops the count.
    """
    distinct = list(dict.fromkeys(texts))
    counts = _count_distinct(distinct, encoding_name, progress)
    if len(distinct) == len(texts):
        return counts
    count_of = dict(zip(distinct, counts.tolist(), strict=True))
    return np.array([count_of[text] for text in texts], dtype=np.int64)


def _count_distinct(texts: list[str], encoding_name: str, progress: Progress | None) -> NDArray[np.int64]:
    counts = np.empty(len(texts), dtype=np.int64)
    for start in range(0, len(texts), _BATCH_TEXTS):
        batch = texts[start : start + _BATCH_TEXTS]
        counts[start : start + len(batch)] = engine().count(batch, encoding_name)
        if progress is not None:
            progress((start + len(batch)) / len(texts))
    return counts
