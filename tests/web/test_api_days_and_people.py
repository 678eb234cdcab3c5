"""The API about a council's own days, the calendar, who belongs to what, and which answers are worth most."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.cache import cache
from django.utils import timezone
from story import Story, decide, invited, make_story, proposed
from test_api import OWN, Program, program

from marke.web.api.models import Area, Right
from marke.web.config.prepared import Addresses
from marke.web.intake.models import OwnWorth
from marke.web.tenancy.context import Context, opened
from marke.web.tenancy.models import Membership, Organisation, Role

REGION = "/regios/proefregio"
DAYS = f"{OWN}/eigen-dagen"


@pytest.fixture
def story(clean: Addresses) -> Story:
    cache.clear()
    found = make_story()
    for name in ("borne", "haaksbergen"):
        invited(found, name)
    return found


def test_a_council_names_its_own_days_and_takes_them_back(story: Story) -> None:
    invited(story, "borne", Role.READER, by="contact-borne")
    contact, reader, lead = (program(n) for n in ("contact-borne", "reader-borne", "Beheer Proefregio"))
    moments = {each["keuze"] for each in contact.ask("GET", f"{REGION}/besluitkeuzes").json()["momenten"]}
    assert "recess" in moments
    recess = {"moment": "recess", "eersteDag": "2027-02-20", "laatsteDag": "2027-02-28"}
    assert reader.ask("POST", DAYS, recess).status_code == 404
    made = contact.ask("POST", DAYS, recess)
    assert made.status_code == 201
    assert reader.ask("GET", DAYS).json() == [made.json()]
    assert "moment" in contact.ask("POST", DAYS, recess | {"moment": "verjaardag"}).json()["detail"]
    turned = contact.ask("POST", DAYS, recess | {"laatsteDag": "2027-01-01"})
    assert (turned.status_code, "eindigt voordat" in turned.json()["detail"]) == (400, True)
    longer = contact.ask("POST", DAYS, recess | {"laatsteDag": "2027-03-01"}).json()
    assert [longer] == contact.ask("GET", DAYS).json()
    row = f"{DAYS}/{longer['dagen']}"
    assert reader.ask("DELETE", row).status_code == 404
    assert contact.ask("DELETE", row).status_code == 204
    assert contact.ask("DELETE", row).status_code == 404
    log = lead.ask("GET", f"{REGION}/logregels").json()
    assert [each["wat"] for each in log] == ["eigen dagen genoemd"] * 2 + ["eigen dagen weggehaald"]
    office = f"{REGION}/organisaties/regiobureau/eigen-dagen"
    assert lead.ask("GET", office).status_code == 404
    assert lead.ask("POST", office, recess).status_code == 404


def test_the_calendar_tells_what_is_due_and_own_days_in_the_place_of_assumed_ones(story: Story) -> None:
    contact, other = program("contact-borne"), program("contact-haaksbergen")
    proposed(story)
    shared = contact.ask("GET", f"{REGION}/kalender").json()
    assert any("Samen een SOC" in each["wat"] for each in shared)
    assert [each["dag"] for each in shared] == sorted(each["dag"] for each in shared)
    labels = contact.ask("GET", f"{REGION}/besluitkeuzes").json()["momenten"]
    moment = next(each for each in labels if each["keuze"] != "recess")
    mine = f"{OWN}/kalender"
    year = timezone.localdate().year + 1

    def named(asker: Program, path: str) -> list[tuple[str, str]]:
        rows = asker.ask("GET", path).json()
        wanted = moment["naam"].lower()
        return [(e["dag"], e["status"]) for e in rows if wanted in e["wat"].lower() and e["dag"] >= f"{year}"]

    before = named(contact, mine)[0]
    day = f"{before[0][:4]}-05-05"
    assert contact.ask("POST", DAYS, {"moment": moment["keuze"], "eersteDag": day}).status_code == 201
    assert day in [each for each, _ in named(contact, mine)]
    assert before not in named(contact, mine)
    theirs = named(other, f"{REGION}/organisaties/haaksbergen/kalender")
    assert before in theirs
    assert contact.ask("GET", f"{REGION}/organisaties/haaksbergen/kalender").status_code == 404


def test_what_follows_from_a_refusal_says_who_refused_also_without_a_run(story: Story) -> None:
    contact = program("contact-borne")
    number = proposed(story)
    path = f"{REGION}/voorstellen/{number}/gevolgen"
    assert contact.ask("GET", path).json() == {"berekend": False, "weigeringen": [], "diensten": []}
    done = timezone.localdate().isoformat()
    decide(story, "regiobureau", number, "preparation", outcome="done", day=done)
    steps = contact.ask("GET", f"{OWN}/voorstellen/{number}/stappen").json()
    refusable = next(each["stap"] for each in steps if each["stand"] == "next")
    refused = {"datum": done, "uitkomst": "no"}
    answer = contact.ask("PUT", f"{OWN}/voorstellen/{number}/stappen/{refusable}", refused)
    assert answer.status_code == 200, answer.json()
    assert contact.ask("GET", path).json()["weigeringen"] == ["borne"]
    assert contact.ask("GET", f"{REGION}/voorstellen/9/gevolgen").status_code == 404


def test_roles_are_seen_and_ended_and_never_given(story: Story) -> None:
    invited(story, "borne", Role.READER, by="contact-borne")
    contact, reader, lead = (program(n) for n in ("contact-borne", "reader-borne", "Beheer Proefregio"))
    page = "/regio/proefregio/gemeente/borne/mensen/"
    story.browser("contact-borne").post(page, {"email": "nieuw@borne.nl", "role": Role.ADVISER.value})
    (invitation,) = reader.ask("GET", f"{OWN}/uitnodigingen").json()
    assert invitation["adres"] == "nieuw@borne.nl"
    assert "token" not in str(invitation)
    people = {each["naam"]: each for each in reader.ask("GET", f"{OWN}/leden").json()}
    assert set(people) == {"contact-borne", "reader-borne"}
    assert people["reader-borne"]["teBevestigen"] is False
    with opened(Context(readable=[_borne(story)], writable=_borne(story), regions=[story.region.pk])):
        Membership.objects.filter(pk=people["reader-borne"]["lid"]).update(
            starts_on=timezone.localdate() - timedelta(days=400)
        )
    due = {each["naam"]: each["teBevestigen"] for each in contact.ask("GET", f"{OWN}/leden").json()}
    assert due == {"contact-borne": False, "reader-borne": True}
    row = f"{OWN}/leden/{people['reader-borne']['lid']}"
    assert reader.ask("DELETE", row).status_code == 404
    assert lead.ask("DELETE", row).status_code == 404
    own = contact.ask("DELETE", f"{OWN}/leden/{people['contact-borne']['lid']}")
    assert (own.status_code, "eigen rol" in own.json()["detail"]) == (400, True)
    older = program("contact-borne", Right.WRITE, Area.REGION)
    assert older.ask("GET", f"{OWN}/leden").status_code == 200
    assert older.ask("DELETE", row).status_code == 403
    assert contact.ask("DELETE", row).status_code == 204
    assert reader.ask("GET", f"{OWN}/leden").status_code == 404
    everyone = {each["organisatie"]: each["leden"] for each in lead.ask("GET", f"{REGION}/leden").json()}
    assert [each["naam"] for each in everyone["borne"]] == ["contact-borne"]
    assert everyone["hof-van-twente"] == []
    assert contact.ask("GET", f"{REGION}/leden").status_code == 404


def _borne(story: Story) -> UUID:
    with opened(Context(regions=[story.region.pk])):
        found: UUID = Organisation.objects.get(region=story.region, slug="borne").pk
    return found


def test_which_answers_are_worth_most_and_whom_they_were_asked(story: Story) -> None:
    contact, other = program("contact-borne"), program("contact-haaksbergen")
    path = f"{OWN}/nulmeting/belangrijkste-vragen"
    assert contact.ask("GET", path).json() == []
    own = _borne(story)
    with opened(Context(readable=[own], writable=own, regions=[story.region.pk])):
        OwnWorth.objects.create(region=story.region, organisation_id=own, ranking=[["soc.staff", 0.25]])
    (first,) = contact.ask("GET", path).json()
    assert (first["vraag"], first["aandeel"].replace("\xa0", " ")) == ("soc.staff", "25 %")
    assert other.ask("GET", path).status_code == 404
    assert other.ask("GET", f"{REGION}/belangrijkste-vragen").json() == []
    page = "/regio/proefregio/gemeente/borne/nulmeting/onderdeel/soc/overdragen/0/"
    story.browser("contact-borne").post(page, {"email": "hulp@borne.nl"})
    answers = contact.ask("GET", f"{OWN}/nulmeting/antwoorden?onderdeel=soc").json()
    assert {"hulp@borne.nl", ""} == {each["gevraagdAan"] for each in answers}
