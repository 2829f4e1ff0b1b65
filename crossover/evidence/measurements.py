"""Everything section 7 measures on one upload, each part None where the data for it is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossover.evidence.answer_format import AnswerFormat, answer_format
from crossover.evidence.classifier import ClassifierBaseline, Skipped, classifier_baseline
from crossover.evidence.label_ceiling import LabelCeiling, label_ceiling
from crossover.evidence.labels import LabelSet, closed_label_set
from crossover.evidence.languages import LanguageMix, language_mix
from crossover.evidence.leakage import Leakage, leakage
from crossover.evidence.near_duplicates import Duplicates, near_duplicates
from crossover.evidence.personal_data import PersonalData, count_personal_data
from crossover.evidence.retrieval_evidence import RetrievalEvidence, retrieval_evidence
from crossover.evidence.sampling import blocks, chosen, part_of, seeded_rows
from crossover.evidence.tool_calls import ToolCalls, tool_calls
from crossover.evidence.tool_coverage import ToolCoverage, tool_coverage
from crossover.evidence.training_cost import TrainingWaste, training_waste
from crossover.evidence.training_rows import training_examples
from crossover.prices.types import TuningPrice
from crossover.profile import Requests, TokenProfile, requests_of
from crossover.profile.profile import NO_QUESTIONS
from crossover.profile.requests import text_of
from crossover.retrieval.text_matching import normalised
from crossover.samples.types import SampleSet
from crossover.tokens import Progress, default_epochs

MOST_CLASSIFIED = 5_000
MOST_COMPARED = 20_000
_MOST_CHARACTERS = 10_000_000
_BLOCK = 5_000


@dataclass(frozen=True, slots=True, eq=False)
class Measurements:
    """The typed results behind the findings.

    `exact_copies` counts over all requests; `duplicates` looks at a seeded part where they are very
    many, which is `compared_rows` of the requests. `ceiling` looks at `answered_rows` of them. `leaked`
    are questions that the uploaded chats hold too, `shown` questions that repeat one of the few-shot
    examples; their rows are rows of the requests.
    """

    n: int
    compared_rows: NDArray[np.int64]
    answered_rows: NDArray[np.int64]
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
    inputs = _inputs(requests, part_of(progress, 0.0, 0.05))
    answered = np.flatnonzero([bool(answer.strip()) for answer in requests.answers])
    answers = chosen(requests.answers, answered)
    labels = closed_label_set(answers)
    compared = _comparable(inputs)
    return Measurements(
        n=len(requests),
        compared_rows=compared,
        answered_rows=answered,
        retrieval=retrieval_evidence(samples, profile, part_of(progress, 0.05, 0.25)),
        labels=labels,
        classifier=_classifier(chosen(inputs, answered), labels, part_of(progress, 0.25, 0.5)),
        ceiling=label_ceiling(chosen(inputs, answered), [normalised(answer) for answer in answers]),
        form=None if labels else answer_format(chosen(answers, seeded_rows(len(answers), MOST_CLASSIFIED))),
        exact_copies=len(inputs) - len(set(inputs)),
        duplicates=near_duplicates(chosen(inputs, compared), part_of(progress, 0.5, 0.6)) if inputs else None,
        leaked=_leaked(samples, inputs, compared, part_of(progress, 0.6, 0.65)),
        shown=_shown(profile, inputs, settings.shots),
        tools=tool_coverage(samples.tools, requests.questions, part_of(progress, 0.65, 0.7)),
        calls=tool_calls(samples.chats, samples.tools),
        personal=count_personal_data(samples, part_of(progress, 0.7, 0.85)),
        question_languages=language_mix(requests.questions),
        document_languages=language_mix([document.text for document in samples.documents]),
        waste=_waste(profile, settings, part_of(progress, 0.85, 1.0)),
    )


def _inputs(requests: Requests, progress: Progress | None = None) -> list[str]:
    """What each request says, normalised: its earlier turns and its question."""
    inputs: list[str] = []
    for part in blocks(len(requests), _BLOCK, progress):
        pairs = zip(requests.histories[part], requests.questions[part], strict=True)
        inputs += [normalised(" ".join((*map(text_of, history), question))) for history, question in pairs]
    return inputs


def _classifier(
    inputs: Sequence[str], labels: LabelSet | None, progress: Progress | None
) -> ClassifierBaseline | Skipped | None:
    if labels is None:
        return None
    rows = seeded_rows(len(inputs), MOST_CLASSIFIED)
    texts = chosen(inputs, rows)
    groups = near_duplicates(texts).cluster_of.tolist()
    return classifier_baseline(texts, chosen(labels.label_of_row, rows), groups, progress)


def _comparable(texts: Sequence[str]) -> NDArray[np.int64]:
    """As many seeded rows as can be compared in seconds, fewer of long texts."""
    characters = max(1, sum(map(len, texts)))
    return seeded_rows(len(texts), min(MOST_COMPARED, max(100, _MOST_CHARACTERS * len(texts) // characters)))


def _leaked(
    samples: SampleSet, inputs: Sequence[str], compared: NDArray[np.int64], progress: Progress | None
) -> Leakage | None:
    """Questions against the chats, where both were dropped: the one to test on, the other to train on."""
    if not samples.chats or not len(samples.qa):
        return None
    trained = _inputs(requests_of(SampleSet(qa=NO_QUESTIONS, chats=samples.chats)))
    if not trained:
        return None
    found = leakage(chosen(trained, _comparable(trained)), chosen(inputs, compared), progress)
    return found.among(compared)


def _shown(profile: TokenProfile, inputs: Sequence[str], shots: int) -> Leakage | None:
    """The other questions against the few-shot examples of the prompt."""
    examples = profile.examples.rows[:shots]
    if not len(examples):
        return None
    others = np.setdiff1d(np.arange(len(inputs)), examples)
    if not len(others):
        return None
    compared = others[_comparable(chosen(inputs, others))]
    return leakage(chosen(inputs, examples), chosen(inputs, compared)).among(compared)


def _waste(
    profile: TokenProfile, settings: EvidenceSettings, progress: Progress | None
) -> TrainingWaste | None:
    examples = training_examples(profile, part_of(progress, 0.0, 0.5))
    if not len(examples):
        return None
    epochs = settings.epochs or default_epochs(len(examples))
    return training_waste(examples, epochs, settings.tuning, progress=part_of(progress, 0.5, 1.0))
