"""W17 to W20 and W36: maps, hosting, own GPUs and reverse solves (MODEL.md 3.2, 3.7-3.9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from crossover import cost
from crossover.cost import CostClasses, InputTokens, Traffic
from crossover.prices.types import TokenPrice

from .example_file import Computed, Inputs, example
from .presets import BASE, MSG, PRIMING, TUNED, classes, price_of, usd, volume_answer
from .token_examples import lengths_in, trained

# W17: its inputs name the grid alone. These are what its 27 totals imply; three of those would do.
MAP_QUESTION, MAP_ANSWER = 64, 185
MAP_STATIC_TOKENS, MAP_RAG_START_USD, MAP_UPKEEP_USD = 350, 7800, 50
PERSON_DAYS = {"rag": 15, "ft": 12}  # W20: likely values of MODEL.md 3.1
MOST_TOKENS, MOST_USD_MTOK, MOST_TRAINING_USD_MTOK, MOST_DAY_RATE = 10_000, 10, 100, 5_000


@example("W17")
def cheapest_strategy_map(inputs: Inputs, every: Mapping[str, Inputs]) -> Computed:
    volumes, contexts = np.array(inputs["volumes"], float), np.array(inputs["contexts"], float)
    traffic = Traffic(volumes[:, None], 0.0, 12)
    totals = {
        name: cost.total_usd(costs, traffic) * np.ones((len(volumes), len(contexts)))
        for name, costs in map_strategies(contexts, every).items()
    }
    found = cost.cheapest_map(totals)
    cells = {}
    for row, volume in enumerate(inputs["volumes"]):
        for column, context in enumerate(inputs["contexts"]):
            cells[f"{volume:.0f}x{context}"] = {
                "winner": found.names[found.winner[row, column]],
                "totals": {name: grid[row, column] for name, grid in totals.items()},
                "margin": found.margin_share[row, column],
            }
    return {"cells": cells}


def map_strategies(contexts: np.ndarray, every: Mapping[str, Inputs]) -> dict[str, CostClasses]:
    """W15's strategies without events: the tuned one pays a sum every month instead.

    A tuned model answers without the context; retrieval never inserts more than W07's passages.
    """
    static, frame = every["W07"]["static"], MAP_QUESTION + 2 * MSG + PRIMING
    passages = np.minimum(contexts, every["W07"]["rag_ctx"])
    long_context = cost.call_usd(InputTokens(MAP_STATIC_TOKENS + frame + contexts), MAP_ANSWER, BASE)
    rag = cost.call_usd(InputTokens(static["rag"] + frame + passages), MAP_ANSWER, BASE)
    tuned = cost.call_usd(InputTokens(static["ft"] + frame), MAP_ANSWER, TUNED)
    embedding = cost.embedding_usd(MAP_QUESTION, every["W07"]["prices"]["embed"])
    prompt, ft = every["W15"]["strategies"]["prompt"], every["W15"]["strategies"]["ft"]
    rag_monthly = every["W15"]["strategies"]["rag"]["monthly"]
    return {
        "long_context_prompt": CostClasses(prompt["one_time"], prompt["monthly"], long_context),
        "rag": CostClasses(MAP_RAG_START_USD, rag_monthly, rag + embedding),
        "ft": CostClasses(ft["one_time"], ft["monthly"] + MAP_UPKEEP_USD, tuned),
    }


@example("W18")
def hosted_tuned_model(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    azure, mini = inputs["azure_example"], inputs["mini"]
    azure_tokens = usd(TokenPrice(azure["inp"], azure["out"]), azure["in_tokens"], azure["out_tokens"])
    hosting = cost.hosting_usd_per_month(inputs["hosting_per_h"])
    with_markup, at_base = (usd(price, mini["inp"], mini["out"]) for price in (TUNED, BASE))
    marked_up, hosted = CostClasses(0, 0, with_markup), CostClasses(0, hosting, at_base)
    return {
        "azure_doc_total": cost.hosting_usd_per_month(inputs["hosting_per_h"], azure["hours"]) + azure_tokens,
        "hosting_730h": hosting,
        "markup_per_request": with_markup - at_base,
        "volume_where_hosting_equals_markup": volume_answer(cost.steady_break_even_volume(marked_up, hosted)),
    }


@example("W19")
def self_hosted_lora(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    serving = cost.GpuServing(
        inputs["prefill_tps"],
        inputs["decode_tps"],
        inputs["gpu_price_h"],
        inputs["target_util"],
        inputs["ops_monthly"],
    )
    seconds = float(cost.gpu_seconds(serving, inputs["in_tokens"], inputs["out_tokens"]))
    one_replica = float(cost.self_hosted_usd_per_month(serving, 1))
    tuned = CostClasses(0, 0, usd(TUNED, inputs["in_tokens"], inputs["out_tokens"]))
    return {
        "gpu_seconds": seconds,
        "replicas_at_2rps": cost.replicas(serving, 2, seconds),
        "replicas_at_40rps": cost.replicas(serving, 40, seconds),
        "monthly_at_1_replica": one_replica,
        "usd_per_1M_output_at_100pct": cost.output_usd_per_mtok(serving, 1.0),
        "usd_per_1M_output_at_10pct": cost.output_usd_per_mtok(serving, 0.1),
        "max_requests_per_month_one_replica": cost.requests_per_month_served(serving, 1, seconds),
        "breakeven_vs_tuned_mini": volume_answer(
            cost.steady_break_even_volume(tuned, CostClasses(0, one_replica, 0))
        ),
    }


@example("W20")
def what_would_have_to_be_true(inputs: Inputs, every: Mapping[str, Inputs]) -> Computed:
    base_in, tuned_in, out = inputs["base_in"], inputs["tuned_in"], inputs["out"]
    unit_base, unit_tuned = usd(BASE, base_in, out), usd(TUNED, tuned_in, out)
    strategies = {name: classes(values) for name, values in every["W15"]["strategies"].items()}
    traffic = Traffic(inputs["v0"], inputs["g"], inputs["H"])
    static = every["W07"]["static"]["prompt"]
    return {
        "tuned_input_price_equal": cost.solve_for(
            lambda mtok: unit_base - usd(TokenPrice(mtok, TUNED.output_mtok), tuned_in, out), 0, MOST_USD_MTOK
        ),
        "static_prompt_tokens_equal": cost.solve_for(
            lambda tokens: usd(BASE, base_in - static + tokens, out) - unit_tuned, 0, MOST_TOKENS
        ),
        "markup_equal": cost.parity_markup(unit_base, tuned_in, out, BASE),
        "training_price_no_root": cost.solve_for(
            training_price_gap(strategies, traffic, every), 0, MOST_TRAINING_USD_MTOK
        ),
        "v0_for_ft_to_win_12m": volume_answer(
            cost.horizon_break_even_volume(strategies["prompt"], strategies["ft"], traffic)
        ),
        "day_rate_at_which_rag_equals_ft": cost.solve_for(
            day_rate_gap(every["W15"]["strategies"], traffic), 0, MOST_DAY_RATE
        ),
        "quality_gap_that_flips": cost.success_gap_that_flips(
            strategies["rag"].per_request_usd, strategies["ft"].per_request_usd, every["W31"]["failure_cost"]
        ),
    }


def training_price_gap(
    strategies: Mapping[str, CostClasses], traffic: Traffic, every: Mapping[str, Inputs]
) -> Callable[[float], float]:
    """Fine-tuning minus prompting when W06's file is trained once at a price per million tokens."""
    mtok = trained(lengths_in(every["W06"]["lengths"]), every["W06"]["max_ctx_4o_mini"]).billable / 1e6
    ft = strategies["ft"]
    untrained = ft.one_time_usd - mtok * every["W06"]["price_4o_mini"]

    def gap(usd_per_mtok: float) -> float:
        tuned = CostClasses(
            untrained + mtok * usd_per_mtok, ft.monthly_usd, ft.per_request_usd, ft.events_usd
        )
        return float(cost.total_usd(tuned, traffic) - cost.total_usd(strategies["prompt"], traffic))

    return gap


def day_rate_gap(strategies: Mapping[str, Inputs], traffic: Traffic) -> Callable[[float], float]:
    """RAG minus fine-tuning when the person-days are all that starting takes."""

    def gap(day_rate: float) -> float:
        rag, ft = (
            cost.total_usd(classes(strategies[name], one_time=days * day_rate), traffic)
            for name, days in PERSON_DAYS.items()
        )
        return float(rag - ft)

    return gap


@example("W36")
def november_2026(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    base, tuned = price_of(inputs["base"]), price_of(inputs["tuned"])
    unit_tuned = usd(tuned, inputs["tuned_in"], inputs["out"])
    luna = [usd(base, inputs["base_in"], inputs["out"] + hidden) for hidden in inputs["reasoning_tokens"]]
    return {
        "unit_tuned": unit_tuned,
        "unit_luna": luna,
        "max_tuned_prompt": [cost.largest_tuned_input_tokens(unit, inputs["out"], tuned) for unit in luna],
        "reasoning_tokens_at_which_tuned_wins": cost.solve_for(
            lambda hidden: usd(base, inputs["base_in"], inputs["out"] + hidden) - unit_tuned, 0, MOST_TOKENS
        ),
    }
