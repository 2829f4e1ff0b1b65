"""aidevdayindia.org: examples in the prompt, RAG or tuning, month by month over a year."""

from __future__ import annotations

from functools import partial

from published import Basis, Peer, Row, bill_usd, request_usd

from crossover.cost import (
    CostClasses,
    Side,
    Traffic,
    all_crossings,
    cacheable_tokens,
    horizon_break_even_volume,
    retrain_months,
)
from crossover.prices.types import CachePolicy, CacheRule, TokenPrice

SYSTEM, QUESTION, EXAMPLES, CONTEXT, ANSWER = 200, 100, 1500, 4 * 500, 300
MONTHS, RETRAIN_EVERY = 12, 6
BASE = TokenPrice(0.15, 0.60)
TWICE = TokenPrice(0.30, 1.20)
TRAINING, INDEX = 45.0, 0.10
AUTOMATIC = CacheRule(CachePolicy.INCREMENT, 1024, 128)


def prompting(cached_tokens: float = 0.0, cached_mtok: float | None = None) -> CostClasses:
    """System message, examples and question; some of the tokens may be read from a cache."""
    price = TokenPrice(BASE.input_mtok, BASE.output_mtok, cached_input_mtok=cached_mtok)
    return CostClasses(0.0, 0.0, request_usd(price, SYSTEM + EXAMPLES + QUESTION, ANSWER, cached_tokens))


def rag() -> CostClasses:
    return CostClasses(INDEX, 70.0, request_usd(BASE, SYSTEM + CONTEXT + QUESTION, ANSWER))


def tuned(price: TokenPrice = BASE) -> CostClasses:
    """Retraining spread evenly over the months between, as the page does."""
    return CostClasses(TRAINING, TRAINING / RETRAIN_EVERY, request_usd(price, SYSTEM + QUESTION, ANSWER))


def tuned_in_jobs() -> CostClasses:
    """Retraining when it is due, as we do; none on the last day of the year."""
    jobs = dict.fromkeys(retrain_months(RETRAIN_EVERY, MONTHS), TRAINING)
    return CostClasses(TRAINING, 0.0, request_usd(BASE, SYSTEM + QUESTION, ANSWER), jobs)


def year(costs: CostClasses, requests: float) -> float:
    return bill_usd(costs, requests, MONTHS)


def first_cheaper_month(a: CostClasses, b: CostClasses, requests: float) -> float | None:
    """The month, counted from 1, in which a's curve passes under b's to stay there; None for never."""
    crossings = all_crossings(a, b, Traffic(requests, horizon_months=MONTHS))
    stays = bool(crossings) and crossings[-1].cheaper_after is Side.A
    return float(int(crossings[-1].month) + 1) if stays else None


def _volume(
    name: str, requests: float, totals: tuple[float, float, float], price: TokenPrice = BASE
) -> tuple[Row, ...]:
    row = partial(Row, basis=Basis.EXAMPLE, unit="USD in 12 months")
    arms = {"prompt": prompting(), "RAG": rag(), "tuned": tuned(price)}
    return tuple(
        row(f"{name}: {arm}", usd, year(costs, requests))
        for (arm, costs), usd in zip(arms.items(), totals, strict=True)
    )


def _months(
    name: str, requests: float, against_prompt: int | None, price: TokenPrice = BASE
) -> tuple[Row, ...]:
    row = partial(Row, basis=Basis.EXAMPLE, unit="month", digits=0)
    model = tuned(price)
    return (
        row(f"{name}: tuned under RAG from", 1, first_cheaper_month(model, rag(), requests)),
        row(
            f"{name}: tuned under prompt from",
            against_prompt,
            first_cheaper_month(model, prompting(), requests),
        ),
    )


def _caching() -> tuple[Row, ...]:
    row = partial(Row, basis=Basis.EXAMPLE, unit="USD in 12 months")
    shared = float(cacheable_tokens(AUTOMATIC, SYSTEM + EXAMPLES, SYSTEM + EXAMPLES + QUESTION))
    return (
        row("100k, examples cached at 50 %: prompt", 405.00, year(prompting(EXAMPLES, 0.075), 100_000)),
        row("100k, examples cached at 90 %: prompt", 297.00, year(prompting(EXAMPLES, 0.015), 100_000)),
        row(
            "100k, automatic caching at 50 %: prompt",
            405.00,
            year(prompting(shared, 0.075), 100_000),
            # 1,024 + 5 x 128 = 1,664 of the 1,700 leading tokens, 164 more than the examples
            explained=-(1_664 - 1_500) * 0.075 * 1.2,
            why="The system message is alike in every request too, and is cached with the examples in "
            "steps of 128.",
        ),
    )


def _by_our_conventions() -> tuple[Row, ...]:
    horizon = Traffic(0.0, horizon_months=MONTHS)
    even = horizon_break_even_volume(tuned(), prompting(), horizon).volume
    twice = horizon_break_even_volume(tuned(TWICE), prompting(), horizon).volume
    return (
        Row("tuned and prompt cost the same", 50_000, even, Basis.EXAMPLE, "requests a month", digits=0),
        Row("the same, tuned price 2x", None, twice, Basis.EXAMPLE, "requests a month", digits=0),
        Row(
            "100k: tuned, retraining as whole jobs",
            405.00,
            year(tuned_in_jobs(), 100_000),
            Basis.EXAMPLE,
            "USD in 12 months",
            explained=-TRAINING,
            why="A retraining due on the last day of the year is not begun here; spread evenly, its months "
            "count.",
        ),
    )


PEER = Peer(
    name="aidevdayindia.org",
    source="https://aidevdayindia.org/calculators/fine-tune-vs-rag-calculator.html",
    inputs="The page states its method and shows no numbers until it is used, so the inputs are ours: system "
    "message 200 tokens, question 100, answer 300, examples 1,500, RAG context 4 x 500; 0.15 / 0.60 USD per "
    "million tokens; index 0.10 USD, vector database 70 USD a month; training 45 USD, again every 6 "
    "months, spread evenly. A row starts with the requests a month.",
    rows=(
        *_volume("10k", 10_000, (54.00, 903.10, 162.00)),
        *_months("10k", 10_000, None),
        *_volume("100k", 100_000, (540.00, 1_470.10, 405.00)),
        *_months("100k", 100_000, 4),
        *_volume("1M", 1_000_000, (5_400.00, 7_140.10, 2_835.00)),
        *_months("1M", 1_000_000, 1),
        *_volume("100k, tuned price 2x", 100_000, (540.00, 1_470.10, 675.00), TWICE),
        *_months("100k, tuned price 2x", 100_000, None, TWICE),
        *_volume("1M, tuned price 2x", 1_000_000, (5_400.00, 7_140.10, 5_535.00), TWICE),
        *_months("1M, tuned price 2x", 1_000_000, None, TWICE),
        *_caching(),
        *_by_our_conventions(),
    ),
)
