"""What a plain classifier gets right: the baseline any language model has to beat (MODEL.md 7.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossover.evidence.intervals import ShareInterval
from crossover.evidence.learning_curve import LearningCurve, fit_learning_curve
from crossover.evidence.sampling import SEED
from crossover.evidence.shares import MeasuredShare
from crossover.figure import Figure, measured
from crossover.tokens import Progress
from crossover.words import say

FOLDS = 5
SIZES = (0.2, 0.4, 0.6, 0.8, 1.0)
STEEP_SHARE = 0.02
HIGH_SHARE = 0.9
_DRAWS = 400
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SizeResult:
    """Out-of-fold results of classifiers that learned from `train_rows` rows (the mean over the folds)."""

    train_rows: int
    accuracy: MeasuredShare
    macro_f1: float
    macro_f1_interval: ShareInterval


@dataclass(frozen=True, slots=True)
class ClassifierBaseline:
    """Cross-validated results from the smallest training part to the largest, and the curve through them.

    `majority` is how often the commonest label alone is right.
    """

    sizes: tuple[SizeResult, ...]
    majority: MeasuredShare
    curve: LearningCurve | None
    folds: int
    labels: int

    @property
    def full(self) -> SizeResult:
        """The result with all the rows of the other folds."""
        return self.sizes[-1]

    @property
    def gain_from_doubling(self) -> float | None:
        """Accuracy the curve expects from twice the rows, less what it has now; None without a curve."""
        if self.curve is None:
            return None
        now, later = (self.curve.accuracy_share_at(n * self.full.train_rows) for n in (1, 2))
        return later - now if now is not None and later is not None else None

    @property
    def more_rows_help(self) -> bool:
        """Whether twice the rows are expected to bring 2 points or more."""
        return self.gain_from_doubling is not None and self.gain_from_doubling >= STEEP_SHARE

    @property
    def may_be_enough(self) -> bool:
        """A flat high curve: 90 % right, and more rows would hardly change it (MODEL.md 7.3)."""
        is_known = self.gain_from_doubling is not None
        return is_known and not self.more_rows_help and (self.full.accuracy.share or 0.0) >= HIGH_SHARE

    def figures(self, source: str) -> tuple[Figure, ...]:
        """Accuracy, macro-F1 and the majority baseline."""
        f1, bounds = self.full.macro_f1, self.full.macro_f1_interval
        return (
            self.full.accuracy.figure(say("Accuracy of a plain classifier"), source),
            measured(
                f1,
                "share",
                source,
                self.full.accuracy.trials,
                name=say("Macro-F1"),
                ci=(bounds.low, bounds.high),
            ),
            self.majority.figure(say("Accuracy of always the commonest label"), source),
        )


@dataclass(frozen=True, slots=True)
class Skipped:
    """Why nothing was learned (MODEL.md E25): one label only, or so few `different_rows`."""

    labels: int
    different_rows: int

    @property
    def reason(self) -> str:
        """One sentence."""
        if self.labels < 2:
            return say("All rows carry the same label, so there is nothing to tell apart.")
        return say(
            "Only {rows} different rows: too few to learn from some and test on the others.",
            rows=self.different_rows,
        )


def classifier_baseline(
    texts: Sequence[str], labels: Sequence[int], groups: Sequence[int], progress: Progress | None = None
) -> ClassifierBaseline | Skipped:
    """Tf-idf of words and word pairs with logistic regression in stratified, grouped 5-fold validation.

    `groups` keeps rows together that must not stand on both sides of a split: copies and near
    copies. Learned from 20, 40, 60, 80 and 100 % of the rows outside each fold, nested and seeded.
    """
    y, group = np.asarray(labels), np.asarray(groups)
    labels_found, different = len(np.unique(y)), len(np.unique(group))
    if labels_found < 2 or different < FOLDS * 2:
        return Skipped(labels_found, different)
    # scikit-learn takes a second to import: only those pay for it who have labels
    from crossover.evidence.text_classifier import folds, predicted_labels, word_counts  # noqa: PLC0415

    counts = word_counts(texts)
    predicted = np.full((len(SIZES), len(y)), -1)
    trained = np.zeros(len(SIZES))
    done = 0
    for train, test in folds(y, group, FOLDS):
        for place, rows in enumerate(_growing(train, y)):
            predicted[place, test] = predicted_labels(counts, y, rows, test)
            trained[place] += len(rows) / FOLDS
            done += 1
            if progress is not None:
                progress(done / (FOLDS * len(SIZES)))
    sizes = tuple(_size_result(round(n), y, guess) for n, guess in zip(trained, predicted, strict=True))
    curve = fit_learning_curve(
        [size.train_rows for size in sizes], [size.accuracy.share or 0.0 for size in sizes]
    )
    majority = MeasuredShare(int(np.bincount(y).max()), len(y))
    return ClassifierBaseline(sizes, majority, curve, FOLDS, len(np.unique(y)))


def _growing(train: Rows, y: NDArray[np.int64]) -> Iterator[Rows]:
    """Parts of the training rows, each within the next, with the labels in about equal shares."""
    random = np.random.default_rng(SEED)
    shuffled = random.permutation(train)
    by_label = shuffled[np.argsort(y[shuffled], kind="stable")]
    first = np.searchsorted(y[by_label], y[by_label])
    sizes = np.bincount(y[by_label])[y[by_label]]
    # the middle of each row's place within its label: half a label's rows lie below one half
    place = (np.arange(len(by_label)) - first + random.random(len(by_label))) / sizes
    for share in SIZES:
        rows = np.sort(by_label[place < share]) if share < 1 else np.sort(train)
        yield rows if len(np.unique(y[rows])) > 1 else np.sort(train)


def _size_result(train_rows: int, y: NDArray[np.int64], predicted: NDArray[np.int64]) -> SizeResult:
    asked = predicted >= 0
    truth, guess = y[asked], predicted[asked]
    right = MeasuredShare(int((truth == guess).sum()), int(asked.sum()))
    labels = int(y.max()) + 1
    pairs = truth * labels + guess
    drawn = np.random.default_rng(SEED).integers(0, len(pairs), (_DRAWS, len(pairs)))
    spread = [_macro_f1(pairs[rows], labels) for rows in drawn]
    low, high = np.quantile(spread, [0.025, 0.975])
    return SizeResult(train_rows, right, _macro_f1(pairs, labels), ShareInterval(float(low), float(high)))


def _macro_f1(pairs: NDArray[np.int64], labels: int) -> float:
    """Mean F1 over the labels that occur, from pairs written as truth * labels + guess."""
    table = np.bincount(pairs, minlength=labels * labels).reshape(labels, labels)
    total = table.sum(axis=0) + table.sum(axis=1)
    occurring = total > 0
    return float((2 * table.diagonal()[occurring] / total[occurring]).mean())
