"""Strategies: ways to get the task done, in tokens. One small file each; none knows a price."""

from crossover.strategies.agent import AgentLoop
from crossover.strategies.choice import (
    ALL_STRATEGIES,
    MORE_STRATEGIES,
    STRATEGIES,
    chosen_strategies,
    plan_of,
)
from crossover.strategies.classifier import Classifier
from crossover.strategies.long_context import LongContext
from crossover.strategies.plan import Call, Part, TrainingPlan, UsagePlan
from crossover.strategies.prompting import Prompting
from crossover.strategies.rag import Rag
from crossover.strategies.rag_rerank import RagRerank
from crossover.strategies.rag_tool import RagAsTool
from crossover.strategies.retrieved import RetrievedExamples
from crossover.strategies.router import Router
from crossover.strategies.strategy import SentRequest, Strategy
from crossover.strategies.tools import FunctionCalling
from crossover.strategies.tuned_rag import TunedRag
from crossover.strategies.tuned_tools import TunedTools
from crossover.strategies.tuning import FineTuning, SelfHostedLora

__all__ = [
    "ALL_STRATEGIES",
    "MORE_STRATEGIES",
    "STRATEGIES",
    "AgentLoop",
    "Call",
    "Classifier",
    "FineTuning",
    "FunctionCalling",
    "LongContext",
    "Part",
    "Prompting",
    "Rag",
    "RagAsTool",
    "RagRerank",
    "RetrievedExamples",
    "Router",
    "SelfHostedLora",
    "SentRequest",
    "Strategy",
    "TrainingPlan",
    "TunedRag",
    "TunedTools",
    "UsagePlan",
    "chosen_strategies",
    "plan_of",
]
