"""Single changes that turn a published comparison round, each made in our own functions."""

from __future__ import annotations

from dataclasses import dataclass

from long_context import ONE_HOUR, SMALL, SMALL_HOUR, cached, cached_until_idle, month
from long_context import rag as long_context_rag
from months_ahead import EXAMPLES, TWICE, prompting, tuned, year
from published import running_usd
from tuning_or_rag import (
    CALCBOLD_QUERIES,
    GPT_4O_MINI,
    HAKARU_CALLS,
    HAKARU_DATABASE_AS_STATED,
    SONNET,
    a_month_of_the_year,
    calcbold_on_own_gpu,
    calcbold_rag,
    calcbold_tuned,
    hakaru_rag,
    hakaru_tuned,
)

from crossover.cost import BreakEvenVolume, steady_break_even_volume

Bills = dict[str, float]


@dataclass(frozen=True, slots=True)
class Switch:
    """One change: what each strategy costs before and after it, at one peer's inputs."""

    change: str
    peer: str
    unit: str
    before: Bills
    after: Bills
    note: str = ""

    @property
    def turns(self) -> bool:
        """Whether another strategy is the cheapest one afterwards."""
        return cheapest(self.before) != cheapest(self.after)


def cheapest(bills: Bills) -> str:
    """The strategy with the smallest bill."""
    return min(bills, key=bills.__getitem__)


def gpu_break_even() -> BreakEvenVolume:
    """Requests a month at which tuning on its own GPU costs as much as RAG."""
    return steady_break_even_volume(calcbold_on_own_gpu(), calcbold_rag())


def _one_base_model() -> tuple[Switch, Switch]:
    tuning = {"tuned": a_month_of_the_year(hakaru_tuned(), HAKARU_CALLS)}
    mixed = tuning | {"RAG": running_usd(hakaru_rag(SONNET), HAKARU_CALLS)}
    same = tuning | {"RAG": running_usd(hakaru_rag(GPT_4O_MINI), HAKARU_CALLS)}
    as_stated = hakaru_rag(GPT_4O_MINI, HAKARU_DATABASE_AS_STATED)
    stated = tuning | {"RAG": running_usd(as_stated, HAKARU_CALLS)}
    lead = "The lead of tuning falls from 2,150 USD to less than one; it was the price of the other model."
    turned = "With 1.26 USD for the database, as the stated rates give it, RAG is the cheaper one."
    return (
        Switch("Both on GPT-4o-mini", "hakaru.io", "USD a month", mixed, same, lead),
        Switch(
            "Both on GPT-4o-mini, database at the stated rates",
            "hakaru.io",
            "USD a month",
            mixed,
            stated,
            turned,
        ),
    )


def _aidevday() -> tuple[Switch, Switch]:
    now = {"tuned": year(tuned(), 100_000), "prompt": year(prompting(), 100_000)}
    dearer = now | {"tuned": year(tuned(TWICE), 100_000)}
    cheaper = now | {"prompt": year(prompting(EXAMPLES, 0.015), 100_000)}
    where, unit = "aidevdayindia.org, 100,000 a month", "USD in 12 months"
    return (
        Switch("The tuned model costs twice the base price", where, unit, now, dearer),
        Switch("The examples are cached at 90 % off", where, unit, now, cheaper),
    )


def _own_gpu() -> Switch:
    bills = {"RAG": running_usd(calcbold_rag(), CALCBOLD_QUERIES)}
    per_token = bills | {"tuned": running_usd(calcbold_tuned(), CALCBOLD_QUERIES)}
    hosted = bills | {"tuned": running_usd(calcbold_on_own_gpu(), CALCBOLD_QUERIES)}
    even = gpu_break_even().volume or 0.0
    note = f"The two cost the same at {even / 1e6:.1f} million requests a month."
    return Switch(
        "The tuned model runs on one GPU at 7 USD an hour",
        "calcbold.com",
        "USD a month",
        per_token,
        hosted,
        note,
    )


def _expiring_cache() -> Switch:
    bills = {"RAG": month(long_context_rag(SMALL), SMALL)}
    kept = bills | {"cached": month(cached(SMALL), SMALL)}
    expiring = bills | {"cached": month(cached_until_idle(SMALL), SMALL)}
    where = "AmelieChatelain, 100 pages, 100 requests a day"
    hour = month(cached_until_idle(SMALL_HOUR, ONE_HOUR), SMALL_HOUR)
    note = (
        "Before: an entry is written at each update of the documents and lives until the next. "
        f"With a life of an hour, at its dearer writes, cached costs {hour:,.2f}."
    )
    return Switch(
        "Cache entries live five minutes after their last use", where, "USD a month", kept, expiring, note
    )


SAME_MODEL, SAME_MODEL_AS_STATED = _one_base_model()
TUNED_PRICE, PROMPT_CACHE = _aidevday()
OWN_GPU, EXPIRING_CACHE = _own_gpu(), _expiring_cache()
SWITCHES = (SAME_MODEL, SAME_MODEL_AS_STATED, TUNED_PRICE, PROMPT_CACHE, OWN_GPU, EXPIRING_CACHE)
