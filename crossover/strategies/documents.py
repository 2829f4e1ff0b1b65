"""What strategies that look into the person's documents share: measured context and its index."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from crossover.figure import Figure, measured
from crossover.profile import TokenProfile
from crossover.samples.types import Slot
from crossover.scenario import Scenario
from crossover.strategies.plan import Tokens, UsagePlan
from crossover.words import say

INDEX = "index"
"""The id of the figure that says how much is embedded once."""


def context_tokens(profile: TokenProfile, scenario: Scenario) -> Tokens:
    """Tokens of the measured top-k chunks with their wrappers, shape (n,); zeros without documents."""
    knowledge = profile.knowledge
    return knowledge.context(scenario.chunks_per_request) if knowledge else np.zeros(len(profile))


def with_index(
    plan: UsagePlan, profile: TokenProfile, scenario: Scenario, search_share: float = 1.0
) -> UsagePlan:
    """The plan with the index it searches: query embedding for `search_share` of requests (F1.9)."""
    knowledge = profile.knowledge
    if knowledge is None:
        return replace(
            plan,
            embedding_tokens=search_share * profile.question_tokens,
            missing=(*plan.missing, "documents"),
        )
    return replace(
        plan,
        embedding_tokens=search_share * profile.question_tokens,
        search_share=search_share,
        index_tokens=knowledge.index_tokens,
        stored_vectors=len(knowledge.chunks.texts),
        quantities=(*plan.quantities, *document_quantities(profile, scenario)),
    )


def document_quantities(profile: TokenProfile, scenario: Scenario) -> tuple[Figure, ...]:
    """The measured context of a request and what is embedded once; none without documents."""
    knowledge, chunks = profile.knowledge, scenario.chunks_per_request
    if knowledge is None:
        return ()
    source = profile.samples.source(Slot.KNOWLEDGE)
    context = float(np.mean(knowledge.context(chunks))) if len(profile) else None
    searched = len(knowledge.chunks.texts)
    note = say("BM25 over {chunks} chunks, the best {best} per question", chunks=searched, best=chunks)
    index, documents = knowledge.index_tokens, len(knowledge.documents)
    return (
        measured(context, "tokens", source, knowledge.searched, name=say("Context, mean"), note=note),
        measured(index, "tokens", source, documents, name=say("Index, embedded once"), id=INDEX),
    )


def shown_context(profile: TokenProfile, scenario: Scenario, row: int) -> str:
    """The passages found for one request, numbered, as they stand before its question."""
    knowledge = profile.knowledge
    if knowledge is None:
        return ""
    found = knowledge.best(profile.requests.questions[row], scenario.chunks_per_request)
    return "".join(f"[{place}] {text}\n\n" for place, (_, text) in enumerate(found, start=1))
