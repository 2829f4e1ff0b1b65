"""Findings on documents: is the answer there, is it found, with how many chunks."""

from __future__ import annotations

from collections.abc import Iterator

from crossover.evidence.finding import PROMPTING, RAG, TOOLS, Finding
from crossover.evidence.measurements import Measurements
from crossover.evidence.retrieval_evidence import RetrievalEvidence
from crossover.evidence.retrieval_quality import RetrievalQuality
from crossover.evidence.words_answers import answerability_sentence
from crossover.figure import measured
from crossover.words import mark, say, say_count

_READS = (RAG, TOOLS)
_BY_WORDS = mark("Searched by words only, so a tuned retriever may find more.")


def retrieval_findings(found: Measurements, chunks: int, source: str) -> Iterator[Finding]:
    """What searching the documents showed."""
    retrieval = found.retrieval
    if retrieval is None:
        return
    if (answers := retrieval.answers) is not None:
        sentence = answerability_sentence(answers, chunks, retrieval.by_document is not None)
        figures = answers.figures(chunks, source)
        matters = (RAG, TOOLS, PROMPTING)
        yield Finding("answerability", say("Answers in the documents"), figures, sentence, matters)
    if (quality := retrieval.by_document) is not None:
        sentences = [_documents_sentence(quality, chunks), say(_BY_WORDS)]
        if retrieval.decisive is not quality:
            sentences.append(
                say("A document has several chunks, so the one with the answer may still be missing.")
            )
        figures, label = quality.figures(source), say("Right document found")
        yield Finding("hit_documents", label, figures, " ".join(sentences), _READS)
    if (quality := retrieval.by_answer) is not None:
        sentence = f"{_chunks_sentence(quality, chunks)} {say(_BY_WORDS)}"
        yield Finding("hit_answers", say("Right chunk found"), quality.figures(source), sentence, _READS)
    yield from _recommended(retrieval, chunks, source)


def _documents_sentence(quality: RetrievalQuality, chunks: int) -> str:
    return say_count(
        "In {found} of {asked:,} questions the best chunk comes from the document the question names.",
        "In {found} of {asked:,} questions one of the {n} best chunks comes from the document the question "
        "names.",
        chunks,
        found=str(quality.hit(chunks)),
        asked=quality.n,
    )


def _chunks_sentence(quality: RetrievalQuality, chunks: int) -> str:
    return say_count(
        "Of the {asked:,} answers that stand in one chunk, {found} stand in the best chunk.",
        "Of the {asked:,} answers that stand in one chunk, {found} stand in the {n} best chunks.",
        chunks,
        found=str(quality.hit(chunks)),
        asked=quality.n,
    )


def _recommended(retrieval: RetrievalEvidence, chunks: int, source: str) -> Iterator[Finding]:
    best, quality = retrieval.recommended, retrieval.decisive
    if best is None or quality is None:
        return
    name = say("Chunks the data speaks for")
    figure = measured(best.k, "chunks", source, quality.n, name=name, note=best.reason)
    judged = (
        say("Judged by {against}; that is what you send.", against=say(quality.against))
        if best.k == chunks
        else say("Judged by {against}; you send {chunks}.", against=say(quality.against), chunks=chunks)
    )
    figures = (figure, best.found.figure(say("Found"), source))
    yield Finding("chunks", say("How many chunks"), figures, f"{best.reason} {judged}", (RAG,))
