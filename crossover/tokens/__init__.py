"""Tokens: exact offline counts, and what the API adds around the text (MODEL.md 1, TOKENS.md)."""

from crossover.tokens.counter import DEFAULT_ENCODING, TokenCounter, count_many, count_tokens, counter
from crossover.tokens.messages import MESSAGE_OVERHEAD, PRIMING, message_tokens, non_text_parts
from crossover.tokens.models import Basis, ModelFacts, TokenFactor, model_facts
from crossover.tokens.schema import schema_tokens
from crossover.tokens.tools import cookbook_tool_tokens, render_tools, tool_tokens
from crossover.tokens.training import TrainingTokens, default_epochs, training_tokens

__all__ = [
    "DEFAULT_ENCODING",
    "MESSAGE_OVERHEAD",
    "PRIMING",
    "Basis",
    "ModelFacts",
    "TokenCounter",
    "TokenFactor",
    "TrainingTokens",
    "cookbook_tool_tokens",
    "count_many",
    "count_tokens",
    "counter",
    "default_epochs",
    "message_tokens",
    "model_facts",
    "non_text_parts",
    "render_tools",
    "schema_tokens",
    "tool_tokens",
    "training_tokens",
]
