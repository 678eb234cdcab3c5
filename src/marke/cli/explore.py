"""marke verken: compute a study and end with a readable summary."""

from pathlib import Path

import click


@click.command(short_help="Reken alle groepen van een regio door.")
@click.argument("studie", default="twente-actueel")
@click.option("--regio", help="Reken een andere regio door, bijvoorbeeld 'Zeeland' of 'corop:CR12'.")
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
@click.option(
    "--runs",
    "--uit",
    "runs",
    type=click.Path(path_type=Path),
    default=Path("runs"),
    show_default=True,
    help="Map waarin de run komt.",
)
def verken(
    studie: str,
    regio: str | None,
    trekkingen: int | None,
    viewer: str | None,
    toevalsgetal: int | None,
    runs: Path,
) -> None:
    """Reken alle groepen van gemeenten door, voor iedere dienst en vorm van STUDIE.

    STUDIE is een .toml-bestand, of een studie die wordt meegeleverd (twente-actueel, twente-motiekalender).
    Zonder --als tellen alleen antwoorden die zijn vrijgegeven: die run mag u delen.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from marke.cli.tables import summary
    from marke.dutch import for_whom
    from marke.question import find_study, read_question, shipped_inputs
    from marke.report import build_report
    from marke.run import REPORT, explore_question

    replaced = {"trekkingen": trekkingen, "toevalsgetal": toevalsgetal}
    overrides = {key: value for key, value in replaced.items() if value is not None}
    question = read_question(shipped_inputs(find_study(studie), regio, overrides, viewer))
    services = question.catalogue.services
    console = Console()
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        prepare = bar.add_task("rekenkern klaarzetten (de eerste keer enkele seconden)", total=None)
        tasks = {
            key: bar.add_task(services[key].label, total=None) for key in question.study.settings.services
        }

        def advance(service: str, done: int, total: int) -> None:
            bar.update(prepare, visible=False)
            bar.update(tasks[service], completed=done, total=total)
            if done == total and service == next(reversed(tasks)):
                bar.update(prepare, description="uitkomsten en verslag schrijven", visible=True)

        run = explore_question(
            question, runs, lambda findings, name: build_report(findings, run_name=name), advance
        )
    click.echo(for_whom(run.findings.study.viewer))
    console.print(summary(run.findings))
    click.echo(f"\nRun:     {run.folder}\nVerslag: {(run.folder / REPORT).resolve()}")
    click.echo(f'Verder:  marke toon --gemeente "{run.findings.study.viewpoint}"  |  marke herleid')
