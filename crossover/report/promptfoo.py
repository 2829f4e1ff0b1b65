"""The compared strategies as a promptfoo evaluation, to be run for real with the person's own key.

The archive holds the person's rows on purpose; nothing here belongs into a shared link.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence

import yaml

from crossover.comparison import Comparison, Outcome
from crossover.samples.types import JsonObject
from crossover.strategies import SentRequest
from crossover.words import mark, say

MOST_CASES = 100
_OLDEST_DAY = (1980, 1, 1, 0, 0, 0)  # the same samples give the same bytes
_MARK = re.compile(r"\{(?=[{%#])|(?<=#)\}")
"""A brace at which a template language would begin to read, or miss a beginning."""
_CONFIG_HEAD = """\
# An evaluation of the compared strategies on your own rows. It holds your data: share it with care.
# 1. Replace the provider "echo", which only repeats the prompt, by the model you compare.
#    Prompts named in `prompts` of a provider go to that provider only: the tuned strategies need yours.
# 2. Run: promptfoo eval
# Tool calls are shown as the model makes them; results of your tools are not simulated.
"""
_README = mark("""\
promptfooconfig.yaml  the evaluation: replace the providers, then run "promptfoo eval" in this folder
prompts/              one template per strategy; the messages of each case stand in tests.json
tests.json            {cases} of your {rows} requests, with the messages of each strategy as JSON text
tools-*.json          tool definitions, where a strategy sends them

Braces that a template language would read are written as \\u007b or \\u007d inside the messages, which
means the same. In expected answers and tool definitions a space stands beside them.
""")


def promptfoo_zip(comparison: Comparison, most_cases: int = MOST_CASES) -> bytes:
    """promptfooconfig.yaml, prompts, tests and tools as a zip; evenly spread rows when there are many.

    Strategies without their data, and those that ask no model, are left out. Raises ValueError when
    none is left.
    """
    shown = _askable(comparison)
    if not shown:
        raise ValueError(say("No strategy here asks a model, so there is nothing to evaluate."))
    rows = _spread(len(comparison.profile), most_cases)
    files = {
        "promptfooconfig.yaml": _config(comparison, shown),
        "tests.json": _json([_case(comparison, shown, row) for row in rows]),
        "README.txt": say(_README, cases=len(rows), rows=len(comparison.profile)),
    }
    for outcome in shown:
        files[f"prompts/{outcome.strategy.id}.txt"] = f"{{{{ {outcome.strategy.id} | safe }}}}\n"
        if tools := _request(outcome, 0).tools:
            files[_tools_file(outcome)] = _inert(_json(list(tools)))
    return _archive(files)


def _askable(comparison: Comparison) -> list[Outcome]:
    found = (each for each in comparison.outcomes if not each.plan.missing and each.plan.calls)
    return [each for each in found if _request(each, 0).messages]


def _request(outcome: Outcome, row: int) -> SentRequest:
    subject = outcome.subject
    return subject.strategy.request(subject.profile, subject.scenario, row)


def _spread(rows: int, most: int) -> list[int]:
    """At most so many rows, evenly spread over all."""
    shown = min(rows, max(1, most))
    return [place * rows // shown for place in range(shown)]


def _case(comparison: Comparison, shown: Sequence[Outcome], row: int) -> dict[str, object]:
    """One request as every strategy would send it, and what a right answer says where that is known."""
    messages = {each.strategy.id: _messages(_request(each, row).messages) for each in shown}
    return {"description": f"request {row + 1}", "vars": messages, "assert": list(_checks(comparison, row))}


def _messages(messages: Sequence[JsonObject]) -> str:
    """The messages as JSON text in which nothing opens a template, though it means the same."""
    # two such signs never stand together outside a string, where the escape means the same
    return _MARK.sub(lambda brace: f"\\u{ord(brace[0]):04x}", _json(list(messages), indent=None))


def _checks(comparison: Comparison, row: int) -> Iterator[dict[str, object]]:
    answer = comparison.profile.requests.answers[row].strip()
    if not answer:
        return
    if comparison.profile.labels and not answer.startswith(("file:", "package:")):
        yield {"type": "icontains", "value": _inert(answer)}
    else:
        rubric = f"The output says the same as this reference answer, in any words: {_inert(answer)}"
        yield {"type": "llm-rubric", "value": rubric}


def _inert(text: str) -> str:
    """Text that a template language leaves alone: a space parts the braces."""
    return _MARK.sub(lambda brace: "{ " if brace[0] == "{" else " }", text)


def _config(comparison: Comparison, shown: Sequence[Outcome]) -> str:
    asked = {
        "your model": [each.strategy.id for each in shown if not each.plan.tuned],
        "your tuned model": [each.strategy.id for each in shown if each.plan.tuned],
    }
    content = {
        "description": "Strategies compared in Crossover",
        "prompts": [_prompt(each) for each in shown],
        # two providers of one id are told apart by their labels only
        "providers": [
            {"id": "echo", "label": label, "prompts": names} for label, names in asked.items() if names
        ],
        "tests": "file://tests.json",
    }
    model = f"# Compared on {_one_line(comparison.quote.model)} at {_one_line(comparison.quote.host)}.\n"
    return _CONFIG_HEAD + model + yaml.safe_dump(content, sort_keys=False, allow_unicode=True)


def _prompt(outcome: Outcome) -> dict[str, object]:
    name = outcome.strategy.id
    found: dict[str, object] = {"id": f"file://prompts/{name}.txt", "label": name}
    if _request(outcome, 0).tools:
        found["config"] = {"tools": f"file://{_tools_file(outcome)}"}
    return found


def _tools_file(outcome: Outcome) -> str:
    return f"tools-{outcome.strategy.id}.json"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _json(value: object, indent: int | None = 2) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _archive(files: dict[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            # half a surrogate pair can be no part of a UTF-8 file
            archive.writestr(
                zipfile.ZipInfo(name, _OLDEST_DAY), text.encode("utf-8", "replace"), zipfile.ZIP_DEFLATED
            )
    return target.getvalue()
