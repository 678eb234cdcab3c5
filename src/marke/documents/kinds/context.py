"""What every document is composed from: the findings, seen from one municipality."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from marke.documents.house_style import NEUTRAL, HouseStyle
from marke.documents.tree import Document, Facts, Section
from marke.dutch import VERDICTS, day, enumerate_names
from marke.findings.model import Findings, ServiceFinding
from marke.findings.public import public_findings
from marke.findings.verdict import STANCES, MunicipalVerdict
from marke.motion import TALK, Asks, MotionTable
from marke.report.verdict import about
from marke.talks import Talk, latest

Course = str
"""``go``: something is worth it; ``data``: first answers; ``stop``: nothing is."""

COUNCIL = "vergaderstukken decentrale overheden"
RESEARCH = "onderzoeksrapporten"
YEARLY = "jaarplannen en jaarverslagen"
"""Categories of the Woo, article 3.3, in the words of its register."""


@dataclass(frozen=True)
class Told:
    """One municipality's view of a run: ``code`` is its CBS code, ``mark`` the hash of the findings.

    ``talks`` is the register of talks and ``log`` the head of the log of decisions, the same for every
    municipality.
    """

    findings: Findings
    code: str
    run: str
    mark: str
    motion: MotionTable | None = None
    talks: tuple[Talk, ...] = ()
    log: str = ""
    style: HouseStyle = NEUTRAL

    @cached_property
    def extract(self) -> str:
        """What anyone may see of the findings, as JSON; the same for every municipality."""
        return public_findings(self.findings).model_dump_json(indent=1)

    @cached_property
    def name(self) -> str:
        """The municipality's name."""
        return next(m.name for m in self.findings.municipalities if m.code == self.code)

    @property
    def organisation(self) -> str:
        """How the municipality is named as a sender."""
        return self.style.name or f"Gemeente {self.name}"

    @property
    def question(self) -> str:
        """What was asked, in the study's words or in general ones."""
        study = self.findings.study
        return study.question or f"Welke taken kunnen de gemeenten van {study.region} beter samen doen?"

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
        return self._that_are("good")

    @cached_property
    def undecided(self) -> tuple[ServiceFinding, ...]:
        """The services of which more must be known."""
        return self._that_are("open")

    @cached_property
    def declined(self) -> tuple[ServiceFinding, ...]:
        """The services that are not worth it."""
        return self._that_are("bad")

    def _that_are(self, stance: str) -> tuple[ServiceFinding, ...]:
        return tuple(s for s in self.services if STANCES[s.verdict.outcome] == stance)

    @cached_property
    def hurt(self) -> tuple[str, ...]:
        """The services that are worth it for the region and not for this municipality, in short."""
        return tuple(s.short for s in self.positive if STANCES[self.ours(s).outcome] == "bad")

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

    @cached_property
    def others(self) -> tuple[str, ...]:
        """The municipalities that the one with the study's viewpoint would speak with."""
        viewpoint = self.findings.study.viewpoint_code
        return tuple(m.name for m in self.findings.municipalities if m.code != viewpoint)

    @cached_property
    def unspoken(self) -> tuple[str, ...]:
        """Those of them with which there was no talk yet."""
        held = latest(self.talks)
        return tuple(name for name in self.others if name not in held)

    def answers(self, *asked: Asks) -> tuple[str, ...]:
        """The points of the motion of these kinds, by key; a talk that is still to come answers nothing."""
        points = self.motion.points if self.motion else ()
        return tuple(p.key for p in points if p.asks in asked and not (p.asks == TALK and self.unspoken))

    @cached_property
    def asked_by_us(self) -> bool:
        """Whether the motion is of this municipality's own council."""
        return self.motion is not None and self.name in self.motion.council

    def document(
        self,
        kind: str,
        title: str,
        subject: str,
        sections: tuple[Section, ...],
        *,
        category: str = COUNCIL,
        asked: tuple[Asks, ...] = (),
        head: Mapping[str, str] | None = None,
        contents: bool = False,
    ) -> Document:
        """Compose a document of this municipality that answers what a motion ``asked``; see ``Document``."""
        answers = self.answers(*asked)
        return Document(
            kind=kind,
            title=title,
            subject=subject,
            organisation=self.organisation,
            day=self.day,
            category=category,
            run=self.run,
            mark=self.mark,
            facts=self.head(subject, {**(head or {}), **self.on_motion(answers)}),
            answers=answers,
            sections=sections,
            contents=contents,
            log=self.log,
        )

    def head(self, subject: str, more: Mapping[str, str] | None = None) -> Facts:
        """The head of a document: subject, date, the house style's own fields, and what is ``more``."""
        rows = {"Onderwerp": subject, "Datum": day(self.day), **dict(self.style.fields), **(more or {})}
        return Facts(tuple(rows.items()))

    def on_motion(self, answers: Sequence[str] = ()) -> Mapping[str, str]:
        """A line for a head: which points of the motion a document answers, and which nobody answered yet."""
        motion = self.motion
        if motion is None:
            return {}
        place = {point.key: str(number) for number, point in enumerate(motion.points, 1)}
        listed = enumerate_names([place[key] for key in answers])
        told = f"beantwoordt punt {listed} van de motie" if answers else "hoort bij de motie"
        open_yet = [place[p.key] for p in motion.points if p.asks == TALK and self.unspoken]
        rest = f"; punt {enumerate_names(open_yet)} is nog niet beantwoord" if open_yet else ""
        return {"Motie": f"{told} van {day(motion.day)}{rest}"}
