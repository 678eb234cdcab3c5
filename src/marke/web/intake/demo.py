"""An example to look around in: Twente, with people and an intake that was partly delivered."""

import secrets
from collections.abc import Mapping

from django.utils import timezone

from marke.baseline import Baseline
from marke.baseline.values import cell_text
from marke.catalogue.intake import ONCE
from marke.dutch import significant
from marke.engine.today import today_cost, today_of
from marke.files import slug
from marke.intake.estimates import estimate
from marke.question import Question, find_study
from marke.region import Municipality
from marke.web.accounts.models import User
from marke.web.accounts.services import create_user
from marke.web.intake.answers import by_id
from marke.web.intake.services import Entry, release, save_answers, sign
from marke.web.studies.question import question_of
from marke.web.studies.selectors import latest
from marke.web.studies.services import open_region
from marke.web.tenancy.access import Place
from marke.web.tenancy.context import Context, opened
from marke.web.tenancy.models import Organisation, Region, Role
from marke.web.tenancy.services import accept, invite

EXAMPLE = "twente-actueel"
NAME = "Twente (voorbeeld)"
LEAD = "programmaleider@twente.example"
NOTE = "Voorbeeld: geen opgave van de gemeente, maar de schatting van marke zelf."
WHOLE, PART = 5, 6
"""How many municipalities delivered everything that marke estimates, and how many the first section only."""

_DRAWS = 256
_QUICK = ("trekkingen = 8192", "trekkingen = 1024")
"""The study of the example is that of Twente with fewer draws, so that its runs take seconds."""

_AMOUNTS = ("realised", "budgeted_now", "budgeted_1", "budgeted_2", "budgeted_3", "budgeted_4")


def fill() -> tuple[Region, str]:
    """Make the example and return its region, and the password of everyone who can sign in."""
    password = secrets.token_urlsafe(12)
    lead = create_user(
        email=LEAD,
        name="Pim de Leider (voorbeeld)",
        password=password,
        example=True,
    )
    text = find_study(EXAMPLE).read_text(encoding="utf-8").replace(*_QUICK)
    return fill_region(lead, "veiligheidsregio:Twente", NAME, text, password), password


def fill_region(lead: User, wanted: str, name: str, text: str, password: str) -> Region:
    """Make a region with a contact for every municipality, some of which delivered.

    ``text`` is its study; empty: the one that a region begins with.
    """
    region = open_region(user=lead, wanted=wanted, name=name, text=text)
    with opened(Context(user=lead.pk, regions=[region.pk])):
        organisations = list(Organisation.objects.filter(region=region).exclude(code=""))
        question = question_of(latest(region), Baseline({}), draws=_DRAWS)
    organisations.sort(key=lambda each: each.name != question.study.viewpoint.name)
    for number, organisation in enumerate(organisations):
        municipality = question.country.find(organisation.code)
        contact = _person(region, lead, organisation, Role.CONTACT, password)
        if number < WHOLE:
            _deliver_whole(region, contact, organisation, municipality, question, password)
        elif number < WHOLE + PART:
            _save(region, contact, organisation, _answers(question, municipality, (ONCE,)))
    return region


def _person(region: Region, by: User, organisation: Organisation, role: Role, password: str) -> User:
    """Invite somebody and accept at once."""
    first = role is Role.CONTACT
    context = Context(
        user=by.pk,
        regions=[region.pk],
        readable=[] if first else [organisation.pk],
        writable=None if first else organisation.pk,
        region_writable=region.pk if first else None,
    )
    email = f"{role.value}@{slug(organisation.name)}.example"
    with opened(context):
        place = Place(by, region, frozenset({role}), organisation)
        token = invite(place=place, organisation=organisation, email=email, role=role)
    name = f"{role.label} {organisation.name} (voorbeeld)"
    user = create_user(email=email, name=name, password=password, example=True)
    accept(token=token, user=user)
    return user


def _deliver_whole(
    region: Region,
    contact: User,
    organisation: Organisation,
    municipality: Municipality,
    question: Question,
    password: str,
) -> None:
    """Answer what marke estimates, sign it as controller and secretary, and release the amounts."""
    services = tuple(question.study.settings.services)
    answers = _answers(question, municipality, (ONCE, *services))
    _save(region, contact, organisation, answers)
    controller = _person(region, contact, organisation, Role.CONTROLLER, password)
    client = _person(region, contact, organisation, Role.CLIENT, password)
    for service in services:
        for user, role in ((controller, Role.CONTROLLER), (client, Role.CLIENT)):
            with opened(_inside(region, user, organisation)):
                sign(place=Place(user, region, frozenset({role}), organisation), section=service, role=role)
        chosen = [f"{service}.{part}" for part in _AMOUNTS if f"{service}.{part}" in answers]
        with opened(_inside(region, contact, organisation)):
            release(place=_contact(region, contact, organisation), section=service, chosen=chosen)


def _answers(question: Question, m: Municipality, sections: tuple[str, ...]) -> Mapping[str, Entry]:
    """Return what marke assumes about a municipality, as if it were filled in."""
    found = {}
    for key, asked in by_id().items():
        if asked.section not in sections:
            continue
        assumed = estimate(question.study, question.catalogue, m, key)
        if assumed is not None:
            found[key] = Entry(cell_text(asked.part, float(significant(assumed.mode, 2))), note=NOTE)
        elif asked.part.id == "scale":
            found[key] = Entry(unknown=True)
    for service in set(sections) - {ONCE}:
        case = question.case(service)
        cost = float(today_cost(case, *today_of(case, question.study, m.code)).mean())
        for part in _AMOUNTS:
            amount = cell_text(by_id()[f"{service}.{part}"].part, float(significant(cost, 2)))
            found[f"{service}.{part}"] = Entry(amount, note=NOTE, price_year=str(timezone.localdate().year))
    return found


def _save(region: Region, user: User, organisation: Organisation, answers: Mapping[str, Entry]) -> None:
    with opened(_inside(region, user, organisation)):
        save_answers(place=_contact(region, user, organisation), entries=answers)


def _contact(region: Region, user: User, organisation: Organisation) -> Place:
    return Place(user, region, frozenset({Role.CONTACT}), organisation)


def _inside(region: Region, user: User, organisation: Organisation) -> Context:
    return Context(user=user.pk, regions=[region.pk], readable=[organisation.pk], writable=organisation.pk)
