"""What changed the answer between two months, in words with the dates of the price book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from crossover.numbers import usd
from crossover.prices import Source
from crossover.replay import words
from crossover.replay.events import EventKind, MarketEvent, ModelAtHost
from crossover.replay.months import Replay, ReplayMonth, Standing
from crossover.words import say

MOVED_SHARE = 0.01
"""A total that moves by less than this is not worth a sentence."""
TUNING = "tuning"


@dataclass(frozen=True, slots=True)
class Turn:
    """A month that differs from the one before; `changes_answer` tells the turning points apart.

    `sources` are the pages behind the dates in `sentence`.
    """

    on: date
    sentence: str
    changes_answer: bool
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class _Passage:
    """From one month to the next, with what the price book dates between them."""

    replay: Replay
    before: ReplayMonth
    now: ReplayMonth

    @property
    def events(self) -> list[MarketEvent]:
        return [event for event in self.replay.events if self.before.on < event.on <= self.now.on]


def reasons(replay: Replay) -> tuple[str, ...]:
    """The replay in sentences, oldest first: where it starts, and every month that changed something."""
    return tuple(turn.sentence for turn in turns(replay))


def turns(replay: Replay) -> tuple[Turn, ...]:
    """Where the replay starts and every month in which an answer or a choice changed, oldest first."""
    if not replay.months:
        return ()
    passages = (_Passage(replay, before, now) for before, now in pairwise(replay.months))
    later = (turn for passage in passages for turn in _turns_of(passage))
    return (_start(replay, replay.months[0]), *later)


def _start(replay: Replay, month: ReplayMonth) -> Turn:
    if month.answer is None:
        why = " ".join([*month.unpriced.values(), *_obstacles(month)])
        sentence = f"{words.month(month)}: {words.opening(replay, month)} {why}"
        return Turn(month.on, sentence.strip(), True)
    past = [event for event in replay.events if event.on <= month.on and _is_about(event, [month.answer])]
    began = [event for event in past if event.kind is EventKind.NEW_MODEL][-1:]
    sentence = f"{words.month(month)}: {words.opening(replay, month)}"
    return Turn(month.on, words.with_causes(replay, sentence, began), True, _sources(began))


def _turns_of(passage: _Passage) -> Iterator[Turn]:
    """The turn of the answer, then one for every other model whose choices changed."""
    told: set[ModelAtHost] = set()
    if _state(passage.before) != _state(passage.now):
        told = {each.at for each in (passage.before.answer, passage.now.answer) if each}
        yield _answer_turn(passage)
    for model in passage.replay.labels:
        if model not in told and (turn := _side_turn(passage, model)):
            yield turn


def _state(month: ReplayMonth) -> tuple[object, bool]:
    return month.answer and month.answer.key, month.is_close


def _answer_turn(passage: _Passage) -> Turn:
    replay, before, now = passage.replay, passage.before, passage.now
    concerned = [each for each in (before.answer, now.answer) if each]
    causes = [event for event in passage.events if _is_about(event, concerned)]
    sentence = f"{words.month(now)}: {words.change_of_answer(replay, before, now)}"
    parts = [words.with_causes(replay, sentence, causes), obstacle := _obstacle(before.answer, now)]
    if not causes and not obstacle and (was := _obstacle(now.answer, before)):
        parts.append(say("Until then: {sentence}", sentence=was))
    return Turn(now.on, " ".join(filter(None, parts)), True, _sources(causes))


def _side_turn(passage: _Passage, model: ModelAtHost) -> Turn | None:
    """What changed for one model without changing the answer; None when nothing did."""
    before, now = passage.before, passage.now
    gained, lost = _flips(before, now, model), _flips(now, before, model)
    causes = [event for event in passage.events if (event.host, event.model) == model]
    effect = _effect(passage, model, gained, lost) or (_move(passage, model) if causes else "")
    if not effect:
        return None
    flips = [*gained, *lost]
    if flips and not any(standing.strategy_id == TUNING for standing in flips):
        causes = [event for event in causes if event.kind is not EventKind.TUNING]
    parts = [words.with_causes(passage.replay, f"{words.month(now)}: {effect}", causes)]
    if not causes:
        parts += [_obstacle(standing, now) for standing in lost[:1]]
        until_then = filter(None, (_obstacle(standing, before) for standing in gained[:1]))
        parts += [say("Until then: {sentence}", sentence=was) for was in until_then]
    return Turn(now.on, " ".join(filter(None, parts)), False, _sources(causes))


def _flips(before: ReplayMonth, now: ReplayMonth, model: ModelAtHost) -> list[Standing]:
    """What can be chosen now and could not before, with that model."""
    had = {standing.key for standing in before.ranked}
    return [standing for standing in now.of(model) if standing.key not in had]


def _effect(
    passage: _Passage, model: ModelAtHost, gained: Sequence[Standing], lost: Sequence[Standing]
) -> str:
    label = passage.replay.labels[model]
    if gained and not passage.before.of(model):
        news = words.joins(label, gained[0])
    elif lost and not passage.now.of(model):
        news = say("{model} drops out.", model=label)
    else:
        news = words.choices_changed(label, gained, lost)
    return news + words.stays(passage.now) if news else ""


def _move(passage: _Passage, model: ModelAtHost) -> str:
    """The strategy whose total moved most with that model, when it moved enough to tell."""
    pairs = [(passage.before.standing(now.key), now) for now in passage.now.of(model)]
    moves = [
        (abs(now.total_usd / old.total_usd - 1), old, now)
        for old, now in pairs
        if old and old.total_usd and now.total_usd is not None
    ]
    if not moves:
        return ""
    size, old, now = max(moves, key=lambda move: move[0])
    if size < MOVED_SHARE:
        return ""
    choice, before, after = words.choice(passage.replay, now), usd(old.total_usd), usd(now.total_usd)
    news = say("{choice} moves from {before} to {after}.", choice=choice, before=before, after=after)
    return news + words.stays(passage.now)


def _is_about(event: MarketEvent, standings: Iterable[Standing]) -> bool:
    """Whether the event concerns one of these choices; tuning news only those that tune."""
    return any(
        (event.host, event.model) == standing.at
        and (event.kind is not EventKind.TUNING or standing.strategy_id == TUNING)
        for standing in standings
    )


def _obstacle(standing: Standing | None, month: ReplayMonth) -> str:
    """Why that choice cannot be made in `month`; "" when it can."""
    if standing is None:
        return ""
    found = month.standing(standing.key)
    return month.unpriced.get(standing.at) or (found.obstacle if found else "")


def _obstacles(month: ReplayMonth) -> list[str]:
    return list(dict.fromkeys(standing.obstacle for standing in month.standings if standing.obstacle))


def _sources(causes: Iterable[MarketEvent]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(event.source for event in causes if event.source))
