"""The brief as a workbook with live formulas and native charts, for whoever wants to change an input.

Every formula is the model's (MODEL.md 3.1, 3.2); cache hit rates and token counts stay as decided.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from xlsxwriter import Workbook
from xlsxwriter.utility import quote_sheetname
from xlsxwriter.worksheet import Worksheet

from crossover.numbers import share, usd
from crossover.report.brief import CACHING_NOTE, Brief
from crossover.report.brief_marks import style_of
from crossover.report.brief_parts import BriefStrategy
from crossover.report.brief_provenance import KIND_WORDS
from crossover.report.workbook_cells import Cells, Formats, Sheets, sheets_of
from crossover.report.workbook_strategy import FIRST_MONTH_ROW, LAST_FIGURES, strategy_sheet
from crossover.words import day_words, mark, say

_SUMMARY, _INPUTS, _SOURCES, _FIGURES = mark("Summary"), mark("Inputs"), mark("Sources"), mark("Figures")
_CHART_DASHES = {
    "solid": "solid",
    "dash": "dash",
    "dot": "round_dot",
    "dashdot": "dash_dot",
    "longdash": "long_dash",
    "longdashdot": "long_dash_dot",
}
_HEADS = (
    mark("Strategy"),
    mark("Rank as decided"),
    mark("Total, USD"),
    mark("Per 1,000 requests, USD"),
    mark("First month, USD"),
    mark("One-off, USD"),
    mark("Cheapest in"),
    mark("Regret, USD"),
    mark("What stands in the way"),
)
_SOURCE_HEADS = (
    mark("Number"),
    mark("Input"),
    mark("Value"),
    mark("Unit"),
    mark("Low"),
    mark("High"),
    mark("Kind"),
    mark("Source"),
    mark("As of"),
    mark("Rows"),
    mark("Note"),
    mark("Set by the team"),
)
_INPUT_HEADS = (mark("Input"), mark("Value"), mark("Unit"), mark("Source"), mark("Name in formulas"))
_FIGURE_HEADS = (
    mark("Strategy"),
    mark("Figure"),
    mark("Value as decided"),
    mark("Unit"),
    mark("Weakest input"),
    mark("Formula"),
    mark("Inputs"),
)


def workbook(brief: Brief) -> bytes:
    """An XLSX file: Summary, Inputs, one calculation per strategy, Sources (issue 7, MODEL.md E38).

    Changing a cell on Inputs recalculates every total; text can never become a formula or a link.
    """
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(target, options) as book:
        sheets = sheets_of(brief, Formats.of(book))
        summary = book.add_worksheet(say(_SUMMARY))
        _inputs_sheet(book, sheets)
        for row in sheets.costed:
            strategy_sheet(book, sheets, row)
        _sources_sheet(book, sheets)
        _figures_sheet(book, sheets)
        _summary_sheet(book, summary, sheets)
    return target.getvalue()


def _inputs_sheet(book: Workbook, sheets: Sheets) -> None:
    """The cells a person may change, each with a name the formulas use."""
    cells = Cells(book.add_worksheet(say(_INPUTS)), sheets.formats)
    cells.said_head(0, _INPUT_HEADS)
    for row, given in enumerate(sheets.named, start=1):
        cells.text(row, 0, given.label)
        cells.number(row, 1, given.value, sheets.formats.input)
        cells.texts(row, 2, (say(given.unit), given.source, given.name))
        book.define_name(given.name, f"={quote_sheetname(say(_INPUTS))}!$B${row + 1}")
    how = say("Change a coloured cell and every total follows.")
    cells.text(len(sheets.named) + 2, 0, f"{how} {say(CACHING_NOTE)}")
    whole = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": sheets.months}
    cells.sheet.data_validation(sheets.row_of("Horizon"), 1, sheets.row_of("Horizon"), 1, whole)
    cells.widths(44, 16, 26, 60, 20)


def _summary_sheet(book: Workbook, sheet: Worksheet, sheets: Sheets) -> None:
    cells, brief = Cells(sheet, sheets.formats), sheets.brief
    cells.text(0, 0, brief.title or "Crossover", sheets.formats.title)
    cells.text(1, 0, brief.headline, sheets.formats.bold)
    cells.text(2, 0, " ".join(_about(brief)))
    cells.text(3, 0, say("Ask: {contact}", contact=brief.contact) if brief.contact else "")
    cells.text(4, 0, brief.note)
    cells.said_head(6, _HEADS)
    for place, row in enumerate(brief.strategies):
        _summary_row(cells, sheets, 7 + place, row)
    below = 8 + len(brief.strategies)
    for place, line in enumerate((*brief.reasons, "", say("What would change the answer:"), *brief.flips)):
        cells.text(below + place, 0, line)
    cells.widths(34, 10, 14, 14, 14, 14, 12, 12, 60)
    _charts(book, sheet, sheets, below + len(brief.reasons) + len(brief.flips) + 4)


def _about(brief: Brief) -> Iterator[str]:
    yield say(
        "Made on {made} with prices as of {prices}.",
        made=brief.made_on,
        prices=brief.price_date,
    )
    if brief.is_demo:
        yield say("DEMO DATA: the figures are those of an invented company.")


def _summary_row(cells: Cells, sheets: Sheets, at: int, row: BriefStrategy) -> None:
    cells.text(at, 0, row.label, sheets.formats.bold)
    cells.text(at, 1, str(row.rank) if row.rank else say("not ranked"))
    if row.cost is not None:
        sheet = sheets.name_of(row)
        values = (
            row.cost.total_usd,
            row.cost.per_1000_requests_usd,
            row.cost.first_month_usd,
            row.cost.one_off_usd,
        )
        for column, (address, value) in enumerate(zip(LAST_FIGURES, values, strict=True), start=2):
            cells.formula(at, column, f"={quote_sheetname(sheet)}!{address}", value)
    if row.standing is not None:
        often = row.standing.cheapest_share
        cells.text(at, 6, "" if often is None else share(often))
        cells.text(at, 7, usd(row.standing.regret_usd))
    cells.text(at, 8, " ".join(gate.reason for gate in row.gates))


def _charts(book: Workbook, sheet: Worksheet, sheets: Sheets, at: int) -> None:
    """Native charts of what the formulas say: spending by month, and the totals."""
    if not sheets.costed:
        return
    lines, bars = book.add_chart({"type": "line"}), book.add_chart({"type": "bar"})
    last = FIRST_MONTH_ROW + sheets.brief.horizon_months
    for row in sheets.costed:
        style, name = style_of(row.id), sheets.name_of(row)
        line = {
            "color": style.colour,
            "width": 2.25,
            "dash_type": _CHART_DASHES.get(style.dash, "solid"),
        }
        lines.add_series(
            {
                "name": row.label,
                "categories": [name, FIRST_MONTH_ROW, 0, last, 0],
                "values": [name, FIRST_MONTH_ROW, 6, last, 6],
                "line": line,
            }
        )
    costed = [place for place, row in enumerate(sheets.brief.strategies) if row.cost is not None]
    first, end = 7 + costed[0], 7 + costed[-1]
    bars.add_series(
        {
            "name": say("Total, USD"),
            "categories": [say(_SUMMARY), first, 0, end, 0],
            "values": [say(_SUMMARY), first, 2, end, 2],
            "points": [
                {"fill": {"color": style_of(row.id).colour}}
                for row in sheets.brief.strategies[costed[0] : costed[-1] + 1]
            ],
        }
    )
    lines.set_title({"name": say("Spent by the end of each month, USD")})
    lines.set_x_axis({"name": say("Months from the start")})
    lines.set_y_axis({"num_format": "#,##0"})
    bars.set_title({"name": say("Total over the horizon, USD")})
    bars.set_y_axis({"reverse": True})
    bars.set_x_axis({"num_format": "#,##0"})
    bars.set_legend({"none": True})
    sheet.insert_chart(at, 0, lines, {"x_scale": 1.4, "y_scale": 1.3})
    sheet.insert_chart(at, 5, bars, {"x_scale": 1.4, "y_scale": 1.3})


def _sources_sheet(book: Workbook, sheets: Sheets) -> None:
    """Every input with its provenance; the numbers are those of the Figures sheet."""
    cells = Cells(book.add_worksheet(say(_SOURCES)), sheets.formats)
    cells.said_head(0, _SOURCE_HEADS)
    for row, given in enumerate(sheets.brief.inputs, start=1):
        cells.number(row, 0, row)
        cells.text(row, 1, given.name)
        cells.number(row, 2, given.value)
        cells.text(row, 3, say(given.unit))
        cells.number(row, 4, given.low)
        cells.number(row, 5, given.high)
        as_of = day_words(given.as_of) if given.as_of else ""
        cells.texts(row, 6, (say(KIND_WORDS[given.kind]), given.source, as_of))
        cells.number(row, 9, given.n)
        cells.texts(row, 10, (given.note, say("yes") if given.is_own else ""))
    cells.widths(8, 40, 14, 24, 12, 12, 14, 60, 12, 8, 50, 8)


def _figures_sheet(book: Workbook, sheets: Sheets) -> None:
    """Every shown figure as decided: value, what it rests on, and the numbers of its inputs."""
    cells = Cells(book.add_worksheet(say(_FIGURES)), sheets.formats)
    cells.said_head(0, _FIGURE_HEADS)
    shown = (
        (row.label, each)
        for row in sheets.brief.strategies
        for each in (*(row.cost.figures if row.cost else ()), *row.criteria)
    )
    for at, (label, each) in enumerate(shown, start=1):
        cells.texts(at, 0, (label, each.name))
        cells.number(at, 2, each.value)
        places = ", ".join(str(place + 1) for place in each.inputs)
        cells.texts(at, 3, (say(each.unit), say(KIND_WORDS[each.kind]), each.source, places))
    cells.widths(30, 34, 16, 24, 14, 50, 40)
