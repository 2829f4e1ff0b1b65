"""An Inspect log as Inspect writes it (.eval): a zip whose parts may be packed by Zstandard."""

from __future__ import annotations

import io
import re
import struct
import zipfile

import zstandard

from crossover.samples.json_text import BadJson, JsonReader
from crossover.samples.limits import Limits
from crossover.samples.problems import Refused
from crossover.words import say

_ZSTANDARD = 93
_LOCAL_HEADER_BYTES, _LENGTHS_AT = 30, slice(26, 30)
_JOURNAL = re.compile(r"_journal/summaries/(\d+)\.json")


def is_packed_log(name: str, data: bytes) -> bool:
    """Whether a file is an Inspect log by its parts, or by its name where it is too damaged to tell."""
    if not data.startswith(b"PK"):
        return False
    if name.lower().endswith(".eval"):
        return True
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    return bool({"header.json", "_journal/start.json"} & names)


def packed_log(data: bytes, limits: Limits) -> dict[str, object]:
    """The log's description and the summaries of its samples, as an unpacked log holds them.

    Of a run that did not end, what it had written down. The transcripts stay packed. Raises Refused.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        about = _part(archive, _head(archive), limits)
        parts = [_part(archive, name, limits) for name in _summaries(archive)]
    except (zipfile.BadZipFile, zstandard.ZstdError, struct.error, OSError, ValueError, BadJson):
        raise Refused(
            "damaged_zip",
            say("A part of this Inspect log is damaged or missing."),
            say("Save it as JSON with “inspect log convert --to json” and drop that."),
        ) from None
    samples = [sample for part in parts if isinstance(part, list) for sample in part]
    return {"eval": about.get("eval") if isinstance(about, dict) else None, "samples": samples}


def _head(archive: zipfile.ZipFile) -> str:
    return "header.json" if "header.json" in archive.namelist() else "_journal/start.json"


def _summaries(archive: zipfile.ZipFile) -> list[str]:
    """The one list of a finished log; else its pieces in the order they were written."""
    names = archive.namelist()
    if "summaries.json" in names:
        return ["summaries.json"]
    pieces = [found for name in names if (found := _JOURNAL.fullmatch(name))]
    return [found.group() for found in sorted(pieces, key=lambda found: int(found[1]))]


def _part(archive: zipfile.ZipFile, name: str, limits: Limits) -> object:
    member = archive.getinfo(name) if name in archive.namelist() else None
    if member is None or member.file_size > limits.zip_bytes:
        raise zipfile.BadZipFile(name)
    plain = _unpacked(archive, member) if member.compress_type == _ZSTANDARD else archive.read(member)
    return JsonReader(limits).parse(plain.decode("utf-8"))


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """One part; read by hand, because zipfile knows this packing from Python 3.14 on only."""
    file = archive.fp
    assert file is not None
    file.seek(member.header_offset)
    lengths = struct.unpack("<HH", file.read(_LOCAL_HEADER_BYTES)[_LENGTHS_AT])
    file.seek(sum(lengths), io.SEEK_CUR)
    reader = zstandard.ZstdDecompressor().stream_reader(file.read(member.compress_size))
    plain = reader.read(member.file_size + 1)
    if len(plain) != member.file_size:
        raise zipfile.BadZipFile(member.filename)
    return plain
