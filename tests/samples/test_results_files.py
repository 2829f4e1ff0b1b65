"""Files that evaluations write are read whole, bad lines are named, and nothing in them raises."""

import io
import json
import random
import struct
import zlib

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from crossover.samples import Limits
from crossover.samples.results import LEFT_OUT, combine_results, read_results
from crossover.samples.results_names import STRATEGY_IDS, likely_strategy
from crossover.samples.results_template import TEMPLATE_CSV, WIDE_TEMPLATE_CSV
from crossover.strategies import ALL_STRATEGIES

LONG = (
    "sample_id,strategy,correct,latency_seconds,input_tokens,output_tokens,cost_usd\n"
    "q1,prompt,1,1.5,800,40,0.0004\nq1,RAG,true,2.5,2100,44,0.0011\n"
    "q2,prompt,no,1.25,810,39,0.0004\nq2,RAG,correct,2.0,2090,41,0.0011\n"
)


def read(text: str, name: str = "results.csv"):
    return read_results(name, text.encode())


def kinds(reading) -> set[str]:
    return {problem.kind for problem in reading.problems}


def test_a_long_table_gives_every_answer_with_its_numbers():
    found = read(LONG)
    assert not found.problems
    assert [(row.strategy, row.sample, row.score) for row in found.rows] == [
        ("prompt", "q1", 1),
        ("RAG", "q1", 1),
        ("prompt", "q2", 0),
        ("RAG", "q2", 1),
    ]
    first = found.rows[0]
    assert (first.latency_seconds, first.input_tokens, first.output_tokens) == (1.5, 800, 40)
    assert first.cost_usd == 0.0004
    assert [row.line for row in found.rows] == [2, 3, 4, 5]


@pytest.mark.parametrize("separator", ["\t", ";", "|"])
def test_other_delimiters_read_the_same(separator):
    assert read(LONG.replace(",", separator), "results.tsv").rows == read(LONG).rows


def test_a_workbook_reads_like_its_csv():
    book = Workbook()
    for line in LONG.splitlines():
        book.active.append(line.split(","))
    packed = io.BytesIO()
    book.save(packed)
    assert read_results("results.xlsx", packed.getvalue()).rows == read(LONG).rows


def test_json_lines_and_json_read_like_the_csv():
    header, *lines = (line.split(",") for line in LONG.splitlines())
    records = [dict(zip(header, line, strict=True)) for line in lines]
    as_lines = read("\n".join(map(json.dumps, records)), "results.jsonl")
    as_array = read(json.dumps({"results": records}), "results.json")
    wanted = [(row.strategy, row.sample, row.score, row.latency_seconds) for row in read(LONG).rows]
    for found in (as_lines, as_array):
        assert [(r.strategy, r.sample, r.score, r.latency_seconds) for r in found.rows] == wanted


def test_a_wide_table_has_one_column_per_strategy_with_its_latency_and_cost():
    found = read(
        "id;question;expected;Prompting;RAG;rag latency ms;RAG cost usd\n"
        "a;Is it open?;yes;1;0;1500;0.002\nb;Is it shut?;no;;1;900;0.001\n"
    )
    assert [(r.strategy, r.sample, r.score, r.latency_seconds, r.cost_usd) for r in found.rows] == [
        ("Prompting", "a", 1, None, None),
        ("RAG", "a", 0, 1.5, 0.002),
        ("RAG", "b", 1, 0.9, 0.001),  # prompting was not tried on b: its cell is empty
    ]


def test_both_templates_read_without_a_remark():
    assert len(read(TEMPLATE_CSV).rows) == 4
    assert len(read(WIDE_TEMPLATE_CSV).rows) == 9
    assert not read(TEMPLATE_CSV).problems
    assert not read(WIDE_TEMPLATE_CSV).problems


def test_a_score_is_judged_by_the_threshold_on_its_line():
    found = read("id,strategy,score,threshold\na,rag,0.7,0.8\nb,rag,0.8,0.8\nc,rag,0.7,\nd,rag,85%,\n")
    assert [row.score for row in found.rows] == [0, 1, 0.7, 0.85]


def test_bad_lines_are_named_with_what_to_do_and_the_good_ones_kept():
    found = read("id,strategy,correct,cost_usd\na,rag,1,$3\nb,rag,maybe,1\nc,rag,,1\nd,rag,85,1\ne,rag,0,1\n")
    assert [(row.sample, row.cost_usd) for row in found.rows] == [("a", None), ("e", 1)]
    listed = {(problem.kind, problem.line) for problem in found.problems}
    assert listed == {("bad_number", 2), ("bad_outcome", 3), ("no_outcome", 4), ("bad_outcome", 5)}
    assert all(problem.remedy for problem in found.problems)


def test_a_file_with_too_many_bad_lines_is_refused_and_they_are_listed():
    text = "id,strategy,correct\n" + "".join(f"q{n},rag,{'?' if n % 10 == 0 else 1}\n" for n in range(100))
    found = read(text)
    assert found.refused
    assert sum(problem.kind == "bad_outcome" for problem in found.problems) == 10


def test_latency_without_a_unit_is_guessed_and_the_guess_is_told():
    as_ms = read("id,strategy,correct,latency\na,rag,1,850\nb,rag,1,1200\n")
    as_seconds = read("id,strategy,correct,latency\na,rag,1,0.85\nb,rag,1,1.2\n")
    assert [row.latency_seconds for row in as_ms.rows] == [0.85, 1.2]
    assert [row.latency_seconds for row in as_seconds.rows] == [0.85, 1.2]
    assert kinds(as_ms) == kinds(as_seconds) == {"latency_unit"}


def test_costs_in_another_currency_are_left_out_and_named():
    found = read("id,strategy,correct,cost_eur\na,rag,1,0.5\n")
    assert found.rows[0].cost_usd is None
    assert "foreign_money" in kinds(found)


def test_a_title_above_the_column_names_is_passed_over():
    found = read("Evaluation of May,,\nsample_id,strategy,correct\nq1,rag,1\nq2,rag,0\n")
    assert [row.score for row in found.rows] == [1, 0]


def promptfoo(cases) -> dict:
    results = [
        {
            "success": success,
            "score": 1 if success else 0.25,
            "latencyMs": 800 + 10 * test,
            "cost": 0.0005,
            "testIdx": test,
            "promptIdx": place,
            "provider": {"id": provider, "label": ""},
            "prompt": {"raw": "Answer: {{question}}", "label": label},
            "vars": {"question": f"Question {test}?"},
            "response": {"output": "text", "cached": cached, "tokenUsage": {"prompt": 300, "completion": 20}},
            "gradingResult": {"pass": success, "score": 1 if success else 0.25, "reason": "checked"},
        }
        for test, place, label, provider, success, cached in cases
    ]
    stats = {"successes": sum(r["success"] for r in results), "failures": 0}
    return {"evalId": "eval-x", "results": {"version": 3, "results": results, "stats": stats}, "config": {}}


def test_a_promptfoo_export_gives_each_test_by_prompt():
    model = "openai:gpt-4o-mini"
    cases = [(0, 0, "plain prompt", model, True, False), (0, 1, "RAG k=5", model, False, False)]
    cases += [(1, 0, "plain prompt", model, True, True), (1, 1, "RAG k=5", model, True, False)]
    found = read(json.dumps(promptfoo(cases)), "out.json")
    assert found.layout == "promptfoo results"
    first, second, cached, _ = found.rows
    assert (first.strategy, first.sample, first.score) == ("plain prompt", "0", 1)
    assert (first.latency_seconds, first.input_tokens, first.cost_usd) == (0.8, 300, 0.0005)
    assert second.score == 0  # promptfoo's own verdict, not its score
    assert (cached.latency_seconds, cached.cost_usd) == (None, None)  # an answer from its cache took no time
    assert combine_results([found]).strategies == ("prompting", "rag")


def test_promptfoo_results_by_line_and_by_provider_are_named_for_what_differs():
    cases = [(0, 0, "same", "openai:gpt-4o", True, False), (0, 1, "same", "file://rag.py", False, False)]
    results = promptfoo(cases)["results"]["results"]
    found = read("\n".join(map(json.dumps, results)), "out.jsonl")
    assert [row.strategy for row in found.rows] == ["openai:gpt-4o", "file://rag.py"]
    both = [*cases, (0, 2, "other", "openai:gpt-4o", True, False)]
    older = {"results": promptfoo(both)["results"]["results"]}
    assert read(json.dumps(older), "old.json").rows[2].strategy == "other · openai:gpt-4o"


def test_a_promptfoo_table_has_its_verdict_before_the_answer():
    found = read('question,"[openai:gpt-4o] Prompt","[openai:gpt-4o] RAG"\nOpen?,[PASS] yes,[FAIL] (no)\n')
    assert [row.score for row in found.rows] == [1, 0]


def inspect_log(**about) -> dict:
    samples = [
        {"id": "a", "epoch": 1, "scores": {"match": {"value": "C"}}, "total_time": 2.5},
        {"id": "a", "epoch": 2, "scores": {"match": {"value": "I"}}, "working_time": 1.5, "total_time": 9},
        {"id": 7, "epoch": 1, "scores": {"list": {"value": [1, 2]}, "model_graded": {"value": "P"}}},
        {"id": 8, "epoch": 1, "scores": {}, "error": {"message": "timeout"}},
    ]
    usage = {"input_tokens": 90, "input_tokens_cache_read": 10, "output_tokens": 12, "total_tokens": 112}
    samples[0]["model_usage"] = {"openai/gpt-4o": usage, "openai/gpt-4o-mini": {"input_tokens": 5}}
    header = {"task": "support", "model": "openai/gpt-4o", **about}
    return {"version": 2, "status": "success", "eval": header, "plan": {}, "samples": samples}


def test_an_inspect_log_gives_samples_epochs_and_tokens():
    found = read(json.dumps(inspect_log(task_args={"strategy": "fine-tuned"})), "log.json")
    assert found.layout == "an Inspect log"
    assert [(row.sample, row.score) for row in found.rows] == [("a", 1), ("a", 0), ("7", 0.5)]
    assert [problem.kind for problem in found.problems] == ["broke_off"]
    assert "“8” ended in an error" in found.problems[0].what
    assert [row.latency_seconds for row in found.rows[:2]] == [2.5, 1.5]
    assert (found.rows[0].input_tokens, found.rows[0].output_tokens) == (105, 12)  # 90 + 10 cached + 5
    assert combine_results([found]).strategies == ("tuning",)
    assert read(json.dumps(inspect_log()), "x.json").rows[0].strategy == "support · openai/gpt-4o"
    assert read(json.dumps(inspect_log()), "with_rag.json").rows[0].strategy == "with_rag"


def zipped(parts: dict[str, object], method: int) -> bytes:
    """A zip as Inspect packs its logs: by Zstandard, which zipfile writes from Python 3.14 on, or stored."""
    body, directory = b"", b""
    for name, value in parts.items():
        plain = json.dumps(value).encode()
        packed = zstandard.ZstdCompressor().compress(plain) if method == 93 else plain
        sizes = struct.pack("<IIIHH", zlib.crc32(plain), len(packed), len(plain), len(name), 0)
        head = struct.pack("<HHHHH", 20, 0, method, 0, 0x21) + sizes
        at = len(body)
        body += b"PK\x03\x04" + head + name.encode() + packed
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, at)
        directory += name.encode()
    counts = struct.pack("<HHHHIIH", 0, 0, len(parts), len(parts), len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + counts


@pytest.mark.parametrize("method", [0, 93])
def test_a_packed_inspect_log_says_what_the_unpacked_one_says(method):
    log = inspect_log(task_args={"strategy": "fine-tuned"})
    samples = log.pop("samples")
    packed = zipped({"header.json": log, "summaries.json": samples, "samples/a_epoch_1.json": {}}, method)
    plain = read(json.dumps(log | {"samples": samples}), "run.json")
    found = read_results("run.eval", packed)
    assert (found.rows, found.layout) == (plain.rows, plain.layout)
    assert len(found.rows) == 3


def test_a_packed_log_of_a_run_that_did_not_end_gives_what_it_had_written():
    log = inspect_log(task="rag")
    first, second = log["samples"][:1], log["samples"][1:3]
    parts = {f"_journal/summaries/{n}.json": samples for n, samples in ((10, second), (9, first))}
    found = read_results("run.eval", zipped({"_journal/start.json": {"eval": log["eval"]}, **parts}, 93))
    assert [(row.sample, row.score, row.strategy) for row in found.rows] == [
        ("a", 1, "rag"),
        ("a", 0, "rag"),
        ("7", 0.5, "rag"),
    ]


@pytest.mark.parametrize("cut", [10, 60, 200])
def test_a_damaged_packed_log_is_refused_and_says_how_to_save_it_as_json(cut):
    whole = zipped({"header.json": inspect_log(), "summaries.json": inspect_log()["samples"]}, 93)
    for data in (b"PK\x03\x04 rest", whole[:-cut], whole[:70] + bytes(cut) + whole[70 + cut :]):
        found = read_results("run.eval", data)
        assert found.refused
        assert "json" in found.problems[0].remedy


def test_a_run_that_broke_off_is_no_wrong_answer():
    cases = [(test, 0, "rag", "m", test > 0, False) for test in range(3)]
    export = promptfoo(cases)
    export["results"]["results"][0]["failureReason"] = 2
    found = read(json.dumps(export), "out.json")
    assert [(row.sample, row.score) for row in found.rows] == [("1", 1), ("2", 1)]
    assert [problem.kind for problem in found.problems] == ["broke_off"]
    table = "id,[m] rag\nr1,[ERROR] (0.00)\nr2,[PASS] (1.00)\n"
    assert [row.sample for row in read(table, "out.csv").rows] == ["r2"]


def evals_log() -> str:
    events = [{"spec": {"completion_fns": ["retrieval/rag-v2"], "eval_name": "faq.dev.v0", "run_id": "R1"}}]
    for place, correct in enumerate((True, False, True)):
        usage = {"prompt_tokens": 50, "completion_tokens": 5, "total_tokens": 55}
        base = {"run_id": "R1", "sample_id": f"faq.dev.{place}", "created_at": "2024-07-23 10:00:00+00:00"}
        events.append({**base, "type": "sampling", "data": {"sampled": ["x"], "usage": usage}})
        events.append({**base, "type": "match", "data": {"correct": correct, "expected": "x"}})
    return "\n".join(map(json.dumps, [*events, {"final_report": {"accuracy": 2 / 3}}]))


def test_an_openai_evals_log_gives_the_verdict_of_each_sample():
    found = read(evals_log(), "run.jsonl")
    assert found.layout == "an OpenAI evals log"
    assert [(row.sample, row.score, row.input_tokens) for row in found.rows] == [
        ("faq.dev.0", 1, 50),
        ("faq.dev.1", 0, 50),
        ("faq.dev.2", 1, 50),
    ]
    assert combine_results([found]).strategies == ("rag",)


@pytest.mark.parametrize(
    ("name", "strategy"),
    [
        ("Prompt engineering", "prompting"),
        ("few-shot prompt v3", "prompting"),
        ("RAG (k=5)", "rag"),
        ("retrieval-augmented generation", "rag"),
        ("function calling", "tools"),
        ("toolUse", "tools"),
        ("fine-tuned gpt-4o-mini", "tuning"),
        ("FineTuned", "tuning"),
        ("tuned + RAG", "tuned_rag"),
        ("RAG with reranker", "rag_rerank"),
        ("agentic RAG", "rag_tool"),
        ("LoRA", "lora"),
        ("long context", "long_context"),
        ("gpt-4o", None),
        ("variant B", None),
    ],
)
def test_usual_names_mean_a_strategy_and_others_mean_none(name, strategy):
    assert likely_strategy(name) == strategy


def test_every_strategy_is_known_by_its_id_and_its_label():
    assert set(STRATEGY_IDS) == {strategy.id for strategy in ALL_STRATEGIES}
    assert all(likely_strategy(strategy.id) == strategy.id for strategy in ALL_STRATEGIES)


def test_two_variants_are_never_counted_as_one_unless_a_person_says_so():
    found = read("id,strategy,correct\na,prompt A,1\na,prompt B,0\na,rag,1\na,RAG v2,0\n")
    assert dict(combine_results([found]).names) == {
        "prompt A": "prompt A",
        "prompt B": "prompt B",
        "rag": "rag",
        "RAG v2": "RAG v2",
    }
    told = combine_results([found], {"prompt B": "prompting", "RAG v2": LEFT_OUT})
    assert dict(told.names)["prompt B"] == "prompting"
    assert len(told) == 3


def test_lines_without_ids_are_not_taken_for_the_same_sample():
    one, other = read("strategy,correct\nrag,1\nprompt,0\n"), read("strategy,correct\ntools,1\n")
    assert "no_sample_id" in kinds(one)
    assert len({row.sample for row in combine_results([one, other]).rows}) == 3
    wide = combine_results([read("prompt,rag\n1,0\n1,1\n")])
    assert len({row.sample for row in wide.rows}) == 2  # but a row of a wide table is one sample


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("r.csv", b"", "empty"),
        ("r.csv", b"question,answer\nwhat,this\n", "no_outcome_column"),
        ("r.json", b"{", "bad_json"),
        ("r.csv", b"\x89PNG\r\n\x1a\n", "not_text"),
        ("r.json", b"[" * 5000, "too_deep"),
        ("r.csv", b"id,strategy,correct\n", "no_rows"),
        ("r.csv", b"<html><body>no</body></html>", "markup"),
    ],
)
def test_what_holds_no_results_is_refused_with_the_reason(name, data, kind):
    found = read_results(name, data)
    assert found.refused
    assert kind in kinds(found)
    assert not found.rows


def test_a_table_without_column_names_is_refused_rather_than_misread():
    assert "no_outcome_column" in kinds(read("q1,rag,1\nq2,rag,0\n"))


def test_a_file_over_the_limit_is_refused():
    assert "file_too_large" in kinds(read_results("r.csv", b"x" * 50, limits=Limits(file_bytes=49)))


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
FIELDS = st.sampled_from(
    [
        "results",
        "samples",
        "eval",
        "scores",
        "spec",
        "type",
        "sample_id",
        "data",
        "success",
        "vars",
        "provider",
        "prompt",
        "response",
        "tokenUsage",
        "strategy",
        "correct",
        "id",
        "score",
        "latencyMs",
        "value",
        "cost",
        "run_id",
        "completion_fns",
        "model_usage",
        "usage",
    ]
)
NAMED_VALUES = st.recursive(
    JSON_VALUES, lambda inner: st.dictionaries(FIELDS, inner, max_size=6) | st.lists(inner, max_size=4)
)


@given(st.one_of(JSON_VALUES, NAMED_VALUES), st.sampled_from(["x.json", "x.jsonl", "x.csv", "x.xlsx", "x"]))
def test_no_json_whatever_raises(value, name):
    found = read_results(name, json.dumps(value).encode())
    assert found.refused or found.rows


@given(st.binary(max_size=300), st.sampled_from(["x.json", "x.csv", "x.xlsx", "x.parquet", "x.eval"]))
def test_no_bytes_whatever_raise(data, name):
    found = read_results(name, data)
    assert found.refused or found.rows


def test_real_files_with_damage_anywhere_never_raise():
    generator = random.Random(4)
    cases = [(0, 0, "a", "b", True, False), (1, 0, "a", "b", False, True)]
    whole = [LONG, evals_log(), json.dumps(inspect_log()), json.dumps(promptfoo(cases))]
    for text in whole:
        for _ in range(60):
            data = bytearray(text.encode())
            for _ in range(generator.randint(1, 6)):
                data[generator.randrange(len(data))] = generator.randrange(256)
            cut = bytes(data[: generator.randint(1, len(data))])
            for name in ("f.csv", "f.json"):
                combine_results([read_results(name, cut)])
