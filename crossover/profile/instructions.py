"""The standing instructions of the task: the person's own, those in their chats, or a stand-in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from crossover.figure import Kind
from crossover.profile.requests import Requests, text_of
from crossover.samples.types import Chat, SampleSet, Slot
from crossover.words import say, say_count

MOST_LABELS = 200
LONGEST_LABEL_CHARACTERS = 60
_GENERIC = "Answer the user's question briefly and correctly. If you do not know the answer, say so."


@dataclass(frozen=True, slots=True)
class Instructions:
    """The text and where it comes from; a stand-in is an assumption and says so."""

    text: str
    kind: Kind
    source: str


def instructions_of(samples: SampleSet, requests: Requests) -> Instructions:
    """Uploaded or typed instructions, else the commonest system message, else a stand-in."""
    if samples.instructions.strip():
        return Instructions(samples.instructions, Kind.MEASURED, samples.source(Slot.INSTRUCTIONS))
    if system := _commonest_system_text(samples.chats):
        return Instructions(system, Kind.MEASURED, _system_message(samples))
    return _stand_in(requests)


def _system_message(samples: SampleSet) -> str:
    return say("system message in {file}", file=samples.source(Slot.CHATS))


def _commonest_system_text(chats: Sequence[Chat]) -> str:
    texts = Counter(
        text_of(chat.messages[0])
        for chat in chats
        if chat.messages and chat.messages[0].get("role") in ("system", "developer")
    )
    return texts.most_common(1)[0][0] if texts else ""


def _stand_in(requests: Requests) -> Instructions:
    labels = closed_labels(requests.answers)
    if labels:
        text = "Classify the text. Answer with exactly one of these labels:\n" + "\n".join(labels)
        reason = say_count(
            "assumed: no instructions uploaded, so a stand-in that lists your {n} label",
            "assumed: no instructions uploaded, so a stand-in that lists your {n} labels",
            len(labels),
        )
    else:
        text, reason = _GENERIC, say("assumed: no instructions uploaded, so a one-line stand-in")
    return Instructions(text, Kind.ASSUMPTION, reason)


def closed_labels(answers: Sequence[str]) -> tuple[str, ...]:
    """The label set, sorted, if the answers are one: few, short, and nearly all repeated.

    Four in five rows must carry a label that at least five rows share (MODEL.md 7.3).
    """
    distinct = set(answers) - {""}
    if not distinct or len(distinct) > MOST_LABELS or max(map(len, distinct)) > LONGEST_LABEL_CHARACTERS:
        return ()
    counts = Counter(answers)
    del counts[""]
    in_common_labels = sum(count for count in counts.values() if count >= 5)
    return tuple(sorted(counts)) if in_common_labels >= 0.8 * len(answers) else ()
