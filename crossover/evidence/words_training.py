"""The finding on training rows: how many have a defect, and what these cost."""

from __future__ import annotations

from collections.abc import Iterator

from crossover.evidence.finding import TUNING, Finding
from crossover.evidence.shares import MeasuredShare
from crossover.evidence.training_cost import Defect, TrainingWaste
from crossover.figure import Figure, Kind, measured
from crossover.numbers import usd
from crossover.prices.types import TuningPrice
from crossover.samples.limits import TUNING_MIN_EXAMPLES
from crossover.words import mark, say, say_count

_SHORT = {
    Defect.WRONG_SHAPE: mark("in a wrong shape"),
    Defect.OVER_LONG: mark("over-long"),
    Defect.DUPLICATE: mark("repeated"),
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
    sentence = _waste_sentence(waste, (price.min_examples if price else None) or TUNING_MIN_EXAMPLES)
    yield Finding("training_waste", say("Dirty training data"), figures, sentence, (TUNING,))


def _waste_sentence(waste: TrainingWaste, minimum: int) -> str:
    if not waste.dirty:
        return say_count(
            "None of {n} training row has a defect we can see.",
            "None of {n} training rows has a defect we can see.",
            waste.n,
        )
    defects = ", ".join(
        say("{rows:,} {defect}", rows=len(part.rows), defect=say(_SHORT[part.defect])) for part in waste.dirty
    )
    found = say_count(
        "{n} of {rows:,} training rows has a defect ({defects}).",
        "{n} of {rows:,} training rows have a defect ({defects}).",
        waste.dirty_rows,
        rows=waste.n,
        defects=defects,
    )
    is_enough = waste.kept_rows >= minimum
    taught = _taught_sentence(waste, is_enough)
    return f"{found} {taught}" if is_enough else f"{found} {taught} {_too_few_sentence(waste, minimum)}"


def _taught_sentence(waste: TrainingWaste, is_enough: bool) -> str:
    """What the rows with a defect cost and teach, and to take the file without them where it will do."""
    if waste.usd is None:
        if is_enough:
            return say(
                "That costs money as well (price unknown), and teaches nothing new or the wrong thing: take "
                "the cleaned file."
            )
        return say("That costs money as well (price unknown), and teaches nothing new or the wrong thing.")
    cost = usd(waste.usd)
    if is_enough:
        return say_count(
            "That costs {cost} in {n} epoch, and teaches nothing new or the wrong thing: take the cleaned "
            "file.",
            "That costs {cost} in {n} epochs, and teaches nothing new or the wrong thing: take the cleaned "
            "file.",
            waste.epochs,
            cost=cost,
        )
    return say_count(
        "That costs {cost} in {n} epoch, and teaches nothing new or the wrong thing.",
        "That costs {cost} in {n} epochs, and teaches nothing new or the wrong thing.",
        waste.epochs,
        cost=cost,
    )


def _too_few_sentence(waste: TrainingWaste, minimum: int) -> str:
    if not waste.kept_rows:
        return say(
            "A cleaned file would keep no row, and a tuning job asks for at least {minimum}: mend the rows "
            "where they come from, or collect more.",
            minimum=minimum,
        )
    return say_count(
        "A cleaned file would keep only {n} row, and a tuning job asks for at least {minimum}: mend the "
        "rows where they come from, or collect more.",
        "A cleaned file would keep only {n} rows, and a tuning job asks for at least {minimum}: mend the "
        "rows where they come from, or collect more.",
        waste.kept_rows,
        minimum=minimum,
    )


def _price_figure(price: TuningPrice | None) -> Figure | None:
    if price is None:
        return None
    per_mtok, said = price.training_usd_per_mtok, price.source
    name = say("Training price")
    return Figure(per_mtok, "USD per Mtok", Kind.PRICE_LIST, said.url, as_of=said.as_of, name=name)
