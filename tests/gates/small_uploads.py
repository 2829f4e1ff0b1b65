"""Small uploads and the strategies the gates are tried on."""

from __future__ import annotations

from datetime import date

from crossover.samples import Document, QaTable, SampleSet, Tool
from crossover.scenario import Scenario
from crossover.strategies import ALL_STRATEGIES

TODAY = Scenario(price_date=date(2026, 11, 22))
STRATEGIES = {strategy.id: strategy for strategy in ALL_STRATEGIES}


def rows(questions, answers):
    return QaTable(tuple(questions), tuple(answers), tuple(range(2, len(questions) + 2)))


def shop(count=120, question="Where is order {}?", answer="On its way."):
    """Questions with answers, two documents and a tool."""
    return SampleSet(
        qa=rows([question.format(number) for number in range(count)], [answer] * count),
        documents=(
            Document("returns.txt", "Returns are free within thirty days. " * 60),
            Document("delivery.txt", "Delivery takes two working days at most. " * 60),
        ),
        tools=(Tool("order_status", "Looks an order up.", {"type": "object", "properties": {}}),),
    )


SHOP = shop()
