"""The Samples page checks our counts against bills, and lets a person stop a long count."""

from __future__ import annotations

import json
from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]
WORDS = "The parcel left the depot on Monday and arrives within two days."


def samples_page() -> AppTest:
    app = AppTest.from_file(ROOT / "pages/samples.py", default_timeout=60).run()
    assert not app.exception
    return app


def bill(input_tokens: int) -> str:
    """A recorded request with its answer's usage; the words are ours, the usage is given."""
    messages = [{"role": "system", "content": WORDS}, {"role": "user", "content": WORDS}]
    usage = {"prompt_tokens": input_tokens, "completion_tokens": 5, "total_tokens": input_tokens + 5}
    request = {"model": "gpt-4o-mini", "messages": messages}
    return json.dumps({"request": request, "response": {"model": "gpt-4o-mini", "usage": usage}})


def counted_tokens() -> int:
    """What we count for the request of `bill`: 13 words' tokens twice, two frames and the priming."""
    app = samples_page()
    app.file_uploader(key="bills-file").upload(
        "bills.jsonl", f"{bill(100)}\n".encode(), "application/json"
    ).run()
    return int(_table(app)["Our count"].iloc[0])


def _table(app: AppTest):
    return next(frame.value for frame in app.dataframe if "Our count" in frame.value.columns)


def test_bills_show_our_count_beside_the_bill_and_their_ratio_can_be_applied_and_removed():
    ours = counted_tokens()
    app = samples_page()
    bills = f"{bill(2 * ours)}\n{bill(2 * ours)}\n".encode()
    app.file_uploader(key="bills-file").upload("bills.jsonl", bills, "application/json").run()
    table = _table(app)
    assert (table["Bills"].iloc[0], table["Billed"].iloc[0]) == (2, 4 * ours)
    app.button(key="apply-correction").click().run()
    assert app.session_state["crossover.scenario"].token_correction == 2.0
    assert "bills.jsonl" in app.session_state["crossover.scenario"].token_correction_source
    app.button(key="remove-correction").click().run()
    assert app.session_state["crossover.scenario"].token_correction == 1.0


def test_a_file_without_bills_says_what_to_drop_instead():
    app = samples_page()
    app.file_uploader(key="bills-file").upload("notes.txt", b"nothing here", "text/plain").run()
    assert "usage" in app.error[0].value


def test_a_long_count_shows_a_bar_and_ends_with_the_profile(monkeypatch):
    monkeypatch.setattr("ui.cached._SLOW_CHARACTERS", 0)
    assert "Token profile" in [header.value for header in samples_page().subheader]


def test_a_cancelled_count_says_so_and_can_be_taken_up_again(monkeypatch):
    monkeypatch.setattr("ui.session.is_cancelled", lambda key: True)
    app = samples_page()
    assert "was cancelled" in app.info[0].value
    monkeypatch.setattr("ui.session.is_cancelled", lambda key: False)
    app.button(key="count-again").click().run()
    assert "Token profile" in [header.value for header in app.subheader]
