"""What a request costs after a model's prices moved: by price where the brief tells, else between bounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crossover.cost.quote import Quote
from crossover.prices import OWN_MACHINES, TokenPrice
from crossover.report.brief_bill import EMBEDDING
from crossover.report.brief_parts import BriefCost, BriefStrategy
from crossover.strategies import Part

TUNED = frozenset({"tuning", "lora", "tuned_rag", "tuned_tools"})
_WRITTEN = frozenset({Part.OUTPUT, Part.REASONING})
_MIXED = frozenset({Part.CALLS, Part.RETRIES})
_NO_TOKENS = frozenset({Part.RERANK, Part.ENERGY})
_READ = ("input_mtok", "long_input_mtok")
_SELDOM = (
    "cache_write_mtok",
    "long_input_mtok",
    "long_output_mtok",
    "long_cached_input_mtok",
    "long_cache_write_mtok",
)
_CACHED = ("cached_input_mtok", "cache_write_mtok", "long_cached_input_mtok", "long_cache_write_mtok")

Ratios = tuple[float, float]
"""The least and the most that a price, or US dollars, was multiplied by."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A model's quote on two days, and whether its prompts are cached."""

    then: Quote
    now: Quote
    caches: bool


def repriced(row: BriefStrategy, cost: BriefCost, moved: Moved) -> tuple[float, float] | None:
    """US dollars per request at the least and at the most; exactly the old ones where no price moved.

    None when a price it needs is unknown on either day.
    """
    usd = cost.costs.per_request_usd
    if not row.tokens_by_part or row.host in OWN_MACHINES:
        return usd, usd
    old, new = _tokens(row, moved.then), _tokens(row, moved.now)
    if old is None or new is None:
        return None
    if any(each.rate for each in cost.unit_costs):
        return _by_price(cost, old, new, _embedding(moved.then, moved.now))
    ratios = _ratios(old, new, moved)
    moves = [(part_usd, _of(part, cost, ratios)) for part, part_usd in cost.usd_by_part]
    low, high = (sum(part_usd * (span[side] - 1) for part_usd, span in moves) for side in (0, 1))
    return max(0.0, usd + low), max(0.0, usd + high)


def _by_price(cost: BriefCost, old: TokenPrice, new: TokenPrice, embedding: float) -> tuple[float, float]:
    """Each price brings its own part; what seldom prices bring stands together and lies between theirs."""
    change, rest = 0.0, 0.0
    for each in cost.unit_costs:
        ratio = embedding if each.rate == EMBEDDING else _ratio(each.rate, old, new) if each.rate else None
        rest += each.usd_per_request if ratio is None else 0.0
        change += 0.0 if ratio is None else each.usd_per_request * (ratio - 1)
    low, high = _span(old, new, _SELDOM)
    if {part for part, _ in cost.usd_by_part} & _NO_TOKENS:
        low, high = min(1.0, low), max(1.0, high)
    usd = cost.costs.per_request_usd + change
    return max(0.0, usd + rest * (low - 1)), max(0.0, usd + rest * (high - 1))


def _ratio(rate: str, old: TokenPrice, new: TokenPrice) -> float:
    """What one price was multiplied by; where caching is offered no more, all input is paid in full."""
    before, after = getattr(old, rate), getattr(new, rate)
    return (new.input_mtok if after is None else after) / before if before else 1.0


def _of(part: str, cost: BriefCost, ratios: Mapping[str, Ratios]) -> Ratios:
    """What a part of the cost was multiplied by; one that several prices paid lies between theirs."""
    if part in _NO_TOKENS:
        return 1.0, 1.0
    if part == Part.EMBEDDING:
        return ratios["embedding"]
    if part not in _MIXED:
        return ratios["output" if part in _WRITTEN else "input"]
    parts = {name for name, _ in cost.usd_by_part}
    found = [ratios["input"], ratios["output"]]
    if part == Part.RETRIES:  # an attempt that failed paid for everything
        found += [ratios["embedding"]] if Part.EMBEDDING in parts else []
        found += [(1.0, 1.0)] if parts & _NO_TOKENS else []
    return min(low for low, _ in found), max(high for _, high in found)


def _ratios(old: TokenPrice, new: TokenPrice, moved: Moved) -> Mapping[str, Ratios]:
    """What each kind of price was multiplied by, for briefs that do not name their prices."""
    embedding = _embedding(moved.then, moved.now)
    return {
        "input": _span(old, new, _READ + (_CACHED if moved.caches else ())),
        "output": _span(old, new, ("output_mtok", "long_output_mtok")),
        "embedding": (embedding, embedding),
    }


def _tokens(row: BriefStrategy, at: Quote) -> TokenPrice | None:
    if row.id in TUNED:
        return at.tuning.tuned if at.tuning else None
    return at.inference.price if at.inference else None


def _span(old: TokenPrice, new: TokenPrice, names: tuple[str, ...]) -> Ratios:
    found = list(_moves(old, new, names)) or [1.0]
    return min(found), max(found)


def _moves(old: TokenPrice, new: TokenPrice, names: tuple[str, ...]) -> Iterator[float]:
    for name in names:
        before, after = getattr(old, name), getattr(new, name)
        if before and after is not None:
            yield after / before


def _embedding(then: Quote, now: Quote) -> float:
    if then.embedding is None or now.embedding is None or not then.embedding.input_mtok:
        return 1.0
    return now.embedding.input_mtok / then.embedding.input_mtok
