"""Token usage as the vendors report it: in one answer, or summed in an export."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crossover.tokens.conversation import mappings
from crossover.words import say


class NotUsage(ValueError):
    """The text is neither an answer with `usage` nor a usage export."""


@dataclass(frozen=True, slots=True)
class ReportedUsage:
    """Tokens a vendor billed, for one request or for many; None where the report does not say.

    `input_tokens` includes those read from or written to a cache. `request` is what was sent, when the
    record has it.
    """

    model: str
    requests: int
    input_tokens: int
    output_tokens: int | None
    cached_tokens: int | None = None
    reasoning_tokens: int | None = None
    request: Mapping[str, object] | None = None


def read_usage(text: str) -> tuple[ReportedUsage, ...]:
    """Every bill in a file: JSON, JSON Lines or CSV, of OpenAI, Azure, Anthropic or Gemini.

    Takes raw answers with `usage` (alone, or as {"request": …, "response": …}), the usage API's
    buckets, and the CSV the usage page exports. Raises NotUsage when there is no bill in it.
    """
    found = tuple(_in_json(text)) or tuple(_in_csv(text))
    if not found:
        raise NotUsage(
            say("No bill found. Drop a usage export (CSV or JSON), or API answers with their usage field.")
        )
    return found


def _in_json(text: str) -> Iterator[ReportedUsage]:
    for value in _values(text):
        for record in mappings(value if isinstance(value, list) else [value]):
            yield from _in_record(record)


def _values(text: str) -> Iterator[object]:
    """The file as one JSON value, else each line that is one."""
    try:
        yield json.loads(text)
        return
    except (ValueError, RecursionError):
        pass
    for line in text.splitlines():
        try:
            yield json.loads(line)
        except (ValueError, RecursionError):
            continue


def _in_record(record: Mapping[str, object]) -> Iterator[ReportedUsage]:
    buckets = mappings(record.get("data"))
    if buckets:
        for bucket in buckets:
            for result in mappings(bucket.get("results")) or (bucket,):
                yield from _totals(result)
        return
    response = record.get("response")
    answer = response if isinstance(response, Mapping) else record
    body = answer.get("body")
    answer = body if isinstance(body, Mapping) else answer
    reported = answer.get("usage", answer.get("usageMetadata"))
    if isinstance(reported, Mapping):
        request = record.get("request", record if "messages" in record or "input" in record else None)
        model = str(answer.get("model") or answer.get("modelVersion") or record.get("model") or "")
        yield from _of_one_answer(reported, model, request if isinstance(request, Mapping) else None)


def _of_one_answer(
    usage: Mapping[str, object], model: str, request: Mapping[str, object] | None
) -> Iterator[ReportedUsage]:
    billed = _first(usage, "prompt_tokens", "input_tokens", "promptTokenCount")
    if not billed:
        return
    written = _first(usage, "cache_creation_input_tokens") or 0
    read = _first(usage, "cache_read_input_tokens")
    inside = _details(usage, "prompt_tokens_details", "input_tokens_details")
    outside = _details(usage, "completion_tokens_details", "output_tokens_details")
    yield ReportedUsage(
        model=model,
        requests=1,
        input_tokens=billed + written + (read or 0),
        output_tokens=_first(usage, "completion_tokens", "output_tokens", "candidatesTokenCount"),
        cached_tokens=read if read is not None else _first(inside, "cached_tokens"),
        reasoning_tokens=_first(outside, "reasoning_tokens"),
        request=request,
    )


def _totals(row: Mapping[str, object]) -> Iterator[ReportedUsage]:
    """A row of an export that sums many requests."""
    requests = _first(row, "num_model_requests", "n_requests", "num_requests", "requests")
    billed = _first(row, "input_tokens", "n_context_tokens_total", "prompt_tokens")
    if requests and billed:
        yield ReportedUsage(
            model=str(row.get("model") or row.get("snapshot_id") or ""),
            requests=requests,
            input_tokens=billed,
            output_tokens=_first(row, "output_tokens", "n_generated_tokens_total", "completion_tokens"),
            cached_tokens=_first(row, "input_cached_tokens", "n_cached_context_tokens_total"),
        )


def _in_csv(text: str) -> Iterator[ReportedUsage]:
    for row in csv.DictReader(io.StringIO(text)):
        yield from _totals({key: value for key, value in row.items() if key})


def _first(row: Mapping[str, object], *names: str) -> int | None:
    """The first of these fields that holds a whole number."""
    for name in names:
        value = row.get(name)
        if isinstance(value, str) and value.strip().isdigit():
            return int(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
    return None


def _details(usage: Mapping[str, object], *names: str) -> Mapping[str, object]:
    for name in names:
        value = usage.get(name)
        if isinstance(value, Mapping):
            return value
    return {}
