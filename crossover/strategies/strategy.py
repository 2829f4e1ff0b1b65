"""What every strategy is: a name, and a plan of tokens for a profile and a scenario."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from crossover.profile import TokenProfile
from crossover.samples.types import JsonObject
from crossover.scenario import Scenario
from crossover.strategies.plan import UsagePlan
from crossover.words import say


@dataclass(frozen=True, slots=True)
class SentRequest:
    """One request as it would go to the API: messages, and tool definitions where there are any.

    `follow_ups` are the messages a tool round appends before the second call.
    """

    messages: tuple[JsonObject, ...]
    tools: tuple[JsonObject, ...] = ()
    follow_ups: tuple[JsonObject, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A strategy's two names: the stable one, and the English one, which is said where it is shown."""

    id: str
    name: str

    @property
    def label(self) -> str:
        """The name shown to people, in the language spoken."""
        return say(self.name)


class Strategy(Protocol):
    """A way to get the task done; it knows tokens and never prices."""

    @property
    def id(self) -> str:
        """The stable name used in data files and links."""

    @property
    def label(self) -> str:
        """The name shown to people, in the language spoken."""

    def plan(self, profile: TokenProfile, scenario: Scenario) -> UsagePlan:
        """Tokens per request for the person's own data."""

    def request(self, profile: TokenProfile, scenario: Scenario, row: int) -> SentRequest:
        """The request that would be sent for the sample in `row`."""
