"""A link opens its brief for whoever has it, and tells everybody else nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from crossover.store import (
    DEFAULT_LIFETIME,
    KEEP_DELETED,
    InvalidSave,
    NotSaved,
    Offer,
    Opened,
    Reason,
    Refused,
    Shelf,
    create_share,
    is_available,
    list_shares,
    new_key,
    open_share,
    open_store,
    purge,
    revoke_share,
)
from crossover.words import in_language

BRIEF = {"verdict": "RAG", "rows": [{"strategy": "rag", "usd": 12.5, "low": None}], "text": "ü <b>\x00"}
PHRASE = "grüner Tee um acht"
SECOND = timedelta(seconds=1)
SAME_REFUSAL = "This link is not available"


@pytest.fixture
def share(shelf, scenario, now):
    return create_share(shelf, Offer("Winter", scenario, BRIEF), now)


@pytest.fixture
def locked(shelf, scenario, now):
    return create_share(shelf, Offer("Winter", scenario, BRIEF, pass_phrase=PHRASE), now)


def reason(answer):
    assert isinstance(answer, Refused)
    return answer.reason


def test_a_link_opens_the_frozen_brief(shelf, share, scenario, now):
    opened = open_share(shelf.store, share.token, now + SECOND)
    assert opened == Opened("Winter", BRIEF, scenario, (), now, now + DEFAULT_LIFETIME)


def test_a_token_cannot_be_guessed_and_is_stored_hashed_only(shelf, scenario, now, share):
    tokens = {create_share(shelf, Offer("t", scenario, {}), now).token for _ in range(20)}
    assert len(tokens) == 20
    assert all(len(token) == 32 for token in tokens)  # 24 bytes in base64: 192 bits
    with shelf.store.reading() as connection:
        rows = str(connection.execute(text("SELECT * FROM shares")).all())
    assert share.token not in rows
    assert shelf.owner not in rows


def test_a_link_works_after_a_restart(settings, shelf, share, now):
    shelf.store.close()
    restarted = open_store(settings)
    assert isinstance(open_share(restarted, share.token, now), Opened)
    restarted.close()


def test_views_are_counted_and_moving_on_the_page_is_none(shelf, share, now):
    for view in range(3):
        open_share(shelf.store, share.token, now + view * SECOND)
    open_share(shelf.store, share.token, now + 9 * SECOND, counts=False)
    assert is_available(shelf.store, share.token, now)
    (listed,) = list_shares(shelf)
    assert (listed.view_count, listed.last_viewed_at) == (3, now + 2 * SECOND)


@pytest.mark.parametrize("token", ["", "nothing", "a\x00b", "\ud800", "' OR 1=1 --", "x" * 10_000])
def test_a_link_that_never_was_reveals_nothing(shelf, share, now, token):
    answer = open_share(shelf.store, token, now, "some phrase")
    assert answer.reason is Reason.NOT_AVAILABLE
    assert answer.message.startswith(SAME_REFUSAL)
    assert not is_available(shelf.store, token, now)


def test_before_anything_was_saved_no_link_opens(store, now):
    assert reason(open_share(store, new_key(), now)) is Reason.NOT_AVAILABLE


def test_a_link_opens_until_the_moment_it_expires(shelf, share, now):
    end = now + DEFAULT_LIFETIME
    assert isinstance(open_share(shelf.store, share.token, end - SECOND), Opened)
    assert is_available(shelf.store, share.token, end - SECOND)
    answer = open_share(shelf.store, share.token, end)
    assert answer.reason is Reason.NOT_ANY_MORE
    assert not is_available(shelf.store, share.token, end)
    assert not share.share.is_open(end)


def test_a_revoked_link_is_gone_at_once_and_looks_like_an_expired_one(shelf, share, now):
    revoke_share(shelf, share.share.id, now + SECOND)
    answer = open_share(shelf.store, share.token, now + 2 * SECOND)
    assert answer == open_share(shelf.store, share.token, now + DEFAULT_LIFETIME)
    assert answer.message.startswith(SAME_REFUSAL)
    (listed,) = list_shares(shelf)
    assert (listed.revoked_at, listed.view_count) == (now + SECOND, 0)
    revoke_share(shelf, share.share.id, now + 5 * SECOND)
    assert list_shares(shelf)[0].revoked_at == now + SECOND


def test_a_refusal_carries_nothing_of_what_is_behind_the_link(shelf, locked, now):
    answers = [open_share(shelf.store, locked.token, now, phrase) for phrase in ("", "wrong phrase")]
    answers.append(open_share(shelf.store, locked.token, now + DEFAULT_LIFETIME, PHRASE))
    for answer in answers:
        assert "Winter" not in str(answer)
        assert "RAG" not in str(answer)


def test_only_the_owner_lists_and_revokes(shelf, share, now):
    stranger = Shelf(shelf.store, new_key())
    assert list_shares(stranger) == ()
    for identity in (share.share.id, "nothing", "a\x00b", ""):
        with pytest.raises(NotSaved):
            revoke_share(stranger, identity, now)
    assert isinstance(open_share(shelf.store, share.token, now), Opened)


def test_the_newest_link_stands_first(shelf, share, scenario, now):
    create_share(shelf, Offer("Spring", scenario, {}), now + SECOND)
    assert [each.title for each in list_shares(shelf)] == ["Spring", "Winter"]


def test_a_pass_phrase_is_asked_for_and_opens(shelf, locked, now):
    assert reason(open_share(shelf.store, locked.token, now)) is Reason.PHRASE_NEEDED
    assert reason(open_share(shelf.store, locked.token, now, "gruener Tee um acht")) is Reason.WRONG_PHRASE
    assert isinstance(open_share(shelf.store, locked.token, now, PHRASE), Opened)
    (listed,) = list_shares(shelf)
    assert (listed.view_count, listed.has_pass_phrase) == (1, True)


def test_a_phrase_typed_on_another_keyboard_opens_too(shelf, locked, now):
    assert isinstance(open_share(shelf.store, locked.token, now, "gru\u0308ner Tee um acht "), Opened)


def test_a_phrase_is_stored_salted(shelf, scenario, locked, now):
    create_share(shelf, Offer("b", scenario, BRIEF, pass_phrase=PHRASE), now)
    with shelf.store.reading() as connection:
        stored = connection.execute(text("SELECT pass_phrase FROM shares")).scalars().all()
    assert len(set(stored)) == 2
    assert PHRASE not in str(stored)


def test_wrong_phrases_are_counted_and_after_five_even_the_right_one_waits(shelf, locked, now):
    tries = [reason(open_share(shelf.store, locked.token, now, f"wrong {n}")) for n in range(6)]
    assert tries == [Reason.WRONG_PHRASE] * 5 + [Reason.TOO_MANY_TRIES]
    assert reason(open_share(shelf.store, locked.token, now, PHRASE)) is Reason.TOO_MANY_TRIES
    soon, later = now + timedelta(minutes=14), now + timedelta(minutes=15)
    assert reason(open_share(shelf.store, locked.token, soon, PHRASE)) is Reason.TOO_MANY_TRIES
    assert isinstance(open_share(shelf.store, locked.token, later, PHRASE), Opened)


def test_a_right_phrase_costs_no_try(shelf, locked, now):
    for _ in range(6):
        assert isinstance(open_share(shelf.store, locked.token, now, PHRASE), Opened)


def test_many_at_once_get_no_more_tries_than_one(shelf, locked, now):
    with ThreadPoolExecutor(8) as people:
        answers = people.map(
            lambda n: reason(open_share(shelf.store, locked.token, now, f"wrong {n}")), range(8)
        )
    assert sorted(answers) == [Reason.TOO_MANY_TRIES] * 3 + [Reason.WRONG_PHRASE] * 5


def test_views_at_once_are_all_counted(shelf, share, now):
    with ThreadPoolExecutor(8) as people:
        list(people.map(lambda _: open_share(shelf.store, share.token, now), range(24)))
    assert list_shares(shelf)[0].view_count == 24


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"brief": {"a": float("nan")}}, "brief"),
        ({"brief": {"a": object()}}, "brief"),
        ({"brief": {"a": "x" * 600_000}}, "brief"),
        ({"lifetime": timedelta(0)}, "lifetime"),
        ({"lifetime": -SECOND}, "lifetime"),
        ({"lifetime": timedelta(days=367)}, "lifetime"),
        ({"pass_phrase": "short"}, "pass phrase"),
        ({"pass_phrase": " " * 9}, "pass phrase"),
        ({"pass_phrase": "x" * 201}, "pass phrase"),
    ],
)
def test_what_cannot_be_shared_is_refused_by_its_field(shelf, scenario, now, change, field):
    offer = Offer(**({"title": "t", "scenario": scenario, "brief": BRIEF} | change))
    with pytest.raises(InvalidSave) as refused:
        create_share(shelf, offer, now)
    assert refused.value.field == field
    assert list_shares(shelf) == ()


def test_a_pass_phrase_shows_in_no_representation(scenario):
    assert PHRASE not in repr(Offer("t", scenario, BRIEF, pass_phrase=PHRASE))


def test_purging_removes_links_that_closed_long_ago(shelf, scenario, share, now):
    revoked = create_share(shelf, Offer("revoked", scenario, BRIEF), now)
    long_lived = create_share(shelf, Offer("kept", scenario, BRIEF, timedelta(days=300)), now)
    revoke_share(shelf, revoked.share.id, now)
    assert purge(shelf.store, now + KEEP_DELETED + SECOND) == 1
    assert purge(shelf.store, now + DEFAULT_LIFETIME + KEEP_DELETED + SECOND) == 1
    assert list_shares(shelf) == (long_lived.share,)


def test_a_refusal_is_told_in_the_language_of_whoever_followed_the_link(store, now):
    answer = open_share(store, new_key(), now)
    with in_language("de"):
        assert answer.message.startswith("Dieser Link ist nicht verfügbar.")
    assert answer.message.startswith(SAME_REFUSAL)
