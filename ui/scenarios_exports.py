"""Everything to take away, made only when somebody clicks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st

from crossover.comparison import Comparison
from crossover.evidence import cleaned_file, training_examples, training_waste
from crossover.report import csv_text, json_text
from crossover.report.brief import Brief, brief
from crossover.report.brief_html import brief_html
from crossover.report.brief_pdf import BY_HAND, brief_pdf, find_browser
from crossover.report.promptfoo import promptfoo_zip
from crossover.report.workbook import workbook
from crossover.tokens import default_epochs
from crossover.verdict import verdict
from crossover.whatif import Sureness, sureness
from crossover.words import in_language, in_sentence, language, say
from ui import frame, session

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
    st.subheader(say("Take it with you"), anchor=False)
    comparison = frame.comparison()
    if comparison is None:
        return
    source = Source(comparison, session.today())
    st.caption(say("Files about what is on the page now, each figure with its source. Made when you click."))
    _buttons(answers(source))
    if find_browser() is None:
        st.caption(say("For a PDF: {by_hand}", by_hand=in_sentence(say(BY_HAND))))
    offered = trials(comparison)
    if offered:
        st.caption(say("To try it for real. These hold your rows: share them with care."))
        _buttons(offered)
    for reason in absent(comparison):
        st.caption(reason)


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
    pdf = [Export(say("Brief (PDF)"), "crossover-brief.pdf", "application/pdf", source.pdf)]
    return [
        Export(say("Brief (HTML)"), "crossover-brief.html", "text/html", source.html),
        *(pdf if find_browser() else []),
        Export(say("Workbook (XLSX)"), "crossover.xlsx", _XLSX, source.xlsx),
        Export(say("Comparison (JSON)"), "crossover.json", "application/json", source.json),
        Export(say("Figures (CSV)"), "crossover.csv", "text/csv", source.csv),
    ]


def trials(comparison: Comparison) -> Sequence[Export]:
    """What runs the strategies for real, as far as there is something to write."""
    evaluation = Export(
        say("Evaluation (promptfoo)"),
        "crossover-promptfoo.zip",
        "application/zip",
        partial(promptfoo_zip, comparison),
    )
    tuning = Export(
        say("Fine-tuning file (JSONL)"),
        "crossover-fine-tuning.jsonl",
        "application/jsonl",
        partial(training_file, comparison),
    )
    evaluations = [evaluation] if _asks_a_model(comparison) else []
    return [*evaluations, tuning] if comparison.profile.training.lines else evaluations


def absent(comparison: Comparison) -> Sequence[str]:
    """In words, why one of `trials` is not there."""
    found = []
    if not _asks_a_model(comparison):
        found.append(say("There is no evaluation to write: no strategy here can ask a model."))
    if not comparison.profile.training.lines:
        found.append(
            say("There is no fine-tuning file to write: add answers to your questions, or chats, as samples.")
        )
    return found


def _asks_a_model(comparison: Comparison) -> bool:
    return any(outcome.plan.calls and not outcome.plan.missing for outcome in comparison.outcomes)


def training_file(comparison: Comparison) -> bytes:
    """The training rows without those that cost and do not teach, as the Evidence page cleans them."""
    subject = comparison.outcome("tuning").subject
    examples, price = training_examples(subject.profile), subject.quote.tuning
    waste = training_waste(examples, default_epochs(len(examples)), price)
    return cleaned_file(examples, waste, minimum=price.min_examples if price else None).jsonl.encode()


def _buttons(exports: Sequence[Export]) -> None:
    columns = st.columns(_COLUMNS)
    for column, export in zip(columns, exports, strict=False):
        with column:
            st.download_button(
                export.label,
                partial(_spoken, language(), export.made),
                file_name=export.file_name,
                mime=export.mime,
                on_click="ignore",
                key=f"export-{export.file_name}",
                width="stretch",
            )


def _spoken(code: str, made: Callable[[], bytes]) -> bytes:
    """A file in the language of the page; the thread that answers a click knows of no session."""
    with in_language(code):
        return made()
