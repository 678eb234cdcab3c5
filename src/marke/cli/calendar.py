"""marke kalender: when joining costs least, and the days that decide."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from marke.cli.show import RUNS
from marke.errors import InputError

if TYPE_CHECKING:
    from marke.calendar import Event
    from marke.findings.calendar import CalendarFinding, OwnMoments
    from marke.region import Municipality
    from marke.run import Run


@click.command(short_help="Toon de kalender van natuurlijke momenten.")
@click.argument("run", required=False)
@click.option("--gemeente", help="Voeg de eigen contracten van deze gemeente toe (vertrouwelijk).")
@click.option("--uit", type=click.Path(path_type=Path), help="Schrijf een agenda (.ics) in dit bestand.")
@RUNS
def kalender(run: str | None, gemeente: str | None, uit: Path | None, runs: Path) -> None:
    """Toon de dagen van raad, begroting en regelingen, en de maanden waarin instappen het minst kost.

    Van contracten, vervangingen en vacatures tellen alleen aantallen vanaf vijf gemeenten. Met --gemeente
    komen de eigen dagen van die gemeente erbij, in een run die met --als voor haar is gemaakt; deel die
    uitvoer niet.
    """
    from marke.calendar import to_icalendar
    from marke.files import write_atomically
    from marke.run import open_run

    opened = open_run(runs, run)
    study, finding = opened.question.study, opened.findings.calendar
    events = finding.events
    own = None if gemeente is None else _own_of(opened, opened.municipality(gemeente))
    if own is not None:
        events = tuple(sorted((*events, *own.events), key=lambda event: event.day))
    if uit is not None:
        written = to_icalendar(events, name=study.settings.name, stamp=study.settings.reference_date)
        write_atomically(uit, written)
        click.echo(f"Geschreven: {uit} ({len(events)} dagen)")
        return
    _show_days(events)
    for line in (*_shared(finding), *(_own(own) if own else ())):
        click.echo(line)


def _own_of(opened: "Run", municipality: "Municipality") -> "OwnMoments":
    """The own moments of a municipality; raises InputError for a run that was not made for it."""
    own = opened.findings.calendar.own
    if own is None or own.code != municipality.code:
        raise InputError(
            f"Deze run kent de eigen antwoorden van {municipality.name} niet.",
            where="--gemeente",
            mend=f'Maak er een met: marke verken --als "{municipality.name}"',
        )
    return own


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
            yield "  Van minder dan vijf gemeenten is het einde van een contract bekend; dat telt niet mee."
        else:
            yield f"  Van {joining.told} gemeenten is bekend wanneer een contract eindigt."
        if joining.replacements is not None:
            yield f"  {joining.replacements} gemeenten moeten iets vervangen."
        if joining.vacancies is not None:
            yield f"  {joining.vacancies} gemeenten hebben nu een vacature."


def _own(own: "OwnMoments") -> Iterator[str]:
    from marke.dutch import capital, decimal
    from marke.report.calendar import own_months

    yield ""
    yield "Alleen voor uw gemeente (vertrouwelijk):"
    for joining in own.joining:
        yield f"- {capital(joining.label)}: {own_months(joining)}"
    running = sum(event.kind == "contract_end" for event in own.events)
    yield f"  Bekende contracten: {decimal(running)}."
