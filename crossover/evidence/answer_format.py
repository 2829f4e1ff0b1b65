"""Do the answers keep to one form, and does that ask for training or only for a schema? (MODEL.md 7.5)."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from crossover.evidence.shares import MeasuredShare

ONE_SCHEMA_SHARE = 0.95
SAME_STYLE_SHARE = 0.8
_FEWEST_ANSWERS = 10
_STEADY_CV = 0.25
_LONGER_THAN_A_LABEL_WORDS = 12
_SHORTEST_FRAME_CHARACTERS = 5
_MOST_ENUM_VALUES = 20
_MOST_KEYS = 50
_LONGEST_FRAME_CHARACTERS = 200
_DIGITS = 300
_FENCE = re.compile(r"\s*```(?:json)?\s*\n(.*)\n\s*```\s*", re.DOTALL | re.IGNORECASE)


class Conclusion(StrEnum):
    """What the form of the answers argues for."""

    STRUCTURED = "structured outputs first, no training needed"
    STYLE = "a steady style: a candidate for fine-tuning"
    NONE = "no argument from the form"


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """One key of the JSON answers: how many carry it, the types of its values, its values if they are few."""

    name: str
    present: MeasuredShare
    types: tuple[str, ...]
    enum: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerFormat:
    """The form of `n` answers.

    `as_json` counts objects and lists, bare numbers and words not; `modal` the answers whose key set
    is the commonest, `modal_keys`. `key_set_bits` is the entropy of the key sets, 0 for only one.
    `length_cv` is standard deviation by mean of the words an answer has, None for one answer.
    `opening` and `ending` are what four of five answers share.
    """

    n: int
    as_json: MeasuredShare
    key_sets: int
    key_set_bits: float
    modal_keys: tuple[str, ...]
    modal: MeasuredShare
    keys: tuple[KeyFacts, ...]
    length_cv: float | None
    mean_words: float
    opening: str
    ending: str
    off_format_rows: tuple[int, ...]

    @property
    def conclusion(self) -> Conclusion:
        """One schema for 95 % of the answers, else a steady style of longer answers, else neither."""
        if self.n < _FEWEST_ANSWERS:
            return Conclusion.NONE
        if self.modal.successes >= ONE_SCHEMA_SHARE * self.n:
            return Conclusion.STRUCTURED
        framed = max(len(self.opening.strip()), len(self.ending.strip())) >= _SHORTEST_FRAME_CHARACTERS
        steady = self.length_cv is not None and self.length_cv <= _STEADY_CV
        is_prose = self.as_json.successes < self.n / 2
        long = self.mean_words >= _LONGER_THAN_A_LABEL_WORDS
        return Conclusion.STYLE if is_prose and (framed or (steady and long)) else Conclusion.NONE


def answer_format(answers: Sequence[str]) -> AnswerFormat | None:
    """The form of the answers, none of them blank; None without any.

    `off_format_rows` are the answers unlike the rest, where one key set makes up 95 % of them.
    """
    if not answers:
        return None
    values = [parsed_json(answer) for answer in answers]
    key_sets = [_keys(value) for value in values]
    counts = Counter(keys for keys in key_sets if keys is not None)
    modal, modal_count = counts.most_common(1)[0] if counts else (frozenset[str](), 0)
    one_schema = modal_count >= ONE_SCHEMA_SHARE * len(answers)
    words = np.array([len(answer.split()) for answer in answers], np.float64)
    return AnswerFormat(
        n=len(answers),
        as_json=MeasuredShare(sum(value is not None for value in values), len(answers)),
        key_sets=len(counts),
        key_set_bits=_entropy_bits(list(counts.values())),
        modal_keys=tuple(sorted(modal)),
        modal=MeasuredShare(modal_count, len(answers)),
        keys=_key_facts([value for value in values if isinstance(value, dict)]),
        length_cv=float(words.std(ddof=1) / words.mean()) if len(words) > 1 and words.any() else None,
        mean_words=float(words.mean()),
        opening=_shared_opening(answers),
        ending=_shared_opening([answer[::-1] for answer in answers])[::-1],
        off_format_rows=tuple(row for row, keys in enumerate(key_sets) if one_schema and keys != modal),
    )


def parsed_json(text: str) -> dict[str, object] | list[object] | None:
    """The object or list a text is, also inside a code fence; None for anything else."""
    fenced = _FENCE.fullmatch(text)
    inner = (fenced.group(1) if fenced else text).strip()
    if inner[:1] not in ("{", "["):
        return None
    try:
        value = json.loads(inner, parse_int=_whole_number)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict | list) else None


def _whole_number(digits: str) -> float:
    return int(digits) if len(digits) < _DIGITS else math.inf


def _keys(value: object) -> frozenset[str] | None:
    """The keys of an object; of a list of objects, all of theirs; None for other values."""
    if isinstance(value, dict):
        return frozenset(value)
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return frozenset(key for item in value for key in item)
    return None


def _entropy_bits(counts: Sequence[int]) -> float:
    shares = np.array(counts) / max(1, sum(counts))
    return float(-(shares * np.log2(shares)).sum()) + 0.0


def _key_facts(objects: Sequence[Mapping[str, object]]) -> tuple[KeyFacts, ...]:
    """The fifty commonest keys of the answers that are objects."""
    present = Counter(key for value in objects for key in value)
    return tuple(
        KeyFacts(key, MeasuredShare(count, len(objects)), *_types_and_enum(key, objects))
        for key, count in present.most_common(_MOST_KEYS)
    )


def _types_and_enum(
    key: str, objects: Sequence[Mapping[str, object]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """JSON types of a key's values, and its values where they are few, short and repeated."""
    found = [value[key] for value in objects if key in value]
    types = tuple(name for name, _ in Counter(map(_type_name, found)).most_common())
    texts = Counter(value for value in found if isinstance(value, str))
    few = len(texts) <= min(_MOST_ENUM_VALUES, len(found) / 5)
    return types, tuple(sorted(texts)) if texts and few and types == ("string",) else ()


def _type_name(value: object) -> str:
    names = {bool: "boolean", str: "string", int: "integer", float: "number", dict: "object", list: "array"}
    return names.get(type(value), "null")


def _shared_opening(texts: Sequence[str]) -> str:
    """The longest beginning, up to 200 characters, of four of five texts; "" for fewer than two texts."""
    shared = ""
    left = list(texts) if len(texts) > 1 else []
    while left and len(shared) < _LONGEST_FRAME_CHARACTERS:
        length = len(shared) + 1
        (letter, count), *_ = Counter(text[len(shared) : length] for text in left).most_common(1)
        if not letter or count < SAME_STYLE_SHARE * len(texts):
            break
        left = [text for text in left if text[len(shared) : length] == letter]
        shared += letter
    return shared
