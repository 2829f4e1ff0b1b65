"""Copies and near copies: exact by their words, near by five-character shingles (MODEL.md 7.6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from crossover.evidence.shingles import shingle_set, shingles, similar_pairs
from crossover.retrieval.text_matching import normalised
from crossover.tokens import Progress

Rows: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Duplicates:
    """Texts grouped with their copies and near copies.

    `exact_of` (n,) numbers the texts that are equal after normalisation, `cluster_of` (n,) those
    that near copies connect; both count from 0 in order of first appearance. `pairs` (m, 2) are the
    near-duplicate pairs of different texts, as rows of their first appearance.
    """

    exact_of: Rows
    cluster_of: Rows
    pairs: Rows

    def __len__(self) -> int:
        return len(self.exact_of)

    @property
    def exact_copies(self) -> int:
        """Rows that repeat an earlier one."""
        return len(self) - _groups(self.exact_of)

    @property
    def near_copies(self) -> int:
        """Further rows that nearly repeat an earlier one."""
        return _groups(self.exact_of) - _groups(self.cluster_of)

    @property
    def effective_n(self) -> int:
        """Rows that are left when every cluster counts once."""
        return _groups(self.cluster_of)

    def clusters(self) -> tuple[tuple[int, ...], ...]:
        """Rows of each cluster with more than one row, the largest first."""
        rows_of: defaultdict[int, list[int]] = defaultdict(list)
        for row, cluster in enumerate(self.cluster_of.tolist()):
            rows_of[cluster].append(row)
        shared = (tuple(rows) for rows in rows_of.values() if len(rows) > 1)
        return tuple(sorted(shared, key=lambda rows: (-len(rows), rows)))

    def repeats(self) -> tuple[int, ...]:
        """Rows whose exact text stands in an earlier row."""
        first = np.unique(self.exact_of, return_index=True)[1]
        return tuple(np.setdiff1d(np.arange(len(self)), first).tolist())


def near_duplicates(texts: Sequence[str], progress: Progress | None = None) -> Duplicates:
    """Group texts that are equal, or whose shingles have a Jaccard similarity of at least 0.8.

    Every such pair is found: two sets that similar must share one of the rarest fifth of their
    shingles, so only texts that do are compared, and those by counting. Only where that would be many
    millions of pairs (thousands of rows from one template) are the texts gathered round a few of them.
    """
    normal = [normalised(text) for text in texts]
    places: dict[str, int] = {}
    exact_of = np.array([places.setdefault(text, len(places)) for text in normal], np.int64)
    first_row = np.unique(exact_of, return_index=True)[1] if len(exact_of) else exact_of
    near = similar_pairs(shingles(list(places)), progress)
    graph = sparse.coo_matrix((np.ones(len(near)), (near[:, 0], near[:, 1])), (len(places), len(places)))
    clusters = connected_components(graph, directed=False)[1].astype(np.int64) if places else exact_of
    return Duplicates(exact_of, _renumbered(clusters)[exact_of], first_row[near])


def jaccard(one: str, other: str) -> float:
    """Similarity of two texts: shared by all five-character shingles of their normalised words."""
    a, b = (shingle_set(normalised(text)) for text in (one, other))
    return len(a & b) / len(a | b)


def _groups(numbers: Rows) -> int:
    return int(numbers.max()) + 1 if len(numbers) else 0


def _renumbered(clusters: Rows) -> Rows:
    """The same clusters, numbered from 0 in order of first appearance."""
    first = np.unique(clusters, return_index=True)[1]
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first))
    return rank[clusters] if len(clusters) else clusters
