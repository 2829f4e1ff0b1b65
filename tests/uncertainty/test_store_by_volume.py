"""A store billed by query follows the volume, in a model as in an estimate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from crossover.comparison import compare
from crossover.demo import load_demo
from crossover.prices import load_price_book, vector_store_products
from crossover.scenario import Scenario
from crossover.uncertainty import cost_model, scenario_inputs, today_values

DAY = date(2026, 11, 22)
BOOK = load_price_book()
STORES = [
    product.name
    for product in vector_store_products(BOOK.vector_stores(DAY), DAY)
    if not product.reason and product.host in ("openai", "pinecone")
]


@pytest.mark.parametrize("store", STORES)
def test_the_total_at_another_volume_is_that_of_a_comparison_at_that_volume(store):
    samples, scenario = load_demo("en"), Scenario(price_date=DAY, vector_store=store)
    subject = compare(samples, scenario, BOOK).outcome("rag").subject
    model = cost_model(subject)
    today = today_values(scenario_inputs(subject.scenario, subject.quote))
    totals = {
        volume: compare(samples, replace(scenario, requests_per_month=volume), BOOK).outcome("rag").total_usd
        for volume in (1_000.0, 200_000.0, 5_000_000.0)
    }
    volumes = np.array([volume for volume, usd in totals.items() if usd is not None])
    expected = [totals[volume] for volume in volumes]
    assert len(expected) >= 2
    one_by_one = [float(model.total_usd({**today, "requests_per_month": volume})) for volume in volumes]
    assert one_by_one == pytest.approx(expected, rel=1e-9)
    assert model.curve_usd("requests_per_month", volumes, today) == pytest.approx(expected, rel=0.01)
