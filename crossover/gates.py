"""Can it be built and bought? Each gate gives a status, a reason and a way out (MODEL.md 8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from crossover.calendar import add_months
from crossover.cost.quote import Quote
from crossover.figure import Figure, measured
from crossover.numbers import count, share
from crossover.prices import TuningState, TuningStatus, host_label
from crossover.profile import TokenProfile
from crossover.scenario import Scenario
from crossover.strategies import UsagePlan
from crossover.tokens import ModelFacts

FAIL_BELOW_EXAMPLES = 10
WARN_BELOW_EXAMPLES = 50
CLEAR_GAIN_EXAMPLES = 100


class Status(StrEnum):
    """`fail` ranks a strategy last; `unknown` keeps it out of the ranking until a price is known."""

    PASS = "pass"
    WARN = "warn"
    UNKNOWN = "unknown"
    FAIL = "fail"


_SEVERITY = list(Status)


@dataclass(frozen=True, slots=True)
class Gate:
    """One check: `label` fits a badge, `reason` is a sentence, `remedy` says what to do."""

    id: str
    status: Status
    label: str
    reason: str
    remedy: str = ""
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What the gates look at for one strategy."""

    plan: UsagePlan
    profile: TokenProfile
    scenario: Scenario
    quote: Quote
    facts: ModelFacts


def gates(checked: Checked) -> tuple[Gate, ...]:
    """Every gate that has something to say about the strategy, worst first."""
    found = [gate for check in _CHECKS for gate in check(checked)]
    return tuple(sorted(found, key=lambda gate: -_SEVERITY.index(gate.status)))


def worst(found: tuple[Gate, ...]) -> Status:
    """The status that decides whether the strategy may be ranked."""
    return max((gate.status for gate in found), key=_SEVERITY.index, default=Status.PASS)


_WORDS = {
    "documents": (
        "No documents",
        "There is nothing to retrieve.",
        "Drop in knowledge files: text, PDF, Word, HTML.",
    ),
    "tools": ("No tools", "There is nothing to call.", "Drop in tool definitions or an OpenAPI file."),
    "training rows": (
        "No training rows",
        "There are no answered questions and no chats to train on.",
        "Drop in questions with answers, or chats.",
    ),
}


def _missing_data(checked: Checked) -> Iterator[Gate]:
    """G8 and G9: what the strategy cannot do without."""
    ids = {"documents": "G8", "tools": "G9", "training rows": "G1"}
    for missing in checked.plan.missing:
        label, reason, remedy = _WORDS[missing]
        yield Gate(ids[missing], Status.FAIL, label, reason, remedy)


def _enough_examples(checked: Checked) -> Iterator[Gate]:
    """G1: a provider's minimum, and the sizes from which gains are reported."""
    training = checked.plan.training
    if training is None or not len(training):
        return
    offered = checked.quote.tuning
    minimum = (offered.min_examples if offered else None) or FAIL_BELOW_EXAMPLES
    rows = len(training)
    figure = measured(rows, "examples", training.source, rows, name="Training examples")
    if rows < minimum:
        reason = f"{rows} training examples; the provider asks for at least {minimum}."
        yield Gate(
            "G1", Status.FAIL, f"{rows} of {minimum} examples", reason, "Add answered rows.", (figure,)
        )
    elif rows < WARN_BELOW_EXAMPLES:
        gains = f"clear gains are reported from {WARN_BELOW_EXAMPLES} to {CLEAR_GAIN_EXAMPLES}"
        reason = f"{rows} training examples; {gains}."
        remedy = f"Label about {CLEAR_GAIN_EXAMPLES - rows} more; their cost is in the one-off figure."
        yield Gate("G1", Status.WARN, f"Only {rows} examples", reason, remedy, (figure,))


def _fits_window(checked: Checked) -> Iterator[Gate]:
    """G2: requests whose prompt and answer exceed the context window; never cut silently (E10)."""
    window = checked.facts.window
    if window is None or not len(checked.profile):
        return
    needed = checked.plan.largest_prompt_tokens() + checked.plan.expected_output_tokens()
    over = np.flatnonzero(needed > window)
    if not len(over):
        return
    rows = ", ".join(str(row + 1) for row in over[:5]) + (" …" if len(over) > 5 else "")
    reason = (
        f"{share(len(over) / len(needed))} of requests (rows {rows}) need more than the model's window of "
        f"{count(window)} tokens; the longest needs {count(float(needed.max()))}."
    )
    remedy = "Use fewer chunks or examples, shorten the instructions, or choose a model with a larger window."
    yield Gate("G2", Status.FAIL, "Over the context window", reason, remedy)


def _examples_fit(checked: Checked) -> Iterator[Gate]:
    """G3: training examples longer than the provider keeps; the end, the answer, is what is cut."""
    training, offered = checked.plan.training, checked.quote.tuning
    if training is None or not len(training) or offered is None or offered.max_example_tokens is None:
        return
    limit = offered.max_example_tokens
    over = np.flatnonzero(training.example_tokens > limit)
    if not len(over):
        return
    lines = ", ".join(str(checked.profile.training.lines[row]) for row in over[:10])
    part = len(over) / len(training)
    status = Status.FAIL if part > 0.05 else Status.WARN
    reason = (
        f"{len(over)} of {len(training)} training examples (lines {lines}) exceed {count(limit)} tokens. "
        "They are billed cut to that length, and what is cut is the end: the answer."
    )
    yield Gate("G3", status, f"{len(over)} over-long examples", reason, "Shorten or split these examples.")


def _can_be_tuned(checked: Checked) -> Iterator[Gate]:
    """G4, first half: whether a job can be created on the price date by this customer (F8.2)."""
    if not checked.plan.tuned:
        return
    tuning = checked.quote.tuning_status
    if tuning.state is TuningState.OPEN:
        return
    label, reason = _tuning_words(tuning)
    if tuning.state is TuningState.CLOSED_TO_NEW and not checked.scenario.new_customer:
        status = Status.WARN
    else:
        status = Status.UNKNOWN if tuning.state is TuningState.UNKNOWN else Status.FAIL
    yield Gate("G4", status, label, reason, tuning.remedy)


def _tuning_words(tuning: TuningStatus) -> tuple[str, str]:
    """Badge and sentence for a model that cannot, or not by everybody, be tuned."""
    where = f"{tuning.model} at {host_label(tuning.host)}"
    since = f" since {tuning.since.isoformat()}" if tuning.since else ""
    closes = f" New jobs end for everybody on {tuning.closes_on.isoformat()}." if tuning.closes_on else ""
    stops = f" Tuned models stop on {tuning.shutdown_on.isoformat()}." if tuning.shutdown_on else ""
    match tuning.state:
        case TuningState.CLOSED_TO_NEW:
            reason = f"Fine-tuning {where} is closed to new customers{since}.{closes}{stops}"
            return "Closed to new customers", reason
        case TuningState.NO_NEW_JOBS:
            return "No new tuning jobs", f"No new tuning job can be started for {where}{since}.{stops}"
        case TuningState.SHUT_DOWN:
            return "Shut down", f"{where} was shut down{since}."
        case TuningState.NOT_TUNABLE:
            return "Cannot be tuned", f"{where} cannot be fine-tuned."
        case _:
            return "Tuning unknown", f"Nobody has told us whether {where} can be tuned on this day."


def _outlives_horizon(checked: Checked) -> Iterator[Gate]:
    """G4, second half: a shutdown inside the horizon (E05, F8.2)."""
    quote, scenario = checked.quote, checked.scenario
    stop = quote.tuned_shutdown if checked.plan.tuned else quote.shutdown
    end = add_months(scenario.price_date, scenario.horizon_months)
    if stop is None or stop.on >= end:
        return
    day, usable = stop.on.isoformat(), usable_months(scenario.price_date, stop.on, scenario.horizon_months)
    reason = (
        f"The model stops on {day}: {usable} of the {scenario.horizon_months} months in view can be used."
    )
    remedy = stop.remedy or "Shorten the horizon, choose a model that stays, or plan a migration."
    yield Gate("G4", Status.FAIL, f"Stops {day}", reason, remedy)


def usable_months(start: date, shutdown: date, horizon_months: int) -> int:
    """Months from `start` that end on or before `shutdown` (MODEL.md F8.2, W32)."""
    return sum(add_months(start, month) <= shutdown for month in range(1, horizon_months + 1))


def _text_only(checked: Checked) -> Iterator[Gate]:
    """G10: images, audio or files in the data; counts cover text only (E20)."""
    training, offered = checked.plan.training, checked.quote.tuning
    if training is not None and training.non_text and (offered is None or offered.text_only):
        reason = "Some chats carry images, audio or files, and this tuning takes text only."
        yield Gate("G10", Status.FAIL, "Text only", reason, "Remove those parts or choose a vision model.")
    elif checked.profile.non_text:
        reason = "Some chats carry images, audio or files; only their text is counted, so costs are too low."
        yield Gate("G10", Status.WARN, "Non-text parts", reason, "Read the figures as a lower bound.")


def _prices_known(checked: Checked) -> Iterator[Gate]:
    """G14: a price nobody could source keeps the strategy out of the ranking; it is never 0 (E12)."""
    quote, day = checked.quote, checked.scenario.price_date.isoformat()
    if quote.inference is None:
        yield _price_missing(f"No sourced price of {quote.model} at {quote.host} is valid on {day}.")
    if checked.plan.tuned and _tuning_price_missing(quote):
        yield _price_missing(f"The price of tuning {quote.model} at {quote.host} is not known for {day}.")
    if checked.plan.embedding_tokens is not None and quote.embedding is None:
        yield _price_missing(f"No price of {checked.scenario.embedding_model} is valid on {day}.")


def _tuning_price_missing(quote: Quote) -> bool:
    offer = quote.tuning
    if offer is None:
        return quote.tuning_status.state is TuningState.OPEN
    return offer.training_usd_per_mtok is None or offer.tuned is None or offer.hosting_usd_per_hour is None


def _price_missing(reason: str) -> Gate:
    return Gate("G14", Status.UNKNOWN, "Price missing", reason, "Choose another date, host or model.")


_CHECKS = (
    _missing_data,
    _can_be_tuned,
    _outlives_horizon,
    _prices_known,
    _enough_examples,
    _fits_window,
    _examples_fit,
    _text_only,
)
