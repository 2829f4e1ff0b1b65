"""Profile: the person's samples measured once, in the tokens of the chosen model."""

from crossover.profile.knowledge import Knowledge
from crossover.profile.profile import TokenProfile, build_profile
from crossover.profile.requests import Requests, requests_of
from crossover.profile.ruler import ProfileSettings
from crossover.profile.tooling import SEARCH_TOOL, ToolUse
from crossover.profile.training import TrainingRows

__all__ = [
    "SEARCH_TOOL",
    "Knowledge",
    "ProfileSettings",
    "Requests",
    "TokenProfile",
    "ToolUse",
    "TrainingRows",
    "build_profile",
    "requests_of",
]
