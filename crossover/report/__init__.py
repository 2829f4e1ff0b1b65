"""Report: a comparison as files people take away."""

from crossover.report.table import csv_text, headline_figures, neutralised

__all__ = ["csv_text", "headline_figures", "neutralised"]
