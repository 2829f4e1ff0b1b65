"""What dirty training rows cost, and the file without them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from crossover.evidence import CleanedFile, TrainingWaste, cleaned_file, training_examples
from crossover.numbers import count, usd
from crossover.words import language, localised, say, say_count
from ui import evidence_session
from ui.evidence_cached import Found, data_key
from ui.text import escaped, plain

_LINES_LISTED = 20
_CHANGES_SHOWN = 200
_PROBLEMS_SHOWN = 5


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
            say("Defect"): say(part.defect),
            say("Rows"): count(len(part.rows)),
            _over_epochs(waste.epochs): count(part.billed_tokens),
            say("Cost"): say("price unknown") if part.usd is None else usd(part.usd),
            say("Lines"): _lines(part.lines),
        }
        for part in waste.dirty
    ]


def _over_epochs(epochs: int) -> str:
    return say_count("Tokens over {n} epoch", "Tokens over {n} epochs", epochs)


def _lines(lines: tuple[int, ...]) -> str:
    more = len(lines) - _LINES_LISTED
    numbers = ", ".join(localised(f"{line:,}") for line in lines[:_LINES_LISTED])
    return say("{numbers} and {more:,} more", numbers=numbers, more=more) if more > 0 else numbers


def _price_words(found: Found, waste: TrainingWaste) -> str:
    price = found.settings.tuning
    if price is None or waste.usd_per_mtok is None:
        return say("Price unknown: no price per training token is known for this model, host and day.")
    cost = say(
        "All {rows} in {epochs} cost {total} at {price} per million tokens ({model} at {host}).",
        rows=say_count("{n} row", "{n} rows", waste.n),
        epochs=say_count("{n} epoch", "{n} epochs", waste.epochs),
        total=usd(waste.usd_total),
        price=usd(waste.usd_per_mtok),
        model=price.model,
        host=price.host,
    )
    fee = say("A minimum fee may be due instead.")
    return f"{cost} {fee}" if price.minimum_fee_usd else cost


def _cleaned(found: Found, waste: TrainingWaste) -> None:
    """On request: the file to download and what was changed in it."""
    with_system = st.toggle(
        say("Put your instructions before every example that has none"),
        key="cleaned-system",
        disabled=not found.profile.samples.instructions.strip(),
    )
    settings = (found.profile.settings, found.settings.tuning, with_system)
    key = ("cleaned", data_key(), settings)
    if not evidence_session.is_wanted(key):
        st.button(
            say("Write the cleaned file"), key="write-cleaned", on_click=evidence_session.want, args=(key,)
        )
        return
    written = (*key, language())  # the list of changes is in words
    file = evidence_session.kept(written)
    if file is evidence_session.NOTHING:
        with st.spinner(say("Writing the file …")):
            file = _written(found, waste, with_system)
        evidence_session.keep(written, file)
    _offered(file)


def _written(found: Found, waste: TrainingWaste, with_system: bool) -> CleanedFile:
    price = found.settings.tuning
    system = found.profile.samples.instructions.strip() if with_system else ""
    minimum = price.min_examples if price else None
    return cleaned_file(training_examples(found.profile), waste, system, minimum=minimum)


def _offered(file: CleanedFile) -> None:
    st.download_button(
        say_count("Download {n} example as JSONL", "Download {n} examples as JSONL", file.examples),
        file.jsonl.encode("utf-8"),
        "fine-tuning-cleaned.jsonl",
        "application/jsonl",
        key="download-cleaned",
    )
    if file.is_valid:
        st.success(
            say("Checked by the rules of a fine-tuning job: roles, shapes, weights, number of examples.")
        )
    else:
        more = len(file.problems) - _PROBLEMS_SHOWN
        lines = [escaped(problem) for problem in file.problems[:_PROBLEMS_SHOWN]]
        if more > 0:
            lines.append(say("and {more:,} more", more=more))
        head = say("A fine-tuning job would still refuse it:")
        st.warning("\n- ".join([f"{head}\n", *lines]))
    _changes(file)


def _changes(file: CleanedFile) -> None:
    if not file.changes:
        st.caption(say("Nothing had to be changed."))
        return
    table = pd.DataFrame([(change.line, change.what) for change in file.changes], columns=["Line", "Change"])
    with st.expander(say_count("What was changed ({n} row)", "What was changed ({n} rows)", len(table))):
        shown = table.head(_CHANGES_SHOWN).set_axis([say("Line"), say("Change")], axis=1)
        st.dataframe(shown, hide_index=True, width="stretch")
        if len(table) > _CHANGES_SHOWN:
            st.caption(say("The first {n}; the list to download has all.", n=_CHANGES_SHOWN))
        st.download_button(
            say("Download the list as CSV"),
            table.to_csv(index=False).encode("utf-8"),
            "fine-tuning-changes.csv",
            "text/csv",
            key="download-changes",
        )
