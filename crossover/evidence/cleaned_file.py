"""A fine-tuning file without the rows that cost and do not teach, valid by the provider's rules."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from crossover.evidence.training_cost import Defect, TrainingWaste
from crossover.evidence.training_rows import TrainingExamples, until_last_answer
from crossover.samples.limits import TUNING_MIN_EXAMPLES
from crossover.samples.messages import ROLES, example_findings
from crossover.samples.types import JsonObject
from crossover.words import mark, say, say_count

_FAULTS = {
    "last_not_assistant": mark("last not assistant"),
    "role_case": mark("role case"),
    "no_assistant": mark("no assistant"),
    "empty_message": mark("empty message"),
    "tool_without_id": mark("tool without id"),
    "bad_weight": mark("bad weight"),
    "bad_arguments": mark("bad arguments"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to one row of the upload, by its line."""

    line: int
    what: str


@dataclass(frozen=True, slots=True)
class CleanedFile:
    """The text of a JSONL file, how many examples it holds, what was changed and what still forbids it."""

    jsonl: str
    examples: int
    changes: tuple[Change, ...]
    problems: tuple[str, ...]

    @property
    def is_valid(self) -> bool:
        """Whether a tuning job would take it."""
        return not self.problems


def cleaned_file(
    examples: TrainingExamples,
    waste: TrainingWaste,
    system: str = "",
    drop: Collection[Defect] = tuple(Defect),
    minimum: int | None = None,
) -> CleanedFile:
    """Write the examples without the defects in `drop`, which must hold those a job rejects.

    Messages after the last answer are cut off rather than the row left out, where that is all that
    is wrong with its shape. `system` is put before rows that have no system message. `minimum` is
    the fewest examples the provider takes (10 where nobody says).
    """
    defect_of = {row: part.defect for part in waste.dirty for row in part.rows}
    kept: list[str] = []
    changes: list[Change] = []
    for row, messages in enumerate(examples.messages):
        defect = defect_of.get(row)
        trimmed = until_last_answer(messages) if defect is Defect.WRONG_SHAPE else None
        if trimmed is not None:
            changes.append(Change(examples.lines[row], say("messages after the last answer removed")))
        elif defect is not None and defect in drop:
            changes.append(Change(examples.lines[row], say("left out: {defect}", defect=say(defect))))
            continue
        kept.append(_line(trimmed or messages, examples.tools[row], system))
    text = "".join(f"{line}\n" for line in kept)
    return CleanedFile(text, len(kept), tuple(changes), file_problems(text, minimum or TUNING_MIN_EXAMPLES))


def file_problems(jsonl: str, minimum: int = TUNING_MIN_EXAMPLES) -> tuple[str, ...]:
    """What a tuning job would refuse in a file, as sentences with line numbers; () when nothing."""
    lines = [line for line in jsonl.split("\n") if line]
    few = say_count(
        "{n} example; a job asks for at least {minimum}.",
        "{n} examples; a job asks for at least {minimum}.",
        len(lines),
        minimum=minimum,
    )
    faults = [(number, _fault(line)) for number, line in enumerate(lines, start=1)]
    named = (say("Line {number}: {fault}.", number=number, fault=fault) for number, fault in faults if fault)
    return (*((few,) if len(lines) < minimum else ()), *named)


def _fault(line: str) -> str:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return say("not JSON")
    messages = value.get("messages") if isinstance(value, dict) else None
    if not isinstance(messages, list) or not all(isinstance(message, dict) for message in messages):
        return say("no list of messages")
    if not messages or any(message.get("role") not in ROLES for message in messages):
        return say("a message has no known role")
    # images and files are for the model to take or not; `training_waste` knows its price row
    found = [kind for kind in example_findings(messages, messages) if kind != "not_only_text"]
    return say(_FAULTS[found[0]]) if found else ""


def _line(messages: Sequence[JsonObject], tools: Sequence[JsonObject], system: str) -> str:
    has_system = bool(messages) and messages[0].get("role") in ("system", "developer")
    first = [] if has_system or not system else [{"role": "system", "content": system}]
    example: dict[str, object] = {"messages": [*first, *messages]}
    if tools:
        example["tools"] = list(tools)
    # half a surrogate pair can be no part of a UTF-8 file
    return json.dumps(example, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")
