"""How much of a cost rests on measurements, price lists and assumptions (MODEL.md F0.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crossover.assumptions import default_assumptions
from crossover.comparison import Outcome
from crossover.cost import monthly_volumes
from crossover.cost.bill import Cadence, Line
from crossover.cost.estimate import CostEstimate, traffic_of
from crossover.cost.machines import machine_usd_by_month
from crossover.figure import Figure, Kind, derived
from crossover.strategies import Part
from crossover.uncertainty import kind_shares
from crossover.words import mark, say

_PROMPT = (
    Part.TOOLS,
    Part.INSTRUCTIONS,
    Part.EXAMPLES,
    Part.HISTORY,
    Part.CONTEXT,
    Part.QUESTION,
    Part.CALLS,
)
_RETRIES = ("failed_attempt_share", "attempts_at_most", "failed_attempt_billed_share")
_ENERGY = (
    "device_watts",
    "electricity_usd_per_kwh",
    "device_prefill_tokens_per_second",
    "device_decode_tokens_per_second",
)
_PARTS_OF_ASSUMPTIONS: Mapping[str, tuple[Part, ...]] = {
    "answer_tokens_if_unknown": (Part.OUTPUT, Part.HISTORY),
    "reasoning_tokens_per_call": (Part.REASONING,),
    "tool_arguments_tokens": (Part.CALLS,),
    **dict.fromkeys(_RETRIES, (Part.RETRIES,)),
    "rerank_usd_per_1000_searches": (Part.RERANK,),
    **dict.fromkeys(_ENERGY, (Part.ENERGY,)),
}
_PARTS_OF_FIGURES: Mapping[str, tuple[Part, ...]] = {
    mark("Instructions"): (Part.INSTRUCTIONS,),
    mark("Instructions left after tuning"): (Part.INSTRUCTIONS,),
    mark("Tool definitions left after tuning"): (Part.TOOLS,),
    mark("One round's results"): (Part.CALLS,),
    mark("Reranking"): (Part.RERANK,),
    mark("Cache hits"): _PROMPT,
}


def request_shares(cost: CostEstimate) -> Mapping[Kind, float] | None:
    """Share of a request's cost by the weakest input of each of its parts; None where it costs nothing.

    The number of requests is no input here. An input that weighs on all parts alike (how often a tool
    is called, say) counts against each of them.
    """
    inputs, parts = cost.per_request.inputs, parts_by_name()
    return kind_shares(
        derived(
            usd,
            "USD per request",
            "MODEL.md 2",
            *(each for each in inputs if part in parts.get(each.name, (part,))),
        )
        for part, usd in cost.by_part.items()
    )


def parts_by_name() -> dict[str, tuple[Part, ...]]:
    """The parts of a request that an input weighs on, by its name; one not named weighs on all."""
    labels = {say(default_assumptions()[name].label): parts for name, parts in _PARTS_OF_ASSUMPTIONS.items()}
    return labels | {say(name): parts for name, parts in _PARTS_OF_FIGURES.items()}


def horizon_shares(outcome: Outcome) -> Mapping[Kind, float] | None:
    """Share of the total by the weakest input of each line and of all requests; None for a total of 0."""
    return kind_shares(horizon_summands(outcome))


def horizon_summands(outcome: Outcome) -> tuple[Figure, ...]:
    """What adds up to the total of the horizon: all requests, each line of the bill, the machines."""
    cost = outcome.cost
    if cost is None:
        return ()
    volumes = monthly_volumes(traffic_of(outcome.subject.scenario))
    requests = float(volumes.sum()) * (cost.per_request.value or 0.0)
    volume = outcome.subject.scenario.volume
    return (
        derived(requests, "USD", "MODEL.md 3.2", cost.per_request, volume, name=say("All requests")),
        *_lines(cost, len(volumes)),
        *_machines(outcome),
    )


def _lines(cost: CostEstimate, months: int) -> Iterator[Figure]:
    times = {Cadence.ONE_OFF: 1, Cadence.MONTHLY: months, Cadence.RETRAINING: len(cost.classes.events_usd)}
    for line in cost.lines:
        if line.cadence in times:
            usd = times[line.cadence] * (line.figure.value or 0.0)
            yield derived(usd, "USD", "MODEL.md 3.1", line.figure, name=line.name)


def _machines(outcome: Outcome) -> Iterator[Figure]:
    """Machines follow the load, so their lines show the first month only."""
    cost = outcome.cost
    if cost is None or cost.classes.machines is None:
        return
    volumes = monthly_volumes(traffic_of(outcome.subject.scenario))
    usd = float(machine_usd_by_month(cost.classes.machines, volumes).sum())
    yield derived(usd, "USD", "MODEL.md F3.8", *_figures(cost.lines, Cadence.BY_LOAD), name=say("Machines"))


def _figures(lines: tuple[Line, ...], cadence: Cadence) -> Iterator[Figure]:
    return (line.figure for line in lines if line.cadence is cadence)
