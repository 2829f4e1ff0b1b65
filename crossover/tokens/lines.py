"""Requests in, counts out, one JSON object a line: what `python -m crossover tokens` prints."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from crossover.tokens.dating import recorded_on
from crossover.tokens.request import NotARequest, count_request


def count_requests_file(lines: Iterable[str]) -> Iterator[str]:
    """The count of each request as a JSON line, in order; {"error": …} for a line that has none.

    A line is a request with its `model`; fields that are not part of a request are ignored. Blank
    lines are skipped.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield json.dumps(_answer(line, number))


def is_error(answer: str) -> bool:
    """Whether a line of `count_requests_file` reports an error."""
    return "error" in json.loads(answer)


def _answer(line: str, number: int) -> dict[str, object]:
    try:
        request = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"error": f"Line {number} is not JSON: {error}"}
    if not isinstance(request, Mapping):
        return {"error": f"Line {number} is not an object with messages or input."}
    try:
        count = count_request(_without_answer(request), _model_of(request), recorded_on(request))
    except NotARequest as error:
        return {"error": f"Line {number}: {error}"}
    answer: dict[str, object] = {
        "input_tokens": count.input_tokens,
        "plus_minus": count.plus_minus,
        "basis": count.basis.value,
        "parts": dict(count.parts),
    }
    return {**answer, "notes": list(count.notes)} if count.notes else answer


def _without_answer(request: Mapping[str, object]) -> Mapping[str, object]:
    return {key: value for key, value in request.items() if key not in ("usage", "tokens")}


def _model_of(request: Mapping[str, object]) -> str:
    model = request.get("model") or request.get("request_model")
    return model if isinstance(model, str) else ""
