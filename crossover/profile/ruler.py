"""Measuring texts as one model would: its encoding, times a factor where no tokenizer is public."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossover.tokens import DEFAULT_ENCODING, Progress, count_many, count_tokens


@dataclass(frozen=True, slots=True)
class ProfileSettings:
    """What changes a measurement: how the model counts, and how documents are cut.

    `token_factor` is 1 where the encoding is the model's own (MODEL.md 1), `input_correction` what
    the person's bills say about our input counts; `priming_tokens` open
    the reply once per call, `tool_overhead_tokens` are added once where a request carries tools.
    """

    encoding: str = DEFAULT_ENCODING
    token_factor: float = 1.0
    input_correction: float = 1.0
    priming_tokens: int = 3
    tool_overhead_tokens: int = 0
    chunk_tokens: int = 400
    chunk_overlap_tokens: int = 50

    def one(self, text: str) -> float:
        """Input tokens of one text."""
        return count_tokens(text, self.encoding) * self.scale

    def many(self, texts: Sequence[str], progress: Progress | None = None) -> NDArray[np.float64]:
        """Input tokens of each text, shape (len(texts),); `progress` hears the share done."""
        return np.asarray(count_many(texts, self.encoding, progress) * self.scale, np.float64)

    @property
    def scale(self) -> float:
        """What a count is multiplied by to give billed input tokens."""
        return self.token_factor * self.input_correction
