"""Which languages the questions and the documents are written in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bm25s import stopwords

from crossover.evidence.sampling import chosen, seeded_rows
from crossover.evidence.shares import MeasuredShare
from crossover.retrieval import stemmer_language
from crossover.retrieval.text_matching import stop_words, words_of

MOST_TEXTS = 1_000
_LONGEST_LOOK_CHARACTERS = 2_000
# Small words of a language shared with its neighbours turn up in foreign texts too.
_LEAST_WORDS = 2
_LEAST_WORD_SHARE = 0.2
_LEAST_SHARE = 0.02
_CLEARLY_TIMES = 3
_LEAST_TEXTS = 3
_SMALL_WORDS = {
    "english": frozenset(stopwords.STOPWORDS_EN_PLUS),
    **{
        language: stop_words(language)
        for language in (
            *("danish", "dutch", "french", "german", "italian", "norwegian"),
            *("portuguese", "russian", "spanish", "swedish", "turkish"),
        )
    },
}


@dataclass(frozen=True, slots=True)
class LanguageMix:
    """Texts by language, told from their small words; a text too short to tell is `unrecognised`.

    So are the texts of a language that fewer than three, or than one in fifty, seem to be in.

    `overall` is the language of all texts together, None when that cannot be told either.
    """

    n: int
    counts: tuple[tuple[str, int], ...]
    overall: str | None

    @property
    def recognised(self) -> int:
        """Texts whose language could be told."""
        return sum(count for _, count in self.counts)

    @property
    def unrecognised(self) -> int:
        """Texts too short, or in a language without a word list."""
        return self.n - self.recognised

    def share(self, language: str) -> MeasuredShare:
        """The share of a language among the texts that could be told."""
        return MeasuredShare(dict(self.counts).get(language, 0), self.recognised)


def language_mix(texts: Sequence[str]) -> LanguageMix | None:
    """Languages of the texts, of a seeded thousand where there are more; None without texts."""
    if not texts:
        return None
    looked_at = chosen(texts, seeded_rows(len(texts), MOST_TEXTS))
    overall = stemmer_language(texts)
    found = Counter(language for text in looked_at if (language := _language_among(text, overall)))
    least = max(_LEAST_TEXTS, _LEAST_SHARE * found.total())
    counts = tuple(pair for pair in found.most_common() if pair[1] >= least or pair[0] == overall)
    return LanguageMix(len(looked_at), counts, overall)


def _language_among(text: str, overall: str | None) -> str | None:
    """The language of a text among others; a foreign title in a sentence does not make it foreign."""
    language = language_of(text)
    if language is None or language == overall or overall not in _SMALL_WORDS:
        return language
    words = words_of(text[:_LONGEST_LOOK_CHARACTERS])
    foreign, own = _SMALL_WORDS[language], _SMALL_WORDS[overall] - _SMALL_WORDS[language]
    clear = sum(word in foreign for word in words) > _CLEARLY_TIMES * sum(word in own for word in words)
    return language if clear else None


def language_of(text: str) -> str | None:
    """The one language whose small words make up most of a text; None when that is not clear.

    At least two different ones and a fifth of all words, and more than of any other language.
    """
    words = words_of(text[:_LONGEST_LOOK_CHARACTERS])
    scores = sorted(
        ((sum(word in small for word in words), len(small.intersection(words)), language))
        for language, small in _SMALL_WORDS.items()
    )
    (second, *_), (best, different, language) = scores[-2:]
    clear = best > second and different >= _LEAST_WORDS and best >= _LEAST_WORD_SHARE * len(words)
    return language if clear else None
