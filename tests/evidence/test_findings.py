"""The findings of whole uploads: true sentences, figures with n and interval, nothing private, stoppable."""

import re

import numpy as np
import pytest

from crossover.demo import load_demo
from crossover.evidence.findings import EvidenceSettings, banner, evidence
from crossover.evidence.languages import language_mix, language_of
from crossover.evidence.retrieval_quality import Against
from crossover.evidence.shares import MeasuredShare
from crossover.figure import Kind
from crossover.prices.types import Source, TuningPrice
from crossover.profile import ProfileSettings, build_profile
from crossover.samples import QaTable, SampleSet, Slot, combine, read_upload
from crossover.strategies import STRATEGIES

PRICE = TuningPrice("host", "model", "sft", 3.0, None, None, 0.0, Source("https://example.org", None))


def evidence_of(samples: SampleSet, settings: EvidenceSettings | None = None, progress=None):
    profile = build_profile(samples, ProfileSettings())
    return evidence(samples, profile, settings or EvidenceSettings(shots=3, tuning=PRICE), progress)


def qa(*pairs: tuple[str, str]) -> SampleSet:
    questions, answers = zip(*pairs, strict=True)
    return SampleSet(qa=QaTable(questions, answers, tuple(range(2, len(pairs) + 2))))


@pytest.fixture(scope="module")
def demo():
    return evidence_of(load_demo("en"))


@pytest.fixture(scope="module")
def xquad(shared):
    folder = shared / "data/rag/xquad_en"
    files = [
        (folder / "qa.csv", Slot.QUESTIONS),
        *((f, Slot.KNOWLEDGE) for f in sorted((folder / "docs").iterdir())),
    ]
    return evidence_of(combine([read_upload(f.name, f.read_bytes(), slot=slot) for f, slot in files]))


def test_the_demo_has_every_kind_of_finding_but_labels(demo):
    assert {finding.id for finding in demo.findings} == {
        *("sample_size", "answerability", "hit_documents", "hit_answers", "chunks", "label_ceiling"),
        *("answer_format", "duplicates", "leakage_training", "leakage_shots", "training_waste"),
        *("tool_coverage", "tool_calls", "languages", "personal_data"),
    }


def test_its_page_column_names_the_gold_documents(demo):
    quality = demo.measured.retrieval.by_document
    assert quality.against is Against.DOCUMENTS
    assert quality.n + quality.left_out == demo.n == 60


def test_a_finding_is_sentences_with_figures_for_known_strategies(demo, xquad):
    known = {strategy.id for strategy in STRATEGIES}
    for finding in (*demo.findings, *xquad.findings):
        assert set(finding.matters_for) <= known and finding.matters_for
        assert finding.sentence.endswith(".") and ".." not in finding.sentence
        assert not re.search(r"None(?! of)|\bnan\b|\binf\b|\{|  ", finding.sentence), finding.sentence
        for figure in finding.figures:
            assert figure.name and figure.kind in (Kind.MEASURED, Kind.DERIVED)
            if figure.unit == "share" and figure.kind is Kind.MEASURED and figure.ci is not None:
                assert figure.n and figure.ci[0] <= figure.value <= figure.ci[1]


def test_each_strategy_gets_what_speaks_about_it(demo):
    assert {"answerability", "chunks"} <= {finding.id for finding in demo.matters_for("rag")}
    assert "training_waste" in {finding.id for finding in demo.matters_for("tuning")}
    assert "chunks" not in {finding.id for finding in demo.matters_for("tuning")}
    assert demo.finding("labels") is None and demo.finding("chunks").id == "chunks"


def test_the_same_upload_says_the_same(demo):
    assert evidence_of(load_demo("en")).findings == demo.findings


def test_personal_values_stand_in_no_finding():
    rows = [
        (f"Mail me at jo{n}@secret.example, please, number {n}", f"Dear jo{n}@secret.example, done")
        for n in range(12)
    ]
    found = evidence_of(qa(*rows))
    assert "secret.example" not in repr(found.findings)
    assert "24" in found.finding("personal_data").sentence


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "No answered"),
        (1, "token arithmetic only"),
        (2, "anecdotal"),
        (19, "anecdotal"),
        (20, "indicative"),
        (99, "indicative"),
        (100, ""),
    ],
)
def test_the_banner_says_how_far_so_many_rows_carry(n, words):
    assert words in banner(n) and bool(banner(n)) == bool(words)


@pytest.mark.parametrize("samples", [SampleSet(), qa(("one?", "1")), qa(("one?", ""), ("two?", ""))])
def test_hardly_any_data_breaks_nothing(samples):
    found = evidence_of(samples)
    assert found.finding("sample_size") is not None and found.finding("answerability") is None


def test_progress_rises_and_what_it_raises_stops_the_work(shared):
    path = shared / "data/classification/xsid_de_valid.csv"
    samples = combine([read_upload(path.name, path.read_bytes(), slot=Slot.QUESTIONS)])
    heard: list[float] = []
    evidence_of(samples, progress=heard.append)
    assert heard == sorted(heard) and heard[0] > 0 and heard[-1] <= 1

    def stop(share: float) -> None:
        if share > 0.4:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        evidence_of(samples, progress=stop)


def test_labels_say_what_a_classifier_reaches_and_whether_more_rows_help(shared):
    path = shared / "data/classification/xsid_de_valid.csv"
    found = evidence_of(combine([read_upload(path.name, path.read_bytes(), slot=Slot.QUESTIONS)]))
    finding, classifier = found.finding("labels"), found.measured.classifier
    assert "15 labels" in finding.sentence and str(classifier.full.accuracy) in finding.sentence
    assert ("labelling more" in finding.sentence) == (classifier.gain_from_doubling >= 0.02)


def test_answers_that_are_there_but_not_on_top_ask_to_fix_retrieval():
    filler = "Opening hours and addresses of the shops in the old town of the city. "
    documents = "\n\n".join(
        f"{filler * 8}Item {n} weighs {n * 37} grams and rests in the drawer." for n in range(40)
    )
    samples = combine([read_upload("shop.md", documents.encode(), slot=Slot.KNOWLEDGE)])
    rows = qa(
        *((f"Which shops have opening hours in the old town {n}?", f"{n * 37} grams") for n in range(40))
    )
    samples = SampleSet(qa=rows.qa, documents=samples.documents)
    profile = build_profile(samples, ProfileSettings(chunk_tokens=120, chunk_overlap_tokens=0))
    found = evidence(samples, profile, EvidenceSettings(chunks=1))
    answers = found.measured.retrieval.answers
    assert answers.in_corpus.share == 1.0 and answers.within(1).share < 0.5
    assert found.finding("answerability").sentence.endswith(
        "in the top 1: fix retrieval before you judge RAG."
    )


def test_documents_in_another_language_are_named():
    german = "Die Räder werden in der Werkstatt geprüft und mit dem Wagen zu den Kunden gebracht. " * 20
    documents = combine([read_upload("de.md", german.encode(), slot=Slot.KNOWLEDGE)]).documents
    rows = qa(
        *((f"Where is the workshop and when will they bring bike {n} to me?", "later") for n in range(30))
    )
    found = evidence_of(SampleSet(qa=rows.qa, documents=documents))
    assert "multilingual" in found.finding("languages").sentence


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I would like to do a transfer to my account", "english"),
        ("Wann kann ich mein Rad in der Werkstatt abholen?", "german"),
        ("¿Cuándo puedo recoger la bicicleta en el taller?", "spanish"),
        ("4711", None),
        ("", None),
    ],
)
def test_the_language_of_one_text(text, language):
    assert language_of(text) == language


def test_a_mix_of_languages_is_counted(shared):
    texts = []
    for folder in ("xquad_en", "xquad_de"):
        path = shared / "data/rag" / folder / "qa.csv"
        texts += read_upload(path.name, path.read_bytes(), slot=Slot.QUESTIONS).qa.questions[:200]
    told = [language_of(text) for text in texts]
    assert set(told[:200]) <= {"english", None} and set(told[200:]) <= {"german", None}  # none is misread
    mix = language_mix(texts)
    assert dict(mix.counts) == {name: told.count(name) for name in ("english", "german")}
    assert mix.recognised > 350 and mix.unrecognised == 400 - mix.recognised


def test_very_many_rows_are_sampled_and_the_sample_is_named():
    rows = qa(*((f"question number {n} of the list", f"free answer {n} to it") for n in range(25_000)))
    found = evidence_of(rows)
    assert len(found.measured.duplicates) == 20_000
    assert "20,000 of 25,000" in found.finding("duplicates").sentence
    assert found.measured.form.n == 5_000
    assert np.isfinite(found.measured.waste.billed_tokens)


def test_a_foreign_title_in_a_sentence_does_not_make_it_foreign():
    german = [f"Wann kann ich das Rad mit der Nummer {n} in der Werkstatt abholen?" for n in range(90)]
    titles = ["Spiele The Sound of the Rain von heute", "Gib A Night of Fire 2 von 6 Punkten"] * 5
    assert dict(language_mix([*german, *titles]).counts) == {"german": 90}
    english = ["What is the price of a wheel and when do you open?"] * 10
    assert dict(language_mix([*german, *english]).counts) == {"german": 90, "english": 10}


def test_of_very_many_rows_the_different_ones_are_not_only_those_compared():
    rows = qa(*((f"question number {n} of the list", f"free answer {n} to it") for n in range(25_000)))
    found = evidence_of(rows)
    assert found.measured.different_rows == 25_000
    assert found.finding("sample_size").sentence.startswith("25,000 different requests")


@pytest.mark.parametrize(
    ("successes", "text"),
    [
        (631, "99.8 % (99–99.9 %)"),  # Wilson: 0.9911 and 0.9997, which must not read 100 either
        (632, "100 % (99–100 %)"),
    ],
)
def test_what_is_not_all_never_reads_100_percent(successes, text):
    assert str(MeasuredShare(successes, 632)) == text


def test_answers_worded_differently_are_called_wrong_only_word_for_word():
    rows = [(f"Which shop is number {n}?", f"Shop {n} in the old town") for n in range(30)]
    found = evidence_of(qa(*rows, ("Which shop is number 3?", "The third shop")))
    sentence = found.finding("label_ceiling").sentence
    assert "word for word" in sentence and "at least 1 of 31" in sentence
