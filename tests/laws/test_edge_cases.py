"""The edge cases of MODEL.md 8.3, one test or more for each of E01 to E38, by its number."""

from __future__ import annotations

import csv
import io
import math
import re
import sys
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from small_worlds import BOOK, DAY, PAGES, SHOP, TODAY, compared, rows, totals

from crossover import cost
from crossover.calendar import add_months
from crossover.comparison import NothingToCompare, compare
from crossover.cost import CostClasses, InvalidCostInput, Traffic
from crossover.cost.call_prices import call_prices, hit_share_figure
from crossover.criteria import Anchor, InvalidCriteria, ranks, weighted_sum
from crossover.demo import load_demo
from crossover.evidence import Skipped, banner, classifier_baseline, fit_learning_curve
from crossover.figure import Kind
from crossover.gates import Status
from crossover.prices import CachePolicy, CacheRule, TokenPrice
from crossover.prices.overrides import read_overrides
from crossover.profile import ProfileSettings, build_profile
from crossover.report.table import csv_text, neutralised
from crossover.retrieval import InvalidChunking, chunk_count, chunk_documents
from crossover.samples import Chat, Document, SampleSet, Slot, Tool, read_upload
from crossover.scenario import InvalidScenario, Scenario
from crossover.strategies import ALL_STRATEGIES
from crossover.tokens import count_tokens, render_tools, training_tokens
from crossover.uncertainty import cheapest_shares, standing_sentences
from crossover.verdict import verdict
from crossover.whatif import sureness

JULY_2024 = Scenario(date(2024, 7, 23), "openai", "gpt-4o-mini", prompt_caching=False, preset="july_2024")


def everything(samples, scenario=TODAY):
    return compare(samples, scenario, BOOK, ALL_STRATEGIES)


def gate_of(outcome, name):
    return next(gate for gate in outcome.gates if gate.id == name)


class TestE01NothingUploaded:
    def test_e01_the_demo_company_says_on_every_row_of_an_export_that_it_is_one(self):
        samples = load_demo("en")
        assert samples.demo
        found = list(csv.DictReader(io.StringIO(csv_text(compare(samples, TODAY, BOOK)))))
        assert found
        assert {row["demo"] for row in found} == {"DEMO DATA"}

    def test_e01_an_empty_upload_is_not_computed_but_says_what_to_do(self):
        with pytest.raises(NothingToCompare, match="demo data"):
            everything(SampleSet())


class TestE02OneSample:
    one = SampleSet(qa=rows(["Where is it?"], ["On its way."]))

    def test_e02_costs_are_shown_without_interval_or_curve_and_with_a_banner(self):
        outcome = everything(self.one).outcome("prompting")
        assert outcome.total_usd > 0
        assert cost.summarise(outcome.cost.request.total, seed=1).interval is None
        assert fit_learning_curve([1], [1.0]) is None
        assert "one example" in banner(1).lower()


class TestE03NoVolume:
    def test_e03_nothing_varies_nothing_hits_and_no_request_has_an_all_in_cost(self):
        comparison = compared(
            "shop", replace(TODAY, host="openai", model="gpt-6-luna", requests_per_month=0.0)
        )
        for outcome in comparison.outcomes:
            if outcome.cost is None:
                continue
            assert outcome.cost.prices.hit_share == 0
            assert outcome.cost.all_in_per_request.value is None
            assert math.isfinite(outcome.total_usd)
            assert cost.variable_usd_by_month(outcome.cost.classes, Traffic(0.0)).sum() == 0

    def test_e03_a_break_even_volume_is_still_found(self):
        a, b = CostClasses(0.0, 0.0, 0.002), CostClasses(120.0, 0.0, 0.001)
        # 120 more at the start, 0.001 less for each of 12 V requests: V = 120 / 0.012
        assert cost.horizon_break_even_volume(a, b, Traffic(0.0)).volume == pytest.approx(10_000)


@pytest.mark.parametrize("volume", [1e10 * 1.001, math.inf, math.nan])
def test_e04_a_volume_nobody_has_is_an_error_that_names_it(volume):
    with pytest.raises(InvalidScenario, match="requests_per_month"):
        replace(TODAY, requests_per_month=volume)
    with pytest.raises(InvalidCostInput, match="requests_per_month"):
        Traffic(volume)


def test_e05_no_months_cost_what_is_due_at_the_start():
    for outcome in compared("shop", replace(TODAY, horizon_months=0)).outcomes:
        if outcome.cost:
            assert outcome.total_usd == outcome.cost.one_off.value


@pytest.mark.parametrize("months", [-1, 121, 6.5, True])
def test_e05_a_horizon_is_a_whole_number_of_0_to_120_months(months):
    with pytest.raises(InvalidScenario, match="horizon_months"):
        replace(TODAY, horizon_months=months)


@pytest.mark.parametrize("growth", [-1.0, -3.0])
def test_e06_traffic_cannot_lose_all_or_more_than_all(growth):
    with pytest.raises(InvalidScenario, match="growth_per_month_share"):
        replace(TODAY, growth_per_month_share=growth)
    with pytest.raises(InvalidCostInput, match="growth_per_month_share"):
        Traffic(1.0, growth)


def test_e06_shrinking_traffic_is_allowed_and_cheaper():
    steady, shrinking = (
        totals(compared("shop", replace(TODAY, growth_per_month_share=g))) for g in (0.0, -0.3)
    )
    assert all(shrinking[name] <= usd for name, usd in steady.items())


@pytest.mark.parametrize(
    ("missing", "gated"),
    [
        (
            "documents",
            {"rag": "G8", "long_context": "G8", "rag_rerank": "G8", "rag_tool": "G8", "tuned_rag": "G8"},
        ),
        ("tools", {"tools": "G9", "agent": "G9", "tuned_tools": "G9"}),
    ],
)
def test_e07_what_was_not_uploaded_gates_what_needs_it_and_nothing_else(missing, gated):
    whole, without = everything(SHOP), everything(replace(SHOP, **{missing: ()}))
    for outcome in without.outcomes:
        if outcome.strategy.id in gated:
            assert gate_of(outcome, gated[outcome.strategy.id]).status is Status.FAIL
            assert outcome.cost is None
        elif outcome.strategy.id != "router":  # its long way is another one now
            assert outcome.total_usd == whole.outcome(outcome.strategy.id).total_usd


def test_e07_without_labels_there_is_no_classifier():
    classifier = compared("shop").outcome("classifier")
    assert (classifier.cost, gate_of(classifier, "7.3").status) == (None, Status.FAIL)
    assert compared("intents").outcome("classifier").cost is not None


def test_e08_a_blank_document_gives_no_chunk_is_listed_and_not_embedded():
    chunks = chunk_documents([Document("blank.txt", " \n\t "), PAGES[0]], 200, 0, count_tokens)
    assert chunks.empty_documents == (0,)
    with_blank, without = (
        build_profile(replace(SHOP, documents=documents), ProfileSettings()).knowledge.index_tokens
        for documents in ((Document("blank.txt", "  "), PAGES[0]), PAGES[:1])
    )
    assert with_blank == without


def test_e09_a_row_without_answer_stays_and_takes_the_assumed_length():
    samples = SampleSet(qa=rows(["Known?", "Unknown?"], ["Yes.", ""]))
    plan = everything(samples).outcome("prompting").plan
    written = plan.calls[0].written_tokens
    assert written[1] == TODAY.value("answer_tokens_if_unknown")


def test_e09_more_than_five_percent_without_answer_refuse_the_file():
    lines = [f"q{number},{'' if number < 6 else 'a'}" for number in range(100)]
    reading = read_upload("qa.csv", ("question,answer\n" + "\n".join(lines)).encode(), slot=Slot.QUESTIONS)
    assert reading.qa is None
    assert any("answer" in problem.what for problem in reading.problems)


def test_e10_what_outgrows_the_window_is_billed_whole_and_fails_the_gate():
    samples = SampleSet(qa=rows(["word " * 140_000], ["A."]))
    outcome = everything(samples, replace(JULY_2024, few_shot_examples=0)).outcome("prompting")
    assert gate_of(outcome, "G2").status is Status.FAIL
    assert outcome.cost.per_request.value > 140_000 * 0.15 / 1e6
    assert not outcome.is_ranked


def test_e11_an_over_long_training_row_is_billed_cut_and_named_by_its_row():
    found = training_tokens(np.array([70_000.0, 10.0]), 65_536, 2)
    assert found.billable == 2 * (65_536 + 10)
    samples = SampleSet(qa=rows(["word " * 70_000, *("Q?",) * 30], ["A."] * 31))
    gate = gate_of(everything(samples, JULY_2024).outcome("tuning"), "G3")
    assert gate.status is Status.WARN
    assert re.search(r"\b(row|line)s? 1\b", gate.reason)


def test_e12_a_missing_price_lists_the_strategy_without_ranking_it_and_is_never_0():
    comparison = compared("shop", replace(TODAY, price_date=date(2023, 1, 1)))
    assert len(comparison.outcomes) == len(ALL_STRATEGIES)
    for name in ("prompting", "rag", "tools", "tuning"):
        outcome = comparison.outcome(name)
        assert (outcome.cost, outcome.total_usd, outcome.is_ranked) == (None, None, False)
        assert sureness(comparison, draws=1_000).standing(name) is None


def test_e13_a_price_of_0_is_a_price():
    free = TokenPrice(0.0, 0.0)
    assert cost.call_usd(cost.InputTokens(1000.0), 1000, free) == 0
    outcome = compared("shop", replace(TODAY, host="self-hosted")).outcome("prompting")
    assert outcome.cost.per_request.value == 0
    assert outcome.total_usd > 0


@pytest.mark.parametrize(
    ("field", "make"),
    [
        ("requests_per_month", lambda: replace(TODAY, requests_per_month=-1.0)),
        ("day_rate_usd", lambda: TODAY.with_override("day_rate_usd", -1.0)),
        ("person_days.rag", lambda: TODAY.with_override("person_days.rag", -1.0)),
        ("tool_result_tokens", lambda: TODAY.with_override("tool_result_tokens", -1.0)),
        ("per_request_usd", lambda: CostClasses(0, 0, -1)),
    ],
)
def test_e14_what_cannot_be_negative_is_an_error_that_names_the_field(field, make):
    with pytest.raises((InvalidScenario, InvalidCostInput), match=re.escape(field)):
        make()


@pytest.mark.parametrize("cell", ["1,5", "$3", "nan", "inf", "free"])
def test_e15_a_price_that_is_no_number_is_refused_with_its_cell(cell):
    text = f'host,model,input_mtok,output_mtok\nazure,mine,"{cell}",1\n'
    found = read_overrides(text, "own.csv", DAY)
    assert found.rows == ()
    assert "input_mtok" in found.problems[0].what
    assert cell in found.problems[0].what


@pytest.mark.parametrize(("cell", "value"), [("1.5", 1.5), ("1_000", 1000.0)])
def test_e15_a_point_and_an_underscore_are_read(cell, value):
    text = f"host,model,input_mtok,output_mtok\nazure,mine,{cell},1\n"
    assert read_overrides(text, "own.csv", DAY).rows[0].price.input_mtok == value


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_e15_a_scenario_holds_no_number_that_is_none(value):
    with pytest.raises(InvalidScenario, match="growth_per_month_share"):
        replace(TODAY, growth_per_month_share=value)


def test_e16_identical_strategies_tie_never_cross_and_stand_in_the_order_of_their_names():
    same = {f"person_days.{name}": 5.0 for name in ("retrieved", "prompting")}
    same |= {f"maintenance_hours.{name}": 4.0 for name in ("retrieved", "prompting")}
    scenario = replace(TODAY, few_shot_examples=0, overrides=tuple(sorted(same.items())))
    for ids in (("retrieved", "prompting"), ("prompting", "retrieved")):
        comparison = compared("shop", scenario, ids=ids)
        assert [each.strategy.id for each in comparison.ranked] == ["prompting", "retrieved"]
        assert comparison.crossings == ()
        assert comparison.is_close
        assert "Too close to call" in verdict(comparison).headline
    assert cheapest_shares(np.ones((2, 10))).tolist() == [0.5, 0.5]


def test_e17_every_amount_is_in_one_currency_and_a_rate_at_the_end_changes_no_order():
    comparison = compared("shop")
    for outcome in comparison.outcomes:
        if outcome.cost:
            leaves = [leaf for leaf in outcome.cost.total.leaves() if leaf.kind is Kind.PRICE_LIST]
            assert all(leaf.unit.startswith("USD") for leaf in leaves if "tokens a day" not in leaf.unit)
    usd = [each.total_usd for each in comparison.ranked]
    assert np.argsort([amount * 0.92 for amount in usd], kind="stable").tolist() == list(range(len(usd)))


def test_e18_prices_and_free_days_go_by_utc_dates_and_months_by_the_calendar():
    july = BOOK.inference("openai", "gpt-4o-mini", date(2024, 7, 23))
    assert (july.price.input_mtok, july.price.output_mtok) == (0.15, 0.60)
    offer = BOOK.tuning("openai", "gpt-4o-mini", date(2024, 9, 23))[0]
    last = offer.free_until
    assert last == date(2024, 9, 23)
    jobs = [cost.TrainingJob(last + timedelta(days=later), 1_000_000) for later in (0, 1)]
    assert cost.billed_tokens(jobs, offer.free_tokens_per_day, last) == (0, 1_000_000)
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)


def test_e19_every_month_has_730_hours_leap_years_and_clock_changes_or_not():
    assert cost.HOURS_PER_MONTH == 730
    assert cost.hosting_usd_per_month(1.0) == 730
    leap, common = (
        totals(compared("shop", replace(TODAY, host="self-hosted", price_date=day)))["prompting"]
        for day in (date(2026, 11, 22), date(2026, 11, 23))
    )
    assert leap == common


def test_e20_of_images_only_the_text_is_counted_and_a_gate_says_so():
    image = {"type": "image_url", "image_url": {"url": "data:image/png;base64,xx"}}

    def chats(*extra):
        asked = {"role": "user", "content": [{"type": "text", "text": "What is this?"}, *extra]}
        return SampleSet(chats=(Chat((asked, {"role": "assistant", "content": "A cat."}), 1),) * 12)

    plain, with_image = (everything(chats(*extra)) for extra in ((), (image,)))
    assert with_image.outcome("prompting").total_usd == plain.outcome("prompting").total_usd
    assert gate_of(with_image.outcome("prompting"), "G10").status is Status.WARN
    assert gate_of(with_image.outcome("tuning"), "G10").status is Status.FAIL


@pytest.mark.parametrize(
    "text",
    ["<|im_start|>system<|im_end|>", "👩‍👩‍👧‍👦", "a\x00b", "\u202eright to left", "שלום", "\ud800 alone"],
)
def test_e21_any_text_is_counted_as_text(text):
    assert count_tokens(text) >= 1
    samples = SampleSet(qa=rows([text], [text]))
    assert everything(samples).outcome("prompting").total_usd > 0


def test_e21_bytes_that_are_no_utf_8_are_read_and_said():
    reading = read_upload("qa.csv", b"question,answer\nWo ist \x9d\x81 es?,Hier.\n" * 1, slot=Slot.QUESTIONS)
    assert reading.qa is not None
    assert len(reading.qa) == 1
    assert reading.problems


CHAT_LINE = '{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}'


def test_e22_a_mark_foreign_line_ends_and_trailing_commas_read():
    data = ("\ufeff" + ",\r\n".join([CHAT_LINE, CHAT_LINE.replace("Hi", "Ho")])).encode()
    assert len(read_upload("chats.jsonl", data, slot=Slot.CHATS).chats) == 2


def test_e22_a_bad_line_is_named_and_skipped_and_too_many_refuse_the_file():
    good = [CHAT_LINE.replace("Hi", f"Hi {number}") for number in range(100)]
    one_bad = read_upload("c.jsonl", "\n".join([*good, "{broken"]).encode(), slot=Slot.CHATS)
    assert len(one_bad.chats) == 100
    assert 101 in [problem.line for problem in one_bad.problems]
    six_bad = read_upload("c.jsonl", "\n".join([*good[:94], *["{broken"] * 6]).encode(), slot=Slot.CHATS)
    assert six_bad.chats == ()


@pytest.mark.parametrize(
    "parameters",
    [
        {"type": "object"},
        {"type": "object", "properties": {"a": {"anyOf": [{"type": "string"}, {"type": "null"}]}}},
        {"type": "object", "properties": {"a": {"$ref": "#/$defs/b"}}, "$defs": {"b": {"type": "integer"}}},
        {"type": "object", "properties": {"a": {"$ref": "#/$defs/nowhere"}}},
        {"type": "object", "properties": {"a": {"type": ["string", "null"]}, "b": {}}},
    ],
)
def test_e23_any_tool_schema_is_rendered_and_counted(parameters):
    tool = Tool("f", "", parameters)
    assert "type f" in render_tools([tool.as_openai()])
    assert everything(replace(SHOP, tools=(tool,))).outcome("tools").total_usd > 0


def test_e24_more_examples_than_rows_are_as_many_as_there_are_and_the_figure_says_so():
    samples = SampleSet(qa=rows(["One?", "Two?"], ["1", "2"]))
    many, two = (
        everything(samples, replace(TODAY, few_shot_examples=k)).outcome("prompting") for k in (50, 2)
    )
    assert many.total_usd == two.total_usd
    examples = next(figure for figure in many.plan.quantities if figure.name == "Examples")
    assert (examples.n, examples.note.split()[0]) == (2, "2")


@pytest.mark.parametrize(("labels", "reason"), [([0] * 30, "same label"), ([0, 1, 0, 1], "too few")])
def test_e25_too_little_to_learn_from_is_skipped_with_the_reason(labels, reason):
    texts = [f"text {number}" for number in range(len(labels))]
    found = classifier_baseline(texts, labels, range(len(labels)))
    assert isinstance(found, Skipped)
    assert reason in found.reason


def test_e26_more_chunks_than_there_are_cost_the_real_tokens_of_all():
    samples = replace(SHOP, documents=(Document("a.txt", "Returns are free. " * 5),))
    one, many = (everything(samples, replace(TODAY, chunks_per_request=k)).outcome("rag") for k in (1, 20))
    assert many.total_usd == one.total_usd


def test_e27_an_overlap_as_long_as_a_chunk_is_an_error():
    with pytest.raises(InvalidChunking):
        chunk_count(1000, 100, 100)
    with pytest.raises(InvalidScenario, match="chunk_overlap_tokens"):
        replace(TODAY, chunk_tokens=100, chunk_overlap_tokens=100)


def test_e28_what_always_fails_never_succeeds_and_a_success_has_no_price():
    assert cost.success_share(1.0, 3) == 0
    assert cost.retry_cost_per_success(1.0, 3) == math.inf
    assert cost.usd_per_success(0.01, 0.0) == math.inf
    always = compared("shop", TODAY.with_override("failed_attempt_share", 1.0))
    once = compared("shop")
    for name in ("prompting", "rag"):  # three attempts, each billed, none of use
        three = 3 * once.outcome(name).cost.per_request.value
        assert always.outcome(name).cost.per_request.value == pytest.approx(three, rel=1e-9)


class TestE29Weights:
    def test_e29_all_weights_0_are_an_error(self):
        with pytest.raises(InvalidCriteria, match="All weights are 0"):
            weighted_sum([[0.1, 0.2]], [0, 0])

    def test_e29_one_criterion_gives_the_plain_order_and_equals_tie(self):
        assert ranks(weighted_sum([[0.1], [0.9], [0.5]], [1])) == (3, 1, 2)
        assert ranks(weighted_sum([[0.5, 0.5]] * 3, [1, 2])) == (1, 1, 1)


def test_e30_equal_anchors_are_an_error():
    with pytest.raises(InvalidCriteria, match="must differ"):
        Anchor(1.0, 1.0)


def test_e31_below_a_thousand_draws_no_probability_is_shown():
    few, enough = (sureness(compared("shop"), draws=draws).standings for draws in (999, 1_000))
    assert all(each.cheapest_share is None and each.half_width is None for each in few)
    assert all(each.cheapest_share is not None for each in enough)
    assert "too few for a probability" in standing_sentences(few[0], "RAG", 999)[0]


def test_e32_a_volume_beyond_the_limit_is_shown_as_out_of_reach():
    free = replace(TODAY, prompt_caching=False)
    limited = replace(free, requests_per_minute_limit=20.0)
    said = [
        next(
            r
            for r in verdict(compared("shop", each, ids=("prompting", "tuning"))).reasons
            if "requests a month" in r
        )
        for each in (free, limited)
    ]
    assert "not reachable" not in said[0]
    assert "not reachable at the current limit" in said[1]


def test_e33_of_very_many_rows_a_seeded_sample_is_searched_and_the_figure_says_how_many(monkeypatch):
    monkeypatch.setattr("crossover.profile.knowledge.MOST_QUESTIONS_SEARCHED", 10)
    outcome = everything(SHOP).outcome("rag")
    context = next(figure for figure in outcome.plan.quantities if figure.name == "Context, mean")
    assert context.n == 10
    again = everything(SHOP).outcome("rag")
    assert again.total_usd == outcome.total_usd


def test_e34_the_same_data_settings_and_seed_give_the_same_figures():
    one, again = (everything(SHOP) for _ in range(2))
    assert totals(one) == totals(again)
    assert one.outcome("rag").cost.total == again.outcome("rag").cost.total
    there_and_back = replace(replace(TODAY, horizon_months=3), horizon_months=TODAY.horizon_months)
    assert totals(everything(SHOP, there_and_back)) == totals(one)


def test_e35_a_prefix_below_the_providers_minimum_says_how_many_tokens_are_missing():
    rule = CacheRule(CachePolicy.INCREMENT)
    assert cost.cacheable_tokens(rule, [1_004, 1_024], 2_000).tolist() == [0, 1_024]
    samples = replace(SHOP, instructions="word " * 900)
    scenario = replace(TODAY, host="azure", model="gpt-4o-mini", few_shot_examples=0)
    outcome = everything(samples, scenario).outcome("prompting")
    shared = round(outcome.plan.calls[0].shared_prefix_tokens)
    assert shared < 1_024
    prices = call_prices(outcome.plan, outcome.subject.quote, scenario)
    figure = hit_share_figure(outcome.plan, prices, scenario)
    assert figure in outcome.cost.per_request.inputs
    assert f"not cacheable ({shared:,} of 1,024 tokens)" in figure.note
    assert f"{1_024 - shared:,} more" in figure.note


def test_e35_a_prefix_that_is_long_enough_has_no_such_note():
    scenario = replace(TODAY, host="azure", model="gpt-4o-mini")
    outcome = everything(replace(SHOP, instructions="word " * 2_000), scenario).outcome("prompting")
    prices = call_prices(outcome.plan, outcome.subject.quote, scenario)
    assert hit_share_figure(outcome.plan, prices, scenario).note == ""


def test_e36_outside_its_dates_the_free_allowance_is_ignored_and_a_note_says_so():
    def training(day):
        outcome = compared("shop", replace(JULY_2024, price_date=day)).outcome("tuning")
        return next(line.figure for line in outcome.cost.lines if line.name.startswith("Training, "))

    inside, outside = training(date(2024, 9, 1)), training(date(2024, 9, 24))
    assert inside.value == 0.0
    assert any("through 2024-09-23" in leaf.name for leaf in inside.leaves())
    assert outside.value > 0
    assert not any("Free training tokens" in leaf.name for leaf in outside.leaves())
    price = next(leaf for leaf in outside.leaves() if leaf.name == "Training price")
    assert "free period" in price.note
    assert "not applied" in price.note


def test_e37_a_crossing_lies_in_months_from_the_start_and_has_a_date():
    a, b = CostClasses(0.0, 1_000.0, 0.0), CostClasses(3_500.0, 0.0, 0.0)
    crossing = cost.all_crossings(a, b, Traffic(1.0))[0]
    assert round(crossing.month, 2) == 3.5  # 3,500 / 1,000 a month
    assert add_months(DAY, int(crossing.month)) == date(2027, 2, 22)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_e38_a_cell_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert neutralised(text) == f"'{text}"
    assert neutralised("plain") == "plain"


def test_e38_a_hostile_file_name_reaches_an_export_as_text():
    hostile = '=HYPERLINK("http://example.com")'
    reading = read_upload(hostile, b"question,answer\nWhere?,Here.\n", slot=Slot.QUESTIONS)
    samples = SampleSet(qa=reading.qa, files=(reading.file,))
    cells = [cell for row in csv.reader(io.StringIO(csv_text(everything(samples)))) for cell in row]
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)


def test_all_thirty_eight_edge_cases_are_here():
    module = sys.modules[__name__]
    holders = [module, *(each for name, each in vars(module).items() if name.startswith("TestE"))]
    names = " ".join(name for holder in holders for name in vars(holder) if name.startswith("test_e"))
    assert {int(number) for number in re.findall(r"test_e(\d\d)_", names)} == set(range(1, 39))
