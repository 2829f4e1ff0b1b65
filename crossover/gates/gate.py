"""What a gate is: a check with a status, a reason and a way out (MODEL.md 8.1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from crossover.cost.estimate import CostEstimate
from crossover.cost.quote import Quote
from crossover.figure import Figure
from crossover.profile import TokenProfile
from crossover.scenario import Scenario
from crossover.strategies import UsagePlan
from crossover.tokens import ModelFacts


class Status(StrEnum):
    """`fail` ranks a strategy last; `unknown` keeps it out of the ranking until a price is known."""

    PASS = "pass"
    WARN = "warn"
    UNKNOWN = "unknown"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Gate:
    """One check: `label` fits a badge, `reason` is a sentence, `remedy` says what to do.

    All three were said when it was made; code that looks for a gate asks for its `id`.
    """

    id: str
    status: Status
    label: str
    reason: str
    remedy: str = ""
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What the gates look at for one strategy; `scenario` is the one for it, its own model included.

    `cost` is None when it has none, or when nobody computed it: what hangs on it is then not checked.
    """

    plan: UsagePlan
    profile: TokenProfile
    scenario: Scenario
    quote: Quote
    facts: ModelFacts
    cost: CostEstimate | None = None

    @property
    def cached_share(self) -> float:
        """Share of the requests that find their prefix in the cache; 0 without a cost."""
        return self.cost.prices.hit_share if self.cost else 0.0
