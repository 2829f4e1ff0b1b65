"""Sobol indices: shares of a variance, with our own distributions."""

from __future__ import annotations

import numpy as np
import pytest

from crossover.cost import InvalidCostInput
from crossover.uncertainty import Triangular, sobol_indices, sobol_of, tornado_of

FLAT = Triangular(0.0, 0.5, 1.0)


def test_shares_of_a_plain_sum_are_the_shares_of_its_variances():
    """2a + b with equal variances: 4/5 and 1/5, and nothing in common."""
    found = sobol_indices(
        lambda at: 2 * at["a"] + at["b"], {"a": FLAT, "b": FLAT}, seed=1, base_samples=1_024
    )
    assert [index.name for index in found] == ["a", "b"]
    for index, share in zip(found, (0.8, 0.2), strict=True):
        low, high = index.total_interval
        assert low <= index.total <= high
        assert (index.first, index.total) == pytest.approx((share, share), abs=0.02)


def test_an_input_that_plays_no_part_has_no_share():
    found = {index.name: index for index in sobol_indices(lambda at: at["a"], {"a": FLAT, "b": FLAT}, 1, 256)}
    assert found["b"].total == 0
    assert found["b"].total_interval == (0, 0)


def test_equal_seeds_give_equal_indices():
    one, again = (
        sobol_indices(lambda at: at["a"] * at["b"], {"a": FLAT, "b": FLAT}, seed=6, base_samples=64)
        for _ in range(2)
    )
    assert one == again


@pytest.mark.parametrize(
    ("inputs", "base_samples", "message"),
    [(0, 64, "inputs must be 1 to 15, not 0"), (16, 64, "not 16"), (2, 100, "must be a power of 2, not 100")],
)
def test_sizes_the_method_cannot_use_are_refused(inputs, base_samples, message):
    named = {f"x{i}": FLAT for i in range(inputs)}
    with pytest.raises(InvalidCostInput, match=message):
        sobol_indices(lambda at: at["x0"], named, seed=1, base_samples=base_samples)


def test_an_output_that_does_not_vary_has_no_shares():
    with pytest.raises(InvalidCostInput, match="does not vary"):
        sobol_indices(lambda at: np.ones_like(at["a"]), {"a": FLAT}, seed=1, base_samples=64)


def test_the_indices_of_the_demo_data_name_the_inputs_that_move_the_difference(azure):
    """Independent inputs of a nearly additive difference: their shares alone add up to almost all of it."""
    one, other = (azure.models[outcome.strategy.id] for outcome in azure.comparison.ranked[:2])
    bars = tornado_of(one, other, azure.inputs, azure.today)
    found = sobol_of(one, other, bars, azure.today, seed=1)
    assert {index.name for index in found} <= one.moved_by | other.moved_by
    assert 0.8 < sum(index.first for index in found) < 1.05
