"""Two exact counting engines behind one port: a fast one, and tiktoken as reference and fallback."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Protocol

from crossover.tokens.vocabulary import encoding

_PIECE_CHARACTERS = 500_000


class Engine(Protocol):
    """Counts texts exactly; special-token strings such as <|endoftext|> count as the text they are."""

    @property
    def name(self) -> str:
        """The package and its version, as the Methodology page shows it."""
        ...

    def count(self, texts: Sequence[str], encoding_name: str) -> list[int]:
        """Tokens of each text."""
        ...


class TiktokenEngine:
    """OpenAI's own tokenizer: the reference, and what counts when the fast engine is not there."""

    @property
    def name(self) -> str:
        """The package and its version."""
        return _package("tiktoken")

    def count(self, texts: Sequence[str], encoding_name: str) -> list[int]:
        """Tokens of each text, one after the other: tiktoken's own batches are slower (TOKENS.md 6)."""
        return [_count_with_tiktoken(text, encoding_name) for text in texts]


class ToktokEngine:
    """The toktok-rs package: the same counts three to five times as fast (TOKENS.md 7)."""

    def __init__(self, batch_count: Callable[..., list[int]]) -> None:
        self._batch_count = batch_count

    @property
    def name(self) -> str:
        """The package and its version."""
        return _package("toktok-rs")

    def count(self, texts: Sequence[str], encoding_name: str) -> list[int]:
        """Tokens of each text, on one thread: more gain nothing here, and other sessions keep theirs."""
        try:
            return self._batch_count(texts, encoding_name, threads=1)
        except UnicodeEncodeError:
            repaired = [without_lone_surrogates(text) for text in texts]
            return self._batch_count(repaired, encoding_name, threads=1)


@cache
def engine() -> Engine:
    """The fastest engine installed."""
    try:
        from toktok import batch_count  # noqa: PLC0415 - optional
    except ImportError:
        return TiktokenEngine()
    return ToktokEngine(batch_count)


def engine_name() -> str:
    """The engine in use with its version, for the Methodology page."""
    return engine().name


def without_lone_surrogates(text: str) -> str:
    """`text` as tiktoken reads it: halves of a character without their other half are replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _count_with_tiktoken(text: str, encoding_name: str) -> int:
    encoder = encoding(encoding_name)
    try:
        return len(encoder.encode(text, disallowed_special=()))
    except ValueError:
        # a run of a million blanks overflows the regular expression's stack
        pieces = (text[i : i + _PIECE_CHARACTERS] for i in range(0, len(text), _PIECE_CHARACTERS))
        return sum(len(encoder.encode(piece, disallowed_special=())) for piece in pieces)


def _package(name: str) -> str:
    from importlib.metadata import version  # noqa: PLC0415 - only the Methodology page asks

    return f"{name} {version(name)}"
