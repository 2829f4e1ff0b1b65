"""Workbooks read whole by a fast native reader: the old .xls, and large .xlsx without surprises."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from python_calamine import CalamineWorkbook

from crossover.samples.grid import Row
from crossover.samples.limits import Limits
from crossover.samples.reading import Upload
from crossover.samples.sheets import PEEK_ROWS, damaged_workbook, rows_of_text

_LARGE_BYTES = 3_000_000
_REFERENCE = re.compile(rb"\sr=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
_NEEDS_STREAMING = re.compile(rb"<f[\s>/]|t=[\"']e[\"']")


class WholeBook:
    """An open workbook, each sheet as a block of values. Raises Refused for damaged files."""

    def __init__(self, upload: Upload) -> None:
        self._upload = upload
        try:
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(upload.data))
            self.names: list[str] = list(self._book.sheet_names)
            sheets = self._book.sheets_metadata
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # a panic of the native reader is no Exception
            raise damaged_workbook() from None
        self._hidden = {sheet.name for sheet in sheets if "Visible" not in str(sheet.visible)}

    def is_hidden(self, name: str) -> bool:
        """Whether the sheet is hidden from people who open the workbook."""
        return name in self._hidden

    def head(self, name: str) -> list[Row]:
        """The first rows, enough to see what the sheet is."""
        return [row for row, _ in zip(self.rows(name), range(PEEK_ROWS), strict=False)]

    def rows(self, name: str) -> Iterator[Row]:
        """The rows of a sheet as text, up to the limits. Raises Refused."""
        try:
            table = self._book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # see above
            raise damaged_workbook() from None
        yield from rows_of_text(table, self._upload)


def is_safe_whole(parts: dict[str, bytes], limits: Limits) -> bool:
    """Whether an .xlsx is large, has neither formulas nor error values, and stays small when read whole.

    The native reader fills every cell between the first and the last, and copies each shared text.
    """
    sheets = [
        part for name, part in parts.items() if name.startswith("xl/worksheets/") and name.endswith(".xml")
    ]
    if sum(map(len, sheets)) < _LARGE_BYTES or any(map(_NEEDS_STREAMING.search, sheets)):
        return False
    shared = parts.get("xl/sharedStrings.xml", b"")
    longest = max(map(len, re.split(rb"<si[\s>]", shared)))
    references = sum(sheet.count(b't="s"') + sheet.count(b"t='s'") for sheet in sheets)
    return longest * references <= limits.zip_bytes and all(_is_dense(sheet, limits) for sheet in sheets)


def _is_dense(sheet: bytes, limits: Limits) -> bool:
    """Whether every cell names its place and the block they span is within the limit of cells."""
    places = _REFERENCE.findall(sheet)
    if len(places) < sheet.count(b"<c ") + sheet.count(b"<c>") + sheet.count(b":c "):
        return False
    columns = {letters for letters, _ in places}
    widest = max((_column_number(letters) for letters in columns), default=0)
    return widest * max((int(row) for _, row in places), default=0) <= limits.cells


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number
