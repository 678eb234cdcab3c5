"""marke verken: compute a study, of one region or of all, and end with a readable summary."""

from os import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from marke.question import Inputs

RUNS = Path("runs")
ALL_RUNS = RUNS / "alle-regios"
PREPARE = "rekenkern klaarzetten (de eerste keer enkele seconden)"


@click.command(short_help="Reken alle groepen van een regio door.")
@click.argument("studie", default="twente-actueel")
@click.option("--regio", help="Reken een andere regio door, bijvoorbeeld 'Zeeland' of 'corop:CR12'.")
@click.option(
    "--alle-regios",
    "everywhere",
    is_flag=True,
    help="Reken alle veiligheidsregio's door. Wat klaar is wordt overgeslagen: na een onderbreking gaat "
    "dezelfde opdracht verder.",
)
@click.option("--opnieuw", "again", is_flag=True, help="Reken bij --alle-regios ook door wat al klaar is.")
@click.option(
    "--trekkingen", type=click.IntRange(min=16), help="Aantal trekkingen in plaats van dat van de studie."
)
@click.option(
    "--als",
    "viewer",
    metavar="GEMEENTE",
    help="Gebruik de eigen antwoorden van deze gemeente; de run is dan alleen voor haar.",
)
@click.option("--toevalsgetal", type=click.IntRange(min=0), help="Ander toevalsgetal dan dat van de studie.")
@click.option("--processors", type=click.IntRange(min=1), help="Gebruik zoveel processors (anders: alle).")
@click.option(
    "--cluster",
    metavar="ADRES",
    help="Reken op een Dask-cluster, bijvoorbeeld tcp://rekenserver:8786. De uitkomst is dezelfde.",
)
@click.option(
    "--runs",
    "--uit",
    "runs",
    type=click.Path(path_type=Path),
    help="Map waarin de runs komen.  [standaard: runs, en runs/alle-regios bij --alle-regios]",
)
def verken(
    studie: str,
    regio: str | None,
    trekkingen: int | None,
    viewer: str | None,
    toevalsgetal: int | None,
    processors: int | None,
    cluster: str | None,
    runs: Path | None,
    *,
    everywhere: bool,
    again: bool,
) -> int:
    """Reken alle groepen van gemeenten door, voor iedere dienst en vorm van STUDIE.

    STUDIE is een .toml-bestand, of een studie die wordt meegeleverd (twente-actueel, twente-motiekalender).
    Zonder --als tellen alleen antwoorden die zijn vrijgegeven: die run mag u delen.
    """
    from marke.errors import InputError
    from marke.question import find_study, shipped_inputs

    replaced = {"trekkingen": trekkingen, "toevalsgetal": toevalsgetal}
    overrides = {key: value for key, value in replaced.items() if value is not None}
    inputs = shipped_inputs(find_study(studie), regio, overrides, viewer)
    count = processors or cpu_count() or 1
    if not everywhere:
        if again:
            raise InputError("--opnieuw hoort bij --alle-regios; één regio wordt altijd doorgerekend.")
        return _one(inputs, runs or RUNS, count, cluster)
    if viewer:
        raise InputError("--als en --alle-regios kunnen niet samen.", mend="Kies een van de twee.")
    if regio:
        raise InputError("--regio en --alle-regios kunnen niet samen.", mend="Kies een van de twee.")
    return _all(inputs, runs or ALL_RUNS, count, cluster, again=again)


def _bars() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    return Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True)


def _one(inputs: "Inputs", runs: Path, processors: int, address: str | None) -> int:
    from rich.console import Console

    from marke.cli.tables import summary
    from marke.dutch import for_whom
    from marke.exploration import explore_and_report
    from marke.question import read_question
    from marke.run import REPORT

    question = read_question(inputs)
    services = question.catalogue.services
    with _bars() as bar:
        prepare = bar.add_task(PREPARE, total=None)
        tasks = {
            key: bar.add_task(services[key].label, total=None) for key in question.study.settings.services
        }

        def advance(service: str, done: int, total: int) -> None:
            bar.update(prepare, visible=False)
            bar.update(tasks[service], completed=done, total=total)
            if done == total and service == next(reversed(tasks)):
                bar.update(prepare, description="uitkomsten en verslag schrijven", visible=True)

        run = explore_and_report(question, runs, advance, processors, address)
    click.echo(for_whom(run.findings.study.viewer))
    Console().print(summary(run.findings))
    click.echo(f"\nRun:     {run.folder}\nVerslag: {(run.folder / REPORT).resolve()}")
    click.echo(f'Verder:  marke toon --gemeente "{run.findings.study.viewpoint}"  |  marke herleid')
    return 0


def _all(inputs: "Inputs", runs: Path, processors: int, address: str | None, *, again: bool) -> int:
    """Explore all safety regions; status 1 when one or more could not be computed."""
    from rich.console import Console

    from marke.cli.tables import overview
    from marke.engine.compilation import compile_ahead
    from marke.nation import Outcome, Plan, explore_regions, write_overview
    from marke.question import read_question
    from marke.report import build_report

    question = read_question(inputs)
    services = list(question.study.settings.services)
    plan = Plan(runs, build_report, processors, address, again)
    outcomes: list[Outcome] = []
    with _bars() as bar:
        prepare = bar.add_task(PREPARE, total=None)
        compile_ahead()
        bar.remove_task(prepare)
        whole = bar.add_task("regio's", total=len(question.country.regions("veiligheidsregio")))
        tasks: dict[str, Any] = {}

        def advance(region: str, service: str, done: int, total: int) -> None:
            if region not in tasks:
                tasks[region] = bar.add_task(region, total=total * len(services))
            bar.update(tasks[region], completed=services.index(service) * total + done)

        for outcome in explore_regions(inputs, plan, advance):
            outcomes.append(outcome)
            bar.advance(whole)
            if outcome.region in tasks:
                bar.remove_task(tasks[outcome.region])
    Console().print(overview(outcomes))
    click.echo(f"Overzicht: {write_overview(outcomes, runs).resolve()}")
    click.echo(f"Verder:    marke toon --runs {runs} MAP")
    return 1 if any(outcome.error for outcome in outcomes) else 0
