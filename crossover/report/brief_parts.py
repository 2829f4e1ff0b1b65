"""The parts of a brief: plain frozen values without one row of the upload (PRODUCT.md, shared link)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal, TypeAlias

from annotated_types import Ge, Le, Len
from pydantic import FiniteFloat, StringConstraints

from crossover.cost import CostClasses
from crossover.cost.machines import Machines
from crossover.cost.totals import LONGEST_HORIZON_MONTHS
from crossover.figure import Kind
from crossover.gates import Status

MOST_FLIPS = 8
MOST_STRATEGIES = 30
Text: TypeAlias = Annotated[str, StringConstraints(max_length=4000)]
Usd: TypeAlias = Annotated[FiniteFloat, Ge(0)]
Share: TypeAlias = Annotated[FiniteFloat, Ge(0), Le(1)]
Month: TypeAlias = Annotated[int, Ge(0), Le(LONGEST_HORIZON_MONTHS)]
Place: TypeAlias = Annotated[int, Ge(0)]
Rate: TypeAlias = Literal["", "input_mtok", "output_mtok", "cached_input_mtok", "embedding"]


@dataclass(frozen=True, slots=True)
class BriefInput:
    """A number nothing else explains: a measurement, a price or an assumption, with where it is from.

    `low` and `high` are the plausible range of an assumption; `n` counts the rows of a measurement.
    `is_own` marks what the team set itself.
    """

    name: Text
    value: FiniteFloat | None
    unit: Text
    kind: Kind
    source: Text
    as_of: date | None = None
    note: Text = ""
    low: FiniteFloat | None = None
    high: FiniteFloat | None = None
    n: Annotated[int, Ge(0)] | None = None
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class BriefFigure:
    """A shown number: `kind` is its weakest input's, `inputs` are places in the brief's list of inputs."""

    id: Text
    name: Text
    value: FiniteFloat | None
    unit: Text
    kind: Kind
    source: Text
    inputs: Annotated[tuple[Place, ...], Len(0, 500)] = ()


@dataclass(frozen=True, slots=True)
class BriefGate:
    """One check and what it says (MODEL.md 8.1)."""

    id: Text
    status: Status
    label: Text
    reason: Text
    remedy: Text = ""


@dataclass(frozen=True, slots=True)
class BriefMachines:
    """Machines of one's own, as `Machines` in crossover.cost."""

    usd_per_replica_month: Usd
    replicas_per_request: Usd
    minimum_replicas: Annotated[int, Ge(0)] = 1

    @property
    def machines(self) -> Machines:
        """The same as the cost functions take it."""
        return Machines(self.usd_per_replica_month, self.replicas_per_request, self.minimum_replicas)


@dataclass(frozen=True, slots=True)
class BriefCosts:
    """The four ways a strategy costs money, from which its total at any volume follows (MODEL.md 3.1).

    `events_usd` are (month, US dollars due at its start).
    """

    one_time_usd: Usd
    monthly_usd: Usd
    per_request_usd: Usd
    events_usd: Annotated[tuple[tuple[Month, Usd], ...], Len(0, 200)] = ()
    price_decline_per_year_share: Share = 0.0
    machines: BriefMachines | None = None

    @property
    def classes(self) -> CostClasses:
        """The same as the cost functions take it."""
        return CostClasses(
            self.one_time_usd,
            self.monthly_usd,
            self.per_request_usd,
            dict(self.events_usd),
            self.price_decline_per_year_share,
            None if self.machines is None else self.machines.machines,
        )


@dataclass(frozen=True, slots=True)
class BriefStanding:
    """How the strategy fared over the draws, in US dollars over the horizon (MODEL.md 5.2)."""

    cheapest_share: Share | None
    half_width: Share | None
    regret_usd: Usd
    p5_usd: Usd
    p95_usd: Usd


@dataclass(frozen=True, slots=True)
class BriefLine:
    """One line of the bill that is no request; `days` are working days paid at the day rate."""

    name: Text
    cadence: Text
    usd: Usd
    is_people: bool = False
    days: Usd | None = None


@dataclass(frozen=True, slots=True)
class BriefUnitCost:
    """What one price brings to the mean cost of a request; `price` is its place among the inputs.

    `units` are the mean units billed at that price (millions of tokens); None without a price. `rate`
    names which of a model's prices it is, as a field of TokenPrice or "embedding".
    """

    name: Text
    price: Place | None
    usd_per_request: Usd
    units: Usd | None = None
    rate: Rate = ""


@dataclass(frozen=True, slots=True)
class BriefCost:
    """What a strategy costs; `cumulative_usd` has one entry per month end, month 0 first.

    `usd_by_part` is per request; so are `unit_costs`, its split by price. `figures` are the shown
    numbers with what they come from. `retrain_every_months` is None where nothing is trained.
    """

    total_usd: Usd
    per_1000_requests_usd: Usd
    first_month_usd: Usd
    one_off_usd: Usd
    people_usd: Usd
    cumulative_usd: Annotated[tuple[Usd, ...], Len(1, LONGEST_HORIZON_MONTHS + 1)]
    usd_by_part: Annotated[tuple[tuple[Text, Usd], ...], Len(0, 50)]
    costs: BriefCosts
    figures: Annotated[tuple[BriefFigure, ...], Len(0, 20)] = ()
    lines: Annotated[tuple[BriefLine, ...], Len(0, 50)] = ()
    unit_costs: Annotated[tuple[BriefUnitCost, ...], Len(0, 20)] = ()
    retrain_every_months: Annotated[int, Ge(1)] | None = None

    @property
    def people_share(self) -> float | None:
        """The part of the total that is working time; None for a total of 0."""
        return self.people_usd / self.total_usd if self.total_usd else None


@dataclass(frozen=True, slots=True)
class BriefStrategy:
    """One row of the table. `rank` is None for a strategy that cannot be chosen, `cost` without one.

    `tokens_by_part` are mean expected tokens of a request. `usable_months` are the months until its
    model stops answering.
    """

    id: Text
    label: Text
    rank: Annotated[int, Ge(1)] | None
    status: Status
    host: Text
    model: Text
    usable_months: Month
    cost: BriefCost | None
    standing: BriefStanding | None
    tokens_by_part: Annotated[tuple[tuple[Text, Usd], ...], Len(0, 50)] = ()
    gates: Annotated[tuple[BriefGate, ...], Len(0, 50)] = ()
    criteria: Annotated[tuple[BriefFigure, ...], Len(0, 30)] = ()


@dataclass(frozen=True, slots=True)
class BriefTokens:
    """What the samples weigh: how many requests, and mean tokens by name (None is unknown)."""

    requests: Annotated[int, Ge(0)]
    means: Annotated[tuple[tuple[Text, FiniteFloat | None], ...], Len(0, 50)] = field(default=())


@dataclass(frozen=True, slots=True)
class BriefCrossing:
    """From `month` on the strategy `after` has cost less than `before`; both are ids."""

    before: Text
    after: Text
    month: Usd
