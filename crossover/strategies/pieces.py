"""Prompt pieces the strategies share: the same tokens and the same text are built here once."""

from __future__ import annotations

import math

import numpy as np

from crossover.figure import Figure, Kind, assumed, measured
from crossover.profile import TokenProfile
from crossover.samples.types import JsonObject
from crossover.scenario import Scenario
from crossover.strategies.plan import Call, Part, Tokens
from crossover.tokens import model_facts
from crossover.tokens import reasoning_tokens as seen_reasoning_tokens
from crossover.tokens.messages import MESSAGE_OVERHEAD
from crossover.words import say


def column(profile: TokenProfile, tokens: float) -> Tokens:
    """The same number of tokens for every request, shape (n,)."""
    return np.full(len(profile), float(tokens))


def instruction_part(profile: TokenProfile, tokens: float | None = None) -> tuple[Part, Tokens]:
    """The system message with its frame; `tokens` replaces the length of its text. None at 0."""
    text = profile.instruction_tokens if tokens is None else tokens
    return Part.INSTRUCTIONS, column(profile, text + MESSAGE_OVERHEAD if text else 0)


def shared_tokens(*leading: tuple[Part, Tokens]) -> float:
    """Tokens of prompt parts that are the same in every request; 0 without requests."""
    return sum(float(tokens[0]) for _, tokens in leading if len(tokens))


def asking_parts(profile: TokenProfile) -> tuple[tuple[Part, Tokens], ...]:
    """What every strategy sends alike: earlier turns, then the question (history first)."""
    return (
        (Part.HISTORY, profile.history_tokens),
        (Part.QUESTION, profile.question_tokens + MESSAGE_OVERHEAD + profile.settings.priming_tokens),
    )


def answer_tokens(profile: TokenProfile, scenario: Scenario) -> Tokens:
    """Output tokens of the final answer, shape (n,): measured, times the length factor.

    Rows without a reference answer take the assumed length.
    """
    unknown = scenario.value("answer_tokens_if_unknown")
    known = np.where(profile.answer_tokens > 0, profile.answer_tokens, unknown)
    return known * scenario.output_length_factor


def answering_call(
    parts: tuple[tuple[Part, Tokens], ...],
    profile: TokenProfile,
    scenario: Scenario,
    shared_prefix_tokens: float,
) -> Call:
    """The one call of a strategy that answers at once."""
    written, reasoning = answer_tokens(profile, scenario), reasoning_tokens(scenario)
    return Call(parts, written, shared_prefix_tokens, reasoning_tokens=reasoning)


def reasoning_tokens(scenario: Scenario) -> float:
    """Hidden reasoning per call, in tokens; 0 for a model that does not reason."""
    figure = reasoning_figure(scenario)
    return 0.0 if figure is None else figure.value or 0.0


def reasoning_figure(scenario: Scenario) -> Figure | None:
    """What a reasoning model thinks before it writes: the person's value, else what bills show."""
    if not model_facts(scenario.model).reasoning:
        return None
    name = "reasoning_tokens_per_call"
    on_bills = None if name in dict(scenario.overrides) else seen_reasoning_tokens(scenario.model)
    return on_bills or scenario.assumption(name)


def residual_instruction_tokens(profile: TokenProfile, scenario: Scenario) -> int:
    """Instructions a tuned model still gets, in tokens, rounded up."""
    return math.ceil(profile.instruction_tokens * scenario.value("residual_instructions_share"))


def common_quantities(profile: TokenProfile, scenario: Scenario) -> tuple[Figure, ...]:
    """The figures behind every plan: question, answer, history and instructions."""
    n, source = len(profile), profile.requests_source
    question = measured(_mean(profile.question_tokens), "tokens", source, n, name=say("Question, mean"))
    history = measured(_mean(profile.history_tokens), "tokens", source, n, name=say("Earlier turns, mean"))
    earlier = (history,) if profile.history_tokens.any() else ()
    corrected = (correction_figure(scenario),) if scenario.token_correction != 1 else ()
    hidden = reasoning_figure(scenario)
    reasoned = () if hidden is None else (hidden,)
    written = (answer_figure(profile, scenario), *reasoned)
    return (question, *written, *earlier, instructions_figure(profile), *corrected)


def correction_figure(scenario: Scenario) -> Figure:
    """What the person's own bills say about our input counts; every count here is multiplied by it."""
    factor, source = scenario.token_correction, scenario.token_correction_source
    return measured(factor, "times our count", source, None, name=say("Correction from your bills"))


def answer_figure(profile: TokenProfile, scenario: Scenario) -> Figure:
    """Mean answer length: measured where answers were uploaded, else the assumption."""
    known = int((profile.answer_tokens > 0).sum())
    mean = _mean(answer_tokens(profile, scenario))
    if not known:
        return scenario.assumption("answer_tokens_if_unknown")
    rows, source = len(profile), profile.requests_source
    note = say("{known} of {rows} rows have an answer", known=known, rows=rows) if known < rows else ""
    return measured(mean, "tokens", source, known, name=say("Answer, mean"), note=note)


def instructions_figure(profile: TokenProfile) -> Figure:
    """Tokens of the instructions, measured from the person's text or those of a stand-in."""
    value, source, name = profile.instruction_tokens, profile.instructions.source, say("Instructions")
    if profile.instructions.kind is Kind.MEASURED:
        return measured(value, "tokens", source, 1, name=name, id="instructions")
    return assumed(value, "tokens", source, name=name, id="instructions")


def example_messages(profile: TokenProfile, row: int) -> tuple[JsonObject, JsonObject]:
    """An answered row as an example: a question and its answer."""
    requests = profile.requests
    return (
        {"role": "user", "content": requests.questions[row]},
        {"role": "assistant", "content": requests.answers[row]},
    )


def system_message(profile: TokenProfile) -> JsonObject:
    """The instructions as the first message."""
    return {"role": "system", "content": profile.instructions.text}


def turn_messages(profile: TokenProfile, row: int, context: str = "") -> tuple[JsonObject, ...]:
    """Earlier turns and the question of one sample, with retrieved text before the question."""
    question = profile.requests.questions[row]
    content = f"{context}{question}" if context else question
    return (*profile.requests.histories[row], {"role": "user", "content": content})


def _mean(values: Tokens) -> float | None:
    return float(np.mean(values)) if len(values) else None
