"""The one way in: bytes of a dropped file -> Reading."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from crossover.samples.archive import is_packed_folder, packed_files
from crossover.samples.chat import read_chats
from crossover.samples.documents import read_documents
from crossover.samples.json_lines import upload_text
from crossover.samples.limits import Limits
from crossover.samples.problems import Deadline, ProblemLog, Refused, repaired
from crossover.samples.questions import read_questions
from crossover.samples.reading import ColumnMapping, Content, CountTokens, Reading, ReadOptions, Upload
from crossover.samples.sniffing import refuse_foreign
from crossover.samples.sorting import guess_slot
from crossover.samples.tools import read_tools
from crossover.samples.types import Slot, SourceFile
from crossover.words import mark, say

_DEFAULT_OPTIONS = ReadOptions()
_DEFAULT_LIMITS = Limits()
_LARGE_FILE = mark("The file has {size:,.1f} MB, over the limit of {most:g} MB for one file.")
_LONG_INSTRUCTIONS = mark("The file has {size:,.1f} MB, over the limit of {most:g} MB for instructions.")


def read_upload(  # noqa: PLR0913 - everything after the bytes is optional and by name
    name: str,
    data: bytes,
    *,
    slot: Slot | None = None,
    options: ReadOptions = _DEFAULT_OPTIONS,
    limits: Limits = _DEFAULT_LIMITS,
    count_tokens: CountTokens | None = None,
) -> Reading:
    """Read one dropped file; never raises for anything its bytes may hold.

    `slot` None guesses it; call again with a slot, or with `options`, to correct the guess. With
    `count_tokens` the size of over-long examples and large tools is counted, otherwise estimated.
    Nothing is fetched, evaluated, logged or written. A zip with several files goes through
    `read_uploads`; here it is refused.
    """
    name = repaired(name)
    slot = slot or guess_slot(name, data)
    log, content = ProblemLog(name, limits), Content()
    upload = Upload(
        name, data, slot, options, limits, log, content, Deadline.after(limits.seconds), count_tokens
    )
    content.facts["bytes"] = len(data)
    try:
        _refuse_unread(upload)
        _READERS[slot](upload)
    except Refused as refusal:
        log.refuse(refusal)
        return replace(
            _reading(upload, Content(grid=content.grid, encoding=content.encoding, facts=content.facts)),
            refused=True,
        )
    return _reading(upload, content)


def read_uploads(  # noqa: PLR0913 - as read_upload
    name: str,
    data: bytes,
    *,
    slot: Slot | None = None,
    options: ReadOptions = _DEFAULT_OPTIONS,
    limits: Limits = _DEFAULT_LIMITS,
    count_tokens: CountTokens | None = None,
) -> tuple[Reading, ...]:
    """Like `read_upload`, but a zip of several files gives one reading per file, each sorted by itself.

    Files inside are named "archive.zip/path". Archives inside archives are refused, entries are never
    written to disk, and the limits hold for the archive as a whole.
    """
    more = {"options": options, "limits": limits, "count_tokens": count_tokens}
    if len(data) > limits.file_bytes or not is_packed_folder(data):
        return (read_upload(name, data, slot=slot, **more),)  # type: ignore[arg-type]
    readings: list[Reading] = []
    try:
        for inner, found in packed_files(data, limits):
            path = f"{name}/{inner}"
            if isinstance(found, Refused):
                readings.append(_refused(path, b"", slot, limits, found))
            else:
                readings.append(read_upload(path, found, slot=slot, **more))  # type: ignore[arg-type]
    except Refused as refusal:
        readings.append(_refused(name, data, slot, limits, refusal))
    if not readings:
        empty = Refused("empty", say("The archive holds no files."), say("Pack the files again."))
        readings.append(_refused(name, data, slot, limits, empty))
    return tuple(readings)


def _refused(name: str, data: bytes, slot: Slot | None, limits: Limits, refusal: Refused) -> Reading:
    log = ProblemLog(repaired(name), limits)
    log.refuse(refusal)
    file = SourceFile(log.file, hashlib.sha256(data).hexdigest(), slot or Slot.KNOWLEDGE, len(data))
    return Reading(file, file.slot, problems=log.listed(), refused=True)


def _refuse_unread(upload: Upload) -> None:
    """Refuse what no reader takes: too large, empty, or foreign by its first bytes."""
    size, limits = len(upload.data), upload.limits
    allowed = limits.instructions_bytes if upload.slot is Slot.INSTRUCTIONS else limits.file_bytes
    if size > allowed:
        what = _LONG_INSTRUCTIONS if upload.slot is Slot.INSTRUCTIONS else _LARGE_FILE
        what = say(what, size=size / 1e6, most=allowed / 1e6)
        raise Refused("file_too_large", what, say("Drop a smaller part of it."))
    if not size:
        raise Refused(
            "empty", say("The file is empty."), say("Export it again and check that it has content.")
        )
    if is_packed_folder(upload.data):
        raise Refused(
            "packed",
            say("This is an archive inside an archive."),
            say("Unpack it and drop the files inside."),
        )
    refuse_foreign(upload.data)


def _questions(upload: Upload) -> None:
    upload.content.qa = read_questions(upload)


def _chats(upload: Upload) -> None:
    upload.content.chats = read_chats(upload)


def _knowledge(upload: Upload) -> None:
    upload.content.documents = read_documents(upload)


def _tools(upload: Upload) -> None:
    upload.content.tools = read_tools(upload)


def _instructions(upload: Upload) -> None:
    """A system prompt: text as it is; other formats through the knowledge reader."""
    text = (
        upload_text(upload) if upload.extension in ("txt", "md", "prompt", "") else _joined_documents(upload)
    )
    if not text.strip():
        raise Refused("empty", say("There is no text in it."), say("Fill it in or remove it."))
    upload.content.instructions = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    upload.content.facts["characters"] = len(upload.content.instructions)


def _joined_documents(upload: Upload) -> str:
    return "\n\n".join(document.text for document in read_documents(upload))


_READERS = {
    Slot.QUESTIONS: _questions,
    Slot.CHATS: _chats,
    Slot.KNOWLEDGE: _knowledge,
    Slot.TOOLS: _tools,
    Slot.INSTRUCTIONS: _instructions,
}


def _reading(upload: Upload, content: Content) -> Reading:
    grid = content.grid
    return Reading(
        file=SourceFile(upload.name, hashlib.sha256(upload.data).hexdigest(), upload.slot, len(upload.data)),
        slot=upload.slot,
        qa=content.qa,
        chats=content.chats,
        documents=content.documents,
        tools=content.tools,
        instructions=content.instructions,
        problems=upload.log.listed(),
        columns=grid.columns if grid else (),
        mapping=grid.mapping if grid else ColumnMapping(),
        sheets=grid.sheets if grid else (),
        sheet=grid.sheet if grid else None,
        header_row=grid.header_row if grid else None,
        preview=grid.preview() if grid else (),
        encoding=content.encoding,
        delimiter=grid.delimiter if grid else None,
        facts=dict(content.facts),
    )
