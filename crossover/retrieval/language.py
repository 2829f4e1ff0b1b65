"""Which stemmer fits the documents: decided by their most frequent small words, without a model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_SAMPLED_TEXTS = 50
_SAMPLED_CHARACTERS = 2_000
_MIN_SHARE = 0.1
_MIN_DIFFERENT = 3

_WORD = re.compile(r"[^\W\d_]+")

# Own lists: words that are frequent in one language and, as far as possible, rare in its neighbours.
# The names are those of the Snowball stemmers.
_FUNCTION_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "english": "the of and to in is that for it with as was on are be this by not or from at which have",
        "german": "der die das und ist nicht ein eine den dem des mit von zu auf für sich als auch im oder",
        "french": "le la les des et est une un du dans que pour qui par sur pas avec ce au sont cette il ou",
        "spanish": "el la los las de que y en un una por con para es del se no su al lo como más o",
        "italian": "il la di che e è un una per non del della in con sono le i gli da si come nel al anche",
        "portuguese": "o a os as de que e do da em um uma para com não por no na dos é se mais ao como",
        "dutch": "de het een en van is dat niet op te voor met zijn aan er ook bij door om wordt deze of",
        "swedish": "och att det som en är på av för med den till inte ett har om jag från eller kan så var",
        "norwegian": "og det som en er på av for med til ikke et har jeg fra å eller kan om ble hva seg",
        "danish": "og det som en er på af for med til ikke et har jeg fra at eller kan om blev hvad sig",
        "finnish": "ja on ei se että oli hän ovat mutta joka kuin tai myös ole niin sen jos voi tämä kun",
        "hungarian": "a az és hogy nem is egy van meg de ez ha csak volt azt vagy mint már kell lehet el",
        "polish": "i w nie na się z do to że jest o jak a po co przez dla od za są ale jego oraz lub",
        "czech": "a se v je na že to s z do o i jako pro po ale které by který si nebo jsou bylo k od",
        "romanian": "și de în a la cu pe nu este că din o un mai să care sau pentru sunt prin dar fi se",
        "turkish": "ve bir bu için ile de da olarak çok ne var olan daha gibi ya mi her o kadar değil sonra",
        "russian": "и в не на что с по как это он к из у за от для но же все так или его был только",
        "greek": "και το να του της η ο με που από για την τα στο δεν είναι θα των οι τη στην σε μια",
        "arabic": "في من على أن إلى عن التي هذا الذي ما هذه لا مع كان هو أو بين كل ذلك قد بعد",
        "indonesian": "yang dan di untuk dengan ini dari pada tidak adalah itu dalam atau akan ke oleh juga",
    }.items()
}


def stemmer_language(texts: Sequence[str]) -> str | None:
    """The Snowball stemmer for these texts, such as "german"; None when no language is recognised.

    The language whose small words make up the largest share of up to 50 evenly spread texts wins, if
    they are at least a tenth of all words and three different ones occur. Same texts, same answer.
    """
    words = Counter(_WORD.findall(_sample(texts).lower()))
    hits = {language: _hits(words, small) for language, small in _FUNCTION_WORDS.items()}
    best = max(hits, key=hits.__getitem__)
    return best if hits[best] and hits[best] >= _MIN_SHARE * words.total() else None


def _hits(words: Counter[str], function_words: frozenset[str]) -> int:
    found = [words[word] for word in function_words if word in words]
    return sum(found) if len(found) >= _MIN_DIFFERENT else 0


def _sample(texts: Sequence[str]) -> str:
    every = -(-len(texts) // _SAMPLED_TEXTS) or 1
    return "\n".join(text[:_SAMPLED_CHARACTERS] for text in texts[::every])
