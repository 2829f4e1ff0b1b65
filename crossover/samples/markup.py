"""HTML as text or as tables, read as a stream: no page is built, nothing is loaded, no script runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from lxml import etree

from crossover.samples.grid import Row, grid_from_rows
from crossover.samples.json_lines import upload_text
from crossover.samples.problems import Refused, repaired
from crossover.samples.reading import Grid, Upload
from crossover.words import say

_SILENT = {"script", "style", "noscript", "template", "svg", "iframe", "object", "select"}
_BLOCKS = {
    *(
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "tr",
        "table",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "nav",
    ),
    *(
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "title",
        "dt",
        "dd",
        "hr",
        "form",
        "figcaption",
    ),
}
_OUTSIDE = {"script", "img", "iframe", "object", "embed", "video", "audio", "link"}
_CELLS = {"td", "th"}


@dataclass(slots=True)
class _PageText:
    """Collects the visible text; block elements end a line."""

    pieces: list[str] = field(default_factory=list)
    silent: int = 0
    outside: int = 0

    def start(self, tag: str, _: object) -> None:
        self.silent += tag in _SILENT
        self.outside += tag in _OUTSIDE
        if tag in _BLOCKS:
            self.pieces.append("\n")
        elif tag in _CELLS:
            self.pieces.append("\t")

    def end(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in _SILENT))
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def data(self, text: str) -> None:
        if not self.silent:
            self.pieces.append(text)

    def close(self) -> str:
        lines = (" ".join(line.split()) for line in "".join(self.pieces).split("\n"))
        return "\n".join(line for line in lines if line)


@dataclass(slots=True)
class _PageTables:
    """Collects the rows of every table; a table inside another is a table of its own."""

    tables: list[list[list[str]]] = field(default_factory=list)
    open: list[list[list[str]]] = field(default_factory=list)

    def start(self, tag: str, _: object) -> None:
        if tag == "table":
            self.open.append([])
            self.tables.append(self.open[-1])
        elif self.open and tag == "tr":
            self.open[-1].append([])
        elif self.open and tag in _CELLS and self.open[-1]:
            self.open[-1][-1].append("")

    def end(self, tag: str) -> None:
        if tag == "table" and self.open:
            self.open.pop()

    def data(self, text: str) -> None:
        if self.open and self.open[-1] and self.open[-1][-1]:
            self.open[-1][-1][-1] += text

    def close(self) -> list[list[list[str]]]:
        return self.tables


def html_text(upload: Upload) -> str:
    """The visible text of a page, its title first. Raises Refused."""
    page = _parsed(upload, _PageText())
    if page.outside:
        what = say(
            "Scripts, images and embedded parts in the page: {n:,}; none was run or loaded.", n=page.outside
        )
        upload.log.note("active_parts", what, say("Nothing to do."))
    return repaired(page.close())


def read_markup_table(upload: Upload) -> Grid:
    """The largest table of a page, which many programs save as .xls. Raises Refused when there is none."""
    tables = _parsed(upload, _PageTables()).close()
    best = max(tables, key=len, default=[])
    rows = [
        Row([repaired(" ".join(c.split())) for c in cells], n)
        for n, cells in enumerate(best, start=1)
        if cells
    ]
    if not rows:
        raise Refused(
            "html",
            say("This is an HTML page without a table."),
            say("Use it as knowledge, or save the table as CSV."),
        )
    what = say("This is HTML saved under another name; its largest table was read.")
    upload.log.note("html_table", what, say("Check the preview; save as .xlsx to be sure."))
    return grid_from_rows(rows, upload, pad=True)


_Target = TypeVar("_Target", _PageText, _PageTables)


def _parsed(upload: Upload, target: _Target) -> _Target:
    if len(upload.data) > upload.limits.markup_bytes:
        what = say("HTML is read up to {most:g} MB.", most=upload.limits.markup_bytes / 1e6)
        raise Refused("file_too_large", what, say("Save the page as text, or split it."))
    parser = etree.HTMLParser(target=target, encoding="utf-8", no_network=True)
    try:
        parser.feed(upload_text(upload).encode("utf-8"))
        parser.close()
    except etree.LxmlError:  # what was collected before the break is still good
        pass
    return target
