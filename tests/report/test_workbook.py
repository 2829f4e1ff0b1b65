"""The workbook calculates what the page shows, at the volume decided for and at another one."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from brief_samples import SCENARIO, demo

from crossover.comparison import compare
from crossover.demo import load_demo
from crossover.prices import load_price_book
from crossover.report.brief_volume import at_volume
from crossover.report.workbook import workbook
from crossover.words import in_language

ABSENT = "LibreOffice absent"
HOSTILE = ('=HYPERLINK("https://x.example","y")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "<b>&'\"</b>")
VOLUME = 7_300_000
# two strategies that train, one on machines of its own, growth and a horizon with two retrainings
RICH = replace(SCENARIO, growth_per_month_share=0.04, horizon_months=15)
_, BRIEF = demo(RICH, title="Help desk")
DATA = workbook(BRIEF)
SUMMARY_ROW = 8


def opened(data, **how):
    return openpyxl.load_workbook(io.BytesIO(data), **how)


def summary(book, brief=BRIEF, sheet="Summary"):
    """The numbers of the Summary sheet by strategy: total, per 1,000 requests, first month, one-off."""
    last = SUMMARY_ROW + len(brief.strategies) - 1
    rows = book[sheet].iter_rows(min_row=SUMMARY_ROW, max_row=last, values_only=True)
    return {row[0]: row[2:6] for row in rows}


def numbers(cost):
    return (cost.total_usd, cost.per_1000_requests_usd, cost.first_month_usd, cost.one_off_usd)


def cell_of(book, name):
    """The cell a name stands for."""
    sheet, address = book.defined_names[name].attr_text.split("!")
    return book[sheet.strip("'")][address.replace("$", "")]


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory):
    """A function that changes named cells and lets LibreOffice calculate every formula anew."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip(f"{ABSENT}: apt-get install --no-install-recommends libreoffice-calc")
    folder = tmp_path_factory.mktemp("office")

    def calculate(data, **changes):
        book = opened(data)  # formulas without their values, so that none can be left over
        for name, value in changes.items():
            cell_of(book, name).value = value
        book.save(folder / "changed.xlsx")
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        target = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out")]
        command = [program, "--headless", profile, *target, str(folder / "changed.xlsx")]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return openpyxl.load_workbook(folder / "out" / "changed.xlsx", data_only=True)

    return calculate


def test_libreoffice_gets_the_totals_of_the_page(recalculated):
    found = summary(recalculated(DATA))
    for row in BRIEF.strategies:
        if row.cost:
            assert found[row.label] == pytest.approx(numbers(row.cost), rel=1e-9)


def test_libreoffice_gets_the_totals_of_another_volume(recalculated):
    found = summary(recalculated(DATA, Volume=VOLUME))
    for row in at_volume(BRIEF, VOLUME):
        if row.cost:
            assert found[row.label] == pytest.approx(numbers(row.cost), rel=1e-9)


def test_libreoffice_gets_what_a_comparison_gets_with_other_inputs(recalculated):
    """Volume, growth, horizon and day rate at once: nothing but the cells was told."""
    scenario = replace(RICH, prompt_caching=False)
    _, brief = demo(scenario)
    book = recalculated(workbook(brief), Volume=2e6, Growth=-0.02, Horizon=29, Day_rate=930)
    other = replace(scenario, requests_per_month=2e6, growth_per_month_share=-0.02, horizon_months=29)
    again = compare(load_demo("en"), other.with_override("day_rate_usd", 930.0), load_price_book())
    found = summary(book, brief)
    for outcome in again.ranked:
        assert found[outcome.strategy.label][0] == pytest.approx(outcome.total_usd, rel=1e-9)


def test_a_dearer_price_costs_its_units_more(recalculated):
    row = BRIEF.ranked[0]
    part = next(part for part in row.cost.unit_costs if part.price is not None)
    old = BRIEF.inputs[part.price].value
    found = summary(recalculated(DATA, **{f"Price_{part.price + 1}": old + 1}))
    dearer = 1000 * (row.cost.costs.per_request_usd + part.units)
    assert found[row.label][1] == pytest.approx(dearer, rel=1e-9)


def test_programs_that_do_not_calculate_show_the_same_numbers():
    found = summary(opened(DATA, data_only=True))
    for row in BRIEF.strategies:
        if row.cost:
            assert found[row.label] == pytest.approx(numbers(row.cost), rel=1e-12)


def test_every_month_is_a_formula_and_ends_where_the_brief_does():
    formulas, values = opened(DATA), opened(DATA, data_only=True)
    row = BRIEF.ranked[0]
    name = next(each for each in formulas.sheetnames if each.endswith(row.label))
    heads = [cell.value for cell in formulas[name]["A"]]
    first = heads.index("Month") + 2
    for month, usd in enumerate(row.cost.cumulative_usd):
        assert str(formulas[name].cell(first + month, 7).value).startswith("=")
        assert values[name].cell(first + month, 7).value == pytest.approx(usd, rel=1e-12)


def test_inputs_have_names_and_every_name_is_used():
    book = opened(DATA)
    formulas = " ".join(
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    )
    for name in book.defined_names:
        assert re.search(rf"\b{name}\b", formulas), f"{name} moves nothing"
    assert {"Volume", "Growth", "Horizon", "Day_rate"} <= set(book.defined_names)


def test_every_input_stands_on_the_sources_sheet_with_where_it_is_from():
    rows = list(opened(DATA)["Sources"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(BRIEF.inputs)
    for row, given in zip(rows, BRIEF.inputs, strict=True):
        assert (row[1], row[7]) == (given.name, given.source)
        assert row[2] == pytest.approx(given.value, rel=1e-15)  # a workbook keeps 16 digits
        assert row[8] == (given.as_of.isoformat() if given.as_of else None)


def test_there_are_native_charts():
    names = zipfile.ZipFile(io.BytesIO(DATA)).namelist()
    charts = [name for name in names if name.startswith("xl/charts/chart")]
    assert len(charts) == 2


@pytest.mark.parametrize("words", HOSTILE)
def test_words_never_become_formulas_links_or_broken_files(words):
    rows = tuple(replace(row, label=words, host=words, model=words) for row in BRIEF.strategies)
    inputs = tuple(replace(given, name=words, source=words, note=words) for given in BRIEF.inputs)
    changed = replace(BRIEF, title=words, note=words, contact=words, strategies=rows, inputs=inputs)
    plain, book = opened(DATA), opened(workbook(changed))
    assert len(book.sheetnames) == len(plain.sheetnames)
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            assert cell.hyperlink is None
            if cell.data_type == "f":
                assert "HYPERLINK(" not in cell.value
            elif isinstance(cell.value, str):
                assert not cell.value.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_comparison_without_any_cost_is_a_workbook_as_well(tmp_path: Path):
    _, brief = demo(replace(SCENARIO, model="a model nobody sells", extra_strategies=()))
    assert opened(workbook(brief)).sheetnames == ["Summary", "Inputs", "Sources", "Figures"]


@pytest.mark.parametrize("horizon", [0, 1, 120])
def test_any_horizon_fits(horizon):
    _, brief = demo(replace(SCENARIO, horizon_months=horizon, extra_strategies=()))
    found = summary(opened(workbook(brief), data_only=True), brief)
    for row in brief.ranked:
        assert found[row.label] == pytest.approx(numbers(row.cost))


@pytest.fixture(scope="module")
def german():
    """The same decision as a workbook with German sheets, heads and words."""
    with in_language("de"):
        _, brief = demo(RICH, title="Help desk")
        return brief, workbook(brief)


def test_a_german_workbook_has_german_sheets_that_its_names_find(german):
    _, data = german
    book = opened(data)
    assert {"Übersicht", "Eingaben", "Quellen", "Zahlen"} <= set(book.sheetnames)
    assert not {"Summary", "Inputs", "Sources", "Figures"} & set(book.sheetnames)
    assert cell_of(book, "Volume").value == RICH.requests_per_month
    assert set(book.defined_names) == set(opened(DATA).defined_names)


def test_libreoffice_gets_the_same_totals_from_a_german_workbook(german, recalculated):
    brief, data = german
    found = summary(recalculated(data, Volume=VOLUME, Day_rate=600), brief, "Übersicht")
    for row in at_volume(brief, VOLUME):
        if row.cost:
            assert found[row.label] == pytest.approx(numbers(row.cost), rel=1e-9)
