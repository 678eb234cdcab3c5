"""How proposals stand in every municipality, and what is due next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.utils import timezone

from marke.decision import Recorded, Road, Standing, StepState, explained, road, standing
from marke.dutch import DECISIONS, day
from marke.terms import YEAR, Span, recess_days
from marke.web.decisions.models import CouncilDays, Proposal, TakenStep
from marke.web.decisions.selectors import RECESS
from marke.web.studies.question import catalogue
from marke.web.tenancy.access import Place
from marke.web.tenancy.models import Organisation, Region

YEARS_AHEAD = 4


@lru_cache(maxsize=256)
def _road(form: str, begin: date) -> Road:
    return road(catalogue(), form, begin)


def road_of(proposal: Proposal) -> Road:
    """Return the path of a proposal."""
    return _road(proposal.form, proposal.begins_on)


def recorded_of(proposal: Proposal, organisation: Organisation) -> list[Recorded]:
    """Return what was recorded of a proposal for one organisation: its own steps and those of the office."""
    rows = TakenStep.objects.filter(proposal=proposal).select_related("organisation")
    return [_recorded(row) for row in rows if _counts(row, organisation)]


def _counts(row: TakenStep, organisation: Organisation) -> bool:
    """Whether a step counts for an organisation: its own, or one of the office for all."""
    return row.organisation_id == organisation.pk or not row.organisation.code


def _recorded(row: TakenStep) -> Recorded:
    return Recorded(row.step, row.day, row.outcome, row.text)


@dataclass(frozen=True)
class Told:
    """A step for a reader: what it says now, how its day was found, and whether that day is past.

    ``assumed``: the council named no recess of its own.
    """

    state: StepState
    text: str
    how: str
    overdue: bool
    assumed: bool

    @property
    def usable(self) -> str:
        """The last day on which the council can meet, where that is another than the last of the term."""
        due = self.state.due
        if self.state.step.by != "council" or not due.certain or due.usable == due.day:
            return ""
        if due.usable is None:
            return "De raad is de hele termijn met reces."
        how = " (aanname; de gemeente noemde geen eigen reces)" if self.assumed else ""
        return f"De laatste werkdag voor het reces is {day(due.usable)}{how}."


@dataclass(frozen=True)
class Member:
    """How a proposal stands in one municipality."""

    organisation: Organisation
    standing: Standing
    steps: tuple[Told, ...]

    @property
    def next(self) -> Told | None:
        """The step that is to be taken now."""
        return next((each for each in self.steps if each.state.state == "next"), None)


@dataclass(frozen=True)
class Board:
    """A proposal with how it stands in every municipality; ``office``: the steps that all take together."""

    proposal: Proposal
    road: Road
    members: tuple[Member, ...]
    office: tuple[Told, ...]

    @property
    def refused(self) -> tuple[Member, ...]:
        """Who said no."""
        return tuple(member for member in self.members if member.standing.refused)


def boards(region: Region, *, closed: bool = False) -> list[Board]:
    """Return the open (or closed) proposals of a region, in order."""
    rows = Proposal.objects.filter(region=region, closed_on__isnull=not closed)
    members = {each.code: each for each in Organisation.objects.filter(region=region)}
    steps = list(TakenStep.objects.filter(region=region).select_related("organisation"))
    today = timezone.localdate()
    recess = own_recess(region)
    return [_board(each, members, steps, recess, today) for each in rows]


def board_of(region: Region, number: int) -> Board | None:
    """Return one proposal; None for a number that there is not."""
    every = (*boards(region), *boards(region, closed=True))
    return next((each for each in every if each.proposal.number == number), None)


def asked_of(place: Place) -> list[Board]:
    """Return the open proposals that ask something of the place's organisation; of the office: all."""
    code = place.own.code
    return [each for each in boards(place.region) if not code or code in each.proposal.members]


def own_steps(board: Board, organisation: Organisation) -> tuple[Told, ...]:
    """Return the steps of a proposal that an organisation takes itself; the office those of the region."""
    if not organisation.code:
        return board.office
    mine = next(each for each in board.members if each.organisation.pk == organisation.pk)
    return tuple(told for told in mine.steps if told.state.step.by != "region")


def _board(
    proposal: Proposal,
    members: Mapping[str, Organisation],
    steps: Sequence[TakenStep],
    recess: Mapping[UUID, Sequence[Span]],
    today: date,
) -> Board:
    way = road_of(proposal)
    taken = [row for row in steps if row.proposal_id == proposal.pk]

    def member(organisation: Organisation) -> Member:
        counted = [_recorded(row) for row in taken if _counts(row, organisation)]
        own = recess.get(organisation.pk)
        found = standing(way, counted, own or assumed_recess(way, today), today)
        told = tuple(_told(each, way, today, assumed=own is None) for each in found.steps)
        return Member(organisation, found, told)

    own = sorted((members[code] for code in proposal.members), key=lambda each: each.name)
    office = tuple(each for each in member(members[""]).steps if each.state.step.by == "region")
    return Board(proposal, way, tuple(map(member, own)), office)


def own_recess(region: Region) -> dict[UUID, list[Span]]:
    """Return the recesses that councils named themselves, by organisation."""
    found: dict[UUID, list[Span]] = {}
    for row in CouncilDays.objects.filter(region=region, moment=RECESS):
        found.setdefault(row.organisation_id, []).append(Span(row.first, row.last, RECESS))
    return found


def assumed_recess(way: Road, today: date) -> tuple[Span, ...]:
    """Return the recess that is assumed for a council that named none, as far as a proposal can reach."""
    last = date(max(way.begin.year, today.year) + YEARS_AHEAD, YEAR, 31)
    return recess_days(catalogue().terms.recess, way.begin, last)


def _told(state: StepState, way: Road, today: date, *, assumed: bool) -> Told:
    how = "" if state.recorded else explained(state.due, way.working)
    return Told(state, _text(state), how, state.state == "next" and state.due.day < today, assumed)


def _text(state: StepState) -> str:
    due = day(state.due.day)
    if state.recorded:
        late = ", na de termijn" if state.late else ""
        return f"{DECISIONS[state.step.asks][state.recorded.outcome]}, {day(state.recorded.day)}{late}"
    words = {
        "lapsed": f"geen; termijn liep tot {due}",
        "passed": "niet vastgelegd",
        "next": f"uiterlijk {due}" if state.due.certain else f"verwacht {due}",
        "later": f"rond {due}",
        "stopped": "gaat niet door",
    }
    return words[state.state]


@dataclass(frozen=True)
class Deadline:
    """What somebody must do next for a proposal, and when."""

    who: str
    organisation: Organisation | None
    proposal: Proposal
    told: Told

    @property
    def what(self) -> str:
        """The step in words."""
        step = self.told.state.step
        return step.told or step.label

    @property
    def label(self) -> str:
        """Who must do what, for a calendar."""
        return f"{self.who}: {self.what}"


def deadlines(found: Iterable[Board], only: Organisation | None = None) -> list[Deadline]:
    """Return what is next everywhere (or in one municipality), the first day first; of the region once."""
    rows: dict[tuple[int, str, UUID | None], Deadline] = {}
    for board in found:
        for member in board.members:
            told = member.next
            if told is None or (only is not None and member.organisation.pk != only.pk):
                continue
            regional = told.state.step.by == "region"
            own = None if regional else member.organisation
            key = (board.proposal.number, told.state.key, own.pk if own else None)
            who = own.name if own else "de regio"
            rows.setdefault(key, Deadline(who, own, board.proposal, told))
    return sorted(rows.values(), key=lambda each: (each.told.state.due.day, each.who))
