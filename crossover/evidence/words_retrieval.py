"""Findings on documents: is the answer there, is it found, in which language."""

from __future__ import annotations

from collections.abc import Iterator

from crossover.evidence.answerability import Answerability
from crossover.evidence.finding import ALL, PROMPTING, RAG, TOOLS, Finding, plural
from crossover.evidence.languages import LanguageMix
from crossover.evidence.measurements import Measurements
from crossover.evidence.retrieval_evidence import RetrievalEvidence
from crossover.figure import measured
from crossover.numbers import share

FEW_IN_CORPUS = 0.2  # MODEL.md G8
_MOST_IN_CORPUS = 0.6
_GAP = 0.1
_READS = (RAG, TOOLS)
_BY_WORDS = "Searched by words only, so a tuned retriever may find more."
_LUCK = 0.5
_MUCH_LUCK = 0.2


def retrieval_findings(found: Measurements, chunks: int, source: str) -> Iterator[Finding]:
    """What searching the documents showed."""
    retrieval = found.retrieval
    if retrieval is None:
        return
    if retrieval.answers is not None:
        yield _answerability(retrieval, retrieval.answers, chunks, source)
    best = "best chunk" if chunks == 1 else f"{chunks} best chunks"
    if (quality := retrieval.by_document) is not None:
        sentence = (
            f"The document a question names is among the {best} for {quality.hit(chunks)} of {quality.n:,} "
            f"questions. {_BY_WORDS}"
        )
        if retrieval.decisive is not quality:
            sentence += " A document has several chunks, so the one with the answer may still be missing."
        yield Finding("hit_documents", "Right document found", quality.figures(source), sentence, _READS)
    if (quality := retrieval.by_answer) is not None:
        sentence = (
            f"Of the {quality.n:,} answers that stand in one chunk, {quality.hit(chunks)} stand in the "
            f"{best}. {_BY_WORDS}"
        )
        yield Finding("hit_answers", "Right chunk found", quality.figures(source), sentence, _READS)
    yield from _chunks(retrieval, chunks, source)


def _answerability(retrieval: RetrievalEvidence, answers: Answerability, chunks: int, source: str) -> Finding:
    sentence = _answerability_sentence(answers, chunks, retrieval.by_document is not None)
    figures = answers.figures(chunks, source)
    return Finding("answerability", "Answers in the documents", figures, sentence, (RAG, TOOLS, PROMPTING))


def _answerability_sentence(answers: Answerability, chunks: int, named: bool) -> str:
    corpus, within = answers.in_corpus, answers.within(chunks)
    there, top = corpus.share or 0.0, within.share or 0.0
    if there < FEW_IN_CORPUS:
        few = f"Only {corpus} of the answers stand in one place of the documents"
        if not corpus.successes:
            few = f"None of {plural(corpus.trials, 'answer')} stands in one place of the documents"
        if named:
            return f"{few}: they are worded freely, so judge retrieval by the documents your questions name."
        return (
            f"{few}: either documents are missing or the answers are worded freely, so check a few before "
            "you count on retrieval."
        )
    chance = answers.at_random(chunks)
    if chance >= max(_MUCH_LUCK, _LUCK * top):
        return (
            f"{corpus} of the answers stand in the documents, but {plural(chunks, 'chunk')} drawn at random "
            f"would hold {share(chance)}: many answers are too short or too common to judge by."
        )
    if there - top >= _GAP:
        return (
            f"{corpus} of the answers stand in the documents but only {within} in the top {chunks}: "
            "fix retrieval before you judge RAG."
        )
    if there < _MOST_IN_CORPUS:
        return (
            f"{corpus} of the answers stand in the documents, and the top {chunks} nearly all of these: "
            "add documents for the rest before you tune the search."
        )
    return (
        f"{corpus} of the answers stand in the documents and {within} in the top {chunks}: "
        "retrieval can carry this task."
    )


def _chunks(retrieval: RetrievalEvidence, chunks: int, source: str) -> Iterator[Finding]:
    best, quality = retrieval.recommended, retrieval.decisive
    if best is None or quality is None:
        return
    verdict = "that is what you send" if best.k == chunks else f"you send {chunks}"
    figure = measured(
        best.k, "chunks", source, quality.n, name="Chunks the data speaks for", note=best.reason
    )
    sentence = f"{best.reason} Judged by {quality.against}; {verdict}."
    yield Finding("chunks", "How many chunks", (figure, best.found.figure("Found", source)), sentence, (RAG,))


def language_findings(found: Measurements, source: str) -> Iterator[Finding]:
    """Which languages the questions are in, and whether the documents share them."""
    asked, written = found.question_languages, found.document_languages
    if asked is None or not asked.counts:
        return
    figures = tuple(
        asked.share(name).figure(f"Questions in {name.title()}", source) for name, _ in asked.counts
    )
    yield Finding("languages", "Languages", figures, _language_sentence(asked, written), ALL)


def _language_sentence(asked: LanguageMix, written: LanguageMix | None) -> str:
    main = asked.counts[0][0]
    text = f"The questions are in {main.title()}."
    if len(asked.counts) > 1:
        names = [f"{name.title()} ({share(asked.share(name).share)})" for name, _ in asked.counts]
        text = f"The questions are in {' and '.join(names)}, as far as their words tell."
    others = {name for name, _ in written.counts} - {main} if written is not None else set()
    if others:
        documents = " and ".join(sorted(name.title() for name in others))
        return (
            f"{text} There are documents in {documents}: a search by words finds little across languages, "
            "so plan for multilingual embeddings."
        )
    if len(asked.counts) > 1:
        return f"{text} Test each language on its own: a model may be weaker in one of them."
    return f"{text} One language keeps prompts, tests and the search simple."
