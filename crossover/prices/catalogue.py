"""The models a price book names: host, id, label, other names, and where their price comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from crossover.prices.tables import read_rows
from crossover.prices.types import InferencePrice, Source, TuningPrice


class PricedModel(NamedTuple):
    """A model that can be priced: what a picker shows and what a scenario stores."""

    host: str
    model: str
    label: str


@dataclass(frozen=True, slots=True)
class CatalogueModel:
    """One model at one host.

    `package_model` is its exact id in the price package ("" when only our own rows price it) and
    `priced_from` the first day the package's undated price is vouched for. `tuning_class` names the
    size class a host prices tuning by.
    """

    host: str
    model: str
    label: str
    vendor: str
    aliases: tuple[str, ...]
    package_model: str
    priced_from: date | None
    tuning_class: str
    source: Source

    def is_called(self, host: str, name: str) -> bool:
        """Whether `name` at `host` means this model."""
        return host == self.host and (name == self.model or name in self.aliases)


def find_model(models: Iterable[CatalogueModel], host: str, name: str) -> CatalogueModel | None:
    """The model of that exact id or alias; never one that is merely similar."""
    return next((model for model in models if model.is_called(host, name)), None)


def with_unknown(
    models: tuple[CatalogueModel, ...], rows: Iterable[InferencePrice | TuningPrice]
) -> tuple[CatalogueModel, ...]:
    """The models, and one of its own name for every price row whose model is not among them."""
    added: dict[tuple[str, str], CatalogueModel] = {}
    for row in rows:
        if find_model(models, row.host, row.model) is None:
            own = CatalogueModel(row.host, row.model, row.model, "", (), "", None, "", row.source)
            added.setdefault((row.host, row.model), own)
    return (*models, *added.values())


def read_models(path: Path) -> tuple[CatalogueModel, ...]:
    """The lines of catalogue.csv. Raises InvalidPriceRow."""
    return tuple(
        CatalogueModel(
            host=row.name("host"),
            model=row.name("model"),
            label=row.name("label"),
            vendor=row.name("vendor"),
            aliases=row.names("aliases"),
            package_model=row.text("package_model"),
            priced_from=row.day("priced_from"),
            tuning_class=row.text("tuning_class"),
            source=row.source(),
        )
        for row in read_rows(path)
    )
