"""``marke werkruimte``: copies, a check and an example of a workspace, and what is sent to one elsewhere."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from marke.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable


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


def _elsewhere(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the address of a workspace, and where its key stands."""
    file = click.Path(path_type=Path)
    key = click.option(
        "--sleutel-bestand", "key_file", type=file, help="Bestand met de sleutel; anders MARKE_SLEUTEL."
    )
    region = click.option(
        "--regio", "region", required=True, help="De regio, zoals in het adres van haar pagina."
    )
    address = click.option(
        "--adres", "address", required=True, help="Bijvoorbeeld https://marke.regio.example."
    )
    return address(region(key(command)))


@werkruimte.command()
@click.argument("bestand", type=click.Path(path_type=Path))
@click.option(
    "--gemeente", "organisation", required=True, help="De gemeente, zoals in het adres van haar pagina."
)
@_elsewhere
def stuur(bestand: Path, *, address: str, region: str, organisation: str, key_file: Path | None) -> None:
    """Stuur de antwoorden van een gemeente in BESTAND naar een werkruimte.

    BESTAND is een nulmeting (csv) of een ingevulde werkmap (xlsx). Past iets niet, dan wordt niets bewaard.
    """
    from marke.cli.elsewhere import Elsewhere, key_from
    from marke.cli.sending import send_answers

    changed = send_answers(Elsewhere(address, key_from(key_file)), region, organisation, bestand)
    click.echo(f"{changed} antwoorden veranderd.")


_OWN = click.option(
    "--gemeente", "organisation", default="", help="Met de eigen antwoorden van deze gemeente."
)


@werkruimte.command()
@_OWN
@click.option("--wacht", "wait", is_flag=True, help="Wacht tot de run klaar is.")
@_elsewhere
def reken(*, address: str, region: str, organisation: str, key_file: Path | None, wait: bool) -> None:
    """Laat een werkruimte haar studie doorrekenen, op haar eigen machine."""
    from marke.cli.elsewhere import Elsewhere, key_from
    from marke.cli.fetching import await_run, runs_path, start_run

    workspace, path = Elsewhere(address, key_from(key_file)), runs_path(region, organisation)
    name = start_run(workspace, path)
    click.echo(f"De run is gestart: {name}")
    if wait:
        await_run(workspace, path, name)
        click.echo("De run is klaar.")


@werkruimte.command()
@click.argument("bestand", type=click.Path(path_type=Path))
@_OWN
@click.option("--run", "name", default="", help="De run; anders de laatste die klaar is.")
@click.option("--overschrijf", "overwrite", is_flag=True, help="Vervang BESTAND als het er al staat.")
@_elsewhere
def haal(
    bestand: Path,
    *,
    address: str,
    region: str,
    organisation: str,
    key_file: Path | None,
    name: str,
    overwrite: bool,
) -> None:
    """Schrijf de bevindingen van een run in een werkruimte naar BESTAND (json)."""
    from marke.cli.elsewhere import Elsewhere, key_from
    from marke.cli.fetching import findings, runs_path
    from marke.files import refuse_existing, write_atomically

    if not overwrite:
        refuse_existing([bestand])
    workspace = Elsewhere(address, key_from(key_file))
    write_atomically(bestand, findings(workspace, runs_path(region, organisation), name))
    click.echo(f"Geschreven: {bestand}")


@werkruimte.command()
@click.argument("map", type=click.Path(path_type=Path))
@click.option("--soort", "kinds", multiple=True, required=True, help="Welk stuk; mag vaker, zoals oplegger.")
@click.option("--gemeente", "organisation", required=True, help="Voor welke gemeente.")
@click.option("--run", "name", default="", help="De run; anders de laatste die klaar is.")
@click.option("--overschrijf", "overwrite", is_flag=True, help="Vervang bestanden die er al staan.")
@_elsewhere
def stukken(
    map: Path,  # noqa: A002
    *,
    address: str,
    region: str,
    organisation: str,
    key_file: Path | None,
    kinds: tuple[str, ...],
    name: str,
    overwrite: bool,
) -> None:
    """Laat een werkruimte stukken maken van een run, en schrijf ze in MAP.

    Een bestand met 'vertrouwelijk' in de naam is alleen voor de eigen gemeente.
    """
    from marke.cli.elsewhere import Elsewhere, key_from
    from marke.cli.fetching import documents
    from marke.files import make_folder, refuse_existing, write_atomically

    found = documents(Elsewhere(address, key_from(key_file)), region, organisation, kinds, name)
    files = {map / file: content for file, content in found.items()}
    if not overwrite:
        refuse_existing([*files])
    make_folder(map)
    for path, content in files.items():
        write_atomically(path, content)
        click.echo(f"Geschreven: {path}")


@click.command("demo-werkruimte")
def demo() -> None:
    """Vul de werkruimte met een voorbeeld: Twente, van nulmeting tot uitkomsten, stukken en besluiten.

    De antwoorden zijn geen opgaven van gemeenten maar de schattingen van marke zelf, en dat staat erbij.
    """
    workspace_installed()
    from marke.web.config.errands import fill_example

    fill_example(click.echo)
