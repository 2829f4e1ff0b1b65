"""The comparison as rows: what is shown in the table, and the CSV that carries every provenance."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from crossover.comparison import Comparison, Outcome
from crossover.figure import Figure, derived
from crossover.report.comparison_figures import number
from crossover.report.comparison_outcomes import beside_cost
from crossover.uncertainty import Standing
from crossover.whatif import Sureness
from crossover.words import say

_COLUMNS = (
    "demo",
    "strategy",
    "ranked",
    "figure",
    "value",
    "unit",
    "kind",
    "weakest_input",
    "source",
    "as_of",
    "n",
)
_RISKY_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(comparison: Comparison, sure: Sureness | None = None) -> str:
    """Every figure of every strategy with its provenance, one row per figure and per leaf input.

    With `sure` also how often each strategy was cheapest, its regret and the band of its total.
    Text cells a spreadsheet would run as a formula get a leading apostrophe (MODEL.md E38).
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for outcome in comparison.outcomes:
        writer.writerows(_rows(comparison, outcome, sure))
    return out.getvalue()


def neutralised(cell: str) -> str:
    """A cell that a spreadsheet reads as text, whatever it starts with."""
    return f"'{cell}" if cell.startswith(_RISKY_STARTS) else cell


def headline_figures(outcome: Outcome) -> tuple[Figure, ...]:
    """The figures a card shows, in order; none when the strategy has no cost."""
    if outcome.cost is None:
        return ()
    cost = outcome.cost
    lines = tuple(line.figure for line in cost.lines)
    return (cost.per_request, cost.monthly, cost.one_off, cost.total, cost.all_in_per_request, *lines)


def standing_figures(outcome: Outcome, sure: Sureness) -> tuple[Figure, ...]:
    """How the strategy fares over the draws (MODEL.md 5.2); none for one that cannot be chosen."""
    standing = sure.standing(outcome.strategy.id)
    if standing is None or outcome.cost is None:
        return ()
    seed = str(sure.comparison.scenario.seed)
    rule = say("{draws:,} runs, seed {seed}, MODEL.md 5.2", draws=sure.draws, seed=seed)
    share = derived(standing.cheapest_share, "share", rule, outcome.cost.total, name=say("Cheapest in runs"))
    return (
        share,
        *(derived(usd, "USD", rule, outcome.cost.total, name=name) for name, usd in _band(standing)),
    )


def _band(standing: Standing) -> tuple[tuple[str, float], ...]:
    total = standing.total
    return (
        (say("Regret, mean"), standing.regret_usd),
        (say("Total, p5 of runs"), total.p5),
        (say("Total, p50 of runs"), total.p50),
        (say("Total, p95 of runs"), total.p95),
    )


def _discounted(outcome: Outcome) -> tuple[Figure, ...]:
    """The total as of today, once a discount rate is set."""
    rate = outcome.subject.scenario.discount_per_year_share
    return (outcome.cost.present_value,) if outcome.cost and rate else ()


def _rows(comparison: Comparison, outcome: Outcome, sure: Sureness | None) -> Iterator[list[str]]:
    standing = () if sure is None else standing_figures(outcome, sure)
    shown = (*headline_figures(outcome), *_discounted(outcome), *beside_cost(outcome).values(), *standing)
    seen: set[Figure] = set()
    for figure in shown:
        yield _row(comparison, outcome, figure)
        for leaf in figure.leaves():
            if leaf is not figure and leaf not in seen:
                seen.add(leaf)
                yield _row(comparison, outcome, leaf)
    for gate in outcome.gates:
        reason = f"{gate.reason} {gate.remedy}".strip()
        name = say("Gate {id}: {label}", id=gate.id, label=gate.label)
        yield _texts(comparison, outcome, name, gate.status, "", "", "", reason, "", "")


def _row(comparison: Comparison, outcome: Outcome, figure: Figure) -> list[str]:
    known = number(figure.value)
    value = "" if known is None else repr(known)
    source = figure.source + (f" ({figure.note})" if figure.note else "")
    as_of = figure.as_of.isoformat() if figure.as_of else ""
    rows = "" if figure.n is None else str(figure.n)
    return _texts(
        comparison, outcome, figure.name, value, figure.unit, figure.kind, figure.weakest, source, as_of, rows
    )


def _texts(comparison: Comparison, outcome: Outcome, name: str, value: str, *rest: str) -> list[str]:
    """Text cells neutralised; the value is a number or a status word and stays as it is."""
    demo = "DEMO DATA" if comparison.profile.samples.demo else ""
    ranked = "yes" if outcome.is_ranked else "no"
    return [
        demo,
        outcome.strategy.label,
        ranked,
        neutralised(name),
        value,
        *(neutralised(cell) for cell in rest),
    ]
