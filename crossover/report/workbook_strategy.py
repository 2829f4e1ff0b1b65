"""One strategy as formulas: its lines, its cost per request by price, and its months (MODEL.md 3.1, 3.2)."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter import Workbook

from crossover.cost import cumulative_usd, monthly_volumes
from crossover.cost.bill import Cadence
from crossover.cost.machines import machine_usd_by_month
from crossover.cost.totals import event_usd_by_month, variable_usd_by_month
from crossover.report.brief_parts import BriefCost, BriefStrategy
from crossover.report.workbook_cells import Cells, Sheets, price_name
from crossover.words import mark, say, say_as

# places in the sheet: rows and columns from 0; addresses as formulas write them
_SUMS_ROW = 2
LAST_FIGURES = ("$B$3", "$B$4", "$B$5", "$B$6")
"""Addresses of total, cost per 1,000 requests, first month and one-off."""
_ONE_OFF, _MONTHLY, _PER_REQUEST, _RETRAINING, _EVERY = "$B$6", "$B$7", "$B$8", "$B$9", "$B$10"
_REPLICA_USD, _REPLICAS, _LEAST_REPLICAS = "$B$11", "$B$12", "$B$13"
_LINES_ROW, _MOST_LINES = 16, 50
_UNITS_ROW = _LINES_ROW + _MOST_LINES + 3
_MOST_UNITS = 20
FIRST_MONTH_ROW = _UNITS_ROW + _MOST_UNITS + 4
_MONTH_HEADS = (
    mark("Month"),
    mark("Requests"),
    mark("For requests"),
    mark("Fixed"),
    mark("Machines"),
    mark("Retraining"),
    mark("Spent so far"),
)
_LINE_HEADS = (mark("Falls due"), mark("Working days"), mark("US dollars"), mark("People"))
_UNIT_HEADS = (
    mark("Cost per request"),
    mark("Million units billed, mean"),
    mark("Price"),
    mark("US dollars"),
)
_CADENCES: Mapping[str, str] = {
    Cadence.ONE_OFF: mark("one-off"),
    Cadence.MONTHLY: mark("monthly"),
    Cadence.BY_LOAD: mark("monthly, by load"),
    Cadence.RETRAINING: mark("each retraining"),
}


def strategy_sheet(book: Workbook, sheets: Sheets, row: BriefStrategy) -> None:
    """The calculation of one strategy that has a cost."""
    cost = row.cost
    if cost is None:
        return
    cells = Cells(book.add_worksheet(sheets.name_of(row)), sheets.formats)
    cells.text(
        0,
        0,
        say("{strategy}, {model} at {host}", strategy=row.label, model=row.model, host=row.host),
        sheets.formats.title,
    )
    cells.text(1, 0, say("US dollars; token counts and cache hit rates as decided"))
    _lines(cells, sheets, cost)
    _units(cells, cost)
    _months(cells, sheets, cost)
    _sums(cells, sheets, cost)
    cells.widths(36, 18, 16, 16, 16, 16, 16)


def _sums(cells: Cells, sheets: Sheets, cost: BriefCost) -> None:
    first, last = FIRST_MONTH_ROW + 1, FIRST_MONTH_ROW + 1 + sheets.months
    machines = cost.costs.machines
    fixed = (
        (say("Total over the horizon"), f"=INDEX($G${first}:$G${last},Horizon+1)", cost.total_usd),
        (say("Per 1,000 requests"), f"=1000*{_PER_REQUEST}", cost.per_1000_requests_usd),
        (
            say("First month"),
            f"={_MONTHLY}+$C${first + 1}+$E${first + 1}",
            cost.first_month_usd,
        ),
        (say("One-off"), _sum_of(Cadence.ONE_OFF), cost.one_off_usd),
        (say("Monthly"), _sum_of(Cadence.MONTHLY), cost.costs.monthly_usd),
        (
            say("Per request"),
            f"=SUM($D${_UNITS_ROW + 2}:$D${_UNITS_ROW + 1 + _MOST_UNITS})",
            cost.costs.per_request_usd,
        ),
        (say("Each retraining"), _sum_of(Cadence.RETRAINING), _of(cost, Cadence.RETRAINING)),
    )
    for at, (label, formula, value) in enumerate(fixed, start=_SUMS_ROW):
        cells.text(at, 0, label)
        cells.formula(at, 1, formula, value)
    given = (
        (say("Retrain every, months"), cost.retrain_every_months or 0),
        (say("A replica a month"), machines.usd_per_replica_month if machines else 0),
        (say("Replicas per request a month"), machines.replicas_per_request if machines else 0),
        (say("Replicas at least"), machines.minimum_replicas if machines else 0),
    )
    for at, (label, number) in enumerate(given, start=_SUMS_ROW + len(fixed)):
        cells.text(at, 0, label)
        cells.number(at, 1, number, cells.formats.input)


def _sum_of(cadence: Cadence) -> str:
    first, last = _LINES_ROW + 1, _LINES_ROW + _MOST_LINES
    return f'=SUMIF($B${first}:$B${last},"{say(_CADENCES[cadence])}",$D${first}:$D${last})'


def _cadence_words(cadence: str) -> str:
    """The words its sum looks for; those of a brief that knows another cadence as they are."""
    return say(_CADENCES.get(cadence, cadence))


def _of(cost: BriefCost, cadence: Cadence) -> float:
    return sum(line.usd for line in cost.lines if line.cadence == cadence)


def _lines(cells: Cells, sheets: Sheets, cost: BriefCost) -> None:
    """What is no request; working days are paid at the day rate of the Inputs sheet."""
    cells.head(_LINES_ROW - 1, (say_as("bill", "Line"), *map(say, _LINE_HEADS)))
    for at, line in enumerate(cost.lines, start=_LINES_ROW):
        cells.texts(at, 0, (line.name, _cadence_words(line.cadence)))
        if line.days is not None and sheets.has("Day_rate"):
            cells.number(at, 2, line.days, cells.formats.input)
            cells.formula(at, 3, f"=C{at + 1}*Day_rate", line.usd)
        else:
            cells.number(at, 3, line.usd, cells.formats.input)
        cells.text(at, 4, say("yes") if line.is_people else "")


def _units(cells: Cells, cost: BriefCost) -> None:
    """The mean cost of a request: what one dollar of a price brings, times the price."""
    cells.said_head(_UNITS_ROW, _UNIT_HEADS)
    for at, each in enumerate(cost.unit_costs, start=_UNITS_ROW + 1):
        cells.text(at, 0, each.name)
        if each.price is None or not each.units:
            cells.number(at, 3, each.usd_per_request)
            continue
        cells.number(at, 1, each.units)
        cells.formula(at, 2, f"={price_name(each.price)}", each.usd_per_request / each.units)
        cells.formula(at, 3, f"=B{at + 1}*C{at + 1}", each.usd_per_request)


def _months(cells: Cells, sheets: Sheets, cost: BriefCost) -> None:
    """Month 0 is what falls due before the start; after the horizon nothing more is spent."""
    cells.said_head(FIRST_MONTH_ROW - 1, _MONTH_HEADS)
    cells.number(FIRST_MONTH_ROW, 0, 0)
    cells.formula(FIRST_MONTH_ROW, 6, f"={_ONE_OFF}", cost.one_off_usd)
    values = _values(sheets, cost)
    for month in range(1, sheets.months + 1):
        at = FIRST_MONTH_ROW + month
        cells.number(at, 0, month)
        for column, (formula, value) in enumerate(
            zip(_formulas(at + 1), values[month - 1], strict=True), start=1
        ):
            cells.formula(at, column, formula, value)


def _formulas(row: int) -> tuple[str, ...]:
    """The formulas of one month, in the sheet's row `row`, from 1."""
    past = f"$A{row}>Horizon"
    replicas = f"MAX({_LEAST_REPLICAS},ROUNDUP(ROUND(B{row}*{_REPLICAS},9),0))"
    is_due = f"AND({_EVERY}>0,$A{row}>1,MOD($A{row}-1,MAX(1,{_EVERY}))=0)"
    return (
        f"=IF({past},0,Volume*(1+Growth)^($A{row}-1))",
        f"=B{row}*{_PER_REQUEST}*(1-Price_decline)^(($A{row}-1)/12)",
        f"=IF({past},0,{_MONTHLY})",
        f"=IF({past},0,{_REPLICA_USD}*{replicas})",
        f"=IF({past},0,IF({is_due},{_RETRAINING},0))",
        f"=G{row - 1}+SUM(C{row}:F{row})",
    )


def _values(sheets: Sheets, cost: BriefCost) -> list[tuple[float, ...]]:
    """What those formulas give as decided, from the cost functions."""
    traffic, classes = sheets.brief.traffic(), cost.costs.classes
    volumes = monthly_volumes(traffic)
    rented = volumes * 0 if classes.machines is None else machine_usd_by_month(classes.machines, volumes)
    columns = (
        volumes,
        variable_usd_by_month(classes, traffic),
        volumes * 0 + cost.costs.monthly_usd,
        rented,
        event_usd_by_month(classes, traffic.horizon_months),
        cumulative_usd(classes, traffic)[1:],
    )
    rows = [tuple(map(float, each)) for each in zip(*columns, strict=True)]
    after = (0.0,) * 5 + (cost.total_usd,)
    return rows + [after] * (sheets.months - len(rows))
