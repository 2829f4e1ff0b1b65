"""The sentences of the brief's page that are the same for every brief, and those with its own numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from crossover.numbers import count
from crossover.report.brief import CACHING_NOTE, Brief
from crossover.words import in_sentence, month_words, say, say_as, say_count


def long_day(day: date) -> str:
    """A day as a sentence has it: 22 November 2026."""
    return say("{day} {month}", day=day.day, month=month_words(day))


def page_words(brief: Brief) -> Mapping[str, str]:
    """What the page says around the figures, by the name its template knows."""
    return _head(brief) | _headings(brief) | _notes(brief)


def sure_words(brief: Brief) -> str:
    """How the shares in the table were found."""
    named = say("A winner is named") if brief.is_decided else say("No winner is named")
    return say(
        "{named}: that takes a lead of 5 % today and being cheapest in 80 % of {draws:,} runs, in which "
        "every uncertain input is drawn from its range. Regret is what choosing a strategy costs on average "
        "beyond the best choice in hindsight.",
        named=named,
        draws=brief.draws,
    )


def measured_words(brief: Brief) -> str:
    """How many requests there are, and what they weigh on average."""
    means = [f"{in_sentence(name)} {count(mean)}" for name, mean in brief.tokens.means if mean]
    return say_count(
        "{n} request. Tokens: {means}.",
        "{n} requests. Tokens: {means}.",
        brief.tokens.requests,
        means=", ".join(means),
    )


def total_heading(brief: Brief) -> str:
    """What the bars are of."""
    return say_count("Total over {n} month", "Total over {n} months", brief.horizon_months)


def own_words() -> str:
    """What marks an input the team chose."""
    return say("(set by the team)")


def no_rows_words() -> str:
    """What a reader may rely on."""
    return say("This page holds no row of the data.")


def _head(brief: Brief) -> dict[str, str]:
    made, prices = long_day(brief.made_on), long_day(brief.price_date)
    return {
        "title": brief.title or say("Crossover brief"),
        "heading": brief.title or say("Which way to solve the task"),
        "made": say("Crossover brief, made on {made} with prices as of {prices}", made=made, prices=prices),
        "demo": say("Demo data: the figures below are those of an invented company."),
        "at": say_count(
            "At {requests} requests in the first month over {n} month, in US dollars",
            "At {requests} requests in the first month over {n} months, in US dollars",
            brief.horizon_months,
            requests=count(brief.requests_per_month),
        ),
    }


def _headings(brief: Brief) -> dict[str, str]:
    return {
        "why": say("Why, and how sure"),
        "spent": say("Spent over time"),
        "totals": total_heading(brief),
        "strategies": say("The strategies"),
        "criteria": say("What each gives up or gains"),
        "flips": say("What would change the answer"),
        "gates": say("What stands in the way"),
        "data": say("What was measured"),
        "contact": say("Who to ask"),
        "figures": say("Where each figure comes from"),
    }


def _notes(brief: Brief) -> dict[str, str]:
    return {
        "sure": sure_words(brief),
        "hatched": say("Solid is what providers charge, hatched is people's time."),
        "cut": say("The charts show the first few strategies, the tables all."),
        "no_flips": say("No single input changes the order."),
        "no_gates": say("Nothing found: every strategy can be bought and has the data it needs."),
        "measured": measured_words(brief),
        "caching": f"{say(CACHING_NOTE)} {no_rows_words()}",
        "how_figures": say(
            "Each figure with what it rests on at its weakest, its formula, and the numbers of the inputs "
            "below."
        ),
        "inputs": say_as("numbers of inputs", "from"),
        "own": f" {own_words()}",
    }
