"""Parquet tables as text."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq

from crossover.samples.columns import guess_mapping
from crossover.samples.problems import Refused, repaired
from crossover.samples.reading import Grid, Upload
from crossover.samples.record_table import cell_text
from crossover.words import say


def read_parquet(upload: Upload) -> Grid:
    """The rows of a Parquet file; nested lists give their first text. Raises Refused."""
    try:
        file = pq.ParquetFile(pa.BufferReader(upload.data))
        _check_size(file.metadata, upload)
        columns = _table(file, upload).to_pydict()
    except (pa.ArrowException, OSError, ValueError, TypeError, KeyError):
        what = say("A damaged or incomplete Parquet file.")
        raise Refused("damaged_parquet", what, say("Export it again, or drop it as CSV.")) from None
    names = tuple(repaired(str(name)) for name in columns)
    rows = [[repaired(cell_text(cell)) for cell in row] for row in zip(*columns.values(), strict=True)]
    upload.content.facts["rows_read"] = len(rows)
    return Grid(names, rows, range(1, len(rows) + 1), header_row=0, mapping=guess_mapping(names))


def _table(file: pq.ParquetFile, upload: Upload) -> pa.Table:
    """The whole table, read in small steps: one dictionary entry may stand for any number of long texts."""
    batches, size = [], 0
    for batch in file.iter_batches(batch_size=512):
        size += batch.nbytes
        if size > upload.limits.zip_bytes:
            what = say(
                "Unpacks to more than {most:,.0f} MB, the limit for one file.",
                most=upload.limits.zip_bytes / 1e6,
            )
            raise Refused("zip_bomb", what, say("Drop a sample of the rows."))
        batches.append(batch)
    return pa.Table.from_batches(batches, schema=file.schema_arrow)


def _check_size(metadata: pq.FileMetaData, upload: Upload) -> None:
    limits = upload.limits
    unpacked = sum(metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups))
    if metadata.num_rows > limits.rows or metadata.num_rows * metadata.num_columns > limits.cells:
        what = say(
            "{n:,} rows, over the limit of {rows:,} rows or {cells:,} cells.",
            n=metadata.num_rows,
            rows=limits.rows,
            cells=limits.cells,
        )
        raise Refused("too_many_rows", what, say("Drop a sample of the rows and only the columns you need."))
    if unpacked > limits.zip_bytes:
        what = say(
            "Unpacks to {size:,.0f} MB, over the limit of {most:,.0f} MB.",
            size=unpacked / 1e6,
            most=limits.zip_bytes / 1e6,
        )
        raise Refused("zip_bomb", what, say("Drop a sample of the rows."))
