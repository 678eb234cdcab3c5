"""What every document is composed from: the findings, seen from one municipality."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from marke.documents.house_style import NEUTRAL, HouseStyle
from marke.documents.tree import Facts
from marke.dutch import VERDICTS, day
from marke.findings.model import Findings, ServiceFinding
from marke.findings.verdict import MunicipalVerdict
from marke.motion import MotionTable
from marke.report.verdict import about

Course = str
"""``go``: something is worth it; ``data``: first answers; ``stop``: nothing is."""

COUNCIL = "vergaderstukken decentrale overheden"
RESEARCH = "onderzoeksrapporten"
YEARLY = "jaarplannen en jaarverslagen"
"""Categories of the Woo, article 3.3, in the words of its register."""

POSITIVE = ("attractive", "defensible", "conditional")


@dataclass(frozen=True)
class Told:
    """One municipality's view of a run: ``code`` is its CBS code, ``mark`` the hash of the findings."""

    findings: Findings
    code: str
    run: str
    mark: str
    motion: MotionTable | None = None
    style: HouseStyle = NEUTRAL

    @cached_property
    def name(self) -> str:
        """The municipality's name."""
        return next(m.name for m in self.findings.municipalities if m.code == self.code)

    @property
    def organisation(self) -> str:
        """How the municipality is named as a sender."""
        return self.style.name or f"Gemeente {self.name}"

    @property
    def day(self) -> date:
        """The day that documents carry: the reference date of the study."""
        return self.findings.study.reference_date

    @property
    def services(self) -> tuple[ServiceFinding, ...]:
        """All services of the study."""
        return self.findings.services

    @cached_property
    def positive(self) -> tuple[ServiceFinding, ...]:
        """The services that are worth it, possibly on conditions."""
        return tuple(s for s in self.services if s.verdict.outcome in POSITIVE)

    @cached_property
    def undecided(self) -> tuple[ServiceFinding, ...]:
        """The services of which more must be known."""
        return tuple(s for s in self.services if s.verdict.outcome == "undecided")

    @cached_property
    def declined(self) -> tuple[ServiceFinding, ...]:
        """The services that are not worth it."""
        return tuple(s for s in self.services if s.verdict.outcome in ("no_case", "blocked"))

    @property
    def course(self) -> Course:
        """What follows for all services together."""
        return "go" if self.positive else "data" if self.undecided else "stop"

    def ours(self, service: ServiceFinding) -> MunicipalVerdict:
        """The municipality's own verdict on a service."""
        return next(m for m in service.verdict.municipalities if self.code in m.codes)

    def group(self, service: ServiceFinding) -> str:
        """The group that the verdict on a service is about."""
        return about(self.findings, service.verdict)

    def verdict(self, service: ServiceFinding) -> str:
        """The verdict on a service in words."""
        return VERDICTS[service.verdict.outcome]

    def head(self, subject: str, more: Mapping[str, str] | None = None) -> Facts:
        """The head of a letter: subject, date, the house style's own fields, and what is ``more``."""
        rows = {"Onderwerp": subject, "Datum": day(self.day), **dict(self.style.fields), **(more or {})}
        return Facts(tuple(rows.items()))
