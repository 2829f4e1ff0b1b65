"""What no cost formula can work with, said with the name of the field (MODEL.md E03-E06, E14, E15)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike


class InvalidCostInput(ValueError):
    """A quantity, price or share outside what the formulas allow; `field` is its name."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field} {problem}.")
        self.field = field


def require_at_least(field: str, value: ArrayLike, low: float = 0.0) -> None:
    """Raise InvalidCostInput unless every number of `value` is finite and at least `low`."""
    require_between(field, value, low, np.inf)


def require_share(field: str, value: ArrayLike) -> None:
    """Raise InvalidCostInput unless every number of `value` lies between 0 and 1."""
    require_between(field, value, 0.0, 1.0)


def require_between(field: str, value: ArrayLike, low: float, high: float) -> None:
    """Raise InvalidCostInput unless every number of `value` is finite and within [low, high]."""
    numbers = np.asarray(value, dtype=np.float64)
    if not np.isfinite(numbers).all():
        raise InvalidCostInput(field, "must be a finite number")
    if (numbers < low).any():
        raise InvalidCostInput(field, f"must be at least {low:g}, not {numbers.min():g}")
    if (numbers > high).any():
        raise InvalidCostInput(field, f"must be at most {high:g}, not {numbers.max():g}")
