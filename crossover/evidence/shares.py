"""A share counted in the person's data: never without its n and its interval (MODEL.md F7.1)."""

from __future__ import annotations

from dataclasses import dataclass

from crossover.evidence.intervals import ShareInterval, wilson_interval
from crossover.figure import Figure, measured
from crossover.numbers import share, share_span


@dataclass(frozen=True, slots=True)
class MeasuredShare:
    """`successes` of `trials` rows; the share and its interval are None without rows."""

    successes: int
    trials: int

    @property
    def share(self) -> float | None:
        """Successes by trials, 0..1."""
        return self.successes / self.trials if self.trials else None

    @property
    def interval(self) -> ShareInterval | None:
        """The 95 % Wilson interval."""
        return wilson_interval(self.successes, self.trials) if self.trials else None

    def figure(self, name: str, source: str, note: str = "") -> Figure:
        """The share as a measured figure with its interval and n."""
        bounds = self.interval
        ci = (bounds.low, bounds.high) if bounds else None
        return measured(self.share, "share", source, self.trials, name=name, note=note, ci=ci)

    def __str__(self) -> str:
        bounds = self.interval
        if bounds is None:
            return share(None)
        return f"{share(self.share)} ({share_span(bounds.low, bounds.high)})"
