"""Tf-idf of words and word pairs with logistic regression, as scikit-learn does it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import (
    CountVectorizer,
    TfidfTransformer,
)
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from crossover.evidence.sampling import SEED

Rows: TypeAlias = NDArray[np.int64]


def word_counts(texts: Sequence[str]) -> sparse.csr_matrix:
    """How often each word and each pair of neighbouring words stands in each text."""
    return CountVectorizer(ngram_range=(1, 2), token_pattern=r"(?u)\w+").fit_transform(texts)


def folds(y: NDArray[np.int64], group: NDArray[np.int64], number: int) -> Iterator[tuple[Rows, Rows]]:
    """Training and test rows of each fold: labels in even shares, a group on one side only, seeded."""
    splitter = StratifiedGroupKFold(number, shuffle=True, random_state=SEED)
    with warnings.catch_warnings():
        # labels with fewer rows than folds are missing from some folds: they count as misses there
        warnings.simplefilter("ignore", UserWarning)
        splits = list(splitter.split(np.zeros(len(y)), y, group))
    yield from ((train, test) for train, test in splits if len(test) and len(np.unique(y[train])) > 1)


def predicted_labels(
    counts: sparse.csr_matrix, y: NDArray[np.int64], train: Rows, test: Rows
) -> NDArray[np.int64]:
    """Labels for `test` from a model that saw nothing but `train`, not even its words."""
    known = np.flatnonzero(np.bincount(counts[train].indices, minlength=counts.shape[1]))
    tfidf = TfidfTransformer()
    seen = tfidf.fit_transform(counts[train][:, known])
    # SAGA reaches the accuracy of L-BFGS here in a tenth of its time
    model = LogisticRegression(C=10.0, solver="saga", tol=1e-2, max_iter=200, random_state=SEED)
    with warnings.catch_warnings():
        # few rows a label is what the smallest sizes are for
        warnings.simplefilter("ignore", UserWarning)
        model.fit(seen, y[train])
    return np.asarray(model.predict(tfidf.transform(counts[test][:, known])))
