"""Findings on the data itself: how much, how clean, how private, what its dirt costs."""

from __future__ import annotations

from collections.abc import Iterator

from crossover.evidence.finding import ALL, PROMPTING, TUNING, Finding, plural, points
from crossover.evidence.leakage import Leakage
from crossover.evidence.measurements import Measurements
from crossover.evidence.sample_size import rows_paired
from crossover.evidence.shares import MeasuredShare
from crossover.evidence.training_cost import Defect, TrainingWaste
from crossover.figure import Figure, Kind, assumed, derived, measured
from crossover.numbers import usd
from crossover.prices.types import TuningPrice

_DIFFERENCE, _DISCORDANT = 0.05, 0.15
_SHORT = {
    Defect.WRONG_SHAPE: "in a wrong shape",
    Defect.OVER_LONG: "over-long",
    Defect.DUPLICATE: "copies",
    Defect.CONTRADICTION: "contradicting",
    Defect.OFF_FORMAT: "unlike the rest in form",
}


def size_finding(n: int, effective: int, source: str) -> Finding:
    """What so many rows can show (MODEL.md 7.8)."""
    needed = rows_paired(_DIFFERENCE, _DISCORDANT)
    half = MeasuredShare(effective // 2, effective).interval if effective else None
    figures = [measured(n, "rows", source, n, name="Requests")]
    text = "No request ends in an answer, so little can be measured."
    if half is not None:
        wide = (half.high - half.low) / 2
        figures.append(measured(effective, "rows", source, n, name="Different requests"))
        figures.append(derived(wide, "share", "Wilson interval at one half (F7.1)", *figures, name="Margin"))
        differ = assumed(_DISCORDANT, "share", "assumed: questions on which two strategies differ (F7.3)")
        figures.append(derived(needed, "rows", "paired test (F7.3)", differ, name="Rows for 5 points"))
        rows = plural(effective, "different request")
        text = f"{rows}: a share near one half is known to about ±{points(wide)} points"
        enough = "and these are enough" if effective >= needed else f"so collect {needed - effective:,} more"
        text += (
            f"; telling two strategies 5 points apart takes about {needed:,} if they differ on 15 % of them, "
            f"{enough}."
        )
    return Finding("sample_size", "Sample size", tuple(figures), text, ALL)


def copies_finding(found: Measurements, source: str) -> Iterator[Finding]:
    """Copies within the requests."""
    groups = found.duplicates
    if groups is None or found.n < 2:
        return
    near = groups.near_copies
    figures = (
        MeasuredShare(found.exact_copies, found.n).figure("Exact copies", source),
        MeasuredShare(near, len(groups)).figure("Near copies", source),
        measured(found.different_rows, "rows", source, found.n, name="Different requests"),
    )
    part = len(groups) < found.n
    looked = f" (near copies looked for among {len(groups):,} of {found.n:,})" if part else ""
    if not found.exact_copies and not near:
        sentence = f"No request repeats another{looked}: every row counts."
    else:
        sentence = (
            f"{found.exact_copies:,} exact and {near:,} near copies among {found.n:,} requests{looked}: "
            f"{found.different_rows:,} different ones count, and copies must not stand on both sides of "
            "a test."
        )
    yield Finding("duplicates", "Copies", figures, sentence, ALL)


def leakage_findings(found: Measurements, shots: int, chats_source: str) -> Iterator[Finding]:
    """Questions that training chats or few-shot examples hold already."""
    cases: tuple[tuple[str, str, Leakage | None, str, tuple[str, ...]], ...] = (
        ("leakage_training", "Training against questions", found.leaked, "in your training chats", (TUNING,)),
        (
            "leakage_shots",
            "Examples against questions",
            found.shown,
            f"among the {shots} examples of the prompt",
            (PROMPTING,),
        ),
    )
    for name, label, leaked, where, strategies in cases:
        if leaked is None:
            continue
        figure = leaked.leaked.figure("Questions seen before", chats_source)
        count = leaked.leaked.successes
        sentence = (
            f"{plural(count, 'question stands', 'questions stand')} {where} too, or nearly: "
            "leave them out of the test, or the result will look better than it is."
            if count
            else f"None of {plural(leaked.n, 'question')} stands {where} too, so no answer is given away."
        )
        yield Finding(name, label, (figure,), sentence, strategies)


def privacy_finding(found: Measurements, source: str) -> Finding:
    """Personal data by kind and place; never a value."""
    kinds = found.personal.by_kind()
    figures = tuple(
        measured(number, "occurrences", source, None, name=f"{kind} in {place}")
        for place, kind, number in found.personal.found
    )
    if not kinds:
        places = ", ".join(found.personal.places) or "the upload"
        sentence = (
            f"No e-mail address, phone number, IBAN, card, IP address or key was recognised in {places}."
        )
    else:
        listed = ", ".join(f"{kind}: {number:,}" for kind, number in kinds.items())
        sentence = (
            f"Looks like personal data or keys ({listed}): remove them before anything goes to a provider."
        )
    return Finding("personal_data", "Personal data", figures, sentence, ALL)


def waste_finding(waste: TrainingWaste | None, price: TuningPrice | None, source: str) -> Iterator[Finding]:
    """What training on rows with a defect costs."""
    if waste is None:
        return
    tokens = measured(
        waste.dirty_tokens, "tokens", source, waste.dirty_rows, name="Tokens of rows with a defect"
    )
    rows = MeasuredShare(waste.dirty_rows, waste.n).figure("Rows with a defect", source)
    cost = waste.figure(tokens, _price_figure(price))
    if not waste.dirty:
        sentence = f"None of {plural(waste.n, 'training row')} has a defect we can see."
    else:
        listed = ", ".join(f"{len(part.rows):,} {_SHORT[part.defect]}" for part in waste.dirty)
        bill = f"cost {usd(waste.usd)} in {plural(waste.epochs, 'epoch')}"
        bill = bill if waste.usd is not None else "cost money as well (price unknown)"
        sentence = (
            f"{waste.dirty_rows:,} of {waste.n:,} training rows have a defect ({listed}). They {bill}, "
            "and teach nothing new or the wrong thing: take the cleaned file."
        )
    yield Finding("training_waste", "Dirty training data", (rows, tokens, cost), sentence, (TUNING,))


def _price_figure(price: TuningPrice | None) -> Figure | None:
    if price is None:
        return None
    per_mtok, said = price.training_usd_per_mtok, price.source
    name = "Training price"
    return Figure(per_mtok, "USD per Mtok", Kind.PRICE_LIST, said.url, as_of=said.as_of, name=name)
