"""Findings on the data itself: how much, how clean, how private, what its dirt costs."""

from __future__ import annotations

from collections.abc import Iterator

from crossover.evidence.finding import ALL, PROMPTING, TUNING, Finding, points
from crossover.evidence.leakage import Leakage
from crossover.evidence.measurements import Measurements
from crossover.evidence.sample_size import rows_paired
from crossover.evidence.shares import MeasuredShare
from crossover.figure import Figure, assumed, derived, measured
from crossover.words import listed, localised, say, say_count

_DIFFERENCE, _DISCORDANT = 0.05, 0.15


def size_finding(n: int, effective: int, source: str) -> Finding:
    """What so many rows can show (MODEL.md 7.8)."""
    needed = rows_paired(_DIFFERENCE, _DISCORDANT)
    half = MeasuredShare(effective // 2, effective).interval if effective else None
    figures = [measured(n, "rows", source, n, name=say("Requests"))]
    text = say("No request ends in an answer, so little can be measured.")
    if half is not None:
        wide = (half.high - half.low) / 2
        figures.append(measured(effective, "rows", source, n, name=say("Different requests")))
        figures.append(_margin(wide, figures))
        differ = assumed(
            _DISCORDANT, "share", say("assumed: questions on which two strategies differ (F7.3)")
        )
        figures.append(
            derived(needed, "rows", say("paired test (F7.3)"), differ, name=say("Rows for 5 points"))
        )
        text = _size_sentence(effective, wide, needed)
    return Finding("sample_size", say("Sample size"), tuple(figures), text, ALL)


def _margin(wide: float, figures: list[Figure]) -> Figure:
    return derived(wide, "share", say("Wilson interval at one half (F7.1)"), *figures, name=say("Margin"))


def _size_sentence(effective: int, wide: float, needed: int) -> str:
    if effective >= needed:
        return say(
            "{n:,} different requests: a share near one half is known to about ±{margin} points; telling two "
            "strategies 5 points apart takes about {needed:,} if they differ on 15 % of them, and these are "
            "enough.",
            n=effective,
            margin=points(wide),
            needed=needed,
        )
    return say_count(
        "{n} different request: a share near one half is known to about ±{margin} points; telling two "
        "strategies 5 points apart takes about {needed:,} if they differ on 15 % of them, so collect "
        "{missing:,} more.",
        "{n} different requests: a share near one half is known to about ±{margin} points; telling two "
        "strategies 5 points apart takes about {needed:,} if they differ on 15 % of them, so collect "
        "{missing:,} more.",
        effective,
        margin=points(wide),
        needed=needed,
        missing=needed - effective,
    )


def copies_finding(found: Measurements, source: str) -> Iterator[Finding]:
    """Copies within the requests."""
    groups = found.duplicates
    if groups is None or found.n < 2:
        return
    figures = (
        MeasuredShare(found.exact_copies, found.n).figure(say("Exact copies"), source),
        MeasuredShare(groups.near_copies, len(groups)).figure(say("Near copies"), source),
        measured(found.different_rows, "rows", source, found.n, name=say("Different requests")),
    )
    sentence = _copies_sentence(found, groups.near_copies, len(groups))
    yield Finding("duplicates", say("Copies"), figures, sentence, ALL)


def _copies_sentence(found: Measurements, near: int, compared: int) -> str:
    exact, counts = found.exact_copies, {"compared": compared, "all": found.n}
    if not exact and not near:
        return _no_copies_sentence(found.n, compared)
    copies = (
        *((say_count("{n} exact copy", "{n} exact copies", exact),) if exact else ()),
        *((say_count("{n} near copy", "{n} near copies", near),) if near else ()),
    )
    if compared == found.n:
        return say_count(
            "{copies} among {all:,} requests: {n} different one counts, and copies must not stand on both "
            "sides of a test.",
            "{copies} among {all:,} requests: {n} different ones count, and copies must not stand on both "
            "sides of a test.",
            found.different_rows,
            copies=listed(copies),
            **counts,
        )
    return say_count(
        "{copies} among {all:,} requests (near copies looked for among {compared:,} of {all:,}): {n} "
        "different one counts, and copies must not stand on both sides of a test.",
        "{copies} among {all:,} requests (near copies looked for among {compared:,} of {all:,}): {n} "
        "different ones count, and copies must not stand on both sides of a test.",
        found.different_rows,
        copies=listed(copies),
        **counts,
    )


def _no_copies_sentence(n: int, compared: int) -> str:
    if compared == n:
        return say("No request repeats another: every row counts.")
    return say(
        "No request repeats another (near copies looked for among {compared:,} of {all:,}): every row "
        "counts.",
        compared=compared,
        all=n,
    )


def leakage_findings(found: Measurements, shots: int, chats_source: str) -> Iterator[Finding]:
    """Questions that training chats or few-shot examples hold already."""
    if found.leaked is not None:
        figures = (_seen_before(found.leaked, chats_source),)
        sentence = _trained_sentence(found.leaked)
        yield Finding("leakage_training", say("Training against questions"), figures, sentence, (TUNING,))
    if found.shown is not None:
        figures = (_seen_before(found.shown, chats_source),)
        sentence = _shown_sentence(found.shown, shots)
        yield Finding("leakage_shots", say("Examples against questions"), figures, sentence, (PROMPTING,))


def _seen_before(leaked: Leakage, source: str) -> Figure:
    return leaked.leaked.figure(say("Questions seen before"), source)


def _trained_sentence(leaked: Leakage) -> str:
    if leaked.leaked.successes:
        return say_count(
            "{n} question stands in your training chats too, or nearly: leave them out of the test, or the "
            "result will look better than it is.",
            "{n} questions stand in your training chats too, or nearly: leave them out of the test, or the "
            "result will look better than it is.",
            leaked.leaked.successes,
        )
    return say_count(
        "None of {n} question stands in your training chats too, so no answer is given away.",
        "None of {n} questions stands in your training chats too, so no answer is given away.",
        leaked.n,
    )


def _shown_sentence(leaked: Leakage, shots: int) -> str:
    if leaked.leaked.successes:
        return say_count(
            "{n} question stands among the {shots} examples of the prompt too, or nearly: leave them out of "
            "the test, or the result will look better than it is.",
            "{n} questions stand among the {shots} examples of the prompt too, or nearly: leave them out of "
            "the test, or the result will look better than it is.",
            leaked.leaked.successes,
            shots=shots,
        )
    return say_count(
        "None of {n} question stands among the {shots} examples of the prompt too, so no answer is given "
        "away.",
        "None of {n} questions stands among the {shots} examples of the prompt too, so no answer is given "
        "away.",
        leaked.n,
        shots=shots,
    )


def privacy_finding(found: Measurements, source: str) -> Finding:
    """Personal data by kind and place; never a value."""
    kinds = found.personal.by_kind()
    figures = tuple(
        measured(
            number,
            "occurrences",
            source,
            None,
            name=say("{kind} in {place}", kind=say(kind), place=say(place)),
        )
        for place, kind, number in found.personal.found
    )
    if not kinds:
        places = listed([say(place) for place in found.personal.places]) or say("the upload")
        sentence = say(
            "No e-mail address, phone number, IBAN, card, IP address or key was recognised in {places}.",
            places=places,
        )
    else:
        counted = ", ".join(f"{say(kind)}: {localised(f'{number:,}')}" for kind, number in kinds.items())
        sentence = say(
            "Looks like personal data or keys ({kinds}): remove them before anything goes to a provider.",
            kinds=counted,
        )
    return Finding("personal_data", say("Personal data"), figures, sentence, ALL)
