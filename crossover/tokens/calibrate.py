"""Our estimate against the user's own bills, and the correction that follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from crossover.figure import Figure, measured
from crossover.tokens.conversation import turns_of
from crossover.tokens.dating import recorded_on
from crossover.tokens.request import NotARequest, count_request
from crossover.tokens.schema import answer_format
from crossover.tokens.shapes import openai_shaped
from crossover.tokens.usage import ReportedUsage
from crossover.words import say

_DRAWS = 2_000
_FEWEST_FOR_AN_INTERVAL = 5


@dataclass(frozen=True, slots=True)
class Comparison:
    """Estimate against bill for one kind of request, in input tokens over all of `bills`.

    `exact` counts the bills the estimate met to the token; `within` those inside its plus-minus.
    """

    kind: str
    bills: int
    estimated_tokens: int
    billed_tokens: int
    exact: int
    within: int
    mean_error_share: float
    correction: Figure

    @property
    def error_share(self) -> float:
        """By which share the sum of the estimates lies above (+) or below (-) the sum of the bills."""
        return self.estimated_tokens / self.billed_tokens - 1


@dataclass(frozen=True, slots=True)
class _Pair:
    kind: str
    estimate: int
    plus_minus: int
    bill: int


def compare_bills(bills: Iterable[ReportedUsage], source: str) -> tuple[Comparison, ...]:
    """Estimate against bill, all together first and then by kind of request.

    Uses the bills that come with the request they are for, when all of it is text; the others say
    nothing about our count (see `correction_from_totals`). `source` names the file, for provenance.
    Empty without such bills.
    """
    pairs = [pair for bill in bills for pair in _pair(bill)]
    kinds = sorted({pair.kind for pair in pairs})
    groups = [("all", pairs), *((kind, [one for one in pairs if one.kind == kind]) for kind in kinds)]
    return tuple(_compare(kind, group, source) for kind, group in groups if group)


def correction_from_totals(
    bills: Iterable[ReportedUsage], estimated_tokens_per_request: float, source: str
) -> Figure:
    """Billed input tokens per request over the estimate, from an export that only has totals.

    Raises ValueError when the estimate is not positive.
    """
    if estimated_tokens_per_request <= 0:
        raise ValueError("The estimate per request must be above 0 tokens.")
    found = list(bills)
    requests = sum(bill.requests for bill in found)
    billed = sum(bill.input_tokens for bill in found)
    value = billed / requests / estimated_tokens_per_request if requests else None
    return measured(value, "factor", source, requests, name=say("token correction"))


def _pair(bill: ReportedUsage) -> list[_Pair]:
    if bill.request is None:
        return []
    try:
        count = count_request(bill.request, bill.model, recorded_on(bill.request))
    except NotARequest:
        return []
    if count.notes:  # images, files or hosted tools: what they cost says nothing about our count
        return []
    return [_Pair(kind_of(bill.request), count.input_tokens, count.plus_minus, bill.input_tokens)]


def kind_of(request: Mapping[str, object]) -> str:
    """The kind a request is reported under: "text", or what it carries besides text."""
    shaped = openai_shaped(request)
    kinds = []
    if shaped.get("tools") or shaped.get("functions"):
        kinds.append("tools")
    if any(turn.calls for turn in turns_of(shaped)):
        kinds.append("calls")
    if answer_format(shaped):
        kinds.append("schema")
    return " and ".join(kinds) or "text"


def _compare(kind: str, pairs: list[_Pair], source: str) -> Comparison:
    estimates = np.array([pair.estimate for pair in pairs], dtype=np.float64)
    bills = np.array([pair.bill for pair in pairs], dtype=np.float64)
    spreads = np.array([pair.plus_minus for pair in pairs])
    off = np.abs(estimates - bills)
    return Comparison(
        kind=kind,
        bills=len(pairs),
        estimated_tokens=int(estimates.sum()),
        billed_tokens=int(bills.sum()),
        exact=int((off == 0).sum()),
        within=int((off <= spreads).sum()),
        mean_error_share=float((off / bills).mean()),
        correction=_correction(estimates, bills, source),
    )


def _correction(
    estimates: np.ndarray[tuple[int], np.dtype[np.float64]],
    bills: np.ndarray[tuple[int], np.dtype[np.float64]],
    source: str,
) -> Figure:
    """By what to multiply our estimate, with a 90 % interval over the bills drawn again."""
    total = estimates.sum()
    value = float(bills.sum() / total) if total else None
    interval = None
    if value is not None and len(bills) >= _FEWEST_FOR_AN_INTERVAL:
        drawn = np.random.default_rng(0).integers(0, len(bills), (_DRAWS, len(bills)))
        ratios = bills[drawn].sum(axis=1) / np.maximum(estimates[drawn].sum(axis=1), 1)
        low, high = np.quantile(ratios, [0.05, 0.95])
        interval = (float(low), float(high))
    return measured(value, "factor", source, len(bills), ci=interval, name=say("token correction"))
