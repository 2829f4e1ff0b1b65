"""Which findings change the decision, and which only say that all is well."""

from __future__ import annotations

from collections.abc import Callable

from crossover.evidence.answer_format import Conclusion
from crossover.evidence.finding import Finding
from crossover.evidence.findings import Evidence
from crossover.evidence.leakage import Leakage
from crossover.evidence.measurements import Measurements
from crossover.evidence.sample_size import rows_paired


def _leaks(leaked: Leakage | None) -> bool:
    return leaked is not None and bool(leaked.exact_rows or leaked.near_rows)


def _mixes_languages(found: Measurements) -> bool:
    asked, written = found.question_languages, found.document_languages
    names = {name for mix in (asked, written) if mix for name, _ in mix.counts}
    return len(names) > 1


_TOLD_APART_ROWS = rows_paired(0.05, 0.15)

_CHANGES: dict[str, Callable[[Measurements], bool]] = {
    "personal_data": lambda found: bool(found.personal.found),
    "labels": lambda found: found.labels is not None,
    "answerability": lambda found: True,
    "chunks": lambda found: True,
    "hit_answers": lambda found: True,
    "hit_documents": lambda found: True,
    "label_ceiling": lambda found: found.ceiling is not None and bool(found.ceiling.conflicts),
    "answer_format": lambda found: found.form is not None and found.form.conclusion is not Conclusion.NONE,
    "tool_coverage": lambda found: True,
    "tool_calls": lambda found: found.calls is not None and bool(found.calls.invalid or found.calls.unused),
    "leakage_training": lambda found: _leaks(found.leaked),
    "leakage_shots": lambda found: _leaks(found.shown),
    "training_waste": lambda found: found.waste is not None and bool(found.waste.dirty),
    "duplicates": lambda found: found.different_rows < found.n,
    "languages": _mixes_languages,
    "sample_size": lambda found: found.different_rows < _TOLD_APART_ROWS,
}
"""Findings by id in the order they are read, each with what makes it change a decision."""


def changes_decision(finding: Finding, found: Measurements) -> bool:
    """Whether somebody would do something else because of it; False when it only says all is well."""
    return _CHANGES[finding.id](found)


def decision_order(found: Evidence) -> tuple[Finding, ...]:
    """The findings that change the decision first, both groups in reading order."""
    places = list(_CHANGES)
    return tuple(
        sorted(
            found.findings,
            key=lambda finding: (not changes_decision(finding, found.measured), places.index(finding.id)),
        )
    )
