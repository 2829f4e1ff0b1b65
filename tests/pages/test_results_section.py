"""Measured results on the page: dropped, read, decided by, taken into the comparison and out again."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from crossover.samples.results_template import TEMPLATE_CSV

LONG = "sample_id,strategy,correct,latency_ms,input_tokens\n" + "".join(
    f"q{n},prompt,{int(n % 10 < 7)},{800 + n},700\nq{n},RAG,{int(n % 10 < 9)},{1500 + n},2100\n"
    for n in range(200)
)


def page() -> None:
    import streamlit as st  # noqa: PLC0415 - AppTest runs the body alone

    import ui.language  # noqa: F401, PLC0415 - as every page does by its head
    from ui.evidence_results import results_section  # noqa: PLC0415

    st.set_page_config(page_title="Results")
    results_section()


def opened(*files: tuple[str, str]) -> AppTest:
    app = AppTest.from_function(page, default_timeout=60).run()
    for name, text in files:
        drop(app, name, text)
    assert not app.exception, app.exception
    return app


def drop(app: AppTest, name: str, text: str) -> None:
    zone = app.get("file_uploader")[0]
    zone.upload(name, text.encode(), "text/csv").run()


def words(app: AppTest) -> str:
    shown = [*app.markdown, *app.caption, *app.info]
    return "\n".join(element.value.replace("\\", "") for element in shown)


def scenario(app: AppTest):
    return app.session_state["crossover.scenario"]


def has_key(app: AppTest, key: str) -> bool:
    return any(button.key == key for button in app.button)


def test_without_results_the_section_asks_for_them_and_offers_templates():
    app = opened()
    labels = [each.proto.label for each in app.get("download_button")]
    assert len(labels) == 2
    assert not app.get("plotly_chart")


def test_a_dropped_file_is_read_and_decides():
    app = opened(("results.csv", LONG))
    assert "400 results, a table with one row per answer" in words(app)
    # RAG is right on 9 of 10, prompting on 7 of 10 of the same samples: 40 only RAG, 0 only prompting
    assert "RAG answers best: right on 90 %, 20 points" in words(app)
    chart = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert [bar["x"] for bar in chart["data"]] == [[90], [70]]
    headings = [table.value.columns[1] for table in app.dataframe]
    assert headings[:3] == [
        "Right answers (95 % interval)",
        "Per correct answer (95 % interval)",
        "Half within",
    ]
    assert list(app.dataframe[1].value["Cost from"]) == ["the comparison"] * 2  # the file has no cost
    assert app.dataframe[3].value["Input, yours"].tolist() == ["2,100", "700"]


def test_the_results_enter_the_comparison_and_can_be_forgotten():
    app = opened(("results.csv", LONG))
    app.button(key="results-use").click().run()
    assert scenario(app).success_shares == (("prompting", 0.7), ("rag", 0.9))
    assert not has_key(app, "results-use")
    app.button(key="results-forget").click().run()
    assert scenario(app).success_shares == ()
    assert has_key(app, "results-use")


def test_removing_the_file_takes_the_section_back_to_its_start():
    app = opened(("results.csv", LONG))
    app.button(key="results-use").click().run()
    next(button for button in app.button if (button.key or "").startswith("results-remove-")).click().run()
    assert not app.get("plotly_chart")
    assert "still uses measured shares of right answers: Prompt engineering 70 %, RAG 90 %" in words(app)
    app.button(key="results-forget").click().run()
    assert scenario(app).success_shares == ()


def test_a_name_we_do_not_know_is_listed_and_can_be_given_a_strategy():
    app = opened(("results.csv", LONG.replace("prompt", "variant B")))
    assert "No strategy of the comparison is called `variant B`" in words(app)
    control = next(box for box in app.selectbox if box.label == "variant B")
    control.set_value("tuning").run()
    app.button(key="results-use").click().run()
    assert dict(scenario(app).success_shares) == {"rag": 0.9, "tuning": 0.7}
    control = next(box for box in app.selectbox if box.label == "variant B")
    control.set_value("").run()  # leave it out
    assert "variant B is right" not in words(app)
    assert has_key(app, "results-use")  # what the comparison holds is no longer what is measured


def test_bad_lines_stand_with_their_number_and_what_to_do():
    app = opened(("results.csv", "id,strategy,correct\na,rag,1\nb,rag,perhaps\nc,prompt,0\n"))
    assert "Line 3: “perhaps” is no verdict" in words(app)
    assert "Write 1 or 0" in words(app)


def test_a_file_that_holds_no_results_says_so_and_shows_nothing_else():
    app = opened(("notes.csv", "question,answer\nwhat,this\n"))
    assert "No column says whether an answer was right" in words(app)
    assert not app.get("plotly_chart")


def test_graded_scores_have_a_threshold_that_moves_the_result():
    text = "id,strategy,score\n" + "".join(f"q{n},rag,{n % 10 / 10}\nq{n},prompt,0.6\n" for n in range(50))
    app = opened(("scores.csv", text))
    assert "RAG is right 50 points" not in words(app)
    app.slider(key="results-correct-from").set_value(0.7).run()
    app.button(key="results-use").click().run()
    assert dict(scenario(app).success_shares) == {"prompting": 0.0, "rag": 0.3}


@pytest.mark.parametrize("name", ["<img src=x onerror=1>", "![a](http://x.example/a.png)", "**b** $x$ `c`"])
def test_names_from_a_file_are_never_markup(name):
    text = LONG.replace("prompt", json.dumps(name).replace("\\", "").strip('"'))
    app = opened(("re**sults**.csv", text))
    listed = next(
        each.value for each in app.markdown if each.value.startswith("No strategy of the comparison")
    )
    assert f"`{name.replace('`', chr(39))}`" in listed  # a code span: nothing in it is interpreted
    others = [each.value for each in app.markdown if each.value != listed]
    assert not any(name in value for value in others)  # everywhere else each sign is escaped
    spec = app.get("plotly_chart")[0].proto.spec
    assert "<img" not in spec


def test_files_add_up_and_the_same_file_counts_once():
    rows = LONG.splitlines()
    prompting = "\n".join(line for line in rows if ",RAG," not in line)
    rag = "\n".join(line for line in rows if ",prompt," not in line)
    app = opened(("one.csv", prompting), ("two.csv", rag), ("again.csv", rag))
    assert "RAG answers best" in words(app)
    assert "on the 200 samples both answered" in words(app)
    assert "had answered before" not in words(app)


def test_repeated_answers_to_a_sample_are_said_to_count_once():
    again = LONG + "q0,RAG,0,1500,2100\n"
    assert "1 answer to samples a strategy had answered before" in words(opened(("results.csv", again)))


def test_the_template_is_small_enough_to_be_called_anecdotal():
    app = opened(("template.csv", TEMPLATE_CSV))
    assert "2 shared samples: anecdotal" in words(app)


def test_what_is_wrong_with_a_file_is_told_in_the_language_spoken_now():
    app = opened(("results.csv", "id,strategy,correct\na,rag,1\nb,rag,perhaps\nc,prompt,0\n"))
    assert "Line 3: “perhaps” is no verdict" in words(app)
    app.session_state["crossover.language"] = "de"
    app.run()
    assert not app.exception
    assert "Zeile 3:" in words(app) and "is no verdict" not in words(app)
