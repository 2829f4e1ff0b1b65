"""What all visitors of the Prices page share, prepared before the first one comes."""

from __future__ import annotations

from datetime import date

from crossover.charts.prices import price_history
from ui import cached, replay_view
from ui.price_list import listed_rows
from ui.price_periods import model_periods
from ui.price_row import PER_MILLION

_FIRST_DETAIL = ("azure", "gpt-oss-20b")


def warm(today: date) -> None:
    """Read the book, list its prices of `today`, replay the demo and draw both charts once.

    Needs no running page; touches nobody's data. Takes a few seconds in a new process.
    """
    book = cached.price_book()
    cached.presets()
    listed_rows(today)
    price_history(model_periods(book, *_FIRST_DETAIL), today, PER_MILLION)
    replay_view.warm(today)
