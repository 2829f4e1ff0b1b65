"""What a chosen vector store costs a month as the volume moves: it bills what is kept and what is asked."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from crossover.cost import Amount, FloatArray
from crossover.cost.quote import Quote
from crossover.cost.totals import LARGEST_VOLUME
from crossover.cost.vector_store import vector_store_figure
from crossover.scenario import Scenario
from crossover.strategies import UsagePlan

GRID_POINTS = 80


@dataclass(frozen=True, slots=True, eq=False)
class StoreByVolume:
    """The store's month for a plan; exact for one volume, read off a table for many.

    Beyond what the store's plan holds its dearest known month stands: a larger plan costs at least that.
    """

    plan: UsagePlan
    quote: Quote
    scenario: Scenario
    volumes: FloatArray
    usd: FloatArray

    def usd_at(self, requests_per_month: Amount) -> Amount:
        """US dollars of a month, in the shape of the volumes asked about."""
        if np.ndim(requests_per_month) == 0:
            exact = _usd(self.plan, self.quote, self.scenario, float(requests_per_month))
            if exact is not None:
                return exact
        return np.asarray(np.interp(requests_per_month, self.volumes, self.usd), np.float64)


def store_by_volume(plan: UsagePlan, quote: Quote, scenario: Scenario) -> StoreByVolume | None:
    """The store the person chose, tabulated over volumes; None where an assumption stands for it."""
    if not scenario.vector_store or plan.embedding_tokens is None:
        return None
    volumes = np.concatenate([[0.0], np.geomspace(1.0, LARGEST_VOLUME, GRID_POINTS)])
    known = [_usd(plan, quote, scenario, volume) for volume in volumes.tolist()]
    usd = np.maximum.accumulate([0.0 if each is None else each for each in known])
    return StoreByVolume(plan, quote, scenario, volumes, usd)


def _usd(plan: UsagePlan, quote: Quote, scenario: Scenario, volume: float) -> float | None:
    return vector_store_figure(plan, quote, replace(scenario, requests_per_month=volume)).value
