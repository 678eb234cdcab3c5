"""One municipality's page of a ledger, ready to be shown: rows of amounts, and sentences beside them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from marke.dutch import KEYS_SHORT, capital, decimal, enumerate_names, euro, month
from marke.findings.booked import LedgerFinding
from marke.ledger import BURDEN, MEMO, largest
from marke.ledger.book import Whole
from marke.ledger.lines import Kind
from marke.ledger.words import JUDGED_STEPS, LINE_WORDS, STEP_WORDS, UNKNOWN, favour

Role = Literal["line", "sum", "band", "effect", "beside"]
STRUCTURAL = "structureel"


@dataclass(frozen=True)
class Row:
    """A row of the table of years; an ``effect`` shows its sign and V or N."""

    words: str
    amounts: Whole
    role: Role

    def cells(self) -> tuple[str, ...]:
        """The amounts as text."""
        return tuple(_cell(amount, judged=self.role == "effect") for amount in self.amounts)


@dataclass(frozen=True)
class Step:
    """A row of the reconciliation: a level, or a difference with V or N where that means something."""

    words: str
    level: bool
    cell: str
    mark: str


@dataclass(frozen=True)
class Page:
    """Everything of one municipality and one service, in words."""

    name: str
    title: str
    form: str
    deal: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    steps: tuple[Step, ...]
    price_year: int
    notes: str
    worth: str
    leaving: str
    booking: str


def ledger_page(finding: LedgerFinding, code: str) -> Page:
    """Put one municipality of a ledger into words."""
    key = KEYS_SHORT.get(finding.key, finding.key)
    grown = f", ingroei in {finding.dampening} jaar" if finding.dampening else ""
    place = finding.book.codes.index(code)
    return Page(
        name=finding.name(code),
        title=finding.label,
        form=capital(finding.form),
        deal=f"Sleutel {key}{grown}; start {month(finding.start)}; verwachte euro's",
        heads=(*map(str, finding.book.years), STRUCTURAL),
        rows=tuple(_rows(finding, code)),
        steps=tuple(
            Step(
                words=STEP_WORDS[step],
                level=level,
                cell=UNKNOWN if amount is None else decimal(amount, sign=not level),
                mark=favour(amount) if step in JUDGED_STEPS else "",
            )
            for step, level, amount in finding.bridges[place].rows()
        ),
        price_year=finding.price_year,
        notes=notes(finding, code),
        worth=worth(finding, place),
        leaving=leaving(finding, place),
        booking=booking(finding),
    )


def _cell(amount: int | None, *, judged: bool) -> str:
    if amount is None:
        return UNKNOWN
    return f"{decimal(amount, sign=True)} {favour(amount)}".rstrip() if judged else decimal(amount)


def _rows(finding: LedgerFinding, code: str) -> Iterator[Row]:
    book = finding.book
    yield from _burden(finding, code, "structural", "lasten per jaar")
    effect = book.effect(code)
    yield Row("effect op de begroting", effect, "effect")
    if None in effect:
        yield Row("meer dan nu (schatting)", book.more_than_now(code), "effect")
    yield from _burden(finding, code, "one_off", "lasten eenmalig")
    for line in MEMO:
        yield Row(LINE_WORDS[line], book.amounts(code, "memo", line), "beside")


def _burden(finding: LedgerFinding, code: str, kind: Kind, words: str) -> Iterator[Row]:
    """The lines that say something, their sum and its band."""
    total = finding.book.burden(kind, [code])
    for line in BURDEN[kind]:
        amounts = finding.book.amounts(code, kind, line)
        missing = (a is None and b is not None for a, b in zip(amounts, total, strict=True))
        if any(amounts) or any(missing):
            yield Row(LINE_WORDS[line], amounts, "line")
    yield Row(words, total, "sum")
    band = next(band for band in finding.book.bands if (band.code, band.kind) == (code, kind))
    if any(band.high):
        yield Row("P10", band.low, "band")
        yield Row("P90", band.high, "band")


def notes(finding: LedgerFinding, code: str) -> str:
    """Say how to read the signs, what is not known and who leaves."""
    unknown = finding.book.unknown(code)
    told = "N is nadeel (meer lasten), V is voordeel. "
    if "budgeted" in unknown:
        told += "Waar uw meerjarenbegroting onbekend is, is het effect dat ook: vul haar in de nulmeting in. "
    if {"cover", "state_money"} <= {*unknown}:
        told += "Dekking is nog niet opgegeven."
    else:
        told += "Dekking en geld van het Rijk staan ernaast en zijn nergens afgetrokken."
    if finding.leavers:
        names = enumerate_names([finding.name(leaver) for leaver in finding.leavers])
        told += f" {names} {'stapt' if len(finding.leavers) == 1 else 'stappen'} uit na {finding.after}."
    return told


def worth(finding: LedgerFinding, place: int) -> str:
    """Say what the extra cost is per head, when it is earned back, and what waiting costs."""
    found, incident = finding.worths[place], finding.incident
    if found is None:
        return "Wat uw gemeente na het uitstappen zelf betaalt, staat hier niet bij."
    than = "begroot" if found.yardstick == "budgeted" else "nu (schatting)"
    household = (
        "" if found.per_household is None else f", {euro(found.per_household, decimals=2)} per huishouden"
    )
    told = (
        f"Is het dat waard? Per jaar {euro(found.extra, sign=True)} ten opzichte van {than}: "
        f"{euro(found.per_inhabitant, decimals=2)} per inwoner{household}. "
    )
    if found.break_even is not None:
        low, likely, high = (_points(p) for p in found.break_even)
        told += (
            f"Dat is terugverdiend als de kans op een groot incident daardoor per jaar {likely} lager is, "
            f"bij {euro(incident.mode)} schade ({low} bij {euro(incident.high)}, {high} bij "
            f"{euro(incident.low)}; aanname). Eén voorbeeld: {incident.example_label}, "
            f"{euro(incident.example)} ({incident.example_source}). "
        )
    word = "kost" if found.waiting > 0 else "scheelt"
    return told + (
        f"Een jaar wachten {word} {euro(abs(found.waiting))} als u het niveau intussen alleen haalt."
    )


def _points(p: float) -> str:
    if p > 1:
        return "meer dan 100 procentpunt"
    return f"{decimal(p * 100, 1 if p < 0.1 else 0)} procentpunt"


def leaving(finding: LedgerFinding, place: int) -> str:
    """Say what leaving after a year costs, by the form and by the case law, and for whom it costs most."""
    own, most = finding.exits[place], largest(finding.exits)
    return (
        f"Uitstappen na een jaar kost {euro(own.cost)}. Zo is dat gerekend: {finding.exit_rule} "
        f"Is niets geregeld, dan is in de rechtspraak {euro(own.case_law)} aanvaard. Het hoogst is het voor "
        f"{finding.name(most.code)}: {euro(most.cost)}."
    )


def booking(finding: LedgerFinding) -> str:
    """Say where the contribution is booked."""
    row = finding.booking
    if row is None:
        return "Waar de bijdrage wordt geboekt, is voor deze vorm niet bekend."
    return (
        f"Boeken: economische categorie {row.economic_category} ({row.category_label}), taakveld "
        f"{row.task_field} ({row.task_field_label}), paragraaf {row.paragraph}. {row.note}"
    )
