"""The comparison as JSON: valid against its schema, the page's numbers, and nothing anybody uploaded."""

from __future__ import annotations

import copy
import csv
import io
import json
from dataclasses import replace
from datetime import date

import jsonschema
import pytest

from crossover.comparison import compare
from crossover.demo import load_demo
from crossover.figure import Figure, Kind, assumed, derived
from crossover.gates import Status
from crossover.numbers import usd
from crossover.prices import load_price_book
from crossover.report import (
    COMPARISON_SCHEMA,
    COMPARISON_VERSION,
    comparison_json,
    csv_text,
    headline_figures,
    horizon_shares,
    json_text,
    request_shares,
    summary_text,
)
from crossover.report.comparison_figures import figure_json, number, stale_prices
from crossover.report.comparison_provenance import horizon_summands, parts_by_name
from crossover.samples import Chat, Document, QaTable, SampleSet, SourceFile, Tool
from crossover.samples.types import Slot
from crossover.scenario import Scenario, StrategyModel
from crossover.strategies import ALL_STRATEGIES, Part
from crossover.whatif import sureness

TODAY = Scenario(price_date=date(2026, 11, 22))
JULY_2024 = Scenario(
    price_date=date(2024, 7, 23), host="openai", model="gpt-4o-mini", prompt_caching=False, preset="july_2024"
)
BOOK = load_price_book()
DEMO = load_demo("en")
ONE_SAMPLE = SampleSet(qa=QaTable(("Why?",), ("Because.",), (2,)))

CASES = {
    "demo": (DEMO, TODAY, None),
    "july_2024": (DEMO, JULY_2024, None),
    "fourteen": (DEMO, TODAY, ALL_STRATEGIES),
    "missing_price": (DEMO, replace(TODAY, model="nobody-sells-this"), None),
    "one_sample": (ONE_SAMPLE, TODAY, None),
    "no_requests": (DEMO, replace(TODAY, requests_per_month=0), None),
    "no_horizon": (DEMO, replace(TODAY, horizon_months=0), None),
    "two_models": (
        DEMO,
        replace(TODAY, strategy_models=(StrategyModel("rag", "openai", "gpt-6-luna"),)),
        None,
    ),
}


@pytest.fixture(scope="module")
def schema(root):
    return json.loads((root / "docs" / "comparison.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def made():
    """Each case's comparison, its sureness and its JSON, made once."""
    found = {}

    def make(case):
        if case not in found:
            samples, scenario, strategies = CASES[case]
            comparison = compare(samples, scenario, BOOK, strategies)
            sure = sureness(comparison)
            found[case] = comparison, sure, strictly_read(json_text(comparison, sure))
        return found[case]

    return make


def strictly_read(text):
    """JSON as its standard has it: no NaN, no Infinity."""

    def refuse(constant):
        raise AssertionError(f"{constant} is no JSON")

    return json.loads(text, parse_constant=refuse)


def errors(schema, content):
    return [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(content)]


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def figures_in(value):
    """Every figure and leaf anywhere in the JSON."""
    if isinstance(value, dict):
        if {"value", "unit", "kind", "source"} <= set(value):
            yield value
        for part in value.values():
            yield from figures_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from figures_in(part)


# ---------------------------------------------------------------- the schema


def test_the_schema_is_one_and_carries_the_version(schema):
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["properties"]["schema"] == {"const": COMPARISON_SCHEMA}
    assert schema["properties"]["version"] == {"const": COMPARISON_VERSION}


@pytest.mark.parametrize("case", CASES)
def test_every_comparison_is_valid_against_the_schema(case, made, schema):
    assert errors(schema, made(case)[2]) == []


def _without(*path):
    def change(content):
        for key in path[:-1]:
            content = content[key]
        del content[path[-1]]

    return change


def _with(value, *path):
    def change(content):
        for key in path[:-1]:
            content = content[key]
        content[path[-1]] = value

    return change


@pytest.mark.parametrize(
    "breach",
    [
        _without("seed"),
        _without("outcomes", 0, "cost", "total", "weakest"),
        _without("sureness", "standings", 0, "regret_usd"),
        _with("new", "surprise"),
        _with(2, "version"),
        _with("yes", "demo"),
        _with("22.11.2026", "day"),
        _with("12", "outcomes", 0, "cost", "total", "value"),
        _with("guessed", "outcomes", 0, "cost", "total", "kind"),
        _with(1.5, "sureness", "standings", 0, "cheapest_share"),
        _with({"question": 1.0, "magic": 0.5}, "outcomes", 0, "cost", "by_part_usd"),
        _with([], "outcomes", 0, "cost", "cumulative_usd"),
        _with("maybe", "outcomes", 0, "gates"),
    ],
)
def test_the_schema_refuses_a_breach(breach, made, schema):
    content = copy.deepcopy(made("demo")[2])
    breach(content)
    assert errors(schema, content)


def test_every_name_the_schema_requires_is_described_in_words(root, schema):
    page = (root / "docs" / "comparison-json.md").read_text(encoding="utf-8")
    objects = [schema, *schema["$defs"].values()]
    named = {name for each in objects for name in each.get("properties", {})}
    assert [name for name in sorted(named) if f"`{name}`" not in page] == []


# ---------------------------------------------------------------- the page's numbers


@pytest.mark.parametrize("case", ["demo", "fourteen", "july_2024"])
def test_the_json_holds_what_the_comparison_found(case, made):
    comparison, sure, content = made(case)
    assert [each["id"] for each in content["outcomes"]] == [each.strategy.id for each in comparison.outcomes]
    for outcome, shown in zip(comparison.outcomes, content["outcomes"], strict=True):
        assert shown["is_ranked"] == outcome.is_ranked
        assert shown["status"] == outcome.status
        if outcome.cost is None:
            assert shown["cost"] is None
            continue
        assert shown["cost"]["total"]["value"] == outcome.cost.total.value
        assert shown["cost"]["cumulative_usd"] == outcome.cost.cumulative.tolist()
        assert sum(shown["cost"]["by_part_usd"].values()) == pytest.approx(
            shown["cost"]["per_request"]["value"], rel=1e-12
        )
    assert [each["strategy"] for each in content["sureness"]["standings"]] == [
        each.strategy for each in sure.standings
    ]


def test_the_head_says_what_was_compared_and_the_scenario_can_be_given_back(made):
    comparison, _, content = made("july_2024")
    assert (content["day"], content["seed"], content["demo"], content["n"]) == ("2024-07-23", 1, True, 60)
    assert content["model"] == {"host": "openai", "host_label": "OpenAI", "model": "gpt-4o-mini"}
    assert Scenario.from_mapping(content["scenario"]) == comparison.scenario


@pytest.mark.parametrize("case", ["demo", "fourteen", "no_requests"])
def test_every_figure_of_the_csv_stands_in_the_json(case, made):
    comparison, sure, content = made(case)
    by_label = {each["label"]: each for each in content["outcomes"]}
    standings = {each["strategy"]: each for each in content["sureness"]["standings"]}
    checked = 0
    for row in rows_of(csv_text(comparison, sure)):
        outcome = by_label[row["strategy"]]
        value = float(row["value"]) if row["value"] and row["kind"] else None
        if row["figure"].startswith("Gate "):
            assert row["value"] in [gate["status"] for gate in outcome["gates"]]
        elif "runs, seed" in row["source"]:
            assert value in standings[outcome["id"]].values()
        else:
            assert (row["figure"], value, row["unit"], row["kind"]) in {
                (each["name"], each["value"], each["unit"], each["kind"]) for each in figures_in(outcome)
            }
        checked += 1
    assert checked > 100


def test_every_headline_figure_stands_in_the_csv_and_the_total_only_once(made):
    comparison, sure, _ = made("demo")
    rows = rows_of(csv_text(comparison, sure))
    for outcome in comparison.outcomes:
        own = [row for row in rows if row["strategy"] == outcome.strategy.label]
        for figure in headline_figures(outcome):
            assert [
                row for row in own if row["figure"] == figure.name and float(row["value"]) == figure.value
            ]
        assert len([row for row in own if row["figure"] == "Total over 12 months"]) == 1


def test_the_csv_without_draws_is_the_same_without_the_standings(made):
    comparison, sure, _ = made("demo")
    with_draws = csv_text(comparison, sure).splitlines()
    assert csv_text(comparison).splitlines() == [line for line in with_draws if "runs, seed" not in line]
    assert len(with_draws) - len(csv_text(comparison).splitlines()) == 5 * 4


def test_flips_and_bars_name_inputs_and_strategies_that_are_there(made):
    for case in ("demo", "fourteen"):
        _, _, content = made(case)
        inputs = {each["name"] for each in content["sureness"]["inputs"]}
        strategies = {each["id"] for each in content["outcomes"]}
        flips, bars = content["sureness"]["flips"], content["sureness"]["tornado"]["bars"]
        assert {each["input"] for each in (*flips, *bars)} <= inputs
        assert {each[end] for each in flips for end in ("leader", "other")} <= strategies
        assert [flip for flip in flips if flip["value"] is not None and flip["is_plausible"]]


def test_two_models_are_told_apart_and_their_gap_is_split(made):
    _, _, content = made("two_models")
    models = {each["id"]: each["model"]["model"] for each in content["outcomes"]}
    assert (models["rag"], models["prompting"]) == ("gpt-6-luna", "gpt-oss-20b")
    (gap,) = content["gaps"]
    assert gap["other"] == "rag"
    assert gap["model_usd"] + gap["strategy_usd"] == pytest.approx(gap["gap_usd"], rel=1e-9)


def test_a_discount_rate_puts_the_present_value_into_both_files():
    rated = compare(ONE_SAMPLE, replace(TODAY, discount_per_year_share=0.1), BOOK)
    plain = compare(ONE_SAMPLE, TODAY, BOOK)
    (found,) = [each for each in comparison_json(rated)["outcomes"] if each["id"] == "prompting"]
    assert found["cost"]["present_value"]["value"] < found["cost"]["total"]["value"]
    cells = {(row["strategy"], row["figure"]): row["value"] for row in rows_of(csv_text(rated))}
    assert float(cells[found["label"], "Present value"]) == found["cost"]["present_value"]["value"]
    assert "Present value" not in csv_text(plain)


def test_spreads_have_the_mean_of_the_outcomes_and_no_interval_below_five_rows(made):
    _, _, content = made("demo")
    means = {each["id"]: each["cost"]["per_request"]["value"] for each in content["outcomes"]}
    for spread in content["spreads"]:
        assert spread["mean_usd"] == pytest.approx(means[spread["strategy"]], rel=1e-12)
        low, high = spread["ci_usd"]
        assert low <= spread["mean_usd"] <= high
    _, _, single = made("one_sample")
    assert [each["ci_usd"] for each in single["spreads"]] == [None] * len(single["spreads"])
    assert single["spreads"]


# ---------------------------------------------------------------- unknown is null


def test_without_a_price_costs_are_null_and_no_zero_stands_in(made):
    _, _, content = made("missing_price")
    assert [each["cost"] for each in content["outcomes"]] == [None] * 4
    assert content["verdict"]["leader"] is None
    assert content["worth"] is None
    assert content["sureness"]["tornado"] is None


def test_without_requests_the_all_in_cost_per_request_is_null(made):
    comparison, sure, content = made("no_requests")
    for outcome in content["outcomes"]:
        assert outcome["cost"]["all_in_per_request"]["value"] is None
    cells = rows_of(csv_text(comparison, sure))
    assert {row["value"] for row in cells if row["figure"] == "All-in per request"} == {""}


def test_a_cost_per_correct_answer_when_none_is_correct_is_null():
    scenario = replace(TODAY, success_shares=(("prompting", 0.0),))
    content = strictly_read(json_text(compare(ONE_SAMPLE, scenario, BOOK)))
    (found,) = [each["quality"] for each in content["outcomes"] if each["id"] == "prompting"]
    assert found[0]["name"] == "Per correct answer"
    assert found[0]["value"] is None


@pytest.mark.parametrize(
    ("value", "shown"), [(float("inf"), None), (float("nan"), None), (None, None), (0, 0.0)]
)
def test_only_finite_numbers_are_numbers(value, shown):
    assert number(value) == shown


# ---------------------------------------------------------------- figures


def test_a_figure_lists_each_leaf_once_and_is_as_weak_as_the_weakest():
    price = Figure(
        2.0, "USD", Kind.PRICE_LIST, "https://prices.example", as_of=date(2026, 1, 2), name="Price"
    )
    guess = assumed(3.0, "runs", "a guess", name="Runs", ci=(1.0, 4.0))
    once = derived(6.0, "USD", "runs x price", price, guess, name="Once")
    shown = figure_json(derived(12.0, "USD", "twice", once, once, name="Twice"))
    assert [leaf["name"] for leaf in shown["inputs"]] == ["Price", "Runs"]
    assert (shown["kind"], shown["weakest"]) == ("derived", "assumption")
    assert shown["inputs"][0]["as_of"] == "2026-01-02"
    assert shown["inputs"][1]["ci"] == [1.0, 4.0]
    assert figure_json(price)["inputs"] == []


def test_prices_read_more_than_90_days_before_the_day_are_named_once():
    price = Figure(
        2.0, "USD", Kind.PRICE_LIST, "https://prices.example", as_of=date(2026, 1, 1), name="Price"
    )
    both = (price, derived(4.0, "USD", "twice", price))
    assert stale_prices(both, date(2026, 4, 1)) == []  # 90 days
    assert stale_prices(both, date(2026, 4, 2)) == [
        {"name": "Price", "source": "https://prices.example", "as_of": "2026-01-01"}
    ]


# ---------------------------------------------------------------- provenance shares


def test_all_requests_all_lines_and_the_machines_add_up_to_the_total(made):
    comparison, _, _ = made("fourteen")
    machines = [outcome for outcome in comparison.outcomes if outcome.cost and outcome.cost.classes.machines]
    assert machines
    for outcome in comparison.outcomes:
        if outcome.cost:
            added = sum(figure.value for figure in horizon_summands(outcome))
            assert added == pytest.approx(outcome.cost.total.value, rel=1e-9)


@pytest.mark.parametrize("case", ["demo", "fourteen", "one_sample"])
def test_shares_of_kinds_add_up_to_one(case, made):
    for outcome in made(case)[0].outcomes:
        if outcome.cost is None:
            continue
        assert sum(horizon_shares(outcome).values()) == pytest.approx(1)
        shares = request_shares(outcome.cost)
        assert (
            shares is None
            if outcome.cost.per_request.value == 0
            else sum(shares.values()) == pytest.approx(1)
        )


def test_per_request_only_the_part_that_rests_on_an_assumption_counts_as_one(made):
    # the demo's questions, answers, instructions and examples are counted and priced from a list; what
    # the model reasons before it answers is assumed
    cost = made("demo")[0].outcome("prompting").cost
    reasoning = cost.by_part[Part.REASONING] / cost.per_request.value
    shares = request_shares(cost)
    assert 0 < reasoning < 1
    assert shares[Kind.ASSUMPTION] == pytest.approx(reasoning)
    assert shares[Kind.PRICE_LIST] == pytest.approx(1 - reasoning)


def test_over_the_horizon_only_what_volume_and_guesses_leave_alone_is_more_than_assumed(made):
    # hosting a tuned model: 12 months at a listed price per hour, whatever the number of requests
    outcome = made("demo")[0].outcome("tuning")
    (hosting,) = [line for line in outcome.cost.lines if line.name == "Hosting the tuned model"]
    shares = horizon_shares(outcome)
    assert shares[Kind.PRICE_LIST] == pytest.approx(12 * hosting.figure.value / outcome.cost.total.value)
    assert shares[Kind.MEASURED] == 0


def test_a_share_that_moves_every_call_weighs_on_every_part(made):
    shares = request_shares(made("fourteen")[0].outcome("router").cost)
    assert shares[Kind.ASSUMPTION] == 1


def test_every_input_that_is_tied_to_parts_of_a_request_still_has_that_name():
    bare = replace(DEMO, qa=replace(DEMO.qa, answers=("",) * len(DEMO.qa)), chats=())
    cached = Scenario(price_date=date(2024, 11, 23), host="openai", model="gpt-4o-mini")
    worlds = [(DEMO, TODAY), (DEMO, cached), (bare, TODAY), (DEMO, replace(TODAY, host="on-device"))]
    names = {
        figure.name
        for samples, scenario in worlds
        for outcome in compare(samples, scenario, BOOK, ALL_STRATEGIES).outcomes
        if outcome.cost
        for figure in outcome.cost.per_request.inputs
    }
    assert set(parts_by_name()) - names == set()


# ---------------------------------------------------------------- nothing of the upload


def test_no_row_of_an_upload_is_in_the_json_the_csv_or_the_summary():
    canary = "Zebrafinch-9931"
    rows = [f"{canary} number {row}: what is the rule for {row} days?" for row in range(24)]
    chat = Chat(({"role": "user", "content": rows[0]}, {"role": "assistant", "content": rows[1]}), 1)
    tool = Tool(f"look_up_{canary}", rows[2], {"type": "object", "properties": {canary: {"type": "string"}}})
    samples = SampleSet(
        qa=QaTable(tuple(rows), tuple(rows[::-1]), tuple(range(2, 26)), ids=tuple(rows)),
        chats=(chat,) * 12,
        documents=(Document(f"{canary}.md", " ".join(rows)),),
        tools=(tool,),
        instructions=rows[3],
        files=(SourceFile("questions.csv", "ab" * 32, Slot.QUESTIONS, 10),),
    )
    comparison = compare(samples, TODAY, BOOK, ALL_STRATEGIES)
    sure = sureness(comparison)
    for text in (json_text(comparison, sure), csv_text(comparison, sure), summary_text(comparison, sure)):
        assert canary.lower() not in text.lower()
    assert "questions.csv [abababab]" in json_text(comparison, sure)


# ---------------------------------------------------------------- stable and readable


def test_the_same_comparison_gives_the_same_bytes_with_and_without_its_draws(made):
    comparison, sure, content = made("demo")
    again = compare(DEMO, TODAY, BOOK)
    assert json_text(again) == json_text(comparison, sure)
    assert comparison_json(again) == content


def test_another_seed_moves_the_draws_and_no_cost(made):
    _, _, content = made("demo")
    other = comparison_json(compare(DEMO, replace(TODAY, seed=2), BOOK))
    assert other["outcomes"] == content["outcomes"]
    assert other["sureness"]["standings"] != content["sureness"]["standings"]


def test_the_summary_says_demo_verdict_and_one_line_for_each_strategy(made):
    comparison, sure, content = made("demo")
    lines = summary_text(comparison, sure).splitlines()
    assert lines[0].startswith("Demo data")
    assert content["verdict"]["headline"] in lines
    for outcome in comparison.outcomes:
        (line,) = [line for line in lines if line.startswith(f"{outcome.strategy.label}  ")]
        assert usd(outcome.total_usd) in line


def test_the_summary_says_why_a_strategy_is_not_ranked():
    comparison = compare(ONE_SAMPLE, TODAY, BOOK)
    text = summary_text(comparison, sureness(comparison))
    rag = comparison.outcome("rag")
    failing = next(gate for gate in rag.gates if gate.status is Status.FAIL)
    (line,) = [line for line in text.splitlines() if line.startswith("RAG ") and "unknown" in line]
    assert line.endswith(f"not ranked: {failing.label}")
    assert not text.startswith("Demo data")
