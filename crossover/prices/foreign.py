"""Other projects' price lists as cells of our own table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from crossover.prices.hosts import PACKAGE_PROVIDERS
from crossover.words import say

Cells: TypeAlias = Mapping[str, str]

# LiteLLM's provider names; several of theirs are one host of ours.
_LITELLM_HOSTS = {
    "openai": "openai",
    "azure": "azure",
    "azure_ai": "azure",
    "gemini": "google",
    "vertex_ai": "google-vertex",
    "mistral": "mistral",
    "cohere": "cohere",
    "cohere_chat": "cohere",
    "together_ai": "together",
    "fireworks_ai": "fireworks",
    "bedrock": "aws-bedrock",
    "bedrock_converse": "aws-bedrock",
    "anthropic": "anthropic",
}
_LITELLM_COLUMNS = {
    "input_cost_per_token": "input_mtok",
    "output_cost_per_token": "output_mtok",
    "cache_read_input_token_cost": "cached_input_mtok",
    "cache_creation_input_token_cost": "cache_write_mtok",
    "input_cost_per_token_batches": "batch_input_mtok",
    "output_cost_per_token_batches": "batch_output_mtok",
}
_LITELLM_CHAT = {"input_cost_per_token", "output_cost_per_token"}
_LITELLM_MODES = {"", "chat", "completion", "responses"}
_LITELLM_LIMITS = {
    "_above_128k_tokens": 128_000,
    "_above_200k_tokens": 200_000,
    "_above_272k_tokens": 272_000,
}

_GENAI_COLUMNS = {
    "input_mtok": "input_mtok",
    "output_mtok": "output_mtok",
    "cache_read_mtok": "cached_input_mtok",
    "cache_write_mtok": "cache_write_mtok",
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An entry of a price list that is no chat price we use, and why."""

    name: str
    why: str


class NotAPrice(ValueError):
    """Something that is not a price in any shape we read; the message says what was expected."""


def litellm_cells(content: Mapping[object, object]) -> Iterator[Cells | LeftOut]:
    """The entries of a LiteLLM price map (US dollars per single token); only chat models have cells.

    That map writes 0 both for free and for unknown, so an entry of zeros is left out.
    """
    if not any(isinstance(entry, Mapping) for entry in content.values()):
        raise NotAPrice(
            say("A price list in JSON is a list of entries, or an object with one entry per model.")
        )
    for key, entry in content.items():
        if isinstance(entry, Mapping) and key != "sample_spec":
            why = _litellm_why_not(entry)
            yield LeftOut(str(key), why) if why else _litellm_entry(str(key), entry)


def _litellm_why_not(entry: Mapping[object, object]) -> str:
    """Why an entry is no chat price, "" when it is one."""
    mode = str(entry.get("mode") or "")
    if mode not in _LITELLM_MODES:
        return say("for {mode}, not for chat", mode=mode.replace("_", " "))
    if not set(entry) >= _LITELLM_CHAT:
        return say("no price for input and output tokens")
    if all(entry[name] in (0, None) for name in _LITELLM_CHAT):
        return say("listed at 0, which this list also writes for unknown; enter it yourself if it is free")
    return ""


def genai_cells(providers: Iterable[Mapping[object, object]]) -> Iterator[Cells | LeftOut]:
    """The models of a genai-prices provider list (US dollars per million tokens).

    Models without an input and an output price per token, or priced by the hour of day, have no cells.
    """
    hosts = {provider: host for host, provider in PACKAGE_PROVIDERS.items()}
    for provider in providers:
        name = str(provider.get("id", ""))
        models = provider.get("models")
        for model in models if isinstance(models, list) else []:
            yield from _genai_entries(hosts.get(name, name), model)


def _litellm_entry(key: str, entry: Mapping[str, object]) -> Cells:
    provider = str(entry.get("litellm_provider", "")) or key.partition("/")[0]
    host = _LITELLM_HOSTS.get(provider, _LITELLM_HOSTS.get(provider.partition("-")[0], provider))
    model = key.partition("/")[2] if key.startswith(f"{provider}/") else key
    cells = {"host": host, "model": model}
    cells |= {ours: _per_million(entry.get(theirs)) for theirs, ours in _LITELLM_COLUMNS.items()}
    for suffix, limit in _LITELLM_LIMITS.items():
        if f"input_cost_per_token{suffix}" in entry:
            cells |= _litellm_long(entry, suffix, limit)
    return cells


def _litellm_long(entry: Mapping[str, object], suffix: str, limit: int) -> dict[str, str]:
    return {
        "long_from_tokens": str(limit),
        "long_input_mtok": _per_million(entry.get(f"input_cost_per_token{suffix}")),
        "long_output_mtok": _per_million(entry.get(f"output_cost_per_token{suffix}")),
        "long_cached_input_mtok": _per_million(entry.get(f"cache_read_input_token_cost{suffix}")),
    }


def _per_million(per_token: object) -> str:
    """A price per token as text per million, exact (1.5e-07 becomes 0.15); other text as it stands."""
    if per_token is None:
        return ""
    try:
        return str(float(Decimal(str(per_token)) * 1_000_000))
    except InvalidOperation:
        return str(per_token)


def _genai_entries(host: str, model: object) -> Iterator[Cells | LeftOut]:
    """One entry per dated price; each ends where the next one starts."""
    if not isinstance(model, Mapping):
        return
    prices, name = model.get("prices"), f"{host} {model.get('id', '')}"
    dated = _genai_periods(prices if isinstance(prices, list) else [{"prices": prices}])
    if not dated:
        yield LeftOut(name, say("no price that holds the whole day"))
    ends = [*(start for start, _ in dated), ""][1:]
    for (start, content), end in zip(dated, ends, strict=True):
        if not _genai_amount(content.get("input_mtok")) or not _genai_amount(content.get("output_mtok")):
            yield LeftOut(name, say("no price for input and output tokens"))
            continue
        yield (
            {"host": host, "model": str(model.get("id", "")), "valid_from": start, "valid_to": end}
            | {ours: _genai_amount(content.get(theirs)) for theirs, ours in _GENAI_COLUMNS.items()}
            | _genai_long(content)
        )


def _genai_periods(entries: Iterable[object]) -> list[tuple[str, Mapping[str, object]]]:
    """(first day or "", prices), undated first; entries that hold by the hour are left out."""
    periods = []
    for entry in entries:
        content = entry.get("prices") if isinstance(entry, Mapping) else None
        constraint = entry.get("constraint") if isinstance(entry, Mapping) else None
        if not isinstance(content, Mapping):
            continue
        if constraint is None:
            periods.append(("", content))
        elif isinstance(constraint, Mapping) and "start_date" in constraint:
            periods.append((str(constraint["start_date"]), content))
    return sorted(periods, key=lambda period: period[0])


def _genai_amount(amount: object) -> str:
    if isinstance(amount, Mapping):
        amount = amount.get("base")
    return "" if amount is None else str(amount)


def _genai_long(content: Mapping[str, object]) -> dict[str, str]:
    cliff = _only_tier(content.get("input_mtok"))
    if cliff is None:
        return {}
    return {"long_from_tokens": str(cliff.get("start", ""))} | {
        f"long_{ours}": _genai_long_amount(content.get(theirs)) for theirs, ours in _GENAI_COLUMNS.items()
    }


def _genai_long_amount(amount: object) -> str:
    tier = _only_tier(amount)
    return _genai_amount(amount) if tier is None else str(tier.get("price", ""))


def _only_tier(amount: object) -> Mapping[str, object] | None:
    tiers = amount.get("tiers") if isinstance(amount, Mapping) else None
    found = tiers[0] if isinstance(tiers, list) and len(tiers) == 1 else None
    return found if isinstance(found, Mapping) else None
