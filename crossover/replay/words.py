"""How a replay speaks of its months and choices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crossover.numbers import share, usd
from crossover.replay.events import MarketEvent
from crossover.replay.months import Replay, ReplayMonth, Standing


def month(of: ReplayMonth) -> str:
    """The month's name: "July 2024"."""
    return of.on.strftime("%B %Y")


def strategy(standing: Standing) -> str:
    """The strategy inside a sentence; abbreviations keep their capitals."""
    label = standing.strategy_label
    return label if label.isupper() else label[0].lower() + label[1:]


def listed(standings: Sequence[Standing]) -> str:
    """Several strategies, separated by commas."""
    return ", ".join(strategy(standing) for standing in standings)


def choice(replay: Replay, standing: Standing) -> str:
    """Strategy and model: "RAG with GPT-4o mini at OpenAI"."""
    return f"{strategy(standing)} with {replay.labels[standing.at]}"


def stays(now: ReplayMonth) -> str:
    """Said after news that changed nothing about the answer; "" where there is no answer."""
    return " The answer stays." if now.answer else ""


def opening(replay: Replay, first: ReplayMonth) -> str:
    """Where the replay starts; for a month with an answer."""
    if first.answer is None:
        return "nothing can be chosen yet."
    total = f"{usd(first.answer.total_usd)} over {replay.horizon_months} months"
    close = f", {too_close(first)}" if first.is_close else ""
    return f"{choice(replay, first.answer)} costs least, {total}{close}."


def change_of_answer(replay: Replay, before: ReplayMonth, now: ReplayMonth) -> str:
    """The old answer and the new one."""
    old, new = before.answer, now.answer
    if new is None:
        return "nothing can be chosen any more."
    close = f"; {too_close(now)}" if now.is_close else ""
    if old is None:
        return f"{choice(replay, new)} can be chosen and costs least, {usd(new.total_usd)}{close}."
    if old.key == new.key:
        lead = "still costs least, but it is " + too_close(now) if now.is_close else "now leads clearly"
        return f"{choice(replay, new)} {lead}."
    then = now.standing(old.key)
    against = f" against {usd(then.total_usd)}" if then and then.is_ranked else ""
    overtaking = f"{choice(replay, new)} takes the lead from {choice(replay, old)}"
    return f"{overtaking}, {usd(new.total_usd)}{against}{close}."


def too_close(of: ReplayMonth) -> str:
    """How near the second strategy is; "" without two to compare."""
    first, second = of.answer, of.runner_up
    if first is None or second is None or not first.total_usd or second.total_usd is None:
        return ""
    ahead = second.total_usd / first.total_usd - 1
    return f"too close to call: {strategy(second)} costs {share(ahead)} more"


def with_causes(replay: Replay, sentence: str, causes: Iterable[MarketEvent]) -> str:
    """The sentence and, model by model, what the price book dates."""
    said: dict[str, list[str]] = {}
    for event in causes:
        said.setdefault(replay.labels[event.host, event.model], []).append(event.words)
    return " ".join([sentence, *(f"{label}: {'; '.join(clauses)}." for label, clauses in said.items())])
