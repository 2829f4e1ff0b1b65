"""Runs the steps on the connection and inside the transaction that crossover.store.migrate opened."""

from alembic import context

from crossover.store.tables import metadata

connection = context.config.attributes["connection"]
# batch: SQLite alters a table by copying it
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
