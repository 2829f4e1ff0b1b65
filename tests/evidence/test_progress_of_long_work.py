"""The last measurements of a large upload are heard as they go on, and give the same counts in parts."""

import importlib

import pytest

from crossover.evidence.findings import EvidenceSettings, evidence
from crossover.evidence.label_ceiling import label_ceiling
from crossover.evidence.near_duplicates import near_duplicates
from crossover.evidence.personal_data import count_personal_data
from crossover.profile import ProfileSettings, build_profile
from crossover.samples import Document, QaTable, SampleSet

ROWS = 12_000
LONG_WORK = ("count_personal_data", "training_examples", "training_waste")
measurements = importlib.import_module("crossover.evidence.measurements")
personal = importlib.import_module("crossover.evidence.personal_data")


def upload(rows=ROWS):
    questions = tuple(
        f"Where is parcel {row} that jo{row}@example.org sent from the town hall to the old harbour?"
        for row in range(rows)
    )
    return SampleSet(qa=QaTable(questions, ("On its way.",) * rows, tuple(range(2, rows + 2))))


@pytest.fixture(scope="module")
def large():
    samples = upload()
    return samples, build_profile(samples, ProfileSettings())


def test_the_share_rises_while_personal_data_and_training_rows_are_looked_at(large, monkeypatch):
    heard, during = [0.0], {}

    def listened(name):
        work = getattr(measurements, name)

        def measured(*arguments, **named):
            before = len(heard)
            result = work(*arguments, **named)
            during[name] = (heard[before - 1], heard[before:])
            return result

        monkeypatch.setattr(measurements, name, measured)

    for name in LONG_WORK:
        listened(name)
    evidence(*large, EvidenceSettings(), heard.append)
    for name in LONG_WORK:
        before, shares = during[name]
        assert len(set(shares)) >= 3, name
        assert before <= shares[0] < shares[-1], name
    assert heard == sorted(heard) and heard[-1] == pytest.approx(1)


def test_the_share_rises_while_copies_and_contradictions_are_looked_for(large, monkeypatch):
    heard, during = [], {}
    works = ("request_texts", "closed_label_set", "near_duplicates", "label_ceiling", "leakage")

    def listened(name):
        work = getattr(measurements, name)

        def measured(*arguments, **named):
            before = len(heard)
            result = work(*arguments, **named)
            during[name] = heard[before:]
            return result

        monkeypatch.setattr(measurements, name, measured)

    for name in works:
        listened(name)
    samples = upload()
    profile = build_profile(samples, ProfileSettings())
    evidence(samples, profile, EvidenceSettings(shots=3), heard.append)
    for name in works:
        assert len(set(during[name])) >= 2, name
    assert len(set(during["near_duplicates"])) >= 10
    assert heard == sorted(heard)


@pytest.mark.parametrize("at", [0.1, 0.35])
def test_copies_can_be_stopped_before_the_first_pair_is_compared(at):
    heard = []

    def stop(share):
        heard.append(share)
        if share > at:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        near_duplicates([f"Where is parcel {row} today?" for row in range(6_000)], stop)
    assert heard[-1] < 0.4


def test_contradictions_can_be_stopped():
    def stop(share):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        label_ceiling(["a"] * 6_000, ["b"] * 6_000, stop)


def test_what_progress_raises_stops_them(large):
    def stop(share):
        if share > 0.9:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        evidence(*large, EvidenceSettings(), stop)


@pytest.mark.parametrize("part_characters", [1, 150, 10**9])
def test_personal_data_counted_in_parts_is_what_is_there(monkeypatch, part_characters):
    monkeypatch.setattr(personal, "_PART_CHARACTERS", part_characters)
    samples = upload(30)
    documents = (
        Document("a.txt", "call +49 170 1234567"),
        Document("b.txt", ""),
        Document("c.txt", "1.2.3.4"),
    )
    found = count_personal_data(SampleSet(qa=samples.qa, documents=documents))
    assert found.places == ("questions", "answers", "documents")
    assert sorted(found.found) == [
        ("documents", "IP addresses", 1),
        ("documents", "phone numbers", 1),
        ("questions", "e-mail addresses", 30),
    ]
