"""marke grootboek: what stands in whose budget, year by year."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from marke.cli.show import RUNS
from marke.errors import InputError

if TYPE_CHECKING:
    from marke.findings.booked import LedgerFinding
    from marke.region import Municipality
    from marke.run import Run


class Choice(NamedTuple):
    """Which group, form and key a ledger is about, and what happens later; texts as the user wrote them."""

    coalition: str
    form: str | None
    key: str
    dampening: int
    leavers: str | None
    stay: int


@click.command(short_help="Toon de lasten per gemeente en jaar.")
@click.argument("run", required=False)
@click.option("--gemeente", help="De gemeente (anders: het gezichtspunt van de studie).")
@click.option("--dienst", help="Alleen deze dienst.")
@click.option("--sleutel", default="per_inhabitant", show_default=True, help="Verdeelsleutel.")
@click.option("--coalitie", default="alle", show_default=True, help="Namen met komma's ertussen, of 'alle'.")
@click.option("--vorm", help="De vorm (anders: de goedkoopste voor alle gemeenten samen).")
@click.option("--ingroei", type=click.IntRange(0, 20), default=0, help="Jaren van nu naar de sleutel.")
@click.option("--vertrek", help="Gemeenten die later uitstappen, met komma's ertussen.")
@click.option("--na", type=click.IntRange(1, 4), default=2, show_default=True, help="Jaren tot --vertrek.")
@click.option(
    "--formaat",
    type=click.Choice(["tekst", "csv", "xlsx"]),
    default="tekst",
    show_default=True,
    help="Soort uitvoer.",
)
@click.option("--uit", type=click.Path(path_type=Path), help="Bestand voor csv of xlsx.")
@RUNS
def grootboek(
    run: str | None,
    gemeente: str | None,
    dienst: str | None,
    formaat: str,
    uit: Path | None,
    runs: Path,
    **options: Any,
) -> None:
    """Toon wat één gemeente per dienst, jaar en soort draagt, naast haar meerjarenbegroting.

    Er staat geen annuïteit in en geen besparing die nog niet is bereikt. Wat een gemeente niet heeft
    opgegeven, is onbekend en nooit nul.
    """
    from marke.run import open_run

    names = {"coalitie": "coalition", "vorm": "form", "sleutel": "key", "ingroei": "dampening"}
    names |= {"vertrek": "leavers", "na": "stay"}
    choice = Choice(**{names[option]: value for option, value in options.items()})
    opened = open_run(runs, run)
    study = opened.question.study
    municipality = study.viewpoint if gemeente is None else opened.municipality(gemeente)
    findings = [read_ledger(opened, key, municipality, choice) for key in opened.services(dienst)]
    _show(findings, municipality.code, formaat, uit)


def _show(findings: Sequence["LedgerFinding"], code: str, kind: str, target: Path | None) -> None:
    if kind == "tekst":
        from rich.console import Console

        from marke.cli.ledger_tables import show_page
        from marke.report.ledger_page import ledger_page

        console = Console()
        for finding in findings:
            console.print(show_page(ledger_page(finding, code)))
        return
    from marke.files import write_atomically
    from marke.report.ledger_sheets import ledger_csv, ledger_workbook

    if target is None:
        if kind == "xlsx":
            raise InputError("Een xlsx heeft een bestand nodig.", mend="Noem het met --uit.")
        click.echo(ledger_csv(findings, code), nl=False)
        return
    write_atomically(target, ledger_csv(findings, code) if kind == "csv" else ledger_workbook(findings, code))
    click.echo(f"Geschreven: {target}")


def read_ledger(run: "Run", service: str, municipality: "Municipality", choice: Choice) -> "LedgerFinding":
    """Work out one service's ledger as chosen.

    Raises InputError for an unknown form, key or municipality, a group that is too small or one without the
    municipality.
    """
    from marke.engine.keys import keys_of
    from marke.findings.ledger import UndefinedKeyError, ledger_finding

    explored = run.explored(service)
    cheapest = next(found.everyone for found in run.findings.services if found.key == service)
    variant = choice.form or cheapest
    if variant not in explored.case.variants:
        raise InputError(
            f"Onbekende vorm '{variant}'.", mend=f"Kies uit {', '.join(explored.case.variants)}."
        )
    members = run.players(explored.case, choice.coalition)
    leavers = run.players(explored.case, choice.leavers) if choice.leavers else ()
    if len(set(members) - set(leavers)) < 2:
        raise InputError(
            f"Voor {explored.case.service.label} blijven er geen twee spelers over.",
            mend="Noem een grotere groep of minder gemeenten die uitstappen.",
        )
    if not set(leavers) <= set(members):
        raise InputError("Wie uitstapt, moet eerst meedoen.", where="--vertrek", mend="Kies uit de groep.")
    if not any(municipality in explored.case.players[i] for i in members):
        raise InputError(f"{municipality.name} zit niet in deze groep.", mend="Noem haar bij --coalitie.")
    if choice.key not in (keys := keys_of(explored.case)):
        raise InputError(f"Onbekende sleutel '{choice.key}'.", mend=f"Kies uit {', '.join(keys)}.")
    write = partial(ledger_finding, dampening=choice.dampening, leavers=leavers, stay=choice.stay)
    try:
        return write(explored, run.question.study, variant, members, choice.key)
    except UndefinedKeyError:
        raise InputError(
            f"Sleutel '{choice.key}' bestaat niet voor deze groep.", mend="Kies een andere sleutel."
        ) from None
