"""Other vendors' models, whose tokenizers are not public: o200k times a factor measured on bills."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crossover.tokens.accountant import PARTS, asked_index, function_tools
from crossover.tokens.conversation import Turn, compact_json, turns_of
from crossover.tokens.counter import counter
from crossover.tokens.models import ModelFacts
from crossover.tokens.rendering import parameters_of
from crossover.tokens.schema import answer_format
from crossover.tokens.tools import function_of


@dataclass(frozen=True, slots=True)
class VendorFrame:
    """Tokens a vendor adds: once per request, per message, per round of tool calls, for thinking.

    `tools_spread` is the share by which the cost of tools strayed on the bills at hand. `unseen` are
    tokens a request without tools may cost beyond its words: what an answer format adds where the
    request we are shown does not name it.
    """

    request: int
    message: int
    round: int
    thinking: int
    tools_spread: float
    unseen: int


_FRAMES = {
    "claude": VendorFrame(request=7, message=0, round=45, thinking=28, tools_spread=0.3, unseen=170),
    "gemini": VendorFrame(request=0, message=0, round=10, thinking=0, tools_spread=0.6, unseen=4),
}
_OTHERS = VendorFrame(request=3, message=4, round=8, thinking=0, tools_spread=0.3, unseen=4)


class VendorAccount:
    """The tokens of one request by part, for a model with a factor instead of a tokenizer."""

    def __init__(self, request: Mapping[str, object], facts: ModelFacts) -> None:
        self.facts = facts
        self.frame = _FRAMES.get(facts.family, _OTHERS)
        self.count = counter(facts.encoding)
        self.turns = turns_of(request)
        self.tools = function_tools(request)
        self.format = answer_format(request)
        self.parts = dict.fromkeys(PARTS, 0)
        self.parts["overhead"] = self.frame.request + self._thinking(request)
        asked = asked_index(self.turns)
        for index, turn in enumerate(self.turns):
            part = "instructions" if turn.instructs else "question" if index == asked else "history"
            self._add(part, " ".join(_texts_of(turn)))
            self.parts["overhead"] += self.frame.round if turn.calls else self.frame.message
        if self.tools:
            self._add("tools", "".join(map(_tool_text, self.tools)))
            self.parts["overhead"] += facts.tool_overhead
        if self.format:
            self._add("schema", compact_json(self.format.get("schema")))

    def _thinking(self, request: Mapping[str, object]) -> int:
        asked = request.get("thinking")
        return self.frame.thinking if isinstance(asked, Mapping) and asked.get("type") == "enabled" else 0

    def _add(self, part: str, text: str) -> None:
        self.parts[part] += round(self.count(text) * self.facts.token_factor.likely)

    def spread(self) -> float:
        """Tokens by which the bill may differ: the range of the factor, and the stray of the tools."""
        factor = self.facts.token_factor
        widest = max(factor.high - factor.likely, factor.likely - factor.low) / factor.likely
        texts = sum(self.parts.values()) - self.parts["overhead"]
        tools = self.parts["tools"] + (self.facts.tool_overhead if self.tools else 0)
        rounds = sum(self.frame.round for turn in self.turns if turn.calls)
        unseen = 4 if self.tools or self.format else self.frame.unseen
        return unseen + widest * texts + self.frame.tools_spread * (tools + rounds)


def _texts_of(turn: Turn) -> list[str]:
    calls = [text for call in turn.calls for text in (call.name, call.arguments)]
    return [turn.text, *calls, *turn.results]


def _tool_text(tool: Mapping[str, object]) -> str:
    function = function_of(tool)
    shown = {"name": function.get("name"), "description": function.get("description")}
    return compact_json({**shown, "parameters": parameters_of(function)})
