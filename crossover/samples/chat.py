"""Chats: every line an example, kept as the API would take it, or named with what is wrong."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence

from crossover.samples.chat_shapes import is_message, message_tree, raw_messages
from crossover.samples.limits import TUNING_EXAMPLE_TOKENS, TUNING_MIN_EXAMPLES
from crossover.samples.messages import BadExample, checked_messages, example_findings, example_text
from crossover.samples.privacy import note_personal_data
from crossover.samples.problems import Refused, numbers, shortened
from crossover.samples.reading import Upload
from crossover.samples.table import refuse_bad_lines
from crossover.samples.tools import openai_definitions, structured_records
from crossover.samples.types import Chat
from crossover.words import mark, say, say_count

_MAY_EXCEED = mark(
    "About {tokens:,} tokens ({how}) in {characters:,} characters: this may exceed the {most:,} tokens at "
    "which training cuts an example."
)
_EXCEEDS = mark(
    "About {tokens:,} tokens ({how}) in {characters:,} characters: this exceeds the {most:,} tokens at "
    "which training cuts an example."
)
_FINDINGS = {
    "last_not_assistant": (
        mark("The last message is not from the assistant."),
        mark("A fine-tuning example ends with the answer to learn."),
    ),
    "role_case": (
        mark("A role is not in lower case; it was read as if it were."),
        mark("Write roles in lower case."),
    ),
    "no_assistant": (mark("The assistant never speaks."), mark("Add the answer the model should give.")),
    "empty_message": (mark("A message is empty."), mark("Fill it in or remove it.")),
    "not_only_text": (
        mark("Images, audio or files: only the text is counted."),
        mark("The figures do not cover these parts."),
    ),
    "tool_without_id": (
        mark("A tool result names no tool_call_id."),
        mark("Add the id of the call it answers."),
    ),
    "bad_weight": (mark("A weight is neither 0 nor 1."), mark("Use 0 (do not learn) or 1 (learn).")),
    "bad_arguments": (
        mark("A call lacks its name, or its arguments are no JSON text."),
        mark('Write "arguments" as a JSON text.'),
    ),
}
_SHAPES = mark(
    'Write one {"messages": [{"role": …, "content": …}, …]} a line; ShareGPT and Gemini shapes are read too.'
)


def read_chats(upload: Upload) -> tuple[Chat, ...]:
    """The conversations of an upload; bad ones are skipped and named. Raises Refused."""
    records = _conversations(structured_records(upload))
    chats = [chat for chat in (_chat(value, line, upload) for line, value in records) if chat is not None]
    bad = upload.log.skipped
    lines = len(records) + bad - upload.content.facts.get("bad_examples", 0)
    upload.content.facts |= {"rows_read": lines, "examples": len(chats)}
    if not chats:
        first = next((p for p in upload.log.listed() if p.line is not None), None)
        what = (
            say("No line holds a conversation; line {line}: {what}", line=first.line, what=first.what)
            if first
            else say("The file holds no conversation.")
        )
        raise Refused(
            "no_chats", what, first.remedy if first else say(_SHAPES), first.line if first else None
        )
    refuse_bad_lines(bad, lines, upload)
    _note_set(chats, upload)
    return tuple(chats)


def _conversations(records: Sequence[tuple[int, object]]) -> Sequence[tuple[int, object]]:
    """One value per conversation: opens wrapping objects, message trees and single conversations."""
    if len(records) > 1 and all(is_message(value) for _, value in records):
        return [(records[0][0], {"messages": [value for _, value in records]})]
    tree = message_tree(records) if len(records) > 1 else None
    if tree is not None:
        return tree
    line, value = records[0] if len(records) == 1 else (0, None)
    if isinstance(value, Mapping):
        for key in ("conversations", "data", "dialogues", "examples", "train"):
            inner = value.get(key)
            if isinstance(inner, list) and inner and raw_messages(inner[0]) is not None:
                return [(line + place, item) for place, item in enumerate(inner)]  # lines as if one a line
    return records


def _chat(value: object, line: int, upload: Upload) -> Chat | None:
    try:
        raw = raw_messages(value)
        if raw is None:
            what = say(
                "No messages here: {value}.",
                value=shortened(json.dumps(value, ensure_ascii=False, default=str), 40),
            )
            raise BadExample("not_a_chat", what, say(_SHAPES))
        messages = checked_messages(raw)
    except BadExample as problem:
        facts = upload.content.facts
        facts["bad_examples"] = facts.get("bad_examples", 0) + 1
        upload.log.skip(problem.kind, problem.what, problem.remedy, line)
        return None
    for kind in example_findings(raw, messages):
        what, remedy = _FINDINGS[kind]
        upload.log.note(kind, say(what), say(remedy), line)
    tools = value.get("tools") or value.get("functions") if isinstance(value, Mapping) else None
    return Chat(messages, line, openai_definitions(tools))


def _note_set(chats: Sequence[Chat], upload: Upload) -> None:
    """What holds for the file as a whole: size, over-long examples, copies, personal data."""
    if len(chats) < TUNING_MIN_EXAMPLES:
        what = say_count(
            "{n} example: a fine-tuning job needs at least {least}.",
            "{n} examples: a fine-tuning job needs at least {least}.",
            len(chats),
            least=TUNING_MIN_EXAMPLES,
        )
        upload.log.note("few_examples", what, say("Add examples; clear improvements start at 50 to 100."))
    texts = [example_text(chat.messages) for chat in chats]
    for chat, text in zip(chats, texts, strict=True):
        _note_length(text, chat.line, upload)
    _note_copies(chats, texts, upload)
    note_personal_data(texts, upload.log)


def _note_length(text: str, line: int, upload: Upload) -> None:
    """Name an example beyond the training limit (MODEL.md E11); a token has at least about two characters."""
    if len(text) < 2 * TUNING_EXAMPLE_TOKENS:
        return
    tokens, how = upload.tokens(text)
    if upload.count_tokens is not None and tokens <= TUNING_EXAMPLE_TOKENS:
        return
    size = {"tokens": tokens, "how": how, "characters": len(text), "most": TUNING_EXAMPLE_TOKENS}
    what = _MAY_EXCEED if tokens <= TUNING_EXAMPLE_TOKENS else _EXCEEDS
    upload.log.note(
        "long_example", say(what, **size), say("Split it; otherwise what is cut off is not learned."), line
    )


def _note_copies(chats: Sequence[Chat], texts: Sequence[str], upload: Upload) -> None:
    lines_of: defaultdict[str, list[int]] = defaultdict(list)
    for chat, text in zip(chats, texts, strict=True):
        lines_of[text].append(chat.line)
    repeated = sorted(line for lines in lines_of.values() for line in lines[1:])
    upload.content.facts["exact_duplicates"] = len(repeated)
    if repeated:
        what = say(
            "Examples that repeat an earlier one: {n:,} (lines {lines}).",
            n=len(repeated),
            lines=numbers(repeated),
        )
        upload.log.note(
            "duplicate_rows", what, say("Remove them: copies cost training tokens and teach nothing new.")
        )
