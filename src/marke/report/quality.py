"""What becomes better or worse besides money: rows of a table, and sentences with the number behind them."""

from collections.abc import Iterator
from dataclasses import dataclass

from marke.dutch import CRITERIA, OUTCOMES, capital, chance_of, count_in_words, decimal, percent, supported
from marke.findings.model import ServiceFinding
from marke.findings.part import Amount
from marke.findings.quality import CriterionFinding, GroupQuality, QualityFinding


@dataclass(frozen=True)
class QualityRow:
    """One criterion as text: alone and together with their bands, the outcome and its chance."""

    found: CriterionFinding
    label: str
    alone: str
    alone_band: str
    together: str
    together_band: str
    outcome: str
    chance: str


@dataclass(frozen=True)
class QualityView:
    """The quality of one service with all together in the cheapest form."""

    sentences: tuple[str, ...]
    rows: tuple[QualityRow, ...]
    margins: tuple[str, ...]


def view(service: ServiceFinding, draws: int) -> QualityView:
    """Gather the sentences and rows of one service, computed in so many ``draws``."""
    group = together(service)
    return QualityView(
        tuple(sentences(service.quality, group, draws)), tuple(rows(group, draws)), tuple(margins(group))
    )


def together(service: ServiceFinding) -> GroupQuality:
    """All players in the form that is cheapest for them."""
    return next(group for group in service.quality.everyone if group.variant == service.everyone)


def rows(group: GroupQuality, draws: int) -> Iterator[QualityRow]:
    """Turn every criterion of a group into a row."""
    for found in group.criteria:
        likely = {"better": found.better, "worse": found.worse}.get(found.outcome)
        if found.outcome == "equal":
            likely = 1 - found.better - found.worse
        yield QualityRow(
            found=found,
            label=capital(CRITERIA[found.criterion]),
            alone=_mean(found, found.alone),
            alone_band=_band(found, found.alone),
            together=_mean(found, found.together),
            together_band=_band(found, found.together),
            outcome=OUTCOMES[found.outcome],
            chance=chance_of(max(found.better, found.worse) if likely is None else likely, draws),
        )


def margins(group: GroupQuality) -> Iterator[str]:
    """Tell for every criterion from what difference on it counts."""
    for found in group.criteria:
        yield f"{_value(found, found.margin)} bij {CRITERIA[found.criterion].split(' (')[0]}"


def sentences(quality: QualityFinding, group: GroupQuality, draws: int) -> Iterator[str]:
    """Tell the criteria that readers ask for first, then what limits the comparison."""
    found = {each.criterion: each for each in group.criteria}
    nobody, failure = found["continuity"], found["concentration"]
    yield (
        f"Doet ieder het alleen, dan is er gemiddeld {_days(nobody.alone)} werkdagen per jaar niemand; samen "
        f"is dat {_days(nobody.together)}."
    )
    yield (
        f"Eén storing treft gemiddeld {_mean(failure, failure.alone)} van de inwoners van de regio als "
        f"ieder het alleen doet, en {_mean(failure, failure.together)} als het samen gaat. Wel is er samen "
        "maar één plek waar het mis kan gaan."
    )
    if "incident_all" in found:
        one, every = found["incident_one"], found["incident_all"]
        yield (
            "Bij een aanval op één gemeente geven eigen mensen in de eerste week "
            f"{_mean(one, one.alone)} van de nodige hulp als ieder het alleen doet, en "
            f"{_mean(one, one.together)} als het samen gaat. Worden alle gemeenten tegelijk geraakt, dan is "
            f"het samen {_mean(every, every.together)}."
        )
    yield from _night(group, draws)
    yield from _limits(quality)


def _night(group: GroupQuality, draws: int) -> Iterator[str]:
    if night := group.night:
        manned = (chance_of(night.manned_alone, draws), chance_of(night.manned_together, draws))
        on_call = (chance_of(night.on_call_alone, draws), chance_of(night.on_call_together, draws))
        yield (
            "Dag en nacht zelf iemand klaar hebben zitten: wie het alleen doet, heeft daar genoeg mensen "
            f"voor in {manned[0]} van de doorrekeningen; samen is dat {manned[1]}. Voor een oproepdienst is "
            f"het {on_call[0]}, en samen {on_call[1]}. Zonder genoeg mensen is een contract nodig."
        )


def _limits(quality: QualityFinding) -> Iterator[str]:
    level = quality.level
    count = "minder dan vijf" if level.short is None else count_in_words(level.short)
    reached = percent(supported(level.reached.mean, level.reached.error))
    yield (
        f"Nu halen de eigen mensen naar schatting {reached} van de uren die het niveau vraagt; "
        f"bij {count} deelnemers is dat waarschijnlijk te weinig. Inkoop telt hier niet mee."
    )
    if quality.bought:
        yield (
            f"Bij {count_in_words(quality.bought)} deelnemers is een contract alleen het goedkoopst. Dat is "
            "gerekend alsof evenveel eigen mensen het doen; spreek in een contract vervanging af."
        )


def _days(days: Amount) -> str:
    return "minder dan 1" if days.mean < 1 else f"ongeveer {decimal(supported(days.mean, days.error))}"


def _mean(found: CriterionFinding, amount: Amount) -> str:
    return _value(found, supported(amount.mean, amount.error))


def _value(found: CriterionFinding, value: float) -> str:
    if found.unit.startswith("deel"):
        return percent(value)
    return "< 0,1" if 0 < value < 0.05 else decimal(value, 0 if abs(value) >= 10 else 1)


def _band(found: CriterionFinding, amount: Amount) -> str:
    low, high = _value(found, amount.p10), _value(found, amount.p90)
    return low if low == high else f"{low} tot {high}"
