"""Saved scenarios and drafts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0001_scenarios"
down_revision = None


def upgrade() -> None:
    """Create the tables of scenarios and drafts."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "scenarios",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner_hash", sa.String(64), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("scenario", sa.Text, nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("changed_at", moment, nullable=False),
        sa.Column("deleted_at", moment),
    )
    op.create_index("scenarios_of_owner", "scenarios", ["owner_hash", "changed_at"])
    op.create_table(
        "drafts",
        sa.Column("owner_hash", sa.String(64), primary_key=True),
        sa.Column("scenario", sa.Text, nullable=False),
        sa.Column("changed_at", moment, nullable=False),
    )
