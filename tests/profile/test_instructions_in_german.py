"""Where instructions come from is said in the reader's language; the prompt itself never changes with it."""

import pytest

from crossover.profile.instructions import instructions_of
from crossover.profile.requests import requests_of
from crossover.samples import Chat, QaTable, SampleSet, Slot
from crossover.samples.types import SourceFile
from crossover.words import in_language


def labelled(labels: list[str]) -> SampleSet:
    answers = tuple(label for label in labels for _ in range(5))
    return SampleSet(qa=QaTable(tuple(f"Text {n}" for n, _ in enumerate(answers)), answers, ()))


@pytest.mark.parametrize(
    ("labels", "said"),
    [(["ja"], "Platzhalter mit Ihrem 1 Label"), (["ja", "nein"], "Platzhalter mit Ihren 2 Labels")],
)
def test_a_stand_in_names_its_labels_in_german_and_stays_the_same_prompt(labels: list[str], said: str):
    samples = labelled(labels)
    english = instructions_of(samples, requests_of(samples))
    with in_language("de"):
        german = instructions_of(samples, requests_of(samples))
    assert german.text == english.text
    assert german.source.endswith(said)


def test_a_system_message_of_the_chats_names_its_file_in_german():
    turns = ({"role": "system", "content": "Kurz."}, {"role": "user", "content": "Hallo"})
    file = SourceFile("chats.jsonl", "abcdef0123", Slot.CHATS, 1)
    samples = SampleSet(chats=(Chat(turns, 1),), files=(file,))
    with in_language("de"):
        found = instructions_of(samples, requests_of(samples))
    assert found.source == "Systemnachricht in chats.jsonl [abcdef01]"
