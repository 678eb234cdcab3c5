"""What is read about answers: the pages of one municipality, and the board of the region."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection

from marke.baseline.values import parse
from marke.catalogue.intake import Asked, Question
from marke.dutch import euro, number, percent
from marke.files import slug
from marke.intake.estimates import estimate
from marke.intake.handed import who_fills_in
from marke.intake.workbook import workbook_bytes
from marke.web.intake.answers import answerable, asked, asked_in, by_id, section_title
from marke.web.intake.models import Answer, Delivery, OwnWorth, RegionalWorth, Released, Signature
from marke.web.intake.services import (
    Entry,
    Signatures,
    holds,
    is_releasable,
    own_rows,
    own_study,
    shown_state,
    signatures,
)
from marke.web.tenancy.access import Place
from marke.web.tenancy.models import Membership, Organisation, Role
from marke.web.tenancy.selectors import people_of


@dataclass(frozen=True)
class Line:
    """One question on a page: what was given, what is assumed otherwise, what was asked or wrong about it."""

    question: Question
    entry: Entry
    estimate: str
    doubt: str
    problem: str
    released: bool


@dataclass(frozen=True)
class Block:
    """One field on a page: its number in the section, its meaning, who fills it in, and its questions."""

    number: int
    asked: Asked
    who: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class SectionState:
    """One section of the intake for its overview: counts of answers, and who signed."""

    key: str
    title: str
    given: int
    unknown: int
    total: int
    controller: Signature | None
    controller_holds: bool
    client: Signature | None
    client_holds: bool


def sections() -> tuple[str, ...]:
    """Return the sections of the intake in order."""
    return tuple(dict.fromkeys(each.section for each in asked()))


def overview(place: Place) -> list[SectionState]:
    """Return the state of every section of one municipality."""
    rows, signed = own_rows(place), signatures(place)
    return [_state(section, rows, signed) for section in sections()]


def _state(section: str, rows: Mapping[str, Answer], signed: Signatures) -> SectionState:
    wanted = [question for each in asked_in(section) for question in answerable(each)]
    mine = [rows[q.id] for q in wanted if q.id in rows]
    controller, client = (signed.get((section, role.value)) for role in (Role.CONTROLLER, Role.CLIENT))
    return SectionState(
        section,
        section_title(section),
        sum(bool(row.value) for row in mine),
        sum(row.unknown for row in mine),
        len(wanted),
        controller,
        holds(controller, rows),
        client,
        holds(client, rows),
    )


def workbook_of(place: Place) -> tuple[bytes, str]:
    """Return the workbook of a municipality with what it answered already, and its name."""
    own = own_study(place, own_rows(place).values())
    book = workbook_bytes(own.study, own.catalogue, own.municipality, ())
    return book, f"nulmeting-{slug(own.municipality.name)}.xlsx"


def blocks(
    place: Place,
    section: str,
    entries: Mapping[str, Entry] | None = None,
    problems: Mapping[str, str] | None = None,
) -> list[Block]:
    """Return a section's questions with their answers, or what was just filled in where wrong."""
    rows = own_rows(place)
    own = own_study(place, rows.values())
    freed = set(Released.objects.filter(organisation=place.own).values_list("question", flat=True))
    found = []
    for place_in, each in enumerate(asked_in(section)):
        lines = []
        for question in answerable(each):
            if place.only is not None and question.id not in place.only:
                continue
            problem = (problems or {}).get(question.id, "")
            row = rows.get(question.id)
            entry = (entries or {}).get(question.id) if problem else None
            assumed = estimate(own.study, own.catalogue, own.municipality, question.id)
            lines.append(
                Line(
                    question,
                    entry or _entry(row),
                    assumed.shown() if assumed else "",
                    row.doubt if row else "",
                    problem,
                    question.id in freed,
                )
            )
        who = who_fills_in(own.study.baseline, place.own.code, each)
        found.append(Block(place_in, each, who, tuple(lines)))
    return [block for block in found if block.lines]


def _entry(row: Answer | None) -> Entry:
    if row is None:
        return Entry()
    return Entry(row.value, row.unknown, row.note, str(row.price_year or ""), shown_state(row))


@dataclass(frozen=True)
class Figure:
    """A figure that can be released: as it is, and as others see it now."""

    question: Question
    value: str
    released: Released | None

    @property
    def changed(self) -> bool:
        """Whether it changed after it was released."""
        return self.released is not None and self.released.value != self.value

    @property
    def shown(self) -> str:
        """The figure for a reader."""
        return _amount(self.question, self.value)

    @property
    def shown_before(self) -> str:
        """The figure that others see, for a reader."""
        return _amount(self.question, self.released.value) if self.released else ""


def figures(place: Place, section: str) -> list[Figure]:
    """Return the figures of a section that could be released."""
    rows = own_rows(place)
    freed = {each.question: each for each in Released.objects.filter(organisation=place.own)}
    wanted = [q for each in asked_in(section) for q in answerable(each) if is_releasable(q.id)]
    return [Figure(q, rows[q.id].value, freed.get(q.id)) for q in wanted if q.id in rows and rows[q.id].value]


@dataclass(frozen=True)
class Count:
    """How many of the questions of a section were answered."""

    section: str
    given: int
    total: int


@dataclass(frozen=True)
class BoardRow:
    """What one municipality delivered: counts by section, and how many sections were signed."""

    organisation: Organisation
    counts: tuple[Count, ...]
    given: int
    unknown: int
    open: int
    signed: int
    released: int


def board(place: Place) -> list[BoardRow]:
    """Return who delivered what; counts only, for everyone in the region."""
    deliveries: dict[object, dict[str, Delivery]] = {}
    for each in Delivery.objects.filter(region=place.region):
        deliveries.setdefault(each.organisation_id, {})[each.section] = each
    freed: dict[object, int] = {}
    for organisation in Released.objects.filter(region=place.region).values_list("organisation", flat=True):
        freed[organisation] = freed.get(organisation, 0) + 1
    members = Organisation.objects.filter(region=place.region).exclude(code="").order_by("name")
    return [_board_row(m, deliveries.get(m.pk, {}), freed.get(m.pk, 0)) for m in members]


def _board_row(organisation: Organisation, mine: Mapping[str, Delivery], released: int) -> BoardRow:
    totals = {s: sum(len(each.questions) for each in asked_in(s)) for s in sections()}
    counts = tuple(Count(s, mine[s].given if s in mine else 0, total) for s, total in totals.items())
    there = list(mine.values())
    answered = sum(each.given + each.unknown for each in there)
    return BoardRow(
        organisation,
        counts,
        sum(each.given for each in there),
        sum(each.unknown for each in there),
        sum(totals.values()) - answered,
        sum(each.signed for each in there),
        released,
    )


@dataclass(frozen=True)
class Worthy:
    """A question with the share of what is uncertain that its answer would explain, as text."""

    question: str
    label: str
    section: str
    share: str


def worth_to_own(place: Place) -> list[Worthy]:
    """Return which open answers are worth most to one municipality, as far as computed."""
    found = OwnWorth.objects.filter(organisation=place.own).first()
    return _worthy(found.ranking[:3] if found else [])


def worth_to_region(place: Place) -> list[Worthy]:
    """Return which questions are worth most to the region, as far as computed."""
    found = RegionalWorth.objects.filter(region=place.region).first()
    return _worthy(found.ranking[:5] if found else [])


def _worthy(ranking: list[tuple[str, float]]) -> list[Worthy]:
    known = by_id()
    return [
        Worthy(
            key, known[key].label, known[key].section, "minder dan 1 %" if share < 0.01 else percent(share)
        )
        for key, share in ranking
        if key in known
    ]


@dataclass(frozen=True)
class Reminder:
    """A draft to one municipality: to whom, and the text."""

    organisation: Organisation
    people: tuple[Membership, ...]
    text: str


def reminders(place: Place) -> list[Reminder]:
    """Return a draft for every municipality that has questions open; nobody is sent anything."""
    worthy = ", ".join(each.label for each in worth_to_region(place)[:3])
    found = []
    for row in board(place):
        people = tuple(p for p in people_of(row.organisation) if p.role == Role.CONTACT)
        if row.open:
            found.append(Reminder(row.organisation, people, _draft(place, row, worthy)))
    return found


def _draft(place: Place, row: BoardRow, worthy: str) -> str:
    done = row.given + row.unknown
    first = f"Het meest helpen de antwoorden op: {worthy}.\n" if worthy else ""
    return (
        f"Beste collega van {row.organisation.name},\n\n"
        f"In de werkruimte van {place.region.name} zijn {done} vragen van de nulmeting van uw gemeente "
        f"beantwoord; {row.open} staan nog open.\n{first}"
        "Weet u iets niet, kies dan 'weet ik niet': dan rekenen we met de schatting.\n"
    )


@dataclass(frozen=True)
class SharedFigure:
    """A released figure as others in the region see it."""

    municipality: str
    label: str
    value: str
    price_year: int | None


def released_rows(place: Place) -> Iterable[Released]:
    """Return what the municipalities of a region released, as they wrote it."""
    return Released.objects.filter(region=place.region).select_related("organisation")


def released_figures(place: Place) -> list[SharedFigure]:
    """Return all figures that members of the region may see of each other."""
    known, rows = by_id(), released_rows(place)
    found = [
        SharedFigure(
            row.organisation.name,
            known[row.question].label,
            _amount(known[row.question], row.value),
            row.price_year,
        )
        for row in rows
        if row.question in known
    ]
    return sorted(found, key=lambda each: (each.municipality, each.label))


def _amount(question: Question, text: str) -> str:
    value = parse(question.part, text)
    return euro(value) if isinstance(value, float) else text


TOTALS = ("staff", "workplaces", "endpoints", "applications")
"""Questions of which the region sees a total: they drive what sharing costs; none is confidential."""


@dataclass(frozen=True)
class Total:
    """A rounded total over the region, of how many municipalities; empty below five."""

    question: Question
    municipalities: int
    value: float | None

    @property
    def total(self) -> str:
        """The total for a reader."""
        return "" if self.value is None else number(self.value)


def totals(place: Place) -> list[Total]:
    """Return the totals of a region that may leave its municipalities."""
    known, found = by_id(), []
    with connection.cursor() as cursor:
        for key in TOTALS:
            cursor.execute("SELECT * FROM marke_region_total(%s, %s)", [place.region.pk, key])
            row = cursor.fetchone()
            found.append(Total(known[key], row[0] if row else 0, float(row[1]) if row else None))
    return found
