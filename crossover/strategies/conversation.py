"""Conversations: a request is one turn, and later turns carry the earlier ones (MODEL.md F2.7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from crossover.figure import Figure, assumed
from crossover.profile import TokenProfile
from crossover.scenario import Scenario
from crossover.strategies.pieces import answer_tokens
from crossover.strategies.plan import Call, Part, UsagePlan
from crossover.tokens.messages import MESSAGE_OVERHEAD
from crossover.words import say


def in_conversation(plan: UsagePlan, profile: TokenProfile, scenario: Scenario) -> UsagePlan:
    """The plan as part of conversations of the scenario's number of turns (MODEL.md F2.7, W10).

    A request is any turn with the same chance. Earlier turns are as long as the mean sample; their
    passages are dropped after their turn unless the scenario keeps them. Uploads that carry earlier
    turns themselves are left as they are: what is measured is not assumed again.
    """
    turns = scenario.turns_per_conversation
    if turns == 1 or profile.history_tokens.any() or not plan.calls:
        return plan
    calls = tuple(call for turn in range(1, turns + 1) for call in _turn(plan, turn, profile, scenario))
    return replace(plan, calls=calls, quantities=(*plan.quantities, _figure(turns)))


def _figure(turns: int) -> Figure:
    return assumed(turns, "turns", say("your estimate"), name=say("Turns per conversation"))


def _turn(plan: UsagePlan, turn: int, profile: TokenProfile, scenario: Scenario) -> Iterator[Call]:
    spoken = _spoken_tokens(profile, scenario)
    for call in plan.calls:
        context = _context(plan, call)
        each = spoken + (context if scenario.keep_passages else 0.0)
        earlier = (turn - 1) * each
        parts = tuple(
            (part, tokens + earlier) if part is Part.HISTORY else (part, tokens)
            for part, tokens in call.parts
        )
        previous = call.previous_prompt_tokens
        after_pause = previous is None and turn > 1
        if previous is not None:
            previous = previous + earlier
        elif after_pause:
            previous = _kept_from_last_turn(call, context, earlier - each, scenario)
        yield replace(
            call,
            parts=parts,
            probability=call.probability / scenario.turns_per_conversation,
            previous_prompt_tokens=previous,
            after_pause=after_pause,
            turn=turn,
        )


def _spoken_tokens(profile: TokenProfile, scenario: Scenario) -> float:
    """Tokens one earlier turn adds to a prompt by its question and answer; passages come on top."""
    question = float(np.mean(profile.question_tokens)) + MESSAGE_OVERHEAD
    answer = float(np.mean(answer_tokens(profile, scenario))) + MESSAGE_OVERHEAD
    return question + answer


def _context(plan: UsagePlan, call: Call) -> float:
    """Mean tokens of the passages a turn of this call's way inserts, seen in the way's last call.

    Documents that stand before the earlier turns lead every prompt alike and are no passages.
    """
    last = [each for each in plan.calls if each.way == call.way][-1]
    turn_starts = [part for part, _ in last.parts].index(Part.HISTORY)
    return sum(float(np.mean(tokens)) for part, tokens in last.parts[turn_starts:] if part is Part.CONTEXT)


def _kept_from_last_turn(
    call: Call, context: float, before_last: float, scenario: Scenario
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Tokens this prompt shares with the last turn's, shape (n,).

    The whole last prompt, unless its passages were dropped: then the beginning breaks off where they
    stood (MODEL.md F2.7).
    """
    n = np.zeros_like(call.written_tokens)
    shared = call.shared_prefix_tokens + before_last + n
    if context and not scenario.keep_passages:
        return shared
    last_question = float(np.mean(sum(tokens for part, tokens in call.parts if part is Part.QUESTION)))
    return shared + last_question + (context if scenario.keep_passages else 0.0)
