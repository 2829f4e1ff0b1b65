"""Plain classifier: where answers are a closed set of labels, no language model may be needed at all."""

from __future__ import annotations

from dataclasses import dataclass

from crossover.figure import measured
from crossover.profile import TokenProfile
from crossover.scenario import Scenario
from crossover.strategies.plan import UsagePlan
from crossover.strategies.strategy import Named, SentRequest
from crossover.words import mark, say


@dataclass(frozen=True, slots=True)
class Classifier(Named):
    """Word counts and a linear model on a small machine: no tokens, no calls (MODEL.md 2.0, 7.3)."""

    id: str = "classifier"
    name: str = mark("Plain classifier")

    def plan(self, profile: TokenProfile, scenario: Scenario) -> UsagePlan:
        """No calls; it needs answers that are a closed set of labels."""
        labels, source = len(profile.labels), profile.requests_source
        figure = measured(labels, "labels", source, len(profile), name=say("Labels"))
        missing = () if labels else ("labels",)
        return UsagePlan(self.id, (), len(profile), missing=missing, quantities=(figure,))

    def request(self, profile: TokenProfile, scenario: Scenario, row: int) -> SentRequest:
        """Nothing is sent to a model; the text itself is what the classifier sees."""
        return SentRequest(({"role": "user", "content": profile.requests.questions[row]},))
