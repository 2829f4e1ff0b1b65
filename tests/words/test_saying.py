"""A sentence is said in the language asked for, with its numbers and days written that language's way."""

from __future__ import annotations

import threading
from datetime import date

import pytest

from crossover import numbers
from crossover.words import (
    chosen,
    day_words,
    in_language,
    in_sentence,
    language,
    listed,
    month_words,
    say,
    say_count,
)


def test_english_is_spoken_until_somebody_asks_for_another_language():
    assert language() == "en"
    assert say("Prices") == "Prices"


def test_a_sentence_is_said_in_german_inside_and_in_english_again_after():
    with in_language("de"):
        assert say("Prices") == "Preise"
    assert say("Prices") == "Prices"


def test_a_language_nobody_speaks_here_is_refused():
    with pytest.raises(ValueError, match="'fr'"), in_language("fr"):
        pass


@pytest.mark.parametrize(
    ("locale", "code"),
    [("de", "de"), ("de-AT", "de"), ("DE_ch", "de"), ("en-GB", "en"), ("fr", "en"), ("", "en"), (None, "en")],
)
def test_the_nearest_language_to_a_browsers_locale_is_chosen(locale, code):
    assert chosen(locale) == code


def test_fields_are_filled_with_numbers_and_days_as_the_language_writes_them():
    text, values = "{n:,.1f} on {day}, {share:.0%} of {name}", {"n": 1234.5, "day": date(2026, 3, 1)}
    assert say(text, **values, share=0.25, name="1.5") == "1,234.5 on 2026-03-01, 25% of 1.5"
    with in_language("de"):
        assert say(text, **values, share=0.25, name="1.5") == "1.234,5 on 01.03.2026, 25% of 1.5"


def test_braces_stand_for_themselves_where_nothing_is_filled_in():
    assert say('{"a": 1}') == '{"a": 1}'


def test_an_amount_takes_the_form_its_language_counts_with():
    assert [say_count("{n} month", "{n} months", n) for n in (0, 1, 1200)] == [
        "0 months",
        "1 month",
        "1,200 months",
    ]
    with in_language("de"):
        assert [say_count("{n} month", "{n} months", n) for n in (1, 1200)] == ["1 Monat", "1.200 Monate"]


def test_every_kind_of_number_is_written_the_german_way():
    with in_language("de"):
        assert numbers.usd(1234.4) == "1.234\u00a0$"
        assert numbers.usd(-0.012345) == "-0,0123\u00a0$"
        assert numbers.share(0.0345) == "3,5\u00a0%"
        assert numbers.count(12.34) == "12,3"
        assert numbers.compact(3_400_000) == "3,4 Mio."
        assert numbers.unit_price(0.075) == "0,075"
        assert numbers.factor(1.44) == "1,4"
        assert numbers.usd(None) == "unbekannt"


def test_days_and_months_are_written_as_the_language_writes_them():
    day = date(2026, 3, 1)
    assert (day_words(day), month_words(day)) == ("2026-03-01", "March 2026")
    with in_language("de"):
        assert (day_words(day), month_words(day)) == ("01.03.2026", "März 2026")


def test_a_label_keeps_its_capital_in_a_german_sentence():
    assert [in_sentence(label) for label in ("Prompt engineering", "RAG", "LoRA", "RAG with tools", "")] == [
        "prompt engineering",
        "RAG",
        "LoRA",
        "RAG with tools",
        "",
    ]
    with in_language("de"):
        assert in_sentence("Feinabstimmung") == "Feinabstimmung"


def test_parts_are_listed_with_the_languages_own_word():
    assert [listed(parts) for parts in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    with in_language("de"):
        assert listed(("a", "b"), last="or") == "a oder b"


def test_another_thread_hears_nothing_of_this_one():
    heard: list[str] = []
    with in_language("de"):
        thread = threading.Thread(target=lambda: heard.append(language()))
        thread.start()
        thread.join()
    assert heard == ["en"]
