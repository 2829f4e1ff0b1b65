"""Share links."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0002_shares"
down_revision = "v0001_scenarios"


def upgrade() -> None:
    """Create the table of share links."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "shares",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner_hash", sa.String(64), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("scenario", sa.Text, nullable=False),
        sa.Column("brief", sa.Text, nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        sa.Column("revoked_at", moment),
        sa.Column("view_count", sa.Integer, nullable=False),
        sa.Column("last_viewed_at", moment),
        sa.Column("pass_phrase", sa.String(200)),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("tries_since", moment),
    )
    op.create_index("shares_of_owner", "shares", ["owner_hash", "created_at"])
