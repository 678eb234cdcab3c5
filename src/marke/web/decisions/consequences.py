"""What follows when a municipality says no to a proposal, from the last run that the region shares."""

from dataclasses import dataclass

from marke.baseline import Baseline
from marke.dutch import capital
from marke.errors import InputError
from marke.findings.model import Findings, ServiceFinding
from marke.findings.refusal import refusal
from marke.report.refused import refused
from marke.web.decisions.standings import Board
from marke.web.runs.selectors import latest_shared
from marke.web.runs.store import findings_of
from marke.web.studies.question import catalogue, study_of
from marke.web.studies.selectors import latest
from marke.web.tenancy.access import Place
from marke.web.tenancy.models import Region


@dataclass(frozen=True)
class Consequence:
    """What follows for one service, in sentences."""

    service: str
    sentences: tuple[str, ...]


def last_findings(place: Place) -> Findings | None:
    """Return the findings of the region's last complete run; None without one that can be read."""
    run = latest_shared(place)
    try:
        return findings_of(run) if run else None
    except InputError:
        return None


def consequences(region: Region, board: Board, findings: Findings | None) -> list[Consequence]:
    """Return what follows from the refusals of a proposal; nothing without a refusal, or without a run."""
    gone = [member.organisation.code for member in board.refused]
    if findings is None or not gone:
        return []
    return [
        _consequence(region, board, findings, service, gone)
        for service in findings.services
        if service.key in board.proposal.services and _variant(service, board)
    ]


def _consequence(
    region: Region, board: Board, findings: Findings, service: ServiceFinding, gone: list[str]
) -> Consequence:
    variant = _variant(service, board)
    study = study_of(latest(region), Baseline({}))
    admission = study.admissions.get((service.key, variant))
    required = admission.required if admission else frozenset()
    found = refusal(service, variant, board.proposal.members, gone, required)
    names = {m.code: m.name for m in findings.municipalities}
    return Consequence(capital(service.short), tuple(refused(found, service, names)))


def _variant(service: ServiceFinding, board: Board) -> str:
    """The variant of a service in the proposal's form; empty when the run has none."""
    joint = catalogue().services[service.key].joint
    found = (v.key for v in service.variants if joint[v.key].form == board.proposal.form)
    return next(found, "")
