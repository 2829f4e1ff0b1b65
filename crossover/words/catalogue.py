"""The words of each language but English, from data/words; the English ones stand where they are said."""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from crossover.words.language import ENGLISH, LANGUAGES

WORDS_FOLDER = Path(__file__).resolve().parents[2] / "data" / "words"


class Catalogues(Mapping[str, gettext.NullTranslations]):
    """The catalogue of each language, read when first spoken."""

    def __getitem__(self, code: str) -> gettext.NullTranslations:
        if code not in LANGUAGES:
            raise KeyError(code)
        return gettext.NullTranslations() if code == ENGLISH else _read(code)

    def __iter__(self) -> Iterator[str]:
        return iter(LANGUAGES)

    def __len__(self) -> int:
        return len(LANGUAGES)


CATALOGUES = Catalogues()


@cache
def _read(code: str) -> gettext.NullTranslations:
    """data/words/CODE.po as the standard library's catalogue, plural rules included."""
    compiled = BytesIO()
    with (WORDS_FOLDER / f"{code}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
