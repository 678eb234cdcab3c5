"""Talks, the motion, a decision with its deadline, the log that cannot change, and a private calendar."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import icalendar
import psycopg
import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone
from story import Story, decide, invited, make_story, proposed

from marke.chain import SHORT, START, broken
from marke.talks import read_talks
from marke.web.config.prepared import Addresses
from marke.web.decisions.log import entries_of, head_of
from marke.web.decisions.models import CalendarLink, HeldTalk, LogEntry, TakenStep
from marke.web.decisions.selectors import talks_of
from marke.web.studies.selectors import latest
from marke.web.tenancy.context import Context, opened
from marke.web.tenancy.models import Organisation, Role

HERE = "/regio/proefregio/besluiten/"
BORNE = "/regio/proefregio/gemeente/borne/besluiten/"
TALK = {
    "met": "Borne", "niveau": "college", "datum": "2026-11-03", "standpunt": "onder voorwaarden",
    "voorwaarde": "een vaste bijdrage", "bevestigd_door": "wethouder A.",
}  # fmt: skip
MOTION = """
[motie]
raad = "gemeenteraad van Hof van Twente"
titel = "samen werken"
datum = 2025-11-03
termijn = 2026-07-01
moment = "de 1e Berap 2026"
bron = "voorbeeld"

[[motie.punt]]
sleutel = "1 praten/overleggen"
vraagt = "praten"
tekst = "te praten met de andere gemeenten"
"""


@pytest.fixture
def story(clean: Addresses) -> Story:
    found = make_story()
    for name in ("borne", "haaksbergen"):
        invited(found, name)
    return found


@pytest.fixture
def owner(clean: Addresses) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    with psycopg.connect(clean.owner) as connection:
        yield connection


def seen(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", text.replace("\xa0", " "))


def in_region(story: Story) -> Context:
    return Context(regions=[story.region.pk])


def days_ago(count: int) -> str:
    return (timezone.localdate() - timedelta(days=count)).isoformat()


def test_a_talk_is_written_by_the_office_and_read_by_all(story: Story, tmp_path: Path) -> None:
    office, borne = story.browser("beheer"), story.browser("contact-borne")
    assert "Nog niet gesproken met: Borne, Haaksbergen, Hof van Twente" in seen(borne, HERE)
    assert borne.post(f"{HERE}gesprekken/", TALK).status_code == 404
    assert office.post(f"{HERE}gesprekken/", TALK).status_code == 302
    shown = seen(borne, f"{HERE}gesprekken/")
    assert "3 november 2026 onder voorwaarden een vaste bijdrage wethouder A." in shown
    assert "Nog niet gesproken met: Haaksbergen, Hof van Twente" in shown
    with opened(in_region(story)):
        assert talks_of(story.region)[0].day == date(2026, 11, 3)
        talk = HeldTalk.objects.get(region=story.region)
    file = tmp_path / "gesprekken.toml"
    file.write_bytes(borne.get(f"{HERE}gesprekken/gesprekken.toml").content)
    assert read_talks(file, ["Borne"])[0].condition == "een vaste bijdrage"
    assert borne.post(f"{HERE}gesprekken/{talk.pk}/weg/").status_code == 404
    assert office.post(f"{HERE}gesprekken/{talk.pk}/weg/").status_code == 302
    assert "Er is nog geen gesprek vastgelegd" in seen(borne, f"{HERE}gesprekken/")
    assert "gesprek weggehaald Borne (college) op 3 november 2026" in seen(borne, f"{HERE}logboek/")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"met": "Almelo"}, "geen gemeente van deze regio"),
        ({"voorwaarde": ""}, "ontbreekt: onder welke voorwaarden"),
        ({"standpunt": "misschien"}, "Selecteer een geldige keuze"),
        ({"datum": ""}, "wanneer is met Borne gesproken"),
    ],
)
def test_a_talk_that_does_not_fit_is_told(story: Story, changed: dict[str, str], told: str) -> None:
    answer = story.browser("beheer").post(f"{HERE}gesprekken/", TALK | changed)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    with opened(in_region(story)):
        assert not HeldTalk.objects.exists()
        assert not LogEntry.objects.exists()


def test_the_same_talk_is_not_written_twice(story: Story) -> None:
    office = story.browser("beheer")
    assert office.post(f"{HERE}gesprekken/", TALK).status_code == 302
    assert "al een gesprek" in office.post(f"{HERE}gesprekken/", TALK).content.decode()


def test_a_point_of_the_motion_has_a_status(story: Story) -> None:
    office = story.browser("beheer")
    with opened(in_region(story)):
        text = latest(story.region).text
    answer = office.post("/regio/proefregio/studie/wijzigen/", {"text": text + MOTION, "reason": "motie"})
    assert answer.status_code == 302, answer.content.decode()
    assert "Te praten met de andere gemeenten: open" in seen(office, HERE)
    given = {"state": "busy", "note": "met Borne is gesproken"}
    assert story.browser("contact-borne").post(f"{HERE}motie/1/", given).status_code == 404
    assert office.post(f"{HERE}motie/2/", given).status_code == 404
    assert office.post(f"{HERE}motie/1/", given).status_code == 302
    assert "in behandeling . met Borne is gesproken" in seen(story.browser("contact-borne"), HERE)


def test_a_decision_goes_its_way_with_the_next_deadline_in_sight(story: Story) -> None:
    number, borne = proposed(story), story.browser("contact-borne")
    assert "Borne : het college wil verder met dit voorstel Samen een SOC . Verwacht volgens" in seen(
        borne, HERE
    )
    assert decide(story, "borne", number, "preparation", day=days_ago(30)).status_code == 302
    assert decide(story, "borne", number, "draft", day=days_ago(10), outcome="done").status_code == 302
    due = seen(borne, BORNE)
    assert "Zienswijze van de raad: uiterlijk" in due
    assert "8 weken na" in due
    first = seen(borne, HERE).partition("Wat eerst komt")[2].partition("Voorstellen")[0]
    assert "Borne : zienswijze van de raad Samen een SOC . 8 weken na" in first
    with opened(in_region(story)):
        assert TakenStep.objects.count() == 2
    mine = seen(borne, "/regio/proefregio/gemeente/borne/nulmeting/")
    assert re.search(r"Uiterlijk \d+ \w+ \d+: zienswijze van de raad \( Samen een SOC \)", mine)
    whole = seen(borne, "/regio/proefregio/")
    assert re.search(r"Uiterlijk \d+ \w+ \d+: Borne, zienswijze van de raad", whole)


def test_what_does_not_fit_is_told_and_not_recorded(story: Story) -> None:
    number = proposed(story)
    for step, more, told in (
        ("decision", {}, "Hiervoor komt nog"),
        ("preparation", {"outcome": "conditions"}, "Schrijf onder welke voorwaarden"),
        ("preparation", {"day": days_ago(-1)}, "ligt in de toekomst"),
        ("preparation", {"outcome": "none"}, "Selecteer een geldige keuze"),
    ):
        answer = decide(story, "borne", number, step, **more)
        assert answer.status_code == 422
        assert told in answer.content.decode()
    assert decide(story, "borne", number, "setup").status_code == 404
    assert decide(story, "borne", number + 1, "preparation").status_code == 404
    with opened(in_region(story)):
        assert not TakenStep.objects.exists()


def test_a_step_is_corrected_and_taken_back_and_the_log_keeps_all(story: Story) -> None:
    number, borne = proposed(story), story.browser("contact-borne")
    decide(story, "borne", number, "preparation", outcome="no", text="te duur")
    decide(story, "borne", number, "preparation", outcome="conditions", text="mits goedkoper")
    assert "ja, onder voorwaarden" in seen(borne, BORNE)
    page = f"{BORNE}voorstellen/{number}/preparation/"
    assert borne.post(page, {"back": "1"}).status_code == 302
    assert "Het college wil verder met dit voorstel: verwacht" in seen(borne, BORNE)
    log = seen(borne, f"{HERE}logboek/")
    for told in ("nee. te duur", "mits goedkoper", "stap weggehaald"):
        assert told in log


def test_only_a_municipality_itself_records_its_steps(story: Story) -> None:
    number = proposed(story, members=("Borne", "Hof van Twente"))
    invited(story, "borne", Role.READER, by="contact-borne")
    page = f"{BORNE}voorstellen/{number}/preparation/"
    given = {"day": days_ago(0), "outcome": "yes", "text": ""}
    for who in ("contact-haaksbergen", "beheer", "reader-borne"):
        assert story.browser(who).post(page, given).status_code == 404, who
    assert "Het college wil verder" in seen(story.browser("reader-borne"), BORNE)
    assert decide(story, "haaksbergen", number, "preparation").status_code == 404
    assert decide(story, "regiobureau", number, "preparation").status_code == 404
    assert decide(story, "regiobureau", number, "setup", outcome="done").status_code == 302
    assert decide(story, "borne", number, "preparation").status_code == 302


def test_a_refusal_is_told_to_all_and_a_closed_proposal_asks_nothing(story: Story) -> None:
    number, haaksbergen = proposed(story), story.browser("contact-haaksbergen")
    decide(story, "borne", number, "preparation", outcome="no", text="eerst de cijfers")
    page = f"{HERE}voorstellen/{number}/"
    assert "Er is nee gezegd" in seen(haaksbergen, page)
    assert "eerst de cijfers" in seen(haaksbergen, page)
    assert "nee van Borne" in seen(haaksbergen, HERE)
    assert haaksbergen.post(page, {"reason": "Borne doet niet mee"}).status_code == 404
    assert story.browser("beheer").post(page, {"reason": "Borne doet niet mee"}).status_code == 302
    assert "Er ligt geen voorstel dat een besluit vraagt" in seen(haaksbergen, HERE)
    assert decide(story, "haaksbergen", number, "preparation").status_code == 404
    assert "Afgesloten op" in seen(haaksbergen, page)


def test_a_proposal_is_for_two_and_in_a_form_of_the_study(story: Story) -> None:
    given = {"title": "SOC", "form": "host", "begin": "2026-12-01", "services": "soc", "members": "GM0147"}
    for more, told in (({}, "twee gemeenten"), ({"form": "geen"}, "geldige keuze")):
        answer = story.browser("beheer").post(f"{HERE}voorstellen/nieuw/", given | more)
        assert answer.status_code == 422
        assert told in answer.content.decode()
    borne = story.browser("contact-borne")
    assert borne.get(f"{HERE}voorstellen/nieuw/").status_code == 404
    with opened(in_region(story)):
        assert not LogEntry.objects.exists()


def test_a_recess_of_the_council_moves_no_term(story: Story) -> None:
    number = proposed(story)
    decide(story, "borne", number, "preparation", day=days_ago(30))
    decide(story, "borne", number, "draft", day=days_ago(0), outcome="done")
    borne = story.browser("contact-borne")
    before = re.findall(r"uiterlijk (\d+ \w+ \d+)", seen(borne, BORNE))
    recess = {"moment": "recess", "first": days_ago(-10), "last": days_ago(-80)}
    assert borne.post(f"{BORNE}dagen/", recess).status_code == 302
    after = seen(borne, BORNE)
    assert re.findall(r"uiterlijk (\d+ \w+ \d+)", after) == before
    assert "De laatste werkdag voor het reces is" in after
    wrong = {"moment": "recess", "first": days_ago(0), "last": days_ago(5)}
    assert "eindigt voordat het begint" in borne.post(f"{BORNE}dagen/", wrong).content.decode()


def test_a_municipality_names_the_day_of_its_own_berap(story: Story) -> None:
    borne = story.browser("contact-borne")
    year = timezone.localdate().year + 1
    borne.post(f"{BORNE}dagen/", {"moment": "first_report", "first": f"{year}-06-08"})
    calendar = feed_of(story, "borne")
    days = {
        str(e["summary"]): e["dtstart"].dt for e in calendar.walk("vevent") if e["dtstart"].dt.year == year
    }
    assert days["Eerste bestuursrapportage (Berap) in de raad"] == date(year, 6, 8)
    others = feed_of(story, "haaksbergen")
    days = {str(e["summary"]): e["dtstart"].dt for e in others.walk("vevent") if e["dtstart"].dt.year == year}
    assert days["Eerste bestuursrapportage (Berap) in de raad"] == date(year, 6, 15)


def link_of(story: Story, name: str) -> str:
    page = f"/regio/proefregio/gemeente/{name}/besluiten/agenda/"
    made = re.search(r'value="http://testserver(/agenda/[^"]+)"', _post(story, name, page))
    assert made
    return made[1]


def _post(story: Story, name: str, page: str) -> str:
    answer = story.browser(f"contact-{name}").post(page)
    assert answer.status_code == 200
    return answer.content.decode()


def feed_of(story: Story, name: str) -> Any:
    answer = Client().get(link_of(story, name))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    return icalendar.Calendar.from_ical(answer.content)


def test_the_private_calendar_holds_ones_own_deadlines(story: Story) -> None:
    number = proposed(story)
    decide(story, "borne", number, "preparation", day=days_ago(30))
    told = " ".join(str(each["summary"]) for each in feed_of(story, "borne").walk("vevent"))
    assert "Borne: de raad heeft het ontwerp van de regeling ontvangen, Samen een SOC" in told
    assert "Haaksbergen:" not in told
    assert "Kadernota" in told


def test_a_link_stops_when_it_is_revoked_or_its_owner_leaves(story: Story) -> None:
    link = link_of(story, "borne")
    assert Client().get(link).status_code == 200
    assert Client().get(link[:-5] + "x.ics").status_code == 404
    borne = story.browser("contact-borne")
    revoke = re.search(r'action="([^"]+/intrekken/)"', borne.get(f"{BORNE}agenda/").content.decode())
    assert revoke
    invited(story, "borne", Role.READER, by="contact-borne")
    assert story.browser("reader-borne").post(revoke[1]).status_code == 404
    assert borne.post(revoke[1]).status_code == 302
    assert Client().get(link).status_code == 404
    reader = story.browser("reader-borne").post(f"{BORNE}agenda/")
    other = re.search(r'value="http://testserver(/agenda/[^"]+)"', reader.content.decode())
    assert other
    assert Client().get(other[1]).status_code == 200
    people = borne.get("/regio/proefregio/gemeente/borne/mensen/").content.decode()
    for end in re.findall(r'action="([^"]+/einde/)"', people):
        borne.post(end)
    assert Client().get(other[1]).status_code == 404


def test_the_secret_of_a_link_is_not_kept(story: Story) -> None:
    token = link_of(story, "borne").removeprefix("/agenda/").removesuffix(".ics")
    with opened(in_region(story)):
        assert not CalendarLink.objects.exists()  # only who made it, or who has it, sees it
    borne = story.browser("contact-borne").get(f"{BORNE}agenda/").content.decode()
    assert token not in borne


def test_the_log_holds_and_can_be_fetched_and_looked_up(story: Story, tmp_path: Any) -> None:
    number = proposed(story)
    decide(story, "borne", number, "preparation")
    borne = story.browser("contact-borne")
    with opened(in_region(story)):
        entries = entries_of(story.region)
        head = head_of(story.region)
    assert [each.what for each in entries] == ["voorstel gemaakt", "stap vastgelegd"]
    assert [each.who for each in entries] == [
        "Beheer Proefregio, Regiobureau Proefregio",
        "contact-borne, Borne",
    ]
    assert broken(entries) is None
    page = seen(borne, f"{HERE}logboek/?kenmerk={entries[0].mark[:SHORT]}")
    assert f"De keten klopt. Kenmerk van de laatste regel: {head[:SHORT]}" in page
    assert "Dit kenmerk is van regel 1, voorstel gemaakt" in page
    assert "staat niet in dit logboek" in seen(borne, f"{HERE}logboek/?kenmerk={'0' * SHORT}")
    file = json.loads(borne.get(f"{HERE}logboek/logboek.json").content)
    assert [row["mark"] for row in file] == [each.mark for each in entries]


def test_the_database_refuses_to_change_or_remove_an_entry(story: Story, owner: Any) -> None:
    proposed(story)
    inside = Context(regions=[story.region.pk], region_writable=story.region.pk)
    for statement in ("UPDATE decisions_logentry SET about = 'niets'", "DELETE FROM decisions_logentry"):
        with pytest.raises(psycopg.Error, match="the log does not change"):
            owner.execute(statement)
        owner.rollback()
        with pytest.raises(DatabaseError, match="the log does not change"), opened(inside):
            run(statement)


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_entry_follows_the_one_before_and_is_in_ones_own_name(story: Story) -> None:
    proposed(story)
    with opened(in_region(story)):
        last = LogEntry.objects.get(region=story.region)
        own = {each.slug: each for each in Organisation.objects.filter(region=story.region)}
    user, region = story.administrator, story.region
    office = Context(user=user.pk, regions=[region.pk], region_writable=region.pk)
    borne = Context(user=user.pk, regions=[region.pk], writable=own["borne"].pk)

    def add(context: Context, name: str, number: int, before: str, by: Any = user.pk) -> None:
        with opened(context):
            LogEntry(
                region=region, organisation=own[name], user_id=by, number=number, before=before,
                mark="1" * 64, happened_at=timezone.now(), who="iemand", what="iets", about="",
            ).save(force_insert=True)  # fmt: skip

    for number, before in ((1, START), (2, START), (3, last.mark), (2, "2" * 64)):
        with pytest.raises(DatabaseError):
            add(office, "regiobureau", number, before)
    for context, name, by in (
        (office, "borne", user.pk),
        (borne, "haaksbergen", user.pk),
        (borne, "regiobureau", user.pk),
        (borne, "borne", uuid4()),
        (Context(user=user.pk, regions=[region.pk]), "borne", user.pk),
    ):
        with pytest.raises(DatabaseError, match="row-level security"):
            add(context, name, 2, last.mark, by)
    add(borne, "borne", 2, last.mark)


def test_a_changed_log_is_told(story: Story, owner: Any) -> None:
    """Whoever owns the tables can switch the guard off: then the chain tells."""
    proposed(story)
    proposed(story)
    owner.execute("ALTER TABLE decisions_logentry DISABLE TRIGGER USER")
    owner.execute("ALTER TABLE decisions_logentry NO FORCE ROW LEVEL SECURITY")
    owner.execute("UPDATE decisions_logentry SET about = 'iets anders' WHERE number = 1")
    owner.execute("ALTER TABLE decisions_logentry FORCE ROW LEVEL SECURITY")
    owner.execute("ALTER TABLE decisions_logentry ENABLE TRIGGER USER")
    owner.commit()
    assert "De keten is gebroken bij regel 1" in seen(story.browser("beheer"), f"{HERE}logboek/")


def test_a_regional_row_is_written_by_the_office_alone(story: Story) -> None:
    """Whatever the pages do: the database refuses a municipality that writes a talk or a proposal."""
    with opened(in_region(story)):
        borne = Organisation.objects.get(slug="borne")
    inside = Context(
        user=story.administrator.pk, regions=[story.region.pk], readable=[borne.pk], writable=borne.pk
    )
    with pytest.raises(DatabaseError, match="row-level security"), opened(inside):
        HeldTalk(
            region=story.region, party="Borne", level="college", position="ja", day=date(2026, 1, 1),
            written_by=story.administrator,
        ).save(force_insert=True)  # fmt: skip
