"""Everything to take away, made only when somebody clicks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st

from crossover.comparison import Comparison, NothingToCompare
from crossover.report import csv_text, json_text
from crossover.report.brief import Brief, brief
from crossover.report.brief_html import brief_html
from crossover.report.brief_pdf import BY_HAND, brief_pdf, find_browser
from crossover.report.promptfoo import promptfoo_zip
from crossover.report.workbook import workbook
from crossover.verdict import verdict
from crossover.whatif import Sureness, sureness
from ui import cached, frame, session

_COLUMNS = 5
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Export:
    """One file to download; `made` makes its bytes."""

    label: str
    file_name: str
    mime: str
    made: Callable[[], bytes]


def exports_section() -> None:
    """A button for each format, all about what is on the page now."""
    st.subheader("Take it with you", anchor=False)
    try:
        comparison = cached.comparison(session.scenario())
    except NothingToCompare as error:
        st.info(str(error))
        frame.link("pages/samples.py", "Go to Samples")
        return
    except cached.CountingCancelled:
        return
    source = Source(comparison, session.today())
    st.caption("Files about what is on the page now, each figure with its source. Made when you click.")
    _buttons(answers(source))
    if find_browser() is None:
        st.caption(f"For a PDF: {BY_HAND[:1].lower()}{BY_HAND[1:]}")
    st.caption("To try it for real. These hold your rows: share them with care.")
    _buttons(trials(comparison))


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """What every file is made of; a click is answered in another thread, so it is handed over whole."""

    comparison: Comparison
    on: date

    def sure(self) -> Sureness:
        """How sure the answer is."""
        return sureness(self.comparison)

    def brief(self) -> Brief:
        """The brief, without a title: this is nobody's link."""
        found = self.sure()
        return brief(self.comparison, found, verdict(self.comparison, found), title="", made_on=self.on)

    def html(self) -> bytes:
        """The brief as a page that opens offline."""
        return brief_html(self.brief()).encode()

    def pdf(self) -> bytes:
        """The same printed. Raises RuntimeError with what to do instead."""
        printed = brief_pdf(brief_html(self.brief()))
        if printed.pdf is None:
            raise RuntimeError(printed.instead)
        return printed.pdf

    def xlsx(self) -> bytes:
        """The workbook with its formulas."""
        return workbook(self.brief())

    def json(self) -> bytes:
        """The comparison for programs."""
        return json_text(self.comparison, self.sure()).encode()

    def csv(self) -> bytes:
        """Every figure with its source; the mark in front tells spreadsheets the encoding."""
        return csv_text(self.comparison, self.sure()).encode("utf-8-sig")


def answers(source: Source) -> Sequence[Export]:
    """The answer, for a reader, for finance and for programs."""
    pdf = [Export("Brief (PDF)", "crossover-brief.pdf", "application/pdf", source.pdf)]
    return [
        Export("Brief (HTML)", "crossover-brief.html", "text/html", source.html),
        *(pdf if find_browser() else []),
        Export("Workbook (XLSX)", "crossover.xlsx", _XLSX, source.xlsx),
        Export("Comparison (JSON)", "crossover.json", "application/json", source.json),
        Export("Figures (CSV)", "crossover.csv", "text/csv", source.csv),
    ]


def trials(comparison: Comparison) -> Sequence[Export]:
    """What runs the strategies for real; only where one of them asks a model."""
    if not any(outcome.plan.calls and not outcome.plan.missing for outcome in comparison.outcomes):
        return []
    made = partial(promptfoo_zip, comparison)
    return [Export("Evaluation (promptfoo)", "crossover-promptfoo.zip", "application/zip", made)]


def _buttons(exports: Sequence[Export]) -> None:
    columns = st.columns(_COLUMNS)
    for column, export in zip(columns, exports, strict=False):
        with column:
            st.download_button(
                export.label,
                export.made,
                file_name=export.file_name,
                mime=export.mime,
                on_click="ignore",
                key=f"export-{export.file_name}",
                width="stretch",
            )
