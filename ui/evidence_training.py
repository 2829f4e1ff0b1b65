"""What dirty training rows cost, and the file without them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from crossover.evidence import CleanedFile, TrainingWaste, cleaned_file, training_examples
from crossover.numbers import count, usd
from ui import cached, evidence_session
from ui.evidence_cached import Found
from ui.text import counted, escaped, plain

_LINES_LISTED = 20
_CHANGES_SHOWN = 200
_PROBLEMS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class _Priced:
    """US dollars in words a person cannot take for nothing."""

    value: float | None

    def __str__(self) -> str:
        return "price unknown" if self.value is None else usd(self.value)


def training_details(found: Found) -> None:
    """Each defect with its rows, tokens and dollars, then the cleaned file."""
    waste = found.evidence.measured.waste
    if waste is None:
        return
    if waste.dirty:
        st.dataframe(pd.DataFrame(_rows(waste)), hide_index=True, width="stretch")
    st.caption(plain(_price_words(found, waste)))
    _cleaned(found, waste)


def _rows(waste: TrainingWaste) -> list[dict[str, str]]:
    return [
        {
            "Defect": part.defect.value,
            "Rows": f"{len(part.rows):,}",
            f"Tokens over {waste.epochs} epochs": count(part.billed_tokens),
            "Cost": str(_Priced(part.usd)),
            "Lines": _lines(part.lines),
        }
        for part in waste.dirty
    ]


def _lines(lines: tuple[int, ...]) -> str:
    more = len(lines) - _LINES_LISTED
    text = ", ".join(f"{line:,}" for line in lines[:_LINES_LISTED])
    return f"{text} and {more:,} more" if more > 0 else text


def _price_words(found: Found, waste: TrainingWaste) -> str:
    price = found.settings.tuning
    if price is None or waste.usd_per_mtok is None:
        return "Price unknown: no price per training token is known for this model, host and day."
    fee = " A minimum fee may be due instead." if price.minimum_fee_usd else ""
    return (
        f"All {counted(waste.n, 'row')} in {counted(waste.epochs, 'epoch')} cost {usd(waste.usd_total)} at "
        f"{usd(waste.usd_per_mtok)} per million tokens ({price.model} at {price.host}).{fee}"
    )


def _cleaned(found: Found, waste: TrainingWaste) -> None:
    """On request: the file to download and what was changed in it."""
    with_system = st.toggle(
        "Put your instructions before every example that has none",
        key="cleaned-system",
        disabled=not found.profile.samples.instructions.strip(),
    )
    key = ("cleaned", cached.samples_key(), found.profile.settings, found.settings.tuning, with_system)
    if not evidence_session.is_wanted(key):
        st.button("Write the cleaned file", key="write-cleaned", on_click=evidence_session.want, args=(key,))
        return
    file = evidence_session.kept(key)
    if file is evidence_session.NOTHING:
        with st.spinner("Writing the file …"):
            file = _written(found, waste, with_system)
        evidence_session.keep(key, file)
    _offered(file)


def _written(found: Found, waste: TrainingWaste, with_system: bool) -> CleanedFile:
    price = found.settings.tuning
    system = found.profile.samples.instructions.strip() if with_system else ""
    minimum = price.min_examples if price else None
    return cleaned_file(training_examples(found.profile), waste, system, minimum=minimum)


def _offered(file: CleanedFile) -> None:
    st.download_button(
        f"Download {counted(file.examples, 'example')} as JSONL",
        file.jsonl.encode("utf-8"),
        "fine-tuning-cleaned.jsonl",
        "application/jsonl",
        key="download-cleaned",
    )
    if file.is_valid:
        st.success("Checked by the rules of a fine-tuning job: roles, shapes, weights, number of examples.")
    else:
        more = len(file.problems) - _PROBLEMS_SHOWN
        listed = "".join(f"\n- {escaped(problem)}" for problem in file.problems[:_PROBLEMS_SHOWN])
        rest = f"\n- and {more:,} more" if more > 0 else ""
        st.warning(f"A fine-tuning job would still refuse it:\n{listed}{rest}")
    _changes(file)


def _changes(file: CleanedFile) -> None:
    if not file.changes:
        st.caption("Nothing had to be changed.")
        return
    table = pd.DataFrame([(change.line, change.what) for change in file.changes], columns=["Line", "Change"])
    with st.expander(f"What was changed ({counted(len(table), 'row')})"):
        st.dataframe(table.head(_CHANGES_SHOWN), hide_index=True, width="stretch")
        if len(table) > _CHANGES_SHOWN:
            st.caption(f"The first {_CHANGES_SHOWN}; the list to download has all.")
        st.download_button(
            "Download the list as CSV",
            table.to_csv(index=False).encode("utf-8"),
            "fine-tuning-changes.csv",
            "text/csv",
            key="download-changes",
        )
