"""What can go wrong in the store, each with words for the person."""

from __future__ import annotations


class InvalidSave(ValueError):
    """Something that cannot be saved as it is; `field` names it, the message says what to do."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class NotSaved(LookupError):
    """There is no such scenario or link, or it belongs to somebody else."""


class StoreUnavailable(RuntimeError):
    """The database cannot be reached, read or written; nothing was confirmed."""
