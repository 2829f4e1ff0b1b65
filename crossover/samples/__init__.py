"""The door: what people drop in becomes a SampleSet, with a list of what was left out and why."""

from crossover.samples.door import read_upload, read_uploads
from crossover.samples.joining import combine, join_tables
from crossover.samples.limits import Limits
from crossover.samples.privacy import personal_data
from crossover.samples.reading import ColumnMapping, CountTokens, Reading, ReadOptions
from crossover.samples.sorting import guess_slot
from crossover.samples.types import (
    Chat,
    Document,
    JsonObject,
    Problem,
    QaTable,
    SampleSet,
    Severity,
    Slot,
    SourceFile,
    Tool,
)

__all__ = [
    "Chat",
    "ColumnMapping",
    "CountTokens",
    "Document",
    "JsonObject",
    "Limits",
    "Problem",
    "QaTable",
    "ReadOptions",
    "Reading",
    "SampleSet",
    "Severity",
    "Slot",
    "SourceFile",
    "Tool",
    "combine",
    "guess_slot",
    "join_tables",
    "personal_data",
    "read_upload",
    "read_uploads",
]
