"""marke herleid: from a reported number back to work packages, figures and sources."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from marke.cli.show import RUNS
from marke.errors import InputError

if TYPE_CHECKING:
    from marke.catalogue import Catalogue
    from marke.engine.step import Step
    from marke.run import Run


@click.command(short_help="Herleid een getal tot zijn bronnen.")
@click.argument("woorden", nargs=-1, metavar="[RUN] [FEIT]")
@RUNS
def herleid(woorden: tuple[str, ...], runs: Path) -> None:
    """Herleid FEIT regel voor regel tot werkpakketten, cijfers en bronnen.

    Een feit heet bijvoorbeeld soc.alleen, soc.joint_tender.samen of privacy_officer.GM1735.nu. Zonder FEIT
    komt de lijst van alle feiten. Zonder RUN geldt de laatste.
    """
    from marke.dutch import for_whom
    from marke.findings.derive import derive
    from marke.run import open_run

    if len(woorden) > 2:
        raise InputError("Geef ten hoogste een run en een feit.", mend="Zie 'marke herleid --help'.")
    names = [word for word in woorden if "." not in word or Path(word).exists()]
    wanted = [word for word in woorden if word not in names]
    run = open_run(runs, names[0] if names else None)
    click.echo(for_whom(run.findings.study.viewer))
    if not wanted:
        for line in _all_facts(run):
            click.echo(line)
        return
    step = derive(run.explored(wanted[0].split(".")[0]), run.question.study, wanted[0])
    click.echo(f"{wanted[0]}  (run {run.folder.name})")
    click.echo(
        "Ieder getal is een gemiddelde over de trekkingen; een product van gemiddelden kan afwijken.\n"
    )
    for line in derivation(step, run.question.catalogue):
        click.echo(line)


def _all_facts(run: "Run") -> Iterator[str]:
    from marke.findings.derive import facts

    for service in run.question.study.settings.services:
        for fact, _ in facts(run.explored(service), run.question.study):
            yield fact


def derivation(
    step: "Step", catalogue: "Catalogue", depth: int = 0, told: set[str] | None = None
) -> Iterator[str]:
    """Tell a derivation line by line: value, formula, then its parts and the figures it rests on.

    A figure is told in full where it first occurs (``told`` remembers), after that by its id.
    """
    from marke.dutch import number

    told = set() if told is None else told
    indent = "  " * depth
    formula = f"   = {step.formula}" if step.formula and step.formula != "bedrag" else ""
    yield f"{indent}{step.label}: {number(step.mean)} {step.unit}{formula}"
    for part in step.parts:
        yield from derivation(part, catalogue, depth + 1, told)
    for key in step.figures:
        yield f"{indent}  · {key + ' (zie boven)' if key in told else _figure_line(key, catalogue)}"
        told.add(key)


def _figure_line(key: str, catalogue: "Catalogue") -> str:
    from marke.dutch import STATUS, number

    figure = catalogue.figures[key]
    if figure.fixed:
        band = f"{number(figure.mode)}"
    else:
        band = f"{number(figure.low)} / {number(figure.mode)} / {number(figure.high)}"
    source = catalogue.sources[figure.source]
    note = f" {figure.note}" if figure.note else ""
    return (
        f"{key}: {figure.label}, {band} {figure.unit} "
        f"[{STATUS[figure.status]}, {figure.year}: {source.title}]{note}"
    )
