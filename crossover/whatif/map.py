"""Cheapest strategy by volume and by how much context a request needs (MODEL.md 3.9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from crossover.comparison import Comparison, Outcome
from crossover.cost.map import CheapestMap, cheapest_map
from crossover.cost.subject import Subject
from crossover.profile import TokenProfile
from crossover.scenario import Scenario
from crossover.strategies import Call, Part, Prompting, Strategy, UsagePlan
from crossover.strategies.strategy import SentRequest
from crossover.tokens import model_facts
from crossover.uncertainty import cost_model
from crossover.uncertainty.levers import today_of
from crossover.words import say

VOLUMES = np.geomspace(1e3, 1e8, 26)
CONTEXT_TOKENS = np.array([0.0, 250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000])


@dataclass(frozen=True, slots=True, eq=False)
class StrategyMap:
    """The cheapest strategy of each cell; arrays have shape (contexts, volumes).

    `is_gated` marks cells whose winner cannot be chosen there; `without_context` are the labels of
    strategies that are assumed to answer without the context, which the reader has to be told.
    `totals_usd` are each strategy's totals by id, `today` is the (volume, context tokens) of now.
    """

    volumes: NDArray[np.float64]
    context_tokens: NDArray[np.float64]
    cheapest: CheapestMap
    totals_usd: Mapping[str, NDArray[np.float64]]
    today: tuple[float, float]
    is_gated: NDArray[np.bool_]
    without_context: tuple[str, ...]

    @property
    def caveat(self) -> str:
        """What the map takes for granted, in words."""
        everything = say("Prompt engineering carries the whole context in its prompt here.")
        if not self.without_context:
            return everything
        cheap = say(
            "Assumed to answer without the context, and cheap for that reason: {names}.",
            names=", ".join(self.without_context),
        )
        return f"{everything} {cheap}"


@dataclass(frozen=True, slots=True)
class WithContext:
    """A strategy whose requests carry, or search in, a given amount of context."""

    strategy: Strategy
    context_tokens: float

    @property
    def id(self) -> str:
        """The strategy's own id."""
        return self.strategy.id

    @property
    def label(self) -> str:
        """The strategy's own label."""
        return self.strategy.label

    def plan(self, profile: TokenProfile, scenario: Scenario) -> UsagePlan:
        """The plan with that much context: all of it in a prompt, no more than its passages in a search."""
        plan = self.strategy.plan(profile, scenario)
        if isinstance(self.strategy, Prompting):
            return _with_everything(plan, self.context_tokens)
        return _with_at_most(plan, self.context_tokens)

    def request(self, profile: TokenProfile, scenario: Scenario, row: int) -> SentRequest:
        """The strategy's own request; the map never shows it."""
        return self.strategy.request(profile, scenario, row)


def strategy_map(comparison: Comparison) -> StrategyMap:
    """Totals of every strategy that has a price, over volumes and amounts of context."""
    priced = [outcome for outcome in comparison.outcomes if outcome.cost is not None]
    totals = {each.strategy.id: np.stack(list(_rows(each.subject))) for each in priced}
    cheapest = cheapest_map(totals)
    gated = np.stack([_gated(_by_id(priced, name)) for name in cheapest.names])
    winner_gated = np.take_along_axis(gated.T, cheapest.winner, axis=1)
    today = comparison.scenario.requests_per_month, _context_today(priced)
    without = _without_context(priced)
    return StrategyMap(VOLUMES, CONTEXT_TOKENS, cheapest, totals, today, winner_gated, without)


def _context_today(outcomes: list[Outcome]) -> float:
    """Tokens of documents in a mean request: of the first strategy that reads any, 0 without one."""
    reading = next((each.plan for each in outcomes if each.plan.reads_documents), None)
    if reading is None:
        return 0.0
    contexts = (
        call.probability * float(counted.mean())
        for call in reading.calls
        for part, counted in call.parts
        if part is Part.CONTEXT
    )
    return sum(contexts)


def _rows(subject: Subject) -> Iterator[NDArray[np.float64]]:
    """Totals over the volumes for each amount of context."""
    today = today_of(subject.scenario, subject.quote)
    for tokens in CONTEXT_TOKENS.tolist():
        model = cost_model(replace(subject, strategy=WithContext(subject.strategy, tokens)))
        if model is None:
            yield np.full(VOLUMES.shape, np.inf)
        else:
            yield model.curve_usd("requests_per_month", VOLUMES, today)


def _gated(outcome: Outcome) -> NDArray[np.bool_]:
    """Where it cannot be chosen: everywhere, or where its prompt outgrows the window, shape (contexts,)."""
    if not outcome.is_ranked:
        return np.ones(CONTEXT_TOKENS.shape, bool)
    subject = outcome.subject
    window = model_facts(subject.scenario.model).window
    plans = (
        WithContext(subject.strategy, tokens).plan(subject.profile, subject.scenario)
        for tokens in CONTEXT_TOKENS
    )
    longest = [float(plan.largest_prompt_tokens().max(initial=0.0)) for plan in plans]
    return np.asarray(longest) > (np.inf if window is None else window)


def _by_id(outcomes: list[Outcome], strategy: str) -> Outcome:
    return next(each for each in outcomes if each.strategy.id == strategy)


def _without_context(outcomes: list[Outcome]) -> tuple[str, ...]:
    left_out = (each for each in outcomes if not isinstance(each.strategy, Prompting))
    return tuple(each.strategy.label for each in left_out if not each.plan.reads_documents)


def _with_everything(plan: UsagePlan, tokens: float) -> UsagePlan:
    """A prompt that carries the context right after its instructions and examples, shared by all requests."""
    calls = []
    for call in plan.calls:
        context = np.full_like(call.written_tokens, tokens)
        place = next(at for at, (part, _) in enumerate(call.parts) if part is Part.HISTORY)
        parts = (*call.parts[:place], (Part.CONTEXT, context), *call.parts[place:])
        shared = call.shared_prefix_tokens + tokens
        calls.append(replace(call, parts=parts, shared_prefix_tokens=shared))
    return replace(plan, calls=tuple(calls))


def _with_at_most(plan: UsagePlan, tokens: float) -> UsagePlan:
    """Passages of a search, cut where there is less context than that; documents in full, scaled to it."""
    searches = plan.embedding_tokens is not None
    calls = (_cut(call, tokens) if searches else _scaled(call, tokens) for call in plan.calls)
    return replace(plan, calls=tuple(calls))


def _cut(call: Call, tokens: float) -> Call:
    parts = tuple(
        (part, np.minimum(counted, tokens) if part is Part.CONTEXT else counted)
        for part, counted in call.parts
    )
    return replace(call, parts=parts)


def _scaled(call: Call, tokens: float) -> Call:
    """A call that carries all documents, with so many tokens of them, shared by all requests."""
    whole = sum(float(counted.mean()) for part, counted in call.parts if part is Part.CONTEXT)
    if not whole:
        return call
    parts = tuple(
        (part, np.full_like(counted, tokens) if part is Part.CONTEXT else counted)
        for part, counted in call.parts
    )
    return replace(call, parts=parts, shared_prefix_tokens=call.shared_prefix_tokens - whole + tokens)
