"""Rows of a table kept as columns: no object per row, however many rows there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload


class ColumnRows(Sequence[tuple[str, ...]]):
    """Rows of text kept as columns of equal length; a row is put together when it is asked for."""

    def __init__(self, columns: Sequence[list[str]]) -> None:
        self.columns = columns

    def __len__(self) -> int:
        return len(self.columns[0])

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return zip(*self.columns, strict=True)

    @overload
    def __getitem__(self, place: int) -> tuple[str, ...]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[tuple[str, ...]]: ...
    def __getitem__(self, place: int | slice) -> tuple[str, ...] | Sequence[tuple[str, ...]]:
        if isinstance(place, slice):
            return list(zip(*(column[place] for column in self.columns), strict=True))
        return tuple(column[place] for column in self.columns)
