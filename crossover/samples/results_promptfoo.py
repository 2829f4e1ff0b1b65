"""Results that promptfoo wrote: its JSON export, or one result per line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crossover.samples.results_fields import field_of, mapping_of, text_of
from crossover.samples.results_types import UNNAMED
from crossover.samples.results_values import RawResult
from crossover.words import mark

LAYOUT = mark("promptfoo results")
_LONG_NAME = 60
_ERROR = 2
"""promptfoo's reason for a failure that is none of the answer's; 1 stands for a check that failed."""


def promptfoo_results(value: object) -> Sequence[object] | None:
    """The list of results inside an export, of its newer or older kind; None for anything else."""
    results = field_of(value, "results")
    inner = field_of(results, "results")
    found = inner if isinstance(inner, list) else results
    return found if isinstance(found, list) and any(map(is_promptfoo_result, found)) else None


def is_promptfoo_result(value: object) -> bool:
    """Whether a record is one result of promptfoo."""
    keys = set(value) if isinstance(value, Mapping) else set()
    return bool({"success", "gradingResult"} & keys) and bool({"vars", "testCase", "promptIdx"} & keys)


def promptfoo_raw(results: Sequence[tuple[int, object]]) -> list[RawResult]:
    """One raw result per record; records that are none say nothing and are skipped later, by name."""
    names = _names([value for _, value in results])
    return [_raw(line, mapping_of(value), names) for line, value in results]


def _raw(line: int, result: Mapping[str, object], names: Mapping[tuple[str, str], str]) -> RawResult:
    response, cached = mapping_of(result.get("response")), field_of(result.get("response"), "cached") is True
    usage = mapping_of(result.get("tokenUsage")) or mapping_of(response.get("tokenUsage"))
    # promptfoo counts a cached answer under "cached" only, with no cost and next to no time
    return RawResult(
        strategy=names[_pair(result)],
        sample=_sample(result, line),
        outcome=_outcome(result),
        line=line,
        latency=None if cached else result.get("latencyMs"),
        latency_units=1000.0,
        input_tokens=usage.get("prompt") or None,
        output_tokens=usage.get("completion") or None,
        cost_usd=None if cached else result.get("cost", response.get("cost")),
        broke_off=result.get("failureReason") == _ERROR,
    )


def _outcome(result: Mapping[str, object]) -> object:
    """Its verdict, which its own thresholds went into; the score only where there is none."""
    for value in (result.get("success"), field_of(result.get("gradingResult"), "pass"), result.get("score")):
        if value is not None:
            return value
    return None


def _sample(result: Mapping[str, object], line: int) -> str:
    """The test a result is for: its number, an id among its variables, else the variables themselves."""
    variables = mapping_of(result.get("vars")) or mapping_of(field_of(result.get("testCase"), "vars"))
    named = variables.get("id", variables.get("sample_id"))
    for value in (named, result.get("testIdx")):
        if isinstance(value, str | int):
            return str(value)
    return text_of(variables) or f"result {line}"


def _pair(result: Mapping[str, object]) -> tuple[str, str]:
    """The prompt's label and the provider's."""
    prompt, provider = result.get("prompt"), result.get("provider")
    label = field_of(prompt, "label") or field_of(prompt, "display") or field_of(prompt, "raw") or prompt
    name = field_of(provider, "label") or field_of(provider, "id") or provider
    return _short(label), _short(name)


def _short(value: object) -> str:
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return text if len(text) <= _LONG_NAME else text[: _LONG_NAME - 1] + "…"


def _names(results: Sequence[object]) -> dict[tuple[str, str], str]:
    """What differs between the results names them: the prompt, the provider, or both."""
    pairs = dict.fromkeys(_pair(mapping_of(result)) for result in results)
    labels, providers = {label for label, _ in pairs}, {provider for _, provider in pairs}
    if len(providers) <= 1 or len(labels) == len(pairs):
        return {pair: pair[0] or pair[1] or UNNAMED for pair in pairs}
    if len(labels) <= 1:
        return {pair: pair[1] or pair[0] or UNNAMED for pair in pairs}
    return {pair: " · ".join(filter(None, pair)) or UNNAMED for pair in pairs}
