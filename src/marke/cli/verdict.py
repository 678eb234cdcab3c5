"""What the command line shows of a verdict."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from marke.dutch import capital
from marke.findings import Findings, ServiceFinding
from marke.report.verdict import lines


def explained(findings: Findings, service: ServiceFinding) -> RenderableType:
    """Show the verdict on one service in about ten lines."""
    table = Table.grid(padding=(0, 2), pad_edge=False)
    table.add_column(style="bold", max_width=26)
    table.add_column()
    for line in lines(findings, service):
        table.add_row(line.label, capital(line.told))
    return Group(Text(f"{capital(service.short)}: het oordeel", "bold"), table)
