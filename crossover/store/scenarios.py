"""The scenarios one owner saved, and the draft of what is on their page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from crossover.scenario import Scenario
from crossover.scenario_url import read_content
from crossover.store.entry import name_text, note_text, scenario_text
from crossover.store.errors import NotSaved
from crossover.store.shelf import Shelf, is_id, new_id
from crossover.store.tables import NAME_CHARACTERS, drafts, scenarios
from crossover.words import say


@dataclass(frozen=True, slots=True)
class SavedScenario:
    """A scenario somebody saved; `problems` say what of an older one could not be read."""

    id: str
    name: str
    note: str
    scenario: Scenario
    problems: tuple[str, ...]
    created_at: datetime
    changed_at: datetime
    deleted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Draft:
    """What was on the page last, saved by itself."""

    scenario: Scenario
    problems: tuple[str, ...]
    changed_at: datetime


def save_scenario(
    shelf: Shelf, name: str, scenario: Scenario, now: datetime, note: str = ""
) -> SavedScenario:
    """Save a new scenario; it is on disk when this returns. Raises InvalidSave, StoreUnavailable."""
    row = _new_row(shelf.owner_hash, name_text(name), note_text(note), scenario_text(scenario), now)
    with shelf.store.writing() as connection:
        connection.execute(insert(scenarios).values(row))
        return _saved(_row(connection, shelf, row["id"]))


def replace_scenario(
    shelf: Shelf, scenario_id: str, scenario: Scenario, now: datetime, note: str | None = None
) -> SavedScenario:
    """Put another scenario, and another note unless None, under a saved name. Raises NotSaved too."""
    values = {"scenario": scenario_text(scenario)} | ({} if note is None else {"note": note_text(note)})
    return _changed(shelf, scenario_id, now, values)


def rename_scenario(
    shelf: Shelf, scenario_id: str, name: str, now: datetime, note: str | None = None
) -> SavedScenario:
    """Give a saved scenario another name, and another note unless None. Raises NotSaved, InvalidSave."""
    values = {"name": name_text(name)} | ({} if note is None else {"note": note_text(note)})
    return _changed(shelf, scenario_id, now, values)


def duplicate_scenario(shelf: Shelf, scenario_id: str, now: datetime) -> SavedScenario:
    """Save a copy under “… (copy)”. Raises NotSaved when there is nothing to copy."""
    with shelf.changing(_missing) as connection:
        row = _row(connection, shelf, scenario_id)
        copy = _new_row(row.owner_hash, _name_of_copy(row.name), row.note, row.scenario, now)
        connection.execute(insert(scenarios).values(copy))
        return _saved(_row(connection, shelf, copy["id"]))


def delete_scenario(shelf: Shelf, scenario_id: str, now: datetime) -> None:
    """Take a scenario off the list; `restore_scenario` brings it back until it is purged."""
    with shelf.changing(_missing) as connection:
        _update(connection, _one(shelf, scenario_id), {"deleted_at": now})


def restore_scenario(shelf: Shelf, scenario_id: str) -> SavedScenario:
    """Bring a deleted scenario back. Raises NotSaved when it is gone for good."""
    with shelf.changing(_missing) as connection:
        _update(connection, _one(shelf, scenario_id, is_deleted=True), {"deleted_at": None})
        return _saved(_row(connection, shelf, scenario_id))


def get_scenario(shelf: Shelf, scenario_id: str) -> SavedScenario:
    """One saved scenario. Raises NotSaved when it was deleted or never was the owner's."""
    if not shelf.store.has_saves:
        raise _missing()
    with shelf.store.reading() as connection:
        return _saved(_row(connection, shelf, scenario_id))


def list_scenarios(shelf: Shelf, deleted: bool = False) -> tuple[SavedScenario, ...]:
    """The owner's scenarios, the last changed first; with `deleted`, those that can be brought back."""
    wanted = scenarios.c.deleted_at.is_not(None) if deleted else scenarios.c.deleted_at.is_(None)
    mine = and_(scenarios.c.owner_hash == shelf.owner_hash, wanted)
    query = select(scenarios).where(mine).order_by(scenarios.c.changed_at.desc(), scenarios.c.id)
    if not shelf.store.has_saves:
        return ()
    with shelf.store.reading() as connection:
        rows = connection.execute(query).all()
    return tuple(map(_saved, rows))


def save_draft(shelf: Shelf, scenario: Scenario, now: datetime) -> None:
    """Keep what is on the page, in place of the owner's last draft. Raises InvalidSave, StoreUnavailable."""
    row = {"owner_hash": shelf.owner_hash, "scenario": scenario_text(scenario), "changed_at": now}
    with shelf.store.writing() as connection:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        new = dialect.insert(drafts).values(row)
        changes = {name: new.excluded[name] for name in ("scenario", "changed_at")}
        connection.execute(new.on_conflict_do_update(index_elements=["owner_hash"], set_=changes))


def load_draft(shelf: Shelf) -> Draft | None:
    """The owner's last draft, None without one."""
    query = select(drafts).where(drafts.c.owner_hash == shelf.owner_hash)
    if not shelf.store.has_saves:
        return None
    with shelf.store.reading() as connection:
        row = connection.execute(query).one_or_none()
    return None if row is None else Draft(*_scenario_of(row), row.changed_at)


def clear_draft(shelf: Shelf) -> None:
    """Forget the owner's draft."""
    if not shelf.store.has_saves:
        return
    with shelf.store.writing() as connection:
        connection.execute(delete(drafts).where(drafts.c.owner_hash == shelf.owner_hash))


def _name_of_copy(name: str) -> str:
    ending = " " + say("(copy)")
    return name[: NAME_CHARACTERS - len(ending)] + ending


def _new_row(owner: str, name: str, note: str, scenario: str, now: datetime) -> dict[str, Any]:
    texts = {"id": new_id(), "owner_hash": owner, "name": name, "note": note, "scenario": scenario}
    return texts | {"created_at": now, "changed_at": now}


def _changed(shelf: Shelf, scenario_id: str, now: datetime, values: dict[str, str]) -> SavedScenario:
    with shelf.changing(_missing) as connection:
        _update(connection, _one(shelf, scenario_id), values | {"changed_at": now})
        return _saved(_row(connection, shelf, scenario_id))


def _one(shelf: Shelf, scenario_id: str, is_deleted: bool = False) -> ColumnElement[bool]:
    if not is_id(scenario_id):
        raise _missing()
    state = scenarios.c.deleted_at.is_not(None) if is_deleted else scenarios.c.deleted_at.is_(None)
    return and_(scenarios.c.id == scenario_id, scenarios.c.owner_hash == shelf.owner_hash, state)


def _row(connection: Connection, shelf: Shelf, scenario_id: str) -> Row[Any]:
    row = connection.execute(select(scenarios).where(_one(shelf, scenario_id))).one_or_none()
    if row is None:
        raise _missing()
    return row


def _update(connection: Connection, which: ColumnElement[bool], values: dict[str, Any]) -> None:
    if not connection.execute(update(scenarios).where(which).values(values)).rowcount:
        raise _missing()


def _missing() -> NotSaved:
    return NotSaved(say("This scenario is not saved here any more. Reload the list."))


def _saved(row: Row[Any]) -> SavedScenario:
    scenario, problems = _scenario_of(row)
    moments = (row.created_at, row.changed_at, row.deleted_at)
    return SavedScenario(row.id, row.name, row.note, scenario, problems, *moments)


def _scenario_of(row: Row[Any]) -> tuple[Scenario, tuple[str, ...]]:
    return read_content(json.loads(row.scenario), row.changed_at.date())
