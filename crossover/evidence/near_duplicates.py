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

from crossover.evidence.sampling import all_normalised, part_of
from crossover.evidence.shingles import shingle_set, shingles, similar_pairs
from crossover.retrieval.text_matching import normalised
from crossover.tokens import Progress

_SEVERAL = -1
Rows: TypeAlias = NDArray[np.int64]
Key: TypeAlias = tuple[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Duplicates:
    """Texts grouped with their copies and near copies.

    `exact_of` (n,) numbers the texts that are equal after normalisation, `cluster_of` (n,) those
    that near copies connect; both count from 0 in order of first appearance. `pairs` (m, 2) are the
    near-duplicate pairs of different texts, as rows of their first appearance. `conversation_of` (n,)
    numbers the conversations: texts of one are no copies of each other.
    """

    exact_of: Rows
    cluster_of: Rows
    pairs: Rows
    conversation_of: Rows

    def __len__(self) -> int:
        return len(self.exact_of)

    @property
    def exact_copies(self) -> int:
        """Rows that repeat an earlier one."""
        return len(self) - _groups(self.exact_of)

    @property
    def near_copies(self) -> int:
        """Further rows that nearly repeat an earlier one."""
        return _groups(self.exact_of) - self.effective_n

    @property
    def effective_n(self) -> int:
        """Rows that are left when every cluster counts once, or as often as one conversation is in it."""
        both, rows = np.unique(np.stack([self.cluster_of, self.conversation_of]), axis=1, return_counts=True)
        most = np.zeros(_groups(self.cluster_of), np.int64)
        np.maximum.at(most, both[0], rows)
        return int(most.sum())

    def split_groups(self) -> Rows:
        """Numbers (n,) of what must stand on one side of a split: clusters and conversations."""
        n = len(self)
        rows = np.arange(n)
        ends = (n + self.cluster_of, n + _groups(self.cluster_of) + self.conversation_of)
        return _connected(np.stack([np.tile(rows, 2), np.concatenate(ends)], axis=1), n)[:n]

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


def near_duplicates(
    texts: Sequence[str], progress: Progress | None = None, conversations: Rows | None = None
) -> Duplicates:
    """Group texts that are equal, or whose shingles have a Jaccard similarity of at least 0.8.

    Every such pair is found: two sets that similar must share one of the rarest fifth of their
    shingles, so only texts that do are compared, and those by counting. Only where that would be many
    millions of pairs (thousands of rows from one template) are the texts gathered round a few of them.

    `conversations` (n,) numbers what the texts are turns of, from 0; None: each stands for itself.
    `progress` hears the share done, 0 to 1; what it raises stops the work.
    """
    spoken_in = np.arange(len(texts)) if conversations is None else conversations
    keys = distinct_keys(all_normalised(texts, part_of(progress, 0.0, 0.1)), spoken_in)
    places: dict[Key, int] = {}
    exact_of = np.array([places.setdefault(key, len(places)) for key in keys], np.int64)
    first_row = np.unique(exact_of, return_index=True)[1] if len(exact_of) else exact_of
    held = shingles([text for text, _ in places], part_of(progress, 0.1, 0.4))
    near = similar_pairs(held, part_of(progress, 0.4, 1.0))
    homes = _home_of(exact_of, spoken_in)[near]
    near = near[(homes[:, 0] != homes[:, 1]) | (homes[:, 0] == _SEVERAL)]
    return Duplicates(exact_of, _connected(near, len(places))[exact_of], first_row[near], spoken_in)


def distinct_keys(normal: Sequence[str], conversations: Rows) -> list[Key]:
    """Equal exactly for rows that are copies: what one conversation says again is none of its first time."""
    seen: defaultdict[tuple[str, int], int] = defaultdict(int)
    keys = []
    for text, conversation in zip(normal, conversations.tolist(), strict=True):
        keys.append((text, seen[text, conversation]))
        seen[text, conversation] += 1
    return keys


def jaccard(one: str, other: str) -> float:
    """Similarity of two texts: shared by all five-character shingles of their normalised words."""
    a, b = (shingle_set(normalised(text)) for text in (one, other))
    return len(a & b) / len(a | b)


def _groups(numbers: Rows) -> int:
    return int(numbers.max()) + 1 if len(numbers) else 0


def _home_of(exact_of: Rows, conversation_of: Rows) -> Rows:
    """The one conversation of each different text, -1 where several say it."""
    least, most = np.full(_groups(exact_of), np.iinfo(np.int64).max), np.full(_groups(exact_of), -1)
    np.minimum.at(least, exact_of, conversation_of)
    np.maximum.at(most, exact_of, conversation_of)
    return np.where(least == most, least, _SEVERAL)


def _connected(pairs: Rows, n: int) -> Rows:
    """Numbers 0..n-1 grouped by the pairs between them; groups count in order of first appearance."""
    n = max(n, int(pairs.max()) + 1) if len(pairs) else n
    graph = sparse.coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), (n, n))
    return _renumbered(connected_components(graph, directed=False)[1].astype(np.int64)) if n else pairs[:, 0]


def _renumbered(clusters: Rows) -> Rows:
    """The same clusters, numbered from 0 in order of first appearance."""
    first = np.unique(clusters, return_index=True)[1]
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first))
    return rank[clusters] if len(clusters) else clusters
