"""Can it still be bought? Openings, closings and shutdowns of models and of their tuning (MODEL.md 8.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from crossover.prices.tables import read_rows
from crossover.prices.types import Lifecycle, LifecycleEvent, Source
from crossover.words import mark, say

INFERENCE, TUNING = "inference", "tuning"
_ASK = mark(
    "Look up the host's tuning page and enter the price you find as your own, or choose another host."
)
EVERY_MODEL = "*"


class TuningState(StrEnum):
    """Whether somebody who never tuned at that host can start a job there."""

    OPEN = "open"
    CLOSED_TO_NEW = "closed_to_new"
    NO_NEW_JOBS = "no_new_jobs"
    SHUT_DOWN = "shut_down"
    NOT_TUNABLE = "not_tunable"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TuningStatus:
    """The state of tuning one model at one host on a day, who says so, and the way out.

    `since` is the first day of the state, `closes_on` the next announced day from which no new job
    can be started, `shutdown_on` the day the tuned model stops answering; None where nobody knew
    one on that day. `events` are the events known that day, oldest first.
    """

    host: str
    model: str
    state: TuningState
    since: date | None = None
    closes_on: date | None = None
    shutdown_on: date | None = None
    source: Source | None = None
    remedy: str = ""
    events: tuple[Lifecycle, ...] = ()

    @property
    def open_to_new_customers(self) -> bool | None:
        """Whether a newcomer can tune; None when nothing is known."""
        return None if self.state is TuningState.UNKNOWN else self.state is TuningState.OPEN

    @property
    def open_to_active_customers(self) -> bool | None:
        """Whether a customer who tunes there already can start another job."""
        if self.state is TuningState.UNKNOWN:
            return None
        return self.state in (TuningState.OPEN, TuningState.CLOSED_TO_NEW)


def read_lifecycle(path: Path) -> tuple[Lifecycle, ...]:
    """The lines of lifecycle.csv. Raises InvalidPriceRow."""
    return tuple(
        Lifecycle(
            host=row.name("host"),
            model=row.name("model"),
            scope=row.name("scope"),
            event=LifecycleEvent(row.name("event")),
            on=row.day("date") or date.max,
            source=row.source(),
            replacement=row.text("replacement"),
            remedy=row.text("remedy"),
            announced=row.day("announced"),
        )
        for row in read_rows(path)
    )


def events_of(rows: Iterable[Lifecycle], host: str, model: str) -> tuple[Lifecycle, ...]:
    """The events of that model and of the whole host, oldest first."""
    mine = (row for row in rows if row.host == host and row.model in (model, EVERY_MODEL))
    return tuple(sorted(mine, key=lambda event: event.on))


def shutdown_of(events: Iterable[Lifecycle], scope: str) -> Lifecycle | None:
    """The shutdown that ends `scope`: a tuned model also ends with its base model."""
    scopes = (scope, INFERENCE)
    return next((e for e in events if e.event is LifecycleEvent.SHUTDOWN and e.scope in scopes), None)


def known_events(events: Iterable[Lifecycle], on: date) -> tuple[Lifecycle, ...]:
    """The events somebody could know of on that day: a replay of 2024 must not know 2027."""
    return tuple(event for event in events if event.is_known_on(on))


def tuning_events(events: Iterable[Lifecycle], ever_priced: bool) -> tuple[Lifecycle, ...]:
    """The events that concern a model's tuning.

    Closings of the whole host count only for a model that had a tuning price there (`ever_priced`):
    the others were never open.
    """
    return tuple(
        event
        for event in events
        if event.model != EVERY_MODEL or ever_priced or event.event is LifecycleEvent.NOT_OFFERED
    )


def status_of(
    host: str, model: str, events: tuple[Lifecycle, ...], offer: Source | None, on: date
) -> TuningStatus:
    """The tuning state on that day; `offer` is the source of a price valid that day, None without one."""
    decisive = _decisive([event for event in events if event.on <= on])
    if decisive is None:
        state = TuningState.OPEN if offer else TuningState.UNKNOWN
        since, source, remedy = None, offer, "" if offer else say(_ASK)
    else:
        state, since, source = _STATE[decisive.event], decisive.on, decisive.source
        remedy = say(decisive.remedy)
    return TuningStatus(
        host=host,
        model=model,
        state=state,
        since=since,
        closes_on=_next_closing(events, on),
        shutdown_on=_day(shutdown_of(events, TUNING)),
        source=source,
        remedy=remedy,
        events=events,
    )


_STATE = {
    LifecycleEvent.OPENED: TuningState.OPEN,
    LifecycleEvent.CLOSED_TO_NEW: TuningState.CLOSED_TO_NEW,
    LifecycleEvent.NO_NEW_JOBS: TuningState.NO_NEW_JOBS,
    LifecycleEvent.SHUTDOWN: TuningState.SHUT_DOWN,
    LifecycleEvent.NOT_OFFERED: TuningState.NOT_TUNABLE,
}
_STRONGEST_FIRST = [
    LifecycleEvent.SHUTDOWN,
    LifecycleEvent.NO_NEW_JOBS,
    LifecycleEvent.CLOSED_TO_NEW,
    LifecycleEvent.NOT_OFFERED,
    LifecycleEvent.OPENED,
]


def _decisive(past: list[Lifecycle]) -> Lifecycle | None:
    """The event that decides: the strongest one, the model's own before the host's."""
    candidates = [
        event
        for event in past
        if event.event in _STATE and (event.scope == TUNING or event.event is LifecycleEvent.SHUTDOWN)
    ]
    return min(
        candidates,
        key=lambda event: (_STRONGEST_FIRST.index(event.event), event.model == EVERY_MODEL),
        default=None,
    )


def _next_closing(events: tuple[Lifecycle, ...], on: date) -> date | None:
    closing = (LifecycleEvent.NO_NEW_JOBS, LifecycleEvent.SHUTDOWN)
    return min((event.on for event in events if event.event in closing and event.on > on), default=None)


def _day(event: Lifecycle | None) -> date | None:
    return event.on if event else None
