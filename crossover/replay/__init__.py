"""Replay: the answer month by month, and what changed it."""

from crossover.replay.events import (
    EventKind,
    MarketEvent,
    ModelAtHost,
    change_source,
    change_words,
    event_words,
    field_label,
    market_events,
    model_label,
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
    "change_source",
    "change_words",
    "event_words",
    "field_label",
    "market_events",
    "merged",
    "model_label",
    "reasons",
    "replay",
    "replay_months",
    "turns",
]
