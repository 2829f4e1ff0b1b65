"""Finding near copies among many texts without comparing each with each (MODEL.md 7.6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from crossover.evidence.sampling import blocks
from crossover.tokens import Progress

SHINGLE_CHARACTERS = 5
NEAR = 0.8
_PAIRS_AT_ONCE = 100_000
# Comparing all texts that share a rare shingle may be too much where many stem from a template: then
# those of the commonest of these shingles are compared with a few leaders instead of each with each.
_LEADERS = (2, 20)
_MOST_WORK = 50_000_000
_LEAST_WORK_A_PAIR = 40
_MIX = np.uint64(0x9E3779B97F4A7C15)
Rows: TypeAlias = NDArray[np.int64]


def shingle_set(text: str) -> set[str]:
    """All runs of five characters; the text itself where it is shorter."""
    if len(text) <= SHINGLE_CHARACTERS:
        return {text}
    return {text[i : i + SHINGLE_CHARACTERS] for i in range(len(text) - SHINGLE_CHARACTERS + 1)}


def shingles(texts: Sequence[str]) -> sparse.csr_matrix:
    """Texts by shingles, 0 or 1; the columns ordered from the rarest shingle to the commonest."""
    lengths = np.array([max(len(text), SHINGLE_CHARACTERS) for text in texts], np.int64)
    padded = "".join(text.ljust(SHINGLE_CHARACTERS, "\0") for text in texts)
    letters = np.frombuffer(padded.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    hashes = np.zeros(max(0, len(letters) - SHINGLE_CHARACTERS + 1), np.uint64)
    for place in range(SHINGLE_CHARACTERS):
        hashes = hashes * _MIX + letters[place : place + len(hashes)]
    text_of = np.repeat(np.arange(len(texts)), lengths)
    ends_here = np.cumsum(lengths)[text_of][: len(hashes)]
    inside = np.arange(len(hashes)) + SHINGLE_CHARACTERS <= ends_here
    rows, (different, columns) = (
        text_of[: len(hashes)][inside],
        np.unique(hashes[inside], return_inverse=True),
    )
    held = sparse.csr_matrix((np.ones(len(rows), np.int32), (rows, columns)), (len(texts), len(different)))
    held.data[:] = 1
    rank = np.empty(len(different), np.int64)
    rank[np.argsort(np.bincount(held.indices, minlength=len(different)), kind="stable")] = np.arange(
        len(different)
    )
    ordered = sparse.csr_matrix((held.data, rank[held.indices], held.indptr), held.shape)
    ordered.sort_indices()
    return ordered


def similar_pairs(held: sparse.csr_matrix, progress: Progress | None) -> Rows:
    """Pairs of rows of `held` with a Jaccard similarity of at least 0.8, shape (m, 2), each once."""
    candidates = _candidates(held)
    sizes = np.diff(held.indptr)
    similar = [np.zeros((0, 2), np.int64)]
    for part in blocks(len(candidates), _PAIRS_AT_ONCE, progress):
        one, other = candidates[part].T
        shared = np.asarray(held[one].multiply(held[other]).sum(axis=1)).ravel()
        close = shared >= NEAR * (sizes[one] + sizes[other] - shared) - 1e-9
        similar.append(candidates[part][close])
    return np.concatenate(similar)


def _candidates(held: sparse.csr_matrix) -> Rows:
    """Pairs that share one of their rare shingles and are of similar size, each once."""
    sizes = np.diff(held.indptr).astype(np.int64)
    place = np.arange(held.nnz) - np.repeat(held.indptr[:-1], sizes)
    rare = place < np.repeat(sizes - np.ceil(NEAR * sizes - 1e-9) + 1, sizes)
    rows, columns = np.repeat(np.arange(len(sizes)), sizes)[rare], held.indices[rare]
    order = np.argsort(columns, kind="stable")
    starts = np.flatnonzero(np.diff(columns[order], prepend=-1))
    lengths = np.diff(starts, append=len(order))
    mean_size = held.nnz // max(1, len(sizes))
    keys = [np.zeros(0, np.int64)]
    for one, other in _pairs_by_length(rows[order], starts, lengths, mean_size):
        alike = np.minimum(sizes[one], sizes[other]) >= NEAR * np.maximum(sizes[one], sizes[other]) - 1e-9
        keys.append(np.unique((np.minimum(one, other) * len(sizes) + np.maximum(one, other))[alike]))
    return np.stack(np.divmod(np.unique(np.concatenate(keys)), max(1, len(sizes))), axis=1)


def _pairs_by_length(rows: Rows, starts: Rows, lengths: Rows, mean_size: int) -> Iterator[tuple[Rows, Rows]]:
    """Pairs within each run of `rows`: all of a run, or those with a few leaders of a long one.

    All runs are compared in full, the shortest first, as long as the work stays within bounds.
    """
    work = max(mean_size, _LEAST_WORK_A_PAIR)
    different, runs_of = np.unique(lengths[lengths > 1], return_counts=True)
    in_full = np.cumsum(runs_of * different * (different - 1) // 2) * work <= _MOST_WORK
    for length in different[in_full].tolist():
        runs = rows[starts[lengths == length][:, None] + np.arange(length)]
        one, other = np.triu_indices(length, 1)
        yield runs[:, one].ravel(), runs[:, other].ravel()
    long = np.flatnonzero(np.isin(lengths, different[~in_full]))
    count = int(np.clip(_MOST_WORK // max(1, int(lengths[long].sum()) * work), *_LEADERS))
    for start, length in zip(starts[long].tolist(), lengths[long].tolist(), strict=True):
        run = rows[start : start + length]
        leaders = run[np.linspace(0, length - 1, count).astype(np.int64)]
        one, other = np.repeat(run, count), np.tile(leaders, length)
        yield one[one != other], other[one != other]
