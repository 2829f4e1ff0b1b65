"""Counts a request the way the bill does: by part, and by whom it is sent to (docs/tokens.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date

from crossover.tokens.conversation import Turn, mappings, turns_of
from crossover.tokens.counter import counter
from crossover.tokens.dialects import dialect_of
from crossover.tokens.messages import MESSAGE_OVERHEAD
from crossover.tokens.models import ModelFacts
from crossover.tokens.schema import answer_format, answer_format_text
from crossover.tokens.tools import function_of, render_tools

PARTS = ("instructions", "tools", "schema", "history", "question", "overhead")

# Encrypted reasoning is billed by its content, of which only the length is known: about 900 characters
# of envelope, then 0.16 tokens a character (15 bills, within 25 %).
_ENVELOPE_CHARACTERS = 900
_TOKENS_PER_SEALED_CHARACTER = 0.16
_ANSWER_IN_A_FORMAT = 3

# With reasoning.mode "pro" the model reads its own drafts. One bill; they grow with the answer.
PRO_MODE_TOKENS = 1_531


class Account:
    """The tokens of one request by part, as the model's own tokenizer and API count them."""

    def __init__(self, request: Mapping[str, object], facts: ModelFacts, on: date | None = None) -> None:
        self.facts = facts
        self.count = counter(facts.encoding)
        self.is_responses = "messages" not in request
        self.dialect = dialect_of(facts.family, self.is_responses, on)
        self.turns = turns_of(request)
        self.tools = function_tools(request)
        self.format = answer_format(request)
        self.sealed_tokens = 0
        self.in_pro_mode = _works_in_pro_mode(request)
        self.parts = dict.fromkeys(PARTS, 0)
        self.parts["overhead"] = facts.priming + (PRO_MODE_TOKENS if self.in_pro_mode else 0)
        self._add_turns()
        self._add_tools(request)
        self._add_format()
        self._add_system_message()

    def spread(self) -> float:
        """Tokens by which the bill may differ, from how the bills at hand differed (docs/tokens.md)."""
        tokens = 1 + 2 * sum(len(turn.calls) for turn in self.turns) + 0.25 * self.sealed_tokens
        tokens += 2 + 0.01 * self.parts["tools"] if self.tools else 0
        tokens += self.dialect.schema_spread + 0.01 * self.parts["schema"] if self.format else 0
        return tokens + (PRO_MODE_TOKENS if self.in_pro_mode else 0)

    @property
    def _escapes(self) -> bool:
        return self.facts.escapes_json

    def _add_turns(self) -> None:
        asked = asked_index(self.turns)
        for index, turn in enumerate(self.turns):
            if turn.role == "reasoning":
                self._add_reasoning(turn if index > asked else None)
            elif turn.more_tools:
                self._add_more_tools(turn)
            elif turn.calls:
                self._add_calls(turn)
            else:
                self._add_message(turn, "question" if index == asked else "history")

    def _add_message(self, turn: Turn, part: str) -> None:
        self.parts["instructions" if turn.instructs else part] += self.count(turn.text)
        self.parts["overhead"] += MESSAGE_OVERHEAD
        if turn.name:
            self.parts["overhead"] += self.count(turn.name) + 1
        if turn.role == "assistant":
            self.parts["overhead"] += self.dialect.answer_frame
            if self.format and self.dialect.schema_alone is not None:
                self.parts["overhead"] += _ANSWER_IN_A_FORMAT

    def _add_reasoning(self, turn: Turn | None) -> None:
        """Reasoning is billed again while its question is being answered, and dropped afterwards."""
        if turn is not None:
            beyond = max(0, turn.sealed_characters - _ENVELOPE_CHARACTERS)
            tokens = round(beyond * _TOKENS_PER_SEALED_CHARACTER)
            self.sealed_tokens += tokens
            self.parts["history"] += tokens

    def _add_calls(self, turn: Turn) -> None:
        self.parts["history"] += self.count(turn.text)
        frame = self.dialect.parallel_frame
        if len(turn.calls) > 1 and frame is not None:
            self.parts["history"] += self.count(_calls_as_one(turn)) + self.count(self._results_as_one(turn))
            self.parts["overhead"] += frame
        else:
            self.parts["history"] += sum(map(self.count, turn.results))
            for call in turn.calls:
                self.parts["history"] += self.count(call.name) + self.count(call.arguments)
                self.parts["overhead"] += self.dialect.call_frame + self.count(call.recipient)
            if len(turn.calls) == 1 and turn.calls[0].stored:
                self.parts["overhead"] += self.dialect.stored_call

    def _results_as_one(self, turn: Turn) -> str:
        return json.dumps([_json_or_text(one) for one in turn.results], ensure_ascii=self._escapes)

    def _add_more_tools(self, turn: Turn) -> None:
        self.parts["tools"] += self.count(render_tools(turn.more_tools, self.dialect.layout))
        self.parts["overhead"] += self.dialect.later_tools_frame

    def _add_tools(self, request: Mapping[str, object]) -> None:
        if not self.tools:
            return
        self.parts["tools"] += self.count(render_tools(self.tools, self.dialect.layout))
        self.parts["overhead"] += self.dialect.tools_frame
        self.parts["overhead"] += 0 if self.is_responses else self.facts.tool_overhead
        functions = [function_of(tool) for tool in self.tools]
        if not functions[0].get("description"):
            self.parts["overhead"] -= self.dialect.undescribed_first_tool
        if any(function.get("strict") for function in functions):
            self.parts["overhead"] += self.dialect.strict_tools
        forced = _forced_name(request, functions)
        if forced and self.dialect.forced_call is not None:
            self.parts["overhead"] += self.dialect.forced_call + self.count(f"functions.{forced}")

    def _add_format(self) -> None:
        if self.format is None:
            return
        self.parts["schema"] += self.count(answer_format_text(self.format, self._escapes))
        self.parts["overhead"] += self.dialect.schema_frame
        if self.dialect.schema_alone is not None and not self.tools:
            name = str(self.format.get("name") or "")
            self.parts["overhead"] += self.dialect.schema_alone + self.count(name)

    def _add_system_message(self) -> None:
        """Tools and schema stand inside the system message, after a line break."""
        texts = [turn.text for turn in self.turns if turn.instructs]
        if texts and self.dialect.in_system_message and (self.tools or self.format):
            self.parts["overhead"] -= MESSAGE_OVERHEAD
            self.parts["overhead"] += sum(self.count(text + "\n") - self.count(text) for text in texts)


def function_tools(request: Mapping[str, object]) -> tuple[Mapping[str, object], ...]:
    """The functions a request defines; tools the vendor runs itself (search, files) are not among them."""
    offered = mappings(request.get("tools")) or mappings(request.get("functions"))
    return tuple(tool for tool in offered if is_function(tool))


def is_function(tool: Mapping[str, object]) -> bool:
    """Whether a tool is a function of the caller's, by its name and its type."""
    return bool(function_of(tool).get("name")) and tool.get("type") in (None, "function", "custom")


def asked_index(turns: Sequence[Turn]) -> int:
    """The turn that asks the question: the last of the user's; -1 when there is none."""
    return max((index for index, turn in enumerate(turns) if turn.role == "user"), default=-1)


def _works_in_pro_mode(request: Mapping[str, object]) -> bool:
    reasoning = request.get("reasoning")
    return isinstance(reasoning, Mapping) and reasoning.get("mode") == "pro"


def _calls_as_one(turn: Turn) -> str:
    uses = ",".join(
        f'{{"recipient_name":"functions.{call.name}","parameters":{call.arguments}}}' for call in turn.calls
    )
    return f'{{"tool_uses":[{uses}]}}'


def _json_or_text(text: str) -> object:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return value if isinstance(value, dict | list) else text


def _forced_name(request: Mapping[str, object], functions: Sequence[Mapping[str, object]]) -> str:
    """The tool the model has to call: the one that is named, or the only one when it must call one."""
    choice = request.get("tool_choice") or request.get("function_call")
    if choice == "required" and len(functions) == 1:
        return str(functions[0].get("name") or "")
    return str(function_of(choice).get("name") or "") if isinstance(choice, Mapping) else ""
