"""``marke catalogus``: what can be shared, with every figure and rule behind it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from marke.cli.plain import show_table, wide_console
from marke.dutch import NO_FORM, SAYS, STATUS, STRENGTH, capital, number, percent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from rich.console import Console

    from marke.catalogue import Catalogue, Figure, Rule, Service

ABOUT_ALL = {
    "figures": "Algemeen",
    "paths": "Stappen naar de start",
    "criteria": "Criteria",
    "evidence": "Bewijs",
    "drivers": "Maatstaven",
    "forms": "Vormen van samenwerking",
    "ledger": "Begroting",
    "quality": "Kwaliteit",
}


@click.group(invoke_without_command=True)
@click.pass_context
def catalogus(context: click.Context) -> None:
    """Diensten, cijfers en regels waarmee marke rekent; zonder opdracht een overzicht."""
    if context.invoked_subcommand is not None:
        return
    from marke.catalogue import load_catalogue

    catalogue = load_catalogue()
    console = wide_console()
    for key, service in catalogue.services.items():
        _show_service(console, catalogue, key, service)
    _show_share(catalogue)


@catalogus.command()
@click.option("--dienst", "service", metavar="KEY", help="Alleen de cijfers van deze dienst.")
def cijfers(service: str | None) -> None:
    """Toon alle cijfers met eenheid, jaar, bron en status."""
    from marke.catalogue import load_catalogue

    catalogue = load_catalogue()
    if service is not None:
        _check_service(service, catalogue)
    console = wide_console()
    head = ("Cijfer", "Eenheid", "Jaar", "Bron", "Status", "Sterkte", "Laag", "Meest", "Hoog")
    used: dict[str, str] = {}
    for group, figures in _by_group(catalogue).items():
        if service in {None, group}:
            title = ABOUT_ALL.get(group) or catalogue.services[group].label
            console.print(f"\n{title}", style="bold")
            show_table(console, head, [_figure_row(each) for each in figures.values()], right=6)
            used |= {each.source: catalogue.sources[each.source].title for each in figures.values()}
    console.print("\nBronnen", style="bold")
    for key, title in sorted(used.items()):
        click.echo(f"- {key}: {title}")
    _show_share(catalogue, service)


@catalogus.command()
@click.option(
    "--datum",
    "moment",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="JJJJ-MM-DD",
    help="De regels zoals zij op deze dag waren (anders: vandaag).",
)
def regels(moment: datetime | None) -> None:
    """Toon de regels met hun datums, en wat op een dag bekend was en gold."""
    from datetime import date

    from marke.catalogue import load_catalogue

    catalogue = load_catalogue()
    day = moment.date() if moment else date.today()
    console = wide_console()
    console.print(f"Regels op {day:%Y-%m-%d}", style="bold")
    rows = [
        (
            _state(rule, day),
            rule.label + _value(rule),
            catalogue.sources[rule.source].title,
            f"{rule.known_from}",
            f"{rule.in_force_from}",
            f"{rule.until or ''}",
        )
        for rule in catalogue.rules.values()
    ]
    show_table(console, ("Stand", "Regel", "Bron", "Bekend vanaf", "Geldt vanaf", "Tot"), rows, right=3)


@catalogus.command()
def bewijs() -> None:
    """Toon wat er bekend is over besparen door samenwerken, met beide kanten."""
    from marke.catalogue import load_catalogue

    catalogue = load_catalogue()
    console, evidence = wide_console(), catalogue.evidence
    rows = [
        (
            each.label,
            f"{each.place}, {each.years}",
            f"{SAYS[each.says]} ({STRENGTH[each.strength]})",
            f"{each.effect} {each.conditions}",
            each.use,
            catalogue.sources[each.source].title,
        )
        for each in evidence.studies.values()
    ]
    show_table(console, ("Studie", "Waar", "Samen is", "Gevonden", "Telt mee als", "Bron"), rows, right=6)
    for tension in evidence.tensions:
        console.print(f"\n{tension.question}", style="bold")
        for keys, said in ((tension.one, tension.one_says), (tension.other, tension.other_says)):
            told = "; ".join(evidence.studies[key].label for key in keys)
            console.print(f"- {told}: {said}")
        console.print(tension.told)
    console.print("\nLezingen voor [tegenvaller] in een studie", style="bold")
    for key, prior in evidence.priors.items():
        figure = catalogue.figures[prior.setback]
        values = ", ".join(percent(value) for value in (figure.low, figure.mode, figure.high))
        console.print(f"- {key}: {prior.label} ({values}). {prior.reason}")


@catalogus.command()
def criteria() -> None:
    """Toon waarop mogelijkheden worden gewogen, met ieder oordeel en de reden."""
    from marke.catalogue import load_catalogue

    catalogue = load_catalogue()
    console = wide_console()
    for key, criterion in catalogue.criteria.items():
        console.print(f"\n{criterion.label} ({key})", style="bold")
        console.print(f"{criterion.definition} {criterion.how}")
        console.print(f"{number(criterion.worst)} {criterion.unit} telt 0, {number(criterion.best)} telt 1.")
        rows = []
        for kind, score in criterion.scores.items():
            figure = catalogue.figures[score.score]
            values = (number(value) for value in (figure.low, figure.mode, figure.high))
            called = NO_FORM.get(kind) or catalogue.forms[kind].short
            rows.append((capital(called), score.reason, *values))
        if rows:
            show_table(console, ("Mogelijkheid", "Waarom", "Laag", "Meest", "Hoog"), rows, right=2)


@catalogus.command()
@click.option(
    "--map", "folder", type=click.Path(path_type=Path), help="Map met een catalogus (anders: die van marke)."
)
def controle(folder: Path | None) -> None:
    """Controleer alle bestanden van een catalogus en noem het eerste vrije nummer (dim)."""
    from marke.catalogue import load_catalogue
    from marke.catalogue.check import next_dim
    from marke.catalogue.figure import DIMENSIONS

    catalogue = load_catalogue(folder)
    click.echo(
        f"De catalogus klopt: {len(catalogue.services)} diensten, {len(catalogue.figures)} cijfers, "
        f"{len(catalogue.rules)} regels en {len(catalogue.sources)} bronnen."
    )
    free = next_dim(catalogue)
    if free < DIMENSIONS:
        click.echo(f"Eerste vrije dim voor een nieuw cijfer: {free}.")
    else:
        click.echo(f"Er is geen vrije dim meer: {DIMENSIONS - 1} is de hoogste.")


def _show_service(console: Console, catalogue: Catalogue, key: str, service: Service) -> None:
    console.print(f"\n{service.label} ({key})", style="bold")
    console.print(service.summary)
    rows = [("Niveau", name, f"{level.label}: {level.norm}") for name, level in service.levels.items()]
    rows += [("Alleen", name, alone.label) for name, alone in service.alone.items()]
    rows += [("Samen", name, catalogue.variant_label(key, name)) for name in service.joint]
    rows += [("Niet mogelijk", name, reason) for name, reason in service.unavailable.items()]
    show_table(console, ("Wat", "Sleutel", "Omschrijving"), rows, right=3)


def _show_share(catalogue: Catalogue, service: str | None = None) -> None:
    """Say which part of the figures rests on an assumption only."""
    figures = [
        each for group, found in _by_group(catalogue).items() if service in {None, group}
        for each in found.values()
    ]  # fmt: skip
    uncertain = [each for each in figures if not each.fixed]
    click.echo("")
    click.echo(f"Alleen een aanname: {_share(figures)} cijfers.")
    click.echo(f"Zonder cijfers die vastliggen: {_share(uncertain)}.")


def _share(figures: Sequence[Figure]) -> str:
    assumed = sum(each.status == "assumption" for each in figures)
    percentage = f" ({100 * assumed / len(figures):.0f} %)" if figures else ""
    return f"{assumed} van de {len(figures)}{percentage}"


def _by_group(catalogue: Catalogue) -> dict[str, dict[str, Figure]]:
    """Return the figures by the file they stand in: the general ones first, then those of each service."""
    groups: dict[str, dict[str, Figure]] = {key: {} for key in (*ABOUT_ALL, *catalogue.services)}
    for figure_id, figure in catalogue.figures.items():
        groups[figure_id.split(".")[0]][figure_id] = figure
    return groups


def _check_service(service: str, catalogue: Catalogue) -> None:
    from marke.errors import InputError
    from marke.files import suggest

    if service not in catalogue.services:
        hint = suggest(service, catalogue.services)
        raise InputError(
            f"Onbekende dienst '{service}'.{hint}",
            where="--dienst",
            mend=f"Kies uit {', '.join(catalogue.services)}.",
        )


def _figure_row(figure: Figure) -> tuple[str, ...]:
    return (
        figure.label,
        figure.unit,
        str(figure.year),
        figure.source,
        STATUS[figure.status],
        STRENGTH[figure.strength],
        *(number(value) for value in (figure.low, figure.mode, figure.high)),
    )


def _state(rule: Rule, day: date) -> str:
    if rule.until is not None and rule.until <= day:
        return "vervallen"
    if rule.in_force(day):
        return "geldt"
    return "bekend" if rule.known(day) else "nog niet bekend"


def _value(rule: Rule) -> str:
    return "" if rule.value is None else f": {number(rule.value)} {rule.unit}"
