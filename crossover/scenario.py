"""The whole state of a comparison beside the data: one frozen value that survives as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date

from crossover.assumptions import as_figure, default_assumptions
from crossover.figure import Figure, assumed
from crossover.own_prices import MOST_OWN_PRICES, OwnPrice

SCENARIO_VERSION = 1
MOST_CHUNKS = 20
_NEVER_ZERO = frozenset(
    {"hours_per_day", "team_people", "prefill_tokens_per_second", "decode_tokens_per_second"}
)


class InvalidScenario(ValueError):
    """A scenario value outside what the model can compute; the message names the field."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """What a team decides or assumes; everything else is data or price list.

    `price_date` is the day prices and lifecycles are read for. `token_correction` multiplies every
    input count, as measured on the person's own bills. `overrides` are the person's own values for
    entries of data/assumptions.csv, `own_prices` their own prices, the newest first. Raises
    InvalidScenario for values no formula allows (MODEL.md E03-E06, E14, E15).
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

    def __post_init__(self) -> None:
        _require_types(self)
        _require_between(self, "requests_per_month", 0, 1e10)
        _require_between(self, "growth_per_month_share", -0.9999, 10)
        _require_between(self, "output_length_factor", 0, 100)
        _require_between(self, "token_correction", 0.1, 10)
        _require_whole(self, "horizon_months", 0, 120)
        _require_whole(self, "few_shot_examples", 0, 100)
        _require_whole(self, "chunks_per_request", 1, MOST_CHUNKS)
        _require_whole(self, "chunk_tokens", 20, 8000)
        _require_whole(self, "chunk_overlap_tokens", 0, self.chunk_tokens - 1)
        _require_known_overrides(self.overrides)

    def assumption(self, name: str) -> Figure:
        """The named assumption as a figure: the person's value where there is one."""
        return as_figure(default_assumptions()[name], dict(self.overrides).get(name))

    def value(self, name: str) -> float:
        """The number of `assumption(name)`."""
        chosen = dict(self.overrides).get(name)
        return default_assumptions()[name].likely if chosen is None else chosen

    def with_override(self, name: str, value: float | None) -> Scenario:
        """The same scenario with one assumption set, or reset to its default with None."""
        kept = {key: old for key, old in self.overrides if key != name}
        if value is not None and value != default_assumptions()[name].likely:
            kept[name] = value
        return replace(self, overrides=tuple(sorted(kept.items())))

    @property
    def volume(self) -> Figure:
        """Requests per month as the assumption it is."""
        return assumed(
            self.requests_per_month, "requests per month", "your estimate", name="Requests per month"
        )

    def to_json(self) -> str:
        """The scenario as JSON, keys in field order, with its version."""
        content = asdict(self) | {
            "price_date": self.price_date.isoformat(),
            "overrides": dict(self.overrides),
            "own_prices": [price.as_mapping() for price in self.own_prices],
        }
        return json.dumps({"version": SCENARIO_VERSION} | content)

    @classmethod
    def from_json(cls, text: str) -> Scenario:
        """The scenario `to_json` wrote. Raises InvalidScenario with what is wrong."""
        try:
            content = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise InvalidScenario(f"The scenario is not JSON: {error}") from error
        if not isinstance(content, dict):
            raise InvalidScenario("The scenario must be a JSON object.")
        return cls.from_mapping(content)

    @classmethod
    def from_mapping(cls, content: Mapping[str, object]) -> Scenario:
        """A scenario from plain values; unknown names are an error, missing ones take the default."""
        given = {key: value for key, value in content.items() if key != "version"}
        unknown = sorted(set(given) - {field.name for field in fields(cls)})
        if unknown:
            raise InvalidScenario(f"Unknown scenario field(s): {', '.join(unknown)}.")
        try:
            return cls(**_typed(given))  # type: ignore[arg-type]
        except (TypeError, AttributeError) as error:
            raise InvalidScenario(f"The scenario has a value of the wrong kind: {error}") from error


def _typed(given: dict[str, object]) -> dict[str, object]:
    if isinstance(given.get("price_date"), str):
        try:
            given["price_date"] = date.fromisoformat(str(given["price_date"]))
        except ValueError as error:
            raise InvalidScenario("price_date must be a date such as 2026-11-22.") from error
    given["own_prices"] = _own_prices(given.get("own_prices", []))
    overrides = given.get("overrides")
    if isinstance(overrides, Mapping):
        given["overrides"] = tuple(sorted((str(name), float(value)) for name, value in overrides.items()))
    return given


def _own_prices(listed: object) -> tuple[OwnPrice, ...]:
    if not isinstance(listed, list) or len(listed) > MOST_OWN_PRICES:
        raise InvalidScenario(f"own_prices must be a list of at most {MOST_OWN_PRICES} prices.")
    try:
        return tuple(OwnPrice.from_mapping(price) for price in listed)
    except ValueError as error:
        raise InvalidScenario(f"own_prices: {error}.") from error


def _require_types(scenario: Scenario) -> None:
    if not isinstance(scenario.price_date, date):
        raise InvalidScenario("price_date must be a date such as 2026-11-22.")
    for name in ("host", "model", "preset", "embedding_host", "embedding_model", "token_correction_source"):
        if not isinstance(getattr(scenario, name), str):
            raise InvalidScenario(f"{name} must be text.")
    for name in ("prompt_caching", "count_people", "new_customer"):
        if not isinstance(getattr(scenario, name), bool):
            raise InvalidScenario(f"{name} must be true or false.")


def _require_between(scenario: Scenario, name: str, low: float, high: float) -> None:
    value = getattr(scenario, name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InvalidScenario(f"{name} must be a number, not {value!r}.")
    if not low <= value <= high:
        raise InvalidScenario(f"{name} must lie between {low:g} and {high:g}, not {value:g}.")


def _require_whole(scenario: Scenario, name: str, low: int, high: int) -> None:
    _require_between(scenario, name, low, high)
    if not isinstance(getattr(scenario, name), int):
        raise InvalidScenario(f"{name} must be a whole number, not {getattr(scenario, name)!r}.")


def _require_known_overrides(overrides: tuple[tuple[str, float], ...]) -> None:
    for name, value in overrides:
        if name not in default_assumptions():
            raise InvalidScenario(f"There is no assumption called {name!r}.")
        if not math.isfinite(value) or value < 0:
            raise InvalidScenario(f"{name} must be a number of at least 0, not {value!r}.")
        if value == 0 and name in _NEVER_ZERO:
            raise InvalidScenario(f"{name} must be more than 0: other figures are divided by it.")
