"""marke toon: a run as a whole, seen from one municipality, or one coalition at once."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import RenderableType

    from marke.findings import Findings, ServiceFinding

RUNS = click.option(
    "--runs",
    type=click.Path(path_type=Path),
    default=Path("runs"),
    show_default=True,
    help="Map met de runs.",
)


@click.command(short_help="Toon een run.")
@click.argument("run", required=False)
@click.option("--gemeente", help="Toon wat één gemeente zou dragen; met --oordeel: haar oordeel.")
@click.option("--coalitie", help="Reken één groep precies door: namen met komma's ertussen, of 'alle'.")
@click.option("--dienst", help="Alleen deze dienst, zoals SOC of FG.")
@click.option(
    "--oordeel", "aspect", flag_value="oordeel", help="Toon het oordeel, waarom, en wat het verandert."
)
@click.option("--kwaliteit", "aspect", flag_value="kwaliteit", help="Toon wat er beter of slechter wordt.")
@click.option(
    "--onzekerheid",
    "aspect",
    flag_value="onzekerheid",
    help="Toon hoe zeker de uitkomst is, en waar die van afhangt.",
)
@click.option("--vorm", help="Alleen deze vorm (bij --coalitie).")
@click.option(
    "--haalbaarheid",
    "aspect",
    flag_value="haalbaarheid",
    help="Toon voorwaarden, stappen en wat het zwaarst weegt.",
)
@RUNS
def toon(
    run: str | None,
    gemeente: str | None,
    coalitie: str | None,
    dienst: str | None,
    vorm: str | None,
    aspect: str | None,
    runs: Path,
) -> None:
    """Toon RUN (zonder naam: de laatste): de samenvatting, één gemeente, één groep, of of het kan."""
    from rich.console import Console

    from marke.cli import tables
    from marke.dutch import for_whom
    from marke.report.names import seen_from
    from marke.run import open_run

    opened = open_run(runs, run)
    click.echo(for_whom(opened.findings.study.viewer))
    console = Console()
    keys = opened.services(dienst)
    chosen = [s for s in opened.findings.services if s.key in keys]
    if aspect is not None:
        found = opened.findings
        if gemeente is not None:
            found = seen_from(found, opened.municipality(gemeente).code)
        for service in chosen:
            console.print(_aspect(aspect, found, service), highlight=False)
    elif coalitie is not None:
        for service in chosen:
            console.print(tables.coalition(opened, service.key, coalitie, vorm))
    elif gemeente is not None:
        municipality = opened.municipality(gemeente)
        console.print(tables.municipality(opened.findings, chosen, municipality.code))
    else:
        console.print(tables.summary(opened.findings))


def _aspect(name: str, findings: "Findings", service: "ServiceFinding") -> "RenderableType":
    """One side of a service besides its costs."""
    from marke.cli.certainty import certainty
    from marke.cli.feasible import feasibility
    from marke.cli.quality import quality
    from marke.cli.verdict import explained

    if name == "oordeel":
        return explained(findings, service)
    if name == "onzekerheid":
        return certainty(findings, service)
    return quality(findings, service) if name == "kwaliteit" else feasibility(service)
