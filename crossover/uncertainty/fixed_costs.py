"""What a strategy costs beside its requests, over draws of the assumptions (MODEL.md 3.1, F1.6-F1.9).

The same lines as the bill of the cost stage, as functions of named values; at today's values they
add up to that bill, which a test holds for every strategy.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from crossover.cost import Amount, FloatArray, TrainingJob, hosting_usd_per_month, tuning_usd
from crossover.cost.fixed import training_hours
from crossover.cost.quote import Quote
from crossover.prices import TuningPrice
from crossover.prices.machines import ON_DEVICE, SELF_HOSTED
from crossover.scenario import Scenario
from crossover.strategies import TrainingPlan, UsagePlan
from crossover.tokens.training import default_epochs, training_tokens
from crossover.uncertainty.inputs import Values
from crossover.uncertainty.levers import VOLUME
from crossover.uncertainty.store_by_volume import StoreByVolume, store_by_volume

MOST_RUNS = 40
"""Training runs beyond this many are billed as this many; no plausible range reaches it."""


@dataclass(frozen=True, slots=True, eq=False)
class FixedFacts:
    """What of a bill no assumption moves; `runs_usd[r]` is the fee of r training runs, shape (runs,).

    `training_rows` is None for a strategy that trains nothing.
    """

    strategy: str
    counts_people: bool
    index_usd: float | None
    training_rows: int | None
    runs_usd: FloatArray
    retraining_usd: float
    hosting_usd_per_month: float
    host: str
    calls_a_model: bool
    store: StoreByVolume | None

    @property
    def is_tuned(self) -> bool:
        """Whether a model is trained, and so trained again."""
        return self.training_rows is not None


def fixed_facts(plan: UsagePlan, quote: Quote, scenario: Scenario) -> FixedFacts:
    """The facts behind the bill of one plan at these prices."""
    has_index = plan.embedding_tokens is not None and quote.embedding is not None
    embedding_mtok = quote.embedding.input_mtok if quote.embedding else 0.0
    runs_usd, retraining_usd, hosting = np.zeros(1), 0.0, 0.0
    if plan.training is not None and len(plan.training) and quote.tuning is not None:
        runs_usd = _runs_usd(plan.training, quote.tuning, scenario)
        retraining_usd = _retraining_usd(plan.training, quote.tuning, scenario)
        hosting = hosting_usd_per_month(quote.tuning.hosting_usd_per_hour or 0.0)
    return FixedFacts(
        strategy=plan.strategy,
        counts_people=scenario.count_people,
        index_usd=plan.index_tokens * embedding_mtok / 1e6 if has_index else None,
        training_rows=len(plan.training) if plan.training is not None else None,
        runs_usd=runs_usd,
        retraining_usd=retraining_usd,
        hosting_usd_per_month=hosting,
        host=quote.host,
        calls_a_model=bool(plan.calls),
        store=store_by_volume(plan, quote, scenario),
    )


def _job_tokens(training: TrainingPlan, price: TuningPrice) -> float:
    epochs = default_epochs(len(training))
    return training_tokens(training.example_tokens, price.max_example_tokens, epochs).billable


def _runs_usd(training: TrainingPlan, price: TuningPrice, scenario: Scenario) -> FloatArray:
    """Fee of the first 0, 1, 2, … runs, one a day, free tokens taken off (F1.7)."""
    tokens, start = _job_tokens(training, price), scenario.price_date
    hours = training_hours(tokens, scenario)
    jobs = (TrainingJob(start + timedelta(days=run), tokens, hours) for run in range(MOST_RUNS))
    fees = [tuning_usd([job], price) for job in jobs]
    return np.concatenate([[0.0], np.cumsum([fee or 0.0 for fee in fees])])


def _retraining_usd(training: TrainingPlan, price: TuningPrice, scenario: Scenario) -> float:
    """Fee of a later run: no free tokens are promised for it."""
    tokens = _job_tokens(training, price)
    job = TrainingJob(scenario.price_date, tokens, training_hours(tokens, scenario))
    return tuning_usd([job], replace(price, free_until=None)) or 0.0


def one_time_usd(facts: FixedFacts, values: Values) -> Amount:
    """Building, the evaluation set, new labels, training runs and the index."""
    total: Amount = facts.index_usd or 0.0
    if facts.is_tuned:
        total = total + facts.runs_usd[_runs(facts, values)]
    if facts.host == ON_DEVICE and facts.calls_a_model:
        total = total + values["devices"] * values["device_usd"]
    if not facts.counts_people:
        return total
    days = values[f"person_days.{facts.strategy}"] + values["evaluation_days"]
    return total + days * values["day_rate_usd"] + _labels_usd(facts, values)


def _runs(facts: FixedFacts, values: Values) -> NDArray[np.intp]:
    runs = np.clip(np.rint(values["training_trials"]), 1, len(facts.runs_usd) - 1)
    return np.asarray(runs, np.intp)


def _labels_usd(facts: FixedFacts, values: Values) -> Amount:
    if facts.training_rows is None:
        return 0.0
    wanted = np.rint(values["recommended_training_examples"])
    missing: Amount = np.maximum(0.0, wanted - facts.training_rows)
    return missing * values["label_usd_per_example"]


def monthly_usd(facts: FixedFacts, values: Values) -> Amount:
    """Upkeep, the index and its store, and hosting."""
    total: Amount = facts.hosting_usd_per_month
    if facts.index_usd is not None:
        refreshed = facts.index_usd * values["index_refresh_share"]
        kept = facts.store.usd_at(values[VOLUME]) if facts.store else values["vector_store_usd_per_month"]
        total = total + refreshed + kept
    if not facts.calls_a_model:
        total = total + values["classifier_usd_per_month"]
    elif facts.host == SELF_HOSTED:
        total = total + values["gpu_operations_usd_per_month"]
    if facts.counts_people:
        days = values[f"maintenance_hours.{facts.strategy}"] / values["hours_per_day"]
        total = total + days * values["day_rate_usd"]
    return total


def events_usd(facts: FixedFacts, values: Values, horizon_months: int) -> dict[int, Amount]:
    """Retraining by month; the interval may differ from draw to draw (F3.1)."""
    if not facts.is_tuned:
        return {}
    work = values["retrain_days"] * values["day_rate_usd"] if facts.counts_people else 0.0
    each, every = facts.retraining_usd + work, np.maximum(1.0, np.rint(values["retrain_every_months"]))
    return {month: np.where(month % every == 0, each, 0.0) for month in range(1, horizon_months)}
