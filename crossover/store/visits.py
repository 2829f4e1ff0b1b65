"""Opening a share link: the brief, or a refusal that tells no more than it must."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, and_, or_, select, update

from crossover.scenario import Scenario
from crossover.scenario_url import read_content
from crossover.store.engine import Store
from crossover.store.phrases import opens
from crossover.store.shelf import hashed
from crossover.store.tables import shares
from crossover.words import mark, say

MOST_TRIES = 5
TRIES_WINDOW = timedelta(minutes=15)
"""So many wrong pass phrases are heard in such a time, whoever sends them."""


class Reason(StrEnum):
    """Why a link does not open."""

    NOT_AVAILABLE = "not available"
    NOT_ANY_MORE = "not available any more"
    PHRASE_NEEDED = "phrase needed"
    WRONG_PHRASE = "wrong phrase"
    TOO_MANY_TRIES = "too many tries"


@dataclass(frozen=True, slots=True)
class Refused:
    """The link does not open."""

    reason: Reason

    @property
    def message(self) -> str:
        """For the person who followed the link."""
        return say(_REFUSALS[self.reason], n=TRIES_WINDOW.seconds // 60)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link carries: the brief as it was frozen, its scenario and what of it could not be read."""

    title: str
    brief: Mapping[str, Any]
    scenario: Scenario
    problems: tuple[str, ...]
    created_at: datetime
    expires_at: datetime


_REFUSALS = {
    Reason.NOT_AVAILABLE: mark("This link is not available. Ask whoever sent it for a new one."),
    Reason.NOT_ANY_MORE: mark("This link is not available any more. Ask whoever sent it for a new one."),
    Reason.PHRASE_NEEDED: mark("This link asks for its pass phrase."),
    Reason.WRONG_PHRASE: mark("This is not the pass phrase. Try again."),
    Reason.TOO_MANY_TRIES: mark("Too many wrong pass phrases. Wait {n} minutes, then try again."),
}


def open_share(
    store: Store, token: str, now: datetime, pass_phrase: str = "", counts: bool = True
) -> Opened | Refused:
    """What is behind a link, or why it does not open. Raises StoreUnavailable.

    A view is counted unless `counts` is False. The pass phrase takes a tenth of a second to check:
    ask `is_available` when the same visitor moves on the page.
    """
    row = _row(store, token)
    if row is None:
        return Refused(Reason.NOT_AVAILABLE)
    if not _is_open(row, now):
        return Refused(Reason.NOT_ANY_MORE)
    refused = _phrase_refusal(store, row, now, pass_phrase) if row.pass_phrase else None
    if refused:
        return refused
    if counts:
        seen = {"view_count": shares.c.view_count + 1, "last_viewed_at": now}
        with store.writing() as connection:
            connection.execute(update(shares).where(shares.c.id == row.id).values(seen))
    scenario, problems = read_content(json.loads(row.scenario), row.created_at.date())
    return Opened(row.title, json.loads(row.brief), scenario, problems, row.created_at, row.expires_at)


def is_available(store: Store, token: str, now: datetime) -> bool:
    """Whether a link is still there, neither expired nor revoked; asks no pass phrase, counts no view."""
    row = _row(store, token)
    return row is not None and _is_open(row, now)


def _row(store: Store, token: str) -> Row[Any] | None:
    if not store.has_saves:
        return None
    with store.reading() as connection:
        return connection.execute(select(shares).where(shares.c.token_hash == hashed(token))).one_or_none()


def _is_open(row: Row[Any], now: datetime) -> bool:
    return row.revoked_at is None and bool(now < row.expires_at)


def _phrase_refusal(store: Store, row: Row[Any], now: datetime, pass_phrase: str) -> Refused | None:
    """A try is booked before it is checked and given back when right: many at once get no more tries."""
    if not pass_phrase:
        return Refused(Reason.PHRASE_NEEDED)
    if not _book_try(store, row.id, now):
        return Refused(Reason.TOO_MANY_TRIES)
    if not opens(pass_phrase, row.pass_phrase):
        return Refused(Reason.WRONG_PHRASE)
    booked = and_(shares.c.id == row.id, shares.c.tries > 0)
    with store.writing() as connection:
        connection.execute(update(shares).where(booked).values(tries=shares.c.tries - 1))
    return None


def _book_try(store: Store, share_id: str, now: datetime) -> bool:
    """Whether there was a try left in the window, which begins with its first try."""
    this = shares.c.id == share_id
    window_is_over = or_(shares.c.tries_since.is_(None), shares.c.tries_since <= now - TRIES_WINDOW)
    with store.writing() as connection:
        connection.execute(update(shares).where(this, window_is_over).values(tries=0, tries_since=now))
        left = and_(this, shares.c.tries < MOST_TRIES)
        return connection.execute(update(shares).where(left).values(tries=shares.c.tries + 1)).rowcount == 1
