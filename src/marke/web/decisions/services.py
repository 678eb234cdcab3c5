"""What is written about talks, the motion, proposals, decisions and a council's own days."""

import secrets
from collections.abc import Collection, Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from marke.decision import Recorded, check_step
from marke.dutch import DECISIONS, day
from marke.errors import InputError
from marke.talks import parse_talk
from marke.web.decisions.log import write
from marke.web.decisions.models import (
    CalendarLink,
    CouncilDays,
    HeldTalk,
    PointState,
    PointStatus,
    Proposal,
    TakenStep,
)
from marke.web.decisions.selectors import RECESS, forms_of, motion_of, own_moments
from marke.web.decisions.standings import recorded_of, road_of
from marke.web.tenancy.access import Place
from marke.web.tenancy.models import Organisation
from marke.web.tenancy.services import fingerprint_of


def add_talk(*, place: Place, given: Mapping[str, str]) -> HeldTalk:
    """Write a talk down; raises InputError for what ``marke.talks`` refuses, or one that is there."""
    names = Organisation.objects.filter(region=place.region).exclude(code="").values_list("name", flat=True)
    try:
        talk = parse_talk(given, list(names))
    except InputError as error:
        raise InputError(error.what, mend=error.mend) from error
    row = HeldTalk(
        region=place.region,
        party=talk.party,
        level=talk.level,
        position=talk.position,
        day=talk.day,
        condition=talk.condition,
        confirmed_by=talk.confirmed_by,
        written_by=place.user,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise InputError(
            f"Met {talk.party} ({talk.level}) staat er op die dag al een gesprek.",
            mend="Haal dat eerst weg als het niet klopt.",
        ) from error
    write(place, what="gesprek vastgelegd", about=_talk_told(row))
    return row


def remove_talk(*, place: Place, talk: HeldTalk) -> None:
    """Take a talk out of the register; the log keeps what it said."""
    write(place, what="gesprek weggehaald", about=_talk_told(talk))
    HeldTalk.objects.filter(pk=talk.pk).delete()


def _talk_told(talk: HeldTalk) -> str:
    when = f" op {day(talk.day)}" if talk.day else ""
    condition = f": {talk.condition}" if talk.condition else ""
    confirmed = f"; bevestigd door {talk.confirmed_by}" if talk.confirmed_by else ""
    return f"{talk.party} ({talk.level}){when}: {talk.position}{condition}{confirmed}"


def set_point(*, place: Place, point: str, state: str, note: str) -> None:
    """Say how a point of the motion stands; raises InputError for an unknown point or state."""
    motion = motion_of(place.region)
    known = {each.key: each.told for each in motion.points} if motion else {}
    if point not in known or state not in PointState.values:
        raise InputError("Dit punt of deze stand is er niet.", mend="Kies uit de lijst.")
    values = {"state": state, "note": note.strip()[:500], "changed_by": place.user}
    PointStatus.objects.update_or_create(region=place.region, point=point, defaults=values)
    told = f"{known[point]}: {PointState(state).label}"
    write(place, what="stand van de motie", about=f"{told}. {note.strip()[:500]}".strip())


def make_proposal(
    *, place: Place, title: str, form: str, services: Collection[str], members: Collection[str], begin: date
) -> Proposal:
    """Make a proposal; raises InputError without a title, for an unknown form, or for one municipality."""
    if not title.strip():
        raise InputError("Schrijf hoe het voorstel heet.", where="Naam")
    names = dict(
        Organisation.objects.filter(region=place.region, code__in=members).values_list("code", "name")
    )
    if len(names) < 2:
        raise InputError("Een voorstel is voor ten minste twee gemeenten.", where="Gemeenten")
    labels = forms_of(place.region)
    if form not in labels:
        raise InputError("Deze vorm is er niet.", where="Vorm", mend="Kies uit de lijst.")
    last = Proposal.objects.filter(region=place.region).aggregate(last=Max("number"))["last"] or 0
    made = Proposal(
        region=place.region,
        number=last + 1,
        title=title.strip()[:120],
        form=form,
        services=sorted(services),
        members=sorted(names),
        begins_on=begin,
        made_by=place.user,
    )
    made.save(force_insert=True)
    told = ", ".join(names[code] for code in made.members)
    about = f"{made.title}, {labels[form]}, vanaf {day(begin)}, voor {told}"
    write(place, what="voorstel gemaakt", about=about)
    return made


def close_proposal(*, place: Place, proposal: Proposal, reason: str) -> None:
    """Close a proposal; raises InputError without a reason."""
    if not reason.strip():
        raise InputError("Schrijf waarom het voorstel wordt afgesloten.", where="Reden")
    Proposal.objects.filter(pk=proposal.pk, closed_on__isnull=True).update(
        closed_on=timezone.localdate(), reason=reason.strip()[:300]
    )
    write(place, what="voorstel afgesloten", about=f"{proposal.title}: {reason.strip()[:300]}")


def record_step(*, place: Place, proposal: Proposal, new: Recorded) -> None:
    """Record a step in the name of the place's organisation, or replace what was recorded of it.

    Raises InputError for a step that is another's, a closed proposal, and what ``marke.decision`` refuses.
    """
    way = road_of(proposal)
    step = way.steps.get(new.step)
    if step is None or (step.by == "region") == bool(place.own.code):
        raise InputError("Deze stap is niet aan u.", mend="Kies een van uw eigen stappen.")
    if proposal.closed_on is not None or (place.own.code and place.own.code not in proposal.members):
        raise InputError("Dit voorstel staat niet meer open voor u.")
    check_step(way, recorded_of(proposal, place.own), new, timezone.localdate())
    values = {"day": new.day, "outcome": new.outcome, "text": new.text[:500], "recorded_by": place.user}
    TakenStep.objects.update_or_create(
        organisation=place.own, proposal=proposal, step=new.step, defaults=values | {"region": place.region}
    )
    words = DECISIONS[step.asks][new.outcome]
    told = f"{proposal.title}: {step.told or step.label} op {day(new.day)}: {words}"
    write(place, what="stap vastgelegd", about=f"{told}. {new.text[:500]}".strip())


def take_back_step(*, place: Place, proposal: Proposal, step: str) -> None:
    """Remove what was recorded of a step; nothing when nothing was."""
    found = TakenStep.objects.filter(organisation=place.own, proposal=proposal, step=step).first()
    if found is None or proposal.closed_on is not None:
        return
    told = road_of(proposal).steps[step]
    about = f"{proposal.title}: {told.told or told.label}, vastgelegd op {day(found.day)}"
    write(place, what="stap weggehaald", about=about)
    found.delete()


def name_days(*, place: Place, moment: str, first: date, last: date | None) -> CouncilDays:
    """Name a council's own recess, or the day on which a moment of the calendar falls.

    Raises InputError for an unknown moment, or a recess that ends before it begins.
    """
    known = own_moments()
    if moment not in known:
        raise InputError("Dit moment is er niet.", mend="Kies uit de lijst.")
    until = (last or first) if moment == RECESS else first
    if until < first:
        raise InputError("Het reces eindigt voordat het begint.", where="Tot en met")
    values = {"last": until, "noted_by": place.user, "region": place.region}
    row, _ = CouncilDays.objects.update_or_create(
        organisation=place.own, moment=moment, first=first, defaults=values
    )
    span = day(first) if until == first else f"{day(first)} tot en met {day(until)}"
    write(place, what="eigen dagen genoemd", about=f"{known[moment]}: {span}")
    return row


def remove_days(*, place: Place, days: CouncilDays) -> None:
    """Remove days that a council named itself."""
    write(place, what="eigen dagen weggehaald", about=f"{own_moments()[days.moment]}: {day(days.first)}")
    days.delete()


def make_link(*, place: Place) -> str:
    """Make a private link to the calendar and return its secret part; only its fingerprint is kept."""
    token = secrets.token_urlsafe(32)
    CalendarLink(
        region=place.region, organisation=place.own, user=place.user, fingerprint=fingerprint_of(token)
    ).save(force_insert=True)
    return token


def revoke_link(link: CalendarLink) -> None:
    """Let a link work no longer."""
    CalendarLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())
