"""Gates on the data: enough examples (G1), the window (G2), missing data, label noise (G12)."""

from __future__ import annotations

import re

import pytest
from small_uploads import STRATEGIES, rows, shop

from crossover.gates import Status, gates
from crossover.samples import Chat, SampleSet, Tool

EVERY_STRATEGY = pytest.mark.parametrize("strategy", STRATEGIES)
BARE = SampleSet(qa=rows(["What is this about?"], ["A parcel."]))


@pytest.mark.parametrize(
    ("count", "status"),
    [(9, Status.FAIL), (10, Status.WARN), (49, Status.WARN), (50, Status.PASS), (99, Status.PASS)],
)
def test_examples_fail_below_ten_warn_below_fifty_and_get_a_note_below_a_hundred(gate, count, status):
    found = gate("G1", "tuning", shop(count))
    assert found.status is status
    assert found.figures[0].value == count


def test_a_hundred_examples_are_no_news(gate):
    assert gate("G1", "tuning", shop(100)) is None
    assert gate("G1", "prompting", shop(9)) is None


@EVERY_STRATEGY
def test_nothing_but_one_question_crashes_no_gate(check, strategy):
    for found in gates(check(strategy, BARE)):
        assert found.reason.endswith(".")
        assert found.remedy == "" or found.remedy[-1] in ".!"


@pytest.mark.parametrize(
    ("strategy", "gate_id", "label"),
    [
        ("rag", "G8", "No documents"),
        ("long_context", "G8", "No documents"),
        ("tuned_rag", "G8", "No documents"),
        ("tools", "G9", "No tools"),
        ("agent", "G9", "No tools"),
        ("tuned_tools", "G9", "No tools"),
    ],
)
def test_what_a_strategy_cannot_do_without_fails_it(gate, strategy, gate_id, label):
    found = gate(gate_id, strategy, BARE)
    assert (found.status, found.label) == (Status.FAIL, label)


def test_only_strategies_that_send_the_persons_tools_are_held_to_their_number(gate):
    many = tuple(Tool(f"tool_{number}", "Looks something up.", {}) for number in range(129))
    samples = SampleSet(qa=shop().qa, documents=shop().documents, tools=many)
    assert gate("G9", "tools", samples).status is Status.FAIL
    assert gate("G9", "rag_tool", samples) is None


def test_strategies_that_read_documents_are_not_told_that_they_never_do(gate):
    told = {strategy for strategy in STRATEGIES if gate("documents", strategy) is not None}
    assert told == {"prompting", "retrieved", "tools", "agent", "tuning", "lora", "tuned_tools", "classifier"}


# ---------------------------------------------------------------- G2 the window and what fixes it


def needs(check, strategy, **changes):
    """The longest prompt and answer of a strategy, in tokens."""
    plan = check(strategy, **changes).plan
    return max(float((call.input_tokens + call.output_tokens).max()) for call in plan.calls)


@pytest.mark.parametrize(
    ("strategy", "field", "words"),
    [
        ("rag", "chunks_per_request", r"Send (\d+) instead of 5 chunks"),
        ("rag_tool", "chunks_per_request", r"Send (\d+) instead of 5 chunks"),
        ("prompting", "few_shot_examples", r"Send (\d+) instead of 8 examples"),
        ("retrieved", "few_shot_examples", r"Send (\d+) instead of 8 examples"),
    ],
)
def test_the_smallest_change_named_fits_and_one_step_less_does_not(check, gate, strategy, field, words):
    """The window is set between the prompt of today and that without what can be left out."""
    today = {"chunks_per_request": 5, "few_shot_examples": 8, "chunk_tokens": 400}
    less = {**today, field: today[field] // 2}
    window = int((needs(check, strategy, **today) + needs(check, strategy, **less)) / 2)
    found = gate("G2", strategy, None, {"window": window}, **today)
    assert found.status is Status.FAIL
    best = int(re.search(words, found.remedy).group(1))
    assert needs(check, strategy, **{**today, field: best}) <= window
    assert needs(check, strategy, **{**today, field: best + 1}) > window


def test_a_prompt_that_just_fits_passes(check, gate):
    exact = int(needs(check, "prompting"))
    assert gate("G2", "prompting", None, {"window": exact}) is None
    assert gate("G2", "prompting", None, {"window": exact - 1}).status is Status.FAIL
    assert gate("G2", "prompting", None, {"window": None}) is None


def test_long_documents_in_the_prompt_are_sent_to_a_search(check, gate):
    window = int(needs(check, "long_context")) - 100
    found = gate("G2", "long_context", None, {"window": window})
    room = int(re.search(r"at most ([\d,]+) tokens of documents", found.remedy).group(1).replace(",", ""))
    context = float(check("long_context").plan.calls[0].parts[1][1][0])
    assert context - 101 <= room <= context - 100
    assert "search" in found.remedy


def test_earlier_turns_are_what_a_long_conversation_has_to_drop(gate):
    """Twenty long turns before each question; instructions and question alone fit easily."""
    turns = tuple(
        {"role": role, "content": "word " * 200} for _ in range(10) for role in ("user", "assistant")
    )
    chat = Chat((*turns, {"role": "user", "content": "So?"}, {"role": "assistant", "content": "Yes."}), 1)
    found = gate("G2", "prompting", SampleSet(chats=(chat,)), {"window": 2_000}, few_shot_examples=0)
    assert "tokens of earlier turns" in found.remedy


def test_a_question_that_is_too_long_by_itself_asks_for_a_larger_window(gate):
    samples = SampleSet(qa=rows(["word " * 3_000], ["Yes."]))
    found = gate("G2", "prompting", samples, {"window": 2_000})
    assert found.remedy.startswith(
        "Shorten the instructions or these rows, or choose a model with a window of at least 3,"
    )


def test_the_classifier_has_no_window(gate):
    assert gate("G2", "classifier", None, {"window": 1}) is None


# ---------------------------------------------------------------- G12 label noise

LABELS = rows(
    ["Where is it?"] * 10 + [f"Case {i}" for i in range(10)], ["late"] * 6 + ["lost"] * 4 + ["late"] * 10
)
TEXTS = rows(
    ["Where is it?"] * 2 + [f"Case {i}" for i in range(18)],
    [f"Sentence number {i} of a long answer that nobody else gave." for i in range(20)],
)


def test_labels_that_contradict_each_other_below_the_target_fail_what_learns_from_them(gate):
    """Four of twenty rows lose against the majority of their question: at most 16 / 20 = 80 %."""
    for strategy in ("tuning", "lora", "classifier"):
        found = gate("G12", strategy, SampleSet(qa=LABELS), target_success_share=0.81)
        assert (found.status, found.figures[0].value) == (Status.FAIL, pytest.approx(0.8))
        assert "80 %" in found.reason
        assert "one label" in found.remedy
        assert gate("G12", strategy, SampleSet(qa=LABELS), target_success_share=0.8) is None
    assert gate("G12", "prompting", SampleSet(qa=LABELS), target_success_share=0.81) is None
    assert gate("G12", "tuning", SampleSet(qa=LABELS)) is None


def test_free_text_may_say_the_same_in_other_words_and_only_warns(gate):
    """One of twenty rows differs from the other answer to its question: 95 % at most."""
    found = gate("G12", "tuning", SampleSet(qa=TEXTS), target_success_share=0.96)
    assert (found.status, found.figures[0].value) == (Status.WARN, pytest.approx(0.95))


def test_a_tool_whose_schema_is_none_cannot_be_sent(gate):
    sound, broken = Tool("a", "", {}), Tool("secret", "", {"required": "day"}, schema_fault="$.required")
    upload = SampleSet(qa=shop().qa, documents=shop().documents, tools=(sound, broken))
    found = gate("G9", "tools", upload)
    assert (found.status, found.label) == (Status.FAIL, "Invalid tool schema")
    assert found.reason == "1 tool definition (number 2) is no valid JSON Schema."
    assert "secret" not in found.reason + found.remedy
    assert gate("G9", "rag_tool", upload) is None
    many = SampleSet(qa=shop().qa, documents=shop().documents, tools=(broken,) * 7)
    assert "7 tool definitions (numbers 1, 2, 3, 4, 5 …)" in gate("G9", "tools", many).reason
