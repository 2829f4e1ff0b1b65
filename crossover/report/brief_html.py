"""The brief as one page that opens offline: no script, no outside request, every word escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import DictLoader, Environment, StrictUndefined, Template
from markupsafe import Markup

from crossover.gates import Status
from crossover.numbers import count, share, unknown, usd
from crossover.report.brief import Brief
from crossover.report.brief_charts import MOST_LINES, cumulative_svg, drawn, totals_svg
from crossover.report.brief_html_words import page_words, sure_words
from crossover.report.brief_marks import swatch
from crossover.report.brief_parts import BriefFigure, BriefStrategy
from crossover.report.brief_provenance import figure_lines, input_groups
from crossover.words import language, mark, say, say_as

_FOLDER = Path(__file__).parent
HEADS = (
    mark("Strategy"),
    mark("Rank"),
    mark("Total"),
    mark("Per 1,000 requests"),
    mark("First month"),
    mark("One-off"),
    mark("People's time"),
    mark("Cheapest in"),
    mark("Regret"),
)
KEY_CRITERIA = {
    "freshness": mark("Freshness, days"),
    "latency": mark("Latency, seconds"),
    "time_to_first": mark("First version, working days"),
    "data_needed": mark("Examples missing"),
    "explainability": mark("Explainability, of 3"),
    "lock_in": mark("Lock-in, things"),
    "maintenance": mark("Upkeep, hours a month"),
    "quality": mark("Quality, measured"),
}
STATUS_ORDER = (Status.FAIL, Status.UNKNOWN, Status.WARN, Status.PASS)
"""The worst first."""


def status_words(status: Status) -> str:
    """What a check that ended like this means for whoever decides."""
    words = {
        Status.FAIL: say("Stops it"),
        Status.UNKNOWN: say("Not known"),
        Status.WARN: say("Take care"),
        Status.PASS: say_as("check", "Note"),
    }
    return words[status]


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
        language=language(),
        words=page_words(brief),
        style=Markup(style),
        style_hash=_hash(style),
        cumulative=cumulative_svg(brief),
        bars=totals_svg(brief),
        legend=[{"label": row.label, "swatch": swatch(row.id)} for row, _ in drawn(brief)],
        sure_words=sure_words(brief),
        heads=tuple(map(say, HEADS)),
        rows=[_Row(row.label, _cells(row)) for row in brief.strategies],
        criteria_heads=(say("Strategy"), *(say(KEY_CRITERIA[name]) for name in criteria)),
        criteria_rows=[
            _Row(row.label, tuple(_quantity(_criterion(row, name)) for name in criteria))
            for row in brief.strategies
        ],
        gates=list(_gates(brief)),
        figures=figure_lines(brief, criteria),
        input_groups=input_groups(brief),
        is_cut=len(brief.strategies) > MOST_LINES,
    )


def _cells(row: BriefStrategy) -> tuple[str, ...]:
    cost, standing = row.cost, row.standing
    rank = str(row.rank) if row.rank else say("not ranked")
    money = (unknown(),) * 5
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
    for (status, reason, remedy), labels in sorted(
        found.items(), key=lambda each: STATUS_ORDER.index(each[0][0])
    ):
        yield {
            "word": status_words(status),
            "strategies": ", ".join(labels),
            "reason": reason,
            "remedy": remedy,
        }


@cache
def _template() -> Template:
    pages = DictLoader({"page": _read("brief_page.html")})
    world = Environment(loader=pages, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return world.get_template("page")


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _hash(style: str) -> str:
    """The only style the page allows itself."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest())
    return f"sha256-{digest.decode()}"
