"""Report: a comparison as files people take away."""

from crossover.report.comparison_json import (
    COMPARISON_SCHEMA,
    COMPARISON_VERSION,
    comparison_json,
    json_text,
)
from crossover.report.comparison_provenance import horizon_shares, request_shares
from crossover.report.comparison_summary import one_line, printable, summary_text
from crossover.report.table import csv_text, headline_figures, neutralised, standing_figures

__all__ = [
    "COMPARISON_SCHEMA",
    "COMPARISON_VERSION",
    "comparison_json",
    "csv_text",
    "headline_figures",
    "horizon_shares",
    "json_text",
    "neutralised",
    "one_line",
    "printable",
    "request_shares",
    "standing_figures",
    "summary_text",
]
