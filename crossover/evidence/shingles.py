"""Finding near copies among many texts without comparing each with each (MODEL.md 7.6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from crossover.evidence.sampling import blocks, part_of
from crossover.tokens import Progress

SHINGLE_CHARACTERS = 5
NEAR = 0.8
_PAIRS_AT_ONCE = 20_000
_TEXTS_AT_ONCE = 2_000
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


def shingles(texts: Sequence[str], progress: Progress | None = None) -> sparse.csr_matrix:
    """Texts by shingles, 0 or 1; the columns ordered from the rarest shingle to the commonest.

    `progress` hears the share done, 0 to 1; what it raises stops the work.
    """
    hashed = [np.zeros(0, np.uint64)]
    sizes = [np.zeros(0, np.int64)]
    for part in blocks(len(texts), _TEXTS_AT_ONCE, part_of(progress, 0.0, 0.5)):
        hashes, lengths = _hashes(texts[part])
        hashed.append(hashes)
        sizes.append(lengths)
    lengths = np.concatenate(sizes)
    rows = np.repeat(np.arange(len(texts)), lengths)
    different, columns = np.unique(np.concatenate(hashed), return_inverse=True)
    _heard(progress, 0.7)
    held = sparse.csr_matrix((np.ones(len(rows), np.int32), (rows, columns)), (len(texts), len(different)))
    held.data[:] = 1
    rank = np.empty(len(different), np.int64)
    rank[np.argsort(np.bincount(held.indices, minlength=len(different)), kind="stable")] = np.arange(
        len(different)
    )
    _heard(progress, 0.9)
    ordered = sparse.csr_matrix((held.data, rank[held.indices], held.indptr), held.shape)
    ordered.sort_indices()
    _heard(progress, 1.0)
    return ordered


def _hashes(texts: Sequence[str]) -> tuple[NDArray[np.uint64], Rows]:
    """The hash of every shingle of the texts, one text after the other, and how many each text has."""
    lengths = np.array([max(len(text), SHINGLE_CHARACTERS) for text in texts], np.int64)
    padded = "".join(text.ljust(SHINGLE_CHARACTERS, "\0") for text in texts)
    letters = np.frombuffer(padded.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    hashes = np.zeros(max(0, len(letters) - SHINGLE_CHARACTERS + 1), np.uint64)
    for place in range(SHINGLE_CHARACTERS):
        hashes = hashes * _MIX + letters[place : place + len(hashes)]
    ends_here = np.repeat(np.cumsum(lengths), lengths)[: len(hashes)]
    inside = np.arange(len(hashes)) + SHINGLE_CHARACTERS <= ends_here
    return hashes[inside], lengths - SHINGLE_CHARACTERS + 1


def _heard(progress: Progress | None, share: float) -> None:
    if progress is not None:
        progress(share)


def similar_pairs(held: sparse.csr_matrix, progress: Progress | None) -> Rows:
    """Pairs of rows of `held` with a Jaccard similarity of at least 0.8, shape (m, 2), each once."""
    candidates = _candidates(held, part_of(progress, 0.0, 0.5))
    sizes = np.diff(held.indptr)
    similar = [np.zeros((0, 2), np.int64)]
    for part in blocks(len(candidates), _PAIRS_AT_ONCE, part_of(progress, 0.5, 1.0)):
        one, other = candidates[part].T
        shared = np.asarray(held[one].multiply(held[other]).sum(axis=1)).ravel()
        close = shared >= NEAR * (sizes[one] + sizes[other] - shared) - 1e-9
        similar.append(candidates[part][close])
    return np.concatenate(similar)


def _candidates(held: sparse.csr_matrix, progress: Progress | None) -> Rows:
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
    for one, other in _pairs_by_length(rows[order], starts, lengths, mean_size, progress):
        alike = np.minimum(sizes[one], sizes[other]) >= NEAR * np.maximum(sizes[one], sizes[other]) - 1e-9
        keys.append(np.unique((np.minimum(one, other) * len(sizes) + np.maximum(one, other))[alike]))
    return np.stack(np.divmod(np.unique(np.concatenate(keys)), max(1, len(sizes))), axis=1)


def _pairs_by_length(
    rows: Rows, starts: Rows, lengths: Rows, mean_size: int, progress: Progress | None
) -> Iterator[tuple[Rows, Rows]]:
    """Pairs within each run of `rows`: all of a run, or those with a few leaders of a long one.

    All runs are compared in full, the shortest first, as long as the work stays within bounds.
    """
    work = max(mean_size, _LEAST_WORK_A_PAIR)
    different, runs_of = np.unique(lengths[lengths > 1], return_counts=True)
    in_full = np.cumsum(runs_of * different * (different - 1) // 2) * work <= _MOST_WORK
    short = different[in_full].tolist()
    for part in blocks(len(short), 1, part_of(progress, 0.0, 0.5)):
        length = short[part.start]
        runs = rows[starts[lengths == length][:, None] + np.arange(length)]
        one, other = np.triu_indices(length, 1)
        yield runs[:, one].ravel(), runs[:, other].ravel()
    long = np.flatnonzero(np.isin(lengths, different[~in_full]))
    count = int(np.clip(_MOST_WORK // max(1, int(lengths[long].sum()) * work), *_LEADERS))
    for part in blocks(len(long), 1, part_of(progress, 0.5, 1.0)):
        length = int(lengths[long[part.start]])
        run = rows[starts[long[part.start]] :][:length]
        leaders = run[np.linspace(0, length - 1, count).astype(np.int64)]
        one, other = np.repeat(run, count), np.tile(leaders, length)
        yield one[one != other], other[one != other]
