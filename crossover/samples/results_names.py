"""Which of our strategies a name in a results file means, if any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from crossover.samples.columns import column_key

STRATEGY_IDS = (
    *("prompting", "rag", "tools", "tuning", "retrieved", "long_context", "rag_rerank", "rag_tool"),
    *("agent", "tuned_rag", "tuned_tools", "lora", "classifier", "router"),
)
"""Ids of the strategies, which a later stage defines; a test keeps both lists the same."""

_EXACT = {
    "prompting": ("prompt", "prompts", "prompt_engineering", "prompted", "few_shot", "zero_shot", "baseline"),
    "rag": ("retrieval", "retrieval_augmented_generation"),
    "tools": ("tool", "tool_use", "tool_calling", "function_calling", "functions", "function_calls"),
    "tuning": (
        "tuned",
        "fine_tuned",
        "fine_tuning",
        "finetuned",
        "finetuning",
        "finetune",
        "fine_tune",
        "sft",
    ),
    "agent": ("agents", "agentic", "react"),
    "long_context": ("full_context", "cached_context"),
    "router": ("routing", "routed"),
}
_EXACT_IDS = {alias: name for name, aliases in _EXACT.items() for alias in (name, *aliases)} | {
    name: name for name in STRATEGY_IDS
}
_MARKS = {
    "tuned": {"tuned", "finetuned", "finetuning", "finetune", "tuning", "tune", "sft", "ft"},
    "lora": {"lora", "qlora", "peft"},
    "rag": {"rag", "retrieval"},
    "rerank": {"rerank", "reranker", "reranked", "reranking"},
    "tools": {"tool", "tools", "function", "functions"},
    "agent": {"agent", "agents", "agentic"},
    "router": {"router", "routing", "routed"},
    "classifier": {"classifier", "logreg"},
    "prompt": {"prompt", "prompts", "prompting", "prompted", "baseline", "shot", "fewshot", "zeroshot"},
    "similar": {"retrieved", "dynamic", "nearest", "knn", "similar"},
    "long": {"long"},
    "context": {"context"},
}
# The first whose marks all stand in the name; combinations before their parts.
_RULES = (
    ("lora", ("lora",)),
    ("tuned_rag", ("tuned", "rag")),
    ("tuned_tools", ("tuned", "tools")),
    ("tuning", ("tuned",)),
    ("rag_rerank", ("rerank",)),
    ("rag_tool", ("rag", "tools")),
    ("rag_tool", ("rag", "agent")),
    ("router", ("router",)),
    ("classifier", ("classifier",)),
    ("agent", ("agent",)),
    ("rag", ("rag",)),
    ("tools", ("tools",)),
    ("long_context", ("long", "context")),
    ("retrieved", ("similar", "prompt")),
    ("prompting", ("prompt",)),
)


def exact_strategy(name: str) -> str | None:
    """The strategy whose usual name this is, however it is written; None for any other name."""
    return next((_EXACT_IDS[key] for key in _keys(name) if key in _EXACT_IDS), None)


def likely_strategy(name: str) -> str | None:
    """The strategy a name speaks of ("RAG k=5" -> rag); None when nothing in it tells."""
    if found := exact_strategy(name):
        return found
    words = {word for key in _keys(name) for word in key.split("_")}
    marked = {mark for mark, signs in _MARKS.items() if signs & words}
    return next((strategy for strategy, marks in _RULES if marked.issuperset(marks)), None)


def _keys(name: str) -> tuple[str, str]:
    """The name for comparison, with and without a split at capitals: FineTuned, but LoRA."""
    return column_key(name), column_key(name.casefold())


def strategies_of(names: Iterable[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Strategy by name as given: what a person chose, else what the name means, else the name itself.

    When several names seem to mean one strategy only the plain one gets it, and none where no name
    is plainer than the others: two variants are never counted as one unasked.
    """
    listed = tuple(dict.fromkeys(names))
    found = {name: chosen[name] for name in listed if name in chosen}
    open_names = [name for name in listed if name not in found]
    for guess in (exact_strategy, likely_strategy):
        taken = set(found.values())
        wanted = {name: guess(name) for name in open_names if name not in found}
        found |= {
            name: strategy
            for name, strategy in wanted.items()
            if strategy and strategy not in taken and _is_alone(name, strategy, wanted)
        }
    return {name: found.get(name, name) for name in listed}


def _is_alone(name: str, strategy: str, wanted: Mapping[str, str | None]) -> bool:
    """Whether no other name asks for the strategy, but for another spelling of the same one."""
    return all(column_key(other) == column_key(name) for other, each in wanted.items() if each == strategy)
