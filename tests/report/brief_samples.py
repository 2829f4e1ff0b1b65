"""Uploads with a planted word in every text, and briefs made of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from crossover.comparison import compare
from crossover.demo import load_demo
from crossover.own_prices import OwnPrice
from crossover.prices import load_price_book
from crossover.report.brief import brief
from crossover.samples import Chat, Document, QaTable, SampleSet, Slot, SourceFile, Tool
from crossover.scenario import Scenario
from crossover.strategies import ALL_STRATEGIES
from crossover.verdict import verdict
from crossover.whatif import sureness

DAY = date(2026, 11, 22)
BOOK = load_price_book()
EVERYTHING = tuple(strategy.id for strategy in ALL_STRATEGIES[4:])
SCENARIO = Scenario(price_date=DAY, extra_strategies=("long_context", "lora"))
IN_TEXT, IN_NAME = "Kanarienvogel77", "Blaumeise88"


def made(samples, scenario=SCENARIO, **words):
    """(comparison, brief) of an upload."""
    comparison = compare(samples, scenario, BOOK)
    sure = sureness(comparison, draws=1000)
    given = {"title": "Help desk", "made_on": DAY} | words
    return comparison, brief(comparison, sure, verdict(comparison, sure), **given)


def demo(scenario=SCENARIO, **words):
    """(comparison, brief) of the example company."""
    return made(load_demo("en"), scenario, **words)


def _says(text):
    return f"{IN_TEXT} {text} {IN_TEXT}@example.org"


def _questions(count, answer):
    return QaTable(
        questions=tuple(_says(f"Where is order {number}?") for number in range(count)),
        answers=tuple(answer(number) for number in range(count)),
        lines=tuple(range(2, count + 2)),
        contexts=(_says("On its way."),) * count,
        ids=tuple(f"{IN_TEXT}-{number}" for number in range(count)),
        gold_documents=(f"{IN_NAME}.md",) * count,
    )


def _chats(count):
    call = {
        "id": "1",
        "type": "function",
        "function": {"name": IN_TEXT, "arguments": f'{{"x": "{IN_TEXT}"}}'},
    }
    messages = (
        {"role": "system", "content": _says("Be brief.")},
        {"role": "user", "content": _says("Where is it?")},
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "1", "content": _says("in the van")},
        {"role": "assistant", "content": _says("In the van.")},
    )
    return tuple(Chat(messages, line) for line in range(1, count + 1))


def _files():
    return tuple(SourceFile(f"{IN_NAME} {slot}.csv", "ab" * 32, slot, 1000) for slot in Slot)


FULL = SampleSet(
    qa=_questions(60, lambda number: _says(f"Answer {number}.")),
    chats=_chats(60),
    documents=(Document(f"{IN_NAME}.md", _says("All orders travel by van. ") * 200),),
    tools=(
        Tool(IN_TEXT, _says("Looks up."), {"type": "object", "properties": {IN_TEXT: {"type": "string"}}}),
    ),
    instructions=_says("You answer customers."),
    files=_files(),
)
PLANTED = {
    "everything": FULL,
    "chats with their own system message": replace(FULL, qa=QaTable((), (), ()), instructions=""),
    "labels without instructions": replace(
        FULL, qa=_questions(60, lambda number: f"{IN_TEXT}-{number % 2}"), chats=(), instructions=""
    ),
}
PLANTED_SCENARIO = replace(
    SCENARIO,
    extra_strategies=EVERYTHING,
    token_correction=1.1,
    token_correction_source=f"{IN_NAME}.json",
    own_prices=(
        OwnPrice(
            (
                ("host", SCENARIO.host),
                ("model", SCENARIO.model),
                ("input_mtok", "0.05"),
                ("output_mtok", "0.2"),
                ("note", IN_TEXT),
                (f"{IN_TEXT} column", IN_TEXT),
            ),
            f"{IN_NAME} prices.csv",
            DAY,
        ),
        OwnPrice(
            (("host", "azure"), ("model", IN_TEXT), ("input_mtok", "1"), ("output_mtok", "1")), "x", DAY
        ),
    ),
)


@cache
def planted(upload, show_file_names=False):
    """(comparison, brief) of an upload with planted words; made once, since all strategies take a while."""
    return made(PLANTED[upload], PLANTED_SCENARIO, show_file_names=show_file_names)
