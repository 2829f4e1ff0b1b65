"""GPUs of one's own over draws of the assumptions (MODEL.md F3.8)."""

from __future__ import annotations

from dataclasses import dataclass

from crossover.cost.hit_rates import HOURS_PER_MONTH
from crossover.cost.machines import SELF_HOSTED, Machines, replicas_per_request
from crossover.cost.quote import Quote
from crossover.strategies import UsagePlan
from crossover.uncertainty.inputs import Values


@dataclass(frozen=True, slots=True)
class GpuLoad:
    """What a request asks of a GPU, in mean tokens, and what an hour of the GPU costs."""

    input_tokens: float
    output_tokens: float
    usd_per_hour: float


def gpu_load(plan: UsagePlan, quote: Quote) -> GpuLoad | None:
    """The load of a plan on hosts of one's own; None elsewhere, or without a price for the GPU."""
    if quote.host != SELF_HOSTED or quote.gpu is None or not plan.calls:
        return None
    reading, writing = plan.expected_input_tokens().mean(), plan.expected_output_tokens().mean()
    return GpuLoad(float(reading), float(writing), quote.gpu.usd_per_gpu_hour)


def machines_at(load: GpuLoad | None, values: Values) -> Machines | None:
    """The machines at these values; while an input of the plan is drawn, today's tokens stand."""
    if load is None:
        return None
    seconds = load.input_tokens / values["gpu_prefill_tokens_per_second"]
    seconds = seconds + load.output_tokens / values["gpu_decode_tokens_per_second"]
    each = replicas_per_request(seconds, values["peak_factor"], values["gpu_utilisation_share"])
    return Machines(load.usd_per_hour * HOURS_PER_MONTH, each)
