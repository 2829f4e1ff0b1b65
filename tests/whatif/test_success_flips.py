"""How much more often a dearer strategy must be right, whichever way the measured gap points."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from crossover.comparison import compare
from crossover.demo import load_demo
from crossover.prices import load_price_book
from crossover.scenario import Scenario
from crossover.whatif import SUCCESS, all_flips, flip_words, sureness


@pytest.fixture(scope="module")
def success_flips():
    samples, book = load_demo("en"), load_price_book()

    def found(**shares):
        scenario = replace(
            Scenario(price_date=date(2026, 11, 22)), success_shares=tuple(sorted(shares.items()))
        )
        flips = all_flips(sureness(compare(samples, scenario, book)))
        return {flip.input.name.removeprefix(SUCCESS): flip for flip in flips if SUCCESS in flip.input.name}

    return found


def test_a_rival_that_is_right_less_often_is_asked_the_same_question(success_flips):
    """(16,346 - 5,484) USD more over 600,000 requests, at 4 USD per wrong answer: 0.453 points."""
    measured, unmeasured = success_flips(prompting=0.8, rag=0.0)["rag"], success_flips()["rag"]
    assert measured.value == pytest.approx(unmeasured.value)
    assert measured.value == pytest.approx(100 * (16_346 - 5_484) / 600_000 / 4, rel=1e-3)
    assert "you measured -80" in flip_words(measured, 4.0)
    assert "not measured yet" in flip_words(unmeasured, 4.0)
