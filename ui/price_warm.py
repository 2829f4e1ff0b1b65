"""What all visitors of the Prices page share, prepared before the first one comes."""

from __future__ import annotations

from datetime import date

from crossover.charts.prices import price_history
from crossover.words import LANGUAGES, in_language, say
from ui import cached, replay_view
from ui.price_list import listed_rows
from ui.price_periods import model_periods
from ui.price_vocabulary import PER_MILLION

_FIRST_DETAIL = ("azure", "gpt-oss-20b")


def warm(today: date) -> None:
    """Read the book; in each language list its prices of `today`, replay the demo, draw both charts once.

    Needs no running page; touches nobody's data. Takes a few seconds in a new process, of which the
    second language costs about one.
    """
    book = cached.price_book()
    cached.presets()
    for code in LANGUAGES:
        with in_language(code):
            listed_rows(today)
            price_history(model_periods(book, *_FIRST_DETAIL), today, say(PER_MILLION))
            replay_view.warm(today)
