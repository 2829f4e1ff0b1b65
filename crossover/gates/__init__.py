"""Gates: can it be built and bought? Each check gives a reason and a way out (MODEL.md 8)."""

from __future__ import annotations

from crossover.gates import data, market
from crossover.gates.gate import Checked, Gate, Status
from crossover.gates.market import months_in_view, usable_months

_SEVERITY = list(Status)
_CHECKS = (
    data.missing_data,
    market.can_be_tuned,
    market.outlives_horizon,
    market.prices_known,
    data.tools_accepted,
    data.enough_examples,
    data.fits_window,
    data.examples_fit,
    data.text_only,
    data.reads_documents,
)


def gates(checked: Checked) -> tuple[Gate, ...]:
    """Every gate that has something to say about the strategy, worst first."""
    found = [gate for check in _CHECKS for gate in check(checked)]
    return tuple(sorted(found, key=lambda gate: -_SEVERITY.index(gate.status)))


def worst(found: tuple[Gate, ...]) -> Status:
    """The status that decides whether the strategy may be ranked."""
    return max((gate.status for gate in found), key=_SEVERITY.index, default=Status.PASS)


__all__ = ["Checked", "Gate", "Status", "gates", "months_in_view", "usable_months", "worst"]
