"""``marke werkruimte``: copies, a check and an example of the workspace; and that it must be installed."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from marke.errors import InputError


def workspace_installed() -> None:
    """Raise InputError when the packages of the workspace are not there."""
    if find_spec("django") is None or find_spec("psycopg") is None:
        raise InputError(
            "De werkruimte is niet geïnstalleerd.",
            mend="Start haar met 'make serve', of installeer marke met 'web' erbij.",
        )


@click.group()
def werkruimte() -> None:
    """Bewaar, herstel of controleer de werkruimte, en help wie zijn wachtwoord kwijt is."""


@werkruimte.command()
@click.argument("bestand", type=click.Path(path_type=Path))
def bewaar(bestand: Path) -> None:
    """Schrijf alles van de werkruimte naar BESTAND; dat mag terwijl zij draait.

    In het bestand staan de antwoorden van alle gemeenten: bewaar het even veilig als de werkruimte zelf.
    """
    workspace_installed()
    from marke.web.config.errands import keep

    keep(bestand)
    click.echo(f"Bewaard: {bestand}")


@werkruimte.command()
@click.argument("bestand", type=click.Path(path_type=Path))
@click.option("--overschrijf", "overwrite", is_flag=True, help="Vervang wat er in de werkruimte staat.")
def herstel(bestand: Path, *, overwrite: bool) -> None:
    """Zet terug wat in BESTAND is bewaard; de werkruimte mag dan niet draaien."""
    workspace_installed()
    from marke.web.config.errands import put_back

    put_back(bestand, overwrite=overwrite)
    click.echo(f"Teruggezet uit {bestand}.")


@werkruimte.command()
@click.argument("adres")
def wachtwoord(adres: str) -> None:
    """Toon een link waarmee de persoon met e-mailadres ADRES een nieuw wachtwoord kiest."""
    workspace_installed()
    from marke.web.config.errands import password_link

    click.echo(password_link(adres))


@werkruimte.command()
@click.pass_context
def controle(ctx: click.Context) -> None:
    """Kijk na hoe de werkruimte is ingericht: adres, sleutels, afscherming, kopieën, security.txt.

    Met een fout eindigt de opdracht met status 1; 'let op' is een raad.
    """
    workspace_installed()
    from marke.web.config.errands import inspect

    found = inspect()
    for each in found:
        click.echo(f"{each.verdict:7}{each.subject}: {each.told}")
    ctx.exit(int(any(each.wrong for each in found)))


@click.command("demo-werkruimte")
def demo() -> None:
    """Vul de werkruimte met een voorbeeld: Twente, met contactpersonen en een half geleverde nulmeting.

    De antwoorden zijn geen opgaven van gemeenten maar de schattingen van marke zelf, en dat staat erbij.
    """
    workspace_installed()
    from marke.web.config.errands import fill_example

    click.echo(fill_example())
