"""JSON records as a table of text: nested values flattened the way data sets are usually published."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from crossover.samples.columns import guess_mapping
from crossover.samples.problems import Refused
from crossover.samples.reading import Grid, Upload
from crossover.words import say

_WRAPPERS = ("data", "rows", "items", "examples", "samples", "questions", "faq", "faqs", "records", "results")


def grid_from_records(records: Sequence[tuple[int, object]], upload: Upload) -> Grid:
    """One row per JSON object; columns in order of first appearance. Lines that are no object are skipped.

    Also takes columns as lists ({"question": [...], "answer": [...]}), one object of question: answer
    pairs, lists of strings, records under "data" and its kind, and chats (last user and last assistant turn).
    Raises Refused.
    """
    rows: list[dict[str, object]] = []
    lines: list[int] = []
    for line, value in _unwrapped(records):
        row = _as_row(value)
        if row is None:
            upload.log.skip(
                "not_an_object",
                say("This is not an object with fields."),
                say('Write {"question": …}.'),
                line,
            )
            continue
        rows.append(row)
        lines.append(line)
    upload.content.facts["rows_read"] = len(rows) + upload.log.skipped
    if not rows:
        raise Refused("no_rows", say("The JSON holds no rows."), say("Write one object per question."), 1)
    columns = tuple(dict.fromkeys(key for row in rows for key in row))
    if len(columns) > upload.limits.columns or len(columns) * len(rows) > upload.limits.cells:
        what = say(
            "The records name {fields:,} fields over {rows:,} rows, over the limit of cells.",
            fields=len(columns),
            rows=len(rows),
        )
        raise Refused("too_many_cells", what, say("Keep only the fields you need."))
    table = [[cell_text(row.get(column)) for column in columns] for row in rows]
    return Grid(columns, table, lines, header_row=0, mapping=guess_mapping(columns))


def _unwrapped(records: Sequence[tuple[int, object]]) -> Sequence[tuple[int, object]]:
    """The rows inside a single wrapping object, or the records themselves."""
    line, value = records[0] if len(records) == 1 else (0, None)
    if not isinstance(value, dict):
        return records
    inner = _wrapped(value) or _from_columns(value) or _from_pairs(value)
    return records if inner is None else [(line, item) for item in inner]


def _wrapped(value: dict[str, object]) -> list[object] | None:
    """Records under a name like "data"; a list of strings only when nothing else stands there."""
    for name in _WRAPPERS:
        inner = value.get(name)
        kinds = (dict, str) if len(value) == 1 else (dict,)
        if isinstance(inner, list) and inner and isinstance(inner[0], kinds):
            return inner
    return None


def _from_columns(value: dict[str, object]) -> list[object] | None:
    """Rows of an object whose fields are equally long lists."""
    lists = {key: item for key, item in value.items() if isinstance(item, list) and not _has_objects(item)}
    if not lists or len(lists) < len(value) or len({len(item) for item in lists.values()}) > 1:
        return None
    return [dict(zip(lists, row, strict=True)) for row in zip(*lists.values(), strict=True)]


def _has_objects(values: list[object]) -> bool:
    return any(isinstance(item, dict) for item in values)


def _from_pairs(value: dict[str, object]) -> list[object] | None:
    """Rows of an object that maps questions (with spaces) to answers."""
    if len(value) < 2 or not all(isinstance(item, str) and " " in key for key, item in value.items()):
        return None
    return [{"question": key, "answer": item} for key, item in value.items()]


def _as_row(value: object) -> dict[str, object] | None:
    if isinstance(value, str) and value.strip():
        return {"question": value}
    if not isinstance(value, dict) or not value:
        return None
    messages = value.get("messages")
    if isinstance(messages, list) and "question" not in value:
        return {"question": _last(messages, "user"), "answer": _last(messages, "assistant")}
    return value


def _last(messages: Sequence[object], role: str) -> object:
    turns = [m.get("content") for m in messages if isinstance(m, dict) and m.get("role") == role]
    return turns[-1] if turns else None


def cell_text(value: object) -> str:
    """A JSON value as the text of one cell.

    Lists give their first text (reference answers are alternatives), {"text": [...]} likewise (SQuAD),
    messages their user texts joined; anything else nested stays JSON.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return _list_text(value)
    if isinstance(value, Mapping):
        inner = value.get("text", value.get("content"))
        return cell_text(inner) if inner is not None else json.dumps(value, ensure_ascii=False, default=str)
    return json.dumps(value) if isinstance(value, bool) else str(value)


def _list_text(values: Sequence[object]) -> str:
    if not values:
        return ""
    messages = [item for item in values if isinstance(item, Mapping) and "role" in item]
    if messages:
        return "\n".join(cell_text(m.get("content")) for m in messages if m.get("role") == "user")
    return cell_text(values[0])
