"""What a replay is: months with their standings, and what happened to the models meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from crossover.comparison import CLOSE_CALL_SHARE
from crossover.replay.events import MarketEvent, ModelAtHost


@dataclass(frozen=True, slots=True)
class Standing:
    """One strategy with one model at the end of one month.

    `total_usd` is None when unknown; `obstacle` is the sentence that keeps it out of the ranking,
    "" when it can be chosen.
    """

    host: str
    model: str
    strategy_id: str
    strategy_label: str
    total_usd: float | None
    is_ranked: bool
    obstacle: str

    @property
    def key(self) -> tuple[str, str, str]:
        """Which choice this is, over time."""
        return self.host, self.model, self.strategy_id

    @property
    def at(self) -> ModelAtHost:
        """The model and where it runs."""
        return self.host, self.model


@dataclass(frozen=True, slots=True)
class ReplayMonth:
    """One day of the replay: every standing, cheapest choice first, and the models without a price."""

    on: date
    standings: tuple[Standing, ...]
    unpriced: Mapping[ModelAtHost, str]

    @property
    def ranked(self) -> tuple[Standing, ...]:
        """What could be chosen, cheapest first."""
        return tuple(standing for standing in self.standings if standing.is_ranked)

    @property
    def answer(self) -> Standing | None:
        """The cheapest choice; None when nothing could be chosen."""
        return self.ranked[0] if self.ranked else None

    @property
    def runner_up(self) -> Standing | None:
        """The cheapest choice with another strategy than the answer's."""
        others = (s for s in self.ranked if self.answer and s.strategy_id != self.answer.strategy_id)
        return next(others, None)

    @property
    def is_close(self) -> bool:
        """Whether two strategies are too near each other to name one (MODEL.md 5.5)."""
        first, second = self.answer, self.runner_up
        if first is None or second is None or not first.total_usd or second.total_usd is None:
            return False
        return second.total_usd / first.total_usd - 1 < CLOSE_CALL_SHARE

    def of(self, model: ModelAtHost) -> tuple[Standing, ...]:
        """What could be chosen with that model, cheapest first."""
        return tuple(standing for standing in self.ranked if standing.at == model)

    def standing(self, key: tuple[str, str, str]) -> Standing | None:
        """The standing of one choice; None when its model had no price."""
        return next((standing for standing in self.standings if standing.key == key), None)


@dataclass(frozen=True, slots=True)
class Replay:
    """The months in order, the models followed with their names, and what happened to them."""

    months: tuple[ReplayMonth, ...]
    labels: Mapping[ModelAtHost, str]
    events: tuple[MarketEvent, ...]
    horizon_months: int
