"""What a comparison costs over a plain Python loop; totals are compared before anything is timed.

5,000 questions drawn by Zipf's law over pages and tools, all strategies, 10,000 draws. The loop does
what a script would: for every draw and every strategy it goes through all samples and prices their
calls, then adds up the months. It is timed on a few draws and reckoned up to 10,000; the tokens of
each draw and what is paid beside requests are handed to it ready-made, which is in its favour.
"""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

import numpy as np

from crossover.assumptions import default_assumptions
from crossover.comparison import Comparison, compare
from crossover.prices import load_price_book
from crossover.profile import ProfileSettings, TokenProfile, build_profile
from crossover.samples.types import Document, QaTable, SampleSet, Tool
from crossover.scenario import Scenario
from crossover.strategies import ALL_STRATEGIES, STRATEGIES, Strategy, UsagePlan
from crossover.uncertainty import CostModel, Subject, Values, draw
from crossover.uncertainty.request_costs import subject_at
from crossover.verdict import verdict
from crossover.whatif import Sureness, sureness

ROWS, MANY_ROWS, DRAWS, LOOPED_DRAWS, ROUNDS = 5_000, 100_000, 10_000, 3, 9
SCENARIO = Scenario(price_date=date(2026, 11, 22))
CACHED = replace(SCENARIO, host="openai", model="gpt-6-luna")
BOOK = load_price_book()
MEMORY_ONLY = "--memory"


def drawn(questions: int) -> SampleSet:
    """Questions of 12 and answers of 40 words, 60 pages and a tool, with a fixed seed."""
    random = np.random.default_rng(0)
    syllables = np.array(["ba", "der", "gen", "il", "kon", "lu", "mar", "nis", "or", "ta"])
    vocabulary = ["".join(random.choice(syllables, random.integers(1, 5))) for _ in range(5_000)]

    def texts(count: int, length: int) -> tuple[str, ...]:
        ranks = np.minimum(random.zipf(1.3, (count, length)), len(vocabulary)) - 1
        return tuple(" ".join(vocabulary[rank] for rank in row[: 3 + row[0] % length]) for row in ranks)

    table = QaTable(texts(questions, 12), texts(questions, 40), tuple(range(2, questions + 2)))
    pages = tuple(Document(f"{place}.txt", text) for place, text in enumerate(texts(60, 600)))
    tool = Tool("order_status", "Looks an order up.", {"type": "object", "properties": {}})
    return SampleSet(qa=table, documents=pages, tools=(tool,), instructions="Be short and exact. " * 80)


class Measured:
    """Profiles of one upload, each measured once, as the pages keep them."""

    def __init__(self) -> None:
        self.profiles: dict[ProfileSettings, TokenProfile] = {}

    def __call__(self, samples: SampleSet, settings: ProfileSettings) -> TokenProfile:
        if settings not in self.profiles:
            self.profiles[settings] = build_profile(samples, settings)
        return self.profiles[settings]


Compare = Callable[[Scenario, Sequence[Strategy]], Comparison]


def comparing(samples: SampleSet) -> Compare:
    """compare() of one upload; everything is measured before it is handed out."""
    measured = Measured()

    def run(scenario: Scenario, strategies: Sequence[Strategy]) -> Comparison:
        return compare(samples, scenario, BOOK, strategies, measured)

    for scenario in (SCENARIO, CACHED):
        sureness(run(scenario, ALL_STRATEGIES), draws=10)
    return run


@dataclass(frozen=True)
class Prepared:
    """One strategy in one draw as plain lists: what the loop goes through."""

    calls: list[tuple[float, list[float], list[float]]]
    beside_usd: list[float]
    input_mtok: float
    output_mtok: float
    multiplier: float
    one_time_usd: float
    monthly_usd: float
    events_usd: dict[int, float]
    machines_usd: list[float]


def looped_total_usd(prepared: Prepared, requests: float, growth: float, months: int) -> float:
    """The total of one strategy in one draw, sample by sample and month by month."""
    total = 0.0
    for row, beside in enumerate(prepared.beside_usd):
        usd = beside
        for probability, prompts, outputs in prepared.calls:
            tokens_usd = prompts[row] * prepared.input_mtok + outputs[row] * prepared.output_mtok
            usd += probability * tokens_usd / 1e6
        total += usd
    per_request = total / len(prepared.beside_usd) * prepared.multiplier
    spent = prepared.one_time_usd
    for month in range(months):
        spent += prepared.events_usd.get(month, 0.0) + prepared.monthly_usd + prepared.machines_usd[month]
        spent += per_request * requests * (1 + growth) ** month
    return spent


def prepared(subject: Subject, model: CostModel, values: Values) -> Prepared:
    """The lists for one strategy at one draw; no cache here, so a token has one price."""
    names = {name: values[name] for name in default_assumptions()}
    plan = subject_at(subject, names).plan
    offer = subject.quote.tuning if plan.tuned else subject.quote.inference
    price = getattr(offer, "tuned" if plan.tuned else "price")
    costs, months = model.classes(values), subject.scenario.horizon_months
    return Prepared(
        calls=[
            (call.probability, call.input_tokens.tolist(), call.output_tokens.tolist()) for call in plan.calls
        ],
        beside_usd=_beside_usd(plan, subject, values).tolist(),
        input_mtok=price.input_mtok,
        output_mtok=price.output_mtok,
        multiplier=_retried(values) if plan.calls else 1.0,
        one_time_usd=float(costs.one_time_usd),
        monthly_usd=float(costs.monthly_usd),
        events_usd={month: float(usd) for month, usd in costs.events_usd.items()},
        machines_usd=_machines_usd(costs.machines, values, months),
    )


def _beside_usd(plan: UsagePlan, subject: Subject, values: Values) -> Any:
    """Embedding and reranking of each request."""
    usd = np.zeros(plan.requests)
    if plan.embedding_tokens is not None and subject.quote.embedding is not None:
        usd = usd + plan.embedding_tokens * subject.quote.embedding.input_mtok / 1e6
    if plan.rerank_units is not None:
        usd = usd + plan.rerank_units * values["rerank_usd_per_1000_searches"] / 1000
    return usd


def _retried(values: Values) -> float:
    failing, attempts = (
        float(values["failed_attempt_share"]),
        max(1.0, round(float(values["attempts_at_most"]))),
    )
    success = 1 - failing**attempts
    return success + float(values["failed_attempt_billed_share"]) * (success / (1 - failing) - success)


def _machines_usd(machines: Any, values: Values, months: int) -> list[float]:
    if machines is None:
        return [0.0] * months
    growth = 1 + float(values["growth_per_month_share"])
    loads = [float(values["requests_per_month"]) * growth**month for month in range(months)]
    replicas = [max(1, int(np.ceil(round(load * float(machines.replicas_per_request), 9)))) for load in loads]
    return [count * float(machines.usd_per_replica_month) for count in replicas]


def one_draw(values: Values, place: int) -> dict[str, float]:
    return {name: float(np.broadcast_to(each, DRAWS)[place]) for name, each in values.items()}


def against_a_loop(run: Compare) -> None:
    """The ratio, once the totals of both agree."""

    def ours() -> Sureness:
        return sureness(run(SCENARIO, ALL_STRATEGIES), DRAWS)

    sure = ours()
    subjects = {each.strategy.id: each.subject for each in sure.comparison.ranked}
    values = draw(sure.inputs, SCENARIO.seed, DRAWS)
    loop_seconds = 0.0
    for place in range(LOOPED_DRAWS):
        at = one_draw(values, place)
        traffic = (at["requests_per_month"], at["growth_per_month_share"], SCENARIO.horizon_months)
        lists = {model.strategy: prepared(subjects[model.strategy], model, at) for model in sure.models}
        started = time.perf_counter()
        totals = {name: looped_total_usd(each, *traffic) for name, each in lists.items()}
        loop_seconds += time.perf_counter() - started
        for model in sure.models:
            exact, found = float(model.total_usd(at)), totals[model.strategy]
            assert abs(found - exact) <= 1e-9 * exact, (model.strategy, found, exact)
            # over draws, tokens that a draw changes are read from a table of some rows
            assert abs(found - sure.totals.of(model.strategy)[place]) <= 0.01 * exact, model.strategy
    seconds, loop = timed(ours)[0], loop_seconds / LOOPED_DRAWS * DRAWS
    print(f"\n{ROWS:,} samples, {len(sure.models)} strategies, {DRAWS:,} draws: totals agree with the loop")
    print(f"compare and sureness {seconds:.3f} s, plain loop {loop:,.0f} s (from {LOOPED_DRAWS} draws)")
    print(f"ratio {loop / seconds:,.0f} x (at least 100)")


def timed(action: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """Median and 95th percentile of the seconds `action` takes."""
    seconds = []
    for _ in range(rounds):
        started = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - started)
    median, high = np.quantile(seconds, [0.5, 0.95])
    return float(median), float(high)


def slider_move(run: Compare, scenario: Scenario, strategies: Sequence[Strategy]) -> None:
    """Everything a new value of a slider computes again, the samples being measured."""
    moves = iter(range(1, 1_000))

    def moved() -> None:
        comparison = run(replace(scenario, requests_per_month=50_000.0 + next(moves)), strategies)
        verdict(comparison, sureness(comparison))

    median, high = timed(moved)
    print(
        f"slider move, {len(strategies):2} strategies, {scenario.host:7} {1000 * median:4.0f} ms "
        f"(p95 {1000 * high:.0f})"
    )


def many_rows() -> None:
    """100,000 samples: one comparison, and what a process holds after it."""
    run = comparing(drawn(MANY_ROWS))
    for strategies in (STRATEGIES, ALL_STRATEGIES):
        median, high = timed(partial(run, SCENARIO, strategies), rounds=5)
        print(
            f"compare {MANY_ROWS:,} samples, {len(strategies):2} strategies: {median:.3f} s (p95 {high:.3f})"
        )
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"most memory of that process, measuring and draws included: {largest / 1e9:.2f} GB (below 1)")


def main() -> None:
    if MEMORY_ONLY in sys.argv:
        many_rows()
        return
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, warm")
    run = comparing(drawn(ROWS))
    against_a_loop(run)
    for scenario in (SCENARIO, CACHED):
        for strategies in (STRATEGIES, ALL_STRATEGIES):
            slider_move(run, scenario, strategies)
    subprocess.run([sys.executable, __file__, MEMORY_ONLY], check=True)


if __name__ == "__main__":
    main()
