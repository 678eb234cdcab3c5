"""The command line: thin commands in Dutch over the functions of the packages beside it."""

import sys
from importlib import import_module

import click

from marke import __version__
from marke.cli.dutch import speak_dutch
from marke.errors import InputError

COMMANDS = {
    "verken": ("explore", "Reken alle groepen van een regio door en schrijf de uitkomst."),
    "toon": ("show", "Toon een run: samenvatting, één gemeente of één groep."),
    "herleid": ("derive", "Herleid een getal tot werk, cijfers en bronnen."),
    "grootboek": ("ledger", "Toon de lasten van een gemeente per jaar, naast haar begroting."),
    "kalender": ("calendar", "Toon de momenten waarop instappen het minst kost."),
    "stukken": ("stukken", "Maak brieven, voorstellen en begrotingstabellen voor college en raad."),
    "regio": ("regio", "Zoek gemeenten en regio's, en ververs de CBS-gegevens."),
    "intake": ("intake", "Maak werkmappen voor de nulmeting, lees ze in en volg ze."),
    "studie": ("studie", "Maak of controleer een studie."),
    "serve": ("serve", "Start de werkruimte: pagina's waarin gemeenten samenwerken."),
    "werkruimte": ("werkruimte", "Bewaar of herstel de werkruimte."),
    "demo-werkruimte": ("werkruimte", "Vul de werkruimte met een voorbeeld: Twente."),
    "logboek": ("logboek", "Controleer een besluitenlogboek uit de werkruimte."),
    "catalogus": ("catalogus", "Toon diensten, cijfers, regels en bronnen."),
}
"""Per command its module and short help; a module is imported only when its command runs."""


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"marke.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name.partition("-")[0])
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Opdrachten"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="marke", help="Toon de versie en stop.")
def marke() -> None:
    """Verken welke ICT-, beveiligings- en privacytaken gemeenten samen kunnen doen.

    Begin met 'marke verken twente-actueel'. Iedere opdracht heeft een eigen --help.
    """


def main() -> None:
    """Run the command line; bad input ends with one sentence and status 2, an interruption with 130."""
    speak_dutch()
    try:
        status = marke.main(prog_name="marke", standalone_mode=False)
    except InputError as error:
        click.echo(f"Fout: {error}", err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Afgebroken; er is niets half geschreven.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)
