"""W01 to W06: messages, tools, schemas, epochs, chunks and training files (MODEL.md 1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import numpy as np

from crossover import cost
from crossover.prices.types import Source, TuningPrice
from crossover.retrieval import chunk_count
from crossover.tokens import (
    TrainingTokens,
    cookbook_tool_tokens,
    counter,
    default_epochs,
    message_tokens,
    schema_tokens,
    tool_tokens,
    training_tokens,
)

from .example_file import Computed, Inputs, example

PER_FUNCTION = {"o200k_base": 7, "cl100k_base": 10}  # F1.2a
COOKBOOK_TOY_LENGTHS, COOKBOOK_TOY_LIMIT = (45, 111, 26, 28, 8032), 4096  # TOKENS.md 4
# W06: days and jobs that stand in the names of its results alone
FREE_DAY, LAST_DAY, DAY_AFTER = date(2024, 8, 15), date(2024, 9, 23), date(2024, 9, 24)
JOB_TOKENS = 1_500_000
NUMBER_WORDS = {"one": 1, "two": 2, "three": 3}


@example("W01")
def messages(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    return {name: message_tokens(inputs["messages"], counter(name)) for name in PER_FUNCTION}


@example("W02")
def tools(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    return {name: tools_in(inputs, name) for name in PER_FUNCTION}


def tools_in(inputs: Inputs, encoding: str) -> Computed:
    count, per_function = counter(encoding), PER_FUNCTION[encoding]
    sent = message_tokens(inputs["messages"], count)
    has_system = any(message["role"] == "system" for message in inputs["messages"])
    constants = cookbook_tool_tokens(inputs["tools"], count, per_function)
    return {
        "messages": sent,
        "tools_constants": constants,
        "total_constants": sent + constants,
        "tools_rendered": tool_tokens(inputs["tools"], count, has_system),
        "nested_constants": cookbook_tool_tokens(inputs["nested_tools"], count, per_function),
        "nested_rendered": tool_tokens(inputs["nested_tools"], count, has_system),
    }


@example("W03")
def schema(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    return {"o200k_base": schema_tokens(inputs["schema"], counter("o200k_base"))}


@example("W04")
def epochs(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    return {"epochs": [default_epochs(n) for n in inputs["n"]]}


@example("W05")
def chunks(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    return {"results": [chunks_of(*case) for case in inputs["cases"]]}


def chunks_of(tokens: int, size: int, overlap: int) -> Computed:
    found = chunk_count(tokens, size, overlap)
    return {"n": found.n, "embedded_tokens": found.embedded_tokens, "last": found.last}


@example("W06")
def training_in_july_2024(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    lengths = lengths_in(inputs["lengths"])
    mini = trained(lengths, inputs["max_ctx_4o_mini"])
    gpt35 = trained(lengths, inputs["max_ctx_gpt35"])
    toy = trained(np.array(COOKBOOK_TOY_LENGTHS), COOKBOOK_TOY_LIMIT)
    last_free_day = date.fromisoformat(inputs["last_free_day"])
    price = tuning_price(inputs["price_4o_mini"], inputs["allowance_per_utc_day"], last_free_day)

    def fee_on(day: date, *tokens: int) -> float | None:
        return cost.tuning_usd([cost.TrainingJob(day, count) for count in tokens], price)

    return {
        "mini": training_answer(mini),
        "mini_cost": cost.training_usd(mini.billable, inputs["price_4o_mini"]),
        "gpt35": training_answer(gpt35),
        "gpt35_cost": cost.training_usd(gpt35.billable, inputs["price_gpt35"]),
        "mini_cost_on_2024_08_15": fee_on(FREE_DAY, mini.billable),
        "mini_cost_on_2024_09_23": fee_on(LAST_DAY, mini.billable),
        "mini_cost_on_2024_09_24": fee_on(DAY_AFTER, mini.billable),
        "three_jobs": fee_on(FREE_DAY, *[JOB_TOKENS] * 3),
        "one_job_of_1_5M_in_window": fee_on(FREE_DAY, JOB_TOKENS),
        "toy_cookbook": {
            "tokens": toy.tokens_per_epoch,
            "epochs": toy.epochs,
            "billable": toy.billable,
            "cost": cost.training_usd(toy.billable, inputs["price_4o_mini"]),
        },
    }


def lengths_in(description: str) -> np.ndarray:
    """Tokens of each example, from words such as "4999 examples of 400 tokens and one of 80000"."""
    groups = re.findall(r"(\w+) (?:examples? )?of (\d+)", description)
    counts = [NUMBER_WORDS[many] if many in NUMBER_WORDS else int(many) for many, _ in groups]
    return np.repeat([int(length) for _, length in groups], counts)


def trained(lengths: np.ndarray, limit: int) -> TrainingTokens:
    return training_tokens(lengths, limit, default_epochs(len(lengths)))


def training_answer(tokens: TrainingTokens) -> Computed:
    return {
        "epochs": tokens.epochs,
        "tokens_per_epoch": tokens.tokens_per_epoch,
        "truncated": len(tokens.truncated_rows),
        "lost_tokens": tokens.lost_tokens,
        "billable": tokens.billable,
    }


def tuning_price(usd_per_mtok: float, free_tokens: int, free_until: date) -> TuningPrice:
    return TuningPrice(
        host="openai",
        model="gpt-4o-mini",
        mode="standard",
        training_usd_per_mtok=usd_per_mtok,
        training_usd_per_hour=None,
        tuned=None,
        hosting_usd_per_hour=None,
        source=Source("https://example.com", None),
        free_tokens_per_day=free_tokens,
        free_until=free_until,
    )
