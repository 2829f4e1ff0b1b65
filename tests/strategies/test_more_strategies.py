"""The ten strategies beside the four: each plan is the request that would be sent, and says what it lacks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from crossover.assumptions import default_assumptions
from crossover.comparison import profile_settings
from crossover.demo import load_demo
from crossover.figure import Kind
from crossover.profile import ProfileSettings, build_profile
from crossover.retrieval import rerank_units
from crossover.samples import QaTable, SampleSet
from crossover.scenario import Scenario
from crossover.strategies import (
    MORE_STRATEGIES,
    AgentLoop,
    Classifier,
    FineTuning,
    FunctionCalling,
    LongContext,
    Part,
    Prompting,
    Rag,
    RagAsTool,
    RagRerank,
    RetrievedExamples,
    Router,
    SelfHostedLora,
    TunedRag,
    TunedTools,
    chosen_strategies,
)
from crossover.tokens import count_request, message_tokens, model_facts
from crossover.tokens.counter import counter

SCENARIO = Scenario(price_date=date(2026, 11, 22))
COUNT = counter("o200k_base")
MODELS = ["gpt-4o-mini", "gpt-6-luna", "gpt-oss-20b"]


@pytest.fixture(scope="module", params=["en", "de"])
def demo(request):
    return build_profile(load_demo(request.param), ProfileSettings())


@pytest.fixture(scope="module")
def nothing():
    """One question, and neither answer nor document nor tool."""
    qa = QaTable(("Only a question?",), ("",), (2,))
    return build_profile(SampleSet(qa=qa), ProfileSettings())


def tokens_of(plan, part, call=0):
    return sum(tokens for each, tokens in plan.calls[call].parts if each is part)


def counted(strategy, profile, scenario, row):
    """Input tokens of the request shown, as the API would count them."""
    sent = strategy.request(profile, scenario, row)
    tools = {"tools": list(sent.tools)} if sent.tools else {}
    return count_request({"messages": list(sent.messages), **tools}, scenario.model).input_tokens


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    "strategy", [RetrievedExamples(), AgentLoop(), RagAsTool()], ids=lambda each: each.id
)
def test_the_first_prompt_of_a_plan_is_the_request_shown_token_by_token(strategy, model):
    scenario = replace(SCENARIO, model=model)
    profile = build_profile(load_demo("en"), profile_settings(scenario, model_facts(model)))
    plan = strategy.plan(profile, scenario)
    for row in range(0, len(profile), 13):
        assert plan.calls[0].input_tokens[row] == counted(strategy, profile, scenario, row)


def test_long_context_carries_every_document_in_the_part_all_requests_share(demo):
    """All texts, with as much around each as around a passage; the joined text counts about the same."""
    plan = LongContext().plan(demo, SCENARIO)
    whole = sum(COUNT(document.text) + 8 for document in demo.samples.documents)
    assert tokens_of(plan, Part.CONTEXT)[0] == whole
    assert plan.calls[0].shared_prefix_tokens == whole + demo.instruction_tokens + 4
    shown = [
        message_tokens(LongContext().request(demo, SCENARIO, row).messages, COUNT) for row in range(len(demo))
    ]
    assert plan.calls[0].input_tokens == pytest.approx(shown, rel=0.02)


def test_retrieved_examples_differ_from_request_to_request_so_only_the_instructions_are_shared(demo):
    plan = RetrievedExamples().plan(demo, SCENARIO)
    assert plan.calls[0].shared_prefix_tokens == demo.instruction_tokens + 4
    assert len(set(tokens_of(plan, Part.EXAMPLES).tolist())) > 1
    for row in range(len(demo)):
        examples = RetrievedExamples().request(demo, SCENARIO, row).messages[1:-1]
        assert len(examples) == 2 * SCENARIO.few_shot_examples
        assert demo.requests.questions[row] not in [message["content"] for message in examples]


def test_reranking_changes_no_prompt_and_bills_one_unit_up_to_a_hundred_passages(demo):
    plan, rag = RagRerank().plan(demo, SCENARIO), Rag().plan(demo, SCENARIO)
    assert plan.calls[0].input_tokens.tolist() == rag.calls[0].input_tokens.tolist()
    found = min(round(SCENARIO.value("rerank_candidates")), len(demo.knowledge.chunks))
    expected = rerank_units(found, SCENARIO.chunk_tokens, demo.question_tokens)
    assert plan.rerank_units.tolist() == np.asarray(expected, float).tolist()
    few = RagRerank().plan(demo, SCENARIO.with_override("rerank_candidates", 1.0))
    assert (few.rerank_units <= plan.rerank_units).all()


def test_a_search_by_tool_adds_the_echoed_call_and_its_passages_to_the_second_prompt(demo):
    """Prompt 2 = prompt 1 + (asked + 7) + (passages + 4), and it extends the first."""
    plan = RagAsTool().plan(demo, SCENARIO)
    first = plan.calls[0].input_tokens
    second = next(call for call in plan.calls if call.previous_prompt_tokens is not None)
    passages = demo.knowledge.context(SCENARIO.chunks_per_request)
    asked = SCENARIO.value("tool_arguments_tokens")
    assert second.input_tokens == pytest.approx(first + asked + 7 + passages + 4)
    assert second.previous_prompt_tokens == pytest.approx(first)
    share = SCENARIO.value("search_call_share")
    assert second.probability == pytest.approx(share)
    assert plan.embedding_tokens == pytest.approx(share * demo.question_tokens)
    shown = RagAsTool().request(demo, SCENARIO, 0)
    assert [message["role"] for message in shown.follow_ups] == ["assistant", "tool"]


def test_an_agent_loops_as_often_as_its_chance_says_and_answers_every_request_once(demo):
    going_on, most = 0.5, 8
    plan = AgentLoop().plan(demo, SCENARIO)
    answers = sum(call.probability for call in plan.calls if call.output_part is Part.OUTPUT)
    asked = sum(call.probability for call in plan.calls if call.output_part is Part.CALLS)
    assert answers == pytest.approx(1)
    # E[rounds] = c + c^2 + ... + c^8
    assert asked == pytest.approx(sum(going_on**rounds for rounds in range(1, most + 1)))
    named = next(figure for figure in plan.quantities if figure.name == "Requests that hit the limit")
    assert named.value == pytest.approx(going_on**most)


def test_a_tuned_model_with_passages_gets_the_short_prompt_and_the_passages_of_rag(demo):
    plan = TunedRag().plan(demo, SCENARIO)
    residual = np.ceil(demo.instruction_tokens * SCENARIO.value("residual_instructions_share"))
    assert tokens_of(plan, Part.INSTRUCTIONS)[0] == residual + 4
    assert (
        tokens_of(plan, Part.CONTEXT).tolist() == tokens_of(Rag().plan(demo, SCENARIO), Part.CONTEXT).tolist()
    )
    assert plan.tuned
    assert plan.index_tokens == demo.knowledge.index_tokens


def test_training_rows_made_of_questions_carry_the_mean_passages_as_well():
    samples = replace(load_demo("en"), chats=())
    profile = build_profile(samples, ProfileSettings())
    with_passages, alone = (each.plan(profile, SCENARIO).training for each in (TunedRag(), FineTuning()))
    mean = profile.knowledge.context(SCENARIO.chunks_per_request).mean()
    assert with_passages.example_tokens == pytest.approx(alone.example_tokens + mean)


def test_a_tuned_model_with_tools_keeps_the_share_of_the_definitions_it_still_needs(demo):
    half = SCENARIO.with_override("tuned_tools_kept_share", 0.5)
    plan, base = TunedTools().plan(demo, half), FunctionCalling().plan(demo, half)
    assert tokens_of(plan, Part.TOOLS)[0] == pytest.approx(0.5 * tokens_of(base, Part.TOOLS)[0])
    rounds = [(call.output_part, call.probability) for call in base.calls]
    assert [(call.output_part, call.probability) for call in plan.calls] == rounds
    assert plan.tuned


def test_a_lora_sends_what_fine_tuning_sends(demo):
    lora, tuned = SelfHostedLora().plan(demo, SCENARIO), FineTuning().plan(demo, SCENARIO)
    assert lora.strategy == "lora"
    assert lora.expected_input_tokens().tolist() == tuned.expected_input_tokens().tolist()
    assert lora.training.example_tokens.tolist() == tuned.training.example_tokens.tolist()
    assert SelfHostedLora().request(demo, SCENARIO, 0) == FineTuning().request(demo, SCENARIO, 0)


def test_a_classifier_asks_no_model_and_needs_a_closed_set_of_labels():
    labels = QaTable(tuple(f"Case {n}" for n in range(40)), ("return", "delivery") * 20, tuple(range(2, 42)))
    profile = build_profile(SampleSet(qa=labels), ProfileSettings())
    plan = Classifier().plan(profile, SCENARIO)
    assert (plan.calls, plan.missing, plan.quantities[0].value) == ((), (), 2)
    assert Classifier().request(profile, SCENARIO, 3).messages[0]["content"] == "Case 3"


def test_a_router_sends_the_easy_share_the_short_way_and_the_rest_the_long_one(demo):
    plan = Router().plan(demo, SCENARIO)
    easy = SCENARIO.value("router_easy_share")
    short, long = (each.plan(demo, SCENARIO).expected_input_tokens() for each in (Prompting(), Rag()))
    assert plan.expected_input_tokens() == pytest.approx(easy * short + (1 - easy) * long)
    assert [call.way for call in plan.calls] == [0, 1]
    assert plan.embedding_tokens == pytest.approx((1 - easy) * demo.question_tokens)


@pytest.mark.parametrize("strategy", MORE_STRATEGIES, ids=lambda each: each.id)
def test_every_quantity_behind_a_plan_has_a_name_a_unit_and_a_source(strategy, demo):
    plan = strategy.plan(demo, SCENARIO)
    assert plan.strategy == strategy.id
    assert plan.quantities
    for figure in plan.quantities:
        assert figure.name
        assert figure.unit
        for leaf in figure.leaves():
            assert leaf.source
            assert leaf.kind in (Kind.MEASURED, Kind.ASSUMPTION)


@pytest.mark.parametrize("strategy", MORE_STRATEGIES, ids=lambda each: each.id)
def test_every_assumption_a_plan_rests_on_is_among_its_quantities(strategy, demo):
    """Whatever assumption changes the tokens is named, so that flips and draws can move it."""
    named = {leaf.name for figure in strategy.plan(demo, SCENARIO).quantities for leaf in figure.leaves()}

    def weighed(scenario):
        plan = strategy.plan(demo, scenario)
        units = 0.0 if plan.rerank_units is None else plan.rerank_units.sum()
        return (*plan.expected_input_tokens(), *plan.expected_output_tokens(), units)

    today = weighed(SCENARIO)
    for name, each in default_assumptions().items():
        moved = each.low if each.low != SCENARIO.value(name) else each.high
        if moved != SCENARIO.value(name) and weighed(SCENARIO.with_override(name, moved)) != today:
            assert each.label in named


@pytest.mark.parametrize(
    ("strategy", "missing"),
    [
        (RetrievedExamples(), {"examples"}),
        (LongContext(), {"documents"}),
        (RagRerank(), {"documents"}),
        (RagAsTool(), {"documents"}),
        (AgentLoop(), {"tools"}),
        (TunedRag(), {"documents", "training rows"}),
        (TunedTools(), {"tools", "training rows"}),
        (SelfHostedLora(), {"training rows"}),
        (Classifier(), {"labels"}),
        (Router(), {"documents"}),
    ],
    ids=lambda each: getattr(each, "id", None),
)
def test_what_was_not_uploaded_is_named_and_nothing_crashes(strategy, missing, nothing):
    plan = strategy.plan(nothing, SCENARIO)
    assert set(plan.missing) == missing
    assert np.isfinite(plan.expected_input_tokens()).all()
    assert strategy.request(nothing, SCENARIO, 0).messages


def test_they_are_compared_when_switched_on_and_unknown_names_are_left_out():
    scenario = replace(SCENARIO, extra_strategies=("router", "agent", "nobody"))
    assert [each.id for each in chosen_strategies(scenario)][4:] == ["agent", "router"]
    assert len({each.id for each in MORE_STRATEGIES}) == len(MORE_STRATEGIES) == 10
