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

_RATIO_FROM_BYTES = 5_000_000
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error)
_BROKEN_OTHER = (EOFError, OSError, RuntimeError, NotImplementedError, ValueError, OverflowError)


def open_zip(data: bytes, limits: Limits, what: str = "zip file") -> zipfile.ZipFile:
    """The archive, its directory within limits. Raises Refused for damaged, encrypted and exploding ones."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (*_BROKEN, *_BROKEN_OTHER):
        raise Refused("damaged_zip", f"A damaged or incomplete {what}.", "Export or pack it again.") from None
    _check_directory(archive.infolist(), limits)
    return archive


def _check_directory(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > limits.zip_entries:
        what = f"{len(members):,} files inside, over the limit of {limits.zip_entries:,}."
        raise Refused("too_many_files", what, "Pack fewer files.")
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.zip_bytes:
        what = f"Unpacks to {unpacked / 1e6:,.0f} MB, over the limit of {limits.zip_bytes / 1e6:,.0f} MB."
        raise Refused("zip_bomb", what, "Pack fewer or smaller files.")
    for member in members:
        if member.file_size > _RATIO_FROM_BYTES and member.file_size > limits.zip_ratio * max(
            member.compress_size, 1
        ):
            what = f"A part of it is packed more than {limits.zip_ratio} to 1, as only a trap is."
            raise Refused("zip_bomb", what, "Drop the file unpacked.")
        if member.flag_bits & 0x1:
            raise Refused(
                "password", "The archive is password-protected.", "Remove the password and drop it again."
            )


def member_bytes(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """One member unpacked in memory; never more than its directory entry declared. Raises Refused."""
    try:
        return archive.read(member)
    except (*_BROKEN, *_BROKEN_OTHER):
        raise Refused(
            "damaged_zip", "A part of the archive is damaged.", "Export or pack it again."
        ) from None


def checked_members(upload: Upload) -> dict[str, bytes]:
    """The parts of an Office file, unpacked in memory; parts named outside the archive are left out.

    Raises Refused for damaged files and for XML with a DOCTYPE or ENTITY, which no Office program writes.
    """
    kind = {"docx": "Word file", "xlsx": "Excel file", "xlsm": "Excel file"}.get(upload.extension, "archive")
    archive = open_zip(upload.data, upload.limits, kind)
    parts: dict[str, bytes] = {}
    for member in archive.infolist():
        if is_unsafe_path(member.filename):
            what = "A part of the file is named as if to be written elsewhere; it was ignored."
            upload.log.note("unsafe_path", what, "Have the sender save the file again.")
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
            what = "The XML inside declares a DOCTYPE or entities, which could read files or explode."
            raise Refused("xml_entities", what, "Open it in Excel or Word, save a new copy and drop that.")
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
                Refused("unsafe_path", "The entry's path leads out of the archive.", "Pack the file again."),
            )
            continue
        try:
            yield name, member_bytes(archive, member)
        except Refused as refusal:
            yield name, refusal
