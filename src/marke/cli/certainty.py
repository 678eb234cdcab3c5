"""How sure the outcome of one service is, on the terminal."""

from rich.console import Group, RenderableType
from rich.text import Text

from marke.cli.tables import simple_table, thousands
from marke.dutch import capital, chance_of, per, quantity
from marke.findings import Findings, ServiceFinding
from marke.report.certainty import about, sentences, turning
from marke.report.names import who

ROWS = 6


def certainty(findings: Findings, service: ServiceFinding) -> RenderableType:
    """Show what one service's answer hangs on, where it turns, and how it does under stress."""
    found = about(service)
    said = [Text(f"{sentence}\n") for sentence in sentences(found, findings.study.draws)]
    swings = simple_table(
        "Besparing × € 1.000 als één cijfer van laag naar hoog gaat",
        "cijfer",
        "laag",
        "hoog",
        "bij\nlaag",
        "bij\nhoog",
    )
    error = found.saving.error
    base = thousands(found.base, error, sign=True)
    swings.add_row("alles op de waarschijnlijkste waarde", "", "", base, base)
    for row in found.swings[:ROWS]:
        ends = (quantity(end, row.unit) for end in (row.low, row.high))
        savings = (thousands(each, error, sign=True) for each in (row.at_low, row.at_high))
        swings.add_row(f"{row.label}{per(row.unit)}", *ends, *savings)
    turns = simple_table(
        "Omslagpunten: waar wordt de verwachte besparing nul?",
        "cijfer: omslagpunt",
        "kans aan de\ngoede kant",
    )
    for turn in found.break_even[:ROWS]:
        odds = "n.v.t." if turn.value is None else chance_of(turn.chance, findings.study.draws)
        turns.add_row(f"{turn.label}: {turning(turn, error)}", odds)
    title = f"{capital(service.short)}: {who(findings, found.codes)}, {found.label}\n"
    return Group(Text(title, "bold"), *said, swings, *([turns] if found.break_even else []))
