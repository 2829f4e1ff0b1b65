"""Which strategies are compared: the four that always are, and those a person switches on."""

from __future__ import annotations

from crossover.profile import TokenProfile
from crossover.scenario import Scenario
from crossover.strategies.agent import AgentLoop
from crossover.strategies.classifier import Classifier
from crossover.strategies.conversation import in_conversation
from crossover.strategies.long_context import LongContext
from crossover.strategies.plan import UsagePlan
from crossover.strategies.prompting import Prompting
from crossover.strategies.rag import Rag
from crossover.strategies.rag_rerank import RagRerank
from crossover.strategies.rag_tool import RagAsTool
from crossover.strategies.retrieved import RetrievedExamples
from crossover.strategies.router import Router
from crossover.strategies.strategy import Strategy
from crossover.strategies.tools import FunctionCalling
from crossover.strategies.tuned_rag import TunedRag
from crossover.strategies.tuned_tools import TunedTools
from crossover.strategies.tuning import FineTuning, SelfHostedLora

STRATEGIES: tuple[Strategy, ...] = (Prompting(), Rag(), FunctionCalling(), FineTuning())
"""The four of every comparison."""

MORE_STRATEGIES: tuple[Strategy, ...] = (
    RetrievedExamples(),
    LongContext(),
    RagRerank(),
    RagAsTool(),
    AgentLoop(),
    TunedRag(),
    TunedTools(),
    SelfHostedLora(),
    Classifier(),
    Router(),
)
"""Combinations and alternatives, each switched on by name (`Scenario.extra_strategies`)."""

ALL_STRATEGIES = (*STRATEGIES, *MORE_STRATEGIES)


def chosen_strategies(scenario: Scenario) -> tuple[Strategy, ...]:
    """The four, and those the scenario switches on; names nobody knows are left out."""
    extra = (strategy for strategy in MORE_STRATEGIES if strategy.id in scenario.extra_strategies)
    return (*STRATEGIES, *extra)


def plan_of(strategy: Strategy, profile: TokenProfile, scenario: Scenario) -> UsagePlan:
    """What the strategy asks of a model per request, as part of the scenario's conversations."""
    return in_conversation(strategy.plan(profile, scenario), profile, scenario)
