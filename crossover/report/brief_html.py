"""The brief as one page that opens offline: no script, no outside request, every word escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import DictLoader, Environment, StrictUndefined, Template
from markupsafe import Markup

from crossover.gates import Status
from crossover.numbers import UNKNOWN, count, share, usd
from crossover.report.brief import CACHING_NOTE, Brief
from crossover.report.brief_charts import MOST_LINES, cumulative_svg, drawn, totals_svg
from crossover.report.brief_marks import swatch
from crossover.report.brief_parts import BriefFigure, BriefStrategy
from crossover.report.brief_provenance import figure_lines, input_groups

_FOLDER = Path(__file__).parent
HEADS = (
    "Strategy",
    "Rank",
    "Total",
    "Per 1,000 requests",
    "First month",
    "One-off",
    "People's time",
    "Cheapest in",
    "Regret",
)
KEY_CRITERIA = {
    "freshness": "Freshness, days",
    "latency": "Latency, seconds",
    "time_to_first": "First version, working days",
    "data_needed": "Examples missing",
    "explainability": "Explainability, of 3",
    "lock_in": "Lock-in, things",
    "maintenance": "Upkeep, hours a month",
    "quality": "Quality, measured",
}
STATUS_WORDS = {
    Status.FAIL: "Stops it",
    Status.UNKNOWN: "Not known",
    Status.WARN: "Take care",
    Status.PASS: "Note",
}


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a table: its label and its cells as text."""

    label: str
    cells: tuple[str, ...]


def brief_html(brief: Brief) -> str:
    """The whole page, style and charts inside (PRODUCT.md, shared link; MODEL.md E38)."""
    style = _read("brief_page.css")
    criteria = [name for name in KEY_CRITERIA if any(_criterion(row, name) for row in brief.strategies)]
    return _template().render(
        brief=brief,
        style=Markup(style),
        style_hash=_hash(style),
        cumulative=cumulative_svg(brief),
        bars=totals_svg(brief),
        legend=[{"label": row.label, "swatch": swatch(row.id)} for row, _ in drawn(brief)],
        sure_words=sure_words(brief),
        heads=HEADS,
        rows=[_Row(row.label, _cells(row)) for row in brief.strategies],
        criteria_heads=("Strategy", *(KEY_CRITERIA[name] for name in criteria)),
        criteria_rows=[
            _Row(row.label, tuple(_quantity(_criterion(row, name)) for name in criteria))
            for row in brief.strategies
        ],
        gates=list(_gates(brief)),
        figures=figure_lines(brief, criteria),
        input_groups=input_groups(brief),
        caching_note=CACHING_NOTE,
        most_lines=MOST_LINES,
    )


def long_day(day: date) -> str:
    """A day as a sentence has it: 22 November 2026."""
    return f"{day.day} {day:%B %Y}"


def sure_words(brief: Brief) -> str:
    """How the shares in the table were found."""
    named = "A winner is named" if brief.is_decided else "No winner is named"
    return (
        f"{named}: that takes a lead of 5 % today and being cheapest in 80 % of {brief.draws:,} runs, in "
        "which every uncertain input is drawn from its range. Regret is what choosing a strategy costs on "
        "average beyond the best choice in hindsight."
    )


def _cells(row: BriefStrategy) -> tuple[str, ...]:
    cost, standing = row.cost, row.standing
    rank = str(row.rank) if row.rank else "not ranked"
    money = (UNKNOWN,) * 5
    if cost is not None:
        people = f"{usd(cost.people_usd)} ({share(cost.people_share)})"
        money = (
            usd(cost.total_usd),
            usd(cost.per_1000_requests_usd),
            usd(cost.first_month_usd),
            usd(cost.one_off_usd),
            people,
        )
    often = share(standing.cheapest_share) if standing and standing.cheapest_share is not None else "–"
    return (rank, *money, often, usd(standing.regret_usd) if standing else "–")


def _criterion(row: BriefStrategy, name: str) -> BriefFigure | None:
    return next((each for each in row.criteria if each.id == name), None)


def _quantity(figure: BriefFigure | None) -> str:
    if figure is None:
        return "–"
    return share(figure.value) if figure.unit.startswith("share") else count(figure.value)


def _gates(brief: Brief) -> Iterator[dict[str, str]]:
    """Every gate once, with the strategies it stands before; the worst first."""
    found: dict[tuple[Status, str, str], list[str]] = {}
    for row in brief.strategies:
        for gate in row.gates:
            found.setdefault((gate.status, gate.reason, gate.remedy), []).append(row.label)
    order = list(STATUS_WORDS)
    for (status, reason, remedy), labels in sorted(found.items(), key=lambda each: order.index(each[0][0])):
        yield {
            "word": STATUS_WORDS[status],
            "strategies": ", ".join(labels),
            "reason": reason,
            "remedy": remedy,
        }


@cache
def _template() -> Template:
    pages = DictLoader({"page": _read("brief_page.html")})
    world = Environment(loader=pages, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    world.filters |= {"day": long_day, "count": count}
    return world.get_template("page")


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _hash(style: str) -> str:
    """The only style the page allows itself."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest())
    return f"sha256-{digest.decode()}"
