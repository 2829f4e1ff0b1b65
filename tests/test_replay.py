"""The answer month by month, and the sentences that say what changed it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.charts.prices import (
    PricePeriod,
    decision_frame,
    decision_over_time,
    history_frame,
    price_history,
)
from crossover.comparison import NothingToCompare, compare
from crossover.demo import load_demo
from crossover.prices import (
    CacheRule,
    InferencePrice,
    Lifecycle,
    LifecycleEvent,
    PriceBook,
    Source,
    TokenPrice,
    load_price_book,
)
from crossover.profile import build_profile
from crossover.replay import Replay, ReplayMonth, Standing, merged, reasons, replay, replay_months, turns
from crossover.samples.types import SampleSet
from crossover.scenario import Scenario
from crossover.words import in_language

TODAY = date(2026, 11, 22)
OLD, NEW = ("openai", "old-model"), ("azure", "new-model")
PAGE = Source("https://prices.example/page", date(2026, 1, 1))
NOTICE = Source("https://prices.example/notice", date(2026, 1, 1))


@cache
def demo() -> SampleSet:
    return load_demo("en")


@cache
def book() -> PriceBook:
    return load_price_book()


@cache
def measured(samples_id: int, settings):
    return build_profile(demo(), settings)


def profiler(samples, settings):
    return measured(id(samples), settings)


def priced(model, start: date, usd: float, end: date | None = None) -> InferencePrice:
    return InferencePrice(*model, TokenPrice(usd, usd), CacheRule(), PAGE, start, end)


def book_of(*prices: InferencePrice, events: tuple[Lifecycle, ...] = ()) -> PriceBook:
    """A book with these prices and events only; embeddings stay, so that RAG has a price."""
    empty = replace(
        book(), catalogue=(), inference_rows=(), tuning_rows=(), cache_rows=(), lifecycle_rows=events
    )
    return empty.with_overrides(prices)


def replayed(in_book: PriceBook, until: date, first: date, *, model=OLD, models=()) -> Replay:
    scenario = Scenario(price_date=until, host=model[0], model=model[1])
    return replay(demo(), scenario, in_book, replay_months(until, first), profiler, models=models)


def real(model, until: date = TODAY, models=()) -> Replay:
    return replayed(book(), until, date(2024, 7, 1), model=model, models=models)


def test_the_months_are_month_ends_from_july_2024_and_then_the_price_date_itself():
    months = replay_months(date(2024, 9, 10))
    assert months == (date(2024, 7, 31), date(2024, 8, 31), date(2024, 9, 10))
    assert len(replay_months(TODAY)) == 29  # 6 of 2024, 12 of 2025, 11 of 2026


def test_a_price_date_before_the_first_month_has_nothing_to_replay():
    assert replay_months(date(2024, 6, 30)) == ()
    empty = replay(demo(), Scenario(price_date=date(2024, 6, 30)), book(), (), profiler)
    assert (empty.months, reasons(empty)) == ((), ())


@given(st.dates(date(2024, 7, 1), date(2040, 12, 31)))
def test_months_rise_end_on_the_price_date_and_miss_no_month(until):
    months = replay_months(until)
    assert months[-1] == until
    assert len(months) == 12 * (until.year - 2024) + until.month - 6
    assert all((day + timedelta(days=1)).day == 1 for day in months[:-1])
    assert list(months) == sorted(set(months))


@pytest.mark.parametrize("on", [date(2024, 7, 31), date(2025, 11, 30), date(2026, 5, 31), TODAY])
def test_each_month_is_what_compare_says_on_that_day(on):
    month = next(month for month in real(("openai", "gpt-4o-mini")).months if month.on == on)
    expected = compare(
        demo(), Scenario(price_date=on, host="openai", model="gpt-4o-mini"), book(), profiler=profiler
    )
    assert {s.strategy_id: (s.total_usd, s.is_ranked) for s in month.standings} == {
        o.strategy.id: (o.total_usd, o.is_ranked) for o in expected.outcomes
    }


def test_the_answer_is_the_cheapest_choice_of_all_followed_models():
    both = real(("openai", "gpt-4o-mini"), models=[("azure", "gpt-oss-20b")])
    for month in both.months:
        totals = [standing.total_usd for standing in month.standings if standing.is_ranked]
        assert (month.answer.total_usd if month.answer else None) == min(totals, default=None)


def test_replays_merged_are_the_replay_of_all_their_models():
    one, other = ("openai", "gpt-4o-mini"), ("azure", "gpt-oss-20b")
    together = merged([real(one), real(other)])
    assert together == real(one, models=[other])
    assert turns(together) == turns(real(one, models=[other]))


def test_a_month_without_a_price_is_left_out_with_the_day_the_price_begins():
    first = real(("azure", "gpt-oss-20b")).months[0]
    assert first.standings == ()
    assert first.answer is None
    assert "no known price before 2025-11-01" in first.unpriced["azure", "gpt-oss-20b"]


def test_a_model_that_was_shut_down_is_left_out_with_the_day_it_ended():
    last = real(("openai", "gpt-3.5-turbo")).months[-1]
    assert "was shut down on 2026-10-23" in last.unpriced["openai", "gpt-3.5-turbo"]


def test_the_past_knows_nothing_of_what_came_later():
    model = ("openai", "gpt-4o-mini")
    whole = real(model)
    short = replayed(book(), date(2026, 4, 30), date(2024, 7, 1), model=model)
    assert whole.months[: len(short.months)] == short.months
    assert reasons(whole)[: len(reasons(short))] == reasons(short)


def test_samples_are_measured_once_per_way_of_counting():
    asked = []

    def counting(samples, settings):
        asked.append(settings)
        return profiler(samples, settings)

    scenario = Scenario(price_date=TODAY, host="openai", model="gpt-4o-mini")
    replay(demo(), scenario, book(), replay_months(TODAY), counting)
    assert len(asked) == len(set(asked)) == 1


def test_samples_without_a_request_are_refused():
    with pytest.raises(NothingToCompare):
        replay(SampleSet(), Scenario(price_date=TODAY), book(), (TODAY,))


def test_a_price_cut_that_changes_the_answer_is_named_with_its_day_and_its_page():
    cut = date(2025, 1, 10)
    rows = (
        priced(OLD, date(2024, 1, 1), 1.0),
        priced(NEW, date(2024, 1, 1), 2.0, cut),
        priced(NEW, cut, 0.5),
    )
    found = replayed(book_of(*rows), date(2025, 3, 31), date(2024, 11, 1), models=[NEW])
    start, turn = turns(found)
    assert "old-model at OpenAI costs least" in start.sentence
    assert (turn.on, turn.changes_answer, turn.sources) == (date(2025, 1, 31), True, (PAGE,))
    assert "new-model at Azure AI Foundry takes the lead from" in turn.sentence
    assert "input went from 2.00 to 0.50" in turn.sentence
    assert "2025-01-10" in turn.sentence


def test_a_new_model_that_wins_is_named_with_the_first_day_of_its_price():
    rows = (priced(OLD, date(2024, 1, 1), 1.0), priced(NEW, date(2025, 5, 20), 0.1))
    turn = turns(replayed(book_of(*rows), date(2025, 6, 30), date(2025, 3, 1), models=[NEW]))[1]
    assert turn.on == date(2025, 5, 31)
    assert "takes the lead" in turn.sentence
    assert "new price: input 0.10, output 0.10 (USD per million tokens) from 2025-05-20" in turn.sentence


def test_a_retirement_changes_the_answer_when_it_is_announced_because_the_plan_looks_a_year_ahead():
    stop = Lifecycle(
        *OLD,
        scope="inference",
        event=LifecycleEvent.SHUTDOWN,
        on=date(2025, 9, 15),
        source=NOTICE,
        announced=date(2025, 3, 10),
    )
    rows = (priced(OLD, date(2024, 1, 1), 1.0), priced(NEW, date(2024, 1, 1), 2.0))
    found = replayed(book_of(*rows, events=(stop,)), date(2025, 10, 31), date(2025, 1, 1), models=[NEW])
    turn = turns(found)[1]
    assert turn.on == date(2025, 3, 31)
    assert "takes the lead" in turn.sentence
    assert "announced on 2025-03-10: shut down on 2025-09-15" in turn.sentence
    assert NOTICE in turn.sources
    # in February nobody could know
    assert found.months[1].answer.model == "old-model"


def test_when_the_only_model_retires_the_sentence_says_that_nothing_is_left():
    last = [turn for turn in turns(real(("openai", "gpt-4o-mini"))) if turn.changes_answer][-1]
    assert last.on == date(2026, 10, 31)
    assert "nothing can be chosen any more" in last.sentence
    assert "2027-01-14" in last.sentence


def test_the_closing_of_tuning_at_openai_is_told_with_its_real_day():
    told = {turn.on: turn for turn in turns(real(("openai", "gpt-4o-mini")))}
    may = told[date(2026, 5, 31)]
    assert "fine-tuning with GPT-4o mini at OpenAI drops out" in may.sentence
    assert "tuning closed to new customers from 2026-05-07" in may.sentence
    assert not may.changes_answer
    assert all(source.url.startswith("https://") for source in may.sources)


def test_nothing_that_moves_gives_one_sentence():
    found = replayed(book_of(priced(OLD, date(2024, 1, 1), 1.0)), date(2025, 3, 31), date(2024, 11, 1))
    assert len(reasons(found)) == 1


def standing(model, strategy: str, total: float | None, *, ranked: bool = True, why: str = "") -> Standing:
    return Standing(*model, strategy, strategy.capitalize(), total, ranked, why)


def walked(*months: ReplayMonth) -> Replay:
    return Replay(months, {OLD: "Old", NEW: "New"}, (), 12)


def test_a_lead_under_five_percent_is_called_too_close_and_a_wider_one_is_not():
    near = ReplayMonth(TODAY, (standing(OLD, "rag", 100.0), standing(OLD, "tools", 104.9)), {})
    wide = ReplayMonth(TODAY, (standing(OLD, "rag", 100.0), standing(OLD, "tools", 105.0)), {})
    assert (near.is_close, wide.is_close) == (True, False)
    assert "too close to call: tools costs 4.9 % more" in reasons(walked(near))[0]


def test_the_replay_is_told_in_german_with_german_months_days_and_sums():
    near = ReplayMonth(date(2026, 3, 31), (standing(OLD, "rag", 100.0), standing(OLD, "tools", 104.9)), {})
    with in_language("de"):
        (sentence,) = reasons(walked(near))
        last = real(("openai", "gpt-3.5-turbo")).months[-1]
    assert sentence.startswith("März 2026: ")
    assert "kostet am wenigsten, 100\u00a0$ in 12 Monaten, zu knapp für eine Entscheidung: " in sentence
    assert sentence.endswith("kostet 4,9\u00a0% mehr.")
    assert "wurde am 23.10.2026 abgeschaltet." in last.unpriced["openai", "gpt-3.5-turbo"]


def test_what_comes_and_goes_with_a_model_is_one_german_sentence():
    before = ReplayMonth(TODAY, (standing(OLD, "rag", 100.0), standing(OLD, "tools", 200.0)), {})
    now = ReplayMonth(
        TODAY + timedelta(days=30), (standing(OLD, "rag", 100.0), standing(OLD, "agent", 150.0)), {}
    )
    assert "agent with" in reasons(walked(before, now))[-1]
    with in_language("de"):
        news = reasons(walked(before, now))[-1]
    assert "Mit Old jetzt wählbar: Agent; nicht mehr wählbar: Tools. Das Ergebnis bleibt." in news


def test_two_models_with_one_strategy_are_no_close_call():
    month = ReplayMonth(TODAY, (standing(OLD, "rag", 100.0), standing(NEW, "rag", 101.0)), {})
    assert not month.is_close
    assert month.runner_up is None


def test_an_unknown_total_is_never_the_answer():
    month = ReplayMonth(TODAY, (standing(OLD, "rag", None, ranked=False, why="No price."),), {})
    assert month.answer is None
    assert reasons(walked(month)) == ("November 2026: nothing can be chosen yet. No price.",)


def test_the_decision_frame_marks_one_answer_a_month_and_keeps_unknown_unknown():
    known = ReplayMonth(
        date(2026, 10, 31),
        (standing(OLD, "rag", 100.0), standing(NEW, "rag", 200.0), standing(OLD, "tools", 300.0)),
        {},
    )
    unknown = ReplayMonth(TODAY, (standing(OLD, "rag", None, ranked=False, why="No price."),), {})
    frame = decision_frame(walked(known, unknown))
    assert list(frame["usd"].iloc[:2]) == [100.0, 300.0]  # the dearer way to the same strategy is left out
    assert frame["usd"].isna().iloc[2]
    assert list(frame["answer"]) == [True, False, False]


def test_the_decision_chart_numbers_the_turns_that_changed_the_answer():
    found = real(("openai", "gpt-4o-mini"))
    told = turns(found)
    figure = decision_over_time(found, told)
    numbers = [note.text for note in figure.layout.annotations]
    assert len(numbers) == sum(turn.changes_answer for turn in told)
    prompting = next(trace for trace in figure.data if trace.name == "Prompt engineering")
    assert prompting.marker.symbol[-1].endswith("-open")  # not to be chosen any more
    assert figure.layout.yaxis.title.text == "Total over 12 months, USD"


PERIODS = (
    PricePeriod(date(2025, 1, 1), date(2025, 3, 1), {"Input": 2.0}, PAGE),
    PricePeriod(date(2025, 3, 1), date(2025, 6, 1), {"Input": 1.0}, PAGE),
    PricePeriod(date(2025, 9, 1), None, {"Input": 1.5, "Cached input": None}, PAGE),
)


def test_a_history_steps_from_day_to_day_and_breaks_where_nothing_is_known():
    frame = history_frame(PERIODS, TODAY)
    amounts = [None if pd.isna(usd) else usd for usd in frame["usd"]]
    corners = list(zip(frame["on"], amounts, strict=True))
    assert corners == [
        (date(2025, 1, 1), 2.0),
        (date(2025, 3, 1), 2.0),
        (date(2025, 3, 1), 1.0),
        (date(2025, 6, 1), 1.0),
        (date(2025, 6, 1), None),
        (date(2025, 9, 1), 1.5),
        (TODAY, 1.5),
    ]


def test_a_price_that_is_unknown_all_along_has_no_line():
    assert [trace.name for trace in price_history(PERIODS, TODAY, "USD").data] == ["Input"]


def test_a_name_cannot_put_markup_into_a_chart():
    period = PricePeriod(date(2025, 1, 1), None, {"<a href='x'>Input</a>": 1.0}, PAGE)
    assert "<" not in price_history([period], TODAY, "USD").data[0].name


def test_a_price_without_a_beginning_is_drawn_from_the_first_day_of_the_chart():
    frame = history_frame([PricePeriod(date.min, None, {"Input": 1.0}, PAGE)], TODAY)
    assert list(frame["on"]) == [date(2023, 1, 1), TODAY]
