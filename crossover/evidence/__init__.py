"""What the data alone says, before any model is asked (MODEL.md 7)."""

from crossover.evidence.answer_format import AnswerFormat, Conclusion, KeyFacts, answer_format
from crossover.evidence.answerability import Answerability, answerability
from crossover.evidence.classifier import ClassifierBaseline, SizeResult, Skipped, classifier_baseline
from crossover.evidence.cleaned_file import Change, CleanedFile, cleaned_file, file_problems
from crossover.evidence.finding import Finding
from crossover.evidence.findings import Evidence, banner, evidence
from crossover.evidence.intervals import (
    ShareInterval,
    mcnemar_p_value,
    wilson_interval,
    zero_failures_upper_share,
)
from crossover.evidence.label_ceiling import ConflictingGroup, LabelCeiling, label_ceiling
from crossover.evidence.labels import LabelSet, closed_label_set
from crossover.evidence.languages import LanguageMix, language_mix
from crossover.evidence.leakage import Leakage, leakage
from crossover.evidence.learning_curve import LearningCurve, fit_learning_curve
from crossover.evidence.measurements import EvidenceSettings, Measurements, measurements
from crossover.evidence.near_duplicates import Duplicates, near_duplicates
from crossover.evidence.personal_data import PersonalData, count_personal_data
from crossover.evidence.retrieval_evidence import RetrievalEvidence, retrieval_evidence, searched_evidence
from crossover.evidence.retrieval_quality import (
    Against,
    RecommendedChunks,
    RetrievalQuality,
    recommended_chunks,
)
from crossover.evidence.sample_size import rows_bounding_quantile, rows_paired, rows_per_arm
from crossover.evidence.shares import MeasuredShare
from crossover.evidence.tool_calls import ToolCalls, tool_calls
from crossover.evidence.tool_coverage import ToolCoverage, ToolFit, tool_coverage
from crossover.evidence.training_cost import Defect, DirtyRows, TrainingWaste, training_waste
from crossover.evidence.training_rows import TrainingExamples, training_examples

__all__ = [
    "Against",
    "AnswerFormat",
    "Answerability",
    "Change",
    "ClassifierBaseline",
    "CleanedFile",
    "Conclusion",
    "ConflictingGroup",
    "Defect",
    "DirtyRows",
    "Duplicates",
    "Evidence",
    "EvidenceSettings",
    "Finding",
    "KeyFacts",
    "LabelCeiling",
    "LabelSet",
    "LanguageMix",
    "Leakage",
    "LearningCurve",
    "MeasuredShare",
    "Measurements",
    "PersonalData",
    "RecommendedChunks",
    "RetrievalEvidence",
    "RetrievalQuality",
    "ShareInterval",
    "SizeResult",
    "Skipped",
    "ToolCalls",
    "ToolCoverage",
    "ToolFit",
    "TrainingExamples",
    "TrainingWaste",
    "answer_format",
    "answerability",
    "banner",
    "classifier_baseline",
    "cleaned_file",
    "closed_label_set",
    "count_personal_data",
    "evidence",
    "file_problems",
    "fit_learning_curve",
    "label_ceiling",
    "language_mix",
    "leakage",
    "mcnemar_p_value",
    "measurements",
    "near_duplicates",
    "recommended_chunks",
    "retrieval_evidence",
    "rows_bounding_quantile",
    "rows_paired",
    "rows_per_arm",
    "searched_evidence",
    "tool_calls",
    "tool_coverage",
    "training_examples",
    "training_waste",
    "wilson_interval",
    "zero_failures_upper_share",
]
