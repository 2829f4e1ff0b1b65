"""Tool definitions of any vendor, and OpenAPI descriptions, as tools with plain JSON schemas."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from crossover.samples.json_lines import json_records
from crossover.samples.openapi import is_openapi, operations
from crossover.samples.problems import Refused, shortened
from crossover.samples.reading import Upload
from crossover.samples.record_table import cell_text
from crossover.samples.schema import SchemaCleaner
from crossover.samples.schema_check import MOST_CHECKED, note_fault, schema_fault
from crossover.samples.table import refuse_bad_lines
from crossover.samples.tool_notes import (
    as_sent,
    note_descriptions,
    note_findings,
    note_name,
    note_same_names,
    note_size,
)
from crossover.samples.tool_shapes import RawTool, raw_tools
from crossover.samples.types import JsonObject, QaTable, Tool
from crossover.samples.yaml_text import yaml_value
from crossover.words import mark, say

_YAML = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|#[^\n]*+\n|---)*+(?:openapi|swagger|tools|conversations|categories)\s*:"
)
_SHAPES = mark("OpenAI, Anthropic, Gemini, MCP, OpenAPI 3 and BFCL definitions are understood.")


@dataclass(frozen=True, slots=True)
class _Found:
    raw: RawTool
    line: int
    inline: bool


def read_tools(upload: Upload) -> tuple[Tool, ...]:
    """The tools of an upload, identical ones once; fills `qa` with questions that stood beside them.

    Raises Refused when nothing in the file is a tool, or too many lines are not.
    """
    records = structured_records(upload)
    lines = len(records) + upload.log.skipped
    found: list[_Found] = []
    for line, value in records:
        here = _in_record(value, line, upload)
        if not here and not (isinstance(value, dict) and "question" in value and "function" in value):
            what = say(
                "No tool definition here: {value}.", value=shortened(json.dumps(value, default=str), 40)
            )
            upload.log.skip("not_a_tool", what, say(_SHAPES), line)
        found += here
    if not found:
        raise Refused(
            "no_tools",
            say("No tool definition was found in this file."),
            say(_SHAPES),
            records[0][0] if records else 1,
        )
    refuse_bad_lines(upload.log.skipped, lines, upload)
    if len(found) > upload.limits.tools:
        what = say(
            "The file has {n:,} tools, over the limit of {most:,}.", n=len(found), most=upload.limits.tools
        )
        raise Refused("too_many_tools", what, say("Keep the tools that this task needs."))
    odd_types: set[str] = set()
    tools = _distinct(_cleaned(found, odd_types, upload), upload)
    if odd_types:
        what = say(
            "Types that are not JSON Schema were read as the nearest standard ones: {types}.",
            types=", ".join(sorted(odd_types)[:20]),
        )
        upload.log.note("odd_types", what, say("Write object, array, string, number, integer or boolean."))
    upload.content.qa = _questions(records)
    note_descriptions(tools, upload.log)
    note_size(tools, upload)
    return tools


def structured_records(upload: Upload) -> Sequence[tuple[int, object]]:
    """The values of a JSON, JSON Lines or YAML upload with their lines; YAML has no lines. Raises Refused."""
    if upload.extension in ("yaml", "yml") or _YAML.match(upload.data):
        value = yaml_value(upload)
        return [(1, item) for item in value] if isinstance(value, list) and value else [(1, value)]
    return json_records(upload)


def _in_record(value: object, line: int, upload: Upload) -> list[_Found]:
    if isinstance(value, dict) and is_openapi(value):
        found = [_Found(raw, line, inline=True) for raw in operations(value)]
        upload.content.facts["operations"] = len(found)
        return found
    return [_Found(raw, line, inline=False) for raw in raw_tools(value)]


def _cleaned(found: Sequence[_Found], odd_types: set[str], upload: Upload) -> list[tuple[Tool, int]]:
    """All tools with standard schemas; one budget of schema parts for the whole file."""
    left = upload.limits.json_values
    tools: list[tuple[Tool, int]] = []
    for item in found:
        cleaner = SchemaCleaner(item.raw.root, item.inline, min(left, upload.limits.schema_nodes))
        budget = cleaner.nodes_left
        is_checked = len(tools) < MOST_CHECKED
        tools.append(_tool(item, cleaner, odd_types, upload, is_checked=is_checked))
        left -= budget - max(0, cleaner.nodes_left)
    return tools


def _tool(
    found: _Found, cleaner: SchemaCleaner, odd_types: set[str], upload: Upload, *, is_checked: bool
) -> tuple[Tool, int]:
    raw, cleaned = found.raw, cleaner.clean(found.raw.parameters)
    parameters = cleaned if isinstance(cleaned, dict) else {}
    tool = Tool(
        name=cell_text(raw.name),
        description=cell_text(raw.description),
        parameters=parameters,
        schema_fault=schema_fault(parameters) if is_checked else "",
    )
    if tool.schema_fault:
        note_fault(tool.name, tool.schema_fault, found.line, upload.log)
    odd_types |= cleaner.findings.odd_types
    note_findings(tool, cleaner.findings, found.line, upload)
    note_name(tool, found.line, upload)
    return tool, found.line


def _distinct(tools: Sequence[tuple[Tool, int]], upload: Upload) -> tuple[Tool, ...]:
    """Identical tools once; note how often that happened and which names mean different things."""
    kept: dict[str, Tool] = {}
    size = 0
    for tool, _ in tools:
        definition = as_sent([tool])
        kept.setdefault(definition, tool)
        size += len(definition)
        if size > upload.limits.file_bytes:
            what = say(
                "Written out, the definitions are larger than {most:g} MB.",
                most=upload.limits.file_bytes / 1e6,
            )
            raise Refused("schemas_too_large", what, say("Keep the tools and fields that this task needs."))
    repeated = len(tools) - len(kept)
    upload.content.facts["repeated_tools"] = repeated
    if repeated:
        what = say("Definitions that repeat an identical one: {n:,}; each was kept once.", n=repeated)
        upload.log.note("repeated_tools", what, say("Nothing to do."))
    note_same_names(tools, kept, upload)
    return tuple(kept.values())


def _questions(records: Sequence[tuple[int, object]]) -> QaTable | None:
    """The questions beside the functions (BFCL), without answers."""
    asked = [(line, _question(value)) for line, value in records]
    rows = [(line, text) for line, text in asked if text.strip()]
    if not rows:
        return None
    lines, questions = tuple(line for line, _ in rows), tuple(text for _, text in rows)
    return QaTable(questions, ("",) * len(rows), lines)


def _question(value: object) -> str:
    if not isinstance(value, dict) or "question" not in value or "function" not in value:
        return ""
    asked: object = value["question"]
    while isinstance(asked, list) and len(asked) >= 1 and isinstance(asked[0], list):
        asked = asked[0]
    return cell_text(asked)


def openai_definitions(value: object) -> tuple[JsonObject, ...]:
    """Tool definitions of one chat line in OpenAI's shape, as they stand: training bills what is written."""
    return tuple(
        Tool(
            cell_text(raw.name),
            cell_text(raw.description),
            dict(raw.parameters) if isinstance(raw.parameters, dict) else {},
        ).as_openai()
        for raw in raw_tools(value)
    )
