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
@click.option("--kwaliteit", is_flag=True, help="Toon wat er beter of slechter wordt.")
@click.option("--vorm", help="Alleen deze vorm (bij --coalitie).")
@click.option("--haalbaarheid", is_flag=True, help="Toon voorwaarden, stappen en wat het zwaarst weegt.")
@RUNS
def toon(
    run: str | None,
    gemeente: str | None,
    coalitie: str | None,
    dienst: str | None,
    vorm: str | None,
    kwaliteit: bool,  # noqa: FBT001  # click passes it by name
    runs: Path,
    *,
    haalbaarheid: bool,
) -> None:
    """Toon RUN (zonder naam: de laatste): de samenvatting, één gemeente, één groep, of of het kan."""
    from rich.console import Console

    from marke.cli import tables
    from marke.dutch import for_whom
    from marke.run import open_run

    opened = open_run(runs, run)
    click.echo(for_whom(opened.findings.study.viewer))
    console = Console()
    if dienst:
        opened.check_service(dienst)
    chosen = [s for s in opened.findings.services if dienst in (None, s.key)]
    if haalbaarheid:
        from marke.cli.feasible import feasibility

        for service in chosen:
            console.print(feasibility(service), highlight=False)
    elif coalitie is not None:
        for service in chosen:
            console.print(tables.coalition(opened, service.key, coalitie, vorm))
    elif kwaliteit:
        from marke.cli.quality import quality

        for service in chosen:
            console.print(quality(service))
    elif gemeente is not None:
        municipality = opened.municipality(gemeente)
        console.print(tables.municipality(opened.findings, chosen, municipality.code))
    else:
        console.print(tables.summary(opened.findings))
