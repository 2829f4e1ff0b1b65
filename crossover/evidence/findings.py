"""What the data says, without a model: findings that each end in one sentence (MODEL.md 7)."""

from __future__ import annotations

from dataclasses import dataclass

from crossover.evidence.finding import Finding
from crossover.evidence.measurements import EvidenceSettings, Measurements, measurements
from crossover.evidence.relevance import K_MAX
from crossover.evidence.words_data import (
    copies_finding,
    leakage_findings,
    privacy_finding,
    size_finding,
)
from crossover.evidence.words_labels import label_findings
from crossover.evidence.words_languages import language_findings
from crossover.evidence.words_retrieval import retrieval_findings
from crossover.evidence.words_tools import tool_findings
from crossover.evidence.words_training import waste_finding
from crossover.profile import TokenProfile
from crossover.samples.types import SampleSet, Slot
from crossover.tokens import Progress
from crossover.words import say

DEFAULT_SETTINGS = EvidenceSettings()


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """All findings on one upload, the results behind them, and how far so few or many rows carry.

    `banner` is "" from 100 rows on.
    """

    n: int
    banner: str
    findings: tuple[Finding, ...]
    measured: Measurements

    def finding(self, name: str) -> Finding | None:
        """The finding with this id; None where the upload does not allow it."""
        return next((finding for finding in self.findings if finding.id == name), None)

    def matters_for(self, strategy: str) -> tuple[Finding, ...]:
        """The findings that speak about one strategy."""
        return tuple(finding for finding in self.findings if strategy in finding.matters_for)


def evidence(
    samples: SampleSet,
    profile: TokenProfile,
    settings: EvidenceSettings = DEFAULT_SETTINGS,
    progress: Progress | None = None,
) -> Evidence:
    """Measure the upload and say what it means; a pure function of its arguments (MODEL.md E34).

    `profile` must be built from `samples`: its index is searched again, not built again. `progress`
    hears the share done, 0 to 1; what it raises stops the work.
    """
    return told(measurements(samples, profile, settings, progress), profile, settings)


def told(found: Measurements, profile: TokenProfile, settings: EvidenceSettings) -> Evidence:
    """Put measurements into words; only this part depends on `settings.chunks`, and it takes no time."""
    samples = profile.samples
    asked, chats, tools = profile.requests_source, samples.source(Slot.CHATS), samples.source(Slot.TOOLS)
    findings = (
        size_finding(found.n, found.different_rows, asked),
        *retrieval_findings(found, min(settings.chunks, K_MAX), asked),
        *label_findings(found, asked),
        *copies_finding(found, asked),
        *leakage_findings(found, settings.shots, asked),
        *waste_finding(found.waste, settings.tuning, profile.training.source),
        *tool_findings(found, tools, chats),
        *language_findings(found, asked),
        privacy_finding(found, asked),
    )
    return Evidence(found.n, banner(found.n), findings, found)


def banner(n: int) -> str:
    """How far n rows carry, as a sentence; "" from 100 on (MODEL.md 7)."""
    if n == 0:
        return say("No answered request: drop in questions, or chats that end in an answer.")
    if n == 1:
        return say("One example: token arithmetic only.")
    if n < 20:
        return say("{n} examples: anecdotal. Read every share as a hint.", n=n)
    return say("{n} examples: indicative. Mind the intervals.", n=n) if n < 100 else ""
