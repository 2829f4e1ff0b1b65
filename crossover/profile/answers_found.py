"""Can the documents answer at all? How many of the known answers stand in them (MODEL.md 7.2, G8)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.stats import binomtest

from crossover.figure import Figure, measured
from crossover.profile.knowledge import Knowledge
from crossover.profile.sampling import stand_ins
from crossover.retrieval.text_matching import texts_containing, word_table

MOST_ANSWERS_SOUGHT = 300
"""Of more answers a seeded sample is looked for (E33): its interval is at most six points either way."""


def answers_in_documents(knowledge: Knowledge | None, answers: Sequence[str], source: str) -> Figure | None:
    """Share of the answers that one chunk of the documents contains, with n and the 95 % Wilson interval.

    Without a name: a profile outlives a change of language, so whoever shows the figure names it.
    `answers` hold "" where none is known. None without documents or without any answer.
    """
    known = [answer for answer in answers if answer.strip()]
    if knowledge is None or not known:
        return None
    sought = [known[row] for row in stand_ins(len(known), MOST_ANSWERS_SOUGHT)[0].tolist()]
    table = word_table(knowledge.chunks.texts, knowledge.language, sought)
    found = int(np.count_nonzero(np.diff(texts_containing(table, sought).indptr)))
    bounds = binomtest(found, len(sought)).proportion_ci(method="wilson")
    return measured(
        found / len(sought),
        "share",
        source,
        len(sought),
        ci=(float(bounds.low), float(bounds.high)),
    )
