"""Saying a sentence: the English text is the key, and values are filled in as the language writes them."""

from __future__ import annotations

import string
from collections.abc import Sequence
from datetime import date
from numbers import Real

from crossover.words.catalogue import CATALOGUES
from crossover.words.language import ENGLISH, language
from crossover.words.locale import day_words, localised


class _Filler(string.Formatter):
    """str.format, with numbers and days written as the language writes them."""

    def format_field(self, value: object, format_spec: str) -> str:
        if isinstance(value, Real) and not isinstance(value, bool):
            return localised(format(value, format_spec))
        if isinstance(value, date):
            return day_words(value)
        return format(value, format_spec)


_FILLER = _Filler()


def say(text: str, /, **values: object) -> str:
    """`text` in the language spoken, its {fields} filled with `values`.

    Without values nothing is filled in, so braces stand for themselves.
    """
    spoken = language()
    found = text if spoken == ENGLISH else CATALOGUES[spoken].gettext(text) if text else text
    return _FILLER.vformat(found, (), values) if values else found


def say_as(context: str, text: str, /, **values: object) -> str:
    """As `say`, for a word that other languages say in more than one way; `context` tells which is meant."""
    spoken = language()
    found = text if spoken == ENGLISH else CATALOGUES[spoken].pgettext(context, text)
    return _FILLER.vformat(found, (), values) if values else found


def say_count(one: str, many: str, n: int, /, **values: object) -> str:
    """`one` or `many` as the language counts; both may name {n}, which is filled with the amount."""
    spoken = language()
    found = (one if n == 1 else many) if spoken == ENGLISH else CATALOGUES[spoken].ngettext(one, many, n)
    return _FILLER.vformat(found, (), {"n": _Amount(n), **values})


class _Amount(int):
    """An amount in a sentence: thousands are grouped without being asked to be."""

    def __format__(self, spec: str) -> str:
        return format(int(self), spec or ",")


def mark(text: str) -> str:
    """Name a text that is said elsewhere, by `say(name)`, so that the catalogues know it."""
    return text


def listed(parts: Sequence[str], last: str = "and") -> str:
    """Parts as one enumeration: a, b and c; `last` is "and" or "or"."""
    if len(parts) < 2:
        return "".join(parts)
    word = say("or") if last == "or" else say("and")
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def in_sentence(label: str) -> str:
    """A label as it stands inside a sentence: English lowers its first letter, German nouns keep theirs."""
    first = label.partition(" ")[0]
    # RAG and LoRA are names
    is_lowered = language() == ENGLISH and label and first[1:] == first[1:].lower()
    return label[0].lower() + label[1:] if is_lowered else label
