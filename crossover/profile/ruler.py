"""Measuring texts as one model would: its encoding, times a factor where no tokenizer is public."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from crossover.tokens import (
    DEFAULT_ENCODING,
    MESSAGE_OVERHEAD,
    Progress,
    count_many,
    count_request,
    count_tokens,
    model_facts,
)


@dataclass(frozen=True, slots=True)
class ProfileSettings:
    """What changes a measurement: the model and how it counts, and how documents are cut.

    `token_factor` is 1 where the encoding is the model's own (MODEL.md 1), `input_correction` what
    the person's bills say about our input counts; `priming_tokens` open the reply once per call.
    """

    model: str = "gpt-4o-mini"
    encoding: str = DEFAULT_ENCODING
    token_factor: float = 1.0
    input_correction: float = 1.0
    priming_tokens: int = 3
    chunk_tokens: int = 400
    chunk_overlap_tokens: int = 50

    def one(self, text: str) -> float:
        """Input tokens of one text."""
        return count_tokens(text, self.encoding) * self.scale

    def many(self, texts: Sequence[str], progress: Progress | None = None) -> NDArray[np.float64]:
        """Input tokens of each text, shape (len(texts),); `progress` hears the share done."""
        return np.asarray(count_many(texts, self.encoding, progress) * self.scale, np.float64)

    @property
    def turn_overhead(self) -> float:
        """Frames of an earlier question and its answer; some families bill more for an answer."""
        return 2 * MESSAGE_OVERHEAD + self.answer_extra

    @property
    def answer_extra(self) -> float:
        """What an earlier answer costs beyond the usual frame in this model's family."""
        return _answer_extra(self.model)

    @property
    def scale(self) -> float:
        """What a count is multiplied by to give billed input tokens."""
        return self.token_factor * self.input_correction


@cache
def _answer_extra(model: str) -> int:
    """Measured on the accountant itself: a turn more in the request, without its words."""
    asked = {"role": "user", "content": "a"}
    answered = {"role": "assistant", "content": "a"}
    longer = count_request({"messages": [asked, answered, asked]}, model).input_tokens
    shorter = count_request({"messages": [asked]}, model).input_tokens
    words = 2 * count_tokens("a", model_facts(model).encoding)
    return longer - shorter - words - 2 * MESSAGE_OVERHEAD
