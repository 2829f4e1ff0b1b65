"""The brief: what a shared link carries, decided and frozen, without one row of the data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from annotated_types import Ge, Gt, Le, Len
from pydantic import FiniteFloat, JsonValue, TypeAdapter, ValidationError

from crossover.comparison import Comparison
from crossover.cost import Traffic
from crossover.cost.totals import LARGEST_VOLUME
from crossover.figure import Kind
from crossover.report.brief_parts import (
    MOST_FLIPS,
    MOST_STRATEGIES,
    BriefCrossing,
    BriefInput,
    BriefStrategy,
    BriefTokens,
    Month,
    Text,
)
from crossover.report.brief_rows import crossing_points, strategy_rows, token_means
from crossover.report.brief_sources import cleaned, input_list, one_line, shared_scenario
from crossover.uncertainty import flip_sentence
from crossover.verdict import Verdict
from crossover.whatif import Sureness, all_flips
from crossover.words import mark, say

BRIEF_VERSION = 1
MOST_BYTES = 512 * 1024
TITLE_CHARACTERS, NOTE_CHARACTERS, CONTACT_CHARACTERS = 120, 4000, 200
LEAST_FLIPS = 3
CACHING_NOTE = mark(
    "At another volume, cache hit rates and the fee of the vector store stay as decided; tokens, prices, "
    "people and machines are computed anew."
)


class InvalidBrief(ValueError):
    """Something that is no brief of this version; the message says where."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A decision as it was made on `made_on` with prices of `price_date`: aggregates only.

    `strategies` are best first. `inputs` is the one list of measurements, prices and assumptions that
    all figures point into. `scenario` is the scenario's JSON, without names of files. `flips` are
    sentences, the smallest change first.
    """

    version: Literal[1]
    title: Text
    note: Text
    contact: Text
    made_on: date
    price_date: date
    is_demo: bool
    headline: Text
    reasons: Annotated[tuple[Text, ...], Len(0, 40)]
    is_decided: bool
    draws: Annotated[int, Ge(0)]
    requests_per_month: Annotated[FiniteFloat, Ge(0), Le(LARGEST_VOLUME)]
    growth_per_month_share: Annotated[FiniteFloat, Gt(-1), Le(10)]
    horizon_months: Month
    strategies: Annotated[tuple[BriefStrategy, ...], Len(0, MOST_STRATEGIES)]
    crossings: Annotated[tuple[BriefCrossing, ...], Len(0, 5000)]
    flips: Annotated[tuple[Text, ...], Len(0, MOST_FLIPS)]
    inputs: Annotated[tuple[BriefInput, ...], Len(0, 2000)]
    tokens: BriefTokens
    scenario: Mapping[str, JsonValue] = field(hash=False)

    def to_mapping(self) -> dict[str, object]:
        """The brief as plain JSON values; dates are ISO 8601."""
        content: dict[str, object] = _READER.dump_python(self, mode="json")
        return content

    @classmethod
    def from_mapping(cls, content: Mapping[str, object]) -> Brief:
        """The brief `to_mapping` wrote; every value is checked. Raises InvalidBrief."""
        return _checked(content)

    @property
    def ranked(self) -> tuple[BriefStrategy, ...]:
        """The strategies that can be chosen, cheapest first."""
        return tuple(each for each in self.strategies if each.rank is not None)

    @property
    def prices(self) -> tuple[BriefInput, ...]:
        """The prices the figures rest on, with page and day."""
        return tuple(each for each in self.inputs if each.kind is Kind.PRICE_LIST)

    @property
    def assumptions(self) -> tuple[BriefInput, ...]:
        """What was assumed, the team's own values first."""
        found = (each for each in self.inputs if each.kind is Kind.ASSUMPTION)
        return tuple(sorted(found, key=lambda each: not each.is_own))

    def traffic(self, requests_per_month: float | None = None) -> Traffic:
        """Requests over the horizon, at the volume decided for or at another one."""
        volume = self.requests_per_month if requests_per_month is None else requests_per_month
        return Traffic(volume, self.growth_per_month_share, self.horizon_months)


_READER = TypeAdapter(Brief)


def brief(  # noqa: PLR0913 - the words of the person, by name
    comparison: Comparison,
    sure: Sureness,
    verdict: Verdict,
    *,
    title: str,
    note: str = "",
    contact: str = "",
    show_file_names: bool = False,
    made_on: date,
) -> Brief:
    """Freeze a comparison into what a link may show (MODEL.md 0.2, E38).

    `contact` says in free words whom to ask. Names of uploaded files stay behind unless
    `show_file_names`. Raises InvalidBrief when the result is larger than a link may carry.
    """
    scenario, inputs = comparison.scenario, input_list(comparison, show_file_names)
    rows = strategy_rows(comparison, sure, inputs)
    made = Brief(
        version=1,
        title=one_line(title, TITLE_CHARACTERS),
        note=cleaned(note, NOTE_CHARACTERS),
        contact=one_line(contact, CONTACT_CHARACTERS),
        made_on=made_on,
        price_date=scenario.price_date,
        is_demo=comparison.profile.samples.demo,
        headline=verdict.headline,
        reasons=verdict.reasons,
        is_decided=verdict.is_decided,
        draws=sure.draws,
        requests_per_month=scenario.requests_per_month,
        growth_per_month_share=scenario.growth_per_month_share,
        horizon_months=scenario.horizon_months,
        strategies=rows,
        crossings=crossing_points(comparison),
        flips=flip_lines(sure),
        inputs=tuple(inputs.places),
        tokens=token_means(comparison.profile),
        scenario=shared_scenario(comparison, show_file_names),  # type: ignore[arg-type]
    )
    return Brief.from_mapping(made.to_mapping())  # what is stored today must open in a month


def flip_lines(sure: Sureness) -> tuple[str, ...]:
    """What would change the answer, nearest first; where little would, what comes closest to it."""
    found = [flip for flip in all_flips(sure) if flip.value is not None]
    plausible = sum(flip.is_plausible for flip in found)
    shown = found[: min(MOST_FLIPS, max(plausible, LEAST_FLIPS))]
    return tuple(map(flip_sentence, shown))


def _checked(content: Mapping[str, object]) -> Brief:
    try:
        text = json.dumps(dict(content), allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidBrief(say("A brief is plain JSON values: {error}.", error=error)) from error
    if len(text) > MOST_BYTES:
        raise InvalidBrief(too_large(len(text)))
    if content.get("version") != BRIEF_VERSION:
        raise InvalidBrief(say("This brief was made by another version of Crossover. Ask for a new link."))
    try:
        found = _READER.validate_json(text, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise InvalidBrief(_damage(where, first["msg"])) from error
    _require_places(found)
    return found


def too_large(size: int) -> str:
    """That a brief of so many bytes is more than a link carries."""
    return say(
        "The brief is {size:,} kB large; the most is {most:,} kB.",
        size=size // 1024,
        most=MOST_BYTES // 1024,
    )


def _damage(where: str, what: str) -> str:
    if not where:
        return say("The brief is damaged at its start: {what}.", what=what)
    return say("The brief is damaged at {place}: {what}.", place=where, what=what)


def _require_places(found: Brief) -> None:
    """Every figure points at inputs that are there."""
    for row in found.strategies:
        figures = (*row.criteria, *(row.cost.figures if row.cost else ()))
        prices = [each.price for each in (row.cost.unit_costs if row.cost else ()) if each.price is not None]
        named = [*prices, *(place for figure in figures for place in figure.inputs)]
        if any(place >= len(found.inputs) for place in named):
            raise InvalidBrief(
                say("The brief is damaged: {strategy} names an input it lacks.", strategy=row.label)
            )
