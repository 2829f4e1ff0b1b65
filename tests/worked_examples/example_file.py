"""The file of worked examples, who computes which, and the paths to single values in it.

MODEL_EXAMPLES names another file of the same shape; otherwise the one among the shared data is read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

Inputs: TypeAlias = Mapping[str, Any]
Computed: TypeAlias = dict[str, Any]
Compute: TypeAlias = Callable[[Inputs, Mapping[str, Inputs]], Computed]
Keys: TypeAlias = tuple[str | int, ...]

ROOT = Path(__file__).resolve().parents[2]
COMPUTE: dict[str, Compute] = {}


def example(name: str) -> Callable[[Compute], Compute]:
    """The decorated function computes the example of that id from its inputs, and from others' where
    it says so: second argument, by id."""

    def register(compute: Compute) -> Compute:
        assert name not in COMPUTE, f"{name} is computed twice"
        COMPUTE[name] = compute
        return compute

    return register


def examples_path() -> Path:
    shared = Path(os.environ.get("CROSSOVER_SHARED") or ROOT.parent / "shared")
    return Path(os.environ.get("MODEL_EXAMPLES") or shared / "design" / "model_examples.json")


def examples_are_absent() -> bool:
    """Whether there is nothing to read; a file somebody named must be there."""
    return not os.environ.get("MODEL_EXAMPLES") and not examples_path().is_file()


def read_examples() -> dict[str, dict[str, Any]]:
    """Every example of the file by its id; none where the shared data is absent."""
    if examples_are_absent():
        return {}
    listed = json.loads(examples_path().read_text(encoding="utf-8"))["examples"]
    by_id = {each["id"]: each for each in listed}
    assert len(by_id) == len(listed), "an id stands twice in the file"
    return by_id


def computed(name: str, inputs: Mapping[str, Inputs]) -> Any:
    """What our functions make of an example, in lists, dictionaries and plain values."""
    return plain(COMPUTE[name](inputs[name], inputs))


def plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    return [plain(each) for each in value] if isinstance(value, list | tuple) else value


def leaves(value: Any, keys: Keys = ()) -> Iterator[tuple[Keys, Any]]:
    """Every single value with the keys that lead to it; what is empty counts as one."""
    if isinstance(value, Mapping) and value:
        for key, each in value.items():
            yield from leaves(each, (*keys, key))
    elif isinstance(value, list) and value:
        for index, each in enumerate(value):
            yield from leaves(each, (*keys, index))
    else:
        yield keys, value


def at(value: Any, keys: Keys) -> Any:
    for key in keys:
        value = value[key]
    return value


def words(keys: Keys) -> str:
    """`("results", 0, "n")` as results[0].n."""
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys).removeprefix(".")
