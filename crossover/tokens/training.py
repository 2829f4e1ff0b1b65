"""What a fine-tuning file costs in tokens (MODEL.md F1.5 and F1.6)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

TARGET_EPOCHS = 3
MIN_TARGET_EXAMPLES = 100
MAX_TARGET_EXAMPLES = 25_000
MAX_DEFAULT_EPOCHS = 25


def default_epochs(examples: int) -> int:
    """Epochs a provider is expected to choose for a file of that size (MODEL.md F1.5, W04)."""
    if examples < 1:
        raise ValueError("A training file needs at least one example.")
    if examples * TARGET_EPOCHS < MIN_TARGET_EXAMPLES:
        return min(MAX_DEFAULT_EPOCHS, MIN_TARGET_EXAMPLES // examples)
    if examples * TARGET_EPOCHS > MAX_TARGET_EXAMPLES:
        return max(1, MAX_TARGET_EXAMPLES // examples)
    return TARGET_EPOCHS


@dataclass(frozen=True, slots=True)
class TrainingTokens:
    """Tokens of a training file; `truncated_rows` are the 0-based examples whose end is cut off."""

    tokens_per_epoch: int
    epochs: int
    truncated_rows: tuple[int, ...]
    lost_tokens: int

    @property
    def billable(self) -> int:
        """Tokens that are billed: every token of the file, prompts and answers, in every epoch."""
        return self.tokens_per_epoch * self.epochs


def training_tokens(lengths: ArrayLike, max_example_tokens: int | None, epochs: int) -> TrainingTokens:
    """Tokens per epoch and billed in all for examples of `lengths` tokens (MODEL.md F1.6, W06).

    `lengths` has shape (examples,); `max_example_tokens` None means the provider states no limit.
    """
    tokens = np.asarray(lengths, dtype=np.int64)
    if max_example_tokens is None:
        return TrainingTokens(int(tokens.sum()), epochs, (), 0)
    kept = np.minimum(tokens, max_example_tokens)
    truncated = np.flatnonzero(tokens > max_example_tokens)
    return TrainingTokens(int(kept.sum()), epochs, tuple(map(int, truncated)), int((tokens - kept).sum()))
