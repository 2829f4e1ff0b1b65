"""Which column of a results table holds what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crossover.samples.columns import column_key, is_question_name

_NAMES: dict[str, tuple[str, ...]] = {
    "sample": (
        *("sample_id", "id", "sample", "question_id", "qid", "example_id", "case_id", "test_id", "item_id"),
        *("case", "test_case", "example", "item", "uid", "uuid", "nr", "no", "nummer", "frage_id"),
    ),
    "strategy": (
        *("strategy", "approach", "method", "variant", "system", "arm", "technique", "configuration"),
        *("config", "experiment", "strategie", "verfahren", "ansatz", "variante", "pipeline"),
        *("model", "modell", "provider", "run", "prompt_label"),
    ),
    "correct": (
        *("correct", "is_correct", "success", "passed", "pass", "match", "exact_match", "right", "verdict"),
        *("richtig", "korrekt", "bestanden", "em", "accuracy", "result", "outcome", "ergebnis", "grade"),
    ),
    "score": ("score", "rating", "f1", "similarity", "punkte", "bewertung", "wertung"),
    "threshold": ("threshold", "score_threshold", "pass_threshold", "cutoff", "schwelle"),
    "latency_seconds": (
        *("latency_seconds", "latency_s", "latency_sec", "seconds", "duration_seconds", "duration_s"),
        *("time_s", "time_seconds", "elapsed_seconds", "response_time_s", "total_time", "sekunden"),
    ),
    "latency_ms": (
        *("latency_ms", "latency_milliseconds", "duration_ms", "time_ms", "elapsed_ms", "ms"),
        *("response_time_ms", "milliseconds", "latenz_ms"),
    ),
    "latency": ("latency", "duration", "elapsed", "response_time", "latenz", "dauer"),
    "input_tokens": ("input_tokens", "prompt_tokens", "tokens_in", "in_tokens", "tokens_input"),
    "output_tokens": ("output_tokens", "completion_tokens", "tokens_out", "out_tokens", "tokens_output"),
    "cost_usd": ("cost_usd", "cost", "usd", "total_cost", "price_usd", "cost_dollars", "price"),
}
_ROLE_OF = {name: role for role, names in _NAMES.items() for name in names}
_FOREIGN_MONEY = {"eur", "euro", "gbp", "chf", "jpy", "inr", "cny", "cost_eur", "cost_euro", "kosten"}
# A wide column names its strategy first: "rag_latency_ms". Short or vague words would split real names.
_NO_SUFFIX = {"no", "nr", "id", "run", "item", "case", "model", "config", "system", "em", "ms", "method"}
_SUFFIX = re.compile(
    "_("
    + "|".join(
        sorted(
            (name for name, role in _ROLE_OF.items() if name not in _NO_SUFFIX and role != "strategy"),
            key=len,
            reverse=True,
        )
    )
    + ")$"
)


@dataclass(frozen=True, slots=True)
class Columns:
    """The place of each role among the columns of a table."""

    places: Mapping[str, int]
    questions: int | None
    foreign_money: str | None

    @property
    def is_long(self) -> bool:
        """Whether each row is one answer, with a column that tells whether it is right."""
        return "correct" in self.places or "score" in self.places


def result_columns(names: Sequence[str]) -> Columns:
    """Columns by role; of several for one role the one whose name says it best."""
    keys = [column_key(name) for name in names]
    places = {}
    for role, known in _NAMES.items():
        found = next((keys.index(name) for name in known if name in keys), None)
        if found is not None:
            places[role] = found
    questions = next((i for i, name in enumerate(names) if is_question_name(name)), None)
    foreign = next((name for name, key in zip(names, keys, strict=True) if key in _FOREIGN_MONEY), None)
    return Columns(places, questions, foreign)


def wide_role(name: str) -> tuple[str, str]:
    """Strategy and role of a column of a wide table: "RAG latency ms" -> ("RAG", "latency_ms").

    A name without a role at its end is a strategy whose cells are verdicts or scores.
    """
    key = column_key(name)
    found = _SUFFIX.search(key)
    if found is None:
        return name, "correct"
    words = len(found[1].split("_"))
    parts = re.split(r"[\W_]+|(?<=[a-zäöüß])(?=[A-Z])", name.strip().strip("_ "))
    kept = [part for part in parts if part][:-words]
    return " ".join(kept) or name, _ROLE_OF[found[1]]
