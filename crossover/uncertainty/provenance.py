"""How much of a sum rests on what kind of knowledge (MODEL.md F0.2, W33)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from crossover.figure import Figure, Kind

LEAF_KINDS = (Kind.MEASURED, Kind.PRICE_LIST, Kind.LITERATURE, Kind.ASSUMPTION)


def kind_shares(summands: Iterable[Figure]) -> Mapping[Kind, float] | None:
    """Share of the sum by the weakest kind in each summand; None for a sum of 0 (F0.2, W33).

    Show it per request, where volume is no input, as well as for the total. Summands of unknown
    value are left out.
    """
    usd = dict.fromkeys(LEAF_KINDS, 0.0)
    for figure in summands:
        usd[figure.weakest] += figure.value or 0.0
    total = sum(usd.values())
    return {kind: part / total for kind, part in usd.items()} if total else None
