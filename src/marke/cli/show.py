"""marke toon: a run as a whole, seen from one municipality, or one coalition at once."""

from pathlib import Path

import click

RUNS = click.option(
    "--runs",
    type=click.Path(path_type=Path),
    default=Path("runs"),
    show_default=True,
    help="Map met de runs.",
)


@click.command(short_help="Toon een run.")
@click.argument("run", required=False)
@click.option("--gemeente", help="Toon wat één gemeente zou dragen.")
@click.option("--coalitie", help="Reken één groep precies door: namen met komma's ertussen, of 'alle'.")
@click.option("--dienst", help="Alleen deze dienst.")
@click.option("--onzekerheid", is_flag=True, help="Toon hoe zeker de uitkomst is, en waar die van afhangt.")
@click.option("--vorm", help="Alleen deze vorm (bij --coalitie).")
@RUNS
def toon(
    run: str | None,
    gemeente: str | None,
    coalitie: str | None,
    dienst: str | None,
    vorm: str | None,
    onzekerheid: bool,  # noqa: FBT001  # click passes it by name
    runs: Path,
) -> None:
    """Toon RUN (zonder naam: de laatste): de samenvatting, één gemeente, of één groep."""
    from rich.console import Console

    from marke.cli import tables
    from marke.run import open_run

    opened = open_run(runs, run)
    console = Console()
    if dienst:
        opened.check_service(dienst)
    chosen = [s for s in opened.findings.services if dienst in (None, s.key)]
    if coalitie is not None:
        for service in chosen:
            console.print(tables.coalition(opened, service.key, coalitie, vorm))
    elif gemeente is not None:
        municipality = opened.municipality(gemeente)
        console.print(tables.municipality(opened.findings, chosen, municipality.code))
    elif onzekerheid:
        from marke.cli.certainty import certainty

        for service in chosen:
            console.print(certainty(opened.findings, service))
    else:
        console.print(tables.summary(opened.findings))
