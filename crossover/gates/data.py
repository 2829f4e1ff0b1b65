"""Gates on the person's data: is it there, is it enough, do its labels agree (G1, G8-G10, G12)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from crossover.figure import Figure, measured
from crossover.gates.gate import Checked, Gate, Status
from crossover.gates.sources import KnowledgeSource, knowledge_sources
from crossover.numbers import share
from crossover.samples.limits import TOOL_NAME, TOOLS_PER_REQUEST, TUNING_MIN_EXAMPLES
from crossover.samples.types import Tool
from crossover.words import mark, say, say_count

WARN_BELOW_EXAMPLES = 50
CLEAR_GAIN_EXAMPLES = 100
WARN_BELOW_FOUND_SHARE = 0.2
PLACES_NAMED = 5

_WORDS = {
    "documents": (
        mark("No documents"),
        mark("There is nothing to retrieve."),
        mark("Drop in knowledge files: text, PDF, Word, HTML."),
    ),
    "tools": (
        mark("No tools"),
        mark("There is nothing to call."),
        mark("Drop in tool definitions or an OpenAPI file."),
    ),
    "examples": (
        mark("No examples"),
        mark("There is no answered question to show as an example."),
        mark("Add answers to your questions."),
    ),
    "labels": (
        mark("No closed set of labels"),
        mark("The answers are free text, which a plain classifier cannot write."),
        mark("It is for tasks whose answers are a few labels, repeated many times."),
    ),
    "training rows": (
        mark("No training rows"),
        mark("There are no answered questions and no chats to train on."),
        mark("Drop in questions with answers, or chats."),
    ),
}
_IDS = {"documents": "G8", "tools": "G9", "training rows": "G1", "examples": "G1", "labels": "7.3"}


def missing_data(checked: Checked) -> Iterator[Gate]:
    """G8, G9 and the rows of G1: what the strategy cannot do without."""
    for missing in checked.plan.missing:
        label, reason, remedy = (say(words) for words in _WORDS[missing])
        yield Gate(_IDS[missing], Status.FAIL, label, reason, remedy)


def reads_documents(checked: Checked) -> Iterator[Gate]:
    """G8, second half: documents that hold few of the answers; and a note where none is ever read."""
    knowledge = checked.profile.knowledge
    if knowledge is None or checked.plan.missing:
        return
    if checked.plan.reads_documents:
        yield from _answers_missing(checked.profile.answers_in_documents)
        return
    reason = say_count(
        "It never reads your {n} document.", "It never reads your {n} documents.", len(knowledge.documents)
    )
    remedy = say(
        "Facts that stand only there have to be in the instructions, in the weights or behind a tool."
    )
    yield Gate("documents", Status.PASS, say("Without your documents"), reason, remedy)


def _answers_missing(found: Figure | None) -> Iterator[Gate]:
    """Only when the whole interval lies below a fifth: few rows or a near miss prove nothing."""
    if found is None or found.ci is None or found.ci[1] >= WARN_BELOW_FOUND_SHARE:
        return
    low, high = (share(bound) for bound in found.ci)
    reason = say(
        "Of {n:,} answers looked for, {found} (95 % interval {low} to {high}) stand in one place of your "
        "documents: reading them rarely brings the answer.",
        n=found.n,
        found=share(found.value),
        low=low,
        high=high,
    )
    remedy = say(
        "Add the documents that hold the answers. If your answers are worded freely, check a few by hand."
    )
    figure = replace(found, name=say("Answers in the documents"))
    yield Gate("G8", Status.WARN, say("Few answers in the documents"), reason, remedy, (figure,))


def tools_accepted(checked: Checked) -> Iterator[Gate]:
    """G9, second half: more tools than a request takes, and names the API refuses."""
    tools = checked.profile.samples.tools
    if not tools or KnowledgeSource.TOOLS not in knowledge_sources(checked.plan):
        return
    if len(tools) > TOOLS_PER_REQUEST:
        most = TOOLS_PER_REQUEST
        reason = say(
            "{tools} tools; a request takes at most {most} at most providers.", tools=len(tools), most=most
        )
        remedy = say("Send only the tools a request may need, for example by topic.")
        yield Gate("G9", Status.FAIL, say("Over {most} tools", most=most), reason, remedy)
    yield from _invalid_schemas(tools)
    refused = [tool.name for tool in tools if not TOOL_NAME.fullmatch(tool.name)]
    if refused:
        reason = say(
            "{refused} of {tools} tool names have signs most APIs refuse.",
            refused=len(refused),
            tools=len(tools),
        )
        remedy = say("Rename them: letters, digits, _ and -, at most 64. The Samples page lists them.")
        yield Gate("G9", Status.WARN, say("Tool names to change"), reason, remedy)


def _invalid_schemas(tools: Sequence[Tool]) -> Iterator[Gate]:
    """Which tools, by number: names and paths are the person's words, and a brief carries none of them."""
    faulty = [str(place) for place, tool in enumerate(tools, start=1) if tool.schema_fault]
    if faulty:
        reason = say_count(
            "{n} tool definition (number {places}) is no valid JSON Schema.",
            "{n} tool definitions (numbers {places}) are no valid JSON Schema.",
            len(faulty),
            places=", ".join(faulty[:PLACES_NAMED]) + (" …" if len(faulty) > PLACES_NAMED else ""),
        )
        remedy = say("Providers refuse such a request. The Samples page names each with its JSON path.")
        yield Gate("G9", Status.FAIL, say("Invalid tool schema"), reason, remedy)


def enough_examples(checked: Checked) -> Iterator[Gate]:
    """G1: a provider's minimum, and the sizes from which gains are reported."""
    training = checked.plan.training
    if training is None or not len(training):
        return
    offered = checked.quote.tuning
    minimum = (offered.min_examples if offered else None) or TUNING_MIN_EXAMPLES
    rows = len(training)
    figure = measured(rows, "examples", training.source, rows, name=say("Training examples"))
    if rows < minimum:
        reason = say(
            "{rows} training examples; the provider asks for at least {minimum}.", rows=rows, minimum=minimum
        )
        label = say("{rows} of {minimum} examples", rows=rows, minimum=minimum)
        yield Gate("G1", Status.FAIL, label, reason, say("Add answered rows."), (figure,))
    elif rows < CLEAR_GAIN_EXAMPLES:
        yield _few_examples(rows, figure)


def _few_examples(rows: int, figure: Figure) -> Gate:
    """Enough for the provider, fewer than those from which gains are reported."""
    reason = say(
        "{rows} training examples; clear gains are reported from {few} to {many}.",
        rows=rows,
        few=WARN_BELOW_EXAMPLES,
        many=CLEAR_GAIN_EXAMPLES,
    )
    remedy = say("Label about {n} more.", n=CLEAR_GAIN_EXAMPLES - rows)
    if rows < WARN_BELOW_EXAMPLES:
        label = say_count("Only {n} example", "Only {n} examples", rows)
        return Gate("G1", Status.WARN, label, reason, remedy, (figure,))
    return Gate("G1", Status.PASS, say("{rows} examples", rows=rows), reason, remedy, (figure,))


def labels_agree(checked: Checked) -> Iterator[Gate]:
    """G12: rows whose answers contradict each other more than the target allows.

    With labels it fails. Free text may say the same in other words, so there it only warns.
    """
    target, profile = checked.scenario.target_success_share, checked.profile
    is_trained = checked.plan.tuned or not checked.plan.calls
    ceiling = profile.agreement.ceiling_share
    if target is None or not is_trained or ceiling is None or ceiling >= target:
        return
    n, source = profile.agreement.n, profile.requests_source
    figure = measured(ceiling, "share", source, n, name=say("Best share these answers allow"))
    reason = say_count(
        "{n} question has more than one answer: whoever learns from these rows can be right in {most} of "
        "them at most; your target is {target}.",
        "{n} questions have more than one answer: whoever learns from these rows can be right in {most} of "
        "them at most; your target is {target}.",
        profile.agreement.contradicted_questions,
        most=share(ceiling),
        target=share(target),
    )
    if profile.labels:
        remedy = say("Decide on one label for each question, or lower the target.")
        yield Gate("G12", Status.FAIL, say("Labels contradict each other"), reason, remedy, (figure,))
    else:
        remedy = say(
            "Decide on one answer for each question; answers that only differ in wording do no harm."
        )
        yield Gate("G12", Status.WARN, say("Answers differ"), reason, remedy, (figure,))


def text_only(checked: Checked) -> Iterator[Gate]:
    """G10: images, audio or files in the data; counts cover text only (E20)."""
    training, offered = checked.plan.training, checked.quote.tuning
    if training is not None and training.non_text and (offered is None or offered.text_only):
        reason = say("Some chats carry images, audio or files, and this tuning takes text only.")
        remedy = say("Remove those parts or choose a vision model.")
        yield Gate("G10", Status.FAIL, say("Text only"), reason, remedy)
    elif checked.profile.training.non_text:
        reason = say(
            "Some chats carry images, audio or files; only their text is counted, so costs are too low."
        )
        remedy = say("Read the figures as a lower bound.")
        yield Gate("G10", Status.WARN, say("Non-text parts"), reason, remedy)
