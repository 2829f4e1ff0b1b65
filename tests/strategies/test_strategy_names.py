"""Strategies keep one id and say their name in the language of whoever reads it."""

from __future__ import annotations

import pytest

from crossover.strategies import ALL_STRATEGIES, Prompting
from crossover.words import in_language


@pytest.mark.parametrize("strategy", ALL_STRATEGIES, ids=lambda strategy: strategy.id)
def test_a_name_is_said_anew_each_time_it_is_read(strategy):
    english = strategy.label
    assert english == strategy.name
    with in_language("de"):
        assert strategy.label
    assert strategy.label == english


def test_names_differ_within_a_language_and_between_languages():
    with in_language("de"):
        german = {strategy.id: strategy.label for strategy in ALL_STRATEGIES}
    assert len(set(german.values())) == len(ALL_STRATEGIES)
    assert german["prompting"] == "Prompt-Engineering" != Prompting().label
    assert german["tuned_tools"] == "Fine-Tuning und Function Calling"
