"""Rounding for people (MODEL.md 0.3)."""

import pytest

from crossover import numbers


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "unknown"),
        (0, "$0.00"),
        (0.00030672, "$0.000307"),
        (0.5, "$0.500"),
        (0.99999, "$1.00"),
        (12.345, "$12.35"),
        (99.996, "$100"),
        (1234.5, "$1,234"),
        (-3, "-$3.00"),
    ],
)
def test_dollars_have_the_digits_their_size_deserves(value, shown):
    assert numbers.usd(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(None, "unknown"), (0, "0 %"), (0.0123, "1.2 %"), (0.0999, "10 %"), (0.5, "50 %")]
)
def test_shares_are_percentages_with_a_decimal_only_when_small(value, shown):
    assert numbers.share(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1234, "1,234"), (247_816.3, "248,000"), (40_247_816, "40.2 million"), (2e9, "2 billion")],
)
def test_large_quantities_are_said_in_words(value, shown):
    assert numbers.compact(value) == shown
