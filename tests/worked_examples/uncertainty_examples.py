"""W23, W24, W33 and W35: distributions, variance shares, provenance and the tornado (MODEL.md 0.2, 5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crossover.figure import Figure, Kind, derived
from crossover.latency import Lognormal
from crossover.uncertainty import Triangular, UncertainInput, half_width, kind_shares, tornado
from crossover.uncertainty.closed_forms import (
    Moments,
    VarianceShares,
    lower_share,
    regret,
    sum_and_product_shares,
)

from .example_file import Computed, Inputs, example

SHOWN_QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)  # W23 `tri.q`
CORRELATION = 0.9  # W23 `p_A_cheaper_rho09`
SHARE, DRAWS = 0.6, 10_000  # W23 `mc_halfwidth_10000_at_0_6`
BASE_OUTPUT = 0.6  # W35: USD per million tokens the base model writes (MODEL.md S10)
MONTHS = 12  # W35 `title`


def lognormals(inputs: Inputs) -> tuple[Lognormal, Lognormal]:
    one, other = (
        Lognormal.from_mean(inputs[f"lognormal_{which}"]["mean"], inputs[f"lognormal_{which}"]["cv"])
        for which in "AB"
    )
    return one, other


@example("W23")
def distributions(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    triangular, (a, b) = Triangular(*inputs["triangular"]), lognormals(inputs)
    return {
        "tri": {
            "mean": triangular.mean,
            "sd": triangular.standard_deviation,
            "q": triangular.at(SHOWN_QUANTILES),
        },
        "p_A_cheaper": lower_share(a, b),
        "regret_A": regret(a, b),
        "regret_B": regret(b, a),
        "p_A_cheaper_rho09": lower_share(a, b, CORRELATION),
        "mc_halfwidth_10000_at_0_6": half_width(SHARE, DRAWS),
    }


def exact_variance_shares(inputs: Inputs) -> VarianceShares:
    moments = {name: Moments(each["mean"], each["sd"]) for name, each in inputs.items()}
    return sum_and_product_shares("F", ("V", "p"), moments)


@example("W24")
def variance_shares(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    found = exact_variance_shares(inputs)
    return {
        "var": found.variance,
        **{f"S_{name}": share for name, share in found.first_order.items()},
        "S_Vp": found.pairs["V", "p"],
        **{f"ST_{name}": share for name, share in found.total.items()},
    }


@example("W33")
def provenance(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    leaves = {str(kind): Figure(1.0, "USD", kind, "") for kind in Kind}
    summands = [
        derived(usd, "USD", "", *(leaves[kind] for kind in kinds)) for usd, kinds in inputs["components"]
    ]
    return {str(kind): share for kind, share in (kind_shares(summands) or {}).items()}


@example("W35")
def saving_of_tuning(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    base = inputs["base"]

    def saving(at: Any) -> float:
        """Tokens saved per request at their prices, times the year's requests, less the work."""
        prompt = at["in_base"] * at["base_in"] + at["out"] * BASE_OUTPUT
        tuned = at["in_t"] * at["tuned_in"] + at["out"] * at["tuned_out"]
        return float(at["V"] * MONTHS * (prompt - tuned) / 1e6 - at["people"])

    asked_for = [
        UncertainInput(name, name, "", base[name], low, high, Kind.ASSUMPTION, "", searched=(low, high))
        for name, (low, high) in inputs["ranges"].items()
    ]
    return {
        "base": saving(base),
        "bars": [
            {
                "input": bar.input.name,
                "at_low": bar.at_low_usd,
                "at_high": bar.at_high_usd,
                "swing": bar.swing_usd,
                "flips_sign": bar.flips,
            }
            for bar in tornado(saving, asked_for, base)
        ],
    }
