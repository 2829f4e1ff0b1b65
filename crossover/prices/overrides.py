"""The caller's own prices, from a file in one of the shapes people have (negotiated or corrected prices).

Read: our own table as CSV or JSON (columns of data/prices/inference.csv and training.csv, all but
host, model and the prices optional), LiteLLM's price map, and genai-prices' provider list. What
cannot be read is listed, the rest is kept. See docs/prices.md for an example of each.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from crossover.own_prices import OwnPrice
from crossover.prices.foreign import Cells, LeftOut, NotAPrice, genai_cells, litellm_cells
from crossover.prices.rows import batch_price, token_price, tuning_price
from crossover.prices.tables import InvalidPriceRow, Row
from crossover.prices.types import CacheRule, InferencePrice, Source, TuningPrice
from crossover.samples.types import Problem, Severity
from crossover.words import mark, say

_REMEDY = mark("Correct this entry and drop the file again; the other entries are used.")
_WHOLE_REMEDY = mark("Bring the file into one of the shapes shown on the Prices page and drop it again.")
_SURPLUS = "more cells than the header"
_FROM = "from "
TYPED = mark("entered on the Prices page")
"""The origin of a price somebody typed; like all origins it is stored as it stands and said where shown."""
_TRAINING = ("training_usd_per_mtok", "training_usd_per_hour")


@dataclass(frozen=True, slots=True)
class Overrides:
    """The prices that were read, in file order, and what was not read and why.

    The line of a problem in a JSON file is the position of the entry, 1-based. `left_out` are entries
    of another project's list that are sound but no chat price, such as images.
    """

    rows: tuple[InferencePrice | TuningPrice, ...]
    problems: tuple[Problem, ...]
    left_out: tuple[LeftOut, ...] = ()


def dropped_from(file: str) -> str:
    """The origin of a price that came in a file."""
    return f"{_FROM}{file}"


def origin_words(origin: str) -> str:
    """How an own price came in, for people."""
    is_file = origin.startswith(_FROM)
    return say("from {file}", file=origin.removeprefix(_FROM)) if is_file else say(origin)


def not_checked() -> str:
    """What is noted about an own price that has no note."""
    return say("entered by you, not checked")


def read_own(price: OwnPrice) -> Overrides:
    """One own price as a row of the book, or what is wrong with it."""
    return read_overrides(json.dumps([dict(price.cells)]), origin_words(price.origin), price.entered_on)


def own_rows(prices: Iterable[OwnPrice]) -> tuple[InferencePrice | TuningPrice, ...]:
    """All own prices as rows of the book, the one that wins first."""
    return tuple(row for price in prices for row in read_own(price).rows)


def read_overrides(text: str, file: str, today: date) -> Overrides:
    """Own prices from the text of a CSV or JSON file; `today` becomes the day they were read."""
    rows: list[InferencePrice | TuningPrice] = []
    problems: list[Problem] = []
    left_out: list[LeftOut] = []
    try:
        for line, cells in _entries(text):
            if isinstance(cells, LeftOut):
                left_out.append(cells)
                continue
            try:
                rows.append(_own_row(cells, file, today))
            except InvalidPriceRow as error:
                problems.append(
                    Problem(Severity.SKIPPED, "invalid_price", str(error), say(_REMEDY), file, line)
                )
    except (NotAPrice, csv.Error) as error:
        problems.append(Problem(Severity.REFUSED, "not_a_price_file", str(error), say(_WHOLE_REMEDY), file))
    return Overrides(tuple(rows), tuple(problems), tuple(left_out))


def _entries(text: str) -> Iterator[tuple[int, Cells | LeftOut]]:
    """(line or position, cells) of every entry, whatever the shape."""
    body = text.lstrip("\ufeff")
    if body.lstrip()[:1] in ("{", "["):
        yield from enumerate(_json_entries(body), start=1)
    else:
        yield from _csv_entries(body)


def _csv_entries(text: str) -> Iterator[tuple[int, Cells]]:
    header = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in header else ",")
    if not {"host", "model"} <= set(reader.fieldnames or ()):
        raise NotAPrice(say("A price table needs the columns host, model, input_mtok and output_mtok."))
    for cells in reader:
        # A decimal comma splits a cell in two and would move every price one column to the right.
        surplus = {_SURPLUS: "yes"} if None in cells else {}
        yield reader.line_num, {name: value for name, value in cells.items() if name and value} | surplus


def _json_entries(text: str) -> Iterable[Cells | LeftOut]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAPrice(say("The file is not JSON: {error}", error=str(error))) from error
    if isinstance(content, Mapping) and not {"host", "model"} <= set(content):
        return litellm_cells(content)
    entries = _objects(content if isinstance(content, list) else [content])
    if any("models" in entry for entry in entries):
        return genai_cells(entries)
    return ({str(name): _as_cell(value) for name, value in entry.items()} for entry in entries)


def _objects(entries: list[object]) -> list[Mapping[object, object]]:
    found = [entry for entry in entries if isinstance(entry, Mapping)]
    if not found:
        raise NotAPrice(say("A price list in JSON is a list of objects with host, model and prices."))
    return found


def _as_cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _own_row(cells: Cells, file: str, today: date) -> InferencePrice | TuningPrice:
    row = Row(_Optional(cells), cells.get("model", "") or say("an entry without a model"))
    if _SURPLUS in cells:
        raise InvalidPriceRow(
            say("{place}: the line has more cells than the header. Write 0.15, not 0,15.", place=row.place)
        )
    source = Source(say("your own prices: {file}", file=file), today, "A", row.text("note") or not_checked())
    if any(row.text(column) for column in _TRAINING):
        return _tuning_row(row, source)
    return InferencePrice(
        host=row.name("host"),
        model=row.name("model"),
        price=token_price(row),
        cache=CacheRule(),
        source=source,
        valid_from=row.day("valid_from") or date.min,
        valid_to=row.day("valid_to"),
        region=row.text("region") or "global",
        batch=batch_price(row),
    )


def _tuning_row(row: Row, source: Source) -> TuningPrice:
    defaults = {"mode": "sft", "tier": "global", "valid_from": date.min.isoformat()}
    cells = {**defaults, **{name: value for name, value in row.cells.items() if value}}
    return tuning_price(Row(_Optional(cells), row.place), source)


class _Optional(dict[str, str]):
    """Cells in which a column that is not there reads as empty."""

    def __missing__(self, column: str) -> str:
        return ""
