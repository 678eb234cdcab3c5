"""What the command line shows of a run: summary, one municipality, one coalition."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from marke.dutch import (
    KEYS_SHORT,
    MAIN_KEYS,
    VERDICTS,
    capital,
    chance_about,
    chance_short,
    day,
    decimal,
    enumerate_names,
    euro_supported,
    percent,
    supported,
    supported_band,
)
from marke.errors import InputError
from marke.findings import Amount, Findings, GroupFinding, ServiceFinding, group_finding
from marke.report.groups import seen
from marke.report.names import everyone
from marke.report.pictures import per_inhabitant
from marke.report.verdict import about, difference, ours

if TYPE_CHECKING:
    from marke.nation import Outcome
    from marke.run import Run


def simple_table(title: str, first: str, *columns: str) -> Table:
    """Make an empty table: the first column folds, the numbers stand right."""
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        header_style="bold",
        box=SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 0, 0, 1),
    )
    table.add_column(first, overflow="fold")
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def _names(findings: Findings, codes: Sequence[str]) -> str:
    if len(codes) == len(findings.municipalities):
        return f"alle {len(codes)} gemeenten"
    return enumerate_names([m.name for m in findings.municipalities if m.code in codes])


def thousands(value: float, error: float, *, sign: bool = False) -> str:
    """Format an amount in thousands, as far as its standard error supports it."""
    return decimal(supported(value, error) / 1000, sign=sign)


def _thousands(amount: Amount) -> str:
    return thousands(amount.mean, amount.error)


def _band(amount: Amount, dash: str = "–") -> str:
    """P10 and P90 in thousands, with the digits of ``euro_band``."""
    return dash.join(decimal(end / 1000) for end in supported_band(amount.p10, amount.p90))


def summary(findings: Findings) -> RenderableType:
    """Show every service in one row, and the best group of each in a sentence."""
    study = findings.study
    table = simple_table(
        f"{study.name}: {study.region}\nVerwachte kosten per jaar × € 1.000, prijspeil {study.price_year}",
        "dienst",
        "nu *",
        "alleen",
        "samen",
        "P10–P90",
        "bespaart\nmet kans",
        "minder\ndan nu",
        "€ per\ninwoner",
    )
    lines: list[RenderableType] = [table]
    for service in findings.services:
        group = everyone(service).everyone
        table.add_row(
            _broken(service.short),
            _thousands(service.today),
            _thousands(service.alone),
            _thousands(group.cost),
            _band(group.cost),
            chance_short(group.chance, group.chance_error),
            chance_short(group.cheaper, group.cheaper_error),
            decimal(per_inhabitant(group), 2),
        )
    for service in findings.services:
        verdict = service.verdict
        form = next(v.short for v in service.variants if v.key == verdict.variant)
        own = VERDICTS[ours(findings, verdict).outcome]
        lines.append(
            Text.assemble(
                (f"{capital(service.short)}: {VERDICTS[verdict.outcome]}. ", "bold"),
                f"{capital(about(findings, verdict))}, als {form}: {difference(verdict)}; kans op een "
                f"besparing van {percent(study.materiality)} of meer: "
                f"{chance_about(verdict.material, verdict.material_error)}. {study.viewpoint}: {own}. "
                f"{seen(service.method)}\n",
            )
        )
    lines.append(
        Text(
            f"* Nu is geschat: {findings.answers_given} van {findings.answers_possible} antwoorden zijn "
            f"gegeven. Aannames: {percent(findings.assumed)} van de onzekere cijfers, en "
            f"{percent(findings.influence_assumed)} van wat de uitkomst het meest bepaalt. 'Samen' is met "
            f"alle gemeenten in de goedkoopste vorm. {decimal(study.draws)} trekkingen, peildatum "
            f"{day(study.reference_date)}.",
            style="italic",
        )
    )
    return Group(*lines)


def _broken(name: str) -> str:
    """A name over as many lines as it has words, for a narrow column."""
    return capital(name).replace(" ", "\n").replace("-", "-\n")


def municipality(findings: Findings, services: Sequence[ServiceFinding], code: str) -> RenderableType:
    """Show what one municipality has now, pays alone, and would bear together under every key."""
    name = next(m.name for m in findings.municipalities if m.code == code)
    parts: list[RenderableType] = []
    for service in services:
        group = everyone(service).everyone
        rows = [burden for burden in group.burdens if burden.code == code]
        table = simple_table(
            f"{name}, {service.short}: alle gemeenten samen\n{capital(group.label)}; euro per jaar",
            "sleutel",
            "bijdrage\n+ btw",
            "eigen\nkosten",
            "blijft\nvan nu",
            "lasten\nsamen",
            "meer\ndan nu",
            "meer dan\nalleen**",
            "een-\nmalig",
        )
        error = group.cost.error
        for row in rows:
            amounts = (row.contribution + row.vat, row.own, row.unreleased, row.net)
            more = (row.net - row.today, row.equivalent - row.alone)
            table.add_row(
                KEYS_SHORT[row.key],
                *(decimal(supported(each, error)) for each in amounts),
                *(decimal(supported(each, error), sign=True) for each in more),
                decimal(supported(row.one_off, error)),
            )
        today, alone = (euro_supported(each, error) for each in (rows[0].today, rows[0].alone))
        said = f"Nu (geschat) {today}, alleen {alone}."
        if code == findings.study.viewpoint_code:
            ours = service.viewpoint_best
            said += (
                f" De groep waarin {name} het goedkoopst uit is (Shapley): {_names(findings, ours.codes)}, "
                f"{ours.label}; de kans dat die groep bespaart is "
                f"{chance_about(ours.chance, ours.chance_error)}."
            )
        parts += [table, Text(said + "\n")]
    note = "** Kosten per jaar met de eenmalige kosten over de looptijd verdeeld, zonder wat van nu blijft."
    return Group(*parts, Text(note, "italic"))


def coalition(run: "Run", service: str, text: str, form: str | None) -> RenderableType:
    """Work out any group exactly, in every form (or one), over all draws.

    Raises InputError for an unknown municipality or form, a group of one, or part of a bloc.
    """
    explored = run.explored(service)
    members = run.players(explored.case, text)
    if len(members) < 2:
        raise InputError(
            f"Voor {explored.case.service.label} is dit één speler: {explored.case.names[members[0]]}.",
            mend="Noem ten minste twee gemeenten die niet al één blok zijn.",
        )
    if form is not None and form not in explored.case.variants:
        raise InputError(f"Onbekende vorm '{form}'.", mend=f"Kies uit {', '.join(explored.case.variants)}.")
    names = enumerate_names([explored.case.names[i] for i in members])
    table = simple_table(
        f"{capital(explored.case.service.short)}: {names}\nVerwachte kosten per jaar × € 1.000",
        "vorm",
        "alleen",
        "samen",
        "P10 – P90",
        "besparing",
        "kans",
        "eenmalig",
        "team\n(fte)",
    )
    found = [
        group_finding(explored, run.question.study, variant, members)
        for variant in explored.case.variants
        if form in (None, variant)
    ]
    for group in found:
        table.add_row(
            group.variant,
            _thousands(group.alone),
            _thousands(group.cost),
            _band(group.cost, " – "),
            thousands(group.saving.mean, group.saving.error, sign=True),
            chance_short(group.chance, group.chance_error),
            _thousands(group.one_off),
            decimal(group.team.mean, 1),
        )
    labels = Text("\n".join(f"{group.variant}: {group.label}" for group in found) + "\n")
    cheapest = min(found, key=lambda group: group.cost.mean)
    return Group(table, labels, _burdens(cheapest), Text(""))


def _burdens(group: GroupFinding) -> Table:
    title = f"Wie draagt wat ({group.variant}), euro per jaar met de eenmalige kosten verdeeld"
    told = {burden.key for burden in group.burdens}
    keys = [key for key in MAIN_KEYS if key in told]
    heads = (KEYS_SHORT[key].replace(" ", "\n", 1) for key in keys)
    table = simple_table(title, "gemeente", "alleen", *heads)
    rows = {row.code: row for row in group.burdens}
    for code, row in rows.items():
        each = {b.key: b.equivalent for b in group.burdens if b.code == code}
        costs = (row.alone, *(each[key] for key in keys))
        table.add_row(row.name, *(decimal(supported(cost, group.cost.error)) for cost in costs))
    return table


def overview(outcomes: Sequence["Outcome"]) -> RenderableType:
    """Show every region in one row with its verdicts, and tell which could not be computed."""
    ordered = sorted(outcomes, key=lambda outcome: outcome.region)
    good = [outcome for outcome in ordered if not outcome.error]
    services = list(dict.fromkeys(verdict.service for each in good for verdict in each.verdicts))
    table = simple_table("Alle veiligheidsregio's", "regio", "gemeenten", *services, "seconden")
    for column in table.columns[2:-1]:
        column.justify, column.no_wrap = "left", False  # a verdict is words
    for outcome in good:
        words = {v.service: v.answer for v in outcome.verdicts}
        seconds = "" if outcome.seconds is None else decimal(outcome.seconds, 1)
        cells = [words.get(service, "") for service in services]
        table.add_row(outcome.region, str(outcome.municipalities), *cells, seconds)
    failed = [Text(f"{each.region}: {each.error}", style="bold") for each in ordered if each.error]
    return Group(table, *failed)
