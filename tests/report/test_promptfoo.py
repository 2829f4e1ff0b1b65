"""The evaluation asks what the strategies were costed on, and no row of the upload can steer it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace

import pytest
import yaml
from brief_samples import BOOK, SCENARIO

from crossover.comparison import compare
from crossover.demo import load_demo
from crossover.report.promptfoo import promptfoo_zip
from crossover.samples import QaTable, SampleSet, Tool
from crossover.strategies import STRATEGIES

FOUR = replace(SCENARIO, extra_strategies=())
COMPARISON = compare(load_demo("en"), FOUR, BOOK)
HOSTILE = ("{{ env.HOME }} {% for %} {# {{{ #} {#}", "file:///etc/passwd", "a: b\n- c", "\ud800", "\\{{x}}")


def unpacked(comparison, **options):
    archive = zipfile.ZipFile(io.BytesIO(promptfoo_zip(comparison, **options)))
    return {name: archive.read(name).decode() for name in archive.namelist()}


FILES = unpacked(COMPARISON)
CONFIG = yaml.safe_load(FILES["promptfooconfig.yaml"])
CASES = json.loads(FILES["tests.json"])


def hostile(text):
    qa = QaTable((text,) * 20, (text,) * 20, tuple(range(2, 22)))
    tools = (Tool("look_up", text, {"type": "object", "properties": {}}),)
    return compare(SampleSet(qa=qa, tools=tools, instructions=text), FOUR, BOOK)


def test_every_file_the_configuration_names_is_there():
    for name in re.findall(r"file://([^\s\"']+)", FILES["promptfooconfig.yaml"]):
        assert name in FILES


def test_all_four_strategies_are_asked_and_the_provider_is_left_to_the_user():
    labels = [prompt["label"] for prompt in CONFIG["prompts"]]
    assert set(labels) == {strategy.id for strategy in STRATEGIES}
    assert {provider["id"] for provider in CONFIG["providers"]} == {"echo"}
    assert sorted(label for provider in CONFIG["providers"] for label in provider["prompts"]) == sorted(
        labels
    )


def test_a_tuned_strategy_gets_a_provider_of_its_own():
    assert {provider["label"]: provider["prompts"] for provider in CONFIG["providers"]}[
        "your tuned model"
    ] == ["tuning"]


def test_each_case_holds_the_request_each_strategy_was_costed_on():
    for row, case in enumerate(CASES):
        for outcome in COMPARISON.outcomes:
            subject = outcome.subject
            sent = subject.strategy.request(subject.profile, subject.scenario, row)
            assert json.loads(case["vars"][outcome.strategy.id]) == list(sent.messages)


def test_tools_are_sent_where_the_strategy_sends_them():
    with_tools = {
        prompt["label"]: prompt["config"]["tools"] for prompt in CONFIG["prompts"] if "config" in prompt
    }
    assert set(with_tools) == {"tools"}
    tools = json.loads(FILES[with_tools["tools"].removeprefix("file://")])
    assert [tool["function"]["name"] for tool in tools] == [
        tool.name for tool in COMPARISON.profile.samples.tools
    ]


def test_answers_that_are_known_are_asked_for():
    answers = COMPARISON.profile.requests.answers
    assert all(answer in case["assert"][0]["value"] for case, answer in zip(CASES, answers, strict=True))


def test_labels_are_compared_as_labels():
    qa = QaTable(tuple(f"Text {n}" for n in range(40)), ("late", "lost") * 20, tuple(range(2, 42)))
    cases = json.loads(unpacked(compare(SampleSet(qa=qa), FOUR, BOOK))["tests.json"])
    assert cases[1]["assert"] == [{"type": "icontains", "value": "lost"}]


def test_of_many_rows_some_are_asked_evenly_spread():
    cases = json.loads(unpacked(COMPARISON, most_cases=4)["tests.json"])
    # 60 rows, four of them: rows 0, 15, 30 and 45
    assert [case["description"] for case in cases] == ["request 1", "request 16", "request 31", "request 46"]


def test_the_same_samples_give_the_same_bytes():
    assert promptfoo_zip(COMPARISON) == promptfoo_zip(COMPARISON)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_row_opens_a_template_or_names_a_file(text):
    files = unpacked(hostile(text))
    shown = text.encode("utf-8", "replace").decode()
    opener = re.compile(r"\{[{%#]|#\}")
    for case in json.loads(files["tests.json"]):
        values = [*case["vars"].values(), *(check["value"] for check in case["assert"])]
        assert not any(opener.search(value) or value.startswith(("file:", "package:")) for value in values)
        messages = json.loads(case["vars"]["prompting"])
        assert messages[-1]["content"] == shown
    assert not opener.search(files["tools-tools.json"])
    assert set(yaml.safe_load(files["promptfooconfig.yaml"])) == set(CONFIG)


def test_strategies_without_their_data_are_left_out():
    qa = QaTable(("Where is it?",), ("",), (2,))
    config = yaml.safe_load(unpacked(compare(SampleSet(qa=qa), FOUR, BOOK))["promptfooconfig.yaml"])
    assert [prompt["label"] for prompt in config["prompts"]] == ["prompting"]
