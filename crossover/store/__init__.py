"""Saved scenarios, drafts and share links, in a SQLite file or on a PostgreSQL server."""

from crossover.store.engine import PATH_VARIABLE, URL_VARIABLE, Store, open_store
from crossover.store.entry import NOTE_CHARACTERS
from crossover.store.errors import InvalidSave, NotSaved, StoreUnavailable
from crossover.store.purge import KEEP_DELETED, purge
from crossover.store.scenarios import (
    Draft,
    SavedScenario,
    clear_draft,
    delete_scenario,
    duplicate_scenario,
    get_scenario,
    list_scenarios,
    load_draft,
    rename_scenario,
    replace_scenario,
    restore_scenario,
    save_draft,
    save_scenario,
)
from crossover.store.shares import (
    DEFAULT_LIFETIME,
    NewShare,
    Offer,
    Share,
    create_share,
    list_shares,
    revoke_share,
)
from crossover.store.shelf import Shelf, new_key
from crossover.store.tables import NAME_CHARACTERS
from crossover.store.visits import Opened, Reason, Refused, is_available, open_share

__all__ = [
    "DEFAULT_LIFETIME",
    "KEEP_DELETED",
    "NAME_CHARACTERS",
    "NOTE_CHARACTERS",
    "PATH_VARIABLE",
    "URL_VARIABLE",
    "Draft",
    "InvalidSave",
    "NewShare",
    "NotSaved",
    "Offer",
    "Opened",
    "Reason",
    "Refused",
    "SavedScenario",
    "Share",
    "Shelf",
    "Store",
    "StoreUnavailable",
    "clear_draft",
    "create_share",
    "delete_scenario",
    "duplicate_scenario",
    "get_scenario",
    "is_available",
    "list_scenarios",
    "list_shares",
    "load_draft",
    "new_key",
    "open_share",
    "open_store",
    "purge",
    "rename_scenario",
    "replace_scenario",
    "restore_scenario",
    "revoke_share",
    "save_draft",
    "save_scenario",
]
