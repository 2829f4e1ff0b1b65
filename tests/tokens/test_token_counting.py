"""Exact counts of any text, by either engine, without a network and without traces."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossover.tokens import count_many, count_tokens, engine_name
from crossover.tokens import engine as engine_module
from crossover.tokens.engine import TiktokenEngine, engine
from crossover.tokens.vocabulary import BrokenVocabulary, encoding, vocabulary_bytes

ENCODINGS = ("o200k_base", "cl100k_base")
REFERENCE = TiktokenEngine()


@pytest.mark.parametrize(
    ("text", "tokens"),
    [("", 0), ("hello world", 2), ("<|endoftext|>", 7), ("x\x00y", 3), ("\ud800", 1), ("שלום", 1)],
)
def test_any_text_has_a_count(text, tokens):
    assert count_tokens(text, "o200k_base") == tokens


HOSTILE = [
    "",
    " ",
    "\n\n\t  \r\n",
    "<|im_start|>system<|im_sep|>",
    "a\ud83d and \udc00b",
    "👩‍👩‍👧‍👦🇩🇪",
    "e\u0301" * 50,
    "\u202egnp.exe",
    "漢字かな交じり文",
    "DonaudampfschifffahrtsgesellschaftskapitänsMÜTZE'S 12345678",
    "'ve 'LL don't I'M",
    "aGVsbG8gd29ybGQ=" * 40,
    "\u00a0\u2003\u200b\ufeff",
    "x" * 5000,
    " " * 5000,
]


@pytest.mark.parametrize("name", ENCODINGS)
def test_the_engine_in_use_counts_hostile_texts_like_the_reference(name):
    assert engine().count(HOSTILE, name) == REFERENCE.count(HOSTILE, name)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.sampled_from(ENCODINGS))
def test_the_engine_in_use_counts_every_text_like_the_reference(text, name):
    assert engine().count([text], name) == REFERENCE.count([text], name)


@pytest.mark.parametrize("name", ENCODINGS)
def test_the_engine_in_use_counts_real_files_like_the_reference(shared, name):
    wanted = ["rag/xquad_de/qa.csv", "rag/gesetze_de/burlg.md", "rag/covid_faq/faq_multilingual.tsv"]
    wanted += ["classification/xsid_de_valid.csv", "finetune/drone_training_part1.jsonl"]
    lines = [line for one in wanted for line in (shared / "data" / one).read_text("utf-8").splitlines()]
    assert engine().count(lines, name) == REFERENCE.count(lines, name)


def test_without_the_fast_engine_tiktoken_counts(monkeypatch):
    monkeypatch.setitem(sys.modules, "toktok", None)
    engine_module.engine.cache_clear()
    try:
        assert engine_name().startswith("tiktoken ")
        assert count_tokens("hello world") == 2
    finally:
        engine_module.engine.cache_clear()


def test_the_engine_says_its_name_and_version():
    package, version = engine_name().split()
    assert package in ("toktok-rs", "tiktoken")
    assert version[0].isdigit()


RUNS = {
    "one character": "a" * 1_000_000,
    "white space": " " * 1_000_000,
    "CJK": "漢" * 1_000_000,
    "base64": ("QUJD" + "x7Yz+/" * 7) * 21_740,
}


@pytest.mark.parametrize("run", RUNS)
def test_a_million_characters_in_a_row_take_less_than_two_seconds(run):
    count_tokens("warm up")
    start = time.perf_counter()
    assert count_tokens(RUNS[run]) > 0
    assert time.perf_counter() - start < 2


def test_the_reference_survives_a_run_that_overflows_its_pattern():
    pieces_of_half_a_million = REFERENCE.count([" " * 1_000_000], "o200k_base")[0]
    assert abs(pieces_of_half_a_million - count_tokens(" " * 1_000_000)) <= 4


def test_each_distinct_text_is_counted_once(monkeypatch):
    counted = []

    class Spy:
        name = "spy 1"

        def count(self, texts, encoding_name):
            counted.extend(texts)
            return [len(text) for text in texts]

    monkeypatch.setattr(import_module("crossover.tokens.counter"), "engine", Spy)
    assert count_many(["aa", "b", "aa", "aa"]).tolist() == [2, 1, 2, 2]
    assert counted == ["aa", "b"]


def test_a_count_reports_its_progress_and_can_be_stopped():
    class Stopped(Exception):
        pass

    seen = []

    def progress(share):
        seen.append(share)
        if share < 1:
            raise Stopped

    with pytest.raises(Stopped):
        count_many([str(number) for number in range(30_000)], progress=progress)
    assert seen == [pytest.approx(2 / 3)]


def test_nothing_to_count_is_no_count():
    assert count_many([]).tolist() == []


@given(st.lists(st.text(max_size=20), max_size=20))
def test_counting_many_is_counting_each(texts):
    assert count_many(texts).tolist() == [count_tokens(text) for text in texts]


def test_an_altered_vocabulary_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("crossover.tokens.vocabulary.VOCABULARY_FOLDER", tmp_path)
    with pytest.raises(BrokenVocabulary, match="cannot be read"):
        vocabulary_bytes("o200k_base")
    import gzip  # noqa: PLC0415 - only this test writes one

    (tmp_path / "o200k_base.tiktoken.gz").write_bytes(gzip.compress(b"IQ== 0\n"))
    with pytest.raises(BrokenVocabulary, match="restore it"):
        vocabulary_bytes("o200k_base")


def private_folders():
    return set(Path(tempfile.gettempdir()).glob("crossover-vocabulary-*"))


def test_loading_leaves_no_folder_and_no_setting_behind(monkeypatch):
    monkeypatch.delenv("TIKTOKEN_CACHE_DIR", raising=False)
    code = (
        "import crossover.tokens.vocabulary as v; print(len(v.encoding('cl100k_base').encode('hello world')))"
    )
    before = private_folders()
    processes = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
        for _ in range(2)
    ]
    assert [process.communicate(timeout=60)[0].strip() for process in processes] == [b"2", b"2"]
    assert private_folders() == before
    assert encoding("o200k_base") is encoding("o200k_base")
    assert "TIKTOKEN_CACHE_DIR" not in os.environ
