"""Findings on answers: labels, contradictions, their form."""

from __future__ import annotations

from collections.abc import Iterator

from crossover.evidence.answer_format import AnswerFormat, Conclusion
from crossover.evidence.classifier import ClassifierBaseline, Skipped
from crossover.evidence.finding import ALL, PROMPTING, TUNING, Finding, points
from crossover.evidence.label_ceiling import LabelCeiling
from crossover.evidence.measurements import Measurements
from crossover.figure import measured
from crossover.numbers import count, share
from crossover.words import say, say_count


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
    figure = measured(number, "labels", source, rows, name=say("Labels"))
    text = say_count(
        "The answers are a closed set of {n} label.", "The answers are a closed set of {n} labels.", number
    )
    if not isinstance(classifier, ClassifierBaseline):
        reason = f" {classifier.reason}" if isinstance(classifier, Skipped) else ""
        ask = say("Ask for exactly one of them with a schema that lists them.")
        sentence = f"{text}{reason} {ask}"
        return Finding("labels", say("Closed label set"), (figure,), sentence, (PROMPTING, TUNING))
    figures = (figure, *classifier.figures(source))
    return Finding("labels", say("Closed label set"), figures, f"{text} {_classified(classifier)}", ALL)


def _classified(classifier: ClassifierBaseline) -> str:
    """What a plain classifier reaches, and what the learning curve says about labelling more."""
    gain, right, majority = (
        classifier.gain_from_doubling,
        str(classifier.full.accuracy),
        share(classifier.majority.share),
    )
    if gain is None:
        return say(
            "A plain classifier without a language model gets {right} right (always the commonest label: "
            "{majority}): whatever you pay for has to beat that.",
            right=right,
            majority=majority,
        )
    rows = count(2 * classifier.full.train_rows)
    if classifier.more_rows_help:
        return say(
            "A plain classifier without a language model gets {right} right (always the commonest label: "
            "{majority}), and about {gain} points more with {rows} rows to learn from: labelling more still "
            "helps, which speaks for training.",
            right=right,
            majority=majority,
            gain=points(gain),
            rows=rows,
        )
    if classifier.may_be_enough:
        return say(
            "A plain classifier without a language model gets {right} right (always the commonest label: "
            "{majority}), and {rows} rows would hardly change that: a plain classifier may be all you need.",
            right=right,
            majority=majority,
            rows=rows,
        )
    return say(
        "A plain classifier without a language model gets {right} right (always the commonest label: "
        "{majority}), and {rows} rows would hardly change that, so labels alone will not get you further.",
        right=right,
        majority=majority,
        rows=rows,
    )


def _ceiling(found: Measurements, source: str) -> Iterator[Finding]:
    ceiling = found.ceiling
    if ceiling is None:
        return
    name = say("Best accuracy possible")
    figure = measured(ceiling.accuracy_share, "share", source, ceiling.n, name=name)
    sentence = _ceiling_sentence(ceiling, compares_words=found.labels is None)
    yield Finding("label_ceiling", say("Contradicting answers"), (figure,), sentence, ALL)


def _ceiling_sentence(ceiling: LabelCeiling, compares_words: bool) -> str:
    if not ceiling.conflicts:
        return say_count(
            "No input carries two different answers in {n} row, so the answers set no limit.",
            "No input carries two different answers in {n} rows, so the answers set no limit.",
            ceiling.n,
        )
    inputs, lost = len(ceiling.conflicts), sum(group.lost_rows for group in ceiling.conflicts)
    limit = say_count(
        "{n} of {rows:,} rows counts as wrong", "{n} of {rows:,} rows count as wrong", lost, rows=ceiling.n
    )
    if compares_words:
        return say_count(
            "{n} input carries different answers, so at least {limit} whatever a strategy says, if answers "
            "are compared word for word: choose one answer, or add what tells them apart.",
            "{n} inputs carry different answers, so at least {limit} whatever a strategy says, if answers "
            "are compared word for word: choose one answer, or add what tells them apart.",
            inputs,
            limit=limit,
        )
    return say_count(
        "{n} input carries different answers, so at least {limit} whatever a strategy says: choose one "
        "answer, or add what tells them apart.",
        "{n} inputs carry different answers, so at least {limit} whatever a strategy says: choose one "
        "answer, or add what tells them apart.",
        inputs,
        limit=limit,
    )


def _form(form: AnswerFormat, source: str) -> Finding:
    figures = (
        form.as_json.figure(say("Answers that are JSON"), source),
        form.modal.figure(say("Answers with the commonest keys"), source),
    )
    sentence = _form_sentence(form)
    return Finding("answer_format", say("Form of the answers"), figures, sentence, (PROMPTING, TUNING))


def _form_sentence(form: AnswerFormat) -> str:
    if form.conclusion is Conclusion.STRUCTURED:
        return say(
            "{same} of the answers are JSON with the same keys: use structured outputs first, the form needs "
            "no training.",
            same=str(form.modal),
        )
    if form.conclusion is Conclusion.STYLE:
        return say(
            "The answers keep to one style that is not JSON: if a prompt with examples does not reproduce "
            "it, the style is a reason to fine-tune."
        )
    return say("The form of the answers argues neither for a schema nor for training.")
