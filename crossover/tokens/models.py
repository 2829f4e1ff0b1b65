"""What is known about how each model counts: our own dated table, never a library's guess (TOKENS.md 6)."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from crossover.words import mark

MODEL_TABLE = Path(__file__).resolve().parents[2] / "data" / "models.csv"

_DATE_ENDING = re.compile(
    r"-(\d{4}-\d{2}-\d{2}|\d{8}|\d{4}|\d{3}|\d{2}-\d{4}|v\d+(\.\d+)*|latest|preview|exp)$"
)


class Basis(StrEnum):
    """How sure a count is. `exact`: this model's own tokenizer. `estimate`: o200k times a measured
    factor, or a rule without a bill. `rough`: a model nobody has told us about. Said where it is shown."""

    EXACT = mark("exact")
    ESTIMATE = mark("estimate")
    ROUGH = mark("rough")


@dataclass(frozen=True, slots=True)
class TokenFactor:
    """Tokens of a model per token counted with its `encoding`; 1, 1, 1 when that is its tokenizer."""

    low: float
    likely: float
    high: float


@dataclass(frozen=True, slots=True)
class ReasoningRange:
    """Hidden reasoning tokens of an answer on `bills` bills: a tenth below low, a tenth above high."""

    low: float
    likely: float
    high: float
    bills: int


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """How one model counts and how much it takes; windows in tokens, None when nobody says.

    `priming` are the tokens that open the reply, `tool_overhead` those added once when a request
    carries tools on chat.completions. `snapshots` are the days its dated ids end in. `escapes_json`:
    letters beyond ASCII in JSON cost what their escape sequences cost. `as_of` is the day the row was
    read, None for a model that is not in the table.
    """

    model: str
    base: str
    family: str
    encoding: str
    priming: int
    tool_overhead: int
    window: int | None
    max_output: int | None
    token_factor: TokenFactor
    basis: Basis
    modality: str
    reasoning: bool
    as_of: date | None
    source: str
    snapshots: tuple[str, ...] = ()
    reasoning_tokens: ReasoningRange | None = None
    escapes_json: bool = False
    note: str = ""

    @property
    def is_known(self) -> bool:
        """Whether the table has a row for this model."""
        return self.as_of is not None

    @property
    def takes_images(self) -> bool:
        """Whether the model reads images as well as text."""
        return "images" in self.modality


def model_facts(model_id: str) -> ModelFacts:
    """What is known about a model, for any spelling of its id.

    Dated snapshots, fine-tuned ids ("ft:gpt-4.1-mini-2025-04-14:team::id") and host prefixes
    ("openai/…") resolve to the base model; a variant of a known model to that model, as an estimate.
    An Azure deployment of any name is recognised by the day of its snapshot, as an estimate.
    A model that is not in the table is counted as o200k and says so: basis `rough`, `as_of` None.
    """
    rows = model_table()
    asked = bare_model_id(model_id)
    name, is_relative = asked, False
    while name and name not in rows:
        undated = _DATE_ENDING.sub("", name)
        is_relative = is_relative or undated == name
        name = undated if undated != name else name.rpartition("-")[0]
    if not name:
        name, is_relative = _snapshots().get(asked[-len("2024-07-18") :], ""), True
    if not name:
        return _unknown(model_id)
    facts = replace(rows[name], model=model_id)
    return replace(facts, basis=Basis.ESTIMATE, note=f"Counted like {name}.") if is_relative else facts


def bare_model_id(model_id: str) -> str:
    """The model an id names, without fine-tune prefix and suffix and without the host's folder."""
    name = model_id.strip().lower()
    if name.startswith("ft:"):
        name = name.split(":")[1]
    name = re.sub(r"[.:]ft-.*$", "", name)
    name = name.rsplit("/", 1)[-1].split(":")[0].split("@")[0]
    return _claude_id(name) if "claude" in name else name.replace("gpt-35", "gpt-3.5")


def _claude_id(name: str) -> str:
    """Claude ids as Anthropic writes them: hosts prefix them, and some write dots."""
    return re.sub(r"-v\d+$", "", name[name.index("claude") :]).replace(".", "-")


@cache
def model_table() -> Mapping[str, ModelFacts]:
    """Every row of data/models.csv by its bare model id."""
    with MODEL_TABLE.open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["model"]: _facts(row) for row in csv.DictReader(file)})


@cache
def _snapshots() -> Mapping[str, str]:
    """The base model by the day its snapshot is named after."""
    return MappingProxyType({day: facts.base for facts in model_table().values() for day in facts.snapshots})


def _facts(row: Mapping[str, str]) -> ModelFacts:
    return ModelFacts(
        model=row["model"],
        base=row["model"],
        family=row["family"],
        encoding=row["encoding"],
        priming=int(row["priming"]),
        tool_overhead=int(row["tool_overhead"]),
        window=_whole(row["window"]),
        max_output=_whole(row["max_output"]),
        token_factor=TokenFactor(
            float(row["factor_low"]), float(row["factor_likely"]), float(row["factor_high"])
        ),
        basis=Basis(row["basis"]),
        modality=row["modality"],
        reasoning=row["reasoning"] == "yes",
        as_of=date.fromisoformat(row["as_of"]),
        source=row["source"],
        snapshots=tuple(row["snapshots"].split()),
        reasoning_tokens=_reasoning_range(row),
        escapes_json=row["escapes_json"] == "yes",
        note=row["note"],
    )


def _reasoning_range(row: Mapping[str, str]) -> ReasoningRange | None:
    if not row["reasoning_bills"]:
        return None
    low, likely, high = (float(row[f"reasoning_{end}"]) for end in ("low", "likely", "high"))
    return ReasoningRange(low, likely, high, int(row["reasoning_bills"]))


def _whole(cell: str) -> int | None:
    return int(cell) if cell else None


def _unknown(model_id: str) -> ModelFacts:
    return ModelFacts(
        model=model_id,
        base=model_id,
        family="unknown",
        encoding="o200k_base",
        priming=3,
        tool_overhead=0,
        window=None,
        max_output=None,
        token_factor=TokenFactor(1.0, 1.0, 1.35),
        basis=Basis.ROUGH,
        modality="text",
        reasoning=False,
        as_of=None,
        source="not in data/models.csv",
        note="Counted as o200k, rough. Add the model to data/models.csv or correct it with your own bills.",
    )
