"""The baseline: what the municipalities answered about themselves, and who may see it."""

from marke.baseline.counts import MANDATE, Counts, count_moments, counts_text, lies_ahead, read_counts
from marke.baseline.model import Answer, Baseline, Value, seen_by
from marke.baseline.table import baseline_text, read_baseline, write_baseline

__all__ = [
    "MANDATE",
    "Answer",
    "Baseline",
    "Counts",
    "Value",
    "baseline_text",
    "count_moments",
    "counts_text",
    "lies_ahead",
    "read_baseline",
    "read_counts",
    "seen_by",
    "write_baseline",
]
