"""Dirty training rows planted in real ones: counted exactly, priced, and gone from the cleaned file."""

import csv
import io
import json
from dataclasses import replace

import numpy as np
import pytest

from crossover.evidence.cleaned_file import cleaned_file, file_problems
from crossover.evidence.personal_data import count_personal_data
from crossover.evidence.training_cost import Defect, training_waste
from crossover.evidence.training_rows import training_examples
from crossover.prices.types import Source, TuningPrice
from crossover.profile import ProfileSettings, build_profile
from crossover.retrieval.text_matching import normalised
from crossover.samples import SampleSet, Slot, combine, read_upload
from crossover.tokens import training_tokens

PRICE = TuningPrice(
    "host", "model", "sft", 3.0, None, None, 0.0, Source("https://example.org", None), max_example_tokens=60
)


def chats_of(*lines: object) -> SampleSet:
    data = "\n".join(json.dumps(line) for line in lines).encode()
    return combine([read_upload("chats.jsonl", data, slot=Slot.CHATS)])


def chat(*turns: tuple[str, str]) -> dict[str, object]:
    return {"messages": [{"role": role, "content": text} for role, text in turns]}


def waste_of(samples: SampleSet, price: TuningPrice | None = PRICE, epochs: int = 3):
    examples = training_examples(build_profile(samples, ProfileSettings()))
    return examples, training_waste(examples, epochs, price)


@pytest.fixture(scope="module")
def planted(shared) -> tuple[SampleSet, dict[Defect, int]]:
    """Banking questions with 5 % copies, 3 % contradictions and 2 % over-long rows, in a seeded order."""
    path = shared / "data/classification/banking77_train_40_per_class.csv"
    table = read_upload(path.name, path.read_bytes(), slot=Slot.QUESTIONS).qa
    assert table is not None
    rows = {normalised(q): (q, a) for q, a in zip(table.questions, table.answers, strict=True)}
    rows = [row for row in rows.values() if len(row[0]) < 100][:1000]
    random = np.random.default_rng(11)
    copied, contradicted, long = np.split(random.permutation(1000)[:100], [50, 80])
    labels = sorted(set(table.answers))
    dirty = [(f"  {rows[row][0]} !!", rows[row][1]) for row in copied]
    dirty += [(rows[r][0], labels[labels.index(rows[r][1]) - 1]) for r in contradicted]
    dirty += [(f"{rows[row][0]} {'and so on and on ' * 20}{row}", rows[row][1]) for row in long]
    text = io.StringIO()
    csv.writer(text).writerows(
        [("question", "answer"), *rows, *(dirty[place] for place in random.permutation(100))]
    )
    samples = combine([read_upload("planted.csv", text.getvalue().encode(), slot=Slot.QUESTIONS)])
    # nobody knows which of two answers is right: both rows of a contradiction are left out
    return samples, {Defect.DUPLICATE: 50, Defect.CONTRADICTION: 60, Defect.OVER_LONG: 20}


def test_planted_defects_are_counted_exactly(planted):
    samples, expected = planted
    _, waste = waste_of(samples)
    assert {part.defect: len(part.rows) for part in waste.dirty} == expected
    assert len(waste.conflicts) == 30 and waste.n == 1100


def test_dollars_are_billed_tokens_times_epochs_times_price(planted):
    samples, _ = planted
    examples, waste = waste_of(samples)
    long = next(part for part in waste.dirty if part.defect is Defect.OVER_LONG)
    assert long.usd == pytest.approx(
        20 * 60 * 3 * 3.0 / 1e6
    )  # 20 rows cut at 60 tokens, 3 epochs, $3 a million
    billed = training_tokens(examples.tokens, 60, 3).billable
    assert waste.usd_total == pytest.approx(billed * 3.0 / 1e6)
    assert waste.usd == pytest.approx(sum(part.usd for part in waste.dirty))


def test_without_a_price_nothing_is_free(planted):
    _, waste = waste_of(planted[0], None)
    assert waste.usd is None and waste.usd_total is None and all(part.usd is None for part in waste.dirty)
    assert Defect.OVER_LONG not in {part.defect for part in waste.dirty}  # no limit is known either


def test_the_cleaned_file_is_valid_and_clean(planted):
    examples, waste = waste_of(planted[0])
    cleaned = cleaned_file(examples, waste, system="Name the intent.")
    assert cleaned.is_valid and cleaned.examples == 1100 - 130 and len(cleaned.changes) == 130
    again = combine([read_upload("clean.jsonl", cleaned.jsonl.encode(), slot=Slot.CHATS)])
    assert len(again.chats) == cleaned.examples and not waste_of(again)[1].dirty
    assert all([m["role"] for m in c.messages] == ["system", "user", "assistant"] for c in again.chats)


def test_changes_name_the_lines_of_the_upload(planted):
    samples, _ = planted
    examples, waste = waste_of(samples)
    copies = next(part for part in waste.dirty if part.defect is Defect.DUPLICATE)
    by_line = dict(zip(samples.qa.lines, samples.qa.questions, strict=True))
    assert all(by_line[line].endswith(" !!") for line in copies.lines)
    told = {change.line for change in cleaned_file(examples, waste).changes}
    assert {line for part in waste.dirty for line in part.lines} == told


def test_messages_after_the_last_answer_are_cut_and_unusable_rows_left_out():
    good = [chat(("user", f"question {n}"), ("assistant", f"answer {n}")) for n in range(10)]
    trailing = chat(("user", "a?"), ("assistant", "a."), ("user", "thanks"))
    silent = chat(("user", "hello?"))
    examples, waste = waste_of(chats_of(*good, trailing, silent))
    assert [(part.defect, part.rows) for part in waste.dirty] == [(Defect.WRONG_SHAPE, (10, 11))]
    cleaned = cleaned_file(examples, waste)
    assert cleaned.is_valid and cleaned.examples == 11
    assert [change.line for change in cleaned.changes] == [11, 12]
    assert json.loads(cleaned.jsonl.splitlines()[-1])["messages"][-1]["content"] == "a."


def test_the_majority_wins_and_a_tie_is_left_out():
    ask = [chat(("user", "which?"), ("assistant", a)) for a in ("red", "red indeed", "red indeed", "blue")]
    tie = [chat(("user", "what?"), ("assistant", a)) for a in ("yes", "no")]
    _, waste = waste_of(chats_of(*ask, *tie))
    parts = {part.defect: part.rows for part in waste.dirty}
    assert parts == {Defect.DUPLICATE: (2,), Defect.CONTRADICTION: (0, 3, 4, 5)}


def test_an_answer_off_the_common_form_is_named():
    rows = [chat(("user", f"order {n}"), ("assistant", json.dumps({"n": n}))) for n in range(39)]
    _, waste = waste_of(chats_of(*rows, chat(("user", "order x"), ("assistant", "sorry?"))))
    assert [(part.defect, part.rows) for part in waste.dirty] == [(Defect.OFF_FORMAT, (39,))]


def test_tools_stay_on_their_lines_and_odd_line_ends_inside_texts_do_no_harm():
    tool = {"type": "function", "function": {"name": "f", "parameters": {"type": "object", "properties": {}}}}
    rows = [
        {**chat(("user", f"a\u2028b {n}"), ("assistant", "c\u0085d")), "tools": [tool]} for n in range(10)
    ]
    examples, waste = waste_of(chats_of(*rows))
    cleaned = cleaned_file(examples, waste)
    assert cleaned.is_valid and cleaned.jsonl.count("\n") == 10
    assert json.loads(cleaned.jsonl.split("\n")[0])["tools"][0]["function"]["name"] == "f"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "not JSON"),
        ("[]", "no list of messages"),
        ('{"messages": [{"role": "bot", "content": "x"}]}', "no known role"),
        ('{"messages": [{"role": "user", "content": "x"}]}', "last not assistant"),
    ],
)
def test_what_a_job_refuses_is_named(line, fault):
    good = json.dumps(chat(("user", "a"), ("assistant", "b")))
    problems = file_problems("\n".join([*[good] * 10, line]))
    assert len(problems) == 1 and fault in problems[0] and "Line 11" in problems[0]
    assert file_problems(good)[0].startswith("1 example;")


def test_one_of_each_kind_of_personal_data_is_counted_and_no_value_kept(shared):
    path = shared / "data/rag/xquad_en/qa.csv"
    clean = combine([read_upload(path.name, path.read_bytes(), slot=Slot.QUESTIONS)])
    assert count_personal_data(clean).found == ()
    secrets = [
        "mail jo.doe@example.org",
        "call +49 170 1234567",
        "pay DE89 3704 0044 0532 0130 00",
        "card 4111 1111 1111 1111",
        "host 192.168.17.4",
        "key sk-abcdefghijklmnop1234",
    ]
    rows = [("question", "answer"), *zip(clean.qa.questions[:200], clean.qa.answers[:200], strict=True)]
    rows += [(secret, "yes") for secret in secrets]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    found = count_personal_data(
        combine([read_upload("q.csv", text.getvalue().encode(), slot=Slot.QUESTIONS)])
    )
    assert found.by_kind() == dict.fromkeys(
        ("e-mail addresses", "phone numbers", "IBANs", "card numbers", "IP addresses", "keys or passwords"), 1
    )
    assert {place for place, _, _ in found.found} == {"questions"}
    assert "example.org" not in repr(found)


def test_a_call_among_json_answers_is_not_off_their_form():
    rows = [chat(("user", f"order {n}"), ("assistant", json.dumps({"n": n}))) for n in range(39)]
    call = {"id": "1", "type": "function", "function": {"name": "f", "arguments": "{}"}}
    calling = [{"role": "user", "content": "look it up"}, {"role": "assistant", "tool_calls": [call]}]
    assert not waste_of(chats_of(*rows, {"messages": calling}))[1].dirty


@pytest.mark.parametrize("text_only", [True, False])
def test_images_are_a_defect_only_for_a_tuning_of_texts(text_only):
    part = {"type": "image_url", "image_url": {"url": "https://example.org/a.png"}}
    shown = {"messages": [{"role": "user", "content": [part]}, {"role": "assistant", "content": "a cat"}]}
    _, waste = waste_of(chats_of(shown), replace(PRICE, text_only=text_only, max_example_tokens=None))
    assert bool(waste.dirty) is text_only
