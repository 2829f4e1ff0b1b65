"""How a replay speaks of its months and choices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crossover.numbers import share, usd
from crossover.replay.events import MarketEvent
from crossover.replay.months import Replay, ReplayMonth, Standing
from crossover.words import in_sentence, month_words, say, say_count


def month(of: ReplayMonth) -> str:
    """The month's name: "July 2024"."""
    return month_words(of.on)


def strategy(standing: Standing) -> str:
    """The strategy inside a sentence; abbreviations keep their capitals."""
    return in_sentence(standing.strategy_label)


def listed(standings: Sequence[Standing]) -> str:
    """Several strategies, separated by commas."""
    return ", ".join(strategy(standing) for standing in standings)


def choice(replay: Replay, standing: Standing) -> str:
    """Strategy and model: "RAG with GPT-4o mini at OpenAI"."""
    return say("{strategy} with {model}", strategy=strategy(standing), model=replay.labels[standing.at])


def stays(now: ReplayMonth) -> str:
    """Said after news that changed nothing about the answer; "" where there is no answer."""
    return " " + say("The answer stays.") if now.answer else ""


def opening(replay: Replay, first: ReplayMonth) -> str:
    """Where the replay starts; for a month with an answer."""
    if first.answer is None:
        return say("nothing can be chosen yet.")
    news = say_count(
        "{choice} costs least, {total} over {n} month",
        "{choice} costs least, {total} over {n} months",
        replay.horizon_months,
        choice=choice(replay, first.answer),
        total=usd(first.answer.total_usd),
    )
    return f"{news}, {too_close(first)}." if first.is_close else f"{news}."


def joins(model: str, best: Standing) -> str:
    """News of a model that can be chosen for the first time; `best` is its cheapest way."""
    return say(
        "{model} joins; its cheapest way is {strategy}, {total}.",
        model=model,
        strategy=strategy(best),
        total=usd(best.total_usd),
    )


def choices_changed(model: str, gained: Sequence[Standing], lost: Sequence[Standing]) -> str:
    """News of what can and what can no longer be chosen with a model; "" when there is none."""
    if gained and lost:
        both = {"gained": listed(gained), "lost": listed(lost)}
        return say(
            "{gained} with {model} can be chosen and {lost} with {model} drops out.", model=model, **both
        )
    if gained:
        return say("{strategies} with {model} can be chosen.", strategies=listed(gained), model=model)
    if lost:
        return say("{strategies} with {model} drops out.", strategies=listed(lost), model=model)
    return ""


def change_of_answer(replay: Replay, before: ReplayMonth, now: ReplayMonth) -> str:
    """The old answer and the new one."""
    old, new = before.answer, now.answer
    if new is None:
        return say("nothing can be chosen any more.")
    if old is not None and old.key == new.key:
        return _lead(replay, now, new)
    if old is None:
        total = usd(new.total_usd)
        news = say("{choice} can be chosen and costs least, {total}", choice=choice(replay, new), total=total)
    else:
        news = _overtaking(replay, now, old, new)
    return f"{news}; {too_close(now)}." if now.is_close else f"{news}."


def _lead(replay: Replay, now: ReplayMonth, leader: Standing) -> str:
    """How the lead of the same choice changed: by nothing but its size."""
    leading = choice(replay, leader)
    if not now.is_close:
        return say("{choice} now leads clearly.", choice=leading)
    return say("{choice} still costs least, but it is {close}.", choice=leading, close=too_close(now))


def _overtaking(replay: Replay, now: ReplayMonth, old: Standing, new: Standing) -> str:
    names = {"new": choice(replay, new), "old": choice(replay, old), "total": usd(new.total_usd)}
    then = now.standing(old.key)
    if then and then.is_ranked:
        against = usd(then.total_usd)
        return say("{new} takes the lead from {old}, {total} against {against}", against=against, **names)
    return say("{new} takes the lead from {old}, {total}", **names)


def too_close(of: ReplayMonth) -> str:
    """How near the second strategy is; "" without two to compare."""
    first, second = of.answer, of.runner_up
    if first is None or second is None or not first.total_usd or second.total_usd is None:
        return ""
    ahead = second.total_usd / first.total_usd - 1
    more = share(ahead)
    return say("too close to call: {strategy} costs {share} more", strategy=strategy(second), share=more)


def with_causes(replay: Replay, sentence: str, causes: Iterable[MarketEvent]) -> str:
    """The sentence and, model by model, what the price book dates."""
    said: dict[str, list[str]] = {}
    for event in causes:
        said.setdefault(replay.labels[event.host, event.model], []).append(event.words)
    return " ".join([sentence, *(f"{label}: {'; '.join(clauses)}." for label, clauses in said.items())])
