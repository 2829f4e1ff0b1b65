"""What a fine-tuning job costs, with the free tokens of a day (MODEL.md F1.6, F1.7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crossover.cost.errors import require_at_least
from crossover.prices.types import TuningPrice


@dataclass(frozen=True, slots=True)
class TrainingJob:
    """One job: its UTC day, its tokens over all epochs, and its hours where a host bills by time."""

    day: date
    billable_tokens: float
    hours: float | None = None


def training_usd(billed_tokens: float, usd_per_mtok: float, minimum_fee_usd: float = 0.0) -> float:
    """Fee of one job that is billed by token (MODEL.md F1.6, W06)."""
    require_at_least("billed_tokens", billed_tokens)
    return max(minimum_fee_usd, billed_tokens * usd_per_mtok / 1e6)


def billable_tokens(
    price: TuningPrice, training_tokens: float, validation_tokens: float = 0.0, evaluations: int = 0
) -> float:
    """Tokens a host counts for one job: all epochs of training and, where it bills them, the
    validation tokens of each evaluation (MODEL.md F1.6).
    """
    return training_tokens + (evaluations * validation_tokens if price.bills_validation else 0.0)


def billed_tokens(
    jobs: Sequence[TrainingJob], free_tokens_per_day: float, free_until: date | None
) -> tuple[float, ...]:
    """Tokens of each job beyond the free allowance of its UTC day, in the order given (F1.7, W06).

    Jobs of one day share that day's allowance; what is left of it expires. `free_until` is the last
    free day, itself included; without a known last day nothing is free (MODEL.md E36).
    """
    used: defaultdict[date, float] = defaultdict(float)
    billed = []
    for job in jobs:
        is_free_day = free_until is not None and job.day <= free_until
        left = max(0.0, free_tokens_per_day - used[job.day]) if is_free_day else 0.0
        used[job.day] += job.billable_tokens
        billed.append(max(0.0, job.billable_tokens - left))
    return tuple(billed)


def tuning_usd(jobs: Sequence[TrainingJob], price: TuningPrice) -> float | None:
    """Fee of all `jobs` at a host; None when the price, or a job's hours, are not known (E12).

    A job that the free allowance covers whole costs nothing, not even the minimum fee.
    """
    if price.training_usd_per_mtok is not None:
        return _usd_by_tokens(jobs, price, price.training_usd_per_mtok)
    if price.training_usd_per_hour is not None:
        return _usd_by_hours(jobs, price, price.training_usd_per_hour)
    return None


def _usd_by_tokens(jobs: Sequence[TrainingJob], price: TuningPrice, usd_per_mtok: float) -> float:
    tokens = billed_tokens(jobs, price.free_tokens_per_day, price.free_until)
    return sum(training_usd(count, usd_per_mtok, price.minimum_fee_usd) for count in tokens if count > 0)


def _usd_by_hours(jobs: Sequence[TrainingJob], price: TuningPrice, usd_per_hour: float) -> float | None:
    hours = [job.hours for job in jobs if job.hours is not None]
    if len(hours) < len(jobs):
        return None
    return sum(max(price.minimum_fee_usd, each * usd_per_hour) for each in hours)
