"""The brief as a workbook with live formulas and native charts, for whoever wants to change an input.

Every formula is the model's (MODEL.md 3.1, 3.2); cache hit rates and token counts stay as decided.
"""

from __future__ import annotations

import io

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from crossover.numbers import share, usd
from crossover.report.brief import CACHING_NOTE, Brief
from crossover.report.brief_marks import style_of
from crossover.report.brief_parts import BriefStrategy
from crossover.report.brief_provenance import KIND_WORDS
from crossover.report.workbook_cells import Cells, Formats, Sheets, sheets_of
from crossover.report.workbook_strategy import FIRST_MONTH_ROW, LAST_FIGURES, strategy_sheet

_SUMMARY = "Summary"
_CHART_DASHES = {
    "solid": "solid",
    "dash": "dash",
    "dot": "round_dot",
    "dashdot": "dash_dot",
    "longdash": "long_dash",
    "longdashdot": "long_dash_dot",
}
_HEADS = (
    "Strategy",
    "Rank as decided",
    "Total, USD",
    "Per 1,000 requests, USD",
    "First month, USD",
    "One-off, USD",
    "Cheapest in",
    "Regret, USD",
    "What stands in the way",
)
_SOURCE_HEADS = (
    "Number",
    "Input",
    "Value",
    "Unit",
    "Low",
    "High",
    "Kind",
    "Source",
    "As of",
    "Rows",
    "Note",
    "Set by the team",
)


def workbook(brief: Brief) -> bytes:
    """An XLSX file: Summary, Inputs, one calculation per strategy, Sources (issue 7, MODEL.md E38).

    Changing a cell on Inputs recalculates every total; text can never become a formula or a link.
    """
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(target, options) as book:
        sheets = sheets_of(brief, Formats.of(book))
        summary = book.add_worksheet(_SUMMARY)
        _inputs_sheet(book, sheets)
        for row in sheets.costed:
            strategy_sheet(book, sheets, row)
        _sources_sheet(book, sheets)
        _figures_sheet(book, sheets)
        _summary_sheet(book, summary, sheets)
    return target.getvalue()


def _inputs_sheet(book: Workbook, sheets: Sheets) -> None:
    """The cells a person may change, each with a name the formulas use."""
    cells = Cells(book.add_worksheet("Inputs"), sheets.formats)
    cells.head(0, ("Input", "Value", "Unit", "Source", "Name in formulas"))
    for row, given in enumerate(sheets.named, start=1):
        cells.text(row, 0, given.label)
        cells.number(row, 1, given.value, sheets.formats.input)
        cells.texts(row, 2, (given.unit, given.source, given.name))
        book.define_name(given.name, f"=Inputs!$B${row + 1}")
    cells.text(len(sheets.named) + 2, 0, f"Change a coloured cell and every total follows. {CACHING_NOTE}")
    whole = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": sheets.months}
    cells.sheet.data_validation(sheets.row_of("Horizon"), 1, sheets.row_of("Horizon"), 1, whole)
    cells.widths(44, 16, 26, 60, 20)


def _summary_sheet(book: Workbook, sheet: Worksheet, sheets: Sheets) -> None:
    cells, brief = Cells(sheet, sheets.formats), sheets.brief
    cells.text(0, 0, brief.title or "Crossover", sheets.formats.title)
    cells.text(1, 0, brief.headline, sheets.formats.bold)
    made = f"Made on {brief.made_on.isoformat()} with prices as of {brief.price_date.isoformat()}."
    demo = " DEMO DATA: the figures are those of an invented company." if brief.is_demo else ""
    cells.text(2, 0, made + demo)
    cells.text(3, 0, f"Ask: {brief.contact}" if brief.contact else "")
    cells.text(4, 0, brief.note)
    cells.head(6, _HEADS)
    for place, row in enumerate(brief.strategies):
        _summary_row(cells, sheets, 7 + place, row)
    below = 8 + len(brief.strategies)
    for place, line in enumerate((*brief.reasons, "", "What would change the answer:", *brief.flips)):
        cells.text(below + place, 0, line)
    cells.widths(34, 10, 14, 14, 14, 14, 12, 12, 60)
    _charts(book, sheet, sheets, below + len(brief.reasons) + len(brief.flips) + 4)


def _summary_row(cells: Cells, sheets: Sheets, at: int, row: BriefStrategy) -> None:
    cells.text(at, 0, row.label, sheets.formats.bold)
    cells.text(at, 1, str(row.rank) if row.rank else "not ranked")
    if row.cost is not None:
        sheet = sheets.name_of(row)
        values = (
            row.cost.total_usd,
            row.cost.per_1000_requests_usd,
            row.cost.first_month_usd,
            row.cost.one_off_usd,
        )
        for column, (address, value) in enumerate(zip(LAST_FIGURES, values, strict=True), start=2):
            cells.formula(at, column, f"='{sheet}'!{address}", value)
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
            "name": "Total, USD",
            "categories": [_SUMMARY, first, 0, end, 0],
            "values": [_SUMMARY, first, 2, end, 2],
            "points": [
                {"fill": {"color": style_of(row.id).colour}}
                for row in sheets.brief.strategies[costed[0] : costed[-1] + 1]
            ],
        }
    )
    lines.set_title({"name": "Spent by the end of each month, USD"})
    lines.set_x_axis({"name": "Months from the start"})
    lines.set_y_axis({"num_format": "#,##0"})
    bars.set_title({"name": "Total over the horizon, USD"})
    bars.set_y_axis({"reverse": True})
    bars.set_x_axis({"num_format": "#,##0"})
    bars.set_legend({"none": True})
    sheet.insert_chart(at, 0, lines, {"x_scale": 1.4, "y_scale": 1.3})
    sheet.insert_chart(at, 5, bars, {"x_scale": 1.4, "y_scale": 1.3})


def _sources_sheet(book: Workbook, sheets: Sheets) -> None:
    """Every input with its provenance; the numbers are those of the Figures sheet."""
    cells = Cells(book.add_worksheet("Sources"), sheets.formats)
    cells.head(0, _SOURCE_HEADS)
    for row, given in enumerate(sheets.brief.inputs, start=1):
        cells.number(row, 0, row)
        cells.text(row, 1, given.name)
        cells.number(row, 2, given.value)
        cells.text(row, 3, given.unit)
        cells.number(row, 4, given.low)
        cells.number(row, 5, given.high)
        as_of = given.as_of.isoformat() if given.as_of else ""
        cells.texts(row, 6, (KIND_WORDS[given.kind], given.source, as_of))
        cells.number(row, 9, given.n)
        cells.texts(row, 10, (given.note, "yes" if given.is_own else ""))
    cells.widths(8, 40, 14, 24, 12, 12, 14, 60, 12, 8, 50, 8)


def _figures_sheet(book: Workbook, sheets: Sheets) -> None:
    """Every shown figure as decided: value, what it rests on, and the numbers of its inputs."""
    cells = Cells(book.add_worksheet("Figures"), sheets.formats)
    cells.head(0, ("Strategy", "Figure", "Value as decided", "Unit", "Weakest input", "Formula", "Inputs"))
    shown = (
        (row.label, each)
        for row in sheets.brief.strategies
        for each in (*(row.cost.figures if row.cost else ()), *row.criteria)
    )
    for at, (label, each) in enumerate(shown, start=1):
        cells.texts(at, 0, (label, each.name))
        cells.number(at, 2, each.value)
        places = ", ".join(str(place + 1) for place in each.inputs)
        cells.texts(at, 3, (each.unit, KIND_WORDS[each.kind], each.source, places))
    cells.widths(30, 34, 16, 24, 14, 50, 40)
