"""Labels and answers: what a plain classifier learns, and which inputs contradict each other."""

from __future__ import annotations

from itertools import islice

import streamlit as st

from crossover.charts.evidence import learning_curve
from crossover.evidence import ClassifierBaseline, ConflictingGroup
from crossover.numbers import count
from crossover.numbers import share as percent
from crossover.words import say, say_count
from ui import frame, session
from ui.evidence_cached import Found
from ui.evidence_rows import GROUPS_LISTED, more_groups, row_words
from ui.text import escaped, quoted

_CLASSIFIER = "classifier"
_LONGEST_SHOWN = 160
_ANSWERS_SHOWN = 5


def label_details(found: Found) -> None:
    """The learning curve, and the plain classifier as one more strategy."""
    baseline = found.evidence.measured.classifier
    if isinstance(baseline, ClassifierBaseline):
        st.plotly_chart(
            learning_curve(baseline),
            key="chart-learning",
            config={"displayModeBar": False},
            alt=_curve_words(baseline),
        )
        st.caption(escaped(_curve_words(baseline)))
    _classifier_switch(isinstance(baseline, ClassifierBaseline) and baseline.may_be_enough)


def _curve_words(baseline: ClassifierBaseline) -> str:
    rows, accuracy = baseline.full.train_rows, baseline.full.accuracy
    text = say(
        "Tf-idf of words and word pairs with logistic regression, {folds}-fold, copies kept on one side: "
        "{accuracy} right after {rows:,} rows, always the commonest label {commonest}.",
        folds=baseline.folds,
        accuracy=accuracy,
        rows=rows,
        commonest=percent(baseline.majority.share),
    )
    later = baseline.curve.accuracy_share_at(2 * rows) if baseline.curve else None
    if later is None:
        return text
    beyond = say(
        "With {rows} rows the fitted curve expects {accuracy}; beyond, it is not believed.",
        rows=count(2 * rows),
        accuracy=percent(later),
    )
    return f"{text} {beyond}"


def _classifier_switch(may_be_enough: bool) -> None:
    """A button that sets the plain classifier beside the other strategies."""
    chosen = session.scenario().extra_strategies
    if _CLASSIFIER in chosen:
        st.success(say("The plain classifier stands beside the other strategies."))
        frame.link("pages/compare.py", say("See it on Compare"))
        return
    st.button(
        say("A plain classifier may be enough: compare it too")
        if may_be_enough
        else say("Compare a plain classifier too"),
        key="use-classifier",
        on_click=_switch_on,
        args=((*chosen, _CLASSIFIER),),
    )
    st.caption(say("It adds one strategy to the comparison and changes nothing else."))


def _switch_on(strategies: tuple[str, ...]) -> None:
    session.edit(extra_strategies=strategies)
    st.toast(say("Compare now shows the plain classifier as well."))


def answer_details(found: Found) -> None:
    """The inputs with several answers, worst first."""
    ceiling = found.evidence.measured.ceiling
    if ceiling is None or not ceiling.conflicts:
        return
    with st.expander(say("Show the contradicting groups ({groups:,})", groups=len(ceiling.conflicts))):
        st.caption(say("Answers as they are compared: in small letters, without punctuation."))
        st.markdown("\n".join(_group(found, group) for group in islice(ceiling.conflicts, GROUPS_LISTED)))
        more = len(ceiling.conflicts) - GROUPS_LISTED
        if more > 0:
            st.caption(more_groups(more))


def _group(found: Found, group: ConflictingGroup) -> str:
    """One input as it was written first, where it stands, and its answers with their counts."""
    rows = found.evidence.measured.answered_rows[list(group.rows)].tolist()
    question = found.profile.requests.questions[rows[0]]
    answers = [
        say_count("{answer} in {n} row", "{answer} in {n} rows", number, answer=quoted(_short(answer)))
        for answer, number in group.labels[:_ANSWERS_SHOWN]
    ]
    more = len(group.labels) - _ANSWERS_SHOWN
    if more > 0:
        answers.append(say_count("and {n} other answer", "and {n} other answers", more))
    places = row_words(found.profile.samples, rows)
    return f"- {quoted(_short(question))} ({places}): {'; '.join(answers)}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]} …"
