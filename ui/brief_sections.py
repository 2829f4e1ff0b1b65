"""The sections of a brief, phone first: what is said, drawn and listed of a frozen decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from crossover.gates import Status
from crossover.numbers import compact, share, usd
from crossover.report.brief import CACHING_NOTE, Brief
from crossover.report.brief_charts import cumulative_svg, totals_svg
from crossover.report.brief_html import HEADS, STATUS_ORDER, status_words
from crossover.report.brief_html_words import (
    measured_words,
    no_rows_words,
    own_words,
    sure_words,
    total_heading,
)
from crossover.report.brief_parts import BriefStrategy
from crossover.report.brief_provenance import InputLine, input_groups
from crossover.words import say
from ui.frame import READABLE
from ui.text import escaped, plain

_INK = {"light": "#1B2430", "dark": "#E8EAED"}
# the page tells the rank by the order of its rows
_FIRST_HEAD, _, *_HEADS = HEADS


def heading(brief: Brief) -> None:
    """Title, what kind of page this is, and the note of whoever shared it."""
    if brief.is_demo:
        st.badge(say("DEMO DATA: an invented company"), color="orange")
    if brief.title:
        st.markdown(f"**{escaped(brief.title)}**")
    with st.container(key="verdict"):
        st.header(escaped(brief.headline), anchor=False)
    st.caption(say("Made on {made} with prices of {prices}.", made=brief.made_on, prices=brief.price_date))
    if brief.note:
        st.text(brief.note)


def answer(brief: Brief, rows: tuple[BriefStrategy, ...], volume: float) -> None:
    """What it costs at a volume: in a sentence where it is not the one decided for, drawn, and as a table."""
    if volume != brief.requests_per_month:
        st.markdown(escaped(_at_other_volume(rows, volume)))
        st.caption(say(CACHING_NOTE))
    moved = replace(brief, strategies=rows)
    totals, spent = st.columns(2, gap="large")
    with totals:
        st.subheader(total_heading(brief), anchor=False)
        _picture(totals_svg(moved), say("Total of each strategy; the table below has the numbers"))
        st.caption(say("Solid is what providers charge, hatched is people's time."))
    with spent:
        st.subheader(say("Spent over time"), anchor=False)
        _picture(cumulative_svg(moved), say("US dollars spent by month, one line for each strategy"))
        st.caption(say("US dollars. Lines have the colours of the bars."))
    st.subheader(say("The strategies"), anchor=False)
    st.html(_table(rows))


def details(brief: Brief) -> None:
    """Why, how sure, what would change it, what stands in the way, and where it all comes from."""
    _list(say("Why, and how sure"), brief.reasons)
    st.caption(plain(sure_words(brief)))
    _list(say("What would change the answer"), brief.flips or (say("No single input changes the order."),))
    _gates(brief)
    _measured(brief)
    if brief.contact:
        st.subheader(say("Who to ask"), anchor=False)
        st.text(brief.contact)
    with st.expander(say("Assumptions and sources"), key="brief-sources"):
        for group in input_groups(brief):
            st.markdown(f"**{group.title}**")
            st.markdown("\n".join(f"- {_input(line)}" for line in group.inputs))


def _at_other_volume(rows: Sequence[BriefStrategy], volume: float) -> str:
    ranked = [row for row in rows if row.rank is not None and row.cost is not None]
    if not ranked or ranked[0].cost is None:
        return say("At {volume} requests a month nothing can be chosen.", volume=compact(volume))
    named = {
        "volume": compact(volume),
        "strategy": ranked[0].label,
        "total": usd(ranked[0].cost.total_usd),
    }
    if len(ranked) < 2 or ranked[1].cost is None:
        return say("At {volume} requests a month, {strategy} costs least: {total}.", **named)
    return say(
        "At {volume} requests a month, {strategy} costs least: {total}, then {other} with {other_total}. "
        "How sure that is was worked out for the volume decided for only.",
        other=ranked[1].label,
        other_total=usd(ranked[1].cost.total_usd),
        **named,
    )


def _picture(svg: str, words: str) -> None:
    """A chart as an image: it can run nothing, and its ink follows the page's colours."""
    ink = _INK.get(st.context.theme.type or "light", _INK["light"])
    st.image(str(svg).replace("currentColor", ink), width="stretch", alt=words)


def _table(rows: Sequence[BriefStrategy]) -> str:
    """Below 45 rem a card for each strategy, its heads beside its numbers; every word escaped."""
    heads = "".join(f'<th scope="col">{escape(say(head))}</th>' for head in (_FIRST_HEAD, *_HEADS))
    body = "".join(_table_row(row) for row in rows)
    return f'<table class="brief"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'


def _table_row(row: BriefStrategy) -> str:
    rank = f"{row.rank}. " if row.rank else ""
    name = row.label if row.rank else say("{strategy} (not ranked)", strategy=row.label)
    cells = "".join(
        f'<td><span class="brief-head">{escape(say(head))}</span> {escape(cell)}</td>'
        for head, cell in zip(_HEADS, _cells(row), strict=True)
    )
    return f'<tr><th scope="row">{rank}{escape(name)}</th>{cells}</tr>'


def _cells(row: BriefStrategy) -> tuple[str, ...]:
    cost, standing = row.cost, row.standing
    often = share(standing.cheapest_share) if standing and standing.cheapest_share is not None else "–"
    if cost is None:
        return (say("no cost"), "–", "–", "–", "–", often, "–")
    return (
        usd(cost.total_usd),
        usd(cost.per_1000_requests_usd),
        usd(cost.first_month_usd),
        usd(cost.one_off_usd),
        f"{usd(cost.people_usd)} ({share(cost.people_share)})",
        often,
        usd(standing.regret_usd) if standing else "–",
    )


def _list(title: str, sentences: Sequence[str]) -> None:
    st.subheader(title, anchor=False)
    st.markdown("\n".join(f"- {escaped(sentence)}" for sentence in sentences))


def _gates(brief: Brief) -> None:
    found = list(dict.fromkeys(_gate_lines(brief)))
    _list(
        say("What stands in the way"),
        found or [say("Nothing found: every strategy can be bought and has its data.")],
    )


def _gate_lines(brief: Brief) -> Iterator[str]:
    labels: dict[tuple[Status, str], list[str]] = {}
    for row in brief.strategies:
        for gate in row.gates:
            labels.setdefault((gate.status, f"{gate.reason} {gate.remedy}".strip()), []).append(row.label)
    for (status, words), names in sorted(labels.items(), key=lambda each: STATUS_ORDER.index(each[0][0])):
        yield f"{status_words(status)}: {', '.join(names)}. {words}"


def _measured(brief: Brief) -> None:
    st.subheader(say("What was measured"), anchor=False)
    st.markdown(escaped(f"{measured_words(brief)} {no_rows_words()}"))


def _input(line: InputLine) -> str:
    own = f" {own_words()}" if line.is_own else ""
    return escaped(f"{line.name}: {line.value}{line.range}{own}. {line.source}{line.details}")


STYLE = (
    READABLE + ".block-container{max-width:62rem;padding-top:4.5rem;}"
    ".brief{width:100%;border-collapse:collapse;}"
    ".brief th,.brief td{text-align:left;padding:.35rem .6rem .35rem 0;border:0;"
    "border-bottom:1px solid rgba(127,136,150,.5);font-variant-numeric:tabular-nums;}"
    ".brief .brief-head{display:none;}"
    "@media screen and (max-width:45rem){.brief thead{display:none;}"
    ".brief,.brief tbody,.brief tr,.brief th,.brief td{display:block;}"
    ".brief tr{border-bottom:1px solid rgba(127,136,150,.5);padding:.5rem 0;}"
    ".brief th,.brief td{border:0;padding:.1rem 0;}"
    ".brief td{display:flex;justify-content:space-between;gap:1rem;}"
    ".brief .brief-head{display:inline;opacity:.8;}}"
    "@media print{html{font-size:10.5px !important;}"
    ".st-key-brief-controls,.st-key-brief-sources,[data-testid=stHeader]{display:none !important;}"
    ".stApp,.stMain,.block-container{position:static !important;overflow:visible !important;"
    "height:auto !important;}.block-container{padding:0 !important;}}"
)
