"""Function calling: the person's tool schemas in every call, results fed back, a second call."""

from __future__ import annotations

from dataclasses import dataclass

from crossover.figure import Figure, measured
from crossover.profile import TokenProfile
from crossover.samples.types import JsonObject, Slot
from crossover.scenario import Scenario
from crossover.strategies.pieces import (
    asking_parts,
    column,
    common_quantities,
    instruction_part,
    shared_tokens,
    system_message,
    turn_messages,
)
from crossover.strategies.plan import Call, Part, UsagePlan
from crossover.strategies.rounds import Rounds, ToolTraffic, round_calls, tool_traffic
from crossover.strategies.strategy import Named, SentRequest
from crossover.words import mark, say


@dataclass(frozen=True, slots=True)
class FunctionCalling(Named):
    """R rounds of tool calls, then the answer; schemas and earlier rounds are sent again each time."""

    id: str = "tools"
    name: str = mark("Function calling")

    def plan(self, profile: TokenProfile, scenario: Scenario) -> UsagePlan:
        """Instructions, tool definitions and the question; R + 1 calls (MODEL.md F2.8)."""
        return tool_plan(self.id, profile, scenario, tool_traffic(profile, scenario))

    def request(self, profile: TokenProfile, scenario: Scenario, row: int) -> SentRequest:
        """System message, the sample and every tool; then one round as it would be appended."""
        tools = tuple(tool.as_openai() for tool in profile.samples.tools)
        messages = (system_message(profile), *turn_messages(profile, row))
        return SentRequest(messages, tools, example_round(profile, row))


def tool_plan(strategy: str, profile: TokenProfile, scenario: Scenario, traffic: ToolTraffic) -> UsagePlan:
    """The plan of answering with the person's own tools, used as `traffic` says."""
    base = tool_base(profile, profile.tool_tokens or 0, None)
    rounds = Rounds(
        base,
        traffic.call_share.value or 0.0,
        traffic.round_shares,
        traffic.call_tokens.value or 0.0,
        traffic.grows_by(profile),
    )
    return UsagePlan(
        strategy,
        tuple(round_calls(rounds, profile, scenario)),
        len(profile),
        missing=() if profile.tool_tokens is not None else ("tools",),
        quantities=(
            *common_quantities(profile, scenario),
            *definitions_figure(profile),
            *traffic.quantities,
        ),
    )


def tool_base(profile: TokenProfile, definition_tokens: float, instruction_tokens: float | None) -> Call:
    """The prompt before any round: tool definitions, instructions, the question; no output yet."""
    leading = (
        (Part.TOOLS, column(profile, definition_tokens)),
        instruction_part(profile, instruction_tokens),
    )
    return Call((*leading, *asking_parts(profile)), column(profile, 0), shared_tokens(*leading))


def definitions_figure(profile: TokenProfile) -> tuple[Figure, ...]:
    """The measured weight of the person's tool definitions; none without tools."""
    if profile.tool_tokens is None:
        return ()
    count, source = len(profile.samples.tools), profile.samples.source(Slot.TOOLS)
    name, note = say("Tool definitions"), say("sent again with every call of a request")
    return (measured(profile.tool_tokens, "tokens", source, count, name=name, note=note),)


def example_round(profile: TokenProfile, row: int) -> tuple[JsonObject, ...]:
    """The first round of this sample's chat, or a placeholder round with the first tool."""
    trace = profile.requests.traces[row]
    if trace.calls:
        name, arguments = trace.calls[0]
        result = trace.results[0] if trace.results else ""
    elif profile.samples.tools:
        name, arguments, result = profile.samples.tools[0].name, "{…}", "…"
    else:
        return ()
    return called_round(name, arguments, result)


def called_round(name: str, arguments: str, result: str) -> tuple[JsonObject, ...]:
    """One tool call and its result, as they are appended to the prompt."""
    call = {"id": "call_1", "type": "function", "function": {"name": name, "arguments": arguments}}
    return (
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "call_1", "content": result},
    )
