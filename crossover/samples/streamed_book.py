"""Workbooks row by row: knows formulas and error values, at about 20,000 rows a second."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence

import openpyxl

from crossover.samples.grid import Row
from crossover.samples.problems import Refused
from crossover.samples.reading import Upload
from crossover.samples.sheets import PEEK_ROWS, damaged_workbook, rows_of_text
from crossover.words import say

# openpyxl warns about parts it does not read (validation, extensions); we read cells only.
warnings.filterwarnings("ignore", module="openpyxl")


class StreamedBook:
    """An open .xlsx; every read is one pass over one sheet, row by row. Raises Refused."""

    def __init__(self, upload: Upload) -> None:
        self._upload = upload
        self._values = self._open(formulas=False)
        self.names: list[str] = [sheet.title for sheet in self._values.worksheets]
        if not self.names:
            raise Refused(
                "no_sheets",
                say("The workbook has no sheet with cells."),
                say("Save the table as CSV and drop that."),
            )

    def _open(self, formulas: bool) -> openpyxl.Workbook:
        try:
            data = io.BytesIO(self._upload.data)
            return openpyxl.load_workbook(data, read_only=True, data_only=not formulas, keep_links=False)
        except Exception:  # openpyxl raises nearly anything on damaged files; each means the same to a person
            raise damaged_workbook() from None

    def is_hidden(self, name: str) -> bool:
        """Whether the sheet is hidden from people who open the workbook."""
        return bool(self._values[name].sheet_state != "visible")

    def head(self, name: str) -> list[Row]:
        """The first rows, enough to see what the sheet is."""
        return [row for row, _ in zip(self.rows(name), range(PEEK_ROWS), strict=False)]

    def rows(self, name: str) -> Iterator[Row]:
        """The rows of a sheet as text, up to the limits. Raises Refused."""
        yield from rows_of_text(self._cells(self._values[name]), self._upload)

    def formulas_without_value(self, name: str, lines: Sequence[int]) -> dict[int, int]:
        """How many formula cells of each given row have no stored result."""
        wanted, counts = set(lines), {}
        pairs = zip(
            self._cells(self._open(formulas=True)[name]), self._cells(self._values[name]), strict=False
        )
        for line, (written, stored) in enumerate(pairs, start=1):
            if line in wanted:
                missing = sum(
                    isinstance(formula, str) and formula.startswith("=") and value is None
                    for formula, value in zip(written, stored, strict=False)
                )
                counts.update({line: missing} if missing else {})
        return counts

    def _cells(self, sheet: object) -> Iterator[tuple[object, ...]]:
        try:
            sheet.reset_dimensions()  # type: ignore[attr-defined]  # the declared size may be false
            yield from sheet.iter_rows(values_only=True)  # type: ignore[attr-defined]
        except Refused:
            raise
        except Exception:  # see _open
            raise damaged_workbook() from None
