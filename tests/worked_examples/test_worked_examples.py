"""Every expected value of every worked example of MODEL.md, one test each, from the inputs alone.

MODEL_EXAMPLES names another file of the same shape. A value nobody computes is a failure that names it.
"""

from __future__ import annotations

import copy
import json
import math
import os
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from crossover.tokens import counter

from . import (  # noqa: F401 - each registers its examples
    criteria_examples,
    evidence_examples,
    latency_examples,
    market_examples,
    payback_examples,
    request_examples,
    sequence_examples,
    token_examples,
    uncertainty_examples,
    what_if_examples,
)
from .example_file import (
    COMPUTE,
    Inputs,
    Keys,
    at,
    computed,
    examples_are_absent,
    examples_path,
    leaves,
    read_examples,
    words,
)

if examples_are_absent():
    pytest.skip(f"shared data absent: {examples_path().name}", allow_module_level=True)

EXAMPLES = read_examples()
INPUTS = {name: each["inputs"] for name, each in EXAMPLES.items()}

IS_SHARED_FILE = not os.environ.get("MODEL_EXAMPLES")
# What the file cannot be followed in, with the arithmetic. Strict for the shared file: once it can, this
# list must shrink. Another file may hold other numbers there.
UNREACHABLE = {
    ("W16", "ft_vs_prompt_volume_12m", "volume"): (
        "F3.4 with W15's prompt and ft: (50 x 12 + 4,012 + 324) / (12 x 0.00004428) = 9,289,370. The file's "
        "9,747,235 is 4,936 / (12 x 0.0000422), and no two costs in the file are 0.0000422 apart."
    ),
    ("W28", "jaccard"): "22 of 31 shingles of two texts that stand nowhere in the file",
}
# Inputs that show only once an input of another example is changed too: its id, the way to it, its value
ALONGSIDE: dict[tuple[str, str], tuple[str, Keys, float]] = {
    ("W08", "tuned_cached_price"): ("W07", ("static", "ft"), 2_000),  # long enough for a cache
    ("W20", "v0"): ("W15", ("strategies", "ft", "unit"), 0.01),  # so that a day rate makes both equal
}


def expected_values() -> Iterator[Any]:
    for name, each in EXAMPLES.items():
        for keys, _ in leaves(each["expected_full"]):
            reason = UNREACHABLE.get((name, *keys))
            marks = [pytest.mark.xfail(reason=reason, strict=IS_SHARED_FILE)] if reason else []
            yield pytest.param(name, keys, id=f"{name}-{words(keys)}", marks=marks)


@cache
def ours(name: str) -> Any:
    assert name in COMPUTE, f"nobody computes {name}"
    return computed(name, INPUTS)


@pytest.mark.parametrize(("name", "keys"), list(expected_values()))
def test_the_expected_value_is_reached(name: str, keys: Keys) -> None:
    expected, result = at(EXAMPLES[name]["expected_full"], keys), ours(name)
    try:
        found = at(result, keys)
    except (KeyError, IndexError, TypeError):
        pytest.fail(f"nobody computes {words(keys)} of {name}")
    assert matches(found, expected), f"{name} {words(keys)}: {found!r}, not {expected!r}"


def matches(found: Any, expected: Any) -> bool:
    """Whole numbers, words and truth exactly; other numbers within 1e-9 of their size."""
    if not isinstance(expected, float):
        return found == expected and isinstance(found, bool) == isinstance(expected, bool)
    is_number = isinstance(found, int | float) and not isinstance(found, bool)
    return is_number and math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-15)


@pytest.mark.parametrize("name", list(EXAMPLES))
def test_we_compute_the_expected_values_and_no_others(name: str) -> None:
    expected = {keys for keys, _ in leaves(EXAMPLES[name]["expected_full"])}
    expected = {keys for keys in expected if (name, *keys) not in UNREACHABLE}
    found = {keys for keys, _ in leaves(ours(name)) if (name, *keys) not in UNREACHABLE}
    assert found == expected


@pytest.mark.parametrize("name", list(EXAMPLES))
def test_the_short_form_is_the_full_one_in_six_digits(name: str) -> None:
    """`expected` is for people; were it edited alone, one of the two would be wrong."""
    full = dict(leaves(EXAMPLES[name]["expected_full"]))
    for keys, short in leaves(EXAMPLES[name]["expected"]):
        is_float = isinstance(short, float)
        assert short == (float(f"{full[keys]:.6g}") if is_float else full[keys]), words(keys)


def test_no_example_is_missing_from_the_file() -> None:
    assert set(EXAMPLES) == set(COMPUTE)


def test_every_exception_names_a_value_of_the_file() -> None:
    known = {(name, *keys) for name, each in EXAMPLES.items() for keys, _ in leaves(each["expected_full"])}
    assert set(UNREACHABLE) <= known


# ---------------------------------------------------------------- do we read what we are given?


@pytest.mark.parametrize(("name", "key"), [(name, key) for name, inputs in INPUTS.items() for key in inputs])
def test_another_input_gives_another_result(name: str, key: str) -> None:
    """Each value under the input is moved in turn, until one of them changes what we compute."""
    world = dict(INPUTS)
    if (name, key) in ALONGSIDE:
        other, keys, value = ALONGSIDE[name, key]
        world[other] = replaced(INPUTS[other], keys, value)
    before = computed(name, world)
    assert any(is_another(before, name, {**world, name: inputs}) for inputs in moved(name, key))


def is_another(before: Any, name: str, world: Mapping[str, Inputs]) -> bool:
    try:
        return bool(computed(name, world) != before)
    except ValueError:  # moved out of its range, which says nothing about the result
        return False


def replaced(inputs: Inputs, keys: Keys, value: Any) -> Inputs:
    changed = copy.deepcopy(inputs)
    at(changed, keys[:-1])[keys[-1]] = value
    return changed


def moved(name: str, key: str) -> Iterator[Inputs]:
    whole = INPUTS[name][key]
    if isinstance(whole, list):
        yield {**INPUTS[name], key: whole[::-1]}
    for keys, value in leaves(whole, (key,)):
        for other in others(value):
            yield replaced(INPUTS[name], keys, other)


def others(value: Any) -> Iterator[Any]:
    """Values near this one, of its type: none for what is empty."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | float):
        yield from ([value + 1, value * 2, -value] if isinstance(value, int) else [value * 0.9, value * 1.1])
    elif isinstance(value, str):
        yield from other_words(value)


def other_words(text: str) -> Iterator[str]:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        yield from (str(date.fromisoformat(text) + timedelta(days)) for days in (-365, -30, 30, 365))
    for digits in re.finditer(r"\d+", text):
        yield f"{text[: digits.start()]}{2 * int(digits[0])}{text[digits.end() :]}"
    yield text + " and more"


# Lists that may be longer or shorter without any other input following
OPEN_LISTS = [
    ("W01", "messages"),
    ("W04", "n"),
    ("W05", "cases"),
    ("W07", "samples_q_a"),
    ("W10", "turns"),
    ("W10b", "turns"),
    ("W13", "cases"),
    ("W17", "volumes"),
    ("W17", "contexts"),
    ("W28", "pairs"),
    ("W29", "rerank"),
    ("W30", "inputs"),
    ("W33", "components"),
    ("W34", "costs"),
    ("W36", "reasoning_tokens"),
]


@pytest.mark.parametrize(("name", "key"), OPEN_LISTS)
def test_a_list_may_have_one_more_entry(name: str, key: str) -> None:
    listed = INPUTS[name][key]
    one_more = next(others(listed[-1]), listed[0])
    longer = computed(name, {**INPUTS, name: {**INPUTS[name], key: [*listed, one_more]}})
    assert longer != ours(name)


def test_the_table_of_token_counts_agrees_with_our_tokenizer() -> None:
    path = examples_path().with_name("token_table.json")
    if not path.is_file():
        pytest.skip(f"shared data absent: {path.name}")
    table: Mapping[str, Mapping[str, int]] = json.loads(path.read_text(encoding="utf-8"))
    for encoding, counts in table.items():
        count = counter(encoding)
        assert {text: count(text) for text in counts} == counts, encoding
