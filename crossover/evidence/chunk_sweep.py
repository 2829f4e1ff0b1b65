"""Chunk size, overlap and number tried out on the person's own questions: what is found for what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from crossover.cost.estimate import estimate
from crossover.cost.subject import Subject
from crossover.evidence.relevance import best_chunks
from crossover.evidence.retrieval_evidence import RetrievalEvidence, judged_evidence
from crossover.evidence.retrieval_quality import KS, WITHIN_SHARE, Against
from crossover.evidence.sampling import chosen, part_of
from crossover.evidence.shares import MeasuredShare
from crossover.profile import Knowledge
from crossover.profile.sampling import stand_ins
from crossover.retrieval import Hits, build_index, chunk_documents, context_tokens
from crossover.tokens import Progress, counter

SIZES_TOKENS = (100, 200, 400, 800)
OVERLAP_SHARES = (0.0, 0.12)
MOST_SWEPT = 500
_ENOUGH_ANSWERS = 20
_ENOUGH_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class RetrievalSetting:
    """How documents are cut and how many chunks are sent."""

    chunk_tokens: int
    overlap_tokens: int
    chunks: int


@dataclass(frozen=True, slots=True)
class SweepRow:
    """What one setting finds and costs.

    `found` counts over the same questions in every row. `by_chance_share` is what as many random
    chunks would hold, None where documents are judged. `context_tokens` is the mean per request,
    `usd_per_request` the whole request with RAG, None where a price is unknown. `is_best`: no other
    row finds as much or more for as much or less, and better in one of the three.
    """

    setting: RetrievalSetting
    found: MeasuredShare
    by_chance_share: float | None
    context_tokens: float
    usd_per_request: float | None
    is_best: bool = False


@dataclass(frozen=True, slots=True)
class ChunkSweep:
    """All rows, judged by one thing; `searched` questions of the `requests` were asked."""

    rows: tuple[SweepRow, ...]
    against: Against
    searched: int
    requests: int

    @property
    def front(self) -> tuple[SweepRow, ...]:
        """The rows no other row beats, the shortest context first."""
        return tuple(sorted((row for row in self.rows if row.is_best), key=lambda row: row.context_tokens))

    @property
    def recommended(self) -> SweepRow:
        """The shortest context that finds within 2 points of the most, or within one question."""
        most = max(row.found.successes for row in self.rows)
        tolerated = max(1.0, WITHIN_SHARE * self.rows[0].found.trials)
        return next(row for row in self.front if row.found.successes >= most - tolerated)


@dataclass(frozen=True, slots=True, eq=False)
class _Cut:
    """One way to cut the documents, searched: its knowledge and what was found."""

    size_tokens: int
    overlap_tokens: int
    knowledge: Knowledge
    judged: RetrievalEvidence


def chunk_sweep(
    subject: Subject,
    sizes_tokens: Sequence[int] = SIZES_TOKENS,
    overlap_shares: Sequence[float] = OVERLAP_SHARES,
    progress: Progress | None = None,
) -> ChunkSweep | None:
    """Cut, index, search and price the subject's documents in every way, the scenario's own included.

    None without documents and questions, and where nothing tells what should be found: fewer than
    20 answers that stand in the documents, and no column that names the right one. `subject` is RAG
    as it was costed. At most 500 seeded questions are searched. What `progress` raises stops the work.
    """
    if subject.profile.knowledge is None or not len(subject.profile):
        return None
    ways = _ways(subject, sizes_tokens, overlap_shares)
    asked = stand_ins(len(subject.profile), MOST_SWEPT)
    cuts = []
    for place, way in enumerate(ways):
        heard = part_of(progress, place / len(ways), (place + 1) / len(ways))
        cuts.append(_cut(subject, way, asked, heard))
    against = _against(cuts)
    if against is None:
        return None
    swept = [row for cut in cuts for row in _priced(subject, cut, against)]
    return ChunkSweep(_marked(swept), against, len(asked[0]), len(subject.profile))


def rag_usd_per_request(subject: Subject, chunks: int) -> float | None:
    """The whole request with RAG when so many chunks are sent; None where a price is unknown."""
    tried = replace(subject, scenario=replace(subject.scenario, chunks_per_request=chunks))
    cost = estimate(tried.plan, tried.quote, tried.scenario)
    return cost.per_request.value if cost else None


def _ways(
    subject: Subject, sizes_tokens: Sequence[int], overlap_shares: Sequence[float]
) -> tuple[tuple[int, int], ...]:
    """Every size with every overlap, and what the scenario uses now."""
    now = (subject.scenario.chunk_tokens, subject.scenario.chunk_overlap_tokens)
    swept = [(size, round(share * size)) for size in sizes_tokens for share in overlap_shares]
    return tuple(sorted({now, *swept}))


def _cut(
    subject: Subject,
    way: tuple[int, int],
    asked: tuple[NDArray[np.int64], NDArray[np.int64]],
    progress: Progress | None,
) -> _Cut:
    """Cut the documents one way, search them for the questions asked and judge what came up."""
    profile, known = subject.profile, subject.profile.knowledge
    rows, searched_row = asked
    assert known is not None, "chunk_sweep looks for documents first"
    count = counter(profile.settings.encoding)
    chunks = chunk_documents(known.documents, *way, count)
    knowledge = replace(known, index=build_index(chunks, known.language))
    ranked = best_chunks(knowledge, chosen(profile.requests.questions, rows), part_of(progress, 0.2, 0.8))
    gold = profile.samples.qa.gold_documents if len(profile.samples.qa) else None
    judged = judged_evidence(
        knowledge,
        ranked,
        chosen(profile.requests.answers, rows),
        chosen(gold, rows) if gold else None,
        part_of(progress, 0.8, 1.0),
    )
    context = context_tokens(chunks, Hits(ranked, np.zeros(ranked.shape, np.float32)))
    measured = replace(knowledge, measured=context, searched_row=searched_row)
    return _Cut(*way, measured, judged)


def _against(cuts: Sequence[_Cut]) -> Against | None:
    """The answers, where enough of them stand in the documents however these are cut."""
    answers = [cut.judged.answers for cut in cuts]
    if all(
        each is not None
        and each.in_corpus_count >= _ENOUGH_ANSWERS
        and each.in_corpus_count >= _ENOUGH_SHARE * each.n
        for each in answers
    ):
        return Against.CHUNKS
    named = all(cut.judged.by_document is not None for cut in cuts)
    return Against.DOCUMENTS if named else None


def _priced(subject: Subject, cut: _Cut, against: Against) -> Iterator[SweepRow]:
    """A row for each number of chunks, the scenario's own included."""
    profile = replace(subject.profile, knowledge=cut.knowledge)
    for chunks in sorted({*KS, subject.scenario.chunks_per_request}):
        setting = RetrievalSetting(cut.size_tokens, cut.overlap_tokens, chunks)
        scenario = replace(
            subject.scenario,
            chunk_tokens=cut.size_tokens,
            chunk_overlap_tokens=cut.overlap_tokens,
            chunks_per_request=chunks,
        )
        tried = replace(subject, profile=profile, scenario=scenario)
        cost = estimate(tried.plan, tried.quote, scenario)
        yield SweepRow(
            setting=setting,
            found=_found(cut.judged, against, chunks),
            by_chance_share=_by_chance(cut.judged, against, chunks),
            context_tokens=float(cut.knowledge.context(chunks).mean()),
            usd_per_request=cost.per_request.value if cost else None,
        )


def _found(judged: RetrievalEvidence, against: Against, chunks: int) -> MeasuredShare:
    if against is Against.CHUNKS and judged.answers is not None:
        return judged.answers.within(chunks)
    return judged.by_document.hit(chunks) if judged.by_document else MeasuredShare(0, 0)


def _by_chance(judged: RetrievalEvidence, against: Against, chunks: int) -> float | None:
    has_answers = against is Against.CHUNKS and judged.answers is not None
    return judged.answers.at_random(chunks) if has_answers and judged.answers else None


def _marked(rows: Sequence[SweepRow]) -> tuple[SweepRow, ...]:
    """The same rows with the Pareto front marked: more found, shorter context, lower cost."""
    usd = [row.usd_per_request for row in rows]
    known = all(value is not None for value in usd)
    table = np.array(
        [
            (-row.found.successes, row.context_tokens, (row.usd_per_request or 0.0) if known else 0.0)
            for row in rows
        ]
    )
    no_worse = (table[:, None] <= table[None, :]).all(axis=2)
    better = (table[:, None] < table[None, :]).any(axis=2)
    beaten = np.asarray((no_worse & better).any(axis=0), np.bool_)
    return tuple(replace(row, is_best=not beaten[place]) for place, row in enumerate(rows))
