"""RAG with reranking: a wide search, a second model that sorts what it found, then RAG's request."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from crossover.figure import derived
from crossover.profile import TokenProfile
from crossover.retrieval import rerank_units
from crossover.scenario import Scenario
from crossover.strategies.plan import Tokens, UsagePlan
from crossover.strategies.rag import Rag
from crossover.strategies.strategy import Named, SentRequest
from crossover.words import mark, say


@dataclass(frozen=True, slots=True)
class RagRerank(Named):
    """RAG whose passages a reranker picks from more candidates; billed by search unit (F1.9)."""

    id: str = "rag_rerank"
    name: str = mark("RAG with reranking")

    def plan(self, profile: TokenProfile, scenario: Scenario) -> UsagePlan:
        """RAG's plan and the search units of each request.

        Which passages the reranker would prefer is not known here; their length is that of the best
        by word search.
        """
        plan = Rag().plan(profile, scenario)
        candidates = scenario.assumption("rerank_candidates")
        units = _units(profile, scenario)
        figure = derived(
            float(units.mean()) if len(units) else None,
            "search units per request",
            say("a query with up to 100 passages (MODEL.md F1.9)"),
            candidates,
            name=say("Reranking"),
            id="rerank_units",
        )
        return replace(plan, strategy=self.id, rerank_units=units, quantities=(*plan.quantities, figure))

    def request(self, profile: TokenProfile, scenario: Scenario, row: int) -> SentRequest:
        """What the model gets is RAG's request; reranking happens before it."""
        return Rag().request(profile, scenario, row)


def _units(profile: TokenProfile, scenario: Scenario) -> Tokens:
    """Search units of each request, shape (n,): candidates, as many as there are chunks."""
    if profile.knowledge is None:
        return np.zeros(len(profile))
    candidates = min(round(scenario.value("rerank_candidates")), len(profile.knowledge.chunks))
    return np.asarray(rerank_units(candidates, scenario.chunk_tokens, profile.question_tokens), np.float64)
