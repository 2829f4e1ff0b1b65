"""What leaves the house, and whether the team's policy allows it (G5, MODEL.md 8.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from crossover.figure import Figure, measured
from crossover.gates.gate import Checked, Gate, Status
from crossover.gates.sources import looks_up_examples
from crossover.numbers import count, share
from crossover.prices import OWN_MACHINES, host_label
from crossover.profile import TokenProfile
from crossover.profile.contradictions import PersonalData
from crossover.samples.types import Slot
from crossover.scenario import Scenario
from crossover.strategies import Part, UsagePlan
from crossover.words import listed, mark, say


class DataClass(StrEnum):
    """What a provider may get to see; said where it is shown."""

    QUESTIONS = mark("live questions")
    DOCUMENTS = mark("documents")
    TRAINING = mark("training rows")


def leaving(plan: UsagePlan, scenario: Scenario) -> tuple[DataClass, ...]:
    """The data a strategy hands to another host; nothing on machines of one's own (c9).

    Rows looked up per request go out one by one, like a training file; a few fixed examples do not
    count, because somebody chooses them. `scenario` is the one for this strategy.
    """
    if scenario.host in OWN_MACHINES or not plan.calls:
        return ()
    rows = plan.tuned or any(looks_up_examples(call) for call in plan.calls)
    found = {
        DataClass.QUESTIONS: True,
        DataClass.DOCUMENTS: plan.reads_documents or plan.stored_vectors > 0,
        DataClass.TRAINING: rows,
    }
    return tuple(data for data, leaves in found.items() if leaves)


def keeps_to_policy(checked: Checked) -> Iterator[Gate]:
    """G5: data that may not leave, personal data that may not, and a note without a policy."""
    sent, scenario = leaving(checked.plan, checked.scenario), checked.scenario
    if not scenario.data_may_leave:
        yield from _kept_inside(checked, sent)
    elif not scenario.personal_data_may_leave:
        yield from _personal_data_inside(checked, sent)
    elif DataClass.TRAINING in sent and checked.profile.personal_data.training:
        yield _trained_on(checked)


def _trained_on(checked: Checked) -> Gate:
    profile = checked.profile
    reason = _in_part(
        checked,
        mark("The training rows hold what looks like personal data ({found})."),
        mark(
            "The training rows hold what looks like personal data ({found}), counted in {part} of the text."
        ),
        found=_listed(profile.personal_data.training),
    )
    remedy = say("Mask or remove it before the rows are uploaded: a trained model may repeat it.")
    figures = _figures(profile, (DataClass.TRAINING,))
    return Gate("G5", Status.PASS, say("Personal data in training"), reason, remedy, figures)


def _kept_inside(checked: Checked, sent: tuple[DataClass, ...]) -> Iterator[Gate]:
    if sent:
        reason = say(
            "{data} would go to {host}, and your policy keeps data inside.",
            data=_capitalised(listed([say(data) for data in sent])),
            host=host_label(checked.scenario.host),
        )
        remedy = say("Choose a self-hosted model, or allow it in the scenario.")
        yield Gate("G5", Status.FAIL, say("Data would leave"), reason, remedy)
    elif checked.plan.embedding_tokens is not None:
        yield from _services_inside(checked.scenario)


def _services_inside(scenario: Scenario) -> Iterator[Gate]:
    """The model runs inside; what embeds or stores for it may not."""
    outside = [scenario.vector_store] if scenario.vector_store else []
    if scenario.embedding_host not in OWN_MACHINES:
        host = host_label(scenario.embedding_host)
        outside = [say("the embedding model at {host}", host=host), *outside]
    if outside:
        reason = say(
            "The model stays inside, but documents would still go to {places}.", places=listed(outside)
        )
        remedy = say("Run embedding and vector store yourself too; the prices shown for them are a stand-in.")
        yield Gate("G5", Status.WARN, say("Search runs outside"), reason, remedy)


def _personal_data_inside(checked: Checked, sent: tuple[DataClass, ...]) -> Iterator[Gate]:
    found = _found(checked.profile.personal_data)
    carrying = tuple(data for data in sent if found[data])
    if carrying:
        reason = _in_part(
            checked,
            mark("What looks like personal data would go to {host} ({found})."),
            mark(
                "What looks like personal data would go to {host} ({found}), counted in {part} of the text."
            ),
            host=host_label(checked.scenario.host),
            found="; ".join(f"{say(data)}: {_listed(found[data])}" for data in carrying),
        )
        remedy = say(
            "Mask or remove it before anything is sent, choose a self-hosted model, "
            "or allow it in the scenario."
        )
        figures = _figures(checked.profile, carrying)
        yield Gate("G5", Status.FAIL, say("Personal data would leave"), reason, remedy, figures)
    elif not sent and checked.plan.embedding_tokens is not None:
        if found[DataClass.QUESTIONS] or found[DataClass.DOCUMENTS]:
            yield from _services_inside(checked.scenario)
    elif sent and found[DataClass.TRAINING] and _shows_examples(checked.plan):
        reason = say("The answered rows hold what looks like personal data, and some are shown as examples.")
        remedy = say("Look at the examples before the first request, or show none.")
        yield Gate("G5", Status.WARN, say("Check the examples"), reason, remedy)


def _shows_examples(plan: UsagePlan) -> bool:
    return any(part is Part.EXAMPLES and tokens.any() for call in plan.calls for part, tokens in call.parts)


def _found(data: PersonalData) -> Mapping[DataClass, Mapping[str, int]]:
    return {
        DataClass.QUESTIONS: data.questions,
        DataClass.DOCUMENTS: data.documents,
        DataClass.TRAINING: data.training,
    }


def _figures(profile: TokenProfile, carrying: tuple[DataClass, ...]) -> tuple[Figure, ...]:
    """Counts by kind and place, never a value."""
    found = _found(profile.personal_data)
    sources = {
        DataClass.QUESTIONS: profile.requests_source,
        DataClass.DOCUMENTS: profile.samples.source(Slot.KNOWLEDGE),
        DataClass.TRAINING: profile.training.source,
    }
    return tuple(
        measured(times, "matches", sources[data], None, name=_place_words(kind, data))
        for data in carrying
        for kind, times in found[data].items()
    )


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{say(kind)}: {count(times)}" for kind, times in counts.items())


def _place_words(kind: str, data: DataClass) -> str:
    return say("{kind} in {place}", kind=_capitalised(say(kind)), place=say(data))


def _in_part(checked: Checked, whole: str, sampled: str, **values: str) -> str:
    """One of two sentences: where all of the text was searched, and where only a part of it was."""
    part = checked.profile.personal_data.looked_at_share
    return say(sampled, part=share(part), **values) if part < 1 else say(whole, **values)


def _capitalised(text: str) -> str:
    return text[0].upper() + text[1:]
