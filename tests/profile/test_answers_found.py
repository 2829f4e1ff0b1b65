"""How many of the known answers stand in the documents: measured with the counts, on a bounded part."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossover.evidence import evidence, wilson_interval
from crossover.profile import ProfileSettings, build_profile
from crossover.profile.answers_found import MOST_ANSWERS_SOUGHT, answers_in_documents
from crossover.samples import Document, QaTable, SampleSet, Slot, combine, read_upload

WORDS = ("parcel", "refund", "voucher", "courier", "invoice", "warranty", "deposit", "receipt")
SETTINGS = ProfileSettings(chunk_tokens=40, chunk_overlap_tokens=0)


def upload(answers, texts):
    questions = tuple(f"What about {row}?" for row in range(len(answers)))
    return SampleSet(
        qa=QaTable(questions, tuple(answers), tuple(range(2, len(answers) + 2))),
        documents=tuple(Document(f"{place}.txt", text) for place, text in enumerate(texts)),
    )


def measured(answers, texts):
    return build_profile(upload(answers, texts), SETTINGS).answers_in_documents


def test_answers_are_counted_where_one_chunk_holds_them():
    """Two of the three answers stand there; the third has its two words in different documents."""
    found = measured(
        ["refund courier", "voucher", "parcel invoice", " "],
        ["A refund by courier.", "One voucher and a parcel.", "An invoice."],
    )
    bounds = wilson_interval(2, 3)
    assert (found.value, found.n) == (pytest.approx(2 / 3), 3)
    assert found.ci == pytest.approx((bounds.low, bounds.high))


@pytest.mark.parametrize(
    ("answers", "texts"), [([], ["A refund."]), (["", " "], ["A refund."]), (["Yes."], [])]
)
def test_without_answers_or_documents_nothing_is_claimed(answers, texts):
    assert measured(answers, texts) is None


def test_of_many_answers_a_part_is_looked_for_and_the_same_each_time():
    answers = [WORDS[row % 8] if row % 4 else "nowhere to be read" for row in range(5_000)]
    first, again = (measured(answers, [" ".join(WORDS)]) for _ in range(2))
    assert first == again
    assert first.n == MOST_ANSWERS_SOUGHT
    assert first.ci[0] <= 0.75 <= first.ci[1]


TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


@given(st.lists(TEXTS, min_size=1, max_size=12), st.lists(TEXTS, min_size=1, max_size=6))
@settings(max_examples=60)
def test_the_share_equals_that_of_the_whole_evidence_and_more_documents_never_lower_it(answers, texts):
    samples = upload(answers, texts)
    profile = build_profile(samples, SETTINGS)
    found = profile.answers_in_documents
    whole = evidence(samples, profile).measured.retrieval.answers.in_corpus
    assert (found.value, found.n) == (whole.share, whole.trials)
    assert found.ci == pytest.approx((whole.interval.low, whole.interval.high))
    assert found.ci[0] <= found.value <= found.ci[1]
    assert measured(answers, [*texts, " ".join(WORDS)]).value == 1 >= found.value


def test_real_questions_on_real_articles_are_answered_there_and_real_intents_are_not(shared):
    articles = [(file, Slot.KNOWLEDGE) for file in sorted((shared / "data/rag/xquad_en/docs").iterdir())]
    asked = shared / "data/rag/xquad_en/qa.csv"
    intents = shared / "data/classification/banking77_train_40_per_class.csv"
    shares = []
    for questions in (asked, intents):
        files = [(questions, Slot.QUESTIONS), *articles]
        samples = combine([read_upload(file.name, file.read_bytes(), slot=slot) for file, slot in files])
        profile = build_profile(samples, ProfileSettings())
        assert profile.answers_in_documents == answers_in_documents(
            profile.knowledge, profile.requests.answers, profile.requests_source
        )
        shares.append(profile.answers_in_documents)
    assert shares[0].ci[0] > 0.9
    assert shares[1].ci[1] < 0.05
