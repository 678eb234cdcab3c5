"""Whether a group stays together: in words, and without naming who would leave."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marke.dutch import KEYS, KEYS_SHORT, capital, chance_of, enumerate_names, euro_about, percent
from marke.findings.model import Findings, GroupFinding, KeyFinding, VariantFinding
from marke.findings.standing import MovesFinding


@dataclass(frozen=True)
class Stability:
    """Whether some group would be better off apart under one key, and in which share of draws."""

    label: str
    expected: bool
    often: str


def stability(findings: Findings, group: GroupFinding, key: KeyFinding) -> Stability:
    """Tell how one key fares for all together."""
    limit = findings.study.stability * group.cost.mean
    return Stability(
        label=KEYS[key.key],
        expected=key.gain > limit,
        often="niet berekend" if key.blocked is None else chance_of(key.blocked, findings.study.draws),
    )


def key_notes(keys: Sequence[KeyFinding]) -> Iterator[str]:
    """Say which keys do not exist here, and which follow the inhabitants for want of answers."""
    missing = [KEYS_SHORT[key.key] for key in keys if not key.defined]
    if missing:
        verb = "geeft" if len(missing) == 1 else "geven"
        yield f"{capital(enumerate_names(missing))} {verb} hier geen verdeling: samen is daarvoor te duur."
    same = [KEYS_SHORT[key.key] for key in keys if key.follows_inhabitants]
    if same:
        yield (
            f"Bij {enumerate_names(same)} is het gebruik geschat uit de inwoners, zolang geen gemeente het "
            "zelf opgeeft."
        )


def core(findings: Findings, variant: VariantFinding) -> str:
    """Say whether any division exists that no group would leave, and how often over the draws."""
    found = variant.core
    if found is None:
        return (
            "Niet alle groepen zijn bekeken. Of er een verdeling is waarbij niemand apart beter af is, is "
            "niet bekend; hieronder staat alleen wat in de steekproef is gezien."
        )
    if found.stable:
        told = "Er is een verdeling te vinden waarbij naar verwachting geen enkele groep apart beter af is."
    else:
        told = (
            "Er is geen verdeling waarbij niemand apart beter af is. Hoe de kosten ook worden verdeeld: een "
            f"van de groepen is apart ten minste {euro_about(found.epsilon)} per jaar goedkoper uit."
        )
    if found.unstable is None:
        return told
    often = chance_of(found.unstable, found.sample)
    return (
        f"{told} Van {found.sample} doorrekeningen is er in {often} geen verdeling waar "
        f"iedereen bij wil blijven (grens: {percent(findings.study.stability)} van het totaal)."
    )


def moves(found: MovesFinding) -> Iterator[str]:
    """Say what leaving does to those who stay; who it is about is not for a public page."""
    for leave, rows in (
        ("Stapt één deelnemer uit", found.leaving),
        ("Stappen er twee uit", found.two_leaving),
    ):
        if not rows:
            continue
        worst, most = max(row.others for row in rows), max(row.most for row in rows)
        if worst <= 0:
            yield f"{leave}, dan zijn de anderen samen niet duurder uit."
        else:
            yield (
                f"{leave}, dan betalen de anderen samen ten hoogste {euro_about(worst)} per jaar meer; de "
                f"zwaarst getroffen deelnemer ten hoogste {euro_about(max(most, 0))}."
            )
