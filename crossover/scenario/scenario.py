"""The whole state of a comparison beside the data: one frozen value that survives as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date

from crossover.assumptions import Assumption, as_figure, default_assumptions
from crossover.figure import Figure, assumed
from crossover.own_prices import MOST_OWN_PRICES, OwnPrice
from crossover.scenario.checks import InvalidScenario, check, is_number
from crossover.words import mark, say

SCENARIO_VERSION = 1


@dataclass(frozen=True, slots=True)
class StrategyModel:
    """A model of its own for one strategy, by strategy id."""

    strategy: str
    host: str
    model: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """What a team decides or assumes; everything else is data or price list.

    `price_date` is the day prices and lifecycles are read for. `token_correction` multiplies every
    input count, as measured on the person's own bills. `overrides` are the person's own values for
    entries of data/assumptions.csv, `ranges` their own (name, low, high), `own_prices` their own
    prices, the newest first. A limit of None is no limit. Raises InvalidScenario for values no
    formula allows (MODEL.md E03-E06, E14, E15).
    """

    price_date: date
    host: str = "azure"
    model: str = "gpt-oss-20b"
    requests_per_month: float = 50_000
    growth_per_month_share: float = 0.0
    horizon_months: int = 12
    few_shot_examples: int = 3
    chunks_per_request: int = 5
    chunk_tokens: int = 400
    chunk_overlap_tokens: int = 50
    output_length_factor: float = 1.0
    prompt_caching: bool = True
    count_people: bool = True
    new_customer: bool = True
    preset: str = "today"
    embedding_host: str = "openai"
    embedding_model: str = "text-embedding-3-small"
    token_correction: float = 1.0
    token_correction_source: str = ""
    overrides: tuple[tuple[str, float], ...] = ()
    own_prices: tuple[OwnPrice, ...] = ()
    ranges: tuple[tuple[str, float, float], ...] = ()
    strategy_models: tuple[StrategyModel, ...] = ()
    extra_strategies: tuple[str, ...] = ()
    cache_tail: bool = False
    batch: bool = False
    region: str = "global"
    turns_per_conversation: int = 1
    keep_passages: bool = False
    gpu: str = ""
    vector_store: str = ""
    latency_limit_seconds: float | None = None
    budget_usd: float | None = None
    requests_per_minute_limit: float | None = None
    tokens_per_minute_limit: float | None = None
    update_within_days: float | None = None
    target_success_share: float | None = None
    personal_data_may_leave: bool = True
    data_may_leave: bool = True
    weights: tuple[tuple[str, float], ...] = ()
    success_shares: tuple[tuple[str, float], ...] = ()
    discount_per_year_share: float = 0.0
    seed: int = 1

    def __post_init__(self) -> None:
        check(self)

    def assumption(self, name: str) -> Figure:
        """The named assumption as a figure: the person's value and range where there are any."""
        return as_figure(self.assumed_range(name), dict(self.overrides).get(name))

    def assumed_range(self, name: str) -> Assumption:
        """The named assumption with the person's own low and high, its likely value as shipped."""
        assumption = default_assumptions()[name]
        own = next(((low, high) for each, low, high in self.ranges if each == name), None)
        return assumption if own is None else replace(assumption, low=own[0], high=own[1])

    def value(self, name: str) -> float:
        """The number of `assumption(name)`."""
        chosen = dict(self.overrides).get(name)
        return default_assumptions()[name].likely if chosen is None else chosen

    def with_override(self, name: str, value: float | None) -> Scenario:
        """The same scenario with one assumption set, or reset to its default with None.

        A range of the person's own that the value would leave is widened to hold it.
        """
        kept = {key: old for key, old in self.overrides if key != name}
        if value is not None and value != default_assumptions()[name].likely:
            kept[name] = value
        likely = kept.get(name, default_assumptions()[name].likely)
        ranges = tuple(
            (each, min(low, likely), max(high, likely)) if each == name else (each, low, high)
            for each, low, high in self.ranges
        )
        return replace(self, overrides=tuple(sorted(kept.items())), ranges=ranges)

    def with_range(self, name: str, low: float | None, high: float | None) -> Scenario:
        """The same scenario with an assumption's own plausible range, or the shipped one with None."""
        kept = tuple(each for each in self.ranges if each[0] != name)
        own = () if low is None or high is None else ((name, low, high),)
        return replace(self, ranges=tuple(sorted((*kept, *own))))

    def for_strategy(self, strategy_id: str) -> Scenario:
        """The scenario as that strategy meets it: with its own model where one was chosen."""
        own = next((each for each in self.strategy_models if each.strategy == strategy_id), None)
        return self if own is None else replace(self, host=own.host, model=own.model)

    def with_strategy_model(self, strategy_id: str, host: str | None, model: str | None) -> Scenario:
        """The same scenario with a model of its own for one strategy, or the common one with None."""
        kept = tuple(each for each in self.strategy_models if each.strategy != strategy_id)
        own = () if host is None or model is None else (StrategyModel(strategy_id, host, model),)
        return replace(self, strategy_models=(*kept, *own))

    @property
    def volume(self) -> Figure:
        """Requests per month as the assumption it is."""
        return assumed(
            self.requests_per_month,
            mark("requests per month"),
            say("your estimate"),
            name=say("Requests per month"),
        )

    def to_json(self) -> str:
        """The scenario as JSON, keys in field order, with its version."""
        content = asdict(self) | {
            "price_date": self.price_date.isoformat(),
            "own_prices": [price.as_mapping() for price in self.own_prices],
        }
        named = {name: dict(content[name]) for name in _NAMED_NUMBERS}
        return json.dumps({"version": SCENARIO_VERSION} | content | named)

    @classmethod
    def from_json(cls, text: str) -> Scenario:
        """The scenario `to_json` wrote. Raises InvalidScenario with what is wrong."""
        try:
            content = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise InvalidScenario(say("The scenario is not JSON: {error}", error=error)) from error
        if not isinstance(content, dict):
            raise InvalidScenario(say("The scenario must be a JSON object."))
        return cls.from_mapping(content)

    @classmethod
    def from_mapping(cls, content: Mapping[str, object]) -> Scenario:
        """A scenario from plain values; unknown names are an error, missing ones take the default."""
        given = {key: value for key, value in content.items() if key != "version"}
        unknown = sorted(set(given) - {field.name for field in fields(cls)})
        if unknown:
            raise InvalidScenario(say("Unknown scenario field(s): {names}.", names=", ".join(unknown)))
        try:
            return cls(**_typed(given))  # type: ignore[arg-type]
        except InvalidScenario:
            raise
        except (TypeError, AttributeError, ValueError, OverflowError) as error:
            raise InvalidScenario(
                say("The scenario has a value of the wrong kind: {error}", error=error)
            ) from error


_NAMED_NUMBERS = ("overrides", "weights", "success_shares")


def _typed(given: dict[str, object]) -> dict[str, object]:
    readers: dict[str, Callable[[object], object]] = {
        "price_date": _day,
        "own_prices": _own_prices,
        "ranges": lambda listed: tuple(_range(each) for each in _list(listed)),
        "strategy_models": lambda listed: tuple(StrategyModel(**_texts(each)) for each in _list(listed)),
        "extra_strategies": lambda listed: tuple(_list(listed)),
        **dict.fromkeys(_NAMED_NUMBERS, _named_numbers),
    }
    return {name: readers[name](value) if name in readers else value for name, value in given.items()}


def _day(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise InvalidScenario(say("price_date must be a date such as 2026-11-22.")) from error


def _named_numbers(value: object) -> object:
    if isinstance(value, Mapping):
        return tuple(sorted((str(name), float(number)) for name, number in value.items()))
    return value


def _list(value: object) -> list[object] | tuple[object, ...]:
    if not isinstance(value, list | tuple):
        raise InvalidScenario(say("Expected a list, not {value!r}.", value=value))
    return value


def _texts(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping) or not all(isinstance(each, str) for each in value.values()):
        raise InvalidScenario(say("strategy_models must be a list of strategy, host and model."))
    return {str(key): each for key, each in value.items()}


def _range(value: object) -> tuple[str, float, float]:
    name, low, high = _list(value)
    if not (is_number(low) and is_number(high)):
        raise InvalidScenario(say("The range of {name} must be two numbers.", name=name))
    return str(name), float(str(low)), float(str(high))


def _own_prices(listed: object) -> tuple[OwnPrice, ...]:
    if not isinstance(listed, list) or len(listed) > MOST_OWN_PRICES:
        raise InvalidScenario(
            say("own_prices must be a list of at most {most} prices.", most=MOST_OWN_PRICES)
        )
    try:
        return tuple(OwnPrice.from_mapping(price) for price in listed)
    except ValueError as error:
        raise InvalidScenario(say("own_prices: {error}.", error=error)) from error
