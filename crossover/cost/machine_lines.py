"""The bill of machines of one's own: GPUs that follow the load, and devices bought once (MODEL.md F3.8)."""

from __future__ import annotations

from collections.abc import Iterator

from crossover.cost.bill import Cadence, Line
from crossover.cost.gpu_load import GPU_ASSUMPTIONS, gpu_load, machines_at
from crossover.cost.machines import Machines, machine_usd_by_month, replica_count
from crossover.cost.quote import Quote, price_figure
from crossover.figure import Figure, derived
from crossover.prices.machines import ON_DEVICE, SELF_HOSTED
from crossover.scenario import Scenario
from crossover.strategies import UsagePlan
from crossover.words import say, say_count


def machines_of(plan: UsagePlan, quote: Quote, scenario: Scenario) -> Machines | None:
    """The GPUs a plan needs on hosts of one's own; None elsewhere, or without a price for them."""
    values = {name: scenario.value(name) for name in GPU_ASSUMPTIONS}
    return machines_at(gpu_load(plan, quote), values)


def machine_lines(plan: UsagePlan, quote: Quote, scenario: Scenario) -> Iterator[Line]:
    """GPUs of the first month and their upkeep, or devices; nothing at other hosts.

    Without a price for the GPU the line has no value, which keeps the strategy out of the ranking.
    """
    if not plan.calls:
        server = scenario.assumption("classifier_usd_per_month")
        yield Line(say("Server of the classifier"), Cadence.MONTHLY, server)
    elif quote.host == SELF_HOSTED:
        running = scenario.assumption("gpu_operations_usd_per_month")
        yield Line(say("GPUs"), Cadence.BY_LOAD, _gpus(plan, quote, scenario))
        yield Line(say("Running the GPUs"), Cadence.MONTHLY, running)
    elif quote.host == ON_DEVICE:
        yield Line(say("Devices"), Cadence.ONE_OFF, _devices(scenario))


def _gpus(plan: UsagePlan, quote: Quote, scenario: Scenario) -> Figure:
    machines, gpu = machines_of(plan, quote, scenario), quote.gpu
    formula, unit, name = say("replicas x price x 730 h, MODEL.md F3.8"), "USD per month", say("GPUs")
    if machines is None or gpu is None:
        return derived(None, unit, formula, name=name)
    volume = [scenario.requests_per_month]
    usd = float(machine_usd_by_month(machines, volume)[0])
    replicas = int(replica_count(machines, volume)[0])
    of = say("{gpu} at {host}", gpu=gpu.gpu, host=gpu.host)
    price = price_figure(gpu.usd_per_gpu_hour, "USD per hour", gpu.source, of)
    inputs = (price, scenario.volume, *(scenario.assumption(name) for name in GPU_ASSUMPTIONS))
    note = say_count("{n} GPU in the first month", "{n} GPUs in the first month", replicas)
    return derived(usd, unit, formula, *inputs, *plan.quantities, name=name, note=note)


def _devices(scenario: Scenario) -> Figure:
    devices, price = scenario.assumption("devices"), scenario.assumption("device_usd")
    usd = (devices.value or 0.0) * (price.value or 0.0)
    return derived(usd, "USD", say("devices x price"), devices, price, name=say("Devices"))
