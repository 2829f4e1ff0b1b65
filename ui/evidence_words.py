"""Words that several parts of the Evidence page share."""

from __future__ import annotations

from crossover.evidence.retrieval_quality import Against
from crossover.words import say, say_count


def judged_words(against: Against) -> str:
    """What counts as found, as the middle of a sentence."""
    if against is Against.CHUNKS:
        return say("judged by the chunks that contain the answer")
    return say("judged by the documents your questions name")


def chunks_words(amount: int) -> str:
    """1 chunk, 5 chunks."""
    return say_count("{n} chunk", "{n} chunks", amount)


def questions_words(amount: int) -> str:
    """1 question, 1,200 questions."""
    return say_count("{n} question", "{n} questions", amount)
