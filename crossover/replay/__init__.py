"""Replay: the answer month by month, and what changed it."""

from crossover.replay.events import (
    EventKind,
    MarketEvent,
    ModelAtHost,
    change_source,
    change_words,
    market_events,
)
from crossover.replay.labels import (
    at_host,
    event_words,
    field_label,
    model_label,
    model_name,
    subject_label,
)
from crossover.replay.months import Replay, ReplayMonth, Standing
from crossover.replay.turns import Turn, reasons, turns
from crossover.replay.walk import merged, replay, replay_months

__all__ = [
    "EventKind",
    "MarketEvent",
    "ModelAtHost",
    "Replay",
    "ReplayMonth",
    "Standing",
    "Turn",
    "at_host",
    "change_source",
    "change_words",
    "event_words",
    "field_label",
    "market_events",
    "merged",
    "model_label",
    "model_name",
    "reasons",
    "replay",
    "replay_months",
    "subject_label",
    "turns",
]
