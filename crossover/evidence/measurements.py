"""Everything section 7 measures on one upload, each part None where the data for it is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from crossover.evidence.answer_format import AnswerFormat, answer_format
from crossover.evidence.classifier import ClassifierBaseline, Skipped, classifier_baseline
from crossover.evidence.label_ceiling import LabelCeiling, label_ceiling
from crossover.evidence.labels import LabelSet, closed_label_set
from crossover.evidence.languages import LanguageMix, language_mix
from crossover.evidence.leakage import Leakage, leakage
from crossover.evidence.near_duplicates import Duplicates, distinct_keys, near_duplicates
from crossover.evidence.personal_data import PersonalData, count_personal_data
from crossover.evidence.request_texts import RequestTexts, asked_texts, request_texts
from crossover.evidence.retrieval_evidence import RetrievalEvidence, retrieval_evidence
from crossover.evidence.sampling import all_normalised, chosen, part_of, seeded_rows
from crossover.evidence.tool_calls import ToolCalls, tool_calls
from crossover.evidence.tool_coverage import ToolCoverage, tool_coverage
from crossover.evidence.training_cost import TrainingWaste, training_waste
from crossover.evidence.training_rows import training_examples
from crossover.prices.types import TuningPrice
from crossover.profile import Requests, TokenProfile, requests_of
from crossover.profile.profile import NO_QUESTIONS
from crossover.samples.types import SampleSet
from crossover.tokens import Progress, default_epochs

MOST_CLASSIFIED = 5_000
MOST_COMPARED = 20_000
_MOST_CHARACTERS = 10_000_000
Rows: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Measurements:
    """The typed results behind the findings.

    `exact_copies` counts over all requests; `duplicates` looks at a seeded part where they are very
    many, which is `compared_rows` of the requests. `ceiling` looks at `answered_rows` of them. `leaked`
    are questions that the uploaded chats hold too, `shown` questions that repeat one of the few-shot
    examples; their rows are rows of the requests.
    """

    n: int
    compared_rows: Rows
    answered_rows: Rows
    retrieval: RetrievalEvidence | None
    labels: LabelSet | None
    classifier: ClassifierBaseline | Skipped | None
    ceiling: LabelCeiling | None
    form: AnswerFormat | None
    exact_copies: int
    duplicates: Duplicates | None
    leaked: Leakage | None
    shown: Leakage | None
    tools: ToolCoverage | None
    calls: ToolCalls | None
    personal: PersonalData
    question_languages: LanguageMix | None
    document_languages: LanguageMix | None
    waste: TrainingWaste | None

    @property
    def different_rows(self) -> int:
        """Requests when copies count once: near ones too, where all requests were compared for them."""
        compared_all = self.duplicates is not None and len(self.duplicates) == self.n
        return self.duplicates.effective_n if self.duplicates and compared_all else self.n - self.exact_copies


@dataclass(frozen=True, slots=True)
class EvidenceSettings:
    """What the evidence is asked about beside the upload.

    `chunks` is the number the scenario sends (judged up to 20); `shots` few-shot examples are looked
    for among the questions; `tuning` and `epochs` price the training rows (None: price unknown, and
    the epochs a provider is expected to choose).
    """

    chunks: int = 5
    shots: int = 0
    tuning: TuningPrice | None = None
    epochs: int | None = None


def measurements(
    samples: SampleSet,
    profile: TokenProfile,
    settings: EvidenceSettings,
    progress: Progress | None = None,
) -> Measurements:
    """Measure all that the upload allows; a pure function of its arguments (MODEL.md E34).

    `progress` hears the share done, 0 to 1; what it raises stops the work.
    """
    requests = profile.requests
    inputs = request_texts(profile.samples, part_of(progress, 0.0, 0.04))
    answered = np.flatnonzero([bool(answer.strip()) for answer in requests.answers])
    answers = chosen(requests.answers, answered)
    labels = closed_label_set(answers, part_of(progress, 0.04, 0.07))
    compared = _comparable(inputs.texts)
    return Measurements(
        n=len(requests),
        compared_rows=compared,
        answered_rows=answered,
        retrieval=retrieval_evidence(samples, profile, part_of(progress, 0.07, 0.25)),
        labels=labels,
        classifier=_classifier(inputs, answered, labels, part_of(progress, 0.25, 0.45)),
        ceiling=_ceiling(inputs, answered, answers, part_of(progress, 0.45, 0.5)),
        form=None if labels else answer_format(chosen(answers, seeded_rows(len(answers), MOST_CLASSIFIED))),
        exact_copies=len(inputs) - len(set(distinct_keys(inputs.texts, inputs.conversations))),
        duplicates=_duplicates(inputs, compared, part_of(progress, 0.5, 0.6)),
        leaked=_leaked(samples, requests, part_of(progress, 0.6, 0.63)),
        shown=_shown(profile, inputs, settings.shots, part_of(progress, 0.63, 0.68)),
        tools=tool_coverage(samples.tools, requests.questions, part_of(progress, 0.68, 0.7)),
        calls=tool_calls(samples.chats, samples.tools),
        personal=count_personal_data(samples, part_of(progress, 0.7, 0.85)),
        question_languages=language_mix(requests.questions),
        document_languages=language_mix([document.text for document in samples.documents]),
        waste=_waste(profile, settings, part_of(progress, 0.85, 1.0)),
    )


def _classifier(
    inputs: RequestTexts, answered: Rows, labels: LabelSet | None, progress: Progress | None
) -> ClassifierBaseline | Skipped | None:
    if labels is None:
        return None
    rows = seeded_rows(len(answered), MOST_CLASSIFIED)
    groups = _duplicates(inputs, answered[rows], part_of(progress, 0.0, 0.1))
    texts, kinds = chosen(inputs.texts, answered[rows]), chosen(labels.label_of_row, rows)
    sides = groups.split_groups().tolist() if groups else []
    return classifier_baseline(texts, kinds, sides, part_of(progress, 0.1, 1.0))


def _ceiling(
    inputs: RequestTexts, answered: Rows, answers: Sequence[str], progress: Progress | None
) -> LabelCeiling | None:
    """Contradictions among whole requests: with the instructions, all turns and the tool results."""
    texts = zip(chosen(inputs.instructions, answered), chosen(inputs.texts, answered), strict=True)
    given = all_normalised(answers, part_of(progress, 0.0, 0.5))
    return label_ceiling(list(texts), given, part_of(progress, 0.5, 1.0))


def _duplicates(inputs: RequestTexts, rows: Rows, progress: Progress | None) -> Duplicates | None:
    if not len(rows):
        return None
    return near_duplicates(chosen(inputs.texts, rows), progress, inputs.conversations[rows])


def _comparable(texts: Sequence[str]) -> NDArray[np.int64]:
    """As many seeded rows as can be compared in seconds, fewer of long texts."""
    characters = max(1, sum(map(len, texts)))
    return seeded_rows(len(texts), min(MOST_COMPARED, max(100, _MOST_CHARACTERS * len(texts) // characters)))


def _leaked(samples: SampleSet, requests: Requests, progress: Progress | None) -> Leakage | None:
    """Questions against the chats, where both were dropped: the one to test on, the other to train on."""
    if not samples.chats or not len(samples.qa):
        return None
    trained = asked_texts(requests_of(SampleSet(qa=NO_QUESTIONS, chats=samples.chats)))
    if not trained:
        return None
    asked = asked_texts(requests)
    compared = _comparable(asked)
    found = leakage(chosen(trained, _comparable(trained)), chosen(asked, compared), progress)
    return found.among(compared)


def _shown(
    profile: TokenProfile, inputs: RequestTexts, shots: int, progress: Progress | None
) -> Leakage | None:
    """The other questions against the few-shot examples of the prompt."""
    examples = profile.examples.rows[:shots]
    if not len(examples):
        return None
    others = np.setdiff1d(np.arange(len(inputs)), examples)
    if not len(others):
        return None
    compared = others[_comparable(chosen(inputs.texts, others))]
    spoken_in = inputs.conversations[np.concatenate([examples, compared])]
    found = leakage(chosen(inputs.texts, examples), chosen(inputs.texts, compared), progress, spoken_in)
    return found.among(compared)


def _waste(
    profile: TokenProfile, settings: EvidenceSettings, progress: Progress | None
) -> TrainingWaste | None:
    examples = training_examples(profile, part_of(progress, 0.0, 0.5))
    if not len(examples):
        return None
    epochs = settings.epochs or default_epochs(len(examples))
    return training_waste(examples, epochs, settings.tuning, progress=part_of(progress, 0.5, 1.0))
