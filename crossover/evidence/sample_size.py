"""How many examples an evaluation needs (MODEL.md 7.8, W27, W31).

Rows for a mean within a relative width belong to the mean: `crossover.cost.rows_for_precision` (W34).
"""

from __future__ import annotations

import math
from statistics import NormalDist

from crossover.cost.errors import InvalidCostInput, require_between, require_share
from crossover.evidence.intervals import require_inside, two_sided_z


def rows_per_arm(
    first_share: float, second_share: float, power_share: float = 0.8, confidence_share: float = 0.95
) -> int:
    """Examples for each of two strategies tried on different questions (MODEL.md F7.2, W27).

    Enough to tell the two success shares apart with that power, by the two-sided test of two
    proportions with pooled variance under "no difference". Raises InvalidCostInput for equal shares.
    """
    require_share("first_share", first_share)
    require_share("second_share", second_share)
    difference = abs(first_share - second_share)
    if difference == 0:
        raise InvalidCostInput("second_share", "must differ from first_share: no number tells equals apart")
    pooled = (first_share + second_share) / 2
    apart = first_share * (1 - first_share) + second_share * (1 - second_share)
    spread = two_sided_z(confidence_share) * math.sqrt(2 * pooled * (1 - pooled))
    spread += _power_z(power_share) * math.sqrt(apart)
    return _whole((spread / difference) ** 2)


def rows_paired(
    difference_share: float,
    discordant_share: float,
    power_share: float = 0.8,
    confidence_share: float = 0.95,
) -> int:
    """Questions both strategies must answer to tell them apart (MODEL.md F7.3, Connor 1987, W27, W31).

    `difference_share` is the gap between the success shares, `discordant_share` the share of
    questions on which the two differ: never smaller than the gap. Raises InvalidCostInput
    otherwise, or without a gap.
    """
    gap = abs(difference_share)
    require_between("discordant_share", discordant_share, gap, 1.0)
    if gap == 0:
        raise InvalidCostInput("difference_share", "must not be 0: no number tells equals apart")
    spread = two_sided_z(confidence_share) * math.sqrt(discordant_share)
    spread += _power_z(power_share) * math.sqrt(discordant_share - gap**2)
    return _whole((spread / gap) ** 2)


def rows_bounding_quantile(quantile_share: float = 0.95, confidence_share: float = 0.95) -> int:
    """Least rows at which the largest one bounds that quantile with that confidence (MODEL.md F7.8, W27).

    Raises InvalidCostInput unless both lie strictly between 0 and 1.
    """
    require_inside("quantile_share", quantile_share)
    require_inside("confidence_share", confidence_share)
    return _whole(math.log1p(-confidence_share) / math.log(quantile_share))


def _power_z(power_share: float) -> float:
    require_inside("power_share", power_share)
    return NormalDist().inv_cdf(power_share)


def _whole(rows: float) -> int:
    """Rounded up; a rounding error above a whole number does not ask for one more row."""
    return math.ceil(round(rows, 9))
