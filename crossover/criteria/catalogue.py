"""The criteria a team weighs: what each means, which way is better, and what is worst and best (6.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crossover.criteria.values import Anchor, Scale
from crossover.words import mark, say


@dataclass(frozen=True, slots=True)
class Criterion:
    """One axis of the trade-off; less is better unless `more_is_better`.

    `name`, `measure` and `meaning` are English, and shown as `label`, `unit` and `explanation`;
    `short_unit` stands after an amount and is said where it is shown. `anchor` holds the default
    worst and best quantity, None where they hang on the scenario.
    `weight` is what it counts for until somebody says otherwise. `is_measured_only` keeps it out of
    every score until the person has measured it for all strategies that can be chosen.
    """

    id: str
    name: str
    measure: str
    short_unit: str
    meaning: str
    more_is_better: bool = False
    anchor: Anchor | None = None
    weight: float = 1.0
    is_measured_only: bool = False

    @property
    def label(self) -> str:
        """The name shown to people, in the language spoken."""
        return say(self.name)

    @property
    def unit(self) -> str:
        """What is counted, in the language spoken."""
        return say(self.measure)

    @property
    def explanation(self) -> str:
        """What the amount means, in the language spoken."""
        return say(self.meaning)

    @property
    def direction(self) -> int:
        """1 where more is better, -1 where less is."""
        return 1 if self.more_is_better else -1


CRITERIA: tuple[Criterion, ...] = (
    Criterion(
        "freshness",
        mark("Freshness"),
        mark("days until a changed fact reaches answers"),
        "days",
        mark("How long an answer stays wrong after a fact has changed."),
        anchor=Anchor(120.0, 0.0, Scale.LOG1P),
    ),
    Criterion(
        "latency",
        mark("Latency"),
        mark("seconds to the full answer, slowest of 20 requests"),
        "s",
        mark("Computed from your token counts; the speeds are assumptions until you measure them."),
    ),
    Criterion(
        "regression",
        mark("Regression risk"),
        mark("behaviours that change at once in a year"),
        "",
        mark("A prompt or a page changes one behaviour; training a model changes several."),
        anchor=Anchor(6.0, 0.0),
    ),
    Criterion(
        "time_to_first",
        mark("Time to first version"),
        mark("working days"),
        "days",
        mark("Person-days divided by the people who work on it."),
        anchor=Anchor(60.0, 1.0),
    ),
    Criterion(
        "explainability",
        mark("Explainability"),
        mark("how far an answer can be traced: 0 not at all, 3 to a cited passage"),
        "of 3",
        mark("Weights cite nothing, a prompt can be read, a tool result looked up, a passage cited."),
        more_is_better=True,
        anchor=Anchor(0.0, 3.0),
    ),
    Criterion(
        "data_needed",
        mark("Data still needed"),
        mark("labelled examples that are missing"),
        "examples",
        mark("What you would have to label before it is worth starting."),
        anchor=Anchor(500.0, 0.0),
    ),
    Criterion(
        "format",
        mark("Broken format"),
        mark("share of answers that break their format"),
        "",
        mark("How irregular your own answers are; a set of labels cannot be broken by a classifier."),
        anchor=Anchor(0.1, 0.0),
    ),
    Criterion(
        "lock_in",
        mark("Lock-in"),
        mark("things that do not move to another provider"),
        "",
        mark("Weights tuned at a provider stay there, and so does an index in a hosted store."),
        anchor=Anchor(3.0, 0.0),
    ),
    Criterion(
        "privacy",
        mark("Data that leaves"),
        mark("kinds of data a provider sees: live questions, documents, training rows"),
        "kinds",
        mark("Nothing leaves machines of your own."),
        anchor=Anchor(3.0, 0.0),
    ),
    Criterion(
        "maintenance",
        mark("Maintenance"),
        mark("hours a month"),
        "h",
        mark("What it takes to keep it good once it runs."),
        anchor=Anchor(40.0, 0.0),
    ),
    Criterion(
        "quality",
        mark("Quality"),
        mark("share of answers that were right in your own evaluation"),
        "",
        mark("Only what you measured yourself; never guessed."),
        more_is_better=True,
        anchor=Anchor(0.0, 1.0),
        is_measured_only=True,
    ),
)
"""What is shown beside cost."""

COST = Criterion(
    "cost",
    mark("Cost"),
    mark("USD over the horizon"),
    "USD",
    mark("The total over the months in view."),
    # as much as the ten others that need no evaluation; see `default_weights`
    weight=10.0,
)

SCORED: tuple[Criterion, ...] = (COST, *CRITERIA)
"""What a score is made of."""

ANCHORS: Mapping[str, Anchor] = {each.id: each.anchor for each in CRITERIA if each.anchor is not None}
"""Starting values by criterion id (MODEL.md 6.1); all can be replaced."""


def default_weights() -> dict[str, float]:
    """Weight of every criterion by id: cost 10, each other one 1.

    Cost alone counts as much as all the rest, which count alike. This is a cost comparison, and
    equal weights for all would leave cost a tenth, while what it already holds (time to a first
    version and maintenance, both paid for) would count three times as much.
    """
    return {criterion.id: criterion.weight for criterion in SCORED}
