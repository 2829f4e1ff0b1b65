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


class Account:
    """The tokens of one request by part, as the model's own tokenizer and API count them."""

    def __init__(self, request: Mapping[str, object], facts: ModelFacts, on: date | None = None) -> None:
        self.facts = facts
        self.count = counter(facts.encoding)
        self.is_responses = "messages" not in request
        self.dialect = dialect_of(facts.family, self.is_responses, on)
        self.turns = turns_of(request)
        self.tools = mappings(request.get("tools")) or mappings(request.get("functions"))
        self.format = answer_format(request)
        self.parts = dict.fromkeys(PARTS, 0)
        self.parts["overhead"] = facts.priming
        self._add_turns()
        self._add_tools(request)
        self._add_format()
        self._add_system_message()

    def _add_turns(self) -> None:
        asked = max((index for index, turn in enumerate(self.turns) if turn.role == "user"), default=-1)
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
            self.parts["history"] += round(beyond * _TOKENS_PER_SEALED_CHARACTER)

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
                self.parts["overhead"] += self.dialect.call_frame + self.count(f"functions.{call.name}")
            if len(turn.calls) == 1 and turn.calls[0].stored:
                self.parts["overhead"] += self.dialect.stored_call

    def _results_as_one(self, turn: Turn) -> str:
        return json.dumps([_json_or_text(one) for one in turn.results], ensure_ascii=self.facts.escapes_json)

    def _add_more_tools(self, turn: Turn) -> None:
        self.parts["tools"] += self.count(render_tools(turn.more_tools, self.dialect.layout))
        self.parts["overhead"] += self.dialect.tools_frame

    def _add_tools(self, request: Mapping[str, object]) -> None:
        if not self.tools:
            return
        self.parts["tools"] += self.count(render_tools(self.tools, self.dialect.layout))
        self.parts["overhead"] += self.dialect.tools_frame
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
        self.parts["schema"] += self.count(answer_format_text(self.format, self.facts.escapes_json))
        self.parts["overhead"] += self.dialect.schema_frame
        if self.dialect.schema_alone is not None and not self.tools:
            name = str(self.format.get("name") or "")
            self.parts["overhead"] += self.dialect.schema_alone + self.count(name)

    def _add_system_message(self) -> None:
        """Tools and schema stand inside the system message, after a line break."""
        texts = [turn.text for turn in self.turns if turn.instructs and not turn.more_tools]
        if not texts:
            return
        self.parts["overhead"] += self.dialect.system_frame
        if self.dialect.in_system_message and (self.tools or self.format):
            self.parts["overhead"] -= MESSAGE_OVERHEAD
            self.parts["overhead"] += sum(self.count(text + "\n") - self.count(text) for text in texts)


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
