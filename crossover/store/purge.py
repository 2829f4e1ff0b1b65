"""What nobody can want any more leaves the store for good."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_

from crossover.store.engine import Store
from crossover.store.tables import drafts, scenarios, shares

KEEP_DELETED = timedelta(days=30)
"""How long a deleted scenario can be brought back, and a closed link stays on its owner's list."""

KEEP_DRAFTS = timedelta(days=180)


def purge(store: Store, now: datetime) -> int:
    """Remove scenarios and links that ended longer ago than KEEP_DELETED, and old drafts; how many went."""
    if not store.has_saves:
        return 0
    long_ago = now - KEEP_DELETED
    ended = (
        delete(scenarios).where(scenarios.c.deleted_at < long_ago),
        delete(shares).where(or_(shares.c.expires_at < long_ago, shares.c.revoked_at < long_ago)),
        delete(drafts).where(drafts.c.changed_at < now - KEEP_DRAFTS),
    )
    with store.writing() as connection:
        return sum(connection.execute(each).rowcount for each in ended)
