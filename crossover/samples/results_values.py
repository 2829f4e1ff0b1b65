"""Cells of a results file as numbers: what counts as right, and amounts that are never guessed (E15)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from crossover.samples.problems import ProblemLog, shortened
from crossover.samples.results_types import UNNAMED, ResultRow
from crossover.words import mark, say

_RIGHT = {
    *("true", "yes", "y", "t", "pass", "passed", "correct", "right", "ok", "success", "c", "✓", "✔"),
    *("richtig", "korrekt", "ja", "wahr", "bestanden"),
}
_WRONG = {
    *(
        "false",
        "no",
        "n",
        "f",
        "fail",
        "failed",
        "incorrect",
        "wrong",
        "error",
        "failure",
        "i",
        "✗",
        "✘",
        "x",
    ),
    *("falsch", "nein", "nicht bestanden"),
}
_VERDICT_FIRST = re.compile(r"\s*\[(PASS|FAIL|ERROR)\]")
_PLAIN_NUMBER = re.compile(r"[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


@dataclass(frozen=True, slots=True)
class RawResult:
    """One result as it stands in a file; `line` is where, as in ResultRow.

    `outcome` is a verdict or a score; with a `threshold` the score is judged by it. `latency` is in
    seconds times `latency_units` (1,000 for milliseconds). `broke_off` marks a run that failed before
    there was an answer to judge: no key, no network, a crash.
    """

    strategy: str
    sample: str
    outcome: object
    line: int
    threshold: object = None
    latency: object = None
    latency_units: float = 1.0
    input_tokens: object = None
    output_tokens: object = None
    cost_usd: object = None
    broke_off: bool = False


def is_blank(value: object) -> bool:
    """Whether a cell says nothing."""
    return value is None or (isinstance(value, str) and not value.strip())


def outcome_score(value: object) -> float | None:
    """A verdict or score as 0..1; None when it is neither.

    True and false in the usual words, a number from 0 to 1, a percentage with its sign, or a
    verdict in brackets before the answer, as promptfoo writes it into tables.
    """
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, str):
        return _text_score(value)
    number = amount(value)
    return number if number is not None and number <= 1 else None


def _text_score(text: str) -> float | None:
    if verdict := _VERDICT_FIRST.match(text):
        return float(verdict[1] == "PASS")
    word = text.strip().casefold()
    if word in _RIGHT or word in _WRONG:
        return float(word in _RIGHT)
    number = amount(word.removesuffix("%").rstrip())
    if number is None:
        return None
    score = number / 100 if word.endswith("%") else number
    return score if score <= 1 else None


def amount(value: object) -> float | None:
    """A finite number of at least 0, plain or as text (1.5, 1_000); None for anything else."""
    if isinstance(value, str):
        text = value.strip()
        value = float(text.replace("_", "")) if len(text) < 400 and _PLAIN_NUMBER.fullmatch(text) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) and number >= 0 else None


def result_row(raw: RawResult, log: ProblemLog) -> ResultRow | None:
    """The result, or None and named in the log when nobody can tell whether the answer was right.

    A run that broke off says nothing of the answer: it is left out and told, and does not count as
    a bad line. A number that cannot be read is left out and named; the result itself is kept.
    """
    if raw.broke_off or _broke_off(raw.outcome):
        what = say("Sample “{sample}” ended in an error, not in an answer.", sample=shortened(raw.sample, 40))
        log.note("broke_off", what, say("It is not counted. Run it again to have it judged."), raw.line)
        return None
    if is_blank(raw.outcome):
        what = say("No verdict and no score for sample “{sample}”.", sample=shortened(raw.sample, 40))
        log.skip(
            "no_outcome", what, say("Write 1 or 0 (or a score from 0 to 1), or remove the line."), raw.line
        )
        return None
    score = outcome_score(raw.outcome)
    if score is None:
        what = say("“{outcome}” is no verdict and no score from 0 to 1.", outcome=shortened(raw.outcome, 40))
        log.skip("bad_outcome", what, say("Write 1 or 0, true or false, or a score from 0 to 1."), raw.line)
        return None
    latency = _amount_or_note(raw.latency, mark("latency"), raw.line, log)
    return ResultRow(
        strategy=shortened(raw.strategy, 80) or UNNAMED,
        sample=raw.sample,
        score=_judged(score, raw, log),
        line=raw.line,
        # an answer from a cache took no time, which says nothing about the next one
        latency_seconds=latency / raw.latency_units if latency else None,
        input_tokens=_amount_or_note(raw.input_tokens, mark("input tokens"), raw.line, log),
        output_tokens=_amount_or_note(raw.output_tokens, mark("output tokens"), raw.line, log),
        cost_usd=_amount_or_note(raw.cost_usd, mark("cost"), raw.line, log),
    )


def _broke_off(outcome: object) -> bool:
    """Whether a verdict in brackets, as promptfoo writes it into tables, tells of an error."""
    verdict = _VERDICT_FIRST.match(outcome) if isinstance(outcome, str) else None
    return verdict is not None and verdict[1] == "ERROR"


def _judged(score: float, raw: RawResult, log: ProblemLog) -> float:
    """The score, or 1 or 0 when the line brings its own threshold."""
    threshold = _amount_or_note(raw.threshold, mark("threshold"), raw.line, log)
    return score if threshold is None else float(score >= threshold)


def _amount_or_note(value: object, name: str, line: int, log: ProblemLog) -> float | None:
    if is_blank(value):
        return None
    number = amount(value)
    if number is None:
        what = say(
            "The {name} “{value}” is no plain number; it counts as unknown.",
            name=say(name),
            value=shortened(value, 40),
        )
        log.note(
            "bad_number", what, say("Write it like 1.5, without a currency sign or a decimal comma."), line
        )
    return number
