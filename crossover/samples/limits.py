"""How much one upload may ask of us; every limit is named in the message that enforces it."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What the door accepts at most. The defaults keep one upload under 30 s and 1 GB of memory.

    `markup_bytes` bounds HTML and the text of Word files, `page_bytes` and `page_operations` one PDF page,
    `zip_bytes` anything unpacked, `zip_ratio` unpacked to packed, `json_depth` levels of JSON or YAML,
    `json_values` values in one file, `schema_nodes` parts of one tool, `listed_lines` problems a kind.

    Bad lines (MODEL.md E22, E09): a file is refused when more than `bad_lines_share` of its lines
    are bad. The share is judged from `judged_from_lines` lines on only: below that, 5 % is less
    than two or three lines, so a single slip would throw away a small hand-made file; there the good
    lines are kept and every bad one is listed. A file of any size without one good line is refused.
    """

    file_bytes: int = 50_000_000
    instructions_bytes: int = 1_000_000
    markup_bytes: int = 20_000_000
    rows: int = 250_000
    columns: int = 1_000
    cells: int = 5_000_000
    cell_characters: int = 1_000_000
    document_characters: int = 20_000_000
    pages: int = 2_000
    page_bytes: int = 20_000_000
    page_operations: int = 400_000
    zip_bytes: int = 200_000_000
    zip_entries: int = 2_000
    zip_ratio: int = 300
    tools: int = 10_000
    schema_nodes: int = 20_000
    json_depth: int = 100
    json_values: int = 3_000_000
    number_digits: int = 400
    seconds: float = 25.0
    pdf_seconds: float = 10.0
    bad_lines_share: float = 0.05
    judged_from_lines: int = 40
    listed_lines: int = 200

    def too_many_bad(self, bad: int, lines: int) -> bool:
        """Whether `bad` of `lines` lines are too many to trust the rest of the file."""
        return lines >= self.judged_from_lines and bad > self.bad_lines_share * lines


TUNING_EXAMPLE_TOKENS = 65_536
"""Longest fine-tuning example in tokens (MODEL.md E11, G3); the door flags, later stages bill."""

TUNING_MIN_EXAMPLES = 10
"""Fewest examples a fine-tuning job takes (MODEL.md G1)."""

TOOL_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")
"""What the whole name of a tool has to look like."""

TOOLS_PER_REQUEST = 128
"""Most tools one chat request takes."""

DESCRIPTION_CHARACTERS = 1_024
"""Longest tool description the chat API takes."""

ENUM_VALUES = 250
"""From this many enum values on, a tool schema is flagged: every value is sent with every request."""
