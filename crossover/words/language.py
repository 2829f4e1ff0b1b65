"""Which language is spoken now: one per thread of work, English until somebody says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

ENGLISH = "en"
LANGUAGES = MappingProxyType({ENGLISH: "English", "de": "Deutsch"})

_SPOKEN: ContextVar[str | None] = ContextVar("language", default=None)
_askers: list[Callable[[], str]] = []


def language() -> str:
    """The code of the language words are said in, one of LANGUAGES."""
    spoken = _SPOKEN.get()
    if spoken is not None:
        return spoken
    return _askers[-1]() if _askers else ENGLISH


def ask_for_language(asker: Callable[[], str]) -> None:
    """Let the edge say which language is wanted wherever `in_language` has not said so.

    A page is run by many threads, and a part of a page by threads that never saw the page's beginning.
    """
    _askers[:] = [asker]


def chosen(wanted: str | None) -> str:
    """The language spoken here that comes nearest to a locale such as "de-AT"; English for all others."""
    code = (wanted or "").replace("_", "-").partition("-")[0].lower()
    return code if code in LANGUAGES else ENGLISH


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Say everything inside in this language. Raises ValueError for one not spoken here."""
    if code not in LANGUAGES:
        raise ValueError(f"no words in {code!r}; there are {', '.join(LANGUAGES)}")
    before = _SPOKEN.set(code)
    try:
        yield
    finally:
        _SPOKEN.reset(before)
