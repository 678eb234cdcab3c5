"""Up to four situations beside each other, with the bargaining sheet: what must be agreed in each."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qs

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marke.documents.kinds.situation import division
from marke.dutch import capital, chance, euro, month, significant
from marke.situations.closely import closely, refined
from marke.situations.desk import Desk
from marke.situations.look import Quick, look
from marke.situations.situation import Situation, address, read
from marke.situations.words import winners
from marke.web.table import shown
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
    answers = [_answer(desk, each) for each in situations]
    told = {
        "place": place,
        "columns": [_column(desk, each, number) for number, each in enumerate(answers, start=1)],
        "parts": _parts(desk, answers) if answers else (),
    }
    return render(request, "table/compare.html", told)


def _answer(desk: Desk, situation: Situation) -> Quick:
    sheet = desk.sheet(situation.service)
    return refined(sheet, look(sheet, situation), closely(sheet, situation))


def _column(desk: Desk, answer: Quick, number: int) -> tuple[str, str]:
    """What a situation is called, and its address."""
    service = capital(desk.labels[answer.situation.service])
    return f"{number}. {service}, {answer.size} gemeenten", address(desk, answer.situation)


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
                ("Kans dat samen goedkoper is", tuple(_sure(answer) for answer in answers)),
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
    yield "Verdeling, vaste voet en ingroei", tuple(division(answer.situation) for answer in answers)
    yield "Start op zijn vroegst", tuple(month(variant.earliest[1]) for variant in variants)
    yield "Uittreden", tuple(variant.exit for variant in variants)
    yield "Voorwaarden", tuple(shown.settled(answer).words for answer in answers)


def _euro(amount: float | None) -> str:
    return "" if amount is None else euro(significant(amount, 3))


def _signed(amount: float | None) -> str:
    return "" if amount is None else euro(significant(amount, 3), sign=True)


def _sure(answer: Quick) -> str:
    return chance(answer.chances.cheaper) if answer.chances else ""
