"""The tables of the store; money and uploads have no place in them."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Column, DateTime, Dialect, Index, Integer, MetaData, String, Table, Text
from sqlalchemy.types import TypeDecorator

KEY_CHARACTERS = 32
HASH_CHARACTERS = 64
NAME_CHARACTERS = 120


class UtcTime(TypeDecorator[datetime]):
    """A moment with its zone; SQLite would drop the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Only a moment with a zone is a moment."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("now must carry its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData()

scenarios = Table(
    "scenarios",
    metadata,
    Column("id", String(KEY_CHARACTERS), primary_key=True),
    Column("owner_hash", String(HASH_CHARACTERS), nullable=False),
    Column("name", String(NAME_CHARACTERS), nullable=False),
    Column("note", Text, nullable=False),
    # JSON as text: a NUL character inside is plain \u0000 there, which a JSON column would refuse
    Column("scenario", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Column("deleted_at", UtcTime),
    Index("scenarios_of_owner", "owner_hash", "changed_at"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("owner_hash", String(HASH_CHARACTERS), primary_key=True),
    Column("scenario", Text, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
)

shares = Table(
    "shares",
    metadata,
    Column("id", String(KEY_CHARACTERS), primary_key=True),
    Column("owner_hash", String(HASH_CHARACTERS), nullable=False),
    Column("token_hash", String(HASH_CHARACTERS), nullable=False, unique=True),
    Column("title", String(NAME_CHARACTERS), nullable=False),
    Column("scenario", Text, nullable=False),
    Column("brief", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("revoked_at", UtcTime),
    Column("view_count", Integer, nullable=False),
    Column("last_viewed_at", UtcTime),
    Column("pass_phrase", String(200)),
    Column("tries", Integer, nullable=False),
    Column("tries_since", UtcTime),
    Index("shares_of_owner", "owner_hash", "created_at"),
)
