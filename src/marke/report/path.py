"""The path of the region in words: what first, what then, and what not."""

from collections.abc import Sequence

from marke.dutch import capital, decimal, enumerate_names, month
from marke.findings.model import Findings, ServiceFinding
from marke.findings.verdict import RouteStep
from marke.report.names import name, short_form, who


def path(findings: Findings) -> list[tuple[str, list[str]]]:
    """The region's path: a heading per kind of step, with its steps in words."""
    names = {service.key: service for service in findings.services}
    heads = {
        "settle": "Eerst uitzoeken",
        "start": "Dan beginnen, met wat het zekerst is en het minst kost om terug te draaien",
        "decide": "Later beslissen, als de antwoorden er zijn",
        "apart": "Niet samen doen",
    }
    return [
        (head, told)
        for kind, head in heads.items()
        if (
            told := [
                _told(findings, names, step)
                for step in findings.route
                if step.kind == kind and names.keys() >= set(step.services)
            ]
        )
    ]


def _told(findings: Findings, names: dict[str, ServiceFinding], step: RouteStep) -> str:
    services: Sequence[ServiceFinding] = [names[key] for key in step.services]
    if step.kind == "settle":
        return f"{step.what.removesuffix('.')} ({enumerate_names([service.short for service in services])})."
    service = services[0]
    verdict = service.verdict
    subject = capital(name(service))
    if step.kind == "apart":
        return f"{subject}: {verdict.comparators[0][0]}."
    form = f"{who(findings, step.codes)}, als {short_form(service, step.variant)}"
    if step.kind == "decide":
        return f"{subject}: {form}."
    when = f", waarschijnlijk vanaf {month(step.when)}" if step.when else ""
    lost = f" Terugdraaien na een jaar kost {decimal(step.lost or 0, 1)} keer de jaarkosten."
    return f"{subject}: {form}{when}.{lost}"
