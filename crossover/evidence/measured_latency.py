"""Latency and tokens as an evaluation measured them (MODEL.md F4.2, F7.8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from crossover.evidence.sample_size import rows_bounding_quantile
from crossover.latency import Lognormal
from crossover.samples.results_types import ResultRow

LEAST_TIMED = 2


@dataclass(frozen=True, slots=True)
class FittedLatency:
    """A lognormal fitted to `n` timed answers; `observed_p95_seconds` stands beside it as a check."""

    spread: Lognormal
    n: int
    observed_p95_seconds: float

    @property
    def p50_seconds(self) -> float:
        """Half of the answers come within this time."""
        return self.spread.quantile(0.5)

    @property
    def p95_seconds(self) -> float:
        """19 of 20 answers come within this time."""
        return self.spread.quantile(0.95)

    @property
    def is_indicative(self) -> bool:
        """Whether there are too few answers to bound the 95th percentile by the slowest one."""
        return self.n < rows_bounding_quantile()


@dataclass(frozen=True, slots=True)
class MeasuredTokens:
    """Mean tokens per answer as billed, and ours beside them; None where one is not known."""

    measured: float | None
    ours: float | None
    n: int

    @property
    def ratio(self) -> float | None:
        """Measured by ours."""
        return self.measured / self.ours if self.measured is not None and self.ours else None


def fitted_latency(rows: Iterable[ResultRow]) -> FittedLatency | None:
    """The latency of the timed answers among `rows`; None below two of them."""
    seconds = np.array([row.latency_seconds for row in rows if row.latency_seconds], np.float64)
    if seconds.size < LEAST_TIMED:
        return None
    logs = np.log(seconds)
    spread = Lognormal(float(logs.mean()), float(logs.std(ddof=1)))
    return FittedLatency(spread, seconds.size, float(np.quantile(seconds, 0.95)))


def input_tokens(rows: Iterable[ResultRow], ours: float | None) -> MeasuredTokens:
    """Mean input tokens of the answers that say theirs, beside our count."""
    return _tokens([row.input_tokens for row in rows], ours)


def output_tokens(rows: Iterable[ResultRow], ours: float | None) -> MeasuredTokens:
    """Mean output tokens of the answers that say theirs, beside our count."""
    return _tokens([row.output_tokens for row in rows], ours)


def _tokens(amounts: Iterable[float | None], ours: float | None) -> MeasuredTokens:
    known = [amount for amount in amounts if amount is not None]
    return MeasuredTokens(float(np.mean(known)) if known else None, ours, len(known))
