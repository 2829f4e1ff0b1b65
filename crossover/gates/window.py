"""Does everything fit: requests into the window, training rows into an example (G2, G3, E10, E11)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossover.cost import overflow_share
from crossover.gates.gate import Checked, Gate, Status
from crossover.gates.sources import looks_up_examples
from crossover.numbers import count, share
from crossover.strategies import Call, Part
from crossover.strategies.plan import Tokens
from crossover.words import mark, say, say_count

Rows = NDArray[np.intp]

_FEWER_CHUNKS = mark("Send {found} instead of {today} chunks with a request")
_FEWER_EXAMPLES = mark("Send {found} instead of {today} examples with a request")
_LESS_OF_DOCUMENTS = mark("Send at most {room} tokens of documents, or let a search choose passages")
_LESS_HISTORY = mark("Send at most {room} tokens of earlier turns")


@dataclass(frozen=True, slots=True)
class _Cut:
    """A change that makes every request fit, and how much of the part it touches is lost, 0 to 1."""

    lost_share: float
    words: str


def fits_window(checked: Checked) -> Iterator[Gate]:
    """G2: requests whose prompt and answer exceed the context window; never cut silently (E10)."""
    window, calls = checked.facts.window, _last_turn(checked.plan.calls)
    if window is None or not calls or not len(checked.profile):
        return
    needed = np.max([call.input_tokens + call.output_tokens for call in calls], axis=0)
    part = overflow_share(needed, 0.0, window)
    if not part:
        return
    over = np.flatnonzero(needed > window)
    reason = say(
        "{part} of requests (rows {rows}) need more than the model's window of {window} tokens; the longest "
        "needs {longest}.",
        part=share(part),
        rows=", ".join(str(row + 1) for row in over[:5]) + (" …" if len(over) > 5 else ""),
        window=count(window),
        longest=count(float(needed.max())),
    )
    remedy = say(
        "{change}, or choose a model with a window of at least {tokens} tokens.",
        change=_smallest_change(checked, calls, over, window),
        tokens=count(math.ceil(needed.max())),
    )
    yield Gate("G2", Status.FAIL, say("Over the context window"), reason, remedy)


def _smallest_change(checked: Checked, calls: Sequence[Call], over: Rows, window: int) -> str:
    cuts = [cut for cut in _cuts(checked, calls, over, window) if cut is not None]
    if not cuts:
        return say("Shorten the instructions or these rows")
    return min(cuts, key=lambda cut: cut.lost_share).words


def _last_turn(calls: Sequence[Call]) -> Sequence[Call]:
    """The calls of a conversation's last turn, whose prompts are the longest."""
    last = max((call.turn for call in calls), default=1)
    return [call for call in calls if call.turn == last]


def _cuts(checked: Checked, calls: Sequence[Call], over: Rows, window: int) -> Iterator[_Cut | None]:
    """The smallest change of each kind that makes all requests fit; None where that kind cannot."""
    scenario, profile, knowledge = checked.scenario, checked.profile, checked.profile.knowledge
    passages = _kept_shares(calls, Part.CONTEXT, over, window)
    if passages is not None and knowledge is not None and checked.plan.embedding_tokens is not None:
        fewer = _most_that_fit(passages, scenario.chunks_per_request, lambda k: knowledge.context(k)[over])
        yield _fewer(fewer, scenario.chunks_per_request, _FEWER_CHUNKS, at_least=1)
    elif passages is not None:
        yield _less(calls, Part.CONTEXT, passages, over, _LESS_OF_DOCUMENTS)
    examples = _kept_shares(calls, Part.EXAMPLES, over, window)
    if examples is not None:
        shown = min(scenario.few_shot_examples, len(profile.examples.rows))
        fewer = _most_that_fit(examples, shown, lambda k: _example_tokens(checked, calls, k)[over])
        yield _fewer(fewer, shown, _FEWER_EXAMPLES, at_least=0)
    history = _kept_shares(calls, Part.HISTORY, over, window)
    if history is not None:
        yield _less(calls, Part.HISTORY, history, over, _LESS_HISTORY)


def _example_tokens(checked: Checked, calls: Sequence[Call], k: int) -> Tokens:
    """Tokens of k examples per request: the nearest ones where they are looked up, else the fixed ones."""
    profile = checked.profile
    if any(looks_up_examples(call) for call in calls):
        return profile.nearest.tokens(k)
    return profile.examples.beside(k, len(profile))


def _kept_shares(calls: Sequence[Call], part: Part, over: Rows, window: int) -> Tokens | None:
    """Share of `part` each over-long request can keep, shape (over,); None where it holds too little."""
    kept = np.ones(len(over))
    for call in calls:
        needed = (call.input_tokens + call.output_tokens)[over]
        held = _tokens_of(call, part)[over] if _has(call, part) else np.zeros(len(over))
        excess = np.maximum(0.0, needed - window)
        if (excess > held).any():
            return None
        kept = np.minimum(kept, 1 - np.divide(excess, held, out=np.zeros_like(held), where=held > 0))
    return kept


def _has(call: Call, part: Part) -> bool:
    return any(each is part for each, _ in call.parts)


def _tokens_of(call: Call, part: Part) -> Tokens:
    return np.sum([tokens for each, tokens in call.parts if each is part], axis=0)  # type: ignore[no-any-return]


def _most_that_fit(kept: Tokens, today: int, tokens: Callable[[int], Tokens]) -> int | None:
    """The largest number below `today` whose tokens are within the share that can be kept."""
    allowed = kept * tokens(today)
    return next((k for k in range(today - 1, -1, -1) if (tokens(k) <= allowed).all()), None)


def _fewer(found: int | None, today: int, template: str, at_least: int) -> _Cut | None:
    if found is None or found < at_least:
        return None
    return _Cut(1 - found / today, say(template, found=found, today=today))


def _less(calls: Sequence[Call], part: Part, kept: Tokens, over: Rows, template: str) -> _Cut:
    """How many tokens of `part` the tightest request has room for."""
    held = np.max([_tokens_of(call, part)[over] for call in calls if _has(call, part)], axis=0)
    room = math.floor(float((kept * held).min()))
    return _Cut(1 - float(kept.min()), say(template, room=count(room)))


def examples_fit(checked: Checked) -> Iterator[Gate]:
    """G3: training examples longer than the provider keeps; the end, the answer, is what is cut."""
    training, offered = checked.plan.training, checked.quote.tuning
    if training is None or not len(training) or offered is None or offered.max_example_tokens is None:
        return
    limit = offered.max_example_tokens
    over = np.flatnonzero(training.example_tokens > limit)
    if not len(over):
        return
    status = Status.FAIL if len(over) / len(training) > 0.05 else Status.WARN
    reason = say(
        "{over} of {examples} training examples (lines {lines}) exceed {limit} tokens. "
        "They are billed cut to that length, and what is cut is the end: the answer.",
        over=len(over),
        examples=len(training),
        lines=", ".join(str(checked.profile.training.lines[row]) for row in over[:10]),
        limit=count(limit),
    )
    label = say_count("{n} over-long example", "{n} over-long examples", len(over))
    yield Gate("G3", status, label, reason, say("Shorten or split these examples."))
