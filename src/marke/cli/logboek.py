"""marke logboek: whether a log of decisions holds, without the workspace that wrote it."""

from pathlib import Path

import click

from marke.errors import InputError


@click.command(short_help="Controleer een besluitenlogboek.")
@click.argument("bestand", type=click.Path(path_type=Path))
@click.option("--kenmerk", help="Het kenmerk in een stuk: staat het in dit logboek?")
def logboek(bestand: Path, kenmerk: str | None) -> None:
    """Controleer of er aan het logboek in BESTAND niets is veranderd.

    Het logboek haalt u op in de werkruimte, bij Besluiten. Een stuk noemt het kenmerk van de laatste regel
    die er toen was: met --kenmerk ziet u of die regel er nog staat.
    """
    from marke.chain import at_mark, head, read_entries

    entries = read_entries(bestand)
    last = head(entries, str(bestand))
    click.echo(f"De keten klopt: {len(entries)} regels.")
    if last:
        click.echo(f"Kenmerk van de laatste regel: {last}")
    if kenmerk is None:
        return
    found = at_mark(entries, kenmerk)
    if found is None:
        raise InputError(
            f"Het kenmerk {kenmerk} staat niet in dit logboek.",
            where=str(bestand),
            mend="Neem alle tekens over; mist het dan nog, dan is dit een ander of een ingekort logboek.",
        )
    click.echo(
        f"Dit kenmerk is van regel {found.number} van {len(entries)}, {found.when[:10]}: {found.what}."
    )
