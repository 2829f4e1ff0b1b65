"""Zip containers (zip, xlsx, docx): measured before they are unpacked, and only into memory."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from crossover.samples.limits import Limits
from crossover.samples.problems import Refused
from crossover.samples.reading import Upload
from crossover.words import mark, say

_RATIO_FROM_BYTES = 5_000_000
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ZIP, _ARCHIVE = mark("zip file"), mark("archive")
_OFFICE = {"docx": mark("Word file"), "xlsx": mark("Excel file"), "xlsm": mark("Excel file")}
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error)
_BROKEN_OTHER = (EOFError, OSError, RuntimeError, NotImplementedError, ValueError, OverflowError)


def open_zip(data: bytes, limits: Limits, kind: str = _ZIP) -> zipfile.ZipFile:
    """The archive, its directory within limits; `kind` is what a person calls it.

    Raises Refused for damaged, encrypted and exploding ones.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (*_BROKEN, *_BROKEN_OTHER):
        what = say("A damaged or incomplete {kind}.", kind=say(kind))
        raise Refused("damaged_zip", what, say("Export or pack it again.")) from None
    _check_directory(archive.infolist(), limits)
    return archive


def _check_directory(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > limits.zip_entries:
        what = say(
            "{files:,} files inside, over the limit of {most:,}.", files=len(members), most=limits.zip_entries
        )
        raise Refused("too_many_files", what, say("Pack fewer files."))
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.zip_bytes:
        what = say(
            "Unpacks to {size:,.0f} MB, over the limit of {most:,.0f} MB.",
            size=unpacked / 1e6,
            most=limits.zip_bytes / 1e6,
        )
        raise Refused("zip_bomb", what, say("Pack fewer or smaller files."))
    for member in members:
        if member.file_size > _RATIO_FROM_BYTES and member.file_size > limits.zip_ratio * max(
            member.compress_size, 1
        ):
            what = say(
                "A part of it is packed more than {ratio} to 1, as only a trap is.", ratio=limits.zip_ratio
            )
            raise Refused("zip_bomb", what, say("Drop the file unpacked."))
        if member.flag_bits & 0x1:
            raise Refused(
                "password",
                say("The archive is password-protected."),
                say("Remove the password and drop it again."),
            )


def member_bytes(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """One member unpacked in memory; never more than its directory entry declared. Raises Refused."""
    try:
        return archive.read(member)
    except (*_BROKEN, *_BROKEN_OTHER):
        raise Refused(
            "damaged_zip", say("A part of the archive is damaged."), say("Export or pack it again.")
        ) from None


def checked_members(upload: Upload) -> dict[str, bytes]:
    """The parts of an Office file, unpacked in memory; parts named outside the archive are left out.

    Raises Refused for damaged files and for XML with a DOCTYPE or ENTITY, which no Office program writes.
    """
    archive = open_zip(upload.data, upload.limits, _OFFICE.get(upload.extension, _ARCHIVE))
    parts: dict[str, bytes] = {}
    for member in archive.infolist():
        if is_unsafe_path(member.filename):
            what = say("A part of the file is named as if to be written elsewhere; it was ignored.")
            upload.log.note("unsafe_path", what, say("Have the sender save the file again."))
        elif not member.filename.endswith("/"):  # is_dir() fails on an empty name
            parts[member.filename] = _without_declarations(member_bytes(archive, member), member.filename)
    return parts


def _without_declarations(part: bytes, name: str) -> bytes:
    """The part as it is, unless its XML declares entities (they can read files or explode)."""
    if name.lower().endswith((".xml", ".rels", ".vml")):
        plain = (
            part.replace(b"\0", b"")
            if part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in part[:100]
            else part
        )
        if _DECLARATION.search(plain):
            what = say("The XML inside declares a DOCTYPE or entities, which could read files or explode.")
            raise Refused(
                "xml_entities", what, say("Open it in Excel or Word, save a new copy and drop that.")
            )
    return part


def is_unsafe_path(name: str) -> bool:
    """Whether an entry name is absolute or climbs out of the folder."""
    parts = re.split(r"[\\/]", name)
    return ".." in parts or name.startswith(("/", "\\")) or bool(re.match(r"[A-Za-z]:", name))


def is_packed_folder(data: bytes) -> bool:
    """Whether bytes are a readable zip of files rather than an Office document (which is a zip as well)."""
    if not data.startswith(b"PK"):
        return False
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (*_BROKEN, *_BROKEN_OTHER):
        return False
    return "[Content_Types].xml" not in names and "mimetype" not in names


def packed_files(data: bytes, limits: Limits) -> Iterator[tuple[str, bytes | Refused]]:
    """Name and bytes of each file in a zip, or why that one stays packed. Raises Refused for the whole."""
    archive = open_zip(data, limits)
    for member in archive.infolist():
        name = member.filename
        if name.endswith("/") or name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith("."):
            continue
        if is_unsafe_path(name):
            yield (
                name,
                Refused(
                    "unsafe_path",
                    say("The entry's path leads out of the archive."),
                    say("Pack the file again."),
                ),
            )
            continue
        try:
            yield name, member_bytes(archive, member)
        except Refused as refusal:
            yield name, refusal
