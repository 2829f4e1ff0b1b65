"""What the gates say where a sentence hangs on data: dates, amounts, what was searched, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from small_uploads import shop

from crossover.gates import gates
from crossover.prices import TuningState, TuningStatus
from crossover.words import in_language

CLOSED = TuningStatus("openai", "gpt-4o-mini", TuningState.CLOSED_TO_NEW)
JUNE, JANUARY, MARCH = date(2026, 6, 1), date(2027, 1, 7), date(2027, 3, 1)
WHERE = "gpt-4o-mini at OpenAI"
ANSWERED = shop(answer="Write to jane.doe@example.com.")


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (CLOSED, f"Fine-tuning {WHERE} is closed to new customers."),
        (
            replace(CLOSED, since=JUNE, closes_on=JANUARY, shutdown_on=MARCH),
            f"Fine-tuning {WHERE} is closed to new customers since 2026-06-01. New jobs end for everybody on "
            "2027-01-07. Tuned models stop on 2027-03-01.",
        ),
        (
            replace(CLOSED, state=TuningState.NO_NEW_JOBS, since=JUNE, closes_on=JUNE, shutdown_on=MARCH),
            f"No new tuning job can be started for {WHERE} since 2026-06-01. "
            "Tuned models stop on 2027-03-01.",
        ),
        (
            replace(CLOSED, state=TuningState.SHUT_DOWN, since=JUNE, shutdown_on=JUNE),
            f"{WHERE} was shut down since 2026-06-01.",
        ),
        (replace(CLOSED, state=TuningState.NOT_TUNABLE), f"{WHERE} cannot be fine-tuned."),
    ],
)
def test_why_a_model_cannot_be_tuned_is_said_with_the_days_that_are_known(check, status, reason):
    checked = check("tuning", host="openai", model="gpt-4o-mini")
    told = replace(checked, quote=replace(checked.quote, tuning_status=status))
    assert reason in [gate.reason for gate in gates(told) if gate.id == "G4"]


def test_days_are_written_the_german_way(check):
    checked = check("tuning", host="openai", model="gpt-4o-mini")
    status = replace(CLOSED, since=JUNE, closes_on=JANUARY)
    with in_language("de"):
        told = gates(replace(checked, quote=replace(checked.quote, tuning_status=status)))
    (reason,) = (gate.reason for gate in told if gate.label == "Für Neukunden geschlossen")
    assert "seit 01.06.2026" in reason
    assert "am 07.01.2027" in reason


@pytest.mark.parametrize(("wanted", "said"), [(0.5, "0,5 Tage"), (1.0, "1 Tag")])
def test_one_day_is_a_day_and_half_a_day_is_days(gate, wanted, said):
    with in_language("de"):
        reason = gate("G11", "tuning", update_within_days=wanted).reason
    assert reason.endswith(f"gewünscht: höchstens {said}.")


def test_what_leaves_is_one_enumeration(gate):
    with in_language("de"):
        reason = gate("G5", "tuned_rag", data_may_leave=False).reason
    assert reason.startswith("Live-Anfragen, Dokumente und Trainingszeilen würden an ")


@pytest.mark.parametrize("strategy", ["tuning", "tuned_rag"])
def test_a_part_that_was_searched_is_named_and_the_whole_is_not(check, strategy):
    checked = check(strategy, ANSWERED, personal_data_may_leave=False)
    profile = checked.profile
    assert profile.personal_data.looked_at_share == 1
    fourth = replace(profile.personal_data, looked_at_share=0.25)
    whole, part = (
        next(gate.reason for gate in gates(each) if gate.id == "G5")
        for each in (checked, replace(checked, profile=replace(profile, personal_data=fourth)))
    )
    assert whole.endswith(").")
    assert part == f"{whole[:-1]}, counted in 25 % of the text."


def test_the_share_over_the_window_is_that_of_the_requests_named(gate):
    """30 of 120 questions, every fourth one, are long: 30 / 120 = 25 %."""
    samples = shop()
    long = tuple(
        question * 2_000 if row % 4 == 0 else question for row, question in enumerate(samples.qa.questions)
    )
    samples = replace(samples, qa=replace(samples.qa, questions=long))
    found = gate("G2", "prompting", samples, facts={"window": 8_000})
    assert found.reason.startswith("25 % of requests (rows 1, 5, 9, 13, 17 …) need more than")
    with in_language("de"):
        german = gate("G2", "prompting", samples, facts={"window": 8_000})
    assert german.reason.startswith("25\u00a0% der Anfragen (Zeilen 1, 5, 9, 13, 17 …) brauchen mehr als")
    assert " oder ein Modell mit einem Kontextfenster von mindestens " in german.remedy
    assert [figure.value for figure in german.figures] == [figure.value for figure in found.figures]
