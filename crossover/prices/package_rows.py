"""A package price in our own type, citing the page our catalogue names."""

from __future__ import annotations

from datetime import date

from crossover.prices.catalogue import CatalogueModel
from crossover.prices.package import (
    PACKAGE_AS_OF,
    PACKAGE_NAME,
    PACKAGE_URL,
    PACKAGE_VERSION,
    PackagePrice,
)
from crossover.prices.types import CacheRule, InferencePrice, Source


def in_package(entry: CatalogueModel | None, model: str) -> tuple[str, date | None]:
    """The package's id of a model and the first day the catalogue vouches for it."""
    return (entry.package_model, entry.priced_from) if entry else (model, None)


def package_row(host: str, model: str, found: PackagePrice, entry: CatalogueModel | None) -> InferencePrice:
    """A package price in our type; it cites the catalogue's page, read when the package was built."""
    note = f"{PACKAGE_NAME} {PACKAGE_VERSION}"
    url, grade = (entry.source.url, entry.source.grade) if entry else (PACKAGE_URL, "B")
    return InferencePrice(
        host=host,
        model=model,
        price=found.price,
        cache=CacheRule(),
        source=Source(url, PACKAGE_AS_OF, grade, note),
        valid_from=found.valid_from,
        valid_to=found.valid_to,
        batch=found.batch,
        first_seen=found.first_seen,
    )
