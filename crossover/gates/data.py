"""Gates on the person's data: is it there, is it enough, does it fit (G1-G3, G8-G10)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from crossover.figure import measured
from crossover.gates.gate import Checked, Gate, Status
from crossover.numbers import count, share
from crossover.samples.limits import TOOL_NAME, TOOLS_PER_REQUEST, TUNING_MIN_EXAMPLES
from crossover.strategies import Part

WARN_BELOW_EXAMPLES = 50
CLEAR_GAIN_EXAMPLES = 100

_WORDS = {
    "documents": (
        "No documents",
        "There is nothing to retrieve.",
        "Drop in knowledge files: text, PDF, Word, HTML.",
    ),
    "tools": ("No tools", "There is nothing to call.", "Drop in tool definitions or an OpenAPI file."),
    "training rows": (
        "No training rows",
        "There are no answered questions and no chats to train on.",
        "Drop in questions with answers, or chats.",
    ),
}


def missing_data(checked: Checked) -> Iterator[Gate]:
    """G8 and G9: what the strategy cannot do without."""
    ids = {"documents": "G8", "tools": "G9", "training rows": "G1"}
    for missing in checked.plan.missing:
        label, reason, remedy = _WORDS[missing]
        yield Gate(ids[missing], Status.FAIL, label, reason, remedy)


def reads_documents(checked: Checked) -> Iterator[Gate]:
    """No obstacle, but worth knowing: the team has documents and this strategy never sees them."""
    knowledge = checked.profile.knowledge
    if knowledge is None or checked.plan.missing:
        return
    if not any(part is Part.CONTEXT for call in checked.plan.calls for part, _ in call.parts):
        texts = len(knowledge.documents)
        reason = f"It never reads your {texts} document{'s' if texts > 1 else ''}."
        remedy = (
            "Facts that stand only there have to be in the instructions, in the weights or behind a tool."
        )
        yield Gate("documents", Status.PASS, "Without your documents", reason, remedy)


def tools_accepted(checked: Checked) -> Iterator[Gate]:
    """G9, second half: more tools than a request takes, and names the API refuses."""
    tools = checked.profile.samples.tools
    if not tools or not any(part is Part.TOOLS for call in checked.plan.calls for part, _ in call.parts):
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
    elif rows < WARN_BELOW_EXAMPLES:
        gains = f"clear gains are reported from {WARN_BELOW_EXAMPLES} to {CLEAR_GAIN_EXAMPLES}"
        reason = f"{rows} training examples; {gains}."
        remedy = f"Label about {CLEAR_GAIN_EXAMPLES - rows} more."
        yield Gate("G1", Status.WARN, f"Only {rows} examples", reason, remedy, (figure,))


def fits_window(checked: Checked) -> Iterator[Gate]:
    """G2: requests whose prompt and answer exceed the context window; never cut silently (E10)."""
    window = checked.facts.window
    if window is None or not len(checked.profile):
        return
    needed = checked.plan.largest_prompt_tokens() + checked.plan.expected_output_tokens()
    over = np.flatnonzero(needed > window)
    if not len(over):
        return
    rows = ", ".join(str(row + 1) for row in over[:5]) + (" …" if len(over) > 5 else "")
    reason = (
        f"{share(len(over) / len(needed))} of requests (rows {rows}) need more than the model's window of "
        f"{count(window)} tokens; the longest needs {count(float(needed.max()))}."
    )
    remedy = "Use fewer chunks or examples, shorten the instructions, or choose a model with a larger window."
    yield Gate("G2", Status.FAIL, "Over the context window", reason, remedy)


def examples_fit(checked: Checked) -> Iterator[Gate]:
    """G3: training examples longer than the provider keeps; the end, the answer, is what is cut."""
    training, offered = checked.plan.training, checked.quote.tuning
    if training is None or not len(training) or offered is None or offered.max_example_tokens is None:
        return
    limit = offered.max_example_tokens
    over = np.flatnonzero(training.example_tokens > limit)
    if not len(over):
        return
    lines = ", ".join(str(checked.profile.training.lines[row]) for row in over[:10])
    part = len(over) / len(training)
    status = Status.FAIL if part > 0.05 else Status.WARN
    reason = (
        f"{len(over)} of {len(training)} training examples (lines {lines}) exceed {count(limit)} tokens. "
        "They are billed cut to that length, and what is cut is the end: the answer."
    )
    yield Gate("G3", status, f"{len(over)} over-long examples", reason, "Shorten or split these examples.")


def text_only(checked: Checked) -> Iterator[Gate]:
    """G10: images, audio or files in the data; counts cover text only (E20)."""
    training, offered = checked.plan.training, checked.quote.tuning
    if training is not None and training.non_text and (offered is None or offered.text_only):
        reason = "Some chats carry images, audio or files, and this tuning takes text only."
        yield Gate("G10", Status.FAIL, "Text only", reason, "Remove those parts or choose a vision model.")
    elif checked.profile.non_text:
        reason = "Some chats carry images, audio or files; only their text is counted, so costs are too low."
        yield Gate("G10", Status.WARN, "Non-text parts", reason, "Read the figures as a lower bound.")
