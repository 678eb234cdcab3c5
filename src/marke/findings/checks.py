"""The gates whose outcome is computed: from dates, the form, what is bought and what was answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from marke.baseline import MANDATE
from marke.calendar import next_months
from marke.catalogue import Gate, Rule
from marke.catalogue.rules import Outcome
from marke.dutch import capital, day, decimal, enumerate_names, euro_about, month
from marke.engine.case import Case
from marke.engine.step import Step
from marke.engine.today import today_of
from marke.engine.work import line_step
from marke.findings.planning import term_days
from marke.study import Study


@dataclass(frozen=True)
class Asked:
    """What a gate is judged by: one variant with everyone in it, its ``team`` (fte), and its start."""

    case: Case
    study: Study
    variant: str
    earliest: tuple[date, date, date]
    team: float

    @property
    def wanted(self) -> date:
        """The start that is wanted."""
        return self.study.settings.wanted_start

    @property
    def reference(self) -> date:
        """The day from which all is seen."""
        return self.study.settings.reference_date

    def known(self, gate: Gate) -> list[Rule]:
        """The rules of a gate that were known on the reference date."""
        rules = (self.case.catalogue.rules[key] for key in gate.rules)
        return [rule for rule in rules if rule.known(self.reference)]


@dataclass(frozen=True)
class Judged:
    """An outcome with its reason; ``cites`` says whether it rests on the gate's rules."""

    outcome: Outcome
    reason: str
    cites: bool = True


def _lead_time(_gate: Gate, asked: Asked) -> Judged:
    soon, likely, late = asked.earliest
    outcome: Outcome = "ok" if late <= asked.wanted else "attention" if soon <= asked.wanted else "blocked"
    span = f"Start op zijn vroegst {month(soon)}, waarschijnlijk {month(likely)}, uiterlijk {month(late)}."
    return Judged(outcome, f"{span} Gewenst: {month(asked.wanted)}.")


def _council(gate: Gate, asked: Asked) -> Judged:
    """Whether the law's term for the councils' view still fits before the wanted start."""
    form = asked.case.catalogue.forms[asked.case.service.joint[asked.variant].form]
    if not form.council_permission:
        return Judged("ok", gate.reason, cites=False)
    terms = [term_days(rule) for rule in asked.known(gate) if rule.value and rule.in_force(asked.reference)]
    if not terms:
        return Judged("attention", "De raad geeft vooraf toestemming.")
    first = asked.reference + timedelta(days=max(terms))
    told = "De raad geeft vooraf toestemming en binnen acht weken een zienswijze op het ontwerp."
    if first > asked.wanted:
        return Judged(
            "blocked",
            f"{told} Zelfs als het ontwerp vandaag klaar is, loopt die termijn tot {day(first)}; de gewenste "
            f"start is {day(asked.wanted)}.",
        )
    latest = asked.wanted - timedelta(days=max(terms))
    return Judged("attention", f"{told} Uiterlijk {day(latest)} moet het ontwerp bij alle raden liggen.")


def _vat(gate: Gate, asked: Asked) -> Judged:
    form = asked.case.catalogue.forms[asked.case.service.joint[asked.variant].form]
    return Judged("unknown", gate.reason) if form.vat_on_charge else Judged("ok", form.vat, cites=False)


def _tender(gate: Gate, asked: Asked) -> Judged | None:
    """What everyone buys over the years of the contract, against the threshold known then."""
    amount = float(sum(line.mean for line in bought(asked.case, asked.variant)))
    if amount == 0:
        return None
    limits = [rule.value for rule in asked.known(gate) if rule.value]
    if not limits:
        return Judged("unknown", "Voor deze peildatum staat er geen drempelbedrag in de regels.")
    if amount >= min(limits):
        return Judged(
            "attention",
            f"Samen wordt er voor {euro_about(amount)} per jaar ingekocht. Dat is al in één jaar boven de "
            f"Europese drempel van € {decimal(min(limits))}.",
        )
    years = min(limits) / amount
    return Judged(
        "ok",
        f"Samen wordt er voor {euro_about(amount)} per jaar ingekocht. De Europese drempel "
        f"(€ {decimal(min(limits))}) komt pas na {decimal(years, 1)} jaar in zicht.",
    )


def bought(case: Case, variant: str) -> tuple[Step, ...]:
    """What everyone together buys in a joint variant, euro a year without VAT, line by line."""
    joint = case.service.joint[variant]
    members = tuple(range(len(case.players)))
    taxed = [each for each in joint.lines if case.service.lines[each].vat]
    return tuple(line_step(case, each, members, joint.terms) for each in taxed)


def _staffing(gate: Gate, asked: Asked) -> Judged:
    codes = [m.code for player in asked.case.players for m in player]
    present = float(np.sum([today_of(asked.case, asked.study, code)[0].values.mean() for code in codes]))
    counted = f"Het team telt ongeveer {decimal(asked.team, 1)} fte; de gemeenten hebben er nu naar schatting"
    if asked.team <= present:
        return Judged("ok", f"{counted} {decimal(present, 1)}. {gate.reason}")
    more = decimal(asked.team - present, 1)
    return Judged("attention", f"{counted} {decimal(present, 1)}. Er moeten {more} fte bij komen.")


def _contracts(gate: Gate, asked: Asked) -> Judged:
    counts, (start,) = asked.study.counts, next_months(asked.wanted, 1)
    told, running = (counts.of(asked.case.key, "contract_end", month) for month in (None, start))
    return judge_contracts(gate.reason, told, running)


def judge_contracts(unknown: str, told: int | None, running: int | None) -> Judged:
    """Judge by how many municipalities told a contract's end, and whose contracts still run on the start.

    Both are None below five: then it is not known, or fewer than five still run.
    """
    if told is None:
        return Judged("unknown", unknown)
    late = (
        "bij minder dan vijf daarvan loopt hij misschien" if running is None else f"bij {running} loopt hij"
    )
    return Judged(
        "attention",
        f"Van {told} gemeenten is bekend wanneer een contract eindigt; {late} op de gewenste start nog.",
    )


def _mandate(gate: Gate, asked: Asked) -> Judged:
    study, key = asked.study, asked.case.key
    own = study.baseline.yes(study.viewer.code, f"{key}.{MANDATE}") if study.viewer else None
    given, count = study.counts.of(key, MANDATE), len(study.region.municipalities)
    return judge_mandates(gate.reason, given, count, own=own)


def judge_mandates(unknown: str, given: int | None, count: int, *, own: bool | None) -> Judged:
    """Judge by how many of ``count`` municipalities gave a mandate, and whether the reader's own did.

    ``given`` is None below five, ``own`` where that is not known or the run is for all.
    """
    if given == count:
        return Judged("ok", "Alle gemeenten gaven vooraf een volmacht.")
    if own is False:
        return Judged("attention", "Uw gemeente gaf vooraf geen volmacht; een eigen aanbesteding kan wel.")
    if given is not None:
        return Judged(
            "attention",
            f"Van {given} van de {count} gemeenten is bekend dat zij vooraf een volmacht gaven; een eigen "
            f"aanbesteding kan altijd.",
        )
    return Judged("unknown", f"Uw gemeente gaf vooraf een volmacht. {unknown}" if own else unknown)


def _host(gate: Gate, asked: Asked) -> Judged:
    admission = asked.case.admissions[asked.variant]
    if admission.partnership:
        return Judged("attention", f"De deelnemers van {admission.partnership} moeten ook willen.")
    if admission.host:
        return Judged("attention", f"Deze studie rekent met {admission.host} als gastheer.")
    return Judged("unknown", gate.reason)


def _groups(gate: Gate, asked: Asked) -> Judged:
    """Say which groups may form, when not all may."""
    case, admission = asked.case, asked.case.admissions[asked.variant]
    said = []
    if admission.required:
        names = [
            name
            for name, player in zip(case.names, case.players, strict=True)
            if {m.code for m in player} & admission.required
        ]
        said.append(f"met {enumerate_names(names)}")
    if admission.capacity and admission.capacity < len(case.players):
        said.append(f"van ten hoogste {admission.capacity} deelnemers")
    if not said:
        return Judged("ok", gate.reason)
    return Judged("attention", capital(f"alleen groepen {' en '.join(said)}."))


CHECKS: Mapping[str, Callable[[Gate, Asked], Judged | None]] = {
    "lead_time": _lead_time,
    "council": _council,
    "vat": _vat,
    "tender": _tender,
    "staffing": _staffing,
    "contracts": _contracts,
    "mandate": _mandate,
    "host": _host,
    "groups": _groups,
}
"""What computes an outcome, by the name that a gate gives; None where the gate does not apply."""
