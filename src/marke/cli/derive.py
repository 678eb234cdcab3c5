"""marke herleid: from a reported number back to what it was made of, to work, figures and sources."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from marke.cli.show import RUNS
from marke.errors import InputError

if TYPE_CHECKING:
    from marke.catalogue import Catalogue
    from marke.engine.step import Step
    from marke.findings.follow import Followed
    from marke.findings.statements import Statement
    from marke.run import Run


@click.command(short_help="Herleid een getal tot zijn bronnen.")
@click.argument("woorden", nargs=-1, metavar="[RUN] [FEIT]")
@RUNS
def herleid(woorden: tuple[str, ...], runs: Path) -> None:
    """Herleid FEIT regel voor regel tot werkpakketten, cijfers en bronnen.

    Een feit heet zoals zijn plaats in findings.json, bijvoorbeeld soc.alone, soc.verdict.material of
    privacy_officer.players.GM1735.today. Een deel van een naam, zoals soc of soc.verdict, toont wat daarin
    staat. Zonder RUN geldt de laatste.
    """
    from marke.dutch import for_whom
    from marke.run import open_run

    if len(woorden) > 2:
        raise InputError("Geef ten hoogste een run en een feit.", mend="Zie 'marke herleid --help'.")
    names = [word for word in woorden if (runs / word).is_dir() or Path(word).is_dir()]
    wanted = [word for word in woorden if word not in names]
    if len(wanted) > 1:
        raise InputError(f"Er is geen run '{wanted[0]}'.", where=str(runs), mend="Noem de map van een run.")
    run = open_run(runs, names[0] if names else None)
    click.echo(for_whom(run.findings.study.viewer))
    for line in _told(run, wanted[0] if wanted else ""):
        click.echo(line)


def _told(run: "Run", wanted: str) -> Iterator[str]:
    from functools import cache

    from marke.dutch import decimal
    from marke.findings.follow import follow
    from marke.findings.statements import beginning, statement_of

    inside = list(_inside(beginning(run.findings, wanted), wanted))
    if inside:
        yield from inside
        return
    study = run.question.study
    found = follow(statement_of(run.findings, wanted), cache(run.explored), study)
    yield f"{wanted}  (run {run.folder.name})"
    yield (
        f"Over {decimal(study.settings.draws)} trekkingen met toevalsgetal {study.settings.seed}. "
        "Ieder getal is een gemiddelde; een product van gemiddelden kan afwijken.\n"
    )
    yield from derivation(found, run.question.catalogue)


def _inside(known: "Iterable[Statement]", wanted: str) -> Iterator[str]:
    """The statements that a part makes itself, with their values, then the parts in it with their size."""
    from marke.report.traced import value_of

    parts: dict[str, int] = {}
    for each in known:
        holders = [name for name, _ in each.around]
        if wanted not in holders:
            continue
        place = holders.index(wanted)
        if place == len(holders) - 1:
            yield f"{each.address}: {value_of(each)}"
        else:
            parts[holders[place + 1]] = parts.get(holders[place + 1], 0) + 1
    yield from (f"{name}  ({count} feiten)" for name, count in parts.items())


def derivation(
    found: "Followed", catalogue: "Catalogue", depth: int = 0, told: set[str] | None = None
) -> Iterator[str]:
    """Tell what a statement was made of, line by line: value, formula, then statements, lines and figures.

    What was told before (``told`` remembers) is told by its name only.
    """
    from marke.report.traced import value_of

    told = set() if told is None else told
    each, indent = found.statement, "  " * depth
    if each.address in told:
        yield f"{indent}{each.address} (zie boven)"
        return
    told.add(each.address)
    yield f"{indent}{each.address}: {value_of(each)}   = {each.rule.formula}"
    for part in found.parts:
        yield from derivation(part, catalogue, depth + 1, told)
    for step in found.steps:
        yield from _lines(step, catalogue, depth + 1, told)
    yield from _figures(found.figures, catalogue, indent, told)


def _lines(step: "Step", catalogue: "Catalogue", depth: int, told: set[str]) -> Iterator[str]:
    from marke.dutch import number

    indent = "  " * depth
    formula = f"   = {step.formula}" if step.formula and step.formula != "bedrag" else ""
    yield f"{indent}{step.label}: {number(step.mean)} {step.unit}{formula}"
    for part in step.parts:
        yield from _lines(part, catalogue, depth + 1, told)
    yield from _figures(step.figures, catalogue, indent, told)


def _figures(figures: tuple[str, ...], catalogue: "Catalogue", indent: str, told: set[str]) -> Iterator[str]:
    for key in figures:
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
