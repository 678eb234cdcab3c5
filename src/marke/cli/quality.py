"""What the command line shows of quality: one table and a few sentences a service."""

from rich.console import Group, RenderableType
from rich.text import Text

from marke.cli.tables import simple_table
from marke.dutch import capital, percent
from marke.findings import Findings, ServiceFinding
from marke.report.names import everyone
from marke.report.quality import view


def quality(findings: Findings, service: ServiceFinding) -> RenderableType:
    """Show what becomes better or worse for one service, with all together in the cheapest form."""
    found = view(service, findings.study.draws)
    form = everyone(service).short
    title = f"{capital(service.short)}: wat er beter of slechter wordt ({form}, alle gemeenten samen)"
    table = simple_table(title, "wat", "alleen", "samen", "oordeel", "kans")
    for row in found.rows:
        table.add_row(row.label, row.alone, row.together, row.outcome, row.chance)
    note = (
        f"Een oordeel geldt als het in {percent(service.quality.chance)} van de doorrekeningen klopt; "
        f"wachten is gerekend bij een bezetting van {percent(service.quality.utilisation)}.\n"
    )
    return Group(table, Text("\n".join(found.sentences)), Text(note, "italic"))
