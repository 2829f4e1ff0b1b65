"""What the token difference is worth in quality, and people's time beside it (MODEL.md 3.10)."""

from __future__ import annotations

import streamlit as st

from crossover.comparison import Comparison, Outcome
from crossover.numbers import share, usd
from crossover.whatif import quality_figures, token_worth, worth_sentences
from crossover.words import say
from ui import session
from ui.figures import explain
from ui.text import plain


def worth_section(comparison: Comparison) -> None:
    """The whole token difference in percentage points, then who is paid: people or providers."""
    if not comparison.ranked:
        return
    st.subheader(say("What the token difference is worth"), anchor=False)
    worth, failed = token_worth(comparison), comparison.scenario.assumption("failed_answer_usd")
    if worth is None:
        st.markdown(say("There are no two strategies that pay by the token to weigh against each other."))
    else:
        for sentence in worth_sentences(worth, failed.value or 0.0):
            st.markdown(plain(sentence))
        with st.popover(say("Where this comes from")):
            explain((worth.success_gap,), session.today())
    costed = [outcome for outcome in comparison.outcomes if outcome.cost is not None]
    st.dataframe(
        [_who_is_paid(outcome) for outcome in costed], hide_index=True, width="stretch", height="content"
    )
    if not comparison.scenario.count_people:
        st.caption(say("People's time is switched off above, so only what providers charge is counted."))
    measured = [figures for each in costed if (figures := quality_figures(each, failed))]
    if measured:
        with st.popover(say("Cost with the success you measured")):
            explain(tuple(figure for pair in measured for figure in pair), session.today())


def _who_is_paid(outcome: Outcome) -> dict[str, str]:
    total = outcome.total_usd or 0.0
    people = total * ((outcome.cost.people_share if outcome.cost else 0.0) or 0.0)
    return {
        say("Strategy"): outcome.strategy.label,
        say("Total"): usd(total),
        say("People's time"): usd(people),
        say("What providers charge"): usd(total - people),
        say("People's share"): share(people / total if total else 0.0),
    }
