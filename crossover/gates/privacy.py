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

_STAY = "Choose a self-hosted model"
_MASK = "Mask or remove it before anything is sent, choose a self-hosted model, or allow it in the scenario."


class DataClass(StrEnum):
    """What a provider may get to see."""

    QUESTIONS = "live questions"
    DOCUMENTS = "documents"
    TRAINING = "training rows"


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
        found = _listed(checked.profile.personal_data.training)
        reason = f"The training rows hold what looks like personal data ({found}){_looked_at(checked)}."
        remedy = "Mask or remove it before the rows are uploaded: a trained model may repeat it."
        yield Gate(
            "G5",
            Status.PASS,
            "Personal data in training",
            reason,
            remedy,
            _figures(checked.profile, (DataClass.TRAINING,)),
        )


def _kept_inside(checked: Checked, sent: tuple[DataClass, ...]) -> Iterator[Gate]:
    if sent:
        host = host_label(checked.scenario.host)
        reason = f"{_joined(sent)} would go to {host}, and your policy keeps data inside."
        yield Gate("G5", Status.FAIL, "Data would leave", reason, f"{_STAY}, or allow it in the scenario.")
    elif checked.plan.embedding_tokens is not None:
        yield from _services_inside(checked.scenario)


def _services_inside(scenario: Scenario) -> Iterator[Gate]:
    """The model runs inside; what embeds or stores for it may not."""
    embeds = scenario.embedding_host not in OWN_MACHINES
    outside = [f"the embedding model at {host_label(scenario.embedding_host)}"] if embeds else []
    outside += [scenario.vector_store] if scenario.vector_store else []
    if outside:
        reason = f"The model stays inside, but documents would still go to {' and '.join(outside)}."
        remedy = "Run embedding and vector store yourself too; the prices shown for them are a stand-in."
        yield Gate("G5", Status.WARN, "Search runs outside", reason, remedy)


def _personal_data_inside(checked: Checked, sent: tuple[DataClass, ...]) -> Iterator[Gate]:
    found = _found(checked.profile.personal_data)
    carrying = tuple(data for data in sent if found[data])
    if carrying:
        listed = "; ".join(f"{data}: {_listed(found[data])}" for data in carrying)
        host = host_label(checked.scenario.host)
        reason = f"What looks like personal data would go to {host} ({listed}){_looked_at(checked)}."
        yield Gate(
            "G5", Status.FAIL, "Personal data would leave", reason, _MASK, _figures(checked.profile, carrying)
        )
    elif not sent and checked.plan.embedding_tokens is not None:
        if found[DataClass.QUESTIONS] or found[DataClass.DOCUMENTS]:
            yield from _services_inside(checked.scenario)
    elif sent and found[DataClass.TRAINING] and _shows_examples(checked.plan):
        reason = "The answered rows hold what looks like personal data, and some are shown as examples."
        remedy = "Look at the examples before the first request, or show none."
        yield Gate("G5", Status.WARN, "Check the examples", reason, remedy)


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
        measured(times, "matches", sources[data], None, name=f"{kind[0].upper()}{kind[1:]} in {data}")
        for data in carrying
        for kind, times in found[data].items()
    )


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{kind}: {count(times)}" for kind, times in counts.items())


def _looked_at(checked: Checked) -> str:
    part = checked.profile.personal_data.looked_at_share
    return f", counted in {share(part)} of the text" if part < 1 else ""


def _joined(sent: tuple[DataClass, ...]) -> str:
    words = [str(data) for data in sent]
    text = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return text[0].upper() + text[1:]
