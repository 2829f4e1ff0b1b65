"""What several examples take for granted, with where it comes from, and small steps they share."""

from __future__ import annotations

from typing import Any

from crossover import cost
from crossover.cost import CostClasses, InputTokens
from crossover.prices.types import CachePolicy, CacheRule, TokenPrice
from crossover.tokens import messages

from .example_file import Computed, Inputs

# MODEL.md 10, S10: gpt-4o-mini, its tuned version, tuned GPT-3.5, and gpt-6-luna
BASE = TokenPrice(0.15, 0.60, cached_input_mtok=0.075)
TUNED = TokenPrice(0.30, 1.20, cached_input_mtok=0.15)
TUNED_GPT35 = TokenPrice(3.0, 6.0)
LUNA = TokenPrice(0.10, 0.50, cached_input_mtok=0.01, cache_write_mtok=0.125)
IN_MEMORY = CacheRule(CachePolicy.INCREMENT, 1024, 128, (5.0, 10.0), ttl_restarts=True)
MARKED = CacheRule(CachePolicy.BREAKPOINT, 1024, 1, (30.0, 30.0), ttl_restarts=False)

MSG, PRIMING = messages.MESSAGE_OVERHEAD, messages.PRIMING  # MODEL.md 1; W07 states the same in its inputs
SEED = 20240723


def usd(price: TokenPrice, input_tokens: float, output_tokens: float) -> float:
    return float(cost.call_usd(InputTokens(input_tokens), output_tokens, price))


def price_of(pair: list[float], cached: float | None = None) -> TokenPrice:
    return TokenPrice(pair[0], pair[1], cached_input_mtok=cached)


def classes(values: Inputs, **changes: Any) -> CostClasses:
    """The cost classes of a strategy as W15 and W16 write them; `changes` replace single fields."""
    events = {int(month): amount for month, amount in values.get("events", {}).items()}
    one_time = changes.get("one_time", values["one_time"])
    return CostClasses(one_time, values["monthly"], values["unit"], events)


def volume_answer(found: cost.BreakEvenVolume) -> Computed:
    return {"status": found.status, "volume": found.volume}


def month_answer(found: cost.BreakEvenMonth) -> Computed:
    answer: Computed = {"status": found.status, "month": found.month}
    return answer | ({"cheaper_after": found.cheaper_after} if found.cheaper_after else {})


def crossing_answers(found: tuple[cost.Crossing, ...]) -> list[Computed]:
    return [{"month": c.month, "kind": c.kind, "cheaper_after": c.cheaper_after} for c in found]
