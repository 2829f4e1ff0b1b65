"""The draft, written a moment after an edit and beside the page: no slider waits for the disk."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Lock, Timer
from typing import TYPE_CHECKING

from crossover.scenario import Scenario

if TYPE_CHECKING:
    from crossover.store import Shelf

PAUSE_SECONDS = 2.0
"""Edits within this time are one save; the last of them is the one that is kept."""


class DraftKeeper:
    """Keeps one session's scenario; `known` is what needs no saving."""

    def __init__(self, known: Scenario) -> None:
        self._known = known
        self._lock = Lock()
        self._timer: Timer | None = None

    def is_news(self, scenario: Scenario) -> bool:
        """Whether the scenario was edited since it was last handed over."""
        return scenario != self._known

    def keep(self, shelf: Shelf, scenario: Scenario, now: Callable[[], datetime]) -> None:
        """Save the scenario within PAUSE_SECONDS, unless a newer one comes in its place."""
        with self._lock:
            self._known = scenario
            if self._timer is None:
                self._timer = Timer(PAUSE_SECONDS, self._save, (shelf, now))
                self._timer.daemon = True
                self._timer.start()

    def _save(self, shelf: Shelf, now: Callable[[], datetime]) -> None:
        from crossover.store import InvalidSave, StoreUnavailable, save_draft  # noqa: PLC0415

        with self._lock:
            scenario, self._timer = self._known, None
        try:
            save_draft(shelf, scenario, now())
        except (InvalidSave, StoreUnavailable) as error:
            logging.getLogger(__name__).warning("A draft could not be saved: %s", error)
