"""What an answer costs in output tokens: its text, the frame around it, and reasoning nobody sees."""

from __future__ import annotations

from dataclasses import dataclass

from crossover.figure import Figure, assumed
from crossover.tokens.conversation import Call
from crossover.tokens.counter import counter
from crossover.tokens.models import ModelFacts, model_facts
from crossover.words import say


@dataclass(frozen=True, slots=True)
class OutputCount:
    """Output tokens of one visible answer, without reasoning.

    Nine bills in ten lay within `plus_minus` tokens.
    """

    output_tokens: int
    plus_minus: int


@dataclass(frozen=True, slots=True)
class AnswerFrame:
    """Tokens an API bills around a text or a call, and by how many that strays."""

    text: int
    call: int
    stray: int


# The median and the stray on 551 answers: docs/tokens.md, "Output".
_CHAT = AnswerFrame(text=0, call=6, stray=1)
_CHAT_REASONING = AnswerFrame(text=9, call=15, stray=3)
_RESPONSES = AnswerFrame(text=1, call=7, stray=1)
_RESPONSES_REASONING = AnswerFrame(text=4, call=11, stray=3)
_PARALLEL = 5  # each further call of the same answer
_FORMATTED_STRAY = 5  # an answer in a JSON schema costs 0 or 5 tokens more

_REASONING_FAMILIES = ("gpt-5", "gpt-6", "gpt-oss", "o-series")


def answer_tokens(
    text: str, model: str, is_responses: bool = False, is_formatted: bool = False
) -> OutputCount:
    """Output tokens billed for a visible text answer; `is_formatted` when it follows a JSON schema."""
    facts = model_facts(model)
    frame = _frame(facts, is_responses)
    tokens = round(counter(facts.encoding)(text) * facts.token_factor.likely) + frame.text
    return OutputCount(
        tokens, frame.stray + (_FORMATTED_STRAY if is_formatted else 0) + _range(facts, tokens)
    )


def call_tokens(calls: tuple[Call, ...], model: str, is_responses: bool = False) -> OutputCount:
    """Output tokens billed for an answer that calls tools instead of speaking."""
    facts = model_facts(model)
    count, frame = counter(facts.encoding), _frame(facts, is_responses)
    texts = sum(count(call.recipient) + count(call.arguments) for call in calls)
    framed = frame.call * len(calls) + _PARALLEL * (len(calls) if len(calls) > 1 else 0)
    tokens = round(texts * facts.token_factor.likely) + framed
    return OutputCount(tokens, frame.stray * len(calls) + _range(facts, tokens))


def reasoning_tokens(model: str) -> Figure | None:
    """Hidden reasoning tokens of one answer, as an assumption with the range seen on bills.

    None for a model that does not reason, or of which no bills are at hand: then ask the user.
    """
    facts = model_facts(model)
    seen = facts.reasoning_tokens
    if seen is None:
        return None
    return assumed(
        seen.likely,
        "tokens per answer",
        say(
            "assumed: the median of {bills} bills of {model}; tasks differ widely",
            bills=seen.bills,
            model=facts.base,
        ),
        ci=(seen.low, seen.high),
        name=say("reasoning tokens"),
    )


def _frame(facts: ModelFacts, is_responses: bool) -> AnswerFrame:
    if facts.family in _REASONING_FAMILIES:
        return _RESPONSES_REASONING if is_responses else _CHAT_REASONING
    return _RESPONSES if is_responses else _CHAT


def _range(facts: ModelFacts, tokens: int) -> int:
    factor = facts.token_factor
    return round(tokens * max(factor.high - factor.likely, factor.likely - factor.low) / factor.likely)
