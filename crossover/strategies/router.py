"""Router: easy requests go the short way, the others the long way with documents or tools."""

from __future__ import annotations

from dataclasses import dataclass, replace

from crossover.figure import Figure
from crossover.profile import TokenProfile
from crossover.scenario import Scenario
from crossover.strategies.plan import Call, Tokens, UsagePlan
from crossover.strategies.prompting import Prompting
from crossover.strategies.rag import Rag
from crossover.strategies.strategy import Named, SentRequest, Strategy
from crossover.strategies.tools import FunctionCalling
from crossover.words import mark


@dataclass(frozen=True, slots=True)
class Router(Named):
    """A mixture by share of two ways to answer; a rule of the team's own chooses, without tokens."""

    id: str = "router"
    name: str = mark("Router")

    def plan(self, profile: TokenProfile, scenario: Scenario) -> UsagePlan:
        """The calls of both ways, each as often as it is taken: sum of w_i cost_i (MODEL.md 2.0)."""
        easy = scenario.assumption("router_easy_share")
        share = easy.value or 0.0
        short, long = Prompting().plan(profile, scenario), long_way(profile).plan(profile, scenario)
        return replace(
            long,
            strategy=self.id,
            calls=(*_taken(short, share, way=0), *_taken(long, 1 - share, way=1)),
            embedding_tokens=_scaled(long.embedding_tokens, 1 - share),
            search_share=1 - share,
            quantities=_merged(easy, short.quantities, long.quantities),
        )

    def request(self, profile: TokenProfile, scenario: Scenario, row: int) -> SentRequest:
        """A request that goes the long way; the short way is prompt engineering's."""
        return long_way(profile).request(profile, scenario, row)


def long_way(profile: TokenProfile) -> Strategy:
    """How the harder requests are answered: from documents where there are any, else with tools."""
    return FunctionCalling() if profile.knowledge is None and profile.tool_tokens is not None else Rag()


def _taken(plan: UsagePlan, share: float, way: int) -> tuple[Call, ...]:
    """The calls of one way, as often as it is taken."""
    return tuple(replace(call, probability=share * call.probability, way=way) for call in plan.calls)


def _scaled(tokens: Tokens | None, share: float) -> Tokens | None:
    return None if tokens is None else share * tokens


def _merged(*groups: Figure | tuple[Figure, ...]) -> tuple[Figure, ...]:
    """All figures once, in order."""
    flat = (figure for group in groups for figure in (group if isinstance(group, tuple) else (group,)))
    return tuple(dict.fromkeys(flat))
