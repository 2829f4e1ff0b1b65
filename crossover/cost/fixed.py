"""What a strategy costs beside its requests: people, training, index, hosting (MODEL.md 3.1, F1.6-F1.9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from crossover.cost.bill import Cadence, Line
from crossover.cost.call_prices import embedding_price
from crossover.cost.hit_rates import HOURS_PER_MONTH
from crossover.cost.machine_lines import machine_lines
from crossover.cost.quote import Quote, price_figure
from crossover.cost.totals import hosting_usd_per_month
from crossover.cost.training import TrainingJob, tuning_usd
from crossover.cost.vector_store import vector_store_figure
from crossover.figure import Figure, assumed, derived, measured
from crossover.prices import TuningPrice
from crossover.scenario import Scenario
from crossover.strategies import TrainingPlan, UsagePlan
from crossover.strategies.documents import INDEX
from crossover.tokens.training import default_epochs, training_tokens
from crossover.words import say, say_count


def fixed_lines(plan: UsagePlan, quote: Quote, scenario: Scenario) -> tuple[Line, ...]:
    """Every line of the bill that is not a request; lines whose price is unknown have no value."""
    lines = [
        *_people(plan, scenario),
        *_index(plan, quote, scenario),
        *machine_lines(plan, quote, scenario),
    ]
    if plan.training is not None and quote.tuning is not None and len(plan.training):
        lines += _training(plan.training, quote.tuning, scenario)
    return tuple(lines)


def _people(plan: UsagePlan, scenario: Scenario) -> Iterator[Line]:
    """Working time to build, evaluate and keep up, at the day rate."""
    if not scenario.count_people:
        return
    build = _days(scenario, scenario.assumption(f"person_days.{plan.strategy}"), say("Building it"))
    evaluate = _days(scenario, scenario.assumption("evaluation_days"), say("Evaluation set"))
    yield Line(build.name, Cadence.ONE_OFF, build, is_people=True)
    yield Line(evaluate.name, Cadence.ONE_OFF, evaluate, is_people=True)
    hours, per_day = (
        scenario.assumption(f"maintenance_hours.{plan.strategy}"),
        scenario.assumption("hours_per_day"),
    )
    rate = scenario.assumption("day_rate_usd")
    usd = _value(hours) / _value(per_day) * _value(rate)
    formula, name = say("hours / hours per day x day rate"), say("Upkeep")
    upkeep = derived(usd, "USD per month", formula, hours, per_day, rate, name=name)
    yield Line(name, Cadence.MONTHLY, upkeep, is_people=True)
    if plan.tuned:
        retrain = _days(scenario, scenario.assumption("retrain_days"), say("Work per retraining"))
        yield Line(retrain.name, Cadence.RETRAINING, retrain, is_people=True)
        yield from _labels(plan, scenario)


def _days(scenario: Scenario, days: Figure, name: str) -> Figure:
    rate = scenario.assumption("day_rate_usd")
    return derived(_value(days) * _value(rate), "USD", say("days x day rate"), days, rate, name=name)


def _labels(plan: UsagePlan, scenario: Scenario) -> Iterator[Line]:
    """Only examples that do not exist yet are paid for (MODEL.md 3.1)."""
    missing = plan.training.missing_examples if plan.training else 0
    if missing and plan.training:
        n, name = len(plan.training), say("Examples still missing")
        rows = measured(missing, "examples", plan.training.source, n, name=name)
        price, formula = scenario.assumption("label_usd_per_example"), say("missing examples x cost of one")
        usd = derived(missing * _value(price), "USD", formula, rows, price, name=say("New labels"))
        line = say_count("Labelling {n} more example", "Labelling {n} more examples", missing)
        yield Line(line, Cadence.ONE_OFF, usd, is_people=True)


def _index(plan: UsagePlan, quote: Quote, scenario: Scenario) -> Iterator[Line]:
    """Embedding the documents once, again as they change, and the store that keeps them (F1.9)."""
    if plan.embedding_tokens is None or quote.embedding is None:
        return
    tokens = (figure for figure in plan.quantities if figure.id == INDEX and plan.index_tokens)
    build = plan.index_tokens * quote.embedding.input_mtok / 1e6
    inputs = (*tokens, embedding_price(quote.embedding))
    built = derived(build, "USD", "MODEL.md F1.9", *inputs, name=say("Embedding the documents"))
    yield Line(built.name, Cadence.ONE_OFF, built)
    churn, name = scenario.assumption("index_refresh_share"), say("Index refresh")
    refresh = derived(build * _value(churn), "USD per month", "MODEL.md F1.9", built, churn, name=name)
    yield Line(say("Embedding changed pages"), Cadence.MONTHLY, refresh)
    yield Line(say("Vector store"), Cadence.MONTHLY, vector_store_figure(plan, quote, scenario))


def _training(training: TrainingPlan, price: TuningPrice, scenario: Scenario) -> Iterator[Line]:
    """Trial runs on successive days, retraining later, and hosting of the tuned model."""
    epochs = default_epochs(len(training))
    tokens = training_tokens(training.example_tokens, price.max_example_tokens, epochs)
    hours = training_hours(tokens.billable, scenario)
    trials = scenario.assumption("training_trials")
    runs = max(1, round(_value(trials)))
    start = scenario.price_date
    first = [TrainingJob(start + timedelta(days=run), tokens.billable, hours) for run in range(runs)]
    free = _free_tokens(price, start)
    facts = _training_inputs(training, price, epochs, scenario)
    inputs = (*facts, *free, trials)
    name = say_count("Training, {n} run", "Training, {n} runs", runs)
    fee = derived(tuning_usd(first, price), "USD", "MODEL.md F1.6-F1.7", *inputs, name=name)
    yield Line(name, Cadence.ONE_OFF, fee)
    paid = replace(price, free_until=None)  # a later retraining is not promised any free tokens
    usd = tuning_usd([TrainingJob(start, tokens.billable, hours)], paid)
    again = derived(usd, "USD", "MODEL.md F1.6", *facts, name=say("Training again"))
    yield Line(again.name, Cadence.RETRAINING, again)
    if price.hosting_usd_per_hour:
        yield Line(say("Hosting the tuned model"), Cadence.MONTHLY, _hosting(price))


def training_hours(tokens: float, scenario: Scenario) -> float:
    """Hours a GPU trains for, where training is billed by the hour."""
    return tokens / scenario.value("gpu_training_tokens_per_second") / 3600


def _training_inputs(
    training: TrainingPlan, price: TuningPrice, epochs: int, scenario: Scenario
) -> tuple[Figure, ...]:
    total = float(training.example_tokens.sum())
    reason = say("assumed: the published default for a file of this size (MODEL.md F1.5)")
    return (
        measured(total, "tokens", training.source, len(training), name=say("Training file, one epoch")),
        assumed(epochs, "epochs", reason, name=say("Epochs")),
        *_training_price(price, scenario),
    )


def _training_price(price: TuningPrice, scenario: Scenario) -> tuple[Figure, ...]:
    name = say("Training price")
    if price.training_usd_per_mtok is not None or price.training_usd_per_hour is None:
        return (price_figure(price.training_usd_per_mtok, "USD per million tokens", price.source, name),)
    by_hour = price_figure(price.training_usd_per_hour, "USD per hour", price.source, name)
    return by_hour, scenario.assumption("gpu_training_tokens_per_second")


def _free_tokens(price: TuningPrice, start: date) -> tuple[Figure, ...]:
    """The free allowance as a figure while it lasts; runs on successive days each have their own."""
    if not price.free_tokens_per_day or price.free_until is None or start > price.free_until:
        return ()
    name = say("Free training tokens, through {day}, one run a day", day=price.free_until)
    source = price.free_source or price.source
    return (price_figure(price.free_tokens_per_day, "tokens a day", source, name),)


def _hosting(price: TuningPrice) -> Figure:
    rate = price_figure(price.hosting_usd_per_hour, "USD per hour", price.source, say("Hosting price"))
    usd = hosting_usd_per_month(price.hosting_usd_per_hour or 0.0)
    formula = say("{hours:g} hours (MODEL.md 0.1)", hours=HOURS_PER_MONTH)
    return derived(usd, "USD per month", formula, rate, name=say("Hosting"))


def _value(figure: Figure) -> float:
    return figure.value or 0.0
