"""Where personal data and keys stand in what was dropped: counts by kind, never values (G5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from crossover.evidence.sampling import blocks
from crossover.profile.requests import text_of
from crossover.samples import SampleSet, personal_data
from crossover.tokens import Progress
from crossover.tokens.messages import calls
from crossover.words import mark

_PART_CHARACTERS = 500_000


@dataclass(frozen=True, slots=True)
class PersonalData:
    """How often each kind occurs, by place: (place, kind, count) for what occurs at all, most first.

    Places and kinds are the English words in every language, and said where they are shown.
    """

    found: tuple[tuple[str, str, int], ...]
    places: tuple[str, ...]

    def by_kind(self) -> dict[str, int]:
        """Occurrences of each kind over all places, the most frequent first."""
        totals: Counter[str] = Counter()
        for _, kind, count in self.found:
            totals[kind] += count
        return dict(totals.most_common())


def count_personal_data(samples: SampleSet, progress: Progress | None = None) -> PersonalData:
    """Count in questions, answers, chats, documents and instructions, as far as they were dropped.

    `progress` hears the share done, 0 to 1; what it raises stops the work.
    """
    texts: dict[str, Sequence[str]] = {
        mark("questions"): samples.qa.questions,
        mark("answers"): samples.qa.answers,
        mark("chats"): [
            text for chat in samples.chats for message in chat.messages for text in _said(message)
        ],
        mark("documents"): [document.text for document in samples.documents],
        mark("instructions"): [samples.instructions],
    }
    counts: dict[str, Counter[str]] = {place: Counter() for place, found in texts.items() if any(found)}
    parts = [(place, part) for place in counts for part in _parts(texts[place])]
    for done in blocks(len(parts), 1, progress):
        for place, part in parts[done]:
            counts[place].update(personal_data(part))
    found = ((place, kind, count) for place, kinds in counts.items() for kind, count in kinds.most_common())
    return PersonalData(tuple(found), tuple(counts))


def _parts(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The texts in their order, about a tenth of a second's work at a time."""
    ends = np.cumsum([0, *map(len, texts)]) // _PART_CHARACTERS
    starts = [0, *(np.flatnonzero(np.diff(ends)) + 1).tolist(), len(texts)]
    yield from (texts[start:end] for start, end in pairwise(starts) if start < end)


def _said(message: object) -> Iterator[str]:
    """The text of a message and of the arguments of its calls."""
    if isinstance(message, dict):
        yield text_of(message)
        yield from (str(call.get("arguments") or "") for call in calls(message))
