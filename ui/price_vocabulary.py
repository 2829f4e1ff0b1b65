"""The short words of the price tables, which stay English in the data and are said where shown."""

from __future__ import annotations

from crossover.prices import CachePolicy
from crossover.words import language, mark, say, say_as

PER_MILLION = mark("USD per M tokens")
_UNITS = {
    "call": mark("USD per call"),
    "compute_unit_hour": mark("USD per compute unit hour"),
    "gb": mark("USD per gb"),
    "gb_day": mark("USD per gb day"),
    "gb_month": mark("USD per gb month"),
    "gib": mark("USD per gib"),
    "million_dimensions": mark("USD per million dimensions"),
    "million_reads": mark("USD per million reads"),
    "million_writes": mark("USD per million writes"),
    "month": mark("USD per month"),
    "session": mark("USD per session"),
    "thousand_calls": mark("USD per thousand calls"),
    "thousand_prompts": mark("USD per thousand prompts"),
    "twenty_minutes": mark("USD per twenty minutes"),
    "usage": mark("USD per usage"),
}
_POLICIES = {
    CachePolicy.INCREMENT: mark("increment"),
    CachePolicy.BREAKPOINT: mark("breakpoint"),
    CachePolicy.IMPLICIT: mark("implicit"),
    CachePolicy.STORED: mark("stored"),
}
# what tells two lines of one price list apart: tiers, regions, items, units, offers, families of models
_PARTS = (
    mark("any model"),
    mark("global"),
    mark("data-zone"),
    mark("data-residency"),
    mark("regional-us"),
    mark("developer"),
    mark("data-sharing"),
    mark("storage"),
    mark("tool call (Responses API)"),
    mark("tool call"),
    mark("plan"),
    mark("read units"),
    mark("write units"),
    mark("egress"),
    mark("plan minimum"),
    mark("vector dimensions"),
    mark("backup"),
    mark("cluster"),
    mark("compute"),
    mark("call"),
    mark("compute unit hour"),
    mark("gb"),
    mark("gib"),
    mark("gb day"),
    mark("gb month"),
    mark("million dimensions"),
    mark("million reads"),
    mark("million writes"),
    mark("month"),
    mark("thousand calls"),
    mark("usage"),
    mark("secure cloud"),
    mark("community cloud"),
    mark("on demand"),
    mark("eight"),
    mark("all tool-capable models"),
    mark("all models"),
    mark("reasoning models (gpt-5, o-series)"),
    mark("non-reasoning models"),
    mark("Claude 3.5 Haiku and later (not Haiku 5.5 in the data)"),
    mark("Gemini 3.x and 4"),
)


def unit_words(unit: str) -> str:
    """The unit of a price list's line, for people."""
    return say(_UNITS.get(unit, f"USD per {unit.replace('_', ' ')}"))


def variant_words(variant: str) -> str:
    """What tells one line of a price list from the others, for people."""
    if variant in _PARTS:
        return say(variant)
    return ", ".join(say(part) for part in variant.split(", ")) if variant else ""


def policy_words(policy: CachePolicy) -> str:
    """How a repeated prefix is cached, in a word."""
    return say(_POLICIES[policy]) if policy in _POLICIES else say_as("caching", "none")


def day_format() -> str:
    """How a field or a column for days writes them."""
    return "DD.MM.YYYY" if language() == "de" else "YYYY-MM-DD"
