"""The baseline: what the municipalities answered about themselves, and who may see it."""

from marke.baseline.model import Answer, Baseline, Value, seen_by
from marke.baseline.table import baseline_text, read_baseline, write_baseline

__all__ = ["Answer", "Baseline", "Value", "baseline_text", "read_baseline", "seen_by", "write_baseline"]
