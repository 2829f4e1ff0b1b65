"""The results of a session's own evaluation: its files, whose they are, and what was counted in them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from crossover.evidence.correct_answer_cost import CorrectAnswerCosts, correct_answer_costs
from crossover.evidence.judged_table import CORRECT_FROM
from crossover.evidence.measured_results import MeasuredResults, measured_results, success_shares_of
from crossover.samples.results import combine_results, read_results
from crossover.samples.results_types import ResultReading, ResultSet
from crossover.words import language, say
from ui import session

_FILES = "crossover.results_files"
_NAMES = "crossover.results_names"
_CORRECT_FROM = "crossover.results_correct_from"
_DROPZONE = "crossover.results_uploader_round"


@dataclass(frozen=True, slots=True)
class _Dropped:
    """One file as it came, kept in this session only."""

    name: str
    data: bytes
    sha256: str


def files() -> tuple[ResultReading, ...]:
    """The files dropped so far, as read; what is wrong with them is told in the language spoken."""
    return tuple(_reading(_file_key(file), file) for file in _dropped())


def add_file(name: str, data: bytes) -> None:
    """Read one more file; the same file dropped again takes the place of its first reading."""
    found = _Dropped(name, data, hashlib.sha256(data).hexdigest())
    kept = tuple(file for file in _dropped() if file.sha256 != found.sha256)
    st.session_state[_FILES] = (*kept, found)


def remove_file(sha256: str) -> None:
    """Take a file out."""
    st.session_state[_FILES] = tuple(file for file in _dropped() if file.sha256 != sha256)


def _dropped() -> tuple[_Dropped, ...]:
    dropped: tuple[_Dropped, ...] = st.session_state.get(_FILES, ())
    return dropped


def _file_key(file: _Dropped) -> str:
    return repr((language(), file.name, file.sha256))


def chosen_names() -> Mapping[str, str]:
    """The strategy a person chose for a name in the files."""
    chosen: Mapping[str, str] = st.session_state.get(_NAMES, {})
    return chosen


def choose_name(name: str, strategy: str) -> None:
    """Count the results under `name` as those of `strategy`."""
    st.session_state[_NAMES] = {**chosen_names(), name: strategy}


def correct_from() -> float:
    """The score from which an answer counts as right."""
    score: float = st.session_state.get(_CORRECT_FROM, CORRECT_FROM)
    return score


def set_correct_from(score: float) -> None:
    """Count answers as right from another score on."""
    st.session_state[_CORRECT_FROM] = score


def results() -> ResultSet:
    """All files together, under the strategies they belong to."""
    return _results(_key())


def measured() -> MeasuredResults:
    """What the results show."""
    return _measured(repr((_key(), correct_from())))


def answer_costs(usd_per_request: Mapping[str, float]) -> CorrectAnswerCosts:
    """Cost per correct answer, with the comparison's cost per request where the files have none."""
    key = repr((_key(), correct_from(), sorted(usd_per_request.items()), session.scenario().seed))
    with st.spinner(say("Resampling the results …")):
        return _answer_costs(key, usd_per_request)


def success_shares() -> tuple[tuple[str, float], ...]:
    """Measured accuracy by strategy id, as the scenario takes it."""
    return _success_shares(repr((_key(), correct_from())))


def use_in_comparison() -> None:
    """Make the measured accuracies the scenario's: criterion c12 and the quality-adjusted cost."""
    session.edit(success_shares=success_shares())


def forget_in_comparison() -> None:
    """Take the measured accuracies out of the scenario; quality is "not measured" again."""
    session.edit(success_shares=())


def is_used() -> bool:
    """Whether the comparison holds exactly these results."""
    return bool(success_shares()) and session.scenario().success_shares == success_shares()


def dropzone_key() -> str:
    """The key of the drop zone; it changes when its files were taken over, which empties it."""
    return f"results-drop-{st.session_state.get(_DROPZONE, 0)}"


def empty_dropzone() -> None:
    """Give the drop zone a new key, so that the same file can be dropped again."""
    st.session_state[_DROPZONE] = st.session_state.get(_DROPZONE, 0) + 1


def _key() -> str:
    return repr(([_file_key(file) for file in _dropped()], sorted(chosen_names().items())))


@st.cache_resource(scope="session", max_entries=50, show_spinner=False)
def _reading(key: str, _file: _Dropped) -> ResultReading:
    return read_results(_file.name, _file.data)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _results(key: str) -> ResultSet:
    return combine_results(files(), chosen_names())


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _measured(key: str) -> MeasuredResults:
    return measured_results(results(), correct_from())


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _success_shares(key: str) -> tuple[tuple[str, float], ...]:
    return success_shares_of(results(), correct_from())


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _answer_costs(key: str, _usd_per_request: Mapping[str, float]) -> CorrectAnswerCosts:
    return correct_answer_costs(measured().table, _usd_per_request, session.scenario().seed)
