"""marke kalender: when joining costs least, and the days that decide."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from marke.cli.show import RUNS

if TYPE_CHECKING:
    from marke.calendar import Event
    from marke.findings.calendar import CalendarFinding, OwnMoments


@click.command(short_help="Toon de kalender van natuurlijke momenten.")
@click.argument("run", required=False)
@click.option("--gemeente", help="Voeg de eigen contracten van deze gemeente toe (vertrouwelijk).")
@click.option("--uit", type=click.Path(path_type=Path), help="Schrijf een agenda (.ics) in dit bestand.")
@RUNS
def kalender(run: str | None, gemeente: str | None, uit: Path | None, runs: Path) -> None:
    """Toon de dagen van raad, begroting en regelingen, en de maanden waarin instappen het minst kost.

    Van contracten en vacatures staan er alleen aantallen vanaf vijf in. Met --gemeente komen de eigen
    contracten van die gemeente erbij; deel die uitvoer niet.
    """
    from marke.calendar import to_icalendar
    from marke.files import write_atomically
    from marke.findings.calendar import calendar_finding, own_moments
    from marke.run import open_run

    opened = open_run(runs, run)
    question = opened.question
    study, catalogue = question.study, question.catalogue
    cases = [question.case(key) for key in study.settings.services]
    finding = calendar_finding(cases, study, catalogue)
    events = finding.events
    own = None
    if gemeente is not None:
        own = own_moments(cases, study, catalogue, opened.municipality(gemeente))
        events = tuple(sorted((*events, *own.events), key=lambda event: event.day))
    if uit is not None:
        written = to_icalendar(events, name=study.settings.name, stamp=study.settings.reference_date)
        write_atomically(uit, written)
        click.echo(f"Geschreven: {uit} ({len(events)} dagen)")
        return
    _show_days(events)
    for line in (*_shared(finding), *(_own(own, finding) if own else ())):
        click.echo(line)


def _show_days(events: Sequence["Event"]) -> None:
    from marke.cli.plain import show_table, wide_console
    from marke.dutch import STATUS, capital, day

    rows = [(day(event.day), capital(event.label), STATUS[event.status]) for event in events]
    show_table(wide_console(), ("Dag", "Wat", "Status"), rows, right=3)


def _shared(finding: "CalendarFinding") -> Iterator[str]:
    from marke.dutch import capital, day, enumerate_names, month

    yield ""
    yield "Instappen kost het minst in (beste eerst):"
    for joining in finding.joining:
        best = enumerate_names([month(first) for first in joining.months])
        yield f"- {capital(joining.label)}: {best}; eerder dan {day(joining.earliest)} lukt niet."
        if joining.told is None:
            yield "  Van minder dan vijf contracten is het einde bekend: hier telt alleen het begrotingsjaar."
        else:
            yield f"  Van {joining.told} contracten is het einde bekend."
        if joining.vacancies is not None:
            yield f"  {joining.vacancies} gemeenten hebben nu een vacature."


def _own(own: "OwnMoments", finding: "CalendarFinding") -> Iterator[str]:
    from marke.dutch import capital, decimal, euro, month

    labels = {joining.service: joining.label for joining in finding.joining}
    yield ""
    yield "Alleen voor uw gemeente (vertrouwelijk):"
    for service, found in own.months:
        vacant = " U hebt een vacature." if service in own.vacancies else ""
        best = "; ".join(f"{month(m.first)}, {euro(m.double)} dubbel" for m in found)
        yield f"- {capital(labels[service])}: {best}.{vacant}"
    running = sum(event.kind == "contract_end" for event in own.events)
    yield f"  Bekende contracten: {decimal(running)}."
