"""The scenario in the address, and whatever can be read of a damaged or an older one."""

from crossover.scenario_url.link import (
    LINK_VERSION,
    MOST_LINK_CHARACTERS,
    PREFIX,
    ScenarioLink,
    read_link,
    read_parameters,
    scenario_link,
)
from crossover.scenario_url.partial import read_content

__all__ = [
    "LINK_VERSION",
    "MOST_LINK_CHARACTERS",
    "PREFIX",
    "ScenarioLink",
    "read_content",
    "read_link",
    "read_parameters",
    "scenario_link",
]
