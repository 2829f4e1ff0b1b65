"""Copies and dirty rows in words: only what there is, one or several, and no file too short to train on."""

import pytest

from crossover.evidence import EvidenceSettings, count_personal_data, evidence, file_problems
from crossover.evidence.findings import told
from crossover.profile import ProfileSettings, build_profile
from crossover.samples import Document, QaTable, SampleSet
from crossover.words import in_language

LONG = "Please tell me on which day the workshop in the old town repairs my red bicycle number"


def table(questions, answers=None):
    answers = answers or tuple(f"answer {row}" for row in range(len(questions)))
    return SampleSet(qa=QaTable(tuple(questions), tuple(answers), tuple(range(2, len(questions) + 2))))


def both_languages(samples, name):
    profile = build_profile(samples, ProfileSettings())
    found = evidence(samples, profile, EvidenceSettings())
    with in_language("de"):
        german = told(found.measured, profile, EvidenceSettings()).finding(name).sentence
    return found.finding(name).sentence, german


@pytest.mark.parametrize(
    ("questions", "english", "german"),
    [
        (["a b c", "a b c", "other"], "1 exact copy among", "1 genaue Kopie unter"),
        (["a b c"] * 3, "2 exact copies among 3 requests: 1 different one counts", "Es zählt 1 verschiedene"),
        ([f"{LONG} 1", f"{LONG} 2", "other"], "1 near copy among", "1 fast gleiche Kopie unter"),
        (
            ["a b c", "a b c", f"{LONG} 1", f"{LONG} 2", f"{LONG} 3"],
            "1 exact copy and 2 near copies among",
            "1 genaue Kopie und 2 fast gleiche Kopien unter",
        ),
    ],
)
def test_copies_are_named_only_where_there_are_any(questions, english, german):
    said = both_languages(table(questions), "duplicates")
    assert said[0].startswith(english) or english in said[0]
    assert german in said[1] and "0" not in "".join(said)


def test_one_row_counts_as_wrong_and_two_count():
    once = both_languages(table(["x"] * 2 + ["y"], ("a", "b", "c")), "label_ceiling")
    twice = both_languages(table(["x"] * 3 + ["y"], ("a", "b", "c", "d")), "label_ceiling")
    assert "at least 1 of 3 rows counts as wrong" in once[0] and "gilt mindestens 1 von 3" in once[1]
    assert "at least 2 of 4 rows count as wrong" in twice[0] and "gelten mindestens 2 von 4" in twice[1]


def copies(different):
    """So many different rows, and a copy of the first."""
    return table(
        [f"question {row * 37}" for row in range(different)] + ["question 0"],
        [f"answer {row}" for row in range(different)] + ["answer 0"],
    )


def test_the_cleaned_file_is_advised_from_ten_rows_on():
    # ten rows are left without the copy, which is what a job asks for
    said = both_languages(copies(10), "training_waste")
    assert "1 of 11 training rows has a defect (1 repeated)." in said[0]
    assert said[0].endswith("take the cleaned file.") and said[1].endswith("die bereinigte Datei.")


def test_a_file_too_short_to_train_on_is_not_advised():
    said = both_languages(copies(9), "training_waste")
    assert "take the" not in said[0] and "keep only 9 rows, " in said[0] and "at least 10" in said[0]
    assert "Nehmen Sie" not in said[1] and "blieben nur 9 Zeilen" in said[1]
    one = both_languages(copies(1), "training_waste")
    assert "keep only 1 row, " in one[0] and "bliebe nur 1 Zeile" in one[1]


def test_too_few_examples_are_counted_as_one_counts():
    line = '{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}\n'
    assert file_problems(line) == ("1 example; a job asks for at least 10.",)
    assert file_problems(line * 2) == ("2 examples; a job asks for at least 10.",)
    with in_language("de"):
        assert file_problems(line) == ("1 Beispiel; ein Auftrag verlangt mindestens 10.",)


def test_places_without_personal_data_are_enumerated():
    samples = SampleSet(qa=table(["How?"], ["So."]).qa, documents=(Document("a.txt", "Nothing here."),))
    assert count_personal_data(samples).places == ("questions", "answers", "documents")
    english, german = both_languages(samples, "personal_data")
    assert "recognised in questions, answers and documents." in english
    assert "Fragen, Antworten und Dokumente" in german


def test_a_document_is_no_chunk():
    documents = (Document("a.txt", "Bells ring at noon."), Document("b.txt", "Bikes are red."))
    qa = QaTable(
        ("When do bells ring?", "Which bikes?"), ("noon", "red"), (2, 3), gold_documents=("a.txt", "b.txt")
    )
    english, german = both_languages(SampleSet(qa=qa, documents=documents), "hit_documents")
    assert "of 2 questions one of the 5 best chunks comes from the document the question names." in english
    assert "stammt einer der 5 besten Abschnitte aus dem Dokument" in german
