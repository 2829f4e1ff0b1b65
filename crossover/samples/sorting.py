"""Sorting dropped files into slots by what stands in them."""

from __future__ import annotations

import re

from crossover.samples.columns import column_key, find_header, names_a_question
from crossover.samples.delimited import sniff_delimiter
from crossover.samples.encoding import decode
from crossover.samples.json_sorting import json_slot
from crossover.samples.limits import Limits
from crossover.samples.problems import ProblemLog, Refused
from crossover.samples.sniffing import OLE, is_markup
from crossover.samples.types import Slot

_HEAD_BYTES = 400_000
_JSON = ("json", "jsonl", "ndjson", "yaml", "yml")
_TABLES = ("csv", "tsv", "tab")
_BOOKS = ("xlsx", "xlsm", "xls")
_PROSE = ("pdf", "docx", "html", "htm", "md", "markdown")
_PROMPT_WORDS = {
    *("prompt", "prompts", "system", "instruction", "instructions", "anweisung", "anweisungen", "persona"),
}


def guess_slot(name: str, data: bytes) -> Slot:
    """What a file is most likely used as; never raises.

    Content decides for JSON, YAML, CSV and text. A lone text is knowledge unless its name says that it
    is a prompt; only the first 400 kB are looked at.
    """
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    if data.startswith(b"%PDF") or extension in _PROSE:
        return _prose_slot(name)
    if data.startswith((b"PK", OLE)) or extension in _BOOKS:
        return Slot.KNOWLEDGE if b"word/document.xml" in data else Slot.QUESTIONS
    if data.startswith(b"PAR1") or extension == "parquet":
        return _parquet_slot(data)
    return _text_slot(name, extension, data[:_HEAD_BYTES])


def _text_slot(name: str, extension: str, head: bytes) -> Slot:
    try:
        text = decode(head, ProblemLog(name, Limits())).text
    except Refused:
        text = ""
    if not text.strip():
        return Slot.QUESTIONS if extension in _TABLES else Slot.KNOWLEDGE
    if extension in _JSON or text.lstrip()[:1] in ("{", "["):
        return json_slot(text)
    if is_markup(text):
        return Slot.QUESTIONS if "<table" in text.lower() else Slot.KNOWLEDGE
    return _table_slot(text) if extension in _TABLES or _is_table(text) else _prose_slot(name)


def _prose_slot(name: str) -> Slot:
    stem, _, extension = name.rpartition("/")[2].rpartition(".")
    words = set(re.split(r"_|(?<=system)(?=prompt)", column_key(stem)))
    is_prompt = extension.lower() in ("txt", "md", "markdown", "prompt") and bool(_PROMPT_WORDS & words)
    return Slot.INSTRUCTIONS if is_prompt else Slot.KNOWLEDGE


def _parquet_slot(data: bytes) -> Slot:
    """Column names stand in clear text in the footer."""
    words = {column_key(word.decode("latin-1")) for word in re.findall(rb"[A-Za-z_]{3,40}", data[-20_000:])}
    asks = words & {"question", "query", "frage", "input", "prompt", "utterance"}
    tells = words & {"contents", "content", "text", "passage"}
    return Slot.KNOWLEDGE if tells and not asks else Slot.QUESTIONS


def _table_slot(text: str) -> Slot:
    """A table is questions when a column says so, or when it already asks something without a header."""
    rows = _head_rows(text)
    header = find_header(rows)
    if header is None:
        return Slot.QUESTIONS if any("?" in cell for row in rows for cell in row) else Slot.KNOWLEDGE
    return Slot.QUESTIONS if names_a_question(rows[header]) else Slot.KNOWLEDGE


def _is_table(text: str) -> bool:
    """Whether a text is really a table: short column names, one for questions, and rows as wide."""
    rows = _head_rows(text)
    if len(rows) < 2 or len(rows[0]) < 2 or not names_a_question(rows[0]):
        return False
    as_wide = sum(len(row) == len(rows[0]) for row in rows)
    return all(len(cell) < 40 for cell in rows[0]) and as_wide > len(rows) / 2


def _head_rows(text: str) -> list[list[str]]:
    delimiter = sniff_delimiter(text)
    lines = re.split(r"\r\n|\r|\n", text[:20_000])[:20]
    return [[cell.strip(' "') for cell in line.split(delimiter)] for line in lines if line.strip()]
