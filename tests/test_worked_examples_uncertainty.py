"""The worked examples of MODEL.md on uncertainty, trade-offs and provenance, computed from `inputs` alone.

What the examples take for granted stands at the top with where it comes from. MODEL_EXAMPLES names
another file of the same shape.
"""

import json
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from crossover.cost import CostClasses
from crossover.criteria import (
    Anchor,
    Scale,
    exact_first_place_shares,
    pareto_front,
    relative_values,
    tie_weight,
    topsis,
    values,
    weighted_sum,
)
from crossover.figure import Figure, Kind, derived
from crossover.latency import Lognormal, uniform_stream
from crossover.uncertainty import (
    CostModel,
    SampledTotals,
    Triangular,
    UncertainInput,
    cheapest_shares,
    expected_regret_usd,
    flips,
    half_width,
    kind_shares,
    sobol_indices,
    standings,
    tornado,
)
from crossover.uncertainty.closed_forms import Moments, lower_share, regret, sum_and_product_shares
from crossover.uncertainty.levers import GROWTH, VOLUME

Inputs = dict[str, Any]
Computed = dict[str, Any]

SHOWN_QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)  # W23 `tri.q`
CORRELATION = 0.9  # W23 `p_A_cheaper_rho09`
SHARE, DRAWS = 0.6, 10_000  # W23 `mc_halfwidth_10000_at_0_6`
BASE_OUTPUT = 0.6  # W35: USD per million tokens the base model writes (MODEL.md S10)
PERSON_DAYS = (15, 12)  # W20: likely person-days of RAG and fine-tuning (MODEL.md 3.1)
SEARCHED_DAY_RATES = (0.0, 5_000.0)
MONTHS = 12  # W35 `title`
SEED = 20261122

COMPUTE: dict[str, Callable[[Inputs, dict[str, Inputs]], Computed]] = {}


def example(name: str) -> Callable[[Callable[..., Computed]], Callable[..., Computed]]:
    def register(compute: Callable[..., Computed]) -> Callable[..., Computed]:
        COMPUTE[name] = compute
        return compute

    return register


@pytest.fixture(scope="module")
def examples(request: pytest.FixtureRequest) -> dict[str, Inputs]:
    named = os.environ.get("MODEL_EXAMPLES")
    file = Path(named) if named else request.getfixturevalue("shared") / "design/model_examples.json"
    return {each["id"]: each for each in json.loads(file.read_text(encoding="utf-8"))["examples"]}


@pytest.mark.parametrize("name", ["W23", "W24", "W25", "W25b", "W26", "W33", "W35"])
def test_the_worked_example_is_reproduced(name: str, examples: dict[str, Inputs]) -> None:
    computed = COMPUTE[name](examples[name]["inputs"], examples)
    assert_same(computed, examples[name]["expected_full"], name)


def assert_same(computed: Any, expected: Any, where: str) -> None:
    """Same shape; whole numbers and words exact, other numbers within 1e-9 of their size."""
    if isinstance(expected, dict):
        assert set(computed) == set(expected), where
        for key, value in expected.items():
            assert_same(computed[key], value, f"{where}.{key}")
    elif isinstance(expected, list):
        assert len(computed) == len(expected), where
        for index, value in enumerate(expected):
            assert_same(computed[index], value, f"{where}[{index}]")
    elif isinstance(expected, float):
        assert float(computed) == pytest.approx(expected, rel=1e-9, abs=1e-12), where
    else:
        assert computed == expected, where


# ---------------------------------------------------------------- W20 what would have to be true


def model(name: str, classes: Callable[[Any], CostClasses], *moved_by: str, months: int) -> CostModel:
    return CostModel(name, name, months, frozenset((VOLUME, GROWTH, *moved_by)), frozenset(), classes)


def classes_of(strategy: Inputs, **changes: Any) -> CostClasses:
    events = {int(month): usd for month, usd in strategy["events"].items()}
    return CostClasses(
        changes.get("one_time", strategy["one_time"]), strategy["monthly"], strategy["unit"], events
    )


def asked(name: str, today: float, searched: tuple[float, float], is_log: bool = False) -> UncertainInput:
    return UncertainInput(
        name, name, "", today, *searched, Kind.ASSUMPTION, "", searched=searched, is_log=is_log
    )


def test_the_volume_at_which_tuning_wins_is_found_among_the_flips(examples: dict[str, Inputs]) -> None:
    """W20 states it in closed form; here it is searched for between 1 and ten billion a month."""
    inputs, given = examples["W15"]["inputs"], examples["W20"]["inputs"]
    prompt, tuned = (
        model(name, lambda _, name=name: classes_of(inputs["strategies"][name]), months=given["H"])
        for name in ("prompt", "ft")
    )
    volume = asked(VOLUME, given["v0"], (1.0, 1e10), is_log=True)
    (flip,) = flips(prompt, [tuned], [volume], {VOLUME: given["v0"], GROWTH: given["g"]})
    expected = examples["W20"]["expected_full"]["v0_for_ft_to_win_12m"]["volume"]
    assert flip.value == pytest.approx(expected, rel=1e-9)
    assert flip.needs_more


def test_no_day_rate_makes_rag_as_cheap_as_tuning_and_the_answer_says_so(examples: dict[str, Inputs]) -> None:
    inputs, given = examples["W15"]["inputs"], examples["W20"]["inputs"]
    tuned, rag = (
        model(
            name,
            lambda at, name=name, days=days: classes_of(
                inputs["strategies"][name], one_time=days * at["day_rate_usd"]
            ),
            "day_rate_usd",
            months=given["H"],
        )
        for name, days in zip(("ft", "rag"), reversed(PERSON_DAYS), strict=True)
    )
    day_rate = asked("day_rate_usd", 400.0, SEARCHED_DAY_RATES)
    today = {VOLUME: given["v0"], GROWTH: given["g"], "day_rate_usd": 400.0}
    (flip,) = flips(tuned, [rag], [day_rate], today)
    assert flip.value == examples["W20"]["expected_full"]["day_rate_at_which_rag_equals_ft"]


# ---------------------------------------------------------------- W23, W24 distributions


def lognormals(inputs: Inputs) -> tuple[Lognormal, Lognormal]:
    one, other = (
        Lognormal.from_mean(inputs[f"lognormal_{which}"]["mean"], inputs[f"lognormal_{which}"]["cv"])
        for which in "AB"
    )
    return one, other


@example("W23")
def distributions(inputs: Inputs, _: dict[str, Inputs]) -> Computed:
    triangular, (a, b) = Triangular(*inputs["triangular"]), lognormals(inputs)
    return {
        "tri": {
            "mean": triangular.mean,
            "sd": triangular.standard_deviation,
            "q": triangular.at(SHOWN_QUANTILES).tolist(),
        },
        "p_A_cheaper": lower_share(a, b),
        "regret_A": regret(a, b),
        "regret_B": regret(b, a),
        "p_A_cheaper_rho09": lower_share(a, b, CORRELATION),
        "mc_halfwidth_10000_at_0_6": half_width(SHARE, DRAWS),
    }


def test_the_simulation_agrees_with_both_closed_forms(examples: dict[str, Inputs]) -> None:
    """200,000 draws; four standard errors of each mean, taken from the draws themselves."""
    draws = 200_000
    a, b = lognormals(examples["W23"]["inputs"])
    usd = np.stack([a.at(uniform_stream(SEED, "A", draws)), b.at(uniform_stream(SEED, "B", draws))])
    exact = lower_share(a, b)
    assert abs(cheapest_shares(usd)[0] - exact) < 4 * np.sqrt(exact * (1 - exact) / draws)
    excess = usd - usd.min(axis=0)
    errors = excess.std(axis=1, ddof=1) / np.sqrt(draws)
    assert (np.abs(expected_regret_usd(usd) - [regret(a, b), regret(b, a)]) < 4 * errors).all()
    first, second = sorted(standings(SampledTotals(("A", "B"), usd)), key=lambda each: each.strategy)
    assert (first.total.mean, second.total.mean) == pytest.approx((a.mean, b.mean), rel=0.01)


def test_shared_luck_is_simulated_as_the_closed_form_has_it(examples: dict[str, Inputs]) -> None:
    """Correlated logarithms: the second normal is rho times the first plus its own rest."""
    draws = 200_000
    a, b = lognormals(examples["W23"]["inputs"])
    shared, own = (np.random.default_rng([SEED, i]).standard_normal(draws) for i in range(2))
    mixed = CORRELATION * shared + np.sqrt(1 - CORRELATION**2) * own
    usd = np.exp(np.stack([a.mu + a.sigma * shared, b.mu + b.sigma * mixed]))
    exact = lower_share(a, b, CORRELATION)
    assert abs(cheapest_shares(usd)[0] - exact) < 4 * np.sqrt(exact * (1 - exact) / draws)


@example("W24")
def variance_shares(inputs: Inputs, _: dict[str, Inputs]) -> Computed:
    moments = {name: Moments(each["mean"], each["sd"]) for name, each in inputs.items()}
    found = sum_and_product_shares("F", ("V", "p"), moments)
    return {
        "var": found.variance,
        **{f"S_{name}": share for name, share in found.first_order.items()},
        "S_Vp": found.pairs["V", "p"],
        **{f"ST_{name}": share for name, share in found.total.items()},
    }


def test_sampled_sobol_indices_agree_with_the_closed_form_to_three_decimals(
    examples: dict[str, Inputs],
) -> None:
    inputs, expected = examples["W24"]["inputs"], examples["W24"]["expected_full"]
    drawn = {
        name: Lognormal.from_mean(each["mean"], each["sd"] / each["mean"]) for name, each in inputs.items()
    }
    found = sobol_indices(lambda at: at["F"] + at["V"] * at["p"], drawn, SEED, 16_384)
    for index in found:
        assert index.first == pytest.approx(expected[f"S_{index.name}"], abs=1e-3)
        assert index.total == pytest.approx(expected[f"ST_{index.name}"], abs=1e-3)


# ---------------------------------------------------------------- W25, W25b, W26 trade-offs


@example("W25")
def relative_view(inputs: Inputs, _: dict[str, Inputs]) -> Computed:
    matrix, types, weights = (np.array(inputs[key], float) for key in ("matrix", "types", "weights"))
    relative = relative_values(matrix, types)
    prompt, rag = (inputs["alternatives"].index(name) for name in ("prompt", "rag"))
    cost, freshness = (inputs["criteria"].index(name) for name in ("cost_12m", "freshness"))
    tie = partial(tie_weight, relative[prompt], relative[rag], weights)
    kept = matrix[:-1]
    return {
        "wsm": weighted_sum(relative, weights),
        "topsis": topsis(matrix, types, weights),
        "pareto": list(pareto_front(matrix, types)),
        "normalised": relative.tolist(),
        "prompt_vs_rag_cost_weight_threshold": tie(cost),
        "prompt_vs_rag_freshness_threshold": tie(freshness),
        "rank1_share_uniform_first3": exact_first_place_shares(relative[:, :3]),
        "after_dropping_ft_rag": {
            "wsm": weighted_sum(relative_values(kept, types), weights),
            "topsis": topsis(kept, types, weights),
        },
    }


@example("W25b")
def fixed_anchors(inputs: Inputs, _: dict[str, Inputs]) -> Computed:
    anchors = [
        Anchor(worst, best, Scale.LOG if is_log else Scale.LINEAR)
        for worst, best, is_log in inputs["anchors_worst_best_log"]
    ]
    found = values(inputs["matrix"], anchors)
    outside = values([[anchor.worst * 3 + 1 for anchor in anchors]], anchors)
    beyond = np.concatenate([outside.ravel(), anchors[0].value([1.0])])
    return {
        "values": found.tolist(),
        "wsm": weighted_sum(found, inputs["weights"]),
        "wsm_without_ft_rag": weighted_sum(values(inputs["matrix"][:-1], anchors), inputs["weights"]),
        "clamp": [beyond.min(), beyond.max()],
    }


@example("W26")
def degenerate(inputs: Inputs, _: dict[str, Inputs]) -> Computed:
    matrix, types, weights = inputs["matrix"], inputs["types"], inputs["weights"]
    return {
        "wsm": weighted_sum(relative_values(matrix, types), weights),
        "topsis": topsis(matrix, types, weights),
        "single_wsm": weighted_sum(relative_values(matrix[:1], types), weights),
        "single_topsis": topsis(matrix[:1], types, weights),
    }


# ---------------------------------------------------------------- W33, W35


@example("W33")
def provenance(inputs: Inputs, _: dict[str, Inputs]) -> Computed:
    leaves = {str(kind): Figure(1.0, "USD", kind, "") for kind in Kind}
    summands = [
        derived(usd, "USD", "", *(leaves[kind] for kind in kinds)) for usd, kinds in inputs["components"]
    ]
    return {str(kind): share for kind, share in (kind_shares(summands) or {}).items()}


@example("W35")
def saving_of_tuning(inputs: Inputs, _: dict[str, Inputs]) -> Computed:
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
