"""Share links: a brief frozen with its scenario, behind a token that nobody can guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, insert, select, update

from crossover.scenario import Scenario
from crossover.store.entry import brief_text, name_text, scenario_text
from crossover.store.errors import InvalidSave, NotSaved
from crossover.store.phrases import sealed
from crossover.store.shelf import Shelf, hashed, is_id, new_id, new_key
from crossover.store.tables import shares
from crossover.words import say

DEFAULT_LIFETIME = timedelta(days=30)
LONGEST_LIFETIME = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Share:
    """A link as its owner sees it; the token itself is known only to those who have the link."""

    id: str
    title: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    view_count: int
    last_viewed_at: datetime | None
    has_pass_phrase: bool

    def is_open(self, now: datetime) -> bool:
        """Whether the link still opens its brief."""
        return self.revoked_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class NewShare:
    """A link just made. `token` is shown now or never: only its hash is stored."""

    token: str
    share: Share


@dataclass(frozen=True, slots=True)
class Offer:
    """What is to be shared: the brief is plain JSON values, aggregates only; "" is no pass phrase."""

    title: str
    scenario: Scenario
    brief: Mapping[str, object]
    lifetime: timedelta = DEFAULT_LIFETIME
    pass_phrase: str = field(default="", repr=False)


def create_share(shelf: Shelf, offer: Offer, now: datetime) -> NewShare:
    """Freeze a brief behind a new link. Raises InvalidSave for what is out of bounds, StoreUnavailable."""
    if not timedelta(0) < offer.lifetime <= LONGEST_LIFETIME:
        raise InvalidSave("lifetime", say("A link lives for up to {n} days.", n=LONGEST_LIFETIME.days))
    token = new_key()
    row = {
        "id": new_id(),
        "owner_hash": shelf.owner_hash,
        "token_hash": hashed(token),
        "title": name_text(offer.title, "title"),
        "scenario": scenario_text(offer.scenario),
        "brief": brief_text(offer.brief),
        "created_at": now,
        "expires_at": now + offer.lifetime,
        "view_count": 0,
        "pass_phrase": sealed(offer.pass_phrase) if offer.pass_phrase else None,
        "tries": 0,
    }
    with shelf.store.writing() as connection:
        connection.execute(insert(shares).values(row))
        made = connection.execute(select(shares).where(shares.c.id == row["id"])).one()
    return NewShare(token, _share(made))


def list_shares(shelf: Shelf) -> tuple[Share, ...]:
    """The owner's links, the newest first, closed ones included until they are purged."""
    if not shelf.store.has_saves:
        return ()
    query = select(shares).where(shares.c.owner_hash == shelf.owner_hash)
    with shelf.store.reading() as connection:
        rows = connection.execute(query.order_by(shares.c.created_at.desc(), shares.c.id)).all()
    return tuple(map(_share, rows))


def revoke_share(shelf: Shelf, share_id: str, now: datetime) -> None:
    """Close a link for good, from this moment on. Raises NotSaved when the owner has no such link."""
    mine = and_(shares.c.id == share_id, shares.c.owner_hash == shelf.owner_hash)
    if not is_id(share_id):
        raise _missing()
    with shelf.changing(_missing) as connection:
        if connection.execute(select(shares.c.id).where(mine)).one_or_none() is None:
            raise _missing()
        still_open = and_(mine, shares.c.revoked_at.is_(None))
        connection.execute(update(shares).where(still_open).values(revoked_at=now))


def _missing() -> NotSaved:
    return NotSaved(say("This link is not on your list any more. Reload the list."))


def _share(row: Row[Any]) -> Share:
    return Share(
        id=row.id,
        title=row.title,
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        view_count=row.view_count,
        last_viewed_at=row.last_viewed_at,
        has_pass_phrase=row.pass_phrase is not None,
    )
