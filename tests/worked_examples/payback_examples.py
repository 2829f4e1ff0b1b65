"""W14 to W16: when a dearer start pays back, and what a year costs (MODEL.md 3.1-3.7)."""

from __future__ import annotations

from collections.abc import Mapping

from crossover import cost
from crossover.cost import CostClasses, Traffic

from .example_file import Computed, Inputs, example
from .presets import (
    BASE,
    IN_MEMORY,
    TUNED_GPT35,
    classes,
    crossing_answers,
    month_answer,
    price_of,
    usd,
    volume_answer,
)

MOST_TOKENS = 1e6
YEAR_MONTHS = 12


@example("W14")
def pay_back_of_a_tuned_model(inputs: Inputs, every: Mapping[str, Inputs]) -> Computed:
    base, tuned = price_of(inputs["base"], BASE.cached_input_mtok), price_of(inputs["tuned"])
    base_in, tuned_in, out = inputs["base_in"], inputs["tuned_in"], inputs["out"]
    unit_base, unit_tuned = usd(base, base_in, out), usd(tuned, tuned_in, out)
    people = inputs["people_days"] * inputs["day_rate"]
    prompt = CostClasses(0, 0, unit_base)
    training = CostClasses(inputs["training"], 0, unit_tuned)
    with_people = CostClasses(inputs["training"] + people, 0, unit_tuned)
    fully_cached = cost.expected_input_tokens(IN_MEMORY, base_in, every["W09"]["prefix"], 1.0)
    smallest_prompt = cost.solve_for(lambda tokens: usd(base, tokens, out) - unit_tuned, 0, MOST_TOKENS)
    return {
        "unit_base": unit_base,
        "unit_tuned": unit_tuned,
        "unit_gpt35_tuned": usd(TUNED_GPT35, tuned_in, out),
        "saving_per_request": unit_base - unit_tuned,
        "breakeven_requests_training_only": cost.break_even_month(prompt, training, 1).month,
        "breakeven_requests_with_people": cost.break_even_month(prompt, with_people, 1).month,
        "months_at_100k_training_only": month_answer(cost.break_even_month(prompt, training, 100_000)),
        "months_at_100k_with_people": month_answer(cost.break_even_month(prompt, with_people, 100_000)),
        "max_tuned_prompt": cost.largest_tuned_input_tokens(unit_base, out, tuned),
        # a whole number in the file, a root here: compared to a millionth of a token
        "min_base_prompt_for_any_ft_win": None if smallest_prompt is None else round(smallest_prompt, 6),
        "markup_at_which_equal": cost.parity_markup(unit_base, tuned_in, out, base),
        "max_output_at_which_ft_wins": cost.solve_for(
            lambda tokens: usd(base, base_in, tokens) - usd(tuned, tuned_in, tokens), 0, MOST_TOKENS
        ),
        "unit_base_with_full_cache": cost.call_usd(fully_cached, out, base),
    }


@example("W15")
def twelve_months(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    traffic = Traffic(inputs["v0"], inputs["g"], inputs["horizon"])
    by_name = {name: classes(values) for name, values in inputs["strategies"].items()}
    return {
        "volumes_total": cost.monthly_volumes(traffic).sum(),
        "growth_sum": cost.growth_sum(inputs["g"], inputs["horizon"]),
        "totals": {name: cost.total_usd(costs, traffic) for name, costs in by_name.items()},
        "cost_per_request_all_in": {
            name: cost.all_in_usd_per_request(costs, traffic) for name, costs in by_name.items()
        },
        "npv_8pct": {name: cost.net_present_usd(costs, traffic, 0.08) for name, costs in by_name.items()},
        "retrain_months": cost.retrain_months(4, inputs["horizon"]),
        "retrain_months_H13": cost.retrain_months(4, 13),
        "variable_share": {name: cost.variable_share(costs, traffic) for name, costs in by_name.items()},
    }


@example("W16")
def break_even_in_all_forms(inputs: Inputs, every: Mapping[str, Inputs]) -> Computed:
    a, b = classes(inputs["A"]), classes(inputs["B"])
    a_multi, b_multi = classes(inputs["A_multi"]), classes(inputs["B_multi"])
    year = Traffic(0, 0, YEAR_MONTHS)
    grown = Traffic(0, 0.05, YEAR_MONTHS)
    prompt, tuned = (classes(every["W15"]["strategies"][name]) for name in ("prompt", "ft"))
    return {
        "steady_volume": volume_answer(cost.steady_break_even_volume(a, b)),
        "horizon12_volume": volume_answer(cost.horizon_break_even_volume(a, b, year)),
        "horizon12_growth5": volume_answer(cost.horizon_break_even_volume(a, b, grown)),
        "month_at_300k": month_answer(cost.break_even_month(a, b, 300_000)),
        "month_at_90k": month_answer(cost.break_even_month(a, b, 90_000)),
        "growth_crossing": crossing_answers(cost.all_crossings(a, b, Traffic(150_000, 0.05, 24))),
        "multi": crossing_answers(cost.all_crossings(a_multi, b_multi, year)),
        "multi_totals": [cost.total_usd(a_multi, year), cost.total_usd(b_multi, year)],
        "ft_vs_prompt_volume_12m": volume_answer(cost.horizon_break_even_volume(prompt, tuned, year)),
    }
