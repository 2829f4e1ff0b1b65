"""The finding on languages: which ones the questions are in, and whether the documents share them."""

from __future__ import annotations

from collections.abc import Iterator

from crossover.evidence.finding import ALL, Finding
from crossover.evidence.languages import LanguageMix
from crossover.evidence.measurements import Measurements
from crossover.numbers import share
from crossover.words import listed, mark, say

_NAMES = {
    "arabic": mark("Arabic"),
    "czech": mark("Czech"),
    "danish": mark("Danish"),
    "dutch": mark("Dutch"),
    "english": mark("English"),
    "finnish": mark("Finnish"),
    "french": mark("French"),
    "german": mark("German"),
    "greek": mark("Greek"),
    "hungarian": mark("Hungarian"),
    "indonesian": mark("Indonesian"),
    "italian": mark("Italian"),
    "norwegian": mark("Norwegian"),
    "polish": mark("Polish"),
    "portuguese": mark("Portuguese"),
    "romanian": mark("Romanian"),
    "russian": mark("Russian"),
    "spanish": mark("Spanish"),
    "swedish": mark("Swedish"),
    "turkish": mark("Turkish"),
}


def language_name(language: str) -> str:
    """A language, by its Snowball name, as people call it."""
    return say(_NAMES.get(language, language.title()))


def language_findings(found: Measurements, source: str) -> Iterator[Finding]:
    """Which languages the questions are in, and whether the documents share them."""
    asked, written = found.question_languages, found.document_languages
    if asked is None or not asked.counts:
        return
    figures = tuple(
        asked.share(name).figure(say("Questions in {language}", language=language_name(name)), source)
        for name, _ in asked.counts
    )
    sentences = f"{_asked_sentence(asked)} {_plan_sentence(asked, written)}"
    yield Finding("languages", say("Languages"), figures, sentences, ALL)


def _asked_sentence(asked: LanguageMix) -> str:
    if len(asked.counts) == 1:
        return say("The questions are in {language}.", language=language_name(asked.counts[0][0]))
    names = [f"{language_name(name)} ({share(asked.share(name).share)})" for name, _ in asked.counts]
    return say("The questions are in {languages}, as far as their words tell.", languages=listed(names))


def _plan_sentence(asked: LanguageMix, written: LanguageMix | None) -> str:
    main = asked.counts[0][0]
    others = {name for name, _ in written.counts} - {main} if written is not None else set()
    if others:
        return say(
            "There are documents in {languages}: a search by words finds little across languages, so plan "
            "for multilingual embeddings.",
            languages=listed([language_name(name) for name in sorted(others)]),
        )
    if len(asked.counts) > 1:
        return say("Test each language on its own: a model may be weaker in one of them.")
    return say("One language keeps prompts, tests and the search simple.")
