"""What the person's chats show about tool use: how often, how many rounds, how long (MODEL.md 2.8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from crossover.profile.requests import Requests
from crossover.profile.ruler import ProfileSettings
from crossover.samples.types import JsonObject
from crossover.tokens import count_request

SEARCH_TOOL: JsonObject = {
    "type": "function",
    "function": {
        "name": "search_documents",
        "description": "Search the company's documents and return the passages that fit best.",
        "parameters": {
            "type": "object",
            "properties": {"query": {"type": "string", "description": "What to look for."}},
            "required": ["query"],
        },
    },
}
"""The one tool of retrieval as a tool."""


@dataclass(frozen=True, slots=True)
class ToolUse:
    """Measured over n requests: the share that calls a tool, and what a round of calls weighs.

    `round_shares[r-1]` is the share of calling requests with exactly r rounds. `calls_tokens`
    (names and arguments) and `results_tokens` are means per round.
    """

    call_share: float
    round_shares: tuple[float, ...]
    calls_tokens: float
    results_tokens: float
    results_per_round: float
    n: int

    @property
    def mean_rounds(self) -> float:
        """Mean rounds of the requests that call a tool."""
        return sum(share * rounds for rounds, share in enumerate(self.round_shares, start=1))


def measured_tool_use(requests: Requests, count: Callable[[str], float]) -> ToolUse | None:
    """Tool use seen in the chats, or None when no chat shows any."""
    used = [trace for trace in requests.traces if trace.rounds]
    if not used:
        return None
    rounds = sum(trace.rounds for trace in used)
    calls = sum(_tokens((part for call in trace.calls for part in call), count) for trace in used)
    results = sum(_tokens(trace.results, count) for trace in used)
    return ToolUse(
        call_share=len(used) / len(requests),
        round_shares=_shares([trace.rounds for trace in used]),
        calls_tokens=calls / rounds,
        results_tokens=results / rounds,
        results_per_round=sum(len(trace.results) for trace in used) / rounds,
        n=len(requests),
    )


def _shares(rounds: list[int]) -> tuple[float, ...]:
    seen = Counter(rounds)
    return tuple(seen[number] / len(rounds) for number in range(1, max(rounds) + 1))


def _tokens(texts: Iterable[str], count: Callable[[str], float]) -> float:
    return sum(count(text) for text in texts)


def definition_tokens(tools: Sequence[JsonObject], system: str, settings: ProfileSettings) -> float:
    """What tool definitions add to a request of the model, as its bills show (docs/tokens.md)."""
    messages = [{"role": "system", "content": system}, {"role": "user", "content": ""}]
    without = {"messages": messages}
    counted = {**without, "tools": list(tools)}
    with_tools, alone = (count_request(each, settings.model).input_tokens for each in (counted, without))
    return (with_tools - alone) * settings.input_correction
