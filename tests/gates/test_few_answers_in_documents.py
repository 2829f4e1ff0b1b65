"""G8, second half: documents that hold hardly any of the answers warn whoever reads them (MODEL.md 7.2)."""

import pytest
from small_uploads import STRATEGIES, rows, shop

from crossover.gates import Status
from crossover.samples import Document, SampleSet, Slot, combine, read_upload
from crossover.words import in_language

READING = ("rag", "long_context", "rag_tool", "tuned_rag")


def half_known(known, count):
    """A document that holds the first `known` of `count` answers."""
    answers = [f"shelf{row}" for row in range(count)]
    qa = rows([f"Where is thing {row}?" for row in range(count)], answers)
    text = " ".join(["The list:", *answers[:known]])
    return SampleSet(qa=qa, documents=(Document("list.txt", text),))


@pytest.mark.parametrize("strategy", READING)
def test_whoever_reads_documents_is_warned_with_share_rows_interval_and_a_way_out(gate, strategy):
    """Three of 100 answers: 3 %, by Wilson 1.0 to 8.5 %."""
    found = gate("G8", strategy, half_known(3, 100))
    assert (found.status, found.label) == (Status.WARN, "Few answers in the documents")
    assert "Of 100 answers looked for, 3.0 % (95 % interval 1.0 % to 8.5 %) stand" in found.reason
    assert "Add the documents" in found.remedy
    (figure,) = found.figures
    assert (figure.value, figure.n) == (0.03, 100)


def test_who_never_reads_them_is_not(gate):
    samples = half_known(3, 100)
    reading = {strategy for strategy in STRATEGIES if gate("G8", strategy, samples) is not None}
    assert set(READING) <= reading
    assert not reading & {"prompting", "tools", "tuning", "classifier"}


@pytest.mark.parametrize(("known", "count"), [(0, 15), (2, 20), (15, 100), (20, 100), (100, 100)])
def test_few_rows_or_a_share_near_a_fifth_prove_nothing(gate, known, count):
    """None of 15: by Wilson up to 20.4 %; 15 of 100: up to 23.3 %."""
    assert gate("G8", "rag", half_known(known, count)) is None


@pytest.mark.parametrize(("known", "count"), [(0, 16), (12, 100)])
def test_one_row_more_or_three_points_less_are_enough(gate, known, count):
    """None of 16: by Wilson up to 19.4 %; 12 of 100: up to 19.8 %."""
    assert gate("G8", "rag", half_known(known, count)).status is Status.WARN


def test_without_documents_it_fails_as_before_and_without_answers_it_is_silent(gate):
    answered = shop(30)
    unanswered = SampleSet(qa=rows(answered.qa.questions, [""] * 30), documents=answered.documents)
    assert gate("G8", "rag", unanswered) is None
    assert gate("G8", "rag", SampleSet(qa=answered.qa)).status is Status.FAIL


def test_real_questions_on_their_articles_pass_and_real_intents_beside_them_warn(gate, shared):
    articles = [(file, Slot.KNOWLEDGE) for file in sorted((shared / "data/rag/xquad_en/docs").iterdir())]
    asked, intents = (
        combine([read_upload(file.name, file.read_bytes(), slot=slot) for file, slot in files])
        for files in (
            [(shared / "data/rag/xquad_en/qa.csv", Slot.QUESTIONS), *articles],
            [
                (shared / "data/classification/banking77_train_40_per_class.csv", Slot.QUESTIONS),
                *articles,
            ],
        )
    )
    assert gate("G8", "rag", asked) is None
    assert gate("G8", "rag", intents).status is Status.WARN


def test_it_speaks_german(gate):
    with in_language("de"):
        found = gate("G8", "rag", half_known(3, 1_000))
    assert "Von 300 gesuchten Antworten" in found.reason
    assert "\u00a0%" in found.reason and "documents" not in found.reason + found.label + found.remedy
