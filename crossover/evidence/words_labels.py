"""Findings on answers: labels, contradictions, their form."""

from __future__ import annotations

from collections.abc import Iterator

from crossover.evidence.answer_format import AnswerFormat, Conclusion
from crossover.evidence.classifier import ClassifierBaseline, Skipped
from crossover.evidence.finding import ALL, PROMPTING, TUNING, Finding, plural, points
from crossover.evidence.measurements import Measurements
from crossover.figure import measured
from crossover.numbers import count, share


def label_findings(found: Measurements, source: str) -> Iterator[Finding]:
    """Closed label set with its classifier, label ceiling, form of free answers."""
    if found.labels is not None:
        yield _labels(found, source)
    yield from _ceiling(found, source)
    if found.form is not None:
        yield _form(found.form, source)


def _labels(found: Measurements, source: str) -> Finding:
    labels, classifier = found.labels, found.classifier
    number = len(labels.labels) if labels else 0
    rows = labels.labelled if labels else 0
    figure = measured(number, "labels", source, rows, name="Labels")
    text = f"The answers are a closed set of {plural(number, 'label')}."
    if not isinstance(classifier, ClassifierBaseline):
        reason = f" {classifier.reason}" if isinstance(classifier, Skipped) else ""
        sentence = f"{text}{reason} Ask for exactly one of them with a schema that lists them."
        return Finding("labels", "Closed label set", (figure,), sentence, (PROMPTING, TUNING))
    figures = (figure, *classifier.figures(source))
    text += (
        f" A plain classifier without a language model gets {classifier.full.accuracy} right "
        f"(always the commonest label: {share(classifier.majority.share)})"
    )
    return Finding("labels", "Closed label set", figures, f"{text}{_more_labels(classifier)}", ALL)


def _more_labels(classifier: ClassifierBaseline) -> str:
    """What the learning curve says about labelling more."""
    gain = classifier.gain_from_doubling
    beat = ": whatever you pay for has to beat that."
    if gain is None:
        return beat
    rows = count(2 * classifier.full.train_rows)
    if classifier.more_rows_help:
        return (
            f", and about {points(gain)} points more with {rows} rows to learn from: "
            "labelling more still helps, which speaks for training."
        )
    if classifier.may_be_enough:
        return f", and {rows} rows would hardly change that: a plain classifier may be all you need."
    return f", and {rows} rows would hardly change that, so labels alone will not get you further."


def _ceiling(found: Measurements, source: str) -> Iterator[Finding]:
    ceiling = found.ceiling
    if ceiling is None:
        return
    figure = measured(ceiling.accuracy_share, "share", source, ceiling.n, name="Best accuracy possible")
    if not ceiling.conflicts:
        rows = plural(ceiling.n, "row")
        sentence = f"No input carries two different answers in {rows}, so the answers set no limit."
    else:
        inputs = plural(len(ceiling.conflicts), "input carries", "inputs carry")
        lost = sum(group.lost_rows for group in ceiling.conflicts)
        words = "" if found.labels else ", if answers are compared word for word"
        sentence = (
            f"{inputs} different answers, so at least {lost:,} of {ceiling.n:,} rows count as wrong whatever "
            f"a strategy says{words}: choose one answer, or add what tells them apart."
        )
    yield Finding("label_ceiling", "Contradicting answers", (figure,), sentence, ALL)


def _form(form: AnswerFormat, source: str) -> Finding:
    figures = (
        form.as_json.figure("Answers that are JSON", source),
        form.modal.figure("Answers with the commonest keys", source),
    )
    sentence = {
        Conclusion.STRUCTURED: (
            f"{form.modal} of the answers are JSON with the same keys: use structured outputs first, "
            "the form needs no training."
        ),
        Conclusion.STYLE: (
            "The answers keep to one style that is not JSON: if a prompt with examples does not "
            "reproduce it, the style is a reason to fine-tune."
        ),
        Conclusion.NONE: "The form of the answers argues neither for a schema nor for training.",
    }[form.conclusion]
    return Finding("answer_format", "Form of the answers", figures, sentence, (PROMPTING, TUNING))
