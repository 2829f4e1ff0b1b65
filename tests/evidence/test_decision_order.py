"""What changes a decision comes first, and rows are named by their place in the whole upload."""

from crossover.demo import load_demo
from crossover.evidence import EvidenceSettings, evidence
from crossover.evidence.decision_order import changes_decision, decision_order
from crossover.profile import ProfileSettings, build_profile
from crossover.samples import QaTable, SampleSet


def evidence_of(samples, settings=None):
    return evidence(samples, build_profile(samples, ProfileSettings()), settings or EvidenceSettings(shots=3))


def table(*pairs):
    questions, answers = zip(*pairs, strict=True)
    return SampleSet(qa=QaTable(questions, answers, tuple(range(2, len(pairs) + 2))))


def test_findings_that_change_a_decision_come_first_and_none_is_lost():
    found = evidence_of(load_demo("en"))
    ordered = decision_order(found)
    assert set(ordered) == set(found.findings)
    changing = [changes_decision(finding, found.measured) for finding in ordered]
    assert changing == sorted(changing, reverse=True)
    assert ordered[0].id == "personal_data"  # the demo company's mails carry five addresses


def test_copies_change_a_decision_and_their_absence_does_not():
    words = ("gears", "mudguards", "refunds", "opening hours", "a lost key", "lessons for children")
    clean = [(f"What about {word}?", f"Answer on {word}") for word in words]
    for rows, changes in ((clean, False), ([*clean, clean[0]], True)):
        found = evidence_of(table(*rows))
        assert changes_decision(found.finding("duplicates"), found.measured) is changes


def test_rows_that_repeat_an_example_are_rows_of_the_upload():
    rows = [(f"Question {n} about the gear of bike number {n * 7}?", f"Answer {n}") for n in range(12)]
    samples = table(*rows)
    profile = build_profile(samples, ProfileSettings())
    shown = int(profile.examples.rows[0])
    copied = table(*rows, rows[shown])
    found = evidence(copied, build_profile(copied, ProfileSettings()), EvidenceSettings(shots=1))
    example = int(build_profile(copied, ProfileSettings()).examples.rows[0])
    same = {row for row, pair in enumerate([*rows, rows[shown]]) if pair[0] == copied.qa.questions[example]}
    assert set(found.measured.shown.exact_rows) == same - {example}


def test_contradictions_are_found_where_they_stand_though_rows_without_answer_come_before():
    rows = [("No answer known here?", ""), ("When do you open?", "At nine"), ("When do you open?", "At ten")]
    found = evidence_of(table(*rows))
    (group,) = found.measured.ceiling.conflicts
    assert found.measured.answered_rows[list(group.rows)].tolist() == [1, 2]
