"""The answer: what the exploration found, ready to be told, stored and traced."""

from marke.findings import sampled as _sampled  # noqa: F401  # registers how a sample answers
from marke.findings.compose import Tell, compose
from marke.findings.groups import group_finding
from marke.findings.model import (
    Amount,
    Burden,
    Findings,
    GateFinding,
    GroupFinding,
    ServiceFinding,
    VariantFinding,
)

__all__ = [
    "Amount",
    "Burden",
    "Findings",
    "GateFinding",
    "GroupFinding",
    "ServiceFinding",
    "Tell",
    "VariantFinding",
    "compose",
    "group_finding",
]
