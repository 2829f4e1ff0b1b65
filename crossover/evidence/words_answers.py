"""Whether the documents answer the questions, as one sentence (MODEL.md 7.2)."""

from __future__ import annotations

from crossover.evidence.answerability import Answerability
from crossover.evidence.shares import MeasuredShare
from crossover.gates.data import WARN_BELOW_FOUND_SHARE
from crossover.numbers import share
from crossover.words import say, say_count

_MOST_IN_CORPUS = 0.6
_GAP = 0.1
_LUCK = 0.5
_MUCH_LUCK = 0.2


def answerability_sentence(answers: Answerability, chunks: int, named: bool) -> str:
    """What so many answers in the documents, and in the chunks found, mean for retrieval.

    `named`: the questions name their documents, so that retrieval can be judged without the answers.
    """
    corpus, within = answers.in_corpus, answers.within(chunks)
    there, top = corpus.share or 0.0, within.share or 0.0
    if there < WARN_BELOW_FOUND_SHARE:
        return _few_sentence(corpus, named) if corpus.successes else _none_sentence(corpus, named)
    chance = answers.at_random(chunks)
    if chance >= max(_MUCH_LUCK, _LUCK * top):
        return _luck_sentence(corpus, chunks, chance)
    found = {"there": str(corpus), "found": str(within), "k": chunks}
    if there - top >= _GAP:
        return say(
            "{there} of the answers stand in the documents but only {found} in the top {k}: fix retrieval "
            "before you judge RAG.",
            **found,
        )
    if there < _MOST_IN_CORPUS:
        return say(
            "{there} of the answers stand in the documents, and the top {k} nearly all of these: add "
            "documents for the rest before you tune the search.",
            **found,
        )
    return say(
        "{there} of the answers stand in the documents and {found} in the top {k}: retrieval can carry this "
        "task.",
        **found,
    )


def _few_sentence(corpus: MeasuredShare, named: bool) -> str:
    if named:
        return say(
            "Only {there} of the answers stand in one place of the documents: they are worded freely, so "
            "judge retrieval by the documents your questions name.",
            there=str(corpus),
        )
    return say(
        "Only {there} of the answers stand in one place of the documents: either documents are missing or "
        "the answers are worded freely, so check a few before you count on retrieval.",
        there=str(corpus),
    )


def _none_sentence(corpus: MeasuredShare, named: bool) -> str:
    if named:
        return say_count(
            "None of {n} answer stands in one place of the documents: they are worded freely, so judge "
            "retrieval by the documents your questions name.",
            "None of {n} answers stands in one place of the documents: they are worded freely, so judge "
            "retrieval by the documents your questions name.",
            corpus.trials,
        )
    return say_count(
        "None of {n} answer stands in one place of the documents: either documents are missing or the "
        "answers are worded freely, so check a few before you count on retrieval.",
        "None of {n} answers stands in one place of the documents: either documents are missing or the "
        "answers are worded freely, so check a few before you count on retrieval.",
        corpus.trials,
    )


def _luck_sentence(corpus: MeasuredShare, chunks: int, chance: float) -> str:
    return say_count(
        "{there} of the answers stand in the documents, but {n} chunk drawn at random would hold {chance}: "
        "many answers are too short or too common to judge by.",
        "{there} of the answers stand in the documents, but {n} chunks drawn at random would hold {chance}: "
        "many answers are too short or too common to judge by.",
        chunks,
        there=str(corpus),
        chance=share(chance),
    )
