"""How a conversation's prompts grow, turn by turn, and what they share (MODEL.md F2.7, W10)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from crossover.cost.arrays import FloatArray
from crossover.cost.caching import Prompts
from crossover.cost.errors import InvalidCostInput
from crossover.tokens.messages import MESSAGE_OVERHEAD, PRIMING


@dataclass(frozen=True, slots=True)
class Conversation:
    """Tokens of the turns of one conversation, without message frames; shape (turns,) each.

    `context_tokens` is what is inserted before each question (retrieved passages). It stays in the
    history when `keeps_context`. `window_turns` is how many earlier turns are sent; None means all.
    """

    static_tokens: float
    user_tokens: FloatArray
    answer_tokens: FloatArray
    context_tokens: ArrayLike = 0.0
    keeps_context: bool = False
    window_turns: int | None = None

    def __post_init__(self) -> None:
        if self.user_tokens.shape != self.answer_tokens.shape or self.user_tokens.ndim != 1:
            raise InvalidCostInput("answer_tokens", "must have one entry per turn, as user_tokens has")
        if self.window_turns is not None and self.window_turns < 0:
            raise InvalidCostInput("window_turns", f"must be at least 0, not {self.window_turns}")


def conversation_prompts(conversation: Conversation) -> Prompts:
    """Input tokens of each turn and the prefix it shares with the turn before, shape (turns,).

    The shared prefix is the whole previous prompt; only the part before the last turn where its
    context has been dropped; only the static part where the window has cut the history.
    """
    static = conversation.static_tokens + MESSAGE_OVERHEAD
    history, asked = _history_tokens(conversation), _asked_tokens(conversation)
    prompts = static + history + asked + PRIMING
    shared = np.concatenate([[static], prompts[:-1] - PRIMING])
    shared = np.where(_context_was_dropped(conversation), static + np.roll(history, 1), shared)
    shared = np.where(_history_is_cut(conversation), static, shared)
    return Prompts(prompts, static, shared)


def _asked_tokens(conversation: Conversation) -> FloatArray:
    """Context, question and its frame: what a turn adds to the prompt itself."""
    return conversation.user_tokens + MESSAGE_OVERHEAD + np.asarray(conversation.context_tokens, np.float64)


def _history_tokens(conversation: Conversation) -> FloatArray:
    """Tokens of the earlier turns that are sent again with each turn."""
    turn = conversation.user_tokens + conversation.answer_tokens + 2.0 * MESSAGE_OVERHEAD
    if conversation.keeps_context:
        turn = turn + np.asarray(conversation.context_tokens, np.float64)
    before = np.concatenate([[0.0], np.cumsum(turn)])
    turns = np.arange(len(turn))
    window = len(turn) if conversation.window_turns is None else conversation.window_turns
    return np.asarray(before[turns] - before[np.maximum(0, turns - window)], np.float64)


def _context_was_dropped(conversation: Conversation) -> NDArray[np.bool_]:
    """Per turn, whether the turn before held a context that is now gone."""
    context = np.broadcast_to(
        np.asarray(conversation.context_tokens, np.float64), conversation.user_tokens.shape
    )
    dropped = np.concatenate([[False], context[:-1] > 0])
    return np.asarray(dropped & (not conversation.keeps_context))


def _history_is_cut(conversation: Conversation) -> NDArray[np.bool_]:
    window = conversation.window_turns
    turns = np.arange(len(conversation.user_tokens))
    return np.asarray(turns > (len(turns) if window is None else window))


def constant_turns_input_tokens(
    turns: int,
    static_tokens: float,
    turn_tokens: tuple[float, float],
    context_tokens: float = 0.0,
    keeps_context: bool = False,
) -> float:
    """Input tokens of a conversation of equal (question, answer) turns, in closed form (F2.7, W10)."""
    user, answer = (tokens + MESSAGE_OVERHEAD for tokens in turn_tokens)
    earlier, sent = turns * (turns - 1) / 2, turns * (turns + 1) / 2
    context = context_tokens * (sent if keeps_context else turns)
    return turns * (static_tokens + MESSAGE_OVERHEAD + PRIMING) + user * sent + answer * earlier + context


def gap_hit_rate(mean_gap_minutes: float, ttl_minutes: float) -> float:
    """Chance that the next turn comes within a lifetime, for exponential think time (F2.4b, W10b)."""
    if mean_gap_minutes <= 0:
        raise InvalidCostInput("mean_gap_minutes", "must be more than 0")
    return float(-np.expm1(-ttl_minutes / mean_gap_minutes))


def measured_gap_hit_rate(gap_minutes: ArrayLike, ttl_minutes: float) -> float | None:
    """Share of measured gaps shorter than a lifetime; None without any gap (F2.4b)."""
    gaps = np.asarray(gap_minutes, np.float64)
    return float((gaps < ttl_minutes).mean()) if gaps.size else None
