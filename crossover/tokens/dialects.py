"""How each model family frames a request, found on real bills (docs/tokens.md names rule and bills)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from crossover.tokens.rendering import BILLED, BILLED_REASONING, Layout


@dataclass(frozen=True, slots=True)
class Dialect:
    """The tokens one API adds around the texts of one model family.

    `tools_frame`: once when there are tools, besides the model's own tool overhead; `strict_tools` more
    when one of them is strict, `undescribed_first_tool` less when the first has no description.
    `in_system_message`: tools and schema stand inside the system message and save its frame.
    `forced_call`: a tool that must be called is named once more.
    `call_frame`: a call and its result, beside name, arguments and result; `stored_call` more when the
    call is passed by its id. `parallel_frame`: several calls written as one, None when each is written
    by itself. `later_tools_frame`: tools that are added during the conversation.
    `answer_frame`: an earlier answer, beside an ordinary message.
    `schema_frame`: the answer format, beside its text; `schema_alone` more without tools, when the
    name of the schema is repeated; None where it never is. `schema_spread`: by how much a schema may
    stray, more where no bill is at hand.
    """

    layout: Layout
    tools_frame: int
    call_frame: int
    schema_frame: int
    in_system_message: bool = False
    forced_call: int | None = None
    stored_call: int = 0
    parallel_frame: int | None = None
    answer_frame: int = 0
    schema_alone: int | None = None
    undescribed_first_tool: int = 0
    strict_tools: int = 0
    schema_spread: int = 2
    later_tools_frame: int = 9


CHAT = Dialect(
    layout=BILLED,
    tools_frame=9,
    call_frame=12,
    schema_frame=1,
    in_system_message=True,
    forced_call=6,
    parallel_frame=20,
    schema_alone=5,
)
CHAT_O_SERIES = replace(CHAT, in_system_message=False, forced_call=None)
CHAT_REASONING = Dialect(
    layout=BILLED_REASONING,
    tools_frame=9,
    call_frame=18,
    schema_frame=0,
    parallel_frame=26,
    answer_frame=2,
    undescribed_first_tool=1,
    schema_spread=10,
)
RESPONSES = Dialect(layout=BILLED, tools_frame=3, call_frame=10, schema_frame=1, forced_call=6, stored_call=3)
RESPONSES_AT_LAUNCH = replace(RESPONSES, tools_frame=24, strict_tools=195)
RESPONSES_REASONING = replace(
    CHAT_REASONING, call_frame=19, parallel_frame=None, later_tools_frame=93, schema_spread=2
)

# The Responses API opened in March 2025; bills until then carry more, bills since June do not.
LAUNCH_ENDED = date(2025, 5, 1)

_REASONING_FAMILIES = ("gpt-5", "gpt-6", "gpt-oss")


def dialect_of(family: str, is_responses: bool, on: date | None = None) -> Dialect:
    """The dialect of a model family on chat.completions or on the Responses API.

    `on` is the day of the request, None for the newest rules.
    """
    reasons = family in _REASONING_FAMILIES or (is_responses and family == "o-series")
    if reasons:
        return RESPONSES_REASONING if is_responses else CHAT_REASONING
    if not is_responses:
        return CHAT_O_SERIES if family == "o-series" else CHAT
    return RESPONSES_AT_LAUNCH if on is not None and on < LAUNCH_ENDED else RESPONSES
