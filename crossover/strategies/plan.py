"""UsagePlan: what a strategy asks of a model per request, in tokens and never in money (MODEL.md 2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from crossover.figure import Figure

Tokens = NDArray[np.float64]


class Part(StrEnum):
    """What a token is there for; the prompt parts stand in prompt order (MODEL.md 2.2)."""

    TOOLS = "tools"
    INSTRUCTIONS = "instructions"
    EXAMPLES = "examples"
    HISTORY = "history"
    CONTEXT = "context"
    QUESTION = "question"
    CALLS = "calls"
    OUTPUT = "output"
    REASONING = "reasoning"
    EMBEDDING = "embedding"


@dataclass(frozen=True, slots=True)
class Call:
    """One call to the model: prompt parts in order and what it writes, each of shape (n,).

    `reasoning_tokens` are billed as output though nobody sees them. `shared_prefix_tokens` lead every
    request's prompt alike, so a provider may cache them. `previous_prompt_tokens` (n,) is set when the
    prompt extends an earlier call of the same request. `probability` is the share of requests that
    make this call.
    """

    parts: tuple[tuple[Part, Tokens], ...]
    written_tokens: Tokens
    shared_prefix_tokens: float
    output_part: Part = Part.OUTPUT
    previous_prompt_tokens: Tokens | None = None
    probability: float = 1.0
    reasoning_tokens: float = 0.0

    @property
    def output_tokens(self) -> Tokens:
        """Tokens billed as output, shape (n,): what is written and what is reasoned before it."""
        return self.written_tokens + self.reasoning_tokens

    @property
    def input_tokens(self) -> Tokens:
        """Tokens of the whole prompt, shape (n,)."""
        total: Tokens = np.sum([tokens for _, tokens in self.parts], axis=0)
        return total


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """A fine-tuning file: tokens per example, and how many rows the person has.

    `missing_examples` must still be labelled before training is worth it.
    """

    example_tokens: Tokens
    missing_examples: int
    source: str
    non_text: bool = False

    def __len__(self) -> int:
        return len(self.example_tokens)


@dataclass(frozen=True, slots=True)
class UsagePlan:
    """Everything a strategy consumes for n requests; `missing` names what it cannot do without.

    `embedding_tokens` (n,) are embedded per request, `index_tokens` once and again at each refresh,
    `stored_vectors` kept all month. `quantities` are the figures a person may ask about.
    """

    strategy: str
    calls: tuple[Call, ...]
    embedding_tokens: Tokens | None = None
    index_tokens: float = 0.0
    stored_vectors: int = 0
    training: TrainingPlan | None = None
    missing: tuple[str, ...] = ()
    quantities: tuple[Figure, ...] = ()

    @property
    def tuned(self) -> bool:
        """Whether the calls go to a fine-tuned model."""
        return self.training is not None

    def expected_input_tokens(self) -> Tokens:
        """Input tokens per request over all its calls, weighted by how often they happen, (n,)."""
        return np.sum([call.probability * call.input_tokens for call in self.calls], axis=0)  # type: ignore[no-any-return]

    def expected_output_tokens(self) -> Tokens:
        """Output tokens per request over all its calls, weighted likewise, shape (n,)."""
        return np.sum([call.probability * call.output_tokens for call in self.calls], axis=0)  # type: ignore[no-any-return]

    def largest_prompt_tokens(self) -> Tokens:
        """The longest prompt each request sends in any of its calls, shape (n,)."""
        return np.max([call.input_tokens for call in self.calls], axis=0)  # type: ignore[no-any-return]
