"""A situation as the page shows it: numbers written the Dutch way, and nothing that a reader may not see."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from marke.dutch import (
    CRITERIA_NOUNS,
    GATES,
    OUTCOMES,
    capital,
    chance_of,
    decimal,
    enumerate_names,
    euro,
    euro_rounded,
    percent,
    significant,
)
from marke.situations.closely import Exact, Quality
from marke.situations.desk import Desk, Sheet
from marke.situations.difference import Difference
from marke.situations.lines import Line
from marke.situations.look import Quick
from marke.situations.package import Package
from marke.situations.seen import Seen

KINDS = {"blocked": "bad", "ok": "good", "attention": "", "unknown": ""}

BAR = 100.0
"""Width of the widest bar, in the unit of its picture."""


@dataclass(frozen=True)
class Bar:
    """A bar from the middle: where it begins and how wide it is."""

    x: float
    width: float
    kind: str


@dataclass(frozen=True)
class Row:
    """One municipality in the table; what is "" is not known, or not for this reader."""

    code: str
    name: str
    inside: bool
    with_whom: str
    box: bool
    alone: str
    cost: str
    more: str
    amount: float | None
    bar: Bar | None
    band: str
    sure: str
    before: str
    leaving: str
    today: str
    effect: str
    own: bool


@dataclass(frozen=True)
class Meter:
    """Alone and together as two bars on one scale, with the band of together: widths of 0 to 100."""

    alone: float
    together: float
    low: float | None
    high: float | None
    alone_words: str
    together_words: str
    dearer: bool

    @property
    def wide(self) -> float | None:
        """How wide the band is."""
        return None if self.low is None or self.high is None else round(self.high - self.low, 1)


@dataclass(frozen=True)
class Fact:
    """Something short to know: what, and how it stands (``good``, ``bad``, or neutral)."""

    label: str
    words: str
    kind: str = ""


def rows(
    sheet: Sheet,
    answer: Quick,
    exact: Exact | None,
    change: Difference | None,
    seen: Mapping[str, Seen],
) -> list[Row]:
    """Every municipality, by name."""
    most = max((abs(line.more) for line in answer.lines if line.more is not None), default=0.0) or 1.0
    found = [_row(sheet, line, exact, change, seen.get(line.code), most) for line in answer.lines]
    return sorted(found, key=lambda row: row.name)


def _row(
    sheet: Sheet, line: Line, exact: Exact | None, change: Difference | None, seen: Seen | None, most: float
) -> Row:
    partners = [m for m in sheet.case.players[sheet.player_of[line.code]] if m.code != line.code]
    first = min([line.name, *(m.name for m in partners)]) == line.name
    more = line.more if line.inside else None
    left = exact.exits.get(line.code) if exact else None
    before = change.more.get(line.code) if change else None
    return Row(
        code=line.code.removeprefix("GM"),
        name=line.name,
        inside=line.inside,
        with_whom=f"samen met {enumerate_names([m.name for m in partners])}" if partners else "",
        box=first,
        alone=euro(_rounded(line.alone)),
        cost="" if line.cost is None or not line.inside else euro(_rounded(line.cost)),
        more="" if more is None else euro(_rounded(more), sign=True),
        amount=None if more is None else _rounded(more),
        bar=_bar(line, most),
        band="" if line.low is None or line.high is None else _band(line.low, line.high),
        sure="" if line.chance is None else chance_of(line.chance, sheet.draws),
        before="" if before is None or abs(before) < 1 else euro(_rounded(before), sign=True),
        leaving="" if left is None else euro(_rounded(left.cost)),
        today="" if seen is None else euro(_rounded(seen.today)),
        effect="" if seen is None or seen.effect is None else euro(_rounded(seen.effect), sign=True),
        own=bool(seen and seen.own),
    )


def _rounded(amount: float) -> float:
    """An amount to three digits: more would promise what the draws do not support."""
    return significant(amount, 3)


def _band(low: float, high: float) -> str:
    return f"{decimal(_rounded(low))} – {decimal(_rounded(high))}"


def _bar(line: Line, most: float) -> Bar | None:
    if not line.inside or line.more is None:
        return None
    width = round(abs(line.more) / most * BAR / 2, 1)
    kind = "gains" if line.gains else "loses" if line.loses else "even"
    return Bar(round(BAR / 2 - (width if line.more < 0 else 0), 1), width, kind)


@dataclass(frozen=True)
class Growth:
    """What every municipality of a group pays while contributions grow: headings, and amounts by name."""

    years: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def growth(answer: Quick) -> Growth | None:
    """The years of growing; None where there are none, and as long as amounts are not known."""
    count = answer.situation.dampening
    grown = {line.name: line.growing(count) for line in answer.lines if line.inside}
    if not count or len(grown) < 2 or not all(grown.values()):
        return None
    rows = tuple((name, tuple(euro(_rounded(each)) for each in grown[name])) for name in sorted(grown))
    return Growth((*(f"Jaar {year}" for year in range(1, count + 1)), f"Vanaf jaar {count + 1}"), rows)


def meter(answer: Quick, exact: Exact | None) -> Meter | None:
    """Alone against together; None as long as together is not known."""
    if answer.cost is None or answer.alone <= 0:
        return None
    band = exact.group.cost if exact else None
    top = max(answer.alone, answer.cost, band.p90 if band else 0.0)
    return Meter(
        alone=round(answer.alone / top * BAR, 1),
        together=round(answer.cost / top * BAR, 1),
        low=round(band.p10 / top * BAR, 1) if band else None,
        high=round(band.p90 / top * BAR, 1) if band else None,
        alone_words=euro_rounded(answer.alone),
        together_words=euro_rounded(answer.cost),
        dearer=answer.cost > answer.alone,
    )


def facts(sheet: Sheet, answer: Quick, exact: Exact | None) -> list[Fact]:
    """What else there is to know of a group, in short."""
    found = []
    limits = sheet.study.settings.thresholds
    if answer.chances:
        sure = answer.chances.cheaper
        kind = "good" if sure >= limits.chance else "bad" if sure < 0.5 else ""
        found.append(Fact("Kans dat samen goedkoper is", chance_of(sure, sheet.draws), kind))
        least = percent(limits.materiality)
        found.append(
            Fact(f"Kans op {least} besparing of meer", chance_of(answer.chances.material, sheet.draws))
        )
    if exact:
        group = exact.group
        found.append(Fact("Band van samen (P10 – P90)", f"€ {_band(group.cost.p10, group.cost.p90)}"))
        found.append(Fact("Eenmalig", euro_rounded(group.one_off.mean)))
        found.append(Fact("Gezamenlijk team", f"{decimal(group.team.mean, 1)} fte"))
        found += map(_quality, exact.qualities)
    return found


def _quality(found: Quality) -> Fact:
    label = capital(CRITERIA_NOUNS[found.criterion].removeprefix("de "))
    kind = {"better": "good", "worse": "bad"}.get(found.outcome, "")
    days = f": {decimal(found.alone)} → {decimal(found.together)} dagen zonder iemand" if found.days else ""
    return Fact(label, OUTCOMES[found.outcome] + days, kind)


def standing_apart(sheet: Sheet, answer: Quick) -> Fact | None:
    """Whether a part of the group would rather stand apart, and who: for members only."""
    apart = answer.apart
    if apart is None:
        return None
    if apart.stable:
        return Fact("Blijft iedereen?", "Ja: geen groep wint ermee door apart te gaan.", "good")
    names = sorted(sheet.names[code] for code in sheet.codes(apart.mask))
    several = len(names) > 1
    gain = f"{'samen ' if several else ''}{euro_rounded(apart.gain)} per jaar"
    wins = "winnen" if several else "wint"
    return Fact("Blijft iedereen?", f"{enumerate_names(names)} {wins} {gain} door apart te gaan.", "bad")


def gates(answer: Quick, change: Difference | None) -> list[Fact]:
    """What must be settled before this form can start, the worst first; what is fine is left out."""
    was = change.gates if change else {}
    order = [*GATES][::-1]
    found = []
    for gate in sorted(answer.gates, key=lambda gate: order.index(gate.outcome)):
        if gate.outcome == "ok" and gate.label not in was:
            continue
        new = f" (was: {GATES[was[gate.label][0]]})" if gate.label in was else ""
        found.append(
            Fact(capital(gate.label), f"{GATES[gate.outcome]}{new}. {gate.reason}", KINDS[gate.outcome])
        )
    return found


def settled(answer: Quick) -> Fact:
    """The gates of a form in one line; a group that the form does not admit comes before them."""
    if not answer.allowed:
        return Fact("Mag deze groep zo?", "Nee: deze vorm laat deze groep niet toe", "bad")
    count = Counter(gate.outcome for gate in answer.gates)
    told = [
        f"{count[outcome]} {GATES[outcome]}"
        for outcome in ("blocked", "unknown", "attention")
        if count[outcome]
    ]
    return Fact(
        "Voorwaarden",
        ", ".join(told) or "alle in orde",
        "bad" if count["blocked"] else "" if told else "good",
    )


@dataclass(frozen=True)
class PackageRow:
    """One service of a package; ``added``: its amounts are in the total."""

    name: str
    form: str
    alone: str
    cost: str
    more: str
    sure: str
    added: bool


def package_rows(desk: Desk, found: Package) -> tuple[list[PackageRow], PackageRow]:
    """The services of a package, and their total."""
    return [_part(desk, part, found) for part in found.parts], PackageRow(
        "Samen", "", euro(_rounded(found.alone)), *_together(found.cost, found.alone), "", added=True
    )


def _part(desk: Desk, part: Quick, found: Package) -> PackageRow:
    sheet = desk.sheet(part.situation.service)
    return PackageRow(
        capital(sheet.case.service.short),
        sheet.variant(part.situation.variant).short,
        euro(_rounded(part.alone)),
        *_together(part.cost, part.alone),
        chance_of(part.chances.cheaper, sheet.draws) if part.chances else "",
        part.situation.service not in found.overlapping,
    )


def _together(cost: float | None, alone: float) -> tuple[str, str]:
    if cost is None:
        return "", ""
    return euro(_rounded(cost)), euro(_rounded(cost - alone), sign=True)
