"""Talks, a proposal and decisions for the example; every one says that it is made up."""

from datetime import date, timedelta

from django.utils import timezone

from marke.baseline import Baseline
from marke.decision import Recorded
from marke.web.accounts.models import User
from marke.web.decisions.models import Proposal
from marke.web.decisions.selectors import points_of
from marke.web.decisions.services import add_talk, make_proposal, name_days, record_step, set_point
from marke.web.studies.question import study_of
from marke.web.studies.selectors import latest
from marke.web.tenancy.access import Place
from marke.web.tenancy.context import Context, opened
from marke.web.tenancy.models import Membership, Organisation, Region, Role

MADE_UP = "Voorbeeld, niet echt gebeurd"
_TALKS = (
    ("college", "onder voorwaarden", "voorbeeld: een vaste bijdrage per jaar", "voorbeeld: de wethouder"),
    ("gemeentesecretaris", "ja", "", "voorbeeld: de secretaris"),
    ("raad", "nee", "", "voorbeeld: de griffier"),
)
_YES, _NO = ("yes", MADE_UP), ("no", f"{MADE_UP}: eerst de eigen cijfers")


def add_decisions(region: Region) -> None:
    """Add talks, a proposal on its way and a refusal to the example, in the name of its people."""
    with opened(Context(regions=[region.pk])):
        viewpoint = study_of(latest(region), Baseline({})).viewpoint.name
        members = list(Organisation.objects.filter(region=region).exclude(code=""))
        office = Organisation.objects.get(region=region, code="")
    members.sort(key=lambda each: each.name != viewpoint)
    lead = _somebody(region, office, Role.ADMINISTRATOR)
    today = timezone.localdate()
    with opened(Context(user=lead.pk, regions=[region.pk], region_writable=region.pk)):
        place = Place(lead, region, frozenset({Role.ADMINISTRATOR}), origin="demo")
        _talk(place, members[: len(_TALKS)], today)
        proposal = make_proposal(
            place=place,
            title="Samen een SOC (voorbeeld)",
            form="host",
            services=["soc"],
            members=[each.code for each in members[:6]],
            begin=today - timedelta(days=120),
        )
    _decide(region, members[:6], proposal, today)


def _talk(place: Place, members: list[Organisation], today: date) -> None:
    for number, (member, (level, position, condition, confirmed)) in enumerate(
        zip(members, _TALKS, strict=True)
    ):
        given = {
            "met": member.name,
            "niveau": level,
            "standpunt": position,
            "datum": (today - timedelta(days=60 - 10 * number)).isoformat(),
            "voorwaarde": condition,
            "bevestigd_door": confirmed,
        }
        add_talk(place=place, given=given)
    points = points_of(place.region)
    if points:
        set_point(place=place, point=points[0].point.key, state="busy", note=MADE_UP)


def _decide(region: Region, members: list[Organisation], proposal: Proposal, today: date) -> None:
    """One waits for the view of its council, one goes on, one refuses, and one names its recess."""
    first, second, third, fourth, *_ = members
    steps = (
        (first, "preparation", 70, _YES),
        (first, "draft", 20, ("done", MADE_UP)),
        (second, "preparation", 50, _YES),
        (third, "preparation", 40, _NO),
    )
    for member, step, ago, (outcome, text) in steps:
        place, context = _inside(region, member)
        with opened(context):
            new = Recorded(step, today - timedelta(days=ago), outcome, text)
            record_step(place=place, proposal=proposal, new=new)
    place, context = _inside(region, fourth)
    with opened(context):
        name_days(
            place=place, moment="recess", first=date(today.year + 1, 7, 4), last=date(today.year + 1, 8, 16)
        )


def _inside(region: Region, member: Organisation) -> tuple[Place, Context]:
    user = _somebody(region, member, Role.CONTACT)
    context = Context(user=user.pk, regions=[region.pk], readable=[member.pk], writable=member.pk)
    return Place(user, region, frozenset({Role.CONTACT}), member, origin="demo"), context


def _somebody(region: Region, organisation: Organisation, role: Role) -> User:
    with opened(Context(regions=[region.pk], readable=[organisation.pk])):
        found = Membership.objects.select_related("user").filter(organisation=organisation, role=role.value)
        return found.earliest("starts_on").user
