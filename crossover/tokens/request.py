"""The one question the rest of the house asks: what does this request cost in input tokens?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil
from types import MappingProxyType

from crossover.tokens.accountant import PARTS, Account, is_function
from crossover.tokens.conversation import mappings
from crossover.tokens.counter import counter
from crossover.tokens.messages import non_text_parts
from crossover.tokens.models import Basis, ModelFacts, model_facts
from crossover.tokens.shapes import openai_shaped
from crossover.tokens.vendors import VendorAccount

# Earlier thoughts are dropped by the vendors before they bill; a text block may be empty.
_NOT_BILLED_AGAIN = ("thinking", "redacted_thinking", "reasoning", "text", "input_text", "output_text")


class NotARequest(ValueError):
    """The object is not a request: it has neither messages nor input, or is nested too deeply."""


@dataclass(frozen=True, slots=True)
class RequestCount:
    """Input tokens of one request.

    `parts` adds up to `input_tokens`: instructions, tools, schema, history, question, overhead.
    `plus_minus` are the tokens within which nine bills in ten lay. `notes` name, in words for a
    reader, what could not be counted.
    """

    input_tokens: int
    plus_minus: int
    basis: Basis
    parts: Mapping[str, int]
    notes: tuple[str, ...] = ()


def count_request(request: Mapping[str, object], model: str, on: date | None = None) -> RequestCount:
    """Input tokens of `request` as the API takes it, for `model` (docs/tokens.md).

    Takes chat.completions, Responses, embeddings, Anthropic messages and Gemini contents. `on` is the
    day of a recorded request, None for today's rules. Raises NotARequest.
    """
    facts = model_facts(model)
    if not any(request.get(key) is not None for key in ("messages", "input", "contents")):
        raise NotARequest("This has neither messages nor input. Pass the request as it goes to the API.")
    if facts.family == "embedding":
        return _embedding(request, facts)
    try:
        shaped = openai_shaped(request)
        account = _account(shaped, facts, on)
        return _result(account, facts, tuple(_notes(shaped, facts, account)))
    except RecursionError as error:
        raise NotARequest("This is nested too deeply for a request. Check the schemas in it.") from error


def _account(request: Mapping[str, object], facts: ModelFacts, on: date | None) -> Account | VendorAccount:
    if _counts_by_factor(facts):
        return VendorAccount(request, facts)
    return Account(request, facts, on)


def _counts_by_factor(facts: ModelFacts) -> bool:
    return facts.is_known and facts.token_factor.high != 1


def _result(account: Account | VendorAccount, facts: ModelFacts, notes: tuple[str, ...]) -> RequestCount:
    tokens = sum(account.parts.values())
    beyond = facts.token_factor.high - facts.token_factor.likely if not facts.is_known else 0
    spread = ceil(account.spread() + beyond * tokens)
    parts = MappingProxyType(dict(account.parts))
    return RequestCount(tokens, spread, _basis(account, facts, notes), parts, notes)


def _basis(account: Account | VendorAccount, facts: ModelFacts, notes: tuple[str, ...]) -> Basis:
    if notes or facts.basis is Basis.ROUGH:
        return Basis.ROUGH
    added = account.tools or account.format or any(turn.calls for turn in account.turns)
    return Basis.ESTIMATE if added or facts.basis is Basis.ESTIMATE else Basis.EXACT


def _notes(request: Mapping[str, object], facts: ModelFacts, account: Account | VendorAccount) -> list[str]:
    notes = [] if facts.is_known else [f"{facts.model} is not in our model table: counted as o200k, rough."]
    items = mappings(request.get("messages", request.get("input")))
    uncounted = [kind for kind in non_text_parts(items) if kind not in _NOT_BILLED_AGAIN]
    if uncounted:
        notes.append(f"Not counted: {', '.join(sorted(set(uncounted)))}. Only text is counted.")
    if not all(map(is_function, mappings(request.get("tools")))):
        notes.append("Not counted: tools the vendor runs itself, such as search or files.")
    if isinstance(account, Account) and account.in_pro_mode:
        notes.append("In pro mode the model reads its own drafts; their size is a guess from one bill.")
    return notes


def _embedding(request: Mapping[str, object], facts: ModelFacts) -> RequestCount:
    """Embeddings are billed by their texts alone, without any frame; token lists by their length."""
    given = request.get("input")
    texts = given if isinstance(given, list | tuple) else [given]
    count = counter(facts.encoding)
    if texts and all(isinstance(one, int) for one in texts):
        tokens = len(texts)
    else:
        tokens = sum(len(one) if isinstance(one, list) else count(str(one)) for one in texts)
    parts = MappingProxyType({**dict.fromkeys(PARTS, 0), "question": tokens})
    return RequestCount(tokens, 0, Basis.EXACT, parts)
