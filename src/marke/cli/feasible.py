"""What the command line shows of whether it can be done and what weighs most."""

from rich.console import Group, RenderableType
from rich.text import Text

from marke.dutch import GATES, capital, enumerate_names, euro_about, month
from marke.findings import ServiceFinding
from marke.report.feasible import gate_groups, sentence


def feasibility(service: ServiceFinding) -> RenderableType:
    """Show gates by outcome with what settles them, the steps, and which weights favour what."""
    lines: list[RenderableType] = [Text(f"{capital(service.short)}: kan het?", "bold")]
    for part in gate_groups(service.variants):
        lines.append(Text(f"\n{capital(GATES[part.outcome])}", "bold"))
        for row in part.rows:
            todo = "" if part.outcome == "ok" else f" Te doen: {row.resolve}"
            lines.append(Text(f"- {capital(row.label)} ({enumerate_names(row.forms)}): {row.reason}{todo}"))
            lines += [Text(f"    {ground}", "dim") for ground in row.grounds]
    lines.append(Text("\nStappen, waarschijnlijk klaar in", "bold"))
    for variant in service.variants:
        steps = "; ".join(f"{step.label} {month(step.likely)}" for step in variant.steps)
        lines.append(Text(f"- {capital(variant.short)}: {steps}."))
    found = service.acceptability
    lines.append(Text(f"\nWat weegt het zwaarst? ({found.weights})", "bold"))
    lines += [Text(f"- {sentence(each, found)}") for each in found.alternatives]
    lines.append(Text("\nAls de tegenvaller anders is, alle gemeenten samen", "bold"))
    for prior in service.priors:
        saving = prior.everyone.saving
        word = "bespaart" if saving.mean > 0 else "kost extra"
        used = " (hiermee is gerekend)" if prior.used else ""
        told = euro_about(abs(saving.mean), saving.error)
        lines.append(Text(f"- {capital(prior.label)}{used}: {word} {told} per jaar."))
    return Group(*lines)
