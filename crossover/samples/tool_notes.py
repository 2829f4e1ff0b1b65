"""What a person should know about the tools they dropped."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from crossover.samples.limits import DESCRIPTION_CHARACTERS, ENUM_VALUES, TOOL_NAME, TOOLS_PER_REQUEST
from crossover.samples.problems import ProblemLog, numbers, shortened
from crossover.samples.reading import Upload
from crossover.samples.schema import SchemaFindings
from crossover.samples.types import Tool
from crossover.words import say


def as_sent(tools: Sequence[Tool]) -> str:
    """Tool definitions as compact JSON, for comparing and for a size estimate."""
    return json.dumps(
        [tool.as_openai() for tool in tools], ensure_ascii=False, separators=(",", ":"), default=str
    )


def note_findings(tool: Tool, findings: SchemaFindings, line: int, upload: Upload) -> None:
    """Note what was put right, or could not be, in the schema of one tool."""
    name = shortened(tool.name, 40)
    if findings.lost_references:
        what = say(
            "{name}: these references lead nowhere in this file and were not fetched: {references}.",
            name=name,
            references=", ".join(sorted(findings.lost_references)[:5]),
        )
        upload.log.note("lost_reference", what, say("Copy the referenced schema into the file."), line)
    if findings.too_large:
        what = say(
            "{name}: the schema has more than {most:,} parts; the rest reads as “anything”.",
            name=name,
            most=upload.limits.schema_nodes,
        )
        upload.log.note("huge_schema", what, say("Give the model a smaller schema."), line)
    facts = upload.content.facts
    facts["largest_enum"] = max(facts.get("largest_enum", 0), findings.largest_enum)
    if findings.largest_enum >= ENUM_VALUES:
        tokens, how = upload.tokens(as_sent([tool]))
        what = say(
            "{name}: a list of {values:,} allowed values; the tool takes about {tokens:,} tokens of every "
            "request ({how}).",
            name=name,
            values=findings.largest_enum,
            tokens=tokens,
            how=how,
        )
        upload.log.note(
            "huge_enum",
            what,
            say("Take free text and check it in your program, or look the value up first."),
            line,
        )


def note_name(tool: Tool, line: int, upload: Upload) -> None:
    """Note a name that the API refuses."""
    if not TOOL_NAME.fullmatch(tool.name):
        upload.content.facts["bad_names"] = upload.content.facts.get("bad_names", 0) + 1
        what = say("The name “{name}” is refused by the API.", name=shortened(tool.name, 70))
        upload.log.note("bad_tool_name", what, say("Use 1 to 64 letters, digits, _ or -."), line)


def note_same_names(tools: Sequence[tuple[Tool, int]], kept: dict[str, Tool], upload: Upload) -> None:
    """Note names that stand for more than one definition."""
    names = [tool.name for tool in kept.values()]
    doubled = {name for name, count in Counter(names).items() if count > 1}
    if doubled:
        lines = [line for tool, line in tools if tool.name in doubled]
        what = say(
            "Names that stand for different definitions: {n:,} (lines {lines}).",
            n=len(doubled),
            lines=numbers(lines),
        )
        upload.log.note("same_name", what, say("Give each tool of one request its own name."))


def note_descriptions(tools: Sequence[Tool], log: ProblemLog) -> None:
    """Note tools that say nothing about themselves, and descriptions longer than the API takes."""
    silent = sum(not tool.description.strip() for tool in tools)
    if silent:
        what = say("Tools without a description: {n:,}.", n=silent)
        log.note("no_description", what, say("Say in a sentence when to use each; the model chooses by it."))
    wordy = sum(len(tool.description) > DESCRIPTION_CHARACTERS for tool in tools)
    if wordy:
        what = say(
            "Tools with a description of more than {most:,} characters: {n:,}.",
            most=DESCRIPTION_CHARACTERS,
            n=wordy,
        )
        log.note("long_description", what, say("Shorten them; some APIs refuse them and all bill them."))


def note_size(tools: Sequence[Tool], upload: Upload) -> None:
    """Note how many tools there are when one request does not take them, and what they weigh."""
    text = as_sent(tools)
    tokens, how = upload.tokens(text)
    upload.content.facts |= {"tools": len(tools), "tokens_estimated": tokens}
    if len(tools) > TOOLS_PER_REQUEST:
        what = say(
            "{n:,} tools: one request takes at most {most}; all together are about {tokens:,} tokens a "
            "request ({how}).",
            n=len(tools),
            most=TOOLS_PER_REQUEST,
            tokens=tokens,
            how=how,
        )
        upload.log.note("many_tools", what, say("Send only the tools that fit the question, or group them."))
