"""One owner's part of the store."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from sqlalchemy import Connection

from crossover.store.engine import Store
from crossover.store.errors import InvalidSave
from crossover.words import say

_SHORTEST_KEY = 16


def new_key() -> str:
    """An unguessable key of 192 bits, fit for a cookie or an address: an owner's or a link's."""
    return secrets.token_urlsafe(24)


def new_id() -> str:
    """The identity of a new row."""
    return secrets.token_hex(16)


def is_id(text: str) -> bool:
    """Whether this can be the identity of a row; it may come from an address."""
    return text.isascii() and text.isalnum()


def hashed(key: str) -> str:
    """SHA-256 of an unguessable key; only this is stored."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True, slots=True)
class Shelf:
    """What one owner saved. `owner` is a key that only their browser has, such as `new_key` makes.

    Raises InvalidSave for a key so short that two people could have the same.
    """

    store: Store
    owner: str = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.owner) < _SHORTEST_KEY:
            raise InvalidSave("owner", say("This browser has no key yet. Reload the page and try again."))

    @property
    def owner_hash(self) -> str:
        """The owner as the tables know them."""
        return hashed(self.owner)

    def changing(self, missing: Callable[[], Exception]) -> AbstractContextManager[Connection]:
        """A transaction that changes what was saved before; raises `missing` where nothing ever was."""
        if not self.store.has_saves:
            raise missing()
        return self.store.writing()
