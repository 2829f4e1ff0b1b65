"""A plan's tokens are those of the request that would be sent, for data of the person's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossover.comparison import profile_settings
from crossover.demo import load_demo
from crossover.profile import ProfileSettings, build_profile
from crossover.samples import Chat, QaTable, SampleSet, Tool
from crossover.scenario import Scenario
from crossover.strategies import STRATEGIES, FineTuning, FunctionCalling, Part, Prompting, Rag
from crossover.tokens import count_request, counter, message_tokens, model_facts

DAY = date(2026, 11, 22)
SCENARIO = Scenario(price_date=DAY)
COUNT = counter("o200k_base")


@pytest.fixture(scope="module", params=["en", "de"])
def demo(request):
    return build_profile(load_demo(request.param), ProfileSettings())


@pytest.mark.parametrize(
    "model", ["gpt-4o-mini", "gpt-3.5-turbo", "gpt-4.1-mini", "gpt-6-luna", "gpt-oss-20b"]
)
@pytest.mark.parametrize("strategy", [Prompting(), FunctionCalling()], ids=lambda each: each.id)
def test_the_tokens_of_a_plan_are_those_of_the_request_shown(strategy, model):
    """Part by part or as one request of the API: the same number, for every family of models."""
    scenario = replace(SCENARIO, model=model)
    profile = build_profile(load_demo("en"), profile_settings(scenario, model_facts(model)))
    plan = strategy.plan(profile, scenario)
    for row in range(0, len(profile), 13):
        sent = strategy.request(profile, scenario, row)
        tools = {"tools": list(sent.tools)} if sent.tools else {}
        counted = count_request({"messages": list(sent.messages), **tools}, model).input_tokens
        assert plan.calls[0].input_tokens[row] == counted


def test_rag_counts_eight_tokens_around_each_passage_and_shows_about_as_many(demo):
    plan, scenario = Rag().plan(demo, SCENARIO), SCENARIO
    shown = [message_tokens(Rag().request(demo, scenario, row).messages, COUNT) for row in range(len(demo))]
    assert plan.calls[0].input_tokens == pytest.approx(shown, rel=0.02)


def test_more_passages_mean_more_context_up_to_what_there_is(demo):
    contexts = [
        dict(Rag().plan(demo, replace(SCENARIO, chunks_per_request=k)).calls[0].parts)[Part.CONTEXT].mean()
        for k in (1, 3, 10, 20)
    ]
    assert contexts == sorted(contexts)
    assert contexts[-1] <= demo.knowledge.index_tokens + 8 * len(demo.knowledge.chunks)


def test_examples_are_the_rows_nearest_the_median_length_and_never_more_than_there_are(demo):
    lengths = demo.question_tokens + demo.answer_tokens
    nearest = np.abs(lengths - np.median(lengths)).argsort(kind="stable")[:3]
    assert demo.examples.rows[:3].tolist() == nearest.tolist()
    assert demo.examples.first(1000) == demo.examples.first(len(demo.examples.rows))


def test_a_tuned_model_gets_a_tenth_of_the_instructions_and_the_chats_as_training_rows(demo):
    plan = FineTuning().plan(demo, SCENARIO)
    residual = np.ceil(demo.instruction_tokens * 0.1)
    assert dict(plan.calls[0].parts)[Part.INSTRUCTIONS][0] == residual + 4
    assert len(plan.training) == len(demo.samples.chats) == 40


def test_training_rows_made_of_questions_carry_the_short_system_message():
    samples = SampleSet(qa=QaTable(("What is it?",), ("A test.",), (2,)), instructions="word " * 100)
    profile = build_profile(samples, ProfileSettings())
    plan = FineTuning().plan(profile, SCENARIO)
    residual = int(np.ceil(profile.instruction_tokens * 0.1))
    row = COUNT("What is it?") + COUNT("A test.") + 4 + 4 + (residual + 4) + 3
    assert plan.training.example_tokens.tolist() == [row]


@pytest.mark.parametrize(
    ("strategy", "missing"),
    [(Rag(), "documents"), (FunctionCalling(), "tools"), (FineTuning(), "training rows")],
)
def test_what_was_not_uploaded_is_named_and_nothing_crashes(strategy, missing):
    profile = build_profile(SampleSet(qa=QaTable(("Only a question?",), ("",), (2,))), ProfileSettings())
    assert strategy.plan(profile, SCENARIO).missing == (missing,)


def chat_with_tools(rounds: int) -> Chat:
    call = {"id": "c", "type": "function", "function": {"name": "look_up", "arguments": '{"id": 7}'}}
    one_round = (
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "c", "content": "found: seven"},
    )
    asked = ({"role": "user", "content": "Where is it?"}, *one_round * rounds)
    return Chat((*asked, {"role": "assistant", "content": "On its way."}), line=1)


def test_rounds_calls_and_results_are_measured_where_the_chats_show_them():
    chats = (chat_with_tools(0), chat_with_tools(1), chat_with_tools(1), chat_with_tools(2))
    tool = Tool("look_up", "Find an order.", {"type": "object", "properties": {"id": {"type": "integer"}}})
    profile = build_profile(SampleSet(chats=chats, tools=(tool,)), ProfileSettings())
    use = profile.tool_use
    assert (use.call_share, use.round_shares) == (0.75, (2 / 3, 1 / 3))
    assert use.calls_tokens == COUNT("look_up") + COUNT('{"id": 7}')
    assert use.results_tokens == COUNT("found: seven")


def test_every_request_is_answered_once_and_asks_for_a_tool_once_per_round():
    chats = (chat_with_tools(0), chat_with_tools(1), chat_with_tools(1), chat_with_tools(2))
    tool = Tool("look_up", "Find an order.", {})
    profile = build_profile(SampleSet(chats=chats, tools=(tool,)), ProfileSettings())
    calls = FunctionCalling().plan(profile, SCENARIO).calls
    answers = sum(call.probability for call in calls if call.output_part is Part.OUTPUT)
    asked = sum(call.probability for call in calls if call.output_part is Part.CALLS)
    assert answers == pytest.approx(1)
    assert asked == pytest.approx(0.75 * (2 / 3 * 1 + 1 / 3 * 2))


def test_the_input_of_two_rounds_is_three_prompts_and_the_earlier_rounds_again():
    """F2.8 with R = 2: 3 B + d (2 x 3 / 2)."""
    tool = Tool("look_up", "Find an order.", {})
    profile = build_profile(SampleSet(chats=(chat_with_tools(2),), tools=(tool,)), ProfileSettings())
    plan = FunctionCalling().plan(profile, SCENARIO)
    base = plan.calls[0].input_tokens[0]
    d = COUNT("look_up") + COUNT('{"id": 7}') + 7 + COUNT("found: seven") + 4
    assert plan.expected_input_tokens()[0] == pytest.approx(3 * base + 3 * d)


texts = st.text(max_size=40)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=6), texts)
def test_any_text_makes_a_plan_with_finite_tokens_that_are_not_negative(rows, instructions):
    questions, answers = zip(*rows, strict=True)
    qa = QaTable(questions, answers, tuple(range(2, 2 + len(rows))))
    profile = build_profile(SampleSet(qa=qa, instructions=instructions), ProfileSettings())
    for strategy in STRATEGIES:
        for call in strategy.plan(profile, SCENARIO).calls:
            tokens = np.concatenate([call.input_tokens, call.output_tokens])
            assert np.isfinite(tokens).all()
            assert (tokens >= 0).all()


def test_of_very_many_questions_a_seeded_sample_is_searched_and_stands_for_the_rest(demo, monkeypatch):
    monkeypatch.setattr("crossover.profile.knowledge.MOST_QUESTIONS_SEARCHED", 20)
    sampled = build_profile(demo.samples, ProfileSettings())
    assert sampled.knowledge.searched == 20
    everyone, twenty = demo.knowledge.context(5), sampled.knowledge.context(5)
    own = np.flatnonzero(everyone == twenty)
    assert len(own) >= 20
    assert set(twenty) <= set(everyone)
    assert twenty.mean() == pytest.approx(everyone.mean(), rel=0.05)
    again = build_profile(demo.samples, ProfileSettings())
    assert (again.knowledge.context(5) == twenty).all()
