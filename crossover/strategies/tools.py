"""Function calling: the person's tool schemas in every call, results fed back, a second call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from crossover.figure import Figure, derived, measured
from crossover.profile import TokenProfile
from crossover.samples.types import JsonObject, Slot
from crossover.scenario import Scenario
from crossover.strategies.pieces import (
    answer_tokens,
    asking_parts,
    column,
    common_quantities,
    instruction_part,
    reasoning_tokens,
    system_message,
    turn_messages,
)
from crossover.strategies.plan import Call, Part, UsagePlan
from crossover.strategies.strategy import SentRequest
from crossover.tokens.messages import CALL_OVERHEAD, MESSAGE_OVERHEAD


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

    @property
    def round_tokens(self) -> float:
        """Tokens one round adds to the next prompt: the echoed call and its result (F1.4)."""
        return (self.call_tokens.value or 0) + CALL_OVERHEAD + (self.result_tokens.value or 0)


@dataclass(frozen=True, slots=True)
class FunctionCalling:
    """R rounds of tool calls, then the answer; schemas and earlier rounds are sent again each time."""

    id: str = "tools"
    label: str = "Function calling"

    def plan(self, profile: TokenProfile, scenario: Scenario) -> UsagePlan:
        """Instructions, tool definitions and the question; R + 1 calls (MODEL.md F2.8)."""
        traffic = tool_traffic(profile, scenario)
        calls = tuple(_calls(profile, scenario, traffic))
        quantities = (*common_quantities(profile, scenario), *_quantities(profile, traffic))
        missing = () if profile.tool_tokens is not None else ("tools",)
        return UsagePlan(self.id, calls, missing=missing, quantities=quantities)

    def request(self, profile: TokenProfile, scenario: Scenario, row: int) -> SentRequest:
        """System message, the sample and every tool; then one round as it would be appended."""
        tools = tuple(tool.as_openai() for tool in profile.samples.tools)
        messages = (system_message(profile), *turn_messages(profile, row))
        return SentRequest(messages, tools, _example_round(profile, row))


def tool_traffic(profile: TokenProfile, scenario: Scenario) -> ToolTraffic:
    """Tool use measured in the chats; what they do not show comes from the assumptions."""
    use = profile.tool_use
    if use is None:
        rounds = max(1, round(scenario.value("tool_rounds")))
        result = scenario.assumption("tool_result_tokens")
        framed = derived(
            (result.value or 0) + MESSAGE_OVERHEAD, "tokens", "result and its frame (F1.4)", result
        )
        return ToolTraffic(
            scenario.assumption("tool_call_share"),
            (0.0,) * (rounds - 1) + (1.0,),
            scenario.assumption("tool_rounds"),
            scenario.assumption("tool_arguments_tokens"),
            framed,
        )
    source, n = profile.samples.source(Slot.CHATS), use.n
    results = use.results_tokens + MESSAGE_OVERHEAD * use.results_per_round
    return ToolTraffic(
        measured(use.call_share, "share", source, n, name="Requests that call a tool"),
        use.round_shares,
        measured(use.mean_rounds, "rounds", source, n, name="Rounds per calling request"),
        measured(use.calls_tokens, "tokens", source, n, name="One round's calls"),
        measured(results, "tokens", source, n, name="One round's results"),
    )


def _calls(profile: TokenProfile, scenario: Scenario, traffic: ToolTraffic) -> Iterator[Call]:
    """After 0, 1, … rounds: the calls that answer and those that ask on, by how often each happens."""
    share, answer = traffic.call_share.value or 0.0, answer_tokens(profile, scenario)
    asking = column(profile, traffic.call_tokens.value or 0)
    still_calling = 1.0
    for done, exactly in enumerate((0.0, *traffic.round_shares)):
        prompt = replace(_prompt(profile, traffic, done), reasoning_tokens=reasoning_tokens(scenario))
        answering = share * exactly if done else 1.0 - share
        still_calling -= exactly
        if answering > 0:
            yield replace(prompt, written_tokens=answer, probability=answering)
        if share * still_calling > 1e-12:
            asked = share * still_calling
            yield replace(prompt, written_tokens=asking, output_part=Part.CALLS, probability=asked)


def _prompt(profile: TokenProfile, traffic: ToolTraffic, rounds_done: int) -> Call:
    """The prompt after `rounds_done` rounds: the base prompt plus all earlier rounds; no output yet."""
    tools, instructions = column(profile, profile.tool_tokens or 0), instruction_part(profile)
    parts = ((Part.TOOLS, tools), instructions, *asking_parts(profile))
    shared = float(tools[0] + instructions[1][0]) if len(profile) else 0.0
    base = Call(parts, column(profile, 0), shared)
    if not rounds_done:
        return base
    earlier = column(profile, rounds_done * traffic.round_tokens)
    previous = base.input_tokens + (rounds_done - 1) * traffic.round_tokens
    return replace(base, parts=(*parts, (Part.CALLS, earlier)), previous_prompt_tokens=previous)


def _quantities(profile: TokenProfile, traffic: ToolTraffic) -> tuple[Figure, ...]:
    used = (traffic.call_share, traffic.rounds, traffic.call_tokens, traffic.result_tokens)
    if profile.tool_tokens is None:
        return used
    count, source = len(profile.samples.tools), profile.samples.source(Slot.TOOLS)
    note = "sent again with every call of a request"
    return (measured(profile.tool_tokens, "tokens", source, count, name="Tool definitions", note=note), *used)


def _example_round(profile: TokenProfile, row: int) -> tuple[JsonObject, ...]:
    """The first round of this sample's chat, or a placeholder round with the first tool."""
    trace = profile.requests.traces[row]
    if trace.calls:
        name, arguments = trace.calls[0]
        result = trace.results[0] if trace.results else ""
    elif profile.samples.tools:
        name, arguments, result = profile.samples.tools[0].name, "{…}", "…"
    else:
        return ()
    call = {"id": "call_1", "type": "function", "function": {"name": name, "arguments": arguments}}
    return (
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "call_1", "content": result},
    )
