"""Results that the OpenAI evals framework wrote: a log of events, one per line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from crossover.samples.results_fields import field_of, mapping_of
from crossover.samples.results_names import likely_strategy
from crossover.samples.results_types import UNNAMED
from crossover.samples.results_values import RawResult, outcome_score
from crossover.words import mark

LAYOUT = mark("an OpenAI evals log")
_VERDICTS = ("correct", "accuracy", "score", "f1_score", "is_correct", "pass", "choice")


@dataclass(slots=True)
class _Sample:
    """What the events of one sample said together."""

    line: int
    outcome: object = None
    tokens: dict[str, float] = field(default_factory=dict)


def is_evals_log(records: Sequence[tuple[int, object]]) -> bool:
    """Whether records are events of a run: a specification first, or events of samples."""
    head = [mapping_of(value) for _, value in records[:20]]
    return any("spec" in each for each in head) or any(
        {"sample_id", "type", "data"} <= set(each) for each in head
    )


def evals_raw(records: Sequence[tuple[int, object]], file_stem: str) -> list[RawResult]:
    """One raw result per sample of each run; the verdict is the last one its events give."""
    specs: dict[str, Mapping[str, object]] = {}
    found: dict[tuple[str, str], _Sample] = {}
    for line, value in records:
        event = mapping_of(value)
        if isinstance(spec := event.get("spec"), Mapping):
            specs[str(spec.get("run_id"))] = spec
        elif isinstance(event.get("sample_id"), str | int):
            key = str(event.get("run_id")), str(event["sample_id"])
            _take(found.setdefault(key, _Sample(line)), event)
    alone = next(iter(specs.values()), {}) if len(specs) == 1 else {}
    return [
        RawResult(
            strategy=_strategy(specs.get(run, alone), file_stem),
            sample=sample,
            outcome=seen.outcome,
            line=seen.line,
            input_tokens=seen.tokens.get("prompt_tokens"),
            output_tokens=seen.tokens.get("completion_tokens"),
        )
        for (run, sample), seen in found.items()
    ]


def _take(sample: _Sample, event: Mapping[str, object]) -> None:
    data = mapping_of(event.get("data"))
    for name in ("prompt_tokens", "completion_tokens"):
        used = field_of(data.get("usage"), name)
        if isinstance(used, int | float) and abs(used) < 1e12:
            sample.tokens[name] = sample.tokens.get(name, 0.0) + used
    outcome = next((data[name] for name in _VERDICTS if outcome_score(data.get(name)) is not None), None)
    sample.outcome = sample.outcome if outcome is None else outcome


def _strategy(spec: Mapping[str, object], file_stem: str) -> str:
    """The first name of the run that means a strategy; else what answered."""
    answered = spec.get("completion_fns")
    functions = [name for name in answered if isinstance(name, str)] if isinstance(answered, list) else []
    names = [*functions, file_stem, spec.get("eval_name")]
    known = next((name for name in names if isinstance(name, str) and likely_strategy(name)), None)
    return known or (functions[0] if functions else file_stem or UNNAMED)
