"""Inputs beside the assumptions: traffic, answer length and list prices, with the range we search (3.7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from crossover.assumptions import default_assumptions
from crossover.cost import Amount
from crossover.cost.quote import Quote
from crossover.cost.totals import LARGEST_VOLUME
from crossover.figure import Kind
from crossover.latency import Lognormal
from crossover.prices import Source, TokenPrice
from crossover.scenario import Scenario
from crossover.uncertainty.distributions import Triangular
from crossover.uncertainty.inputs import (
    CONCEIVABLE_FACTOR,
    Override,
    UncertainInput,
    Values,
    assumption_inputs,
)
from crossover.words import mark, say

VOLUME, GROWTH, DECLINE = "requests_per_month", "growth_per_month_share", "price_decline_per_year_share"
ANSWER_LENGTH = "output_length_factor"
BASE_PRICE, TUNED_PRICE, TRAINING_PRICE = "price.base.", "price.tuned.", "price.training."

# Assumed: no source gives a range for these. A plan is rarely right within a factor of two, and a
# model's price has mostly fallen, seldom risen, from one generation to the next.
VOLUME_FACTOR = 2.0
GROWTH_SPREAD_SHARE = 0.02
SEARCHED_GROWTH = (-0.1, 0.3)
DECLINE_RANGE = (0.0, 0.5)  # MODEL.md 3.2
NO_DECLINE = 0.0
LENGTH_FACTORS = (0.5, 2.0)
PRICE_FACTORS = (0.25, 2.0)

_LENGTH_UNIT = mark("times the uploaded answers")
_LISTED_LABELS = {
    "input_mtok": mark("Input price of {model}"),
    "output_mtok": mark("Output price of {model}"),
    "cached_input_mtok": mark("Cached input price of {model}"),
}
_TUNED_LABELS = {
    "input_mtok": mark("Input price of the tuned {model}"),
    "output_mtok": mark("Output price of the tuned {model}"),
    "cached_input_mtok": mark("Cached input price of the tuned {model}"),
}
_TRAINING_LABEL = mark("Training price of {model}")


def scenario_inputs(scenario: Scenario, quote: Quote | None = None) -> tuple[UncertainInput, ...]:
    """Everything a total may be asked about: assumptions, traffic, answer length, and list prices.

    Volume is drawn as lognormal with today's value as its median and twice that as its 95th
    percentile; growth within two points a month; list prices are not drawn (MODEL.md 5.1).
    """
    prices = tuple(_price_inputs(quote)) if quote else ()
    return (*_traffic_inputs(scenario), *_assumption_inputs(scenario), *prices)


def all_inputs(scenario: Scenario, quotes: Iterable[Quote]) -> tuple[UncertainInput, ...]:
    """`scenario_inputs` with the list prices of several models, each once."""
    prices = (each for quote in quotes for each in _price_inputs(quote))
    by_name = {each.name: each for each in (*scenario_inputs(scenario), *prices)}
    return tuple(by_name.values())


def today_of(scenario: Scenario, quote: Quote) -> dict[str, Amount]:
    """Today's values of `scenario_inputs` by name, in its order, without their ranges and words."""
    own = dict(scenario.overrides)
    return {
        VOLUME: scenario.requests_per_month,
        GROWTH: scenario.growth_per_month_share,
        DECLINE: NO_DECLINE,
        ANSWER_LENGTH: scenario.output_length_factor,
        **{name: own.get(name, each.likely) for name, each in default_assumptions().items()},
        **{each.name: each.usd for each in _list_prices(quote)},
    }


def _assumption_inputs(scenario: Scenario) -> tuple[UncertainInput, ...]:
    """The assumptions with the person's own values and ranges."""
    overrides: dict[str, Override] = dict(scenario.overrides)
    overrides |= {name: (low, scenario.value(name), high) for name, low, high in scenario.ranges}
    return assumption_inputs(default_assumptions(), overrides)


def _traffic_inputs(scenario: Scenario) -> Iterator[UncertainInput]:
    yield _volume(scenario.requests_per_month)
    yield _growth(scenario.growth_per_month_share)
    yield _lever(DECLINE, say("Price decline"), "share per year", NO_DECLINE, (*DECLINE_RANGE, 1.0))
    factor = scenario.output_length_factor
    low, high = (factor * times for times in LENGTH_FACTORS)
    span = (low, high, high * CONCEIVABLE_FACTOR)
    yield _lever(ANSWER_LENGTH, say("Length of the answers"), _LENGTH_UNIT, factor, span)


def _volume(today: float) -> UncertainInput:
    return UncertainInput(
        name=VOLUME,
        label=say("Requests per month"),
        unit=mark("requests per month"),
        today=today,
        low=today / VOLUME_FACTOR,
        high=min(LARGEST_VOLUME, today * VOLUME_FACTOR),
        kind=Kind.ASSUMPTION,
        reason=say("your estimate"),
        distribution=Lognormal.from_percentiles(today, today * VOLUME_FACTOR) if today else None,
        is_log=True,
        searched=(1.0, LARGEST_VOLUME),
    )


def _growth(today: float) -> UncertainInput:
    low, high = max(-0.99, today - GROWTH_SPREAD_SHARE), today + GROWTH_SPREAD_SHARE
    return UncertainInput(
        name=GROWTH,
        label=say("Growth"),
        unit="share per month",
        today=today,
        low=min(low, today),
        high=high,
        kind=Kind.ASSUMPTION,
        reason=say("your estimate"),
        distribution=Triangular(min(low, today), today, high),
        searched=(min(SEARCHED_GROWTH[0], low), max(SEARCHED_GROWTH[1], high)),
    )


def _lever(
    name: str, label: str, unit: str, today: float, span: tuple[float, float, float]
) -> UncertainInput:
    """An input that is not drawn; `span` is the plausible low and high, and the most conceivable."""
    low, high, most = span
    reason = say("your estimate")
    return UncertainInput(name, label, unit, today, low, high, Kind.ASSUMPTION, reason, (0.0, most))


@dataclass(frozen=True, slots=True)
class _ListPrice:
    """A price of the quote; `label` is the English one with the model left open."""

    name: str
    label: str
    usd: float
    source: Source


def _list_prices(quote: Quote) -> Iterator[_ListPrice]:
    tuning = quote.tuning
    if quote.inference is not None:
        base = _named(BASE_PRICE, quote)
        yield from _token_prices(base, quote.inference.price, quote.inference.source, _LISTED_LABELS)
    if tuning is not None and tuning.tuned is not None:
        yield from _token_prices(_named(TUNED_PRICE, quote), tuning.tuned, tuning.source, _TUNED_LABELS)
    if tuning is not None and tuning.training_usd_per_mtok is not None:
        name = _named(TRAINING_PRICE, quote) + "training_mtok"
        yield _ListPrice(name, _TRAINING_LABEL, tuning.training_usd_per_mtok, tuning.source)


def _named(prefix: str, quote: Quote) -> str:
    """Prices of two models are two inputs, so their names carry the model and its host."""
    return f"{prefix}{quote.host}/{quote.model}."


def _token_prices(
    prefix: str, price: TokenPrice, source: Source, labels: Mapping[str, str]
) -> Iterator[_ListPrice]:
    for field, label in labels.items():
        today = getattr(price, field)
        if today:
            yield _ListPrice(prefix + field, label, today, source)


def _price_inputs(quote: Quote) -> Iterator[UncertainInput]:
    for each in _list_prices(quote):
        low, high = (each.usd * times for times in PRICE_FACTORS)
        yield UncertainInput(
            name=each.name,
            label=say(each.label, model=quote.model),
            unit="USD per million tokens",
            today=each.usd,
            low=low,
            high=high,
            kind=Kind.PRICE_LIST,
            reason=each.source.url,
            searched=(0.0, each.usd * CONCEIVABLE_FACTOR),
        )


def quote_at(quote: Quote, values: Values) -> Quote:
    """The quote with the list prices of `values`, where they are given."""
    inference, tuning = quote.inference, quote.tuning
    if inference is not None:
        price = _token_price_at(inference.price, _named(BASE_PRICE, quote), values)
        inference = replace(inference, price=price)
    if tuning is not None:
        tuned = tuning.tuned and _token_price_at(tuning.tuned, _named(TUNED_PRICE, quote), values)
        name = _named(TRAINING_PRICE, quote) + "training_mtok"
        training = _number(values, name, tuning.training_usd_per_mtok)
        tuning = replace(tuning, tuned=tuned, training_usd_per_mtok=training)
    return replace(quote, inference=inference, tuning=tuning)


def _token_price_at(price: TokenPrice, prefix: str, values: Values) -> TokenPrice:
    given: Mapping[str, float | None] = {
        field: _number(values, prefix + field, getattr(price, field)) for field in _LISTED_LABELS
    }
    return replace(price, **given)  # type: ignore[arg-type]


def _number(values: Values, name: str, otherwise: float | None) -> float | None:
    value: Amount | None = values.get(name)
    return otherwise if value is None else float(value)
