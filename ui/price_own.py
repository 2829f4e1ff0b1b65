"""Own prices: a discount, a typed price or a file, each visible and each undone by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from crossover.prices import HOSTS, InferencePrice, TuningPrice, host_label
from crossover.prices.overrides import Overrides, read_overrides
from crossover.replay import field_label
from ui import cached, price_session, session
from ui.price_own_cells import (
    TOKEN_COLUMNS,
    TUNING_COLUMNS,
    Cells,
    Currency,
    InvalidOwnPrice,
    cells_of,
    currency_of,
    discounted_cells,
    own_cells,
)
from ui.price_session import MOST_OWN_PRICES, OwnPrice
from ui.text import counted, escaped, quoted

MOST_BYTES = 5_000_000
_TYPED = "entered on the Prices page"
_OTHER = "Another host"
_HIDDEN = {"host", "model", "note", "valid_from", "valid_to", "mode", "tier", "text_only", "bills_validation"}

_EXAMPLE = """host,model,input_mtok,output_mtok,note
openai,gpt-6-luna,0.08,0.40,contract 17"""


def own_section() -> None:
    """What is in force, then three ways to add."""
    st.subheader("Your own prices", anchor=False)
    st.caption(
        "They come before every listed price, are marked as yours wherever they act, and stay in this "
        "browser session."
    )
    _in_force()
    discount, typed, dropped = st.tabs(["Discount on a listed price", "Enter a price", "Drop a file"])
    with discount:
        _discount_form()
    with typed:
        _typed_form()
    with dropped:
        _drop_zone()


def _in_force() -> None:
    own = price_session.own_prices()
    if not own:
        st.info("None yet: every price comes from the list. Add a discount, a private model or a file below.")
        return
    for place, price in enumerate(own):
        with st.container(
            border=True, horizontal=True, vertical_alignment="center", key=f"own-price-{place}"
        ):
            st.badge("yours", color="violet")
            st.markdown(_words(price))
            st.button("Undo", key=f"own-undo-{place}", on_click=price_session.remove_own, args=(price,))
    if len(own) > 1:
        st.button("Undo all", key="own-undo-all", on_click=price_session.clear_own)


def _words(price: OwnPrice) -> str:
    cells = dict(price.cells)
    amounts = ", ".join(f"{field_label(name)} {text}" for name, text in cells.items() if name not in _HIDDEN)
    note = f" ({escaped(cells['note'])})" if cells.get("note") else ""
    where = f"{cells.get('model', '')} at {host_label(cells.get('host', ''))}"
    origin = f"{escaped(price.origin)} on {price.entered_on}"
    return f"**{escaped(where)}**: {escaped(amounts)}{note}, {origin}"


def _discount_form() -> None:
    book, on = cached.price_book(), session.scenario().price_date
    priced = {(entry.host, entry.model): entry.label for entry in book.models(on)}
    if not priced:
        st.info("No model has a listed price on this day. Choose another day, or enter a price.")
        return
    scenario = session.scenario()
    chosen, options = (scenario.host, scenario.model), list(priced)
    with st.form("own-discount", border=False):
        model = st.selectbox(
            "Model",
            options,
            index=options.index(chosen) if chosen in options else 0,
            key="own.discount.model",
            format_func=lambda each: f"{priced[each]} · {host_label(each[0])}",
        )
        percent = st.number_input(
            "Discount, %", min_value=0.0, max_value=100.0, value=10.0, step=1.0, key="own.discount.percent"
        )
        note = st.text_input("Note", key="own.discount.note", placeholder="Contract 17", max_chars=200)
        if not st.form_submit_button("Apply the discount", key="own.discount.add"):
            return
    rows = (book.inference(*model, on), *book.tuning(*model, on)[:1])
    _add([row for row in rows if row], percent, note)


def _add(rows: Sequence[InferencePrice | TuningPrice], percent: float, note: str) -> None:
    try:
        cells = [discounted_cells(row, percent, note) for row in rows]
    except InvalidOwnPrice as error:
        st.error(str(error))
        return
    _keep(cells, _TYPED)


def _typed_form() -> None:
    with st.form("own-typed", border=False):
        left, right = st.columns(2)
        with left:
            host = st.selectbox("Where it runs", [*HOSTS, _OTHER], key="own.host", format_func=host_label)
            other = st.text_input("Its name, if it is another host", key="own.host_name", max_chars=60)
        with right:
            model = st.text_input(
                "Model", key="own.model", placeholder="gpt-6-luna, or your own name", max_chars=80
            )
            kind = st.radio("Price for", ["Calling", "Tuning"], key="own.kind", horizontal=True)
        calling = _amounts("Calling, per million tokens", TOKEN_COLUMNS)
        tuning = _amounts("Tuning, per million tokens; hosting per hour", TUNING_COLUMNS)
        currency = _currency()
        note = st.text_input("Note", key="own.note", placeholder="Where this price comes from", max_chars=200)
        if not st.form_submit_button("Add this price", key="own.add"):
            return
    try:
        amounts = calling if kind == "Calling" else tuning
        place = other if host == _OTHER else host
        _keep([own_cells(place, model, amounts, note, currency())], _TYPED)
    except InvalidOwnPrice as error:
        st.error(escaped(str(error)))


def _amounts(title: str, columns: tuple[str, ...]) -> dict[str, str]:
    st.markdown(f"{title} (empty is unknown, not free)")
    places = st.columns(len(columns))
    return {
        column: place.text_input(field_label(column).capitalize(), key=f"own.{column}", max_chars=20)
        for place, column in zip(places, columns, strict=True)
    }


def _currency() -> Callable[[], Currency | None]:
    """The fields for another currency; what they say is read when the form is sent."""
    code_at, rate_at, day_at = st.columns(3)
    code = code_at.text_input("Currency", "USD", key="own.currency", max_chars=3)
    rate = rate_at.text_input("US dollars for one of it", key="own.rate", placeholder="1.08", max_chars=20)
    day = day_at.date_input("Rate of", None, key="own.rate_date", format="YYYY-MM-DD")
    return lambda: currency_of(code, rate, day)


def _keep(cells: Sequence[Cells], origin: str) -> None:
    """Take prices over when all of them can be read, and show the page with them."""
    prices = [OwnPrice(each, origin, session.today()) for each in cells]
    problems = [problem for price in prices for problem in price_session.read_own(price).problems]
    if problems:
        st.error(escaped(problems[0].what))
        return
    added = price_session.add_own(prices)
    if added < len(prices):
        st.toast(f"Only {added} of {len(prices)} fit: at most {MOST_OWN_PRICES} own prices are kept.")
    st.rerun()


def _drop_zone() -> None:
    file = st.file_uploader(
        "Prices as CSV or JSON: our own columns, a LiteLLM price map, or a genai-prices list",
        type=["csv", "json"],
        key=price_session.dropzone_key(),
    )
    if file is None:
        with st.expander("What such a file looks like"):
            st.code(_EXAMPLE, language=None)
        return
    if file.size > MOST_BYTES:
        st.error(
            f"The file has more than {MOST_BYTES // 1_000_000} MB. Keep the models you need, drop it again."
        )
        return
    text = file.getvalue().decode("utf-8-sig", errors="replace")
    found = read_overrides(text, file.name, session.today())
    _problems(found)
    if found.rows:
        _take_over(found, file.name)
    elif not found.problems:
        st.info("The file holds no price. Give it a row with host, model, input_mtok and output_mtok.")


def _problems(found: Overrides) -> None:
    if not found.problems:
        return
    with st.expander(
        f"{counted(len(found.problems), 'entry')} not read".replace("entrys", "entries"), expanded=True
    ):
        for problem in found.problems[:20]:
            line = f"Line {problem.line}: " if problem.line else ""
            st.markdown(f"- {line}{escaped(problem.what)} {escaped(problem.remedy)}")


def _take_over(found: Overrides, name: str) -> None:
    """Which of the file's prices to use: those of models we list at first, as many as fit."""
    known = {(entry.host, entry.model) for entry in cached.price_book().catalogue}
    places = range(len(found.rows))
    listed = [place for place in places if (found.rows[place].host, found.rows[place].model) in known]
    start = list(places) if len(found.rows) <= MOST_OWN_PRICES else listed[:MOST_OWN_PRICES]
    chosen = st.multiselect(
        f"Prices to use, of {len(found.rows):,} in {quoted(name)}",
        places,
        default=start,
        key=f"{price_session.dropzone_key()}.chosen",
        format_func=lambda place: _row_words(found.rows[place]),
        max_selections=MOST_OWN_PRICES,
    )
    if st.button("Use these prices", key="own.take_over", disabled=not chosen):
        price_session.empty_dropzone()
        _keep([cells_of(found.rows[place]) for place in chosen], f"from {name}")


def _row_words(row: InferencePrice | TuningPrice) -> str:
    kind = "tuning" if isinstance(row, TuningPrice) else "calling"
    return f"{row.model} at {host_label(row.host)}, {kind}"
