"""``marke intake``: make the workbooks, read them back, and see what is still worth asking."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from marke.catalogue import Catalogue
    from marke.intake.changes import Delivery
    from marke.intake.status import Delivered
    from marke.intake.worth import Ranking
    from marke.question import Question
    from marke.region import Municipality

FIRST = 3
"""How many answers a municipality is told to begin with."""

MOST_SHOWN = 10


@click.group()
def intake() -> None:
    """De nulmeting: werkmappen maken, inlezen en volgen."""


@intake.command()
@click.argument("studie", default="twente-actueel")
@click.option(
    "--map",
    "folder",
    type=click.Path(path_type=Path),
    required=True,
    help="Map voor de werkmappen; zij wordt gemaakt als zij er nog niet is.",
)
@click.option("--overschrijf", "overwrite", is_flag=True, help="Vervang werkmappen die er al staan.")
def maak(studie: str, folder: Path, *, overwrite: bool) -> None:
    """Maak voor iedere gemeente van STUDIE een werkmap om in te vullen.

    Wat een gemeente al antwoordde, staat erin. Een werkmap bevat niets van een andere gemeente.
    """
    from rich.console import Console

    from marke.files import make_folder, refuse_existing, slug, write_atomically
    from marke.intake.workbook import workbook_bytes
    from marke.intake.worth import rank_missing

    question = _whole(studie)
    study, catalogue = question.study, question.catalogue
    paths = {m: folder / f"nulmeting-{slug(m.name)}.xlsx" for m in study.region.municipalities}
    if not overwrite:
        refuse_existing(paths.values())
    with Console(stderr=True).status("Bepalen welke antwoorden het meest waard zijn ..."):
        ranking = rank_missing(question)
    make_folder(folder)
    for m, path in paths.items():
        write_atomically(path, workbook_bytes(study, catalogue, m, ranking.of(m.code)[:FIRST]))
    click.echo(
        f"{len(paths)} werkmappen gemaakt in {folder}. Stuur iedere gemeente alleen haar eigen werkmap."
    )
    click.echo(f'Terug? Lees ze in met: marke intake lees "{folder}"/*.xlsx --studie "{studie}"')


@intake.command()
@click.argument("bestand", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="BESTAND...")
@click.option("--studie", default="twente-actueel", show_default=True, help="De studie van de werkmappen.")
@click.option("--ja", "sure", is_flag=True, help="Schrijf zonder eerst te vragen.")
def lees(bestand: tuple[Path, ...], studie: str, *, sure: bool) -> None:
    """Lees ingevulde werkmappen en zet de antwoorden in de nulmeting van de studie.

    U ziet eerst wat er verandert. Bij één fout in een werkmap wordt er niets ingelezen.
    """
    from marke.cli.plain import agreed
    from marke.intake.changes import accept, baseline_path, compare
    from marke.question import find_study

    question = _whole(studie)
    target = baseline_path(find_study(studie), question.study)
    delivery = compare(bestand, question.study, question.catalogue)
    _show_delivery(delivery)
    if not delivery.changes:
        click.echo("Er verandert niets.")
        return
    if not sure and not agreed(f"Deze antwoorden schrijven naar {target}? (j/n)"):
        click.echo("Er is niets geschreven.")
        return
    accept(delivery, target, question.study, question.catalogue)
    click.echo(f"Geschreven: {target}")


@intake.command()
@click.argument("studie", default="twente-actueel")
@click.option("--gemeente", help="Toon één gemeente, per onderdeel.")
def status(studie: str, gemeente: str | None) -> None:
    """Toon wie wat heeft geleverd, en welk ontbrekend antwoord het meest waard is."""
    from rich.console import Console

    from marke.intake.status import delivered
    from marke.intake.worth import rank_missing

    question = _whole(studie)
    municipality = _member(question, gemeente)
    rows = delivered(question.study.baseline, question.study.region, question.catalogue)
    if municipality is None:
        _show_region(rows, question.catalogue)
    else:
        _show_municipality(next(r for r in rows if r.municipality == municipality), question.catalogue)
        _show_handed(question, municipality)
    with Console(stderr=True).status("Bepalen welke antwoorden het meest waard zijn ..."):
        ranking = rank_missing(question)
    _show_ranking(ranking, question, municipality)


def _whole(studie: str) -> Question:
    """Read a study with every answer: this is for who collects them."""
    from marke.question import find_study, read_question, shipped_inputs

    return read_question(shipped_inputs(find_study(studie)), whole=True)


def _member(question: Question, name: str | None) -> Municipality | None:
    from marke.errors import InputError

    found = None if name is None else question.country.find(name)
    if found is not None and found not in question.study.region.municipalities:
        raise InputError(
            f"{found.name} hoort niet bij {question.study.region.name}.",
            where="--gemeente",
            mend="Kies een gemeente uit de regio van deze studie.",
        )
    return found


def _show_delivery(delivery: Delivery) -> None:
    from marke.cli.plain import show_table, wide_console

    if delivery.changes:
        rows = [(c.municipality.name, c.label, c.before, c.after) for c in delivery.changes]
        show_table(wide_console(), ("Gemeente", "Vraag", "Was", "Wordt"), rows, right=4)
    if delivery.doubts:
        click.echo("\nDeze antwoorden vallen op. Ze worden gewoon ingelezen; vraag na of ze kloppen.")
        for municipality, question, doubt in delivery.doubts:
            click.echo(f"- {municipality.name}, {question.label}: {doubt}")


def _section_name(section: str, catalogue: Catalogue) -> str:
    from marke.dutch import capital

    return capital(catalogue.services[section].short) if section in catalogue.services else "Algemeen"


def _show_region(rows: tuple[Delivered, ...], catalogue: Catalogue) -> None:
    from marke.cli.plain import show_table, wide_console

    names = [re.sub("([ -])", r"\1\n", _section_name(s, catalogue)) for s in rows[0].sections]
    head = ("Gemeente", "Alge-\nmeen", *names[1:], "Weet\nniet", "Open")
    table = [
        (
            row.municipality.name,
            *(f"{count.given}/{count.total}" for count in row.sections.values()),
            str(row.total.unknown),
            str(row.total.open),
        )
        for row in rows
    ]
    console = wide_console()
    console.print("Gegeven antwoorden, van alle vragen", style="bold")
    show_table(console, head, table, right=1)


def _show_municipality(row: Delivered, catalogue: Catalogue) -> None:
    from marke.cli.plain import show_table, wide_console

    table = [
        (_section_name(section, catalogue), str(count.given), str(count.unknown), str(count.open))
        for section, count in (*row.sections.items(), ("", row.total))
    ]
    table[-1] = ("Samen", *table[-1][1:])
    console = wide_console()
    console.print(row.municipality.name, style="bold")
    show_table(console, ("Onderdeel", "Gegeven", "Weet ik niet", "Open"), table, right=1)


def _show_handed(question: Question, municipality: Municipality) -> None:
    from marke.cli.plain import show_table, wide_console
    from marke.intake.handed import handed_over

    handed = handed_over(question.study.baseline, municipality.code, question.catalogue)
    rows = [(each.asked.label, each.who, str(each.open)) for each in handed]
    if rows:
        console = wide_console()
        console.print("\nDoor een ander in te vullen", style="bold")
        show_table(console, ("Vraag", "Wie vult in", "Open"), rows, right=2)


def _show_ranking(ranking: Ranking, question: Question, municipality: Municipality | None) -> None:
    from marke.catalogue.intake import questions
    from marke.cli.plain import show_table, wide_console

    console = wide_console()
    if municipality is None:
        labels = {asked.id: asked.label for asked in questions(question.catalogue)}
        console.print("\nWelke vraag, aan alle gemeenten, is voor de regio het meest waard", style="bold")
        rows = [(labels[asked], _share(share)) for asked, share in ranking.questions[:MOST_SHOWN]]
        show_table(console, ("Vraag", "Deel van de\nonzekerheid"), rows, right=1)
    console.print("\nWelk antwoord is voor de gemeente zelf het meest waard", style="bold")
    head = ("Gemeente", "Vraag", "Wie vult in", "Deel van de\nonzekerheid", "Voor de\nregio")
    show_table(console, head, _answers(ranking, question, municipality), right=3)
    click.echo(
        "Het deel van de spreiding van de besparing (ten opzichte van alleen of van nu) dat dit antwoord "
        "verklaart.\nDe rest zit in aannames, in andere antwoorden en in het samenspel daarvan."
    )


def _answers(
    ranking: Ranking, question: Question, municipality: Municipality | None
) -> Iterator[tuple[str, ...]]:
    """Yield the most valuable answer of each municipality, or the top of one, and who fills it in."""
    from marke.catalogue.intake import asked_fields
    from marke.intake.handed import who_fills_in

    asked = {q.id: (q.label, field) for field in asked_fields(question.catalogue) for q in field.questions}
    for m in question.study.region.municipalities if municipality is None else (municipality,):
        for each in ranking.of(m.code)[: 1 if municipality is None else MOST_SHOWN]:
            label, field = asked[each.question]
            who = who_fills_in(question.study.baseline, m.code, field) or field.field.who
            yield m.name, label, who, _share(each.own), _share(each.region)


def _share(share: float) -> str:
    from marke.dutch import percent

    return "< 1 %" if share < 0.01 else percent(share)
