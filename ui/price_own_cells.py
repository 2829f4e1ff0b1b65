"""What a person types about a price, as cells of our own table; no widget here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation

from crossover.prices import InferencePrice, TokenPrice, TuningPrice
from crossover.prices.overrides import not_checked
from crossover.words import localised, say

Cells = tuple[tuple[str, str], ...]

TOKEN_COLUMNS = ("input_mtok", "output_mtok", "cached_input_mtok", "cache_write_mtok")
TUNING_COLUMNS = (
    "training_usd_per_mtok",
    "tuned_input_mtok",
    "tuned_output_mtok",
    "tuned_cached_input_mtok",
    "hosting_usd_per_hour",
)
_TUNING_FACTS = (
    "training_usd_per_mtok",
    "training_usd_per_hour",
    "hosting_usd_per_hour",
    "storage_usd_per_month",
    "minimum_fee_usd",
    "min_examples",
    "max_example_tokens",
)


class InvalidOwnPrice(ValueError):
    """Something typed that is not a price; the message says what to type instead."""


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency other than the US dollar: `usd_rate` dollars are one of it, as of `rate_date`."""

    code: str
    usd_rate: Decimal
    rate_date: date

    @property
    def note(self) -> str:
        """How an amount was converted, for the row's note."""
        return say(
            "converted at {rate} USD per {currency}, rate of {day}",
            rate=localised(str(self.usd_rate)),
            currency=self.code,
            day=self.rate_date,
        )


def currency_of(code: str, usd_rate: str, rate_date: date | None) -> Currency | None:
    """The currency as typed; None for US dollars. Raises InvalidOwnPrice when its rate or day is missing."""
    name = code.strip().upper()
    if name in ("", "USD"):
        return None
    if not name.isalpha() or len(name) != 3:
        raise InvalidOwnPrice(say("Write the currency as three letters, such as EUR."))
    if not usd_rate.strip() or rate_date is None:
        message = say("Say how many US dollars one {currency} is worth, and on which day.", currency=name)
        raise InvalidOwnPrice(message)
    return Currency(name, _decimal(usd_rate), rate_date)


def own_cells(
    host: str, model: str, amounts: Mapping[str, str], note: str = "", currency: Currency | None = None
) -> Cells:
    """The cells of a typed price; empty amounts stay unknown.

    `amounts` are per million tokens (hosting per hour) in `currency`, US dollars by default. Raises
    InvalidOwnPrice when an amount is not a number of at least 0, or the main ones or the name are missing.
    """
    if not host.strip() or not model.strip():
        raise InvalidOwnPrice(say("Say which model this price is for and where it runs."))
    needed = ("input_mtok", "output_mtok") if "input_mtok" in amounts else ("training_usd_per_mtok",)
    if any(not amounts.get(column, "").strip() for column in needed):
        raise InvalidOwnPrice(
            say("Give an input and an output price; the other amounts may stay unknown.")
            if len(needed) > 1
            else say("Give a training price; the other amounts may stay unknown.")
        )
    rate = currency.usd_rate if currency else Decimal(1)
    if not rate.is_finite() or rate <= 0:
        raise InvalidOwnPrice(say("The exchange rate must be above 0."))
    numbers = {column: str(_decimal(text) * rate) for column, text in amounts.items() if text.strip()}
    notes = "; ".join(filter(None, (note.strip(), currency.note if currency else "")))
    return _cells({"host": host.strip(), "model": model.strip(), **numbers, "note": notes})


def discounted_cells(row: InferencePrice | TuningPrice, discount_percent: float, note: str = "") -> Cells:
    """A listed price with every amount lowered by that share; unknown amounts stay unknown.

    Raises InvalidOwnPrice when the discount is not between 0 and 100 percent.
    """
    if not 0 < discount_percent <= 100:
        raise InvalidOwnPrice(say("The discount must be above 0 and at most 100 percent."))
    kept = 1 - Decimal(str(discount_percent)) / 100
    cells = dict(cells_of(row))
    lowered = {name: str(Decimal(text) * kept) for name, text in cells.items() if name in _money_columns()}
    discount = say("{percent:g} % off the listed price", percent=discount_percent)
    reason = ", ".join(filter(None, (discount, note.strip())))
    return _cells(cells | lowered | {"note": reason})


def cells_of(row: InferencePrice | TuningPrice) -> Cells:
    """A price row as the cells it would be read from."""
    cells = _tuning_cells(row) if isinstance(row, TuningPrice) else _inference_cells(row)
    start, end = row.valid_from, row.valid_to
    dated = {
        "valid_from": start.isoformat() if start and start > date.min else "",
        "valid_to": end.isoformat() if end else "",
    }
    note = "" if row.source.note == not_checked() else row.source.note
    return _cells({"host": row.host, "model": row.model, **cells, **dated, "note": note})


def _inference_cells(row: InferencePrice) -> dict[str, str]:
    # the table has no columns for long requests inside a batch: rather unknown than too cheap
    fits = row.batch is not None and row.batch.long_from_tokens is None
    batch = _token_cells("batch_", row.batch, ("input_mtok", "output_mtok")) if row.batch and fits else {}
    region = {} if row.region == "global" else {"region": row.region}
    return _token_cells("", row.price) | batch | region


def _tuning_cells(row: TuningPrice) -> dict[str, str]:
    facts = {name: _text(getattr(row, name)) for name in _TUNING_FACTS}
    columns = ("input_mtok", "output_mtok", "cached_input_mtok")
    tuned = _token_cells("tuned_", row.tuned, columns) if row.tuned else {}
    free = {"free_tokens_per_day": str(row.free_tokens_per_day), "free_until": str(row.free_until)}
    return {
        **facts,
        **tuned,
        **(free if row.free_tokens_per_day and row.free_until else {}),
        "text_only": "yes" if row.text_only else "no",
        "bills_validation": "yes" if row.bills_validation else "no",
        "mode": row.mode,
        "tier": row.tier,
    }


def _token_cells(prefix: str, price: TokenPrice, only: tuple[str, ...] = ()) -> dict[str, str]:
    names = only or tuple(field.name for field in fields(price))
    return {f"{prefix}{name}": _text(getattr(price, name)) for name in names}


def _money_columns() -> set[str]:
    tokens = {field.name for field in fields(TokenPrice)} - {"long_from_tokens"}
    prefixed = {f"{prefix}{name}" for prefix in ("", "batch_", "tuned_") for name in tokens}
    return prefixed | {name for name in _TUNING_FACTS if "usd" in name}


def _text(value: float | None) -> str:
    return "" if value is None else str(Decimal(str(value)))


def _decimal(text: str) -> Decimal:
    typed = text.strip()
    try:
        value = Decimal(_with_point(typed))
    except InvalidOperation:
        message = say("Write prices like 0.15; {typed} is not a number.", typed=repr(typed))
        raise InvalidOwnPrice(message) from None
    if not value.is_finite() or value < 0:
        raise InvalidOwnPrice(say("A price must be at least 0; {typed} is not.", typed=repr(typed)))
    return value


def _with_point(number: str) -> str:
    """A number typed with the decimal sign of the language spoken, or with a point."""
    return number if "." in number else number.replace(localised("."), ".")


def _cells(content: Mapping[str, str]) -> Cells:
    return tuple((name, text) for name, text in content.items() if text)
