"""Up to four situations beside each other, with the bargaining sheet: what must be agreed in each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marke.dutch import capital, chance_of, euro, month, significant
from marke.situations.closely import worked_out
from marke.situations.desk import Desk
from marke.situations.look import Quick
from marke.situations.situation import Situation, address, read
from marke.situations.words import division, winners
from marke.web.table import shown
from marke.web.table.kept import opened
from marke.web.table.limits import beside
from marke.web.table.selectors import kept_by, ours, spoken_for
from marke.web.table.source import desk_of
from marke.web.tenancy.access import Place, by_region

ASIDE = "naast"
"""The parameter with the address of a situation that was put aside; it may stand there more than once."""

MOST = 4


@dataclass(frozen=True)
class Part:
    """Rows of the comparison under one heading: each a label with a cell for every situation."""

    heading: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def aside_of(desk: Desk, queries: Iterable[str]) -> tuple[Situation, ...]:
    """The situations that were put aside, each once, the last ones where there are too many."""
    found = (read(desk, parse_qs(query, keep_blank_values=True)) for query in queries)
    known = {address(desk, each.situation): each.situation for each in found if not each.problem}
    return tuple(known.values())[-MOST:]


@require_safe
@by_region
def compare(request: HttpRequest, place: Place) -> HttpResponse:
    """Show the situations of an address beside each other."""
    desk = desk_of(place)
    situations = aside_of(desk, request.GET.getlist(ASIDE))
    answers = [worked_out(desk.sheet(each.service), each) for each in situations]
    own = spoken_for(place)
    names = {address(desk, opened(desk, row).situation): row.name for row in kept_by(own)}
    limits = tuple(beside(desk, ours(own, desk.services[0]), answers))
    told = {
        "place": place,
        "columns": [_column(desk, each, number, names) for number, (each, _) in enumerate(answers, start=1)],
        "parts": _parts(desk, [each for each, _ in answers]) if answers else (),
        "limits": Part("Uw grens (dit ziet alleen u)", limits) if limits else None,
    }
    return render(request, "table/compare.html", told)


def _column(desk: Desk, answer: Quick, number: int, names: Mapping[str, str]) -> tuple[str, str]:
    """What a situation is called, by the name under which it was kept where it was, and its address."""
    query, service = address(desk, answer.situation), capital(desk.labels[answer.situation.service])
    return f"{number}. {names.get(query, f'{service}, {answer.size} gemeenten')}", query


def _parts(desk: Desk, answers: list[Quick]) -> tuple[Part, ...]:
    names = desk.sheet(answers[0].situation.service).names
    each = [{line.code: line for line in answer.lines} for answer in answers]
    towns = sorted(names, key=lambda code: names[code])
    return (
        Part(
            "Wat het kost, per jaar",
            (
                ("Samen", tuple(_euro(answer.cost) for answer in answers)),
                ("Ieder apart", tuple(_euro(answer.alone) for answer in answers)),
                ("Verschil", tuple(_signed(answer.saving and -answer.saving) for answer in answers)),
                ("Kans dat samen goedkoper is", tuple(_sure(desk, answer) for answer in answers)),
                ("Wie gaat erop vooruit", tuple(winners(answer) for answer in answers)),
            ),
        ),
        Part(
            "Verschil met alleen, per gemeente",
            tuple(
                (
                    names[code],
                    tuple(_signed(row[code].more) if row[code].inside else "doet niet mee" for row in each),
                )
                for code in towns
            ),
        ),
        Part("Onderhandelblad", tuple(_agreements(desk, answers))),
    )


def _agreements(desk: Desk, answers: list[Quick]) -> Iterable[tuple[str, tuple[str, ...]]]:
    """What must be agreed in each situation, and what is known of it."""
    variants = [desk.sheet(a.situation.service).variant(a.situation.variant) for a in answers]
    yield "Vorm", tuple(capital(variant.label) for variant in variants)
    yield "Verdeling, vaste voet en ingroei", tuple(capital(division(each.situation)) for each in answers)
    yield "Start op zijn vroegst", tuple(month(variant.earliest[1]) for variant in variants)
    yield "Uittreden", tuple(variant.exit for variant in variants)
    yield "Voorwaarden", tuple(shown.settled(answer).words for answer in answers)


def _euro(amount: float | None) -> str:
    return "" if amount is None else euro(significant(amount, 3))


def _signed(amount: float | None) -> str:
    return "" if amount is None else euro(significant(amount, 3), sign=True)


def _sure(desk: Desk, answer: Quick) -> str:
    draws = desk.sheet(answer.situation.service).draws
    return chance_of(answer.chances.cheaper, draws) if answer.chances else ""
