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
    counts: dict[str, int] = {}
    for start in range(0, len(distinct), _BATCH_TEXTS):
        batch = distinct[start : start + _BATCH_TEXTS]
        counts.update(zip(batch, engine().count(batch, encoding_name), strict=True))
        if progress is not None:
            progress(len(counts) / len(distinct))
    return np.fromiter((counts[text] for text in texts), dtype=np.int64, count=len(texts))
