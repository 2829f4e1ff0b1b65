"""Show the request: for each strategy exactly what would be sent for one sample, by part."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pandas as pd
import streamlit as st

from crossover.charts import part_words
from crossover.comparison import Comparison, Outcome
from crossover.samples import JsonObject
from crossover.strategies import Call, Part
from crossover.words import say, say_count

_LONGEST_SHOWN = 6_000


def show_requests(comparison: Comparison) -> None:
    """A sample picker, and one tab per strategy with the request and its tokens."""
    rows = len(comparison.profile)
    row = int(st.number_input(say("Sample, 1 to {rows:,}", rows=rows), 1, rows, 1, key="shown-sample")) - 1
    tabs = st.tabs([outcome.strategy.label for outcome in comparison.outcomes])
    for tab, outcome in zip(tabs, comparison.outcomes, strict=True):
        with tab:
            _request(comparison, outcome, row)


def _request(comparison: Comparison, outcome: Outcome, row: int) -> None:
    if outcome.plan.missing:
        st.info(outcome.gates[0].reason + " " + outcome.gates[0].remedy)
        return
    sent = outcome.strategy.request(comparison.profile, comparison.scenario, row)
    left, right = st.columns([3, 2])
    with left:
        for message in sent.messages:
            _message(message)
        for message in sent.follow_ups:
            _message(message, say("after the tool call"))
    with right:
        names = {say("Tokens"): st.column_config.TextColumn(width="medium")}
        st.dataframe(_token_table(outcome, row), hide_index=True, width="stretch", column_config=names)
        if sent.tools:
            st.caption(
                say_count(
                    "{n} tool definition, sent with every call of this request:",
                    "{n} tool definitions, sent with every call of this request:",
                    len(sent.tools),
                )
            )
            st.code(
                _cut(json.dumps(list(sent.tools), indent=1, ensure_ascii=False)), language="json", height=320
            )


def _message(message: JsonObject, when: str = "") -> None:
    content = message.get("content")
    text = content if isinstance(content, str) else json.dumps(message, indent=1, ensure_ascii=False)
    st.caption(f"{message.get('role')}{f' ({when})' if when else ''}")
    st.code(_cut(text or json.dumps(message, ensure_ascii=False)), language=None, wrap_lines=True)


def _token_table(outcome: Outcome, row: int) -> pd.DataFrame:
    """Tokens by part and call for one sample, as the cost was computed from."""
    calls = [call for call in outcome.plan.calls if call.probability > 0]
    rows: dict[str, list[float]] = {}
    for place, call in enumerate(calls):
        for name, tokens in _named_tokens(call, row):
            rows.setdefault(name, [0.0] * len(calls))[place] += tokens
    columns = [
        say("Call {place}, {percent:.0f} % of requests", place=place, percent=100 * call.probability)
        for place, call in enumerate(calls, 1)
    ]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns).round(0)
    frame = frame[(frame > 0).any(axis=1)]
    frame.loc[say("Together")] = frame.sum()
    frame.insert(0, say("Tokens"), frame.index)
    return frame


def _named_tokens(call: Call, row: int) -> Iterator[tuple[str, float]]:
    """Every part of one call for one sample; a call the model writes is told from one sent back."""
    for part, tokens in call.parts:
        yield part_words(part), float(tokens[row])
    written = say("Tool call written") if call.output_part is Part.CALLS else part_words(Part.OUTPUT)
    yield written, float(call.written_tokens[row])
    yield part_words(Part.REASONING), call.reasoning_tokens


def _cut(text: str) -> str:
    rest = len(text) - _LONGEST_SHOWN
    if rest <= 0:
        return text
    more = say_count("… {n} more character", "… {n} more characters", rest)
    return f"{text[:_LONGEST_SHOWN]}\n{more}"
