"""Strategies: ways to get the task done, in tokens. One small file each; none knows a price."""

from crossover.strategies.plan import Call, Part, TrainingPlan, UsagePlan
from crossover.strategies.prompting import Prompting
from crossover.strategies.rag import Rag
from crossover.strategies.strategy import SentRequest, Strategy
from crossover.strategies.tools import FunctionCalling
from crossover.strategies.tuning import FineTuning

STRATEGIES: tuple[Strategy, ...] = (Prompting(), Rag(), FunctionCalling(), FineTuning())

__all__ = [
    "STRATEGIES",
    "Call",
    "FineTuning",
    "FunctionCalling",
    "Part",
    "Prompting",
    "Rag",
    "SentRequest",
    "Strategy",
    "TrainingPlan",
    "UsagePlan",
]
