"""What each example of a fine-tuning file is billed: every message and every tool on its line (F1.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from crossover.tokens.request import count_request


def example_tokens(examples: Sequence[Mapping[str, object]], model: str) -> NDArray[np.int64]:
    """Billed tokens of each example for tuning `model`, shape (examples,).

    Tools count on every line that carries them; a turn with weight 0 is not learned from but billed
    like any other. The three tokens that prime a reply are part of each example (MODEL.md F1.6).
    """
    lengths = (count_request(_as_request(example), model).input_tokens for example in examples)
    return np.fromiter(lengths, dtype=np.int64, count=len(examples))


def _as_request(example: Mapping[str, object]) -> Mapping[str, object]:
    """Preference examples keep the conversation under `input` and two answers beside it."""
    prompt = example.get("input")
    if not isinstance(prompt, Mapping):
        return example
    turns: list[object] = []
    for part in (
        prompt.get("messages"),
        example.get("preferred_output"),
        example.get("non_preferred_output"),
    ):
        turns += part if isinstance(part, list) else []
    return {**prompt, "messages": turns}
