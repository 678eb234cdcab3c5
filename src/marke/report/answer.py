"""The answer in words: a verdict per service and five sentences, made from the findings alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from marke.dutch import (
    ANSWERS,
    VERDICTS,
    capital,
    chance_about,
    chance_in_words,
    chance_of,
    count_in_words,
    decimal,
    enumerate_names,
    euro,
    euro_about,
    euro_rounded,
    likelihood,
    month,
    percent,
)
from marke.findings.model import (
    About,
    Amount,
    Findings,
    GroupFinding,
    MethodFinding,
    ServiceFinding,
    VariantFinding,
)
from marke.findings.standing import StructureFinding
from marke.findings.uncertainty import Influence
from marke.report.certainty import share

SAME = 0.01
"""Two amounts that differ by at most this share are told as about equal."""
MOST_NAMES = 4
"""A group of more municipalities is told by its number."""


TONES = {"attractive": "attractive", "no_case": "dearer", "blocked": "dearer"}
"""How the card of a verdict looks; the other verdicts are ``uncertain``."""


@dataclass(frozen=True)
class Verdict:
    """The verdict on one service: ``tone`` is how it looks, the rest is text."""

    key: str
    tone: str
    name: str
    words: str
    amount: str
    chance: str
    start: str


def name(service: ServiceFinding) -> str:
    """Name a service the way the motion does, or else by its label."""
    return service.motion or service.label


def seen_from(findings: Findings, code: str) -> Findings:
    """Return findings as another municipality of the region reads them: what is called ours is its own."""
    name = next(m.name for m in findings.municipalities if m.code == code)
    study = findings.study.model_copy(update={"viewpoint": name, "viewpoint_code": code})
    return findings.model_copy(update={"study": study})


def everyone(service: ServiceFinding) -> VariantFinding:
    """Return the variant that is cheapest for all together."""
    return next(variant for variant in service.variants if variant.key == service.everyone)


def told(service: ServiceFinding) -> GroupFinding:
    """Return the group the answer is about: all together when nobody gains, else the best group."""
    return everyone(service).everyone if service.answer == "dearer" else service.best


def who(findings: About, codes: Sequence[str]) -> str:
    """Name a group: ``alle 14 gemeenten``, up to four names, or their number."""
    count = len(codes)
    if count == len(findings.municipalities):
        return f"alle {count} gemeenten"
    if count > MOST_NAMES:
        return f"een groep van {count} gemeenten"
    return members(findings, codes)


def members(findings: About, codes: Sequence[str]) -> str:
    """Name all municipalities of a group."""
    return enumerate_names([m.name for m in findings.municipalities if m.code in codes])


def division(findings: Findings, service: ServiceFinding) -> str:
    """Tell in a sentence how the municipalities are divided into groups at the lowest expected cost.

    Empty where there are too many divisions to search.
    """
    structure = service.structure
    if structure is None:
        return ""
    shorts = {variant.key: variant.short for variant in service.variants}
    joined = [group for group in structure.groups if group.variant]
    if not joined:
        return f"De goedkoopste verdeling in groepen is: niemand samen. {how_often(structure)}".rstrip()
    named = "; ".join(f"{members(findings, g.codes)} (als {shorts[g.variant]})" for g in joined)
    if len(joined[0].codes) == len(findings.municipalities):
        named = f"{who(findings, joined[0].codes)} samen (als {shorts[joined[0].variant]})"
    elif len(structure.groups) > len(joined):
        named += "; de andere gemeenten ieder voor zich"
    gain = euro_about(structure.alone - structure.cost)
    told = f"De goedkoopste verdeling in groepen is: {named}. Dat scheelt {gain} per jaar met alleen."
    return f"{told} {how_often(structure)}".rstrip()


def how_often(structure: StructureFinding) -> str:
    """Say in what share of the sampled draws the division is the cheapest one; empty without a sample."""
    if structure.frequency is None:
        return ""
    return (
        f"Van {structure.sample} doorrekeningen is dit in {chance_of(structure.frequency, structure.sample)} "
        "de goedkoopste verdeling."
    )


def seen(method: MethodFinding) -> str:
    """Say that the groups are a sample, and how large it is; empty when all groups were computed."""
    if method.kind == "exact":
        return ""
    return (
        f"Dit is een steekproef: {decimal(method.groups)} van de {decimal(method.possible)} groepen, ten "
        f"hoogste {method.per_size} willekeurige van iedere omvang en wat een zoektocht vond; een betere "
        f"groep kan zijn gemist. Shapley is geschat uit {decimal(method.orders or 0)} volgordes; de "
        f"standaardfout voor één deelnemer is ten hoogste {euro(method.error or 0)}."
    )


def short_form(service: ServiceFinding, group: GroupFinding) -> str:
    """Name the form of a group in a word or two."""
    return next(variant.short for variant in service.variants if variant.key == group.variant)


def combinations(service: ServiceFinding) -> int:
    """Count the combinations of group and form that were computed."""
    return sum(size.count for variant in service.variants for size in variant.sizes if size.size > 1)


def verdicts(findings: Findings) -> list[Verdict]:
    """Give the verdict on every service, for the cards on the first screen."""
    return [_verdict(findings, service) for service in findings.services]


def _verdict(findings: Findings, service: ServiceFinding) -> Verdict:
    verdict = service.verdict
    subject = capital(who(findings, verdict.codes))
    saving = verdict.saving.mean
    if abs(saving) < SAME * verdict.alone.mean:
        amount = f"{subject}: samen ongeveer even duur als alleen."
    else:
        word = "goedkoper" if saving > 0 else "duurder"
        amount = (
            f"{subject}: samen {euro_about(abs(saving), verdict.saving.error)} per jaar {word} dan alleen."
        )
    sure = chance_about(verdict.material, verdict.material_error)
    return Verdict(
        key=service.key,
        tone=TONES.get(verdict.outcome, "uncertain"),
        name=capital(name(service)),
        words=capital(VERDICTS[verdict.outcome]),
        amount=amount,
        chance=f"Kans op een besparing van {percent(findings.study.materiality)} of meer: {sure}.",
        start=start(findings, service),
    )


def start(findings: Findings, service: ServiceFinding) -> str:
    """Say whether the wanted start can be met in the form that the verdict is about."""
    wanted, likely = findings.study.wanted_start, service.verdict.start
    soon = next(v.earliest[0] for v in service.variants if v.key == service.verdict.variant)
    if likely <= wanted:
        return f"Starten in {month(wanted)} kan waarschijnlijk."
    how = "lukt alleen als alles meezit" if soon <= wanted else "lukt niet"
    return f"Starten in {month(wanted)} {how}; waarschijnlijk kan het vanaf {month(likely)}."


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
            f"{short_form(service, best)}: {euro_about(best.saving.mean, best.saving.error)} per jaar"
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


def _compare(cost: Amount, other: Amount) -> str:
    if abs(cost.mean - other.mean) <= SAME * abs(other.mean):
        return "ongeveer even duur als"
    return "duurder dan" if cost.mean > other.mean else "goedkoper dan"


def compared(group: GroupFinding) -> str:
    """Put a group against both yardsticks: ``duurder dan nu, maar goedkoper dan alleen``."""
    today, alone = _compare(group.cost, group.today), _compare(group.cost, group.alone)
    return f"{today} nu{' en ook' if today == alone else ', maar'} {alone} alleen"


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
