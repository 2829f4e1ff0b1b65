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
        closes, days = tuning.closes_on.isoformat(), ", ".join(day.isoformat() for day in blocked)
        reason = f"No tuning job can be started from {closes} on, and retraining is planned for {days}."
        remedy = tuning.remedy or "Plan without retraining, or tune at another host."
        yield Gate("G4", Status.FAIL, "No retraining", reason, remedy)


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
    day = stop.on.isoformat()
    reason = (
        f"The model stops on {day}: {usable} of the {checked.scenario.horizon_months} months in view "
        "can be used."
    )
    remedy = stop.remedy or "Shorten the horizon, choose a model that stays, or plan a migration."
    yield Gate("G4", Status.FAIL, f"Stops {day}", reason, remedy)


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
    reason = "Every attempt is taken to fail, so no request is ever answered."
    yield Gate(
        "E28", Status.FAIL, "Never succeeds", reason, "Enter a share of failed attempts below 1.", (share,)
    )


def device_quality(checked: Checked) -> Iterator[Gate]:
    """A model that fits a device is small, and its answers are the open question."""
    if checked.quote.host != ON_DEVICE or not checked.plan.calls:
        return
    reason = "A small, compressed model on a device often answers less well; no figure here measures that."
    remedy = "Try it on your own questions before you count on the cost."
    yield Gate("quality", Status.WARN, "Quality to be checked", reason, remedy)


def prices_known(checked: Checked) -> Iterator[Gate]:
    """G14: a price nobody could source keeps the strategy out of the ranking; it is never 0 (E12)."""
    if checked.cost is not None:
        return  # there is no cost without every price
    quote, day = checked.quote, checked.scenario.price_date.isoformat()
    if checked.plan.calls and quote.inference is None:
        yield _price_missing(f"No sourced price of {quote.model} at {quote.host} is valid on {day}.")
    if checked.plan.tuned and _tuning_price_missing(quote):
        yield _price_missing(f"The price of tuning {quote.model} at {quote.host} is not known for {day}.")
    if checked.plan.embedding_tokens is not None and quote.embedding is None:
        yield _price_missing(f"No price of {checked.scenario.embedding_model} is valid on {day}.")


def _tuning_price_missing(quote: Quote) -> bool:
    offer = quote.tuning
    if offer is None:
        return quote.tuning_status.state is TuningState.OPEN
    has_training = offer.training_usd_per_mtok is not None or offer.training_usd_per_hour is not None
    return not has_training or offer.tuned is None or offer.hosting_usd_per_hour is None


def _price_missing(reason: str) -> Gate:
    return Gate("G14", Status.UNKNOWN, "Price missing", reason, "Choose another date, host or model.")


def within_budget(checked: Checked) -> Iterator[Gate]:
    """G13: what is spent by the end of the first month against the budget."""
    budget, cost = checked.scenario.budget_usd, checked.cost
    if budget is None or cost is None:
        return
    spent = (cost.one_off.value or 0.0) + (cost.monthly.value or 0.0)
    if spent <= budget:
        return
    reason = (
        f"The one-off cost ({usd(cost.one_off.value)}) and the first month ({usd(cost.monthly.value)}) "
        f"come to {usd(spent)}; your budget is {usd(budget)}."
    )
    figures = (cost.one_off, cost.monthly, assumed(budget, "USD", "your budget", name="Budget"))
    yield Gate("G13", Status.WARN, "Over budget", reason, "Raise the budget, or start smaller.", figures)
