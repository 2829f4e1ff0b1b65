"""A difference shared out among the changes that made it: Shapley values in exact fractions.

A change's part is its effect averaged over the orders in which the changes could have been made one
after the other. In every order the effects add up to the whole, so the averages do.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator, Sequence
from fractions import Fraction
from itertools import islice, pairwise, permutations

MOST_EXACT = 6
"""Up to so many changes all orders are gone through: 720 of them, over 64 mixed scenarios."""

SAMPLED_ORDERS = 16
"""Beyond that so many, drawn with a fixed seed, each followed by its reverse."""

Order = tuple[int, ...]
Value = Callable[[frozenset[int]], Fraction | None]
"""The worth of a set of changes made, None where it is unknown."""


def orders_of(size: int) -> tuple[Order, ...]:
    """The orders to average over: all of them for up to MOST_EXACT changes, else SAMPLED_ORDERS."""
    if size <= MOST_EXACT:
        return tuple(permutations(range(size)))
    return tuple(islice(_drawn(size), SAMPLED_ORDERS))


def parts_of_change(size: int, value: Value) -> list[Fraction]:
    """Each change's part; they add up exactly to value(all) - value(none). All values must be known."""
    orders = orders_of(size)
    parts = [Fraction(0)] * size
    for order in orders:
        for step, (before, after) in zip(order, pairwise(_stages(order)), strict=True):
            parts[step] += _known(value, after) - _known(value, before)
    return [part / len(orders) for part in parts]


def inseparable(size: int, value: Value) -> frozenset[int]:
    """The changes that make a value known or unknown on the way; only together do they have a price."""
    return frozenset(
        step
        for order in orders_of(size)
        for step, (before, after) in zip(order, pairwise(_stages(order)), strict=True)
        if (value(before) is None) != (value(after) is None)
    )


def _drawn(size: int) -> Iterator[Order]:
    chance = random.Random(size)
    while True:
        order = tuple(chance.sample(range(size), size))
        yield from (order, order[::-1])


def _stages(order: Sequence[int]) -> Iterator[frozenset[int]]:
    """What has been made after 0, 1, 2 … changes."""
    return (frozenset(order[:made]) for made in range(len(order) + 1))


def _known(value: Value, made: Collection[int]) -> Fraction:
    worth = value(frozenset(made))
    if worth is None:
        raise ValueError("the worth of some of the changes is unknown")
    return worth
