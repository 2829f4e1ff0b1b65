"""Gates on the market: can it be bought, will it last, is it paid for (G4, G13, G14, MODEL.md 8.2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from crossover.calendar import add_months
from crossover.cost.quote import Quote
from crossover.cost.totals import retrain_months
from crossover.figure import assumed
from crossover.gates.gate import Checked, Gate, Status
from crossover.numbers import usd
from crossover.prices import OWN_MACHINES, Lifecycle, TuningState, TuningStatus, host_label
from crossover.prices.machines import ON_DEVICE
from crossover.words import day_words, mark, say

_TUNING_WORDS = {
    TuningState.CLOSED_TO_NEW: (
        mark("Closed to new customers"),
        mark("Fine-tuning {model} at {host} is closed to new customers since {day}."),
        mark("Fine-tuning {model} at {host} is closed to new customers."),
    ),
    TuningState.NO_NEW_JOBS: (
        mark("No new tuning jobs"),
        mark("No new tuning job can be started for {model} at {host} since {day}."),
        mark("No new tuning job can be started for {model} at {host}."),
    ),
    TuningState.SHUT_DOWN: (
        mark("Shut down"),
        mark("{model} at {host} was shut down since {day}."),
        mark("{model} at {host} was shut down."),
    ),
    TuningState.NOT_TUNABLE: (
        mark("Cannot be tuned"),
        mark("{model} at {host} cannot be fine-tuned."),
        mark("{model} at {host} cannot be fine-tuned."),
    ),
}
_TUNING_UNKNOWN = (
    mark("Tuning unknown"),
    mark("Nobody has told us whether {model} at {host} can be tuned on this day."),
    mark("Nobody has told us whether {model} at {host} can be tuned on this day."),
)
"""By state: a badge, a sentence for a known first day, and one without."""


def can_be_tuned(checked: Checked) -> Iterator[Gate]:
    """G4, first half: whether a job can be created on the price date by this customer (F8.2).

    On machines of one's own nobody can close it.
    """
    if not checked.plan.tuned or checked.quote.host in OWN_MACHINES:
        return
    tuning = checked.quote.tuning_status
    if tuning.state is TuningState.OPEN:
        return
    label, reason = _tuning_words(tuning)
    if tuning.state is TuningState.CLOSED_TO_NEW and not checked.scenario.new_customer:
        status = Status.WARN
    else:
        status = Status.UNKNOWN if tuning.state is TuningState.UNKNOWN else Status.FAIL
    yield Gate("G4", status, label, reason, say(tuning.remedy))


def _tuning_words(tuning: TuningStatus) -> tuple[str, str]:
    """Badge and sentences for a model that cannot, or not by everybody, be tuned."""
    label, dated, undated = _TUNING_WORDS.get(tuning.state, _TUNING_UNKNOWN)
    facts = {"model": tuning.model, "host": host_label(tuning.host), "day": tuning.since}
    sentences = [say(dated if tuning.since else undated, **facts)]
    ends = tuning.state is TuningState.CLOSED_TO_NEW and tuning.closes_on
    if ends:
        sentences.append(say("New jobs end for everybody on {day}.", day=ends))
    if tuning.shutdown_on and tuning.state in (TuningState.CLOSED_TO_NEW, TuningState.NO_NEW_JOBS):
        sentences.append(say("Tuned models stop on {day}.", day=tuning.shutdown_on))
    return say(label), " ".join(sentences)


def can_be_retrained(checked: Checked) -> Iterator[Gate]:
    """G4: retrainings planned for after the day from which nobody can start a job (F8.2, W32)."""
    tuning, scenario = checked.quote.tuning_status, checked.scenario
    is_open = tuning.state is TuningState.OPEN or (
        tuning.state is TuningState.CLOSED_TO_NEW and not scenario.new_customer
    )
    if not checked.plan.tuned or not is_open or tuning.closes_on is None:
        return
    blocked = blocked_retrainings(
        scenario.price_date,
        scenario.horizon_months,
        round(scenario.value("retrain_every_months")),
        tuning.closes_on,
    )
    if blocked:
        reason = say(
            "No tuning job can be started from {day} on, and retraining is planned for {days}.",
            day=tuning.closes_on,
            days=", ".join(map(day_words, blocked)),
        )
        remedy = say(tuning.remedy) or say("Plan without retraining, or tune at another host.")
        yield Gate("G4", Status.FAIL, say("No retraining"), reason, remedy)


def blocked_retrainings(
    start: date, horizon_months: int, every_months: int, closes_on: date
) -> tuple[date, ...]:
    """Days of retrainings that fall on or after `closes_on`, from which no job starts (F8.2, W32)."""
    months = retrain_months(max(1, every_months), horizon_months)
    days = (add_months(start, month) for month in months)
    return tuple(day for day in days if day >= closes_on)


def outlives_horizon(checked: Checked) -> Iterator[Gate]:
    """G4, second half: a shutdown inside the horizon clips it (E05, F8.2)."""
    stop, usable = _stop(checked), months_in_view(checked)
    if stop is None or usable == checked.scenario.horizon_months:
        return
    reason = say(
        "The model stops on {day}: {usable} of the {months} months in view can be used.",
        day=stop.on,
        usable=usable,
        months=checked.scenario.horizon_months,
    )
    remedy = say(stop.remedy) or say("Shorten the horizon, choose a model that stays, or plan a migration.")
    yield Gate("G4", Status.FAIL, say("Stops {day}", day=stop.on), reason, remedy)


def months_in_view(checked: Checked) -> int:
    """Months of the horizon that end on or before the model's last day; all where none is known."""
    stop, scenario = _stop(checked), checked.scenario
    if stop is None:
        return scenario.horizon_months
    return usable_months(scenario.price_date, stop.on, scenario.horizon_months)


def _stop(checked: Checked) -> Lifecycle | None:
    if not checked.plan.calls:
        return None  # nothing of its is hosted
    return checked.quote.tuned_shutdown if checked.plan.tuned else checked.quote.shutdown


def usable_months(start: date, shutdown: date, horizon_months: int) -> int:
    """Months from `start` that end on or before `shutdown` (MODEL.md F8.2, W32)."""
    return sum(add_months(start, month) <= shutdown for month in range(1, horizon_months + 1))


def can_succeed(checked: Checked) -> Iterator[Gate]:
    """E28: when every attempt fails, no number of attempts helps."""
    share = checked.scenario.assumption("failed_attempt_share")
    if share.value != 1 or not checked.plan.calls:
        return
    reason = say("Every attempt is taken to fail, so no request is ever answered.")
    remedy = say("Enter a share of failed attempts below 1.")
    yield Gate("E28", Status.FAIL, say("Never succeeds"), reason, remedy, (share,))


def device_quality(checked: Checked) -> Iterator[Gate]:
    """A model that fits a device is small, and its answers are the open question."""
    if checked.quote.host != ON_DEVICE or not checked.plan.calls:
        return
    reason = say(
        "A small, compressed model on a device often answers less well; no figure here measures that."
    )
    remedy = say("Try it on your own questions before you count on the cost.")
    yield Gate("quality", Status.WARN, say("Quality to be checked"), reason, remedy)


def prices_known(checked: Checked) -> Iterator[Gate]:
    """G14: a price nobody could source keeps the strategy out of the ranking; it is never 0 (E12)."""
    if checked.cost is not None:
        return  # there is no cost without every price
    quote, day = checked.quote, checked.scenario.price_date
    facts = {"model": quote.model, "host": host_label(quote.host), "day": day}
    if checked.plan.calls and quote.inference is None:
        yield _price_missing(say("No sourced price of {model} at {host} is valid on {day}.", **facts))
    if checked.plan.tuned and _tuning_price_missing(quote):
        yield _price_missing(say("The price of tuning {model} at {host} is not known for {day}.", **facts))
    if checked.plan.embedding_tokens is not None and quote.embedding is None:
        model = checked.scenario.embedding_model
        yield _price_missing(say("No price of {model} is valid on {day}.", model=model, day=day))


def _tuning_price_missing(quote: Quote) -> bool:
    offer = quote.tuning
    if offer is None:
        return quote.tuning_status.state is TuningState.OPEN
    has_training = offer.training_usd_per_mtok is not None or offer.training_usd_per_hour is not None
    return not has_training or offer.tuned is None or offer.hosting_usd_per_hour is None


def _price_missing(reason: str) -> Gate:
    remedy = say("Choose another date, host or model.")
    return Gate("G14", Status.UNKNOWN, say("Price missing"), reason, remedy)


def within_budget(checked: Checked) -> Iterator[Gate]:
    """G13: what is spent by the end of the first month against the budget."""
    budget, cost = checked.scenario.budget_usd, checked.cost
    if budget is None or cost is None:
        return
    spent = (cost.one_off.value or 0.0) + (cost.monthly.value or 0.0)
    if spent <= budget:
        return
    reason = say(
        "The one-off cost ({one_off}) and the first month ({month}) come to {spent}; "
        "your budget is {budget}.",
        one_off=usd(cost.one_off.value),
        month=usd(cost.monthly.value),
        spent=usd(spent),
        budget=usd(budget),
    )
    limit = assumed(budget, "USD", say("your budget"), name=say("Budget"))
    figures, remedy = (cost.one_off, cost.monthly, limit), say("Raise the budget, or start smaller.")
    yield Gate("G13", Status.WARN, say("Over budget"), reason, remedy, figures)
