"""Cost with quality in it: what a failed answer is worth (MODEL.md 3.10, W31).

Success shares are measured by the user or None, "not measured"; nothing here guesses them.
"""

from __future__ import annotations

import math

from crossover.cost.errors import require_at_least, require_share


def usd_per_success(usd_per_request: float, success_share: float | None) -> float | None:
    """US dollars per successful answer; infinite when none succeeds, None when not measured."""
    if success_share is None:
        return None
    require_share("success_share", success_share)
    return usd_per_request / success_share if success_share > 0 else math.inf


def usd_with_failures(
    usd_per_request: float, success_share: float | None, failure_usd: float
) -> float | None:
    """US dollars per request with hand-over and rework of failed answers; None when not measured."""
    require_at_least("failure_usd", failure_usd)
    if success_share is None:
        return None
    require_share("success_share", success_share)
    return usd_per_request + (1 - success_share) * failure_usd


def success_gap_that_flips(
    a_usd_per_request: float, b_usd_per_request: float, failure_usd: float
) -> float | None:
    """How much higher the success share of a must be to pay for its dearer requests.

    Negative when a is the cheaper one already; None when a failed answer costs nothing, since then
    no gap flips the decision.
    """
    require_at_least("failure_usd", failure_usd)
    return (a_usd_per_request - b_usd_per_request) / failure_usd if failure_usd > 0 else None
