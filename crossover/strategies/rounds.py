"""Rounds of tool calls: every round sends the whole prompt again, with all rounds before it (F2.8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from crossover.figure import Figure, derived, measured
from crossover.profile import TokenProfile
from crossover.samples.types import Slot
from crossover.scenario import Scenario
from crossover.strategies.pieces import answer_tokens, column, reasoning_tokens
from crossover.strategies.plan import Call, Part, Tokens
from crossover.tokens.messages import CALL_OVERHEAD, MESSAGE_OVERHEAD
from crossover.words import say

_RESULTS = "round_results"


@dataclass(frozen=True, slots=True)
class ToolTraffic:
    """How tools are used: each figure measured in the chats, or an assumption where none show it.

    `round_shares[r-1]` is the share of calling requests with exactly r rounds; it sums to 1.
    """

    call_share: Figure
    round_shares: tuple[float, ...]
    rounds: Figure
    call_tokens: Figure
    result_tokens: Figure

    def grows_by(self, profile: TokenProfile) -> tuple[tuple[Part, Tokens], ...]:
        """What one round adds to the next prompt: the echoed call and its result (F1.4)."""
        added = (self.call_tokens.value or 0) + CALL_OVERHEAD + (self.result_tokens.value or 0)
        return ((Part.CALLS, column(profile, added)),)

    @property
    def quantities(self) -> tuple[Figure, ...]:
        """The figures behind it."""
        return self.call_share, self.rounds, self.call_tokens, self.result_tokens


def tool_traffic(profile: TokenProfile, scenario: Scenario) -> ToolTraffic:
    """Tool use measured in the chats; what they do not show comes from the assumptions."""
    use = profile.tool_use
    if use is None:
        return _assumed_traffic(scenario)
    source, n = profile.samples.source(Slot.CHATS), use.n
    results = use.results_tokens + MESSAGE_OVERHEAD * use.results_per_round
    return ToolTraffic(
        measured(use.call_share, "share", source, n, name=say("Requests that call a tool")),
        use.round_shares,
        measured(use.mean_rounds, "rounds", source, n, name=say("Rounds per calling request")),
        measured(use.calls_tokens, "tokens", source, n, name=say("One round's calls")),
        measured(results, "tokens", source, n, name=say("One round's results"), id=_RESULTS),
    )


def _assumed_traffic(scenario: Scenario) -> ToolTraffic:
    rounds = max(1, round(scenario.value("tool_rounds")))
    result = scenario.assumption("tool_result_tokens")
    tokens, name = (result.value or 0) + MESSAGE_OVERHEAD, say("One round's results")
    framed = derived(tokens, "tokens", say("result and its frame (F1.4)"), result, name=name, id=_RESULTS)
    return ToolTraffic(
        scenario.assumption("tool_call_share"),
        (0.0,) * (rounds - 1) + (1.0,),
        scenario.assumption("tool_rounds"),
        scenario.assumption("tool_arguments_tokens"),
        framed,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Rounds:
    """What a request does with tools: `base` is its prompt before any round, without output.

    `grows_by` are the parts each round adds to the next prompt, `asked_tokens` what the model writes
    to ask. The first `call_share` of requests ask at all.
    """

    base: Call
    call_share: float
    round_shares: tuple[float, ...]
    asked_tokens: float
    grows_by: tuple[tuple[Part, Tokens], ...]

    def prompt(self, done: int) -> Call:
        """The prompt after `done` rounds: the base prompt plus all earlier rounds."""
        if not done:
            return self.base
        earlier = tuple((part, done * tokens) for part, tokens in self.grows_by)
        growth = sum(tokens for _, tokens in self.grows_by)
        previous = self.base.input_tokens + (done - 1) * growth
        return replace(self.base, parts=(*self.base.parts, *earlier), previous_prompt_tokens=previous)


def round_calls(rounds: Rounds, profile: TokenProfile, scenario: Scenario) -> Iterator[Call]:
    """After 0, 1, … rounds: the calls that answer and those that ask on, by how often each happens."""
    answer, asked = answer_tokens(profile, scenario), column(profile, rounds.asked_tokens)
    reasoning, still_calling = reasoning_tokens(scenario), 1.0
    for done, exactly in enumerate((0.0, *rounds.round_shares)):
        prompt = replace(rounds.prompt(done), reasoning_tokens=reasoning)
        answering = rounds.call_share * exactly if done else 1.0 - rounds.call_share
        still_calling -= exactly
        if answering > 0:
            yield replace(prompt, written_tokens=answer, probability=answering)
        if rounds.call_share * still_calling > 1e-12:
            asking = rounds.call_share * still_calling
            yield replace(prompt, written_tokens=asked, output_part=Part.CALLS, probability=asking)
