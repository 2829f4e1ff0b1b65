"""A team's own bills: read in every shape, dated, and set against our estimate."""

from __future__ import annotations

import json
from datetime import date

import pytest

from crossover.figure import Kind
from crossover.tokens import (
    NotUsage,
    compare_bills,
    correction_from_totals,
    count_request,
    count_requests_file,
    is_error,
    read_usage,
    recorded_on,
)

REQUEST = {"model": "gpt-4o", "messages": [{"role": "user", "content": "hello"}]}  # 8 tokens


def answer(**usage):
    return {"model": "gpt-4o-2024-08-06", "usage": usage}


@pytest.mark.parametrize(
    ("text", "model", "tokens"),
    [
        (json.dumps(answer(prompt_tokens=8, completion_tokens=3)), "gpt-4o-2024-08-06", (8, 3, None)),
        (
            json.dumps(
                answer(input_tokens=8, output_tokens=3, input_tokens_details={"cached_tokens": 4})
                | {"id": "resp_1"}
            ),
            "gpt-4o-2024-08-06",
            (8, 3, 4),
        ),
        (
            json.dumps(
                {
                    "model": "claude-sonnet-4-5",
                    "usage": {
                        "input_tokens": 5,
                        "cache_creation_input_tokens": 100,
                        "cache_read_input_tokens": 20,
                        "output_tokens": 7,
                    },
                }
            ),
            "claude-sonnet-4-5",
            (125, 7, 20),  # 5 fresh + 100 written + 20 read
        ),
        (
            json.dumps(
                {
                    "modelVersion": "gemini-2.5-flash",
                    "usageMetadata": {"promptTokenCount": 9, "candidatesTokenCount": 2},
                }
            ),
            "gemini-2.5-flash",
            (9, 2, None),
        ),
        (
            "model,n_requests,n_context_tokens_total,n_generated_tokens_total\ngpt-4o,2,16,6\n",
            "gpt-4o",
            (16, 6, None),
        ),
    ],
)
def test_each_shape_of_bill_is_read(text, model, tokens):
    (bill,) = read_usage(text)
    assert bill.model == model
    assert (bill.input_tokens, bill.output_tokens, bill.cached_tokens) == tokens


def test_the_usage_api_is_read_bucket_by_bucket():
    result = {"model": "gpt-4o", "num_model_requests": 3, "input_tokens": 30, "output_tokens": 9}
    bills = read_usage(json.dumps({"object": "page", "data": [{"results": [result]}, {"results": [result]}]}))
    assert [(bill.requests, bill.input_tokens) for bill in bills] == [(3, 30), (3, 30)]


@pytest.mark.parametrize(
    "text", ["", "hello", "[]", "{}", "a,b\n1,2\n", '{"usage": {}}', '{"usage": {"prompt_tokens": 0}}']
)
def test_what_holds_no_bill_is_refused_with_a_remedy(text):
    with pytest.raises(NotUsage, match="usage export"):
        read_usage(text)


def logged(bill, request=REQUEST):
    return json.dumps({"request": request, "response": answer(prompt_tokens=bill, completion_tokens=1)})


def test_estimate_against_bill_gives_a_measured_correction():
    # five bills of 8 tokens met to the token, five of 12: 100 billed against 80 estimated
    lines = "\n".join([*[logged(8)] * 5, *[logged(12)] * 5, "a broken line"])
    together, text = compare_bills(read_usage(lines), "log.jsonl [0123abcd]")
    assert (together.kind, text.kind, together.bills, together.exact) == ("all", "text", 10, 5)
    assert (together.estimated_tokens, together.billed_tokens) == (80, 100)
    assert together.error_share == pytest.approx(-0.2)
    assert together.mean_error_share == pytest.approx(0.5 * 4 / 12)
    correction = together.correction
    assert (correction.value, correction.kind, correction.n) == (pytest.approx(1.25), Kind.MEASURED, 10)
    assert correction.ci is not None
    assert correction.ci[0] < 1.25 < correction.ci[1]


def test_few_bills_give_no_interval_and_none_give_no_comparison():
    (together, _) = compare_bills(read_usage(logged(8)), "log.jsonl")
    assert together.correction.ci is None
    assert compare_bills(read_usage("model,n_requests,input_tokens\ngpt-4o,2,16\n"), "export.csv") == ()


def test_bills_are_reported_by_what_the_request_carries():
    tool = {"type": "function", "function": {"name": "f"}}
    lines = [logged(8), logged(30, {**REQUEST, "tools": [tool]})]
    kinds = [one.kind for one in compare_bills(read_usage("\n".join(lines)), "log.jsonl")]
    assert kinds == ["all", "text", "tools"]


def test_totals_correct_the_estimate_per_request():
    bills = read_usage("model,n_requests,input_tokens\ngpt-4o,10,900\ngpt-4o,10,1100\n")
    assert correction_from_totals(bills, 80, "export.csv").value == pytest.approx(100 / 80)
    with pytest.raises(ValueError, match="above 0"):
        correction_from_totals(bills, 0, "export.csv")


@pytest.mark.parametrize(
    ("record", "day"),
    [
        ({}, None),
        ({"created": 1_741_800_000}, date(2025, 3, 12)),
        ({"created_at": 1_741_800_000.5}, date(2025, 3, 12)),
        ({"input": [{"id": "fc_67d1743683b4819192c2f0487f38fa280273f8a636c82b58"}]}, date(2025, 3, 12)),
        (
            {"response_output": [{"id": "fc_04907f5d3de791830068fbaa1b310c81958dc9c508e878c632"}]},
            date(2025, 10, 24),
        ),
        ({"input": [{"id": "fc_1"}, {"id": None}], "created": "soon"}, None),
        ({"created": 12}, None),
    ],
)
def test_a_record_says_when_it_was_made(record, day):
    assert recorded_on(record) == day


def test_a_bill_from_the_launch_of_the_responses_api_is_counted_by_the_rules_of_its_day():
    tool = {"type": "function", "name": "f", "strict": True, "parameters": {}}
    request = {"input": "hello", "tools": [tool]}
    then, now = (count_request(request, "gpt-4o", day).input_tokens for day in (date(2025, 3, 27), None))
    assert then - now == 216


def test_the_command_line_answers_every_line_in_order():
    lines = [
        json.dumps(REQUEST),
        "",
        "nonsense",
        "[]",
        '{"model": "gpt-4o"}',
        json.dumps({**REQUEST, "usage": 1}),
    ]
    first, broken, array, empty, last = count_requests_file(lines)
    assert json.loads(first) == json.loads(last)
    assert json.loads(first)["input_tokens"] == 8
    assert set(json.loads(first)) == {"input_tokens", "plus_minus", "basis", "parts"}
    assert [is_error(one) for one in (first, broken, array, empty)] == [False, True, True, True]
    assert "Line 3 is not JSON" in json.loads(broken)["error"]
