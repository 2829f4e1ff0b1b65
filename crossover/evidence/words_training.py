"""The finding on training rows: how many have a defect, and what these cost."""

from __future__ import annotations

from collections.abc import Iterator

from crossover.evidence.finding import TUNING, Finding
from crossover.evidence.shares import MeasuredShare
from crossover.evidence.training_cost import Defect, TrainingWaste
from crossover.figure import Figure, Kind, measured
from crossover.numbers import usd
from crossover.prices.types import TuningPrice
from crossover.words import mark, say, say_count

_SHORT = {
    Defect.WRONG_SHAPE: mark("in a wrong shape"),
    Defect.OVER_LONG: mark("over-long"),
    Defect.DUPLICATE: mark("copies"),
    Defect.CONTRADICTION: mark("contradicting"),
    Defect.OFF_FORMAT: mark("unlike the rest in form"),
}


def waste_finding(waste: TrainingWaste | None, price: TuningPrice | None, source: str) -> Iterator[Finding]:
    """What training on rows with a defect costs."""
    if waste is None:
        return
    tokens = measured(
        waste.dirty_tokens, "tokens", source, waste.dirty_rows, name=say("Tokens of rows with a defect")
    )
    rows = MeasuredShare(waste.dirty_rows, waste.n).figure(say("Rows with a defect"), source)
    figures = (rows, tokens, waste.figure(tokens, _price_figure(price)))
    yield Finding("training_waste", say("Dirty training data"), figures, _waste_sentence(waste), (TUNING,))


def _waste_sentence(waste: TrainingWaste) -> str:
    if not waste.dirty:
        return say_count(
            "None of {n} training row has a defect we can see.",
            "None of {n} training rows has a defect we can see.",
            waste.n,
        )
    listed = ", ".join(
        say("{rows:,} {defect}", rows=len(part.rows), defect=say(_SHORT[part.defect])) for part in waste.dirty
    )
    counted = {"dirty": waste.dirty_rows, "rows": waste.n, "defects": listed}
    if waste.usd is None:
        return say(
            "{dirty:,} of {rows:,} training rows have a defect ({defects}). They cost money as well (price "
            "unknown), and teach nothing new or the wrong thing: take the cleaned file.",
            **counted,
        )
    return say_count(
        "{dirty:,} of {rows:,} training rows have a defect ({defects}). They cost {cost} in {n} epoch, and "
        "teach nothing new or the wrong thing: take the cleaned file.",
        "{dirty:,} of {rows:,} training rows have a defect ({defects}). They cost {cost} in {n} epochs, and "
        "teach nothing new or the wrong thing: take the cleaned file.",
        waste.epochs,
        cost=usd(waste.usd),
        **counted,
    )


def _price_figure(price: TuningPrice | None) -> Figure | None:
    if price is None:
        return None
    per_mtok, said = price.training_usd_per_mtok, price.source
    name = say("Training price")
    return Figure(per_mtok, "USD per Mtok", Kind.PRICE_LIST, said.url, as_of=said.as_of, name=name)
