"""The answer in five sentences, made from the findings alone."""

from collections.abc import Mapping, Sequence

from marke.dutch import (
    ANSWERS,
    capital,
    chance_about,
    chance_in_words,
    count_in_words,
    decimal,
    enumerate_names,
    euro_about,
    euro_rounded,
    likelihood,
    percent,
)
from marke.findings.model import Findings, ServiceFinding
from marke.findings.uncertainty import Influence
from marke.report.certainty import share
from marke.report.groups import combinations, compared
from marke.report.names import everyone, name, short_form, told, who


def five_sentences(findings: Findings) -> list[str]:
    """Compose the answer: attractive or not, for whom, against which yardstick, how sure, resting on what."""
    return [
        is_attractive(findings),
        for_whom(findings),
        against_yardsticks(findings),
        how_sure(findings),
        rests_on(findings),
    ]


def _are(services: Sequence[ServiceFinding]) -> str:
    return "is" if len(services) == 1 else "zijn"


def _names(services: Sequence[ServiceFinding]) -> str:
    return enumerate_names([name(service) for service in services])


def _by_answer(findings: Findings) -> Mapping[str, list[ServiceFinding]]:
    found = {kind: [s for s in findings.services if s.answer == kind] for kind in ANSWERS}
    return {kind: services for kind, services in found.items() if services}


def is_attractive(findings: Findings) -> str:
    """Say per service whether sharing it is financially attractive."""
    groups = _by_answer(findings)
    if len(groups) > 1:
        clauses = [_clause(kind, services) for kind, services in groups.items()]
        return f"Het verschilt per dienst: {'; '.join(clauses)}."
    kind, services = next(iter(groups.items()))
    if len(services) == 1:
        opening = {"attractive": "Ja", "uncertain": "Misschien", "dearer": "Nee"}[kind]
        return f"{opening}: {_clause(kind, services)}."
    count = count_in_words(len(services))
    all_of = "beide diensten" if len(services) == 2 else f"alle {count} de diensten"
    told_all = {
        "attractive": f"Ja, {all_of} zijn samen naar verwachting financieel aantrekkelijk",
        "uncertain": f"Misschien: {all_of} zijn samen naar verwachting iets goedkoper, "
        "maar niet zeker genoeg om aantrekkelijk te heten",
        "dearer": f"Nee, geen van de {count} diensten is samen naar verwachting goedkoper dan ieder "
        "voor zich",
    }
    return f"{told_all[kind]}: {_names(services)}."


def _clause(kind: str, services: Sequence[ServiceFinding]) -> str:
    subject = f"{_names(services)} {_are(services)} naar verwachting"
    return {
        "attractive": f"{subject} financieel aantrekkelijk",
        "uncertain": f"{subject} iets goedkoper, maar niet zeker genoeg om aantrekkelijk te heten",
        "dearer": f"{subject} niet goedkoper dan ieder voor zich",
    }[kind]


def for_whom(findings: Findings) -> str:
    """Say for which group and form sharing does best, or that none does."""
    groups = _by_answer(findings)
    dearer = groups.get("dearer", [])
    clauses = []
    for service in (s for s in findings.services if s.answer != "dearer"):
        best = service.best
        clauses.append(
            f"{name(service)} levert het meest op voor {who(findings, best.codes)} met als vorm "
            f"{short_form(service, best.variant)}: {euro_about(best.saving.mean, best.saving.error)} per jaar"
        )
    if dearer:
        total = decimal(sum(combinations(service) for service in dearer))
        where = "" if len(dearer) == len(findings.services) else f" voor {_names(dearer)}"
        clauses.append(
            f"van de {total} berekende combinaties van groep en vorm is er{where} geen enkele naar "
            f"verwachting goedkoper; {_cheapest_forms(dearer)}"
        )
    return capital("; ".join(clauses)) + "."


def _cheapest_forms(services: Sequence[ServiceFinding]) -> str:
    forms: dict[str, list[str]] = {}
    for service in services:
        forms.setdefault(everyone(service).short, []).append(service.short)
    if len(forms) == 1:
        return f"doen alle gemeenten mee, dan is de minst dure vorm: {next(iter(forms))}"
    each = [f"{form} ({enumerate_names(names)})" for form, names in forms.items()]
    return f"doen alle gemeenten mee, dan zijn de minst dure vormen: {enumerate_names(each)}"


def against_yardsticks(findings: Findings) -> str:
    """Compare together with today and with alone; amounts only where all services concern one group."""
    by_outcome: dict[str, list[ServiceFinding]] = {}
    for service in findings.services:
        by_outcome.setdefault(compared(told(service)), []).append(service)
    groups = [told(service) for service in findings.services]
    one_group = len({group.codes for group in groups}) == 1
    subject = f"voor {who(findings, groups[0].codes)}" if one_group else "voor de groepen hierboven"
    if len(by_outcome) == 1:
        sentence = f"Samen doen is {subject} {next(iter(by_outcome))}"
    else:
        each = [
            f"{outcome} ({enumerate_names([s.short for s in services])})"
            for outcome, services in by_outcome.items()
        ]
        sentence = f"Samen doen is {subject} {'; '.join(each)}"
    if not one_group:
        return f"{sentence}."
    counted, opening = _counted(findings.services)
    today, alone, cost = (
        euro_rounded(sum(amount.mean for amount in amounts))
        for amounts in (
            [told(service).today for service in counted],
            [told(service).alone for service in counted],
            [told(service).cost for service in counted],
        )
    )
    return (
        f"{sentence}: {opening} nu naar schatting {today} per jaar, alleen op het gevraagde niveau "
        f"{alone} en samen {cost}."
    )


def _counted(services: Sequence[ServiceFinding]) -> tuple[Sequence[ServiceFinding], str]:
    """The services whose amounts may be added up, and how the sentence about them opens."""
    apart = [service for service in services if service.overlaps]
    counted = [service for service in services if not service.overlaps] or apart[:1]
    if len(counted) == 1:
        return counted, f"{counted[0].short} kost" if len(services) > 1 else "het kost"
    without = f", zonder {enumerate_names([s.short for s in apart])} (daar deels al in)," if apart else ""
    return counted, f"voor de {count_in_words(len(counted))} diensten bij elkaar{without} kost het"


def how_sure(findings: Findings) -> str:
    """Tell the chance that together is cheaper than alone, in words and numbers."""
    if len(findings.services) == 1:
        only = told(findings.services[0])
        return f"Dat samen goedkoper is dan alleen, is {chance_in_words(only.chance, only.chance_error)}."
    by_word: dict[str, list[str]] = {}
    for service in findings.services:
        group = told(service)
        said = f"{name(service)} (kans {chance_about(group.chance, group.chance_error)})"
        by_word.setdefault(likelihood(group.chance), []).append(said)
    each = [f"{word} bij {enumerate_names(names)}" for word, names in by_word.items()]
    return f"Dat samen goedkoper is dan alleen, is {'; '.join(each)}."


def leading(findings: Findings) -> tuple[ServiceFinding, Influence] | None:
    """Return the figure that explains most of one service's outcome, with that service."""
    rows = [(service, row) for service in findings.services for row in service.uncertainty[0].influences]
    return max(rows, key=lambda pair: pair[1].share, default=None)


def rests_on(findings: Findings) -> str:
    """Say what the answer rests on, and which figure would change it most."""
    firm = "vooral op aannames" if findings.assumed >= 0.5 else "deels op aannames"
    sentence = (
        f"Dit antwoord rust {firm}: {percent(findings.assumed)} van de onzekere cijfers is een aanname en de "
        f"gemeenten gaven {decimal(findings.answers_given)} van de {decimal(findings.answers_possible)} "
        "gevraagde antwoorden"
    )
    found = leading(findings)
    if found is None:
        return f"{sentence}."
    service, row = found
    where = "" if len(findings.services) == 1 else f" bij {name(service)}"
    return (
        f"{sentence}; een beter cijfer voor ‘{row.label}’ kan het antwoord het meest veranderen, want dat "
        f"bepaalt {share(row)} van de spreiding{where}."
    )
