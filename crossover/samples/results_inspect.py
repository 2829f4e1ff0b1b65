"""Results that Inspect wrote: an evaluation log, as JSON or the same parts unpacked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crossover.samples.results_fields import field_of, mapping_of
from crossover.samples.results_names import likely_strategy
from crossover.samples.results_types import UNNAMED
from crossover.samples.results_values import RawResult, outcome_score
from crossover.words import mark

LAYOUT = mark("an Inspect log")
_LETTERS = {"C": 1.0, "I": 0.0, "P": 0.5, "N": 0.0}


def is_inspect_log(value: object) -> bool:
    """Whether a value is an evaluation log with its samples."""
    has_samples = isinstance(field_of(value, "samples"), list)
    return has_samples and isinstance(field_of(value, "eval"), Mapping)


def inspect_raw(log: object, file_stem: str) -> list[RawResult]:
    """One raw result per sample and epoch."""
    samples, name = field_of(log, "samples"), _strategy(log, file_stem)
    listed = samples if isinstance(samples, list) else []
    return [_raw(place, mapping_of(sample), name) for place, sample in enumerate(listed, start=1)]


def _raw(place: int, sample: Mapping[str, object], strategy: str) -> RawResult:
    tokens = _tokens(sample)
    latency = sample.get("working_time", sample.get("total_time", field_of(sample.get("output"), "time")))
    named, outcome = sample.get("id"), _outcome(sample)
    return RawResult(
        strategy=strategy,
        sample=str(named) if isinstance(named, str | int) else f"sample {place}",
        outcome=outcome,
        line=place,
        latency=latency,
        input_tokens=tokens[0],
        output_tokens=tokens[1],
        broke_off=outcome is None and bool(sample.get("error")),
    )


def _outcome(sample: Mapping[str, object]) -> object:
    """The first scorer's value that tells right from wrong."""
    scores = sample.get("scores")
    listed = list(scores.values()) if isinstance(scores, Mapping) else [sample.get("score")]
    for score in listed:
        value = field_of(score, "value")
        value = _LETTERS.get(value, value) if isinstance(value, str) else value
        if outcome_score(value) is not None:
            return value
    return None


def _tokens(sample: Mapping[str, object]) -> tuple[object, object]:
    """Input and output tokens over all models of the sample; cached input counts as input."""
    used = sample.get("model_usage")
    usages = list(used.values()) if isinstance(used, Mapping) else []
    usages = usages or [field_of(sample.get("output"), "usage")]
    return _sum(usages, "input_tokens", *_CACHED), _sum(usages, "output_tokens")


_CACHED = ("input_tokens_cache_read", "input_tokens_cache_write")


def _sum(usages: list[object], *names: str) -> float | None:
    found = [
        float(value)
        for usage in usages
        for name in names
        if isinstance(value := field_of(usage, name), int | float) and abs(value) < 1e12
    ]
    return sum(found) if found else None


def _strategy(log: object, file_stem: str) -> str:
    """The first name of the run that means a strategy; else its task and model."""
    names = [name for name in _names(log, file_stem) if isinstance(name, str) and name.strip()]
    known = next((name for name in names if likely_strategy(name)), None)
    about = mapping_of(field_of(log, "eval"))
    task = [text for text in (about.get("task"), about.get("model")) if isinstance(text, str)]
    return known or " · ".join(task) or file_stem or UNNAMED


def _names(log: object, file_stem: str) -> Iterator[object]:
    about = mapping_of(field_of(log, "eval"))
    for place in ("task_args", "metadata"):
        for name in ("strategy", "approach", "method", "variant"):
            yield field_of(about.get(place), name)
    tags = about.get("tags")
    yield from tags if isinstance(tags, list) else []
    yield about.get("solver")
    yield about.get("task")
    yield file_stem
