"""Gates on the person's data: is it there, is it enough, do its labels agree (G1, G8-G10, G12)."""

from __future__ import annotations

from collections.abc import Iterator

from crossover.figure import measured
from crossover.gates.gate import Checked, Gate, Status
from crossover.gates.sources import KnowledgeSource, knowledge_sources
from crossover.numbers import count, share
from crossover.samples.limits import TOOL_NAME, TOOLS_PER_REQUEST, TUNING_MIN_EXAMPLES

WARN_BELOW_EXAMPLES = 50
CLEAR_GAIN_EXAMPLES = 100

_WORDS = {
    "documents": (
        "No documents",
        "There is nothing to retrieve.",
        "Drop in knowledge files: text, PDF, Word, HTML.",
    ),
    "tools": ("No tools", "There is nothing to call.", "Drop in tool definitions or an OpenAPI file."),
    "examples": (
        "No examples",
        "There is no answered question to show as an example.",
        "Add answers to your questions.",
    ),
    "labels": (
        "No closed set of labels",
        "The answers are free text, which a plain classifier cannot write.",
        "It is for tasks whose answers are a few labels, repeated many times.",
    ),
    "training rows": (
        "No training rows",
        "There are no answered questions and no chats to train on.",
        "Drop in questions with answers, or chats.",
    ),
}
_IDS = {"documents": "G8", "tools": "G9", "training rows": "G1", "examples": "G1", "labels": "7.3"}


def missing_data(checked: Checked) -> Iterator[Gate]:
    """G8, G9 and the rows of G1: what the strategy cannot do without."""
    for missing in checked.plan.missing:
        unnamed = (f"No {missing}", f"It cannot work without {missing}.", "Add them on the Samples page.")
        label, reason, remedy = _WORDS.get(missing, unnamed)
        yield Gate(_IDS.get(missing, missing), Status.FAIL, label, reason, remedy)


def reads_documents(checked: Checked) -> Iterator[Gate]:
    """No obstacle, but worth knowing: the team has documents and this strategy never sees them."""
    knowledge = checked.profile.knowledge
    if knowledge is None or checked.plan.missing:
        return
    if not checked.plan.reads_documents:
        texts = len(knowledge.documents)
        reason = f"It never reads your {texts} document{'s' if texts > 1 else ''}."
        remedy = (
            "Facts that stand only there have to be in the instructions, in the weights or behind a tool."
        )
        yield Gate("documents", Status.PASS, "Without your documents", reason, remedy)


def tools_accepted(checked: Checked) -> Iterator[Gate]:
    """G9, second half: more tools than a request takes, and names the API refuses."""
    tools = checked.profile.samples.tools
    if not tools or KnowledgeSource.TOOLS not in knowledge_sources(checked.plan):
        return
    if len(tools) > TOOLS_PER_REQUEST:
        reason = f"{len(tools)} tools; a request takes at most {TOOLS_PER_REQUEST} at most providers."
        remedy = "Send only the tools a request may need, for example by topic."
        yield Gate("G9", Status.FAIL, f"Over {TOOLS_PER_REQUEST} tools", reason, remedy)
    refused = [tool.name for tool in tools if not TOOL_NAME.fullmatch(tool.name)]
    if refused:
        reason = f"{len(refused)} of {len(tools)} tool names have signs most APIs refuse."
        remedy = "Rename them: letters, digits, _ and -, at most 64. The Samples page lists them."
        yield Gate("G9", Status.WARN, "Tool names to change", reason, remedy)


def enough_examples(checked: Checked) -> Iterator[Gate]:
    """G1: a provider's minimum, and the sizes from which gains are reported."""
    training = checked.plan.training
    if training is None or not len(training):
        return
    offered = checked.quote.tuning
    minimum = (offered.min_examples if offered else None) or TUNING_MIN_EXAMPLES
    rows = len(training)
    figure = measured(rows, "examples", training.source, rows, name="Training examples")
    if rows < minimum:
        reason = f"{rows} training examples; the provider asks for at least {minimum}."
        yield Gate(
            "G1", Status.FAIL, f"{rows} of {minimum} examples", reason, "Add answered rows.", (figure,)
        )
    elif rows < CLEAR_GAIN_EXAMPLES:
        gains = f"clear gains are reported from {WARN_BELOW_EXAMPLES} to {CLEAR_GAIN_EXAMPLES}"
        is_few = rows < WARN_BELOW_EXAMPLES
        status, label = (
            (Status.WARN, f"Only {rows} examples") if is_few else (Status.PASS, f"{rows} examples")
        )
        reason = f"{rows} training examples; {gains}."
        remedy = f"Label about {CLEAR_GAIN_EXAMPLES - rows} more."
        yield Gate("G1", status, label, reason, remedy, (figure,))


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
    figure = measured(ceiling, "share", source, n, name="Best share these answers allow")
    questions = profile.agreement.contradicted_questions
    reason = (
        f"{count(questions)} question{'s have' if questions > 1 else ' has'} more than one answer: whoever "
        f"learns from these rows can be right in {share(ceiling)} of them at most; your target is "
        f"{share(target)}."
    )
    if profile.labels:
        remedy = "Decide on one label for each question, or lower the target."
        yield Gate("G12", Status.FAIL, "Labels contradict each other", reason, remedy, (figure,))
    else:
        remedy = "Decide on one answer for each question; answers that only differ in wording do no harm."
        yield Gate("G12", Status.WARN, "Answers differ", reason, remedy, (figure,))


def text_only(checked: Checked) -> Iterator[Gate]:
    """G10: images, audio or files in the data; counts cover text only (E20)."""
    training, offered = checked.plan.training, checked.quote.tuning
    if training is not None and training.non_text and (offered is None or offered.text_only):
        reason = "Some chats carry images, audio or files, and this tuning takes text only."
        yield Gate("G10", Status.FAIL, "Text only", reason, "Remove those parts or choose a vision model.")
    elif checked.profile.training.non_text:
        reason = "Some chats carry images, audio or files; only their text is counted, so costs are too low."
        yield Gate("G10", Status.WARN, "Non-text parts", reason, "Read the figures as a lower bound.")
