"""Every session_state name, and the two things a session holds: the uploads and the one Scenario."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

import streamlit as st

from crossover.prices import Preset
from crossover.profile import TokenProfile
from crossover.samples import ReadOptions, Slot
from crossover.scenario import InvalidScenario, Scenario
from crossover.words import language

_SCENARIO = "crossover.scenario"
_UPLOADS = "crossover.uploads"
_REMOVED = "crossover.removed"
_TYPED = "crossover.typed_instructions"
_DEMO = "crossover.demo_language"
_UPLOADER = "crossover.uploader_round"
_PROFILES = "crossover.profiles"
_CANCELLED = "crossover.cancelled"
_SHOWN = "crossover.shown"
PROFILES_KEPT = 6


@dataclass(frozen=True, slots=True)
class Upload:
    """One dropped file, kept in this session only, with what the person corrected about it."""

    name: str
    data: bytes
    sha256: str
    slot: Slot | None = None
    options: ReadOptions = field(default_factory=ReadOptions)


def today() -> date:
    """The day prices are read for when no other is chosen, in UTC; the only clock in the project."""
    return datetime.now(UTC).date()


def scenario() -> Scenario:
    """The session's scenario, Today's preset at first."""
    if _SCENARIO not in st.session_state:
        st.session_state[_SCENARIO] = Scenario(price_date=today())
    return st.session_state[_SCENARIO]


def set_scenario(changed: Scenario) -> None:
    """Replace the scenario; every page reads the new one."""
    st.session_state[_SCENARIO] = changed


def edit(**changes: object) -> None:
    """Change fields of the scenario; a value no formula allows leaves it as it was and says why."""
    try:
        set_scenario(replace(scenario(), **changes))
    except InvalidScenario as error:
        st.toast(str(error))


def override(name: str, value: float | None) -> None:
    """Set one assumption, or reset it with None; an impossible value is refused with the reason."""
    try:
        set_scenario(scenario().with_override(name, value))
    except InvalidScenario as error:
        st.toast(str(error))


def apply_preset(preset: Preset) -> None:
    """Move the scenario into a ready-made world: date, model and caching; the rest stays."""
    edit(
        preset=preset.id,
        price_date=preset.price_date_on(today()),
        host=preset.host,
        model=preset.model,
        prompt_caching=preset.caching,
    )


def uploads() -> Mapping[str, Upload]:
    """The session's files by key, in the order they came."""
    return st.session_state.setdefault(_UPLOADS, {})


def add_upload(name: str, data: bytes) -> str:
    """Keep one more file and return its key; it takes the place of the demo data."""
    key = _free_key(name)
    st.session_state[_UPLOADS] = {**uploads(), key: Upload(name, data, hashlib.sha256(data).hexdigest())}
    return key


def correct_upload(key: str, slot: Slot | None, options: ReadOptions) -> None:
    """Read a file again as what the person says it is."""
    files = dict(uploads())
    files[key] = replace(files[key], slot=slot, options=options)
    st.session_state[_UPLOADS] = files


def remove_upload(key: str) -> None:
    """Take a file out; `undo_remove` brings it back."""
    st.session_state[_REMOVED] = dict(uploads())
    st.session_state[_UPLOADS] = {name: file for name, file in uploads().items() if name != key}


def clear_uploads() -> None:
    """Take every file out and show the demo data again; `undo_remove` brings them back."""
    st.session_state[_REMOVED] = dict(uploads())
    st.session_state[_UPLOADS] = {}


def can_undo_remove() -> bool:
    """Whether files were taken out that can be brought back."""
    return len(st.session_state.get(_REMOVED) or {}) > len(uploads())


def undo_remove() -> None:
    """Bring back the files as they were before the last removal."""
    st.session_state[_UPLOADS] = st.session_state.pop(_REMOVED)


def show(key: str, value: object) -> None:
    """Give a widget its value, but only when it is new, or was changed elsewhere, or has other words.

    Writing it on every run would send an old value back over a move the person made meanwhile. In
    another language a widget forgets its value, because Streamlit remembers options by their words.
    """
    shown = st.session_state.setdefault(_SHOWN, {})
    if key not in st.session_state or shown.get(key) != (language(), value):
        st.session_state[key] = value
    shown[key] = language(), value


def taken(key: str) -> Any:
    """The value a person just gave a widget, noted as shown."""
    value = st.session_state[key]
    st.session_state.setdefault(_SHOWN, {})[key] = language(), value
    return value


def remembered(key: tuple[str, object]) -> TokenProfile | None:
    """A measurement this session made before."""
    return st.session_state.setdefault(_PROFILES, {}).get(key)


def remember(key: tuple[str, object], profile: TokenProfile) -> None:
    """Keep a measurement for this session; the oldest makes room for it."""
    kept = dict(st.session_state[_PROFILES])
    while len(kept) >= PROFILES_KEPT:
        kept.pop(next(iter(kept)))
    st.session_state[_PROFILES] = {**kept, key: profile}


def cancel_counting(key: tuple[str, object]) -> None:
    """Do not count these samples until somebody asks for it again."""
    st.session_state[_CANCELLED] = key


def count_again() -> None:
    """Take back `cancel_counting`."""
    st.session_state.pop(_CANCELLED, None)


def is_cancelled(key: tuple[str, object]) -> bool:
    """Whether counting these samples was cancelled."""
    return st.session_state.get(_CANCELLED) == key


def typed_instructions() -> str:
    """The system prompt as typed on the Samples page."""
    return st.session_state.get(_TYPED, "")


def set_typed_instructions(text: str) -> None:
    """Keep the typed system prompt."""
    st.session_state[_TYPED] = text


def shows_demo() -> bool:
    """Whether the session has no files of its own yet."""
    return not uploads()


def demo_language() -> str:
    """Which demo company is shown while nothing is uploaded: "en" or "de"."""
    if _DEMO not in st.session_state:
        st.session_state[_DEMO] = language()
    return st.session_state[_DEMO]


def set_demo_language(code: str) -> None:
    """Show the demo data in another language."""
    st.session_state[_DEMO] = code


def uploader_key() -> str:
    """The key of the drop zone; it changes when its files were taken over, which empties it."""
    return f"drop-{st.session_state.get(_UPLOADER, 0)}"


def empty_uploader() -> None:
    """Give the drop zone a new key, so that the same file can be dropped again."""
    st.session_state[_UPLOADER] = st.session_state.get(_UPLOADER, 0) + 1


def _free_key(name: str) -> str:
    taken, number = uploads(), 2
    key = name
    while key in taken:
        key, number = f"{name} ({number})", number + 1
    return key
