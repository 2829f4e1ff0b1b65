"""How sure a comparison is: the same draws for every strategy that can be chosen (MODEL.md 5.2-5.5)."""

from __future__ import annotations

from dataclasses import dataclass

from crossover.comparison import Comparison
from crossover.uncertainty import (
    Bar,
    CostModel,
    SampledTotals,
    Standing,
    UncertainInput,
    Values,
    all_inputs,
    cost_model_of,
    draw,
    is_clear,
    sampled_totals,
    standings,
    today_values,
    tornado_of,
)

DRAWS = 10_000


@dataclass(frozen=True, slots=True, eq=False)
class Sureness:
    """The cost models of all strategies that can be chosen, cheapest first, and their totals over draws.

    `standings` are likeliest cheapest first; `today` holds every input's value in use.
    """

    comparison: Comparison
    inputs: tuple[UncertainInput, ...]
    today: Values
    models: tuple[CostModel, ...]
    totals: SampledTotals
    standings: tuple[Standing, ...]

    @property
    def draws(self) -> int:
        """Number of draws."""
        return self.totals.draws

    def standing(self, strategy: str) -> Standing | None:
        """How one strategy fares; None for one that cannot be chosen."""
        return next((each for each in self.standings if each.strategy == strategy), None)

    @property
    def leader(self) -> Standing | None:
        """How today's cheapest strategy fares over the draws."""
        found = self.comparison.leader
        return None if found is None else self.standing(found.strategy.id)

    @property
    def is_clear(self) -> bool:
        """Whether a winner may be named: cheapest in 80 % of draws and 5 % ahead today (MODEL.md 5.5)."""
        leader = self.leader
        return leader is not None and is_clear(leader.cheapest_share, self.comparison.lead_share)


def sureness(comparison: Comparison, draws: int = DRAWS) -> Sureness:
    """Draw every uncertain input of a comparison with the scenario's seed; the same seed, the same bits."""
    scenario = comparison.scenario
    ranked = comparison.ranked
    quotes = [comparison.quote, *(outcome.subject.quote for outcome in ranked)]
    inputs = all_inputs(scenario, quotes)
    found = (cost_model_of(each.subject, each.plan, each.cost) for each in ranked if each.cost)
    models = tuple(model for model in found if model is not None)
    today, moving = today_values(inputs), frozenset[str]().union(*(model.moved_by for model in models))
    drawn = draw((each for each in inputs if each.name in moving), scenario.seed, draws)
    totals = sampled_totals(models, {**today, **drawn}, draws)
    return Sureness(comparison, inputs, today, models, totals, standings(totals))


def rivals(sure: Sureness) -> tuple[CostModel, CostModel] | None:
    """Today's cheapest and the one to compare it with; None without two.

    The rival is the one most often cheapest in its place, which need not be the second today.
    """
    if len(sure.models) < 2:
        return None
    leader, *others = sure.models
    shares = {each.strategy: each.cheapest_share or 0.0 for each in sure.standings}
    return leader, max(others, key=lambda model: shares[model.strategy])


def tornado_bars(sure: Sureness) -> tuple[Bar, ...]:
    """What moves the difference between the rivals, one input at a time (MODEL.md 5.3); () without two."""
    pair = rivals(sure)
    return tornado_of(*pair, sure.inputs, sure.today) if pair else ()
