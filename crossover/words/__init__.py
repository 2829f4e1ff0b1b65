"""Words shown to people, in the language of whoever reads them; everything that speaks, does so here."""

from crossover.words.catalogue import CATALOGUES
from crossover.words.language import ENGLISH, LANGUAGES, ask_for_language, chosen, in_language, language
from crossover.words.locale import day_words, localised, month_words
from crossover.words.saying import in_sentence, listed, mark, say, say_as, say_count

__all__ = [
    "CATALOGUES",
    "ENGLISH",
    "LANGUAGES",
    "ask_for_language",
    "chosen",
    "day_words",
    "in_language",
    "in_sentence",
    "language",
    "listed",
    "localised",
    "mark",
    "month_words",
    "say",
    "say_as",
    "say_count",
]
