"""A team's scenarios: saved, found again, changed, taken away and brought back, each owner for themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text

from crossover.store import (
    KEEP_DELETED,
    NAME_CHARACTERS,
    NOTE_CHARACTERS,
    InvalidSave,
    NotSaved,
    Shelf,
    clear_draft,
    delete_scenario,
    duplicate_scenario,
    get_scenario,
    list_scenarios,
    load_draft,
    new_key,
    purge,
    rename_scenario,
    replace_scenario,
    restore_scenario,
    save_draft,
    save_scenario,
)
from crossover.words import in_language

HOUR = timedelta(hours=1)


def names(shelf, deleted=False):
    return [each.name for each in list_scenarios(shelf, deleted)]


def test_a_saved_scenario_comes_back_as_it_was(shelf, scenario, now):
    saved = save_scenario(shelf, "Winter plan", scenario, now, "Why: see minutes\nLine two")
    assert (saved.name, saved.note) == ("Winter plan", "Why: see minutes\nLine two")
    assert (saved.scenario, saved.problems) == (scenario, ())
    assert (saved.created_at, saved.changed_at, saved.deleted_at) == (now, now, None)
    assert saved.created_at.tzinfo is not None
    assert get_scenario(shelf, saved.id) == saved
    assert list_scenarios(shelf) == (saved,)


def test_a_moment_of_another_zone_is_the_same_moment(shelf, scenario, now):
    there = now.astimezone(timezone(timedelta(hours=5, minutes=30)))
    saved = save_scenario(shelf, "a", scenario, there)
    assert get_scenario(shelf, saved.id).created_at == now


def test_a_moment_without_a_zone_is_refused(shelf, scenario):
    with pytest.raises(Exception, match="time zone"):
        save_scenario(shelf, "a", scenario, datetime(2026, 11, 22))
    assert list_scenarios(shelf) == ()


def test_the_last_changed_stands_first(shelf, scenario, now):
    first = save_scenario(shelf, "first", scenario, now)
    save_scenario(shelf, "second", scenario, now + HOUR)
    assert names(shelf) == ["second", "first"]
    rename_scenario(shelf, first.id, "first again", now + 2 * HOUR)
    assert names(shelf) == ["first again", "second"]


def test_a_scenario_is_renamed_and_keeps_the_rest(shelf, scenario, now):
    saved = save_scenario(shelf, "old", scenario, now, "note")
    renamed = rename_scenario(shelf, saved.id, "new", now + HOUR)
    assert renamed == replace(saved, name="new", changed_at=now + HOUR)
    assert rename_scenario(shelf, saved.id, "new", now + HOUR, note="other").note == "other"


def test_a_scenario_is_saved_again_under_its_name(shelf, scenario, now):
    saved = save_scenario(shelf, "plan", scenario, now, "note")
    other = replace(scenario, horizon_months=24)
    again = replace_scenario(shelf, saved.id, other, now + HOUR)
    assert again == replace(saved, scenario=other, changed_at=now + HOUR)
    assert list_scenarios(shelf) == (again,)


def test_a_copy_says_so_and_stands_for_itself(shelf, scenario, now):
    saved = save_scenario(shelf, "x" * NAME_CHARACTERS, scenario, now, "note")
    copy = duplicate_scenario(shelf, saved.id, now + HOUR)
    assert copy.name == "x" * (NAME_CHARACTERS - 7) + " (copy)"
    assert (copy.scenario, copy.note) == (scenario, "note")
    delete_scenario(shelf, saved.id, now)
    assert list_scenarios(shelf) == (copy,)


def test_a_deleted_scenario_can_be_brought_back(shelf, scenario, now):
    saved = save_scenario(shelf, "plan", scenario, now)
    delete_scenario(shelf, saved.id, now + HOUR)
    assert names(shelf) == []
    assert names(shelf, deleted=True) == ["plan"]
    with pytest.raises(NotSaved):
        get_scenario(shelf, saved.id)
    assert restore_scenario(shelf, saved.id) == saved
    assert list_scenarios(shelf) == (saved,)


def test_purging_removes_only_what_was_deleted_long_ago(shelf, scenario, now):
    old, recent, kept = (save_scenario(shelf, name, scenario, now) for name in ("old", "recent", "kept"))
    delete_scenario(shelf, old.id, now)
    delete_scenario(shelf, recent.id, now + HOUR)
    assert purge(shelf.store, now + KEEP_DELETED + HOUR / 2) == 1
    assert list_scenarios(shelf) == (kept,)
    assert names(shelf, deleted=True) == ["recent"]
    with pytest.raises(NotSaved):
        restore_scenario(shelf, old.id)


def test_an_owner_sees_and_changes_only_their_own(shelf, scenario, now):
    saved = save_scenario(shelf, "mine", scenario, now)
    stranger = Shelf(shelf.store, new_key())
    assert list_scenarios(stranger) == ()
    for attempt in (
        lambda: get_scenario(stranger, saved.id),
        lambda: rename_scenario(stranger, saved.id, "taken", now),
        lambda: replace_scenario(stranger, saved.id, scenario, now),
        lambda: duplicate_scenario(stranger, saved.id, now),
        lambda: delete_scenario(stranger, saved.id, now),
        lambda: restore_scenario(stranger, saved.id),
    ):
        with pytest.raises(NotSaved):
            attempt()
    assert list_scenarios(shelf) == (saved,)


@pytest.mark.parametrize("scenario_id", ["", "nothing", "a\x00b", "' OR 1=1 --", "ü", "x" * 5000])
def test_what_was_never_saved_is_not_found(shelf, scenario, now, scenario_id):
    with pytest.raises(NotSaved):
        get_scenario(shelf, scenario_id)
    save_scenario(shelf, "plan", scenario, now)
    with pytest.raises(NotSaved):
        delete_scenario(shelf, scenario_id, now)


def test_the_owners_key_is_stored_hashed_only(shelf, scenario, now):
    save_scenario(shelf, "plan", scenario, now)
    save_draft(shelf, scenario, now)
    with shelf.store.reading() as connection:
        rows = [
            *connection.execute(text("SELECT * FROM scenarios")),
            *connection.execute(text("SELECT * FROM drafts")),
        ]
    assert len(rows) == 2
    assert shelf.owner not in str(rows)
    assert shelf.owner not in repr(shelf)


def test_an_owner_without_a_key_is_refused(store):
    with pytest.raises(InvalidSave) as refused:
        Shelf(store, "")
    assert refused.value.field == "owner"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  two\twords \n here ", "two words here"),
        ("a\x00b\x1bc\x7f", "abc"),
        ("a\u202eb\u2066c", "abc"),
        ("half \ud800 character", "half character"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("=1+1", "=1+1"),
        ("שלום 中文 🙂", "שלום 中文 🙂"),
        ("é" * NAME_CHARACTERS, "é" * NAME_CHARACTERS),
    ],
)
def test_a_name_is_kept_in_one_clean_line(shelf, scenario, now, typed, kept):
    assert save_scenario(shelf, typed, scenario, now).name == kept
    assert names(shelf) == [kept]


def test_a_note_keeps_its_lines_and_loses_control_characters(shelf, scenario, now):
    saved = save_scenario(shelf, "a", scenario, now, " one\r\ntwo\u2028three\x07\tfour\n")
    assert get_scenario(shelf, saved.id).note == "one\ntwo\nthree\tfour"


@pytest.mark.parametrize(
    ("texts", "field", "says"),
    [
        (("", ""), "name", "Give it a name"),
        ((" \x00\n ", ""), "name", "Give it a name"),
        (("x" * (NAME_CHARACTERS + 1), ""), "name", "121 characters; the most is 120"),
        (("a", "x" * (NOTE_CHARACTERS + 1)), "note", "4,001 characters; the most is 4,000"),
    ],
)
def test_a_text_out_of_bounds_is_refused_by_its_field(shelf, scenario, texts, field, says):
    name, note = texts
    with pytest.raises(InvalidSave, match=says) as refused:
        save_scenario(shelf, name, scenario, datetime(2026, 11, 22, tzinfo=UTC), note)
    assert refused.value.field == field
    assert list_scenarios(shelf) == ()


def test_a_scenario_too_large_to_save_is_refused(shelf, scenario, now):
    large = replace(scenario, token_correction_source="x" * 300_000)
    for save in (lambda: save_scenario(shelf, "a", large, now), lambda: save_draft(shelf, large, now)):
        with pytest.raises(InvalidSave) as refused:
            save()
        assert refused.value.field == "scenario"


def test_a_scenario_of_another_version_opens_with_what_is_known(shelf, scenario, now):
    saved = save_scenario(shelf, "plan", scenario, now)
    with shelf.store.writing() as connection:
        changed = scenario.to_json().replace('"horizon_months": 12', '"horizon_months": 500, "wind": 3')
        connection.execute(text("UPDATE scenarios SET scenario = :changed"), {"changed": changed})
    found = get_scenario(shelf, saved.id)
    assert found.scenario == scenario
    assert "horizon_months=500" in found.problems[0]
    assert "wind" in found.problems[1]


def test_the_draft_is_the_last_one_and_each_owners_own(shelf, scenario, now):
    assert load_draft(shelf) is None
    save_draft(shelf, scenario, now)
    later = replace(scenario, horizon_months=36)
    save_draft(shelf, later, now + HOUR)
    draft = load_draft(shelf)
    assert (draft.scenario, draft.problems, draft.changed_at) == (later, (), now + HOUR)
    assert load_draft(Shelf(shelf.store, new_key())) is None
    assert list_scenarios(shelf) == ()
    clear_draft(shelf)
    assert load_draft(shelf) is None


def test_an_old_draft_is_purged(shelf, scenario, now):
    save_draft(shelf, scenario, now)
    assert purge(shelf.store, now + timedelta(days=100)) == 0
    assert purge(shelf.store, now + timedelta(days=181)) == 1
    assert load_draft(shelf) is None


def test_a_refusal_counts_and_names_the_field_in_german(shelf, scenario, now):
    with in_language("de"), pytest.raises(InvalidSave) as refused:
        save_scenario(shelf, "a", scenario, now, "x" * (NOTE_CHARACTERS + 1))
    assert str(refused.value) == "Die Notiz hat 4.001 Zeichen; höchstens 4.000 sind möglich. Bitte kürzen."
    assert refused.value.field == "note"


def test_a_copy_is_named_in_the_language_of_its_maker_and_fits(shelf, scenario, now):
    saved = save_scenario(shelf, "x" * NAME_CHARACTERS, scenario, now)
    with in_language("de"):
        copy = duplicate_scenario(shelf, saved.id, now)
    assert copy.name == "x" * (NAME_CHARACTERS - len(" (Kopie)")) + " (Kopie)"
    assert copy.scenario == scenario
