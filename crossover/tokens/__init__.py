"""Tokens: exact offline counts, and what the API adds around the text (MODEL.md 1, TOKENS.md)."""

from crossover.tokens.accountant import PARTS
from crossover.tokens.calibrate import Comparison, compare_bills, correction_from_totals
from crossover.tokens.counter import (
    DEFAULT_ENCODING,
    Progress,
    TokenCounter,
    count_many,
    count_tokens,
    counter,
)
from crossover.tokens.dating import recorded_on
from crossover.tokens.engine import engine_name
from crossover.tokens.examples import example_tokens
from crossover.tokens.lines import count_requests_file, is_error
from crossover.tokens.messages import MESSAGE_OVERHEAD, PRIMING, message_tokens, non_text_parts
from crossover.tokens.models import Basis, ModelFacts, TokenFactor, model_facts, model_table
from crossover.tokens.output import OutputCount, answer_tokens, call_tokens, reasoning_tokens
from crossover.tokens.request import NotARequest, RequestCount, count_request
from crossover.tokens.schema import schema_tokens
from crossover.tokens.tools import cookbook_tool_tokens, render_tools, tool_tokens
from crossover.tokens.training import TrainingTokens, default_epochs, training_tokens
from crossover.tokens.usage import NotUsage, ReportedUsage, read_usage

__all__ = [
    "DEFAULT_ENCODING",
    "MESSAGE_OVERHEAD",
    "PARTS",
    "PRIMING",
    "Basis",
    "Comparison",
    "ModelFacts",
    "NotARequest",
    "NotUsage",
    "OutputCount",
    "Progress",
    "ReportedUsage",
    "RequestCount",
    "TokenCounter",
    "TokenFactor",
    "TrainingTokens",
    "answer_tokens",
    "call_tokens",
    "compare_bills",
    "cookbook_tool_tokens",
    "correction_from_totals",
    "count_many",
    "count_request",
    "count_requests_file",
    "count_tokens",
    "counter",
    "default_epochs",
    "engine_name",
    "example_tokens",
    "is_error",
    "message_tokens",
    "model_facts",
    "model_table",
    "non_text_parts",
    "read_usage",
    "reasoning_tokens",
    "recorded_on",
    "render_tools",
    "schema_tokens",
    "tool_tokens",
    "training_tokens",
]
