"""The Prices page opened by itself: find a price, its source and history, changes, own prices, the replay."""

from __future__ import annotations

import csv
import io
import json
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as hs
from streamlit.testing.v1 import AppTest

from crossover.prices import HOSTS, load_price_book, tuning_place
from crossover.prices.overrides import read_overrides
from crossover.scenario import Scenario
from crossover.words import in_language
from ui import price_warm
from ui.price_download import price_csv
from ui.price_file import FILE_EXAMPLES
from ui.price_list import listed_rows
from ui.price_market import price_words
from ui.price_own_cells import (
    Currency,
    InvalidOwnPrice,
    cells_of,
    currency_of,
    discounted_cells,
    own_cells,
)
from ui.price_row import PriceRow, Purpose
from ui.price_rows import price_rows

ROOT = Path(__file__).resolve().parents[2]
TODAY, JULY_2024 = date(2026, 11, 22), date(2024, 7, 23)
MARKUP = "![](http://tracker.example/x.png) <b>x</b>"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The age of a price must not depend on the day the tests run."""
    monkeypatch.setattr("ui.session.today", lambda: TODAY)


@pytest.fixture
def page() -> AppTest:
    return opened()


def opened(day: date = TODAY, language: str = "en") -> AppTest:
    app = AppTest.from_file(ROOT / "pages" / "prices.py", default_timeout=60)
    app.session_state["crossover.language"] = language
    app.session_state["crossover.scenario"] = Scenario(price_date=day)
    app.run()
    assert not app.exception, app.exception
    return app


def listed(app: AppTest) -> pd.DataFrame:
    return app.dataframe[0].value


def words(app: AppTest) -> str:
    """All markdown and captions, without the escapes."""
    return "\n".join(part.value for part in (*app.markdown, *app.caption)).replace("\\", "")


def rows(on: date = TODAY, **more: bool) -> tuple[PriceRow, ...]:
    return price_rows(load_price_book(), on, **more)


def test_the_page_opens_with_prices_of_every_purpose():
    assert {row.purpose for row in rows()} == set(Purpose)
    opened()


@pytest.mark.parametrize("on", [JULY_2024, date(2025, 6, 1), TODAY])
def test_every_known_price_of_a_day_leads_to_its_source(on):
    unsourced = [row.title for row in rows(on) if row.usd is not None and row.source is None]
    assert unsourced == []
    assert all(row.source.url.startswith("https://") for row in rows(on) if row.source)


@pytest.mark.parametrize("on", [JULY_2024, TODAY])
def test_no_figure_in_the_list_lacks_the_link_to_its_page(on):
    table = listed(opened(on))
    figures = table[table["Price"].str.contains(r"\d") & ~table["Price"].str.startswith("ended")]
    assert len(figures) > (10 if on == JULY_2024 else 250)
    assert figures["Source"].str.startswith("https://").all()
    assert set(table[table["Source"].isna()]["Price"]) <= {"price unknown", "unknown"}


def test_no_figure_of_the_other_tables_lacks_the_link_to_its_page(page):
    tables = [frame.value for frame in page.dataframe[1:] if "Source" in frame.value.columns]
    assert tables
    assert all(table["Source"].str.startswith("https://").all() for table in tables)


def test_every_host_is_listed_with_a_tuning_price_or_the_word_that_there_is_none():
    tuning = [row for row in rows() if row.purpose is Purpose.TUNING]
    assert {row.host for row in tuning} == set(HOSTS)
    without = {row.host: row for row in tuning if row.item == "tuning"}
    assert {host: row.price for host, row in without.items()} == {
        "google": "not offered",
        "google-vertex": "price unknown",
        "mistral": "price unknown",
        "cohere": "ended 2025-09-15",
        "aws-bedrock": "price unknown",
        "anthropic": "not offered",
    }
    assert "4 USD" in without["mistral"].facts["What is known"]
    assert "Undated source" in without["mistral"].facts["What is known"]


def test_the_csv_says_price_unknown_for_a_vendor_and_never_zero():
    table = csv.DictReader(io.StringIO(price_csv(rows(), TODAY)))
    vendors = {row["host"]: row["price"] for row in table if row["id"] == "tuning"}
    assert vendors["Mistral AI"] == vendors["AWS Bedrock"] == "price unknown"
    assert "0" not in {text.split()[0] for text in vendors.values()}


def places_shown() -> None:
    """The section of the Compare page, as a page of its own."""
    # AppTest takes the body of this function as a script, which imports what it needs itself
    from ui import cached, prices_view, session  # noqa: PLC0415

    prices_view.tuning_section(cached.comparison(session.scenario()))


@pytest.mark.parametrize("on", [date(2025, 12, 1), TODAY])
def test_where_tuning_can_be_bought_names_every_host_and_no_zero_for_the_unknown(on):
    app = AppTest.from_function(places_shown, default_timeout=60)
    app.session_state["crossover.scenario"] = Scenario(price_date=on)
    app.run()
    assert not app.exception, app.exception
    table = app.dataframe[0].value.set_index("At")
    assert set(table.index) == set(HOSTS.values())
    assert table.index[0] == "Azure AI Foundry"  # the scenario's own host first
    assert table.loc["Cohere", "Training, USD/M"] == "ended 2025-09-15"
    assert table.loc["Mistral AI", "Training, USD/M"] == "price unknown"
    own = "3.85 an hour" if on == TODAY else "price unknown"  # no GPU price is known before 2026-08-19
    assert table.loc["Self-hosted", "Training, USD/M"] == own


def test_on_the_first_day_without_new_jobs_openai_has_ended_though_its_price_row_lasts_a_day_longer():
    openai = tuning_place(load_price_book(), "openai", "gpt-4o-mini", date(2027, 1, 6))
    assert openai.offer is not None
    assert price_words(openai) == "ended 2027-01-06"


def test_a_store_price_nobody_can_date_is_listed_without_an_amount():
    undated = [row for row in rows() if row.price == "day unknown"]
    assert {(row.host, row.usd) for row in undated} == {("pinecone", None), ("supabase", None)}
    assert all("used for no date" in row.facts["Why it is not used"] for row in undated)


def test_a_model_on_your_own_machine_costs_an_explicit_zero_and_says_what_is_paid_instead():
    own = next(row for row in rows() if (row.host, row.item) == ("self-hosted", "gpt-oss-20b"))
    assert own.price == "0.00 in / 0.00 out; the machine instead"
    assert "by the hour" in own.source.note


def test_no_two_rows_share_a_key():
    keys = [row.key for row in rows(with_absent=True)]
    assert len(keys) == len(set(keys))


def test_at_least_forty_models_of_eight_hosts_are_listed_today():
    models = [row for row in rows() if row.purpose is Purpose.INFERENCE and row.usd is not None]
    assert len({(row.host, row.item) for row in models}) >= 40
    assert len({row.host for row in models}) >= 8


def test_unknown_is_listed_as_unknown_and_not_as_zero():
    nova = next(row for row in rows() if row.purpose is Purpose.TUNING and row.item == "nova-micro")
    assert (nova.price, nova.usd) == ("unknown", None)


def test_a_model_shut_down_is_listed_only_on_demand_with_the_day_it_ended():
    assert not [row for row in rows() if (row.host, row.item) == ("openai", "gpt-3.5-turbo")]
    gone = [row for row in rows(with_absent=True) if (row.host, row.item) == ("openai", "gpt-3.5-turbo")]
    assert [row.price for row in gone] == ["shut down 2026-10-23"]


def test_another_day_reprices_the_page_and_the_scenario(page):
    page.date_input(key="prices.price_date").set_value(JULY_2024).run()
    assert "on 2024-07-23" in words(page)
    assert page.session_state["crossover.scenario"].price_date == JULY_2024


def test_search_takes_every_word(page):
    page.text_input(key="prices.search").set_value("GPT-4o mini openai inference").run()
    assert set(listed(page)["Name"]) == {"GPT-4o mini"}
    assert set(listed(page)["At"]) == {"OpenAI"}


def test_the_filter_shows_one_purpose_only(page):
    page.button_group(key="prices.purposes").set_value(["Embedding"]).run()
    assert set(listed(page)["For"]) == {"Embedding"}


def test_sorting_by_price_puts_the_cheapest_first_and_unknown_last(page):
    page.button_group(key="prices.purposes").set_value(["Tuning"]).run()
    page.selectbox(key="prices.order").set_value("Price, lowest first").run()
    prices = list(listed(page)["Price"])
    amounts = [float(text.split()[0]) for text in prices if text[0].isdigit()]
    assert amounts == sorted(amounts)
    unknown = prices[len(amounts) :]
    assert {"unknown", "price unknown"} <= set(unknown)
    assert not [text for text in unknown if text[0].isdigit()]


def test_nothing_found_says_what_to_do(page):
    page.text_input(key="prices.search").set_value("no such thing").run()
    assert "Shorten the search" in page.info[0].value


def test_the_list_as_csv_shows_unknown_as_unknown_and_every_page_in_full():
    table = list(csv.DictReader(io.StringIO(price_csv(rows(), TODAY))))
    assert len(table) == len(rows())
    nova = next(row for row in table if row["id"] == "nova-micro" and row["for"] == "Tuning")
    assert nova["price"] == "unknown"
    assert all(row["source"].startswith("https://") for row in table)


def test_the_page_is_german_and_its_file_stays_english(monkeypatch):
    files: list[str] = []
    monkeypatch.setattr(
        "streamlit.download_button", lambda _label, data, **_more: files.append(data().decode("utf-8-sig"))
    )
    app = opened(language="de")
    with in_language("de"):  # the test harness formats options itself, outside of the session
        app.button_group(key="prices.purposes").set_value(["Tuning"]).run()
    table = listed(app)
    assert {"Name", "Preis", "Anbieter", "Wofür"} <= set(table.columns)
    assert "Preis unbekannt" in set(table["Preis"])
    assert f"Preise von {len(rows())} am 22.11.2026" in words(app)
    tuning = [row for row in rows() if row.purpose is Purpose.TUNING]
    assert sorted(files[-1].splitlines()) == sorted(price_csv(tuning, TODAY).splitlines())


def test_the_row_shown_in_detail_stays_when_the_language_changes(page):
    detail(page, Purpose.TUNING, "openai", "gpt-4o-mini", "sft, global")
    page.session_state["crossover.language"] = "de"
    page.run()
    assert not page.exception, page.exception
    assert page.selectbox(key="prices.detail").value == "Tuning|openai|gpt-4o-mini|sft, global"
    assert "Für Neukunden: für Neukunden geschlossen seit 07.05.2026" in words(page)


def test_a_decimal_comma_is_taken_where_german_is_spoken_and_refused_where_not():
    amounts = {"input_mtok": "0,15", "output_mtok": "0.60"}
    with pytest.raises(InvalidOwnPrice, match=r"like 0\.15"):
        own_cells("openai", "m", amounts)
    with in_language("de"):
        cells = dict(own_cells("openai", "m", amounts))
    assert (cells["input_mtok"], cells["output_mtok"]) == ("0.15", "0.60")


def test_a_name_that_is_a_formula_stays_text_in_the_csv():
    bad = replace(rows()[0], label="=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in price_csv([bad], TODAY)


@pytest.mark.parametrize("place", range(4))
def test_each_example_of_a_price_file_can_be_read(place):
    example = list(FILE_EXAMPLES.values())[place]
    found = read_overrides(example, "example", TODAY)
    assert (len(found.rows), found.problems) == (1, ())


def detail(app: AppTest, purpose: Purpose, host: str, model: str, variant: str = "") -> AppTest:
    key = "|".join((purpose.value, host, model, variant))
    app.selectbox(key="prices.detail").set_value(key).run()
    assert not app.exception, app.exception
    return app


def test_a_price_in_detail_shows_history_grade_source_and_countdown(page):
    text = words(detail(page, Purpose.INFERENCE, "openai", "gpt-4o-mini"))
    assert "grade A" in text
    assert "stops in 53 days, on 2027-01-14" in text  # 9 days of November, 31 of December, 13 to the 14th
    assert "from 2024-07-18 until 2024-10-01: input 0.15, output 0.60" in text
    assert "https://developers.openai.com" in text
    specs = [json.loads(chart.proto.spec) for chart in page.get("plotly_chart")]
    assert specs[0]["data"][0]["line"]["shape"] == "hv"


def test_a_price_read_long_ago_is_amber(page):
    text = words(detail(page, Purpose.INFERENCE, "azure", "gpt-oss-20b"))
    assert ":orange-badge[read 103 days ago, read it again]" in text  # 2026-08-11 to 2026-11-22


def test_july_2024_lists_the_tuning_price_of_the_article():
    text = words(detail(opened(JULY_2024), Purpose.TUNING, "openai", "gpt-4o-mini", "sft, global"))
    assert "3.00 training; tuned 0.30 in / 1.20 out" in text
    assert "2,000,000 tokens a day until 2024-09-23" in text


def changed(app: AppTest) -> pd.DataFrame:
    return next(frame.value for frame in app.dataframe if "What changed" in frame.value.columns)


def test_what_changed_names_the_day_the_change_and_its_page(page):
    found = changed(page)
    notice = found[(found["Model"] == "GPT-6 Luna") & (found["For"] == "inference")].iloc[0]
    assert str(notice["Day"]) == "2026-09-22"
    assert "new price: input 0.10, output 0.50" in notice["What changed"]
    assert notice["Source"].startswith("https://")
    assert found["Source"].notna().all()


def test_days_in_the_wrong_order_are_explained(page):
    page.date_input(key=f"prices.since.{TODAY}").set_value(TODAY).run()
    assert any("first day that lies before" in info.value for info in page.info)


def test_two_models_are_compared_with_how_many_times_as_much(page):
    page.selectbox(key=f"prices.pair.first.{TODAY}").set_value(("azure", "gpt-oss-20b")).run()
    page.selectbox(key=f"prices.pair.second.{TODAY}").set_value(("openai", "gpt-4o-mini")).run()
    table = page.table[0].value
    assert table.iloc[0].tolist() == ["0.07", "0.15", "× 2.14"]  # 0.15 / 0.07
    assert "unknown" in table.iloc[:, 0].tolist()


def test_a_day_without_any_price_explains_every_empty_part():
    app = opened(date(2020, 1, 1))
    assert len(app.info) >= 4
    assert all(info.value.rstrip().endswith(".") for info in app.info)


def test_the_decision_over_time_names_a_real_event_and_links_its_source(page):
    text = words(page)
    assert "tuning closed to new customers from 2026-05-07" in text
    assert "takes the lead from" in text
    assert "2025-11-01" in text
    assert "Source: [" in text


def test_following_no_other_model_replays_the_scenario_alone(page):
    page.multiselect(key="replay.models.azure.gpt-oss-20b").set_value([]).run()
    assert "nothing can be chosen yet" in words(page)
    assert "no known price before 2025-11-01" in words(page)


def test_a_discount_acts_is_shown_as_yours_and_can_be_undone(page):
    page.selectbox(key="own.discount.model").set_value(("openai", "gpt-6-luna"))
    page.number_input(key="own.discount.percent").set_value(20.0)
    page.button(key="own.discount.add").click().run()
    text = words(detail(page, Purpose.INFERENCE, "openai", "gpt-6-luna"))
    assert "0.08 in / 0.40 out" in text  # 0.10 and 0.50 less a fifth
    assert "your own price" in text
    assert "20 % off the listed price" in text
    page.button(key="own-undo-0").click().run()
    assert "0.10 in / 0.50 out" in words(page)
    assert not [button for button in page.button if str(button.key).startswith("own-undo")]


def test_own_prices_are_undone_one_by_one(page):
    for model in (("openai", "gpt-6-luna"), ("anthropic", "claude-haiku-4-5")):
        page.selectbox(key="own.discount.model").set_value(model)
        page.button(key="own.discount.add").click().run()
    page.button(key="own-undo-0").click().run()
    assert "2 of your own" not in words(page)
    assert "1 of your own" in words(page)


def test_a_second_discount_on_the_same_model_replaces_the_first(page):
    for percent in (10.0, 30.0):
        page.selectbox(key="own.discount.model").set_value(("openai", "gpt-6-luna"))
        page.number_input(key="own.discount.percent").set_value(percent)
        page.button(key="own.discount.add").click().run()
    text = words(page)
    assert "30 % off" in text
    assert "10 % off" not in text


def type_price(app: AppTest, **values: str) -> AppTest:
    for name, value in values.items():
        app.text_input(key=f"own.{name}").set_value(value)
    app.button(key="own.add").click().run()
    assert not app.exception, app.exception
    return app


def test_a_private_model_is_priced_and_its_name_is_only_text(page):
    type_price(page, model=MARKUP, input_mtok="0.1", output_mtok="0.4", note=MARKUP)
    page.text_input(key="prices.search").set_value("tracker").run()
    assert list(listed(page)["Price"]) == ["0.10 in / 0.40 out"]
    assert list(listed(page)["Grade"]) == ["yours"]
    assert listed(page)["Source"].isna().all()
    assert not [part.value for part in (*page.markdown, *page.caption) if "![](http" in part.value]


def test_another_currency_needs_its_rate_and_its_day(page):
    page.text_input(key="own.currency").set_value("EUR")
    type_price(page, model="mine", input_mtok="0.1", output_mtok="0.4")
    assert "which day" in page.error[0].value
    page.date_input(key="own.rate_date").set_value(date(2026, 11, 2))
    type_price(page, model="mine", input_mtok="0.1", output_mtok="0.4", rate="1.1")
    assert not page.error
    assert "input 0.11, output 0.44 (converted at 1.1 USD per EUR, rate of 2026-11-02)" in words(page)


def test_a_word_in_place_of_a_price_is_refused_with_an_example(page):
    type_price(page, model="mine", input_mtok="cheap", output_mtok="0.4")
    assert "0.15" in page.error[0].value.replace("\\", "")


def test_an_output_price_left_out_is_refused_and_nothing_is_added(page):
    type_price(page, model="mine", input_mtok="0.1")
    assert "output" in page.error[0].value
    assert not [button for button in page.button if str(button.key).startswith("own-undo")]


def drop(app: AppTest, name: str, text: str) -> AppTest:
    app.file_uploader(key="prices-drop-0").upload(name, text.encode(), "text/csv").run()
    assert not app.exception, app.exception
    return app


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("own.csv", "host,model,input_mtok,output_mtok\nopenai,gpt-6-luna,0.08,0.40\n"),
        (
            "litellm.json",
            '{"gpt-6-luna": {"litellm_provider": "openai", "input_cost_per_token": 8e-8,'
            ' "output_cost_per_token": 4e-7}}',
        ),
        (
            "genai.json",
            '[{"id": "openai", "models": [{"id": "gpt-6-luna", "prices":'
            ' {"input_mtok": 0.08, "output_mtok": 0.4}}]}]',
        ),
    ],
)
def test_a_price_file_in_each_shape_is_taken_over(page, name, text):
    drop(page, name, text)
    page.button(key="own.take_over").click().run()
    assert "0.08 in / 0.40 out" in words(detail(page, Purpose.INFERENCE, "openai", "gpt-6-luna"))
    assert f"from {name}" in words(page)


def test_an_entry_that_cannot_be_read_is_named_with_its_line(page):
    drop(page, "own.csv", "host,model,input_mtok,output_mtok\nopenai,a,x,1\nopenai,b,1,2\n")
    assert "Line 2:" in words(page)
    page.button(key="own.take_over").click().run()
    assert "1 of your own" in words(page)


def litellm_map(entries: int) -> str:
    """A map of that many models of eight hosts; three in ten are no chat price, as in the real one."""
    hosts = ("openai", "azure", "gemini", "anthropic", "groq", "deepinfra", "mistral", "bedrock")
    odd = (
        {"mode": "embedding", "input_cost_per_token": 2e-08, "output_cost_per_token": 0.0},
        {"mode": "image_generation", "input_cost_per_image": 0.04},
        {"mode": "chat", "input_cost_per_token": 0.0, "output_cost_per_token": 0.0},
    )
    chat = {"mode": "chat", "input_cost_per_token": 3e-07, "output_cost_per_token": 9e-07}
    facts = {f"supports_{what}": True for what in ("vision", "tool_choice", "prompt_caching", "pdf_input")}
    facts |= {"max_tokens": 128_000, "supported_endpoints": ["/v1/chat/completions"] * 20}
    listed = {
        f"{hosts[n % 8]}/model-{n}": facts
        | {"litellm_provider": hosts[n % 8]}
        | (odd[n % 10] if n % 10 < len(odd) else chat)
        for n in range(entries - 1)
    }
    known = {"gpt-6-luna": {"litellm_provider": "openai", **chat}}
    return json.dumps(listed | known, indent=4)


def genai_list(models: int) -> str:
    """A provider list of that many models; one in ten has no output price, one in ten two dated prices."""
    prices = {"input_mtok": 0.3, "output_mtok": 0.9}
    later = [
        {"prices": prices},
        {"constraint": {"start_date": "2027-01-01"}, "prices": {**prices, "input_mtok": 0.6}},
    ]
    kinds = [prices] * 8 + [{"input_mtok": 0.02}, later]
    match = {"or": [{"equals": f"an-alias-of-the-model-{n}"} for n in range(14)]}
    providers = [
        {
            "id": f"host-{host}",
            "models": [
                {"id": f"model-{n}", "match": match, "prices": kinds[n % 10]} for n in range(host, models, 40)
            ],
        }
        for host in range(40)
    ]
    return json.dumps(providers, indent=2)


@pytest.mark.parametrize(
    ("name", "text", "read", "left_out"),
    [
        ("litellm.json", litellm_map(2_500), 1_750, 750),  # three in ten of 2,500 are no chat price
        ("genai.json", genai_list(2_500), 2_500, 250),  # 2,000 plain, 250 with two prices each
    ],
    ids=["litellm", "genai"],
)
def test_a_whole_price_map_is_read_in_bounded_time_and_says_what_was_not_taken(
    page, name, text, read, left_out
):
    assert len(text) > 2_000_000
    started = time.perf_counter()
    drop(page, name, text)
    assert time.perf_counter() - started < 5
    labels = [expander.label for expander in page.expander]
    assert f"{left_out} entries are no chat price and not taken" in labels
    assert f"{read - 100:,} prices that are not taken" in labels
    assert any(f"of {read:,} in" in box.label for box in page.multiselect)
    started = time.perf_counter()
    page.button(key="own.take_over").click().run()
    assert not page.exception, page.exception
    assert time.perf_counter() - started < 10
    assert "100 of your own" in words(page)


def test_of_a_long_file_hosts_and_words_choose_what_is_taken(page):
    drop(page, "litellm.json", litellm_map(2_500))
    page.multiselect(key="prices-drop-0.hosts").set_value(["openai"])
    page.text_input(key="prices-drop-0.search").set_value("gpt-6").run()
    page.button(key="own.take_over").click().run()
    assert "1 of your own" in words(page)
    text = words(detail(page, Purpose.INFERENCE, "openai", "gpt-6-luna"))
    assert "0.30 in / 0.90 out" in text  # 3e-07 and 9e-07 a token


def test_warming_up_lists_the_day_and_replays_the_demo_for_everybody(monkeypatch):
    price_warm.warm(TODAY)
    assert listed_rows(TODAY) == rows()

    def again(*_):
        raise AssertionError("computed a second time")

    monkeypatch.setattr("ui.replay_view.replay", again)
    monkeypatch.setattr("ui.price_list.price_rows", again)
    opened()  # a visitor of the demo pays for neither


def test_a_file_that_is_no_price_list_says_what_one_looks_like(page):
    drop(page, f"{MARKUP}.csv", "question,answer\na,b\n")
    assert "needs the columns host, model" in words(page)


BOOK = load_price_book()
PRICED = [
    row
    for model in BOOK.models(TODAY)
    for row in (BOOK.inference(model.host, model.model, TODAY), *BOOK.tuning(model.host, model.model, TODAY))
    if row
]


@pytest.mark.parametrize("row", PRICED[::9], ids=lambda row: f"{row.host} {row.model}")
def test_a_row_written_as_cells_reads_back_as_the_same_price(row):
    (back,) = read_overrides(json.dumps([dict(cells_of(row))]), "x", TODAY).rows
    names = ("host", "model", "valid_from", "valid_to")
    names += (
        ("price", "region") if hasattr(row, "price") else ("tuned", "hosting_usd_per_hour", "mode", "tier")
    )
    assert {name: getattr(back, name) for name in names} == {name: getattr(row, name) for name in names}


@given(hs.floats(0.5, 100), hs.sampled_from(PRICED))
def test_a_discount_never_raises_a_price_and_leaves_unknown_unknown(percent, row):
    before, after = dict(cells_of(row)), dict(discounted_cells(row, percent))
    assert set(after) - {"note"} == set(before) - {"note"}
    prices = [name for name in before if name.endswith(("_mtok", "_usd", "_hour"))]
    assert all(Decimal(after[name]) <= Decimal(before[name]) for name in prices)
    assert after.get("long_from_tokens") == before.get("long_from_tokens")


@pytest.mark.parametrize("percent", [0, -5, 101])
def test_a_discount_outside_0_to_100_percent_is_refused(percent):
    with pytest.raises(InvalidOwnPrice):
        discounted_cells(PRICED[0], percent)


def test_an_amount_in_another_currency_is_converted_exactly():
    euro = Currency("EUR", Decimal("1.08"), TODAY)
    cells = dict(
        own_cells(
            "openai",
            "m",
            {"input_mtok": "0.15", "output_mtok": "0.60", "cached_input_mtok": " "},
            currency=euro,
        )
    )
    assert Decimal(cells["input_mtok"]) == Decimal("0.162")  # 0.15 × 1.08
    assert "cached_input_mtok" not in cells


def test_us_dollars_need_no_rate():
    assert currency_of(" usd ", "", None) is None


@pytest.mark.parametrize("amount", ["-1", "nan", "inf", "0,15"])
def test_an_amount_that_is_no_price_is_refused(amount):
    with pytest.raises(InvalidOwnPrice):
        own_cells("openai", "m", {"input_mtok": amount, "output_mtok": "1"})
