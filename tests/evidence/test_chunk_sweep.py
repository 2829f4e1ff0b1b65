"""Chunk sizes tried out: the same questions in every row, the scenario's prices, a front nobody beats."""

from datetime import date

import pytest

from crossover.comparison import compare
from crossover.demo import load_demo
from crossover.evidence.chunk_sweep import chunk_sweep, rag_usd_per_request
from crossover.evidence.retrieval_quality import Against
from crossover.prices import load_price_book
from crossover.samples import Document, QaTable, SampleSet, Slot, combine, read_upload
from crossover.scenario import Scenario

SCENARIO = Scenario(price_date=date(2026, 11, 22))


def rag(samples, scenario=SCENARIO):
    return compare(samples, scenario, load_price_book()).outcome("rag").subject


@pytest.fixture(scope="module")
def subject():
    return rag(load_demo("en"))


@pytest.fixture(scope="module")
def demo(subject):
    return chunk_sweep(subject)


def test_every_row_counts_over_the_same_questions(demo):
    assert {row.found.trials for row in demo.rows} == {60} == {demo.searched}
    assert demo.against is Against.CHUNKS
    # sizes 100, 200, 400, 800 without and with overlap, and the scenario's 400 with 50; k = 1, 3, 5, 10
    assert len(demo.rows) == (4 * 2 + 1) * 4


def test_the_scenarios_own_row_costs_what_the_comparison_says(demo, subject):
    cost = compare(load_demo("en"), SCENARIO, load_price_book()).outcome("rag").cost.per_request.value
    own = [row for row in demo.rows if (row.setting.chunk_tokens, row.setting.overlap_tokens) == (400, 50)]
    assert next(row for row in own if row.setting.chunks == 5).usd_per_request == pytest.approx(cost)
    assert rag_usd_per_request(subject, 5) == pytest.approx(cost)
    assert rag_usd_per_request(subject, 6) > cost


def test_more_chunks_never_find_less_and_always_send_more(demo):
    for way in {(row.setting.chunk_tokens, row.setting.overlap_tokens) for row in demo.rows}:
        rows = [r for r in demo.rows if (r.setting.chunk_tokens, r.setting.overlap_tokens) == way]
        assert [row.setting.chunks for row in rows] == [1, 3, 5, 10]
        found = [row.found.successes for row in rows]
        assert found == sorted(found)
        assert [r.context_tokens for r in rows] == sorted(r.context_tokens for r in rows)


def test_nobody_beats_the_front_and_everybody_else_is_beaten(demo):
    def beats(one, other):
        pairs = (
            (-one.found.successes, -other.found.successes),
            (one.context_tokens, other.context_tokens),
            (one.usd_per_request, other.usd_per_request),
        )
        return all(a <= b for a, b in pairs) and any(a < b for a, b in pairs)

    for row in demo.rows:
        assert row.is_best == (not any(beats(other, row) for other in demo.rows))
    most = max(row.found.successes for row in demo.rows)
    recommended = demo.recommended
    assert recommended.is_best and recommended.found.successes >= most - max(1, 0.02 * 60)
    assert all(
        row.context_tokens >= recommended.context_tokens
        for row in demo.rows
        if row.found.successes >= most - max(1, 0.02 * 60)
    )


def test_progress_rises_and_stops_the_work(subject):
    heard = []
    chunk_sweep(subject, sizes_tokens=(200,), progress=heard.append)
    assert heard == sorted(heard) and heard[-1] == pytest.approx(1.0)

    def stop(share):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        chunk_sweep(subject, progress=stop)


def test_without_anything_to_find_nothing_is_swept():
    questions = QaTable(("What now?", "And then?"), ("", ""), (2, 3))
    documents = (Document("a.md", "Words about nothing in particular. " * 40),)
    assert chunk_sweep(rag(SampleSet(qa=questions, documents=documents))) is None
    assert chunk_sweep(rag(SampleSet(qa=questions))) is None


def test_an_unknown_price_is_none_and_the_front_still_stands():
    samples, scenario = load_demo("en"), Scenario(price_date=date(2019, 1, 1))
    sweep = chunk_sweep(rag(samples, scenario), sizes_tokens=(200, 400))
    assert all(row.usd_per_request is None for row in sweep.rows) and sweep.front


def test_real_questions_find_more_in_a_larger_context(shared):
    folder = shared / "data/rag/xquad_de"
    files = [
        (folder / "qa.csv", Slot.QUESTIONS),
        *((f, Slot.KNOWLEDGE) for f in sorted((folder / "docs").iterdir())),
    ]
    samples = combine([read_upload(f.name, f.read_bytes(), slot=slot) for f, slot in files])
    sweep = chunk_sweep(rag(samples), sizes_tokens=(100, 400), overlap_shares=(0.0,))
    assert sweep.searched == 500 and sweep.requests == 632
    front = sweep.front
    assert [row.context_tokens for row in front] == sorted(row.context_tokens for row in front)
    assert [row.found.successes for row in front] == sorted(row.found.successes for row in front)
    assert front[-1].found.share > 0.97
