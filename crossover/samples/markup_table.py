"""HTML tables, which many programs save under the name .xls."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crossover.samples.delimited import Row, grid_from_rows
from crossover.samples.json_lines import upload_text
from crossover.samples.problems import Refused
from crossover.samples.reading import Grid, Upload


def read_markup_table(upload: Upload) -> Grid:
    """The largest table of an HTML page. Raises Refused when there is none."""
    if len(upload.data) > upload.limits.markup_bytes:
        what = f"HTML is read up to {upload.limits.markup_bytes / 1e6:g} MB."
        raise Refused("file_too_large", what, "Save the table as CSV.")
    page = LexborHTMLParser(upload_text(upload))
    tables = [_rows(table) for table in page.css("table")]
    best = max(tables, key=len, default=[])
    if not best:
        raise Refused("html", "This is an HTML page without a table.", "Use it as knowledge, or save the table as CSV.")
    upload.log.note("html_table", "This is HTML saved under another name; its largest table was read.", "Check the preview.")
    return grid_from_rows(best, upload, pad=True)


def _rows(table: LexborNode) -> list[Row]:
    rows = ([cell.text(strip=True, separator=" ") for cell in row.css("td, th")] for row in table.css("tr"))
    return [Row(cells, number) for number, cells in enumerate(rows, start=1) if cells]
