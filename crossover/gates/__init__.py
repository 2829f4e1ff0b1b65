"""Gates: can it be built and bought? Each check gives a reason and a way out (MODEL.md 8)."""

from __future__ import annotations

from crossover.gates import capacity, data, market, privacy, rates, timing, window
from crossover.gates.capacity import most_requests_per_month
from crossover.gates.gate import Checked, Gate, Status
from crossover.gates.market import blocked_retrainings, months_in_view, usable_months
from crossover.gates.privacy import DataClass, leaving
from crossover.gates.rates import RateNeed, rate_need
from crossover.gates.sources import KnowledgeSource, days_until_fresh, knowledge_sources

_SEVERITY = list(Status)
_CHECKS = (
    data.missing_data,
    market.can_be_tuned,
    market.can_be_retrained,
    market.outlives_horizon,
    market.prices_known,
    privacy.keeps_to_policy,
    data.tools_accepted,
    data.enough_examples,
    data.labels_agree,
    window.fits_window,
    window.examples_fit,
    data.text_only,
    timing.fast_enough,
    timing.fresh_enough,
    rates.within_rate_limits,
    market.within_budget,
    market.can_succeed,
    market.device_quality,
    capacity.devices_suffice,
    data.reads_documents,
)


def gates(checked: Checked) -> tuple[Gate, ...]:
    """Every gate that has something to say about the strategy, worst first."""
    found = [gate for check in _CHECKS for gate in check(checked)]
    return tuple(sorted(found, key=lambda gate: -_SEVERITY.index(gate.status)))


def worst(found: tuple[Gate, ...]) -> Status:
    """The status that decides whether the strategy may be ranked."""
    return max((gate.status for gate in found), key=_SEVERITY.index, default=Status.PASS)


__all__ = [
    "Checked",
    "DataClass",
    "Gate",
    "KnowledgeSource",
    "RateNeed",
    "Status",
    "blocked_retrainings",
    "days_until_fresh",
    "gates",
    "knowledge_sources",
    "leaving",
    "months_in_view",
    "most_requests_per_month",
    "rate_need",
    "usable_months",
    "worst",
]
