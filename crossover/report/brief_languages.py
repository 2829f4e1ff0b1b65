"""One brief in every language spoken here, so that a link can be read in another than its maker's."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from crossover.report.brief import BRIEF_VERSION, MOST_BYTES, Brief, InvalidBrief
from crossover.words import ENGLISH, LANGUAGES, in_language, language, say

SPOKEN_VERSION = 2


@dataclass(frozen=True, slots=True)
class SpokenBriefs:
    """The same decision by code of language; `maker` is the language of whoever made it."""

    maker: str
    briefs: Mapping[str, Brief] = field(hash=False)

    def spoken(self, code: str) -> Brief:
        """The brief in a language, in its maker's where nobody froze it in that one."""
        return self.briefs.get(code) or self.briefs[self.maker]

    def to_mapping(self) -> dict[str, object]:
        """The briefs as plain JSON values."""
        briefs = {code: brief.to_mapping() for code, brief in self.briefs.items()}
        return {"version": SPOKEN_VERSION, "language": self.maker, "briefs": briefs}

    @classmethod
    def from_mapping(cls, content: Mapping[str, object]) -> SpokenBriefs:
        """What `to_mapping` wrote, or a single brief, which was made in English. Raises InvalidBrief."""
        if content.get("version") != SPOKEN_VERSION:
            return cls(ENGLISH, MappingProxyType({ENGLISH: Brief.from_mapping(content)}))
        maker, stored = content.get("language"), content.get("briefs")
        if not isinstance(maker, str) or not isinstance(stored, Mapping) or maker not in stored:
            raise InvalidBrief(say("The brief is damaged: no language is named in which it can be read."))
        briefs = {str(code): _single(each) for code, each in stored.items() if code in (maker, *LANGUAGES)}
        return cls(maker, MappingProxyType(briefs))


def spoken_briefs(make: Callable[[], Brief]) -> SpokenBriefs:
    """What `make` gives under every language: it has to compute whatever holds words each time.

    Languages but the maker's are left out where all together are more than a link may carry. Raises
    InvalidBrief when the maker's own is.
    """
    maker = language()
    briefs = {maker: make()}
    for code in LANGUAGES:
        if code != maker:
            with in_language(code):
                briefs[code] = make()
    whole = SpokenBriefs(maker, MappingProxyType(briefs))
    if len(json.dumps(whole.to_mapping())) <= MOST_BYTES:
        return whole
    return SpokenBriefs(maker, MappingProxyType({maker: briefs[maker]}))


def _single(content: Any) -> Brief:
    if not isinstance(content, Mapping) or content.get("version") != BRIEF_VERSION:
        raise InvalidBrief(say("This brief was made by another version of Crossover. Ask for a new link."))
    return Brief.from_mapping(content)
