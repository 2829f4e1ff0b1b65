"""The Evidence page in Streamlit's own test harness: it teaches, and its buttons edit the scenario."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from crossover.evidence import rows_paired
from crossover.scenario import Scenario
from ui.session import Upload

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "pages/evidence.py"


def opened(*files: tuple[str, bytes], **scenario: object) -> AppTest:
    """The page by itself, with these uploads in the session."""
    app = AppTest.from_file(PAGE, default_timeout=120)
    app.session_state["crossover.demo_language"] = "en"
    if files:
        uploads = {name: Upload(name, data, hashlib.sha256(data).hexdigest()) for name, data in files}
        app.session_state["crossover.uploads"] = uploads
    app.run()
    assert not app.exception, app.exception
    return app


def scenario_of(app: AppTest) -> Scenario:
    return app.session_state["crossover.scenario"]


def words_of(app: AppTest) -> str:
    blocks = (*app.markdown, *app.caption, *app.info, *app.warning, *app.success)
    return "\n".join(block.value for block in blocks)


@pytest.fixture(scope="module")
def labels() -> bytes:
    topics = {"refund": "money back please for", "delivery": "where is the parcel with", "repair": "broken"}
    things = ("bell", "lamp", "saddle", "chain", "brake", "basket", "pump", "lock", "wheel", "pedal")
    rows = [
        f"{words} my {thing} {n},{label}" for label, words in topics.items() for n, thing in enumerate(things)
    ]
    return ("text,label\n" + "\n".join(rows) + "\nbroken my bell 0,refund\n").encode()


def test_the_demo_says_what_changes_a_decision_before_what_is_well():
    app = opened()
    heads = [head.value for head in app.subheader]
    assert heads.index("Personal data") < heads.index("Search in your documents") < heads.index("Languages")
    assert "Not measured on this upload" in heads and "What others measured" in heads
    assert "lower bound" in words_of(app) and "measured" in words_of(app)


def test_the_recommended_number_of_chunks_goes_into_the_scenario():
    app = opened()
    before, button = scenario_of(app).chunks_per_request, app.button(key="use-k")
    k = int(button.label.removeprefix("Use k = "))
    assert k != before and f"instead of {before} chunks" in words_of(app)
    button.click().run()
    assert not app.exception and scenario_of(app).chunks_per_request == k
    assert f"You send {k} chunks" in words_of(app)


def test_other_chunk_sizes_are_tried_on_request_and_one_click_away():
    app = opened()
    app.button(key="try-sweep").click().run()
    assert not app.exception
    buttons = [button for button in app.button if (button.key or "").startswith("sweep-use-")]
    assert buttons and "nearly all for least" in words_of(app)
    buttons[0].click().run()
    assert not app.exception
    scenario = scenario_of(app)
    assert (scenario.chunk_tokens, scenario.chunk_overlap_tokens) != (400, 50)
    assert "used now" in words_of(app)


def test_labels_bring_a_classifier_that_can_be_compared(labels):
    app = opened(("tickets.csv", labels))
    assert "closed set of 3 labels" in words_of(app).replace("\\", "")
    assert "There are no documents" in words_of(app).replace("\\", "")
    app.button(key="use-classifier").click().run()
    assert not app.exception and scenario_of(app).extra_strategies == ("classifier",)
    assert "stands beside the other strategies" in words_of(app)


def test_contradictions_are_listed_by_line_and_as_harmless_text():
    rows = b"question,answer\nIs **it** [free](https://x.example)?,Yes\nIs **it** [free](https://x.example)?,No\n"
    app = opened(("faq.csv", rows + b"Where?,Here\nWhen?,Now\n"))
    listed = next(block.value for block in app.markdown if "lines 2, 3" in block.value)
    assert "`Is **it** [free](https://x.example)?`" in listed  # a code span: nothing in it is markup


def test_the_cleaned_file_leaves_out_copies_and_says_so():
    rows = "".join(f"Question about number {n * 37}?,Answer {n}\n" for n in range(12))
    app = opened(("faq.csv", ("question,answer\n" + rows + "Question about number 0?,Answer 0\n").encode()))
    app.button(key="write-cleaned").click().run()
    assert not app.exception
    assert "What was changed (1 row)" in [each.label for each in app.expander]


def test_a_training_price_nobody_knows_is_not_zero():
    rows = (
        "".join(f"Question about number {n * 37}?,Answer {n}\n" for n in range(12))
        + "Question about number 0?,Answer 0\n"
    )
    app = opened(("faq.csv", ("question,answer\n" + rows).encode()))
    app.session_state["crossover.scenario"] = Scenario(
        price_date=scenario_of(app).price_date, host="groq", model="llama-3.3-70b-versatile"
    )
    app.run()
    assert not app.exception
    text = words_of(app)
    assert "price unknown" in text and "Price unknown" in text and "$0.00" not in text.replace("\\", "")


def test_the_calculator_asks_for_more_rows_and_refuses_the_impossible():
    app = opened()
    assert "469 questions that both answer" in words_of(app)
    app.number_input(key="power-gap").set_value(20.0).run()
    assert "cannot be further apart" in words_of(app)


def test_stopped_work_can_be_taken_up_again():
    app = AppTest.from_file(PAGE, default_timeout=120)
    app.session_state["crossover.demo_language"] = "en"
    app.run()
    kept = app.session_state["crossover.evidence_kept"]
    (key,) = [key for key in kept if key[0] == "evidence"]
    app.session_state["crossover.evidence_kept"] = {}
    app.session_state["crossover.evidence_stopped"] = {key}
    app.run()
    assert "Stopped" in words_of(app) and not app.subheader
    app.button(key="measure-again").click().run()
    assert not app.exception and app.subheader


def test_nobody_who_drops_only_tools_meets_a_fault():
    tools = (
        b'[{"type":"function","function":{"name":"go","description":"Goes.","parameters":{"type":"object"}}}]'
    )
    app = opened(("tools.json", tools))
    assert "There are tools but no questions for them" in words_of(app).replace("\\", "")


def test_another_language_says_everything_anew_and_measures_nothing_again():
    app = opened()
    before = dict(app.session_state["crossover.evidence_kept"])
    app.session_state["crossover.language"] = "de"
    app.run()
    assert not app.exception
    kept = app.session_state["crossover.evidence_kept"]
    assert set(kept) == set(before) and all(kept[key] is before[key] for key in before)
    assert "Suche in Ihren Dokumenten" in [head.value for head in app.subheader]
    assert "Wichtig für:" in words_of(app) and "Matters for" not in words_of(app)


def test_amounts_and_numbers_follow_the_language(labels):
    app = AppTest.from_file(PAGE, default_timeout=120)
    app.session_state["crossover.language"] = "de"
    app.session_state["crossover.uploads"] = {
        "tickets.csv": Upload("tickets.csv", labels, hashlib.sha256(labels).hexdigest())
    }
    app.run()
    assert not app.exception
    app.number_input(key="power-gap").set_value(1.0).run()
    text = words_of(app).replace("\\", "")
    assert "einen Unterschied von 1 Prozentpunkt in vier von fünf Fällen" in text
    needed = f"{rows_paired(0.01, 0.15):,}".replace(",", ".")
    assert f"{needed} Fragen, die beide beantworten" in text


def test_a_list_of_changes_is_written_in_the_language_spoken():
    rows = "".join(f"Question about number {n * 37}?,Answer {n}\n" for n in range(12))
    app = opened(("faq.csv", ("question,answer\n" + rows + "Question about number 0?,Answer 0\n").encode()))
    app.button(key="write-cleaned").click().run()
    app.session_state["crossover.language"] = "de"
    app.run()
    assert not app.exception
    assert "Was geändert wurde (1 Zeile)" in [each.label for each in app.expander]
    (changes,) = [table.value for table in app.dataframe if "Änderung" in table.value]
    assert "left out" not in changes["Änderung"].iloc[0]
