"""The person's questions searched for in the person's documents, judged in every way the data allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossover.evidence.answerability import Answerability, answerability
from crossover.evidence.relevance import best_chunks, chunks_with_answers, documents_found
from crossover.evidence.retrieval_quality import (
    Against,
    RecommendedChunks,
    RetrievalQuality,
    recommended_chunks,
    retrieval_quality,
)
from crossover.evidence.sampling import chosen, part_of, seeded_rows
from crossover.profile import Knowledge, TokenProfile
from crossover.retrieval.text_matching import word_table
from crossover.samples.joining import document_positions
from crossover.samples.types import SampleSet
from crossover.tokens import Progress

MOST_SEARCHED = 5_000
_ENOUGH_QUESTIONS = 20


@dataclass(frozen=True, slots=True)
class RetrievalEvidence:
    """`searched` questions; `by_document` and `by_answer` are None where nothing names what is right."""

    searched: int
    by_document: RetrievalQuality | None
    by_answer: RetrievalQuality | None
    answers: Answerability | None
    whole_documents: bool

    @property
    def decisive(self) -> RetrievalQuality | None:
        """The curve to choose k by.

        A document that was cut may be found by the wrong chunk. So where documents were cut, the
        chunks with the answers decide, if at least 20 questions and half of the answers have one.
        """
        if self.by_document is not None and self.whole_documents:
            return self.by_document
        answers = self.by_answer
        trusted = answers is not None and answers.n >= max(_ENOUGH_QUESTIONS, answers.left_out)
        return answers if trusted or self.by_document is None else self.by_document

    @property
    def recommended(self) -> RecommendedChunks | None:
        """The number of chunks the data speaks for."""
        return recommended_chunks(self.decisive) if self.decisive else None


def retrieval_evidence(
    samples: SampleSet, profile: TokenProfile, progress: Progress | None = None
) -> RetrievalEvidence | None:
    """Search the index the profile holds; None without documents or questions.

    Of more than 5,000 questions a seeded part is searched.
    """
    knowledge = profile.knowledge
    rows = seeded_rows(len(profile.requests), MOST_SEARCHED)
    if knowledge is None or not len(rows):
        return None
    gold = samples.qa.gold_documents if len(samples.qa) else None
    return searched_evidence(
        knowledge,
        chosen(profile.requests.questions, rows),
        chosen(profile.requests.answers, rows),
        chosen(gold, rows) if gold else None,
        progress,
    )


def searched_evidence(
    knowledge: Knowledge,
    questions: Sequence[str],
    answers: Sequence[str],
    gold: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> RetrievalEvidence:
    """Search for every question; `answers` hold "" where none is known, `gold` names documents."""
    ranked = best_chunks(knowledge, questions, part_of(progress, 0.0, 0.5))
    return judged_evidence(knowledge, ranked, answers, gold, part_of(progress, 0.5, 1.0))


def judged_evidence(
    knowledge: Knowledge,
    ranked: NDArray[np.int64],
    answers: Sequence[str],
    gold: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> RetrievalEvidence:
    """Judge chunks that any search has ranked, shape (n, k_max), best first, -1 for none."""
    by_document = None
    if gold is not None:
        named = document_positions(gold, knowledge.documents)
        by_document = retrieval_quality(documents_found(knowledge, ranked, named), Against.DOCUMENTS)
    answered = np.flatnonzero([bool(answer.strip()) for answer in answers])
    by_answer, answers_found = None, None
    if len(answered):
        texts = chosen(answers, answered)
        table = word_table(knowledge.chunks.texts, knowledge.language, texts)
        found = chunks_with_answers(table, ranked[answered], texts, progress)
        by_answer = retrieval_quality(found, Against.CHUNKS)
        answers_found = answerability(found)
    whole = len(knowledge.chunks) <= len(knowledge.documents)
    return RetrievalEvidence(len(ranked), by_document, by_answer, answers_found, whole)
