"""What a request costs on average, all calls of a plan at once instead of part by part (MODEL.md 2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from crossover.cost.arrays import FloatArray
from crossover.cost.caching import HitRates, Prompts, expected_sequence_tokens
from crossover.cost.call import input_usd, output_usd
from crossover.cost.request import CallPrices, request_cost
from crossover.strategies import Call, UsagePlan


@dataclass(frozen=True, slots=True, eq=False)
class StackedPlan:
    """A plan whose calls lie one above the other: tokens of shape (calls, n), one number each (calls, 1).

    For callers that price a plan many times and show no parts; the mean is that of `request_cost`.
    """

    calls: tuple[Call, ...]
    beside: UsagePlan
    prompts: Prompts
    output_tokens: FloatArray
    probabilities: FloatArray

    @classmethod
    def of(cls, plan: UsagePlan, step: int = 1) -> StackedPlan:
        """The plan, stacked; with a `step` above 1 every such request stands for those after it."""
        calls, beside = plan.calls, _without_calls(plan, step)
        if not calls:
            none = np.zeros((0, beside.requests))
            return cls(calls, beside, Prompts(none, none, none), none, np.zeros(0))
        prompts = Prompts(
            np.stack([sum(tokens[::step] for _, tokens in call.parts) for call in calls]),
            _column(call.shared_prefix_tokens for call in calls),
            np.stack([_previous_tokens(call)[::step] for call in calls]),
        )
        outputs = np.stack([call.written_tokens[::step] + call.reasoning_tokens for call in calls])
        return cls(calls, beside, prompts, outputs, np.array([call.probability for call in calls]))

    def mean_usd(self, prices: CallPrices) -> float:
        """Mean US dollars per request at these prices (F2.1-F2.4b)."""
        beside = request_cost(self.beside, replace(prices, energy=None))
        return self._calls_usd(prices) + float(beside.total.mean()) + self._energy_usd(prices)

    def _calls_usd(self, prices: CallPrices) -> float:
        later = _column(_later_hit_share(call, prices) for call in self.calls)
        hits = HitRates(prices.hit_share, later)
        tokens = expected_sequence_tokens(prices.cache, self.prompts, hits, prices.writes_tail)
        usd = input_usd(tokens, prices.price)
        usd = usd + output_usd(self.output_tokens, prices.price, self.prompts.prompt_tokens)
        return self._expected(usd)

    def _energy_usd(self, prices: CallPrices) -> float:
        if prices.energy is None:
            return 0.0
        reading = self.prompts.prompt_tokens * prices.energy.usd_per_input_token
        return self._expected(reading + self.output_tokens * prices.energy.usd_per_output_token)

    def _expected(self, by_call: FloatArray) -> float:
        """Mean over the requests of what each call adds, weighted by how often it happens."""
        return float(self.probabilities @ by_call.mean(axis=1)) if len(by_call) else 0.0


def _without_calls(plan: UsagePlan, step: int) -> UsagePlan:
    """What every `step`-th request of the plan needs beside its calls."""
    embedding, units = plan.embedding_tokens, plan.rerank_units
    return replace(
        plan,
        calls=(),
        requests=len(range(0, plan.requests, step)),
        embedding_tokens=None if embedding is None else embedding[::step],
        rerank_units=None if units is None else units[::step],
    )


def _previous_tokens(call: Call) -> FloatArray:
    previous = call.previous_prompt_tokens
    return np.zeros_like(call.written_tokens) if previous is None else previous


def _later_hit_share(call: Call, prices: CallPrices) -> float:
    return 0.0 if call.previous_prompt_tokens is None else prices.later_hit_share(call)


def _column(numbers: Iterable[float]) -> FloatArray:
    """One number per call, shape (calls, 1)."""
    return np.array(list(numbers), np.float64)[:, None]
