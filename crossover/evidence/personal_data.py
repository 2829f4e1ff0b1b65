"""Where personal data and keys stand in what was dropped: counts by kind, never values (G5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crossover.profile.requests import text_of
from crossover.samples import SampleSet, personal_data
from crossover.tokens.messages import calls


@dataclass(frozen=True, slots=True)
class PersonalData:
    """How often each kind occurs, by place: (place, kind, count) for what occurs at all."""

    found: tuple[tuple[str, str, int], ...]
    places: tuple[str, ...]

    def by_kind(self) -> dict[str, int]:
        """Occurrences of each kind over all places, the most frequent first."""
        totals: Counter[str] = Counter()
        for _, kind, count in self.found:
            totals[kind] += count
        return dict(totals.most_common())


def count_personal_data(samples: SampleSet) -> PersonalData:
    """Count in questions, answers, chats, documents and instructions, as far as they were dropped."""
    texts: dict[str, Sequence[str]] = {
        "questions": samples.qa.questions,
        "answers": samples.qa.answers,
        "chats": [text for chat in samples.chats for message in chat.messages for text in _said(message)],
        "documents": [document.text for document in samples.documents],
        "instructions": [samples.instructions],
    }
    looked_at = {place: found for place, found in texts.items() if any(found)}
    return PersonalData(
        tuple(
            (place, kind, count)
            for place, found in looked_at.items()
            for kind, count in personal_data(found).items()
        ),
        tuple(looked_at),
    )


def _said(message: object) -> Iterator[str]:
    """The text of a message and of the arguments of its calls."""
    if isinstance(message, dict):
        yield text_of(message)
        yield from (str(call.get("arguments") or "") for call in calls(message))
