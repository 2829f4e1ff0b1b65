"""What a published number is, and the one way our own functions answer it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from crossover.cost import CostClasses, InputTokens, Traffic, call_usd, total_usd
from crossover.prices.types import TokenPrice


class Basis(StrEnum):
    """How a peer's number came to us."""

    PRINTED = "printed"
    CODE = "code"
    WORKED_OUT = "worked out"
    EXAMPLE = "example"


@dataclass(frozen=True, slots=True)
class Row:
    """One number of a peer beside ours; None on both sides means "never".

    Equal means apart by at most half of the last of `digits` decimals. `explained` is what the one
    reason in `why` is worth, worked out apart from our functions; 0 where the two should be equal.
    """

    what: str
    theirs: float | None
    ours: float | None
    basis: Basis
    unit: str = "USD a month"
    digits: int = 2
    explained: float = 0.0
    why: str = ""

    @property
    def difference(self) -> float:
        """Ours minus theirs; 0 where both say "never"."""
        if self.theirs is None or self.ours is None:
            return 0.0 if self.theirs is self.ours else float("inf")
        return self.ours - self.theirs

    @property
    def unexplained(self) -> float:
        """What is left of the difference when the reason is taken away."""
        return self.difference - self.explained

    @property
    def tolerance(self) -> float:
        """Half of the last digit that is given, and a rounding error of float64 at the edge."""
        return 0.5 * 10.0**-self.digits * (1 + 1e-6)

    @property
    def is_same(self) -> bool:
        """Whether the two numbers are equal as far as they are given."""
        return abs(self.difference) <= self.tolerance


@dataclass(frozen=True, slots=True)
class Peer:
    """A calculator or worked example: where it stands, what was put in, and what came out."""

    name: str
    source: str
    inputs: str
    rows: tuple[Row, ...]
    left_out: tuple[tuple[str, str], ...] = ()


def request_usd(
    price: TokenPrice, input_tokens: float, output_tokens: float = 0.0, cached_tokens: float = 0.0
) -> float:
    """US dollars of one request at the peer's prices."""
    return float(call_usd(InputTokens(input_tokens, cached_tokens), output_tokens, price))


def bill_usd(costs: CostClasses, requests_per_month: float, months: int = 1) -> float:
    """US dollars of the first `months` months."""
    return float(total_usd(costs, Traffic(requests_per_month, horizon_months=months)))


def running_usd(costs: CostClasses, requests_per_month: float) -> float:
    """US dollars of a month without what is paid once."""
    return bill_usd(replace(costs, one_time_usd=0.0), requests_per_month)
