"""Small uploads, the scenarios they are costed in, and a price book whose prices can be moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from functools import cache

from hypothesis import strategies as st

from crossover.assumptions import default_assumptions
from crossover.comparison import Comparison, compare
from crossover.cost.quote import Prices
from crossover.prices import load_price_book
from crossover.profile import ProfileSettings, TokenProfile, build_profile
from crossover.samples import Chat, Document, QaTable, SampleSet, Tool
from crossover.scenario import Scenario
from crossover.strategies import ALL_STRATEGIES

DAY = date(2026, 11, 22)
TODAY = Scenario(price_date=DAY)
BOOK = load_price_book()
BY_ID = {strategy.id: strategy for strategy in ALL_STRATEGIES}

LOOK_UP = Tool(
    "order_status",
    "Looks up where an order is.",
    {"type": "object", "properties": {"order": {"type": "integer"}}, "required": ["order"]},
)
PAGES = (
    Document("returns.txt", "Returns are free within thirty days. Keep the box and the receipt. " * 40),
    Document("delivery.txt", "Delivery takes two working days. Islands take four. " * 50),
    Document("warranty.txt", "The warranty lasts two years and covers every part but the battery. " * 30),
)


def rows(questions: Iterable[str], answers: Iterable[str]) -> QaTable:
    questions = tuple(questions)
    return QaTable(questions, tuple(answers), tuple(range(2, 2 + len(questions))))


def tool_chat(line: int, rounds: int) -> Chat:
    called = {
        "id": "c",
        "type": "function",
        "function": {"name": "order_status", "arguments": '{"order": 7}'},
    }
    one_round = (
        {"role": "assistant", "content": None, "tool_calls": [called]},
        {"role": "tool", "tool_call_id": "c", "content": "sent on Monday, arrives on Wednesday"},
    )
    asked = ({"role": "user", "content": f"Where is parcel {line}?"}, *one_round * rounds)
    return Chat((*asked, {"role": "assistant", "content": "It arrives on Wednesday."}), line)


SHOP = SampleSet(
    qa=rows(
        (f"Where is order {number}, and what about my {'return ' * (number % 5)}?" for number in range(30)),
        ("On its way. " * (1 + number % 7) for number in range(30)),
    ),
    documents=PAGES,
    tools=(LOOK_UP,),
    instructions="You answer customers of a shop. Be short, kind and exact. " * 60,
)
"""Free answers, documents, tools and instructions long enough to be cached."""

INTENTS = SampleSet(
    qa=rows((f"Please help, case {number}" for number in range(40)), ("return", "delivery") * 20),
    documents=PAGES[:1],
    instructions="Name the intent.",
)
"""Answers that are a closed set of labels, and no tools."""

CHATS = SampleSet(
    chats=tuple(tool_chat(line, line % 3) for line in range(1, 13)),
    tools=(LOOK_UP,),
    instructions="Be brief.",
)
"""Chats that show tool rounds, and no documents."""

WORLDS = {"shop": SHOP, "intents": INTENTS, "chats": CHATS}
HOSTS = (
    ("azure", "gpt-oss-20b"),
    ("azure", "gpt-4o-mini"),
    ("openai", "gpt-6-luna"),
    ("google", "gemini-2.5-flash"),
    ("self-hosted", "gpt-oss-20b"),
    ("on-device", "gpt-oss-20b"),
)
"""No cache, cache in steps, marked prefixes, implicit cache, GPUs and devices of one's own."""


@cache
def measured(world: str, settings: ProfileSettings) -> TokenProfile:
    return build_profile(WORLDS[world], settings)


def compared(
    world: str, scenario: Scenario = TODAY, book: Prices = BOOK, ids: Iterable[str] = ()
) -> Comparison:
    """All strategies, or those named, on an upload that is measured once for each model."""
    chosen = [BY_ID[name] for name in ids] or ALL_STRATEGIES
    return compare(WORLDS[world], scenario, book, chosen, lambda _, settings: measured(world, settings))


def totals(comparison: Comparison) -> dict[str, float]:
    """Totals by strategy, of all that have one."""
    return {each.strategy.id: each.total_usd for each in comparison.outcomes if each.total_usd is not None}


worlds = st.sampled_from(sorted(WORLDS))
hosts = st.sampled_from(HOSTS)


@st.composite
def scenarios(draw: st.DrawFn, **fixed: object) -> Scenario:
    """Scenarios within what a person may set, at any of the hosts."""
    host, model = draw(hosts)
    chosen: dict[str, object] = {
        "host": host,
        "model": model,
        "requests_per_month": float(draw(st.integers(0, 5_000_000))),
        "growth_per_month_share": draw(st.sampled_from([-0.1, 0.0, 0.05])),
        "horizon_months": draw(st.integers(0, 24)),
        "few_shot_examples": draw(st.integers(0, 6)),
        "chunks_per_request": draw(st.integers(1, 8)),
        "prompt_caching": draw(st.booleans()),
        "cache_tail": draw(st.booleans()),
        "count_people": draw(st.booleans()),
        "turns_per_conversation": draw(st.sampled_from([1, 1, 4])),
        "keep_passages": draw(st.booleans()),
    }
    return replace(TODAY, **(chosen | fixed))  # type: ignore[arg-type]


PRICES_BY_FIELD = (
    "input_mtok",
    "output_mtok",
    "cached_input_mtok",
    "cache_write_mtok",
    "long_input_mtok",
    "long_output_mtok",
    "long_cached_input_mtok",
    "long_cache_write_mtok",
    "training_usd_per_mtok",
    "training_usd_per_hour",
    "hosting_usd_per_hour",
    "minimum_fee_usd",
    "usd_per_gpu_hour",
)
PRICES_BY_ASSUMPTION = tuple(
    name for name, each in default_assumptions().items() if each.unit.startswith("USD")
)


def moved(value: object, change: Callable[[str, float], float]) -> object:
    """A price row, or rows, with `change(field, price)` in place of each price."""
    if isinstance(value, tuple):
        return tuple(moved(each, change) for each in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    found = {}
    for each in fields(value):
        old = getattr(value, each.name)
        if each.name in PRICES_BY_FIELD and old is not None:
            found[each.name] = change(each.name, old)
        elif is_dataclass(old):
            found[each.name] = moved(old, change)
    return replace(value, **found)


@dataclass(frozen=True)
class Repriced:
    """The shipped book with every price as `change(field, price)` makes it."""

    change: Callable[[str, float], float]
    book: Prices = BOOK

    def __getattr__(self, name: str) -> Callable[..., object]:
        looked_up = getattr(self.book, name)
        return lambda *args, **named: moved(looked_up(*args, **named), self.change)


def with_prices(scenario: Scenario, change: Callable[[str, float], float]) -> Scenario:
    """The scenario with every assumed price as `change(name, price)` makes it."""
    for name in PRICES_BY_ASSUMPTION:
        scenario = scenario.with_override(name, change(name, scenario.value(name)))
    return scenario
