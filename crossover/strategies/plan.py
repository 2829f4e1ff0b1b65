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
    RERANK = "rerank"
    ENERGY = "energy"
    RETRIES = "retries"


@dataclass(frozen=True, slots=True)
class Call:
    """One call to the model: prompt parts in order and what it writes, each of shape (n,).

    `reasoning_tokens` are billed as output though nobody sees them. `shared_prefix_tokens` lead every
    request's prompt alike, so a provider may cache them. `previous_prompt_tokens` (n,) is set when the
    prompt extends an earlier call of the same request, or, with `after_pause`, that of the turn before
    in a conversation. `probability` is the share of requests that make this call; `turn` the turn of
    a conversation it belongs to, `way` which of a router's ways.
    """

    parts: tuple[tuple[Part, Tokens], ...]
    written_tokens: Tokens
    shared_prefix_tokens: float
    output_part: Part = Part.OUTPUT
    previous_prompt_tokens: Tokens | None = None
    probability: float = 1.0
    reasoning_tokens: float = 0.0
    after_pause: bool = False
    turn: int = 1
    way: int = 0

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
    """Everything a strategy consumes for `requests` requests; `missing` names what it cannot do without.

    `embedding_tokens` (n,) are embedded per request, for the `search_share` that searches at all, and
    `rerank_units` (n,) reranked; `index_tokens` are embedded once and again at each refresh,
    `stored_vectors` kept all month. `quantities` are the
    figures a person may ask about. Without calls no model is asked at all.
    """

    strategy: str
    calls: tuple[Call, ...]
    requests: int
    embedding_tokens: Tokens | None = None
    index_tokens: float = 0.0
    stored_vectors: int = 0
    training: TrainingPlan | None = None
    search_share: float = 1.0
    rerank_units: Tokens | None = None
    missing: tuple[str, ...] = ()
    quantities: tuple[Figure, ...] = ()

    @property
    def tuned(self) -> bool:
        """Whether the calls go to a fine-tuned model."""
        return self.training is not None

    @property
    def reads_documents(self) -> bool:
        """Whether any call carries text of the person's documents."""
        return any(part is Part.CONTEXT for call in self.calls for part, _ in call.parts)

    @property
    def sends_tools(self) -> bool:
        """Whether any call carries tool definitions."""
        return any(part is Part.TOOLS for call in self.calls for part, _ in call.parts)

    @property
    def searches_by_tool(self) -> bool:
        """Whether its tool is the search of the person's documents."""
        return self.embedding_tokens is not None and self.sends_tools

    def expected_input_tokens(self) -> Tokens:
        """Input tokens per request over all its calls, weighted by how often they happen, (n,)."""
        weighted = (call.probability * call.input_tokens for call in self.calls)
        return sum(weighted, np.zeros(self.requests))

    def expected_output_tokens(self) -> Tokens:
        """Output tokens per request over all its calls, weighted likewise, shape (n,)."""
        weighted = (call.probability * call.output_tokens for call in self.calls)
        return sum(weighted, np.zeros(self.requests))

    def largest_prompt_tokens(self) -> Tokens:
        """The longest prompt each request sends in any of its calls, shape (n,)."""
        prompts = [call.input_tokens for call in self.calls]
        return np.max(prompts, axis=0) if prompts else np.zeros(self.requests)
