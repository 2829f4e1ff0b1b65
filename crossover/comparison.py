"""compare(): the one way to a result; page, report, command line and tests all call it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from crossover.cost.crossings import Crossing, Side, all_crossings
from crossover.cost.estimate import CostEstimate, estimate, traffic_of
from crossover.cost.quote import Prices, Quote, quote
from crossover.cost.subject import Subject
from crossover.criteria import criteria
from crossover.figure import Figure
from crossover.gates import Checked, Gate, Status, gates, months_in_view, worst
from crossover.prices.machines import SELF_HOSTED
from crossover.prices.overrides import own_rows
from crossover.profile import ProfileSettings, TokenProfile, build_profile
from crossover.samples.types import SampleSet
from crossover.scenario import Scenario
from crossover.strategies import Strategy, UsagePlan, chosen_strategies
from crossover.tokens import ModelFacts, model_facts
from crossover.words import say

CLOSE_CALL_SHARE = 0.05
"""Below this lead nobody is named the winner (MODEL.md 5.5)."""

SELF_HOSTED_LORA = "lora"
OPEN_MODEL = "gpt-oss-20b"
"""What a LoRA of one's own trains where the compared model has no open weights."""

Profiler = Callable[[SampleSet, ProfileSettings], TokenProfile]


class NothingToCompare(ValueError):
    """The upload holds no request: no question and no answered chat turn."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """One strategy's result; `cost` is None when it lacks data or a price, never 0.

    `subject` holds what it was costed on, its own model included. `usable_months` are the months of
    the horizon before its model stops answering.
    """

    subject: Subject
    plan: UsagePlan
    cost: CostEstimate | None
    gates: tuple[Gate, ...]
    criteria: Mapping[str, Figure]
    usable_months: int

    @property
    def strategy(self) -> Strategy:
        """The strategy itself."""
        return self.subject.strategy

    @property
    def status(self) -> Status:
        """The worst gate: what keeps the strategy out of the ranking, if anything."""
        return worst(self.gates)

    @property
    def is_ranked(self) -> bool:
        """Whether the strategy can be chosen: it has a cost and no gate fails."""
        return self.cost is not None and self.status in (Status.PASS, Status.WARN)

    @property
    def total_usd(self) -> float | None:
        """Total over the horizon in US dollars, None when unknown."""
        return self.cost.total.value if self.cost else None


@dataclass(frozen=True, slots=True)
class PairCrossing:
    """A point where one strategy's cumulative cost falls below another's."""

    before: str
    after: str
    crossing: Crossing


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Everything a page or a report shows; `outcomes` are best first, gated ones last."""

    scenario: Scenario
    profile: TokenProfile
    quote: Quote
    facts: ModelFacts
    outcomes: tuple[Outcome, ...]
    crossings: tuple[PairCrossing, ...]

    @property
    def ranked(self) -> tuple[Outcome, ...]:
        """The strategies that can be chosen, cheapest over the horizon first."""
        return tuple(outcome for outcome in self.outcomes if outcome.is_ranked)

    @property
    def leader(self) -> Outcome | None:
        """The cheapest strategy that can be chosen."""
        return self.ranked[0] if self.ranked else None

    @property
    def mixes_models(self) -> bool:
        """Whether strategies that can be chosen run on different models."""
        used = {(each.subject.quote.host, each.subject.quote.model) for each in self.ranked}
        return len(used) > 1

    @property
    def lead_share(self) -> float | None:
        """How much more the second costs than the first; None without two to compare."""
        totals = [outcome.total_usd or 0.0 for outcome in self.ranked[:2]]
        return totals[1] / totals[0] - 1 if len(totals) == 2 and totals[0] > 0 else None

    @property
    def is_close(self) -> bool:
        """Whether the lead is too small to name a winner."""
        return self.lead_share is not None and self.lead_share < CLOSE_CALL_SHARE

    def outcome(self, strategy_id: str) -> Outcome:
        """The outcome of one strategy. Raises KeyError for an unknown id."""
        return {outcome.strategy.id: outcome for outcome in self.outcomes}[strategy_id]


def compare(
    samples: SampleSet,
    scenario: Scenario,
    book: Prices,
    strategies: Sequence[Strategy] | None = None,
    profiler: Profiler = build_profile,
) -> Comparison:
    """Compare strategies on the samples, at the scenario's models, volume and date.

    Without `strategies` those the scenario chooses: the four, and what it switches on. A pure
    function of its arguments; `profiler` lets a caller reuse a measurement of the same samples.
    Raises NothingToCompare when the upload holds no request.
    """
    facts = model_facts(scenario.model)
    profile = profiler(samples, profile_settings(scenario, facts))
    if not len(profile):
        raise NothingToCompare(
            say("There is no question to cost yet. Add questions or chats, or take the demo data.")
        )
    priced = with_own_prices(book, scenario)
    world = _World(samples, scenario, priced, profiler, profile, quote(priced, scenario))
    chosen = chosen_strategies(scenario) if strategies is None else strategies
    outcomes = tuple(sorted((_outcome(world.subject(each)) for each in chosen), key=_rank))
    return Comparison(scenario, profile, world.quote, facts, outcomes, _crossings(outcomes, scenario))


@dataclass(frozen=True, slots=True, eq=False)
class _World:
    """What all strategies of a comparison share; a strategy with its own model is measured for it."""

    samples: SampleSet
    scenario: Scenario
    book: Prices
    profiler: Profiler
    profile: TokenProfile
    quote: Quote

    def subject(self, strategy: Strategy) -> Subject:
        """The strategy on its model."""
        own = own_scenario(strategy, self.scenario, self.book)
        if (own.host, own.model) == (self.scenario.host, self.scenario.model):
            return Subject(strategy, self.profile, self.scenario, self.quote)
        profile = self.profiler(self.samples, profile_settings(own, model_facts(own.model)))
        return Subject(strategy, profile, own, quote(self.book, own))


def own_scenario(strategy: Strategy, scenario: Scenario, book: Prices) -> Scenario:
    """The scenario as the strategy meets it: the model chosen for it, and GPUs of one's own for a LoRA."""
    own = scenario.for_strategy(strategy.id)
    if strategy.id != SELF_HOSTED_LORA or own.host == SELF_HOSTED:
        return own
    same = book.inference(SELF_HOSTED, own.model, own.price_date)
    return replace(own, host=SELF_HOSTED, model=own.model if same else OPEN_MODEL, batch=False)


def with_own_prices(book: Prices, scenario: Scenario) -> Prices:
    """The book with the scenario's own prices before all others; rows that cannot be read are left out."""
    if not scenario.own_prices:
        return book
    return book.with_overrides(own_rows(scenario.own_prices))


def profile_settings(scenario: Scenario, facts: ModelFacts) -> ProfileSettings:
    """How the scenario's model counts, and how its documents are cut."""
    return ProfileSettings(
        model=scenario.model,
        encoding=facts.encoding,
        token_factor=facts.token_factor.likely,
        input_correction=scenario.token_correction,
        priming_tokens=facts.priming,
        chunk_tokens=scenario.chunk_tokens,
        chunk_overlap_tokens=scenario.chunk_overlap_tokens,
    )


def _outcome(subject: Subject) -> Outcome:
    plan, scenario, prices = subject.plan, subject.scenario, subject.quote
    cost = estimate(plan, prices, scenario)
    hit_share = cost.prices.hit_share if cost else 0.0
    checked = Checked(plan, subject.profile, scenario, prices, model_facts(scenario.model), cost)
    beside = criteria(plan, scenario, hit_share, subject.profile, cost)
    return Outcome(subject, plan, cost, gates(checked), beside, months_in_view(checked))


def _rank(outcome: Outcome) -> tuple[bool, bool, float, str]:
    """Ranked ones by total, then those with a cost but a failing gate, then those without a cost."""
    total = outcome.total_usd
    return not outcome.is_ranked, total is None, total or 0.0, outcome.strategy.id


def _crossings(outcomes: Sequence[Outcome], scenario: Scenario) -> tuple[PairCrossing, ...]:
    """Every crossing between two strategies that can be chosen, in time order."""
    traffic = traffic_of(scenario)
    ranked = [
        (outcome.strategy.id, outcome.cost.classes)
        for outcome in outcomes
        if outcome.is_ranked and outcome.cost
    ]
    found = [
        _named(a, b, crossing)
        for position, (a, costs_a) in enumerate(ranked)
        for b, costs_b in ranked[position + 1 :]
        for crossing in all_crossings(costs_a, costs_b, traffic)
    ]
    return tuple(sorted(found, key=lambda pair: pair.crossing.month))


def _named(a: str, b: str, crossing: Crossing) -> PairCrossing:
    before, after = (a, b) if crossing.cheaper_after is Side.B else (b, a)
    return PairCrossing(before, after, crossing)
