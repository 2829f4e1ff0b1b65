"""What the rows themselves hold against a strategy: answers that contradict each other or break their
format, and personal data. Measured once; gates and criteria only read it (MODEL.md 7.4, 7.5, 8.1)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from crossover.profile.requests import Requests, text_of
from crossover.profile.sampling import stand_ins
from crossover.samples.privacy import personal_data
from crossover.samples.types import SampleSet

MOST_CHARACTERS_SEARCHED = 2_000_000
"""Of longer texts a seeded sample of rows is searched for personal data (MODEL.md E33)."""

LEAST_ROWS_OF_A_LABEL = 5
MOSTLY = 0.5
"""From this share of JSON answers on, JSON is the format and every other answer breaks it."""

_HEAD_CHARACTERS = 48
_START_LETTERS = 20

# everything but letters, digits and blanks, except a point or comma between two digits
_PUNCTUATION = re.compile(r"(?<!\d)[^\w\s]|[^\w\s](?!\d)|[^\w\s.,]|_")


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far rows with the same question agree, over the n answered rows.

    `ceiling_share` is the accuracy of whoever gives each question its most frequent answer: nothing
    trained on these rows can be measured to do better. None without answers.
    """

    ceiling_share: float | None
    contradicted_questions: int
    n: int


@dataclass(frozen=True, slots=True)
class AnswerFormat:
    """The fixed format of the answers and the share of rows that break it.

    `name` is "JSON" or "labels"; "" with None where the answers are free text and nothing can break.
    """

    name: str
    irregular_share: float | None
    n: int


@dataclass(frozen=True, slots=True)
class PersonalData:
    """How often each kind of personal data occurs, never which; kinds that do not occur are absent.

    `training` counts over what a training file would hold: the chats, else questions and answers.
    `looked_at_share` is below 1 where only a sample of long uploads was searched.
    """

    questions: Mapping[str, int]
    training: Mapping[str, int]
    documents: Mapping[str, int]
    looked_at_share: float = 1.0


def normalised(text: str) -> str:
    """A text as it is matched: composed, without case and punctuation, single spaces (MODEL.md 7).

    Points and commas inside numbers stay, and so do texts made of signs alone.
    """
    plain = _folded(text)
    return " ".join(_PUNCTUATION.sub(" ", plain).split()) or plain.strip()


def agreement(requests: Requests, contexts: Sequence[str] | None = None) -> Agreement:
    """How well the answers to identical questions agree (MODEL.md 7.4, W28).

    Rows count as identical when question, earlier turns and context are; answers differ when their
    normalised texts do. Rows without an answer are left out.
    """
    counts: defaultdict[Hashable, Counter[str]] = defaultdict(Counter)
    answered = [row for row, answer in enumerate(requests.answers) if answer.strip()]
    for row in _beginning_alike(requests.questions, answered):
        counts[_asked(requests, contexts, row)][normalised(requests.answers[row])] += 1
    lost = sum(answers.total() - max(answers.values()) for answers in counts.values())
    conflicts = sum(len(answers) > 1 for answers in counts.values())
    return Agreement(1 - lost / len(answered) if answered else None, conflicts, len(answered))


def _beginning_alike(questions: Sequence[str], rows: Sequence[int]) -> list[int]:
    """The rows whose question may stand there twice: few texts begin alike, the others are alone."""
    starts = [_start(questions[row]) for row in rows]
    times = Counter(starts)
    return [row for row, start in zip(rows, starts, strict=True) if times[start] > 1]


def _start(text: str) -> str:
    """The first letters and digits of a text: equal normalised texts have equal starts."""
    letters = _letters(text[:_HEAD_CHARACTERS])
    if len(letters) < _START_LETTERS and len(text) > _HEAD_CHARACTERS:
        letters = _letters(text)
    return letters[:_START_LETTERS]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, _folded(text)))


def _folded(text: str) -> str:
    """Composed and without case."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()


def _asked(requests: Requests, contexts: Sequence[str] | None, row: int) -> Hashable:
    earlier = requests.histories[row]
    turns = json.dumps(earlier, sort_keys=True, default=str) if earlier else ""
    return normalised(requests.questions[row]), turns, contexts[row] if contexts else ""


def answer_format(answers: Sequence[str], labels: Sequence[str]) -> AnswerFormat:
    """The format most answers keep and how many do not (MODEL.md 7.5).

    A JSON answer is regular when it has the commonest set of keys; with `labels`, where the answers
    are no JSON, one that at least five rows share.
    """
    given = [answer for answer in answers if answer.strip()]
    shapes = Counter(_json_shape(answer) for answer in given)
    if given and len(given) - shapes.pop("", 0) >= MOSTLY * len(given):
        return AnswerFormat("JSON", 1 - shapes.most_common(1)[0][1] / len(given), len(given))
    if given and labels:
        rare = sum(count for count in Counter(given).values() if count < LEAST_ROWS_OF_A_LABEL)
        return AnswerFormat("labels", rare / len(given), len(given))
    return AnswerFormat("", None, len(given))


def _json_shape(answer: str) -> str:
    """The keys of a JSON object, or "[" for a list; "" for everything else."""
    if not answer.lstrip().startswith(("{", "[")):
        return ""
    try:
        found = json.loads(answer)
    except (ValueError, RecursionError):
        return ""
    return "{" + ",".join(sorted(found)) if isinstance(found, dict) else "["


def personal_data_in(samples: SampleSet, requests: Requests) -> PersonalData:
    """Personal data by what would carry it: live questions, the training file, the documents (G5)."""
    questions, asked_share = _sampled(requests.questions)
    if samples.chats:
        training, trained_share = _sampled(list(_chat_texts(samples)))
    else:
        answers, trained_share = _sampled(requests.answers)
        training = [*questions, *answers]
    documents, read_share = _sampled([document.text for document in samples.documents])
    return PersonalData(
        personal_data(questions),
        personal_data(training),
        personal_data(documents),
        min(asked_share, trained_share, read_share),
    )


def _chat_texts(samples: SampleSet) -> Iterator[str]:
    return (text_of(message) for chat in samples.chats for message in chat.messages)


def _sampled(texts: Sequence[str]) -> tuple[Sequence[str], float]:
    """The texts, or of too many a seeded sample of them, cut to size; with the share looked at."""
    characters = sum(map(len, texts))
    if characters <= MOST_CHARACTERS_SEARCHED:
        return texts, 1.0
    share = MOST_CHARACTERS_SEARCHED / characters
    rows, _ = stand_ins(len(texts), max(1, int(len(texts) * share)))
    return [texts[row][:MOST_CHARACTERS_SEARCHED] for row in rows.tolist()], share
