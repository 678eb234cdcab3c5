"""The API: keys, what they open, and that it reads and writes what the pages can."""

import io
import json
import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from story import Story, fill, invited, make_story

from marke.web.accounts.models import User
from marke.web.api.keys import key_of, make_key
from marke.web.api.models import Area, Key, Right
from marke.web.config.prepared import Addresses
from marke.web.operations import limits
from marke.web.operations.limits import API
from marke.web.tenancy.models import Role

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OWN = "/regios/proefregio/organisaties/borne"


class Program:
    """Something that asks the API with a key."""

    def __init__(self, secret: str) -> None:
        self.secret = secret

    def ask(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        if body is not None:
            more = {"data": json.dumps(body), "content_type": "application/json"}
        address, headers = f"/api/v1{path}", {"authorization": f"Bearer {self.secret}"}
        return Client().generic(method, address, headers=headers, **more)


def program(name: str, right: Right = Right.WRITE, *areas: Area) -> Program:
    """A program of somebody in the story, who may do all or one thing."""
    user = User.objects.get(name=name)
    return Program(make_key(user=user, name="proef", rights=dict.fromkeys(areas or Area, right), days=30))


@pytest.fixture
def story(clean: Addresses) -> Story:
    cache.clear()
    found = make_story()
    for name in ("borne", "haaksbergen"):
        invited(found, name)
    return found


def test_a_key_is_made_in_a_page_shown_once_and_ended_there(story: Story) -> None:
    contact, other = story.browser("contact-borne"), story.browser("contact-haaksbergen")
    assert contact.post("/sleutels/", {"name": "leeg", "days": "30"}).status_code == 422
    page = contact.post("/sleutels/", {"name": "begroting", "days": "30", "studie": "lezen"})
    found = re.search(
        r'id="secret" data-long readonly autocomplete="off" value="(marke_[\w-]+)"', page.content.decode()
    )
    assert found
    assert page["Cache-Control"].startswith("max-age=0")
    secret = found[1]
    again = contact.get("/sleutels/").content.decode()
    assert secret not in again
    assert "begroting" in again
    assert "nog niet" in again
    kept = Key.objects.get()
    assert secret not in str(vars(kept))
    asker = Program(secret)
    assert asker.ask("GET", "/regios/proefregio/studieversies").status_code == 200
    assert "nog niet" not in contact.get("/sleutels/").content.decode()
    assert other.post(f"/sleutels/{kept.pk}/einde/").status_code == 404
    assert asker.ask("GET", "/regios/proefregio/studieversies").status_code == 200
    assert contact.post(f"/sleutels/{kept.pk}/einde/").status_code == 302
    assert asker.ask("GET", "/regios/proefregio/studieversies").status_code == 401


def test_a_key_ends_on_its_day_and_with_the_person(story: Story) -> None:
    asker = program("contact-borne")
    assert asker.ask("GET", "/deelnames").status_code == 200
    Key.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert asker.ask("GET", "/deelnames").status_code == 401
    Key.objects.update(expires_at=timezone.now() + timedelta(days=1))
    User.objects.filter(name="contact-borne").update(is_active=False)
    assert asker.ask("GET", "/deelnames").status_code == 401
    assert key_of("marke_geraden") is None


def test_a_key_does_what_was_chosen_and_nothing_else(story: Story) -> None:
    asker = program("Beheer Proefregio", Right.READ, Area.STUDY)
    assert asker.ask("GET", "/regios/proefregio/studieversies").status_code == 200
    refused = asker.ask("POST", "/regios/proefregio/studieversies", {"tekst": "x", "reden": "x"})
    assert refused.status_code == 403
    assert "'studie' niet schrijven" in refused.json()["detail"]
    assert asker.ask("GET", "/regios/proefregio").status_code == 403
    writer = program("Beheer Proefregio", Right.WRITE, Area.STUDY)
    assert writer.ask("GET", "/regios/proefregio/studieversies").status_code == 200


def test_a_session_is_no_key(story: Story) -> None:
    answer = story.browser("contact-borne").get("/api/v1/deelnames")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"


def test_the_study_is_read_and_changed(story: Story) -> None:
    asker = program("Beheer Proefregio")
    first = asker.ask("GET", "/regios/proefregio/studieversies/1").json()
    text = first["tekst"].replace('naam = "', 'naam = "Nieuw: ', 1)
    made = asker.ask("POST", "/regios/proefregio/studieversies", {"tekst": text, "reden": "Andere naam"})
    assert made.status_code == 201
    assert made.json()["nummer"] == 2
    assert asker.ask("GET", "/regios/proefregio").json()["studieversie"] == 2
    wrong = asker.ask("POST", "/regios/proefregio/studieversies", {"tekst": "naam = 3", "reden": "x"})
    assert wrong.status_code == 400
    assert "de studie" in wrong.json()["detail"]
    hour = asker.ask("GET", "/regios/proefregio/cijfers?zoek=overhead").json()[0]
    path = f"/regios/proefregio/cijfers/{hour['cijfer']}"
    assert asker.ask("DELETE", path).status_code == 404
    new = {"laag": hour["laag"], "midden": hour["laag"], "hoog": hour["laag"], "bron": "Eigen meting 2026"}
    assert asker.ask("PUT", path, new).json()["vervangen"] is True
    assert asker.ask("GET", "/regios/proefregio/studieversies/3").json()["vervangenCijfers"] == [
        hour["cijfer"]
    ]
    turned = asker.ask("PUT", path, new | {"laag": 2.0, "midden": 1.0})
    assert turned.status_code == 400
    assert asker.ask("DELETE", path).status_code == 204
    assert asker.ask("GET", path).json()["hoog"] == hour["hoog"]


def test_answers_are_given_all_or_none(story: Story) -> None:
    asker = program("contact-borne")
    path = f"{OWN}/nulmeting/antwoorden"
    both = [
        {"vraag": "soc.realised", "waarde": "120000", "prijspeil": 2026},
        {"vraag": "soc.staff", "waarde": "veel"},
    ]
    wrong = asker.ask("PATCH", path, {"antwoorden": [*both, {"vraag": "soc.release", "waarde": "ja"}]})
    assert wrong.status_code == 400
    assert [each["pointer"] for each in wrong.json()["errors"]] == ["/antwoorden/2"]
    wrong = asker.ask("PATCH", path, {"antwoorden": both})
    assert [each["pointer"] for each in wrong.json()["errors"]] == ["/antwoorden/1"]
    mine = {each["vraag"]: each for each in asker.ask("GET", f"{path}?onderdeel=soc").json()}
    assert mine["soc.realised"]["waarde"] == ""
    both[1]["waarde"] = "1,5"
    assert asker.ask("PATCH", path, {"antwoorden": both}).json() == {"veranderd": 2}
    mine = {each["vraag"]: each for each in asker.ask("GET", f"{path}?onderdeel=soc").json()}
    assert mine["soc.realised"]["waarde"] == "120000"
    assert mine["soc.realised"]["prijspeil"] == 2026
    seen = mine["soc.staff"]["toestand"]
    fill(story, "contact-borne", "soc", soc__staff="2")
    late = {"antwoorden": [{"vraag": "soc.staff", "waarde": "3", "toestand": seen}]}
    assert "Een collega veranderde dit" in asker.ask("PATCH", path, late).json()["errors"][0]["detail"]


def test_figures_are_released_and_seen_by_the_region(story: Story) -> None:
    invited(story, "borne", Role.CONTROLLER, by="contact-borne")
    asker, other = program("contact-borne"), program("contact-haaksbergen")
    asker.ask(
        "PATCH",
        f"{OWN}/nulmeting/antwoorden",
        {"antwoorden": [{"vraag": "soc.realised", "waarde": "120000"}]},
    )
    path = f"{OWN}/nulmeting/onderdelen/soc/vrijgave"
    early = asker.ask("PUT", path, {"vragen": ["soc.realised"]})
    assert early.status_code == 400
    assert "ondertekend" in early.json()["detail"]
    story.browser("controller-borne").post(
        "/regio/proefregio/gemeente/borne/nulmeting/onderdeel/soc/ondertekenen/", {"act": "controller"}
    )
    done = asker.ask("PUT", path, {"vragen": ["soc.realised"]}).json()
    assert [each["vrijgegevenWaarde"] for each in done if each["vraag"] == "soc.realised"] == ["120000"]
    seen = other.ask("GET", "/regios/proefregio/stand").json()
    assert seen["vrijgegevenCijfers"] == [
        {"organisatie": "borne", "vraag": "soc.realised", "waarde": "120000", "prijspeil": None}
    ]
    sections = {each["onderdeel"]: each for each in asker.ask("GET", f"{OWN}/nulmeting/onderdelen").json()}
    assert sections["soc"]["ondertekendDoorController"] is True
    assert sections["soc"]["handtekeningController"]["wie"] == "controller-borne"
    assert sections["soc"]["handtekeningSecretaris"] is None
    borne = next(each for each in seen["gemeenten"] if each["organisatie"] == "borne")
    counts = {each["onderdeel"]: each["gegeven"] for each in borne["onderdelen"]}
    assert 0 < counts["soc"] <= sum(counts.values()) == borne["gegeven"]
    log = asker.ask("GET", f"{OWN}/logregels").json()
    assert log[0]["handeling"] == "vrijgegeven"


def test_a_workbook_is_fetched_tried_and_read_back(story: Story) -> None:
    asker = program("contact-borne")
    path = f"{OWN}/nulmeting/werkmap"
    book = asker.ask("GET", path)
    assert book["Content-Type"] == XLSX
    opened = openpyxl.load_workbook(io.BytesIO(book.content))
    asker.ask("PATCH", f"{OWN}/nulmeting/antwoorden", {"antwoorden": [{"vraag": "soc.staff", "waarde": "2"}]})
    content = io.BytesIO()
    opened.save(content)
    given = {"data": content.getvalue(), "content_type": XLSX}
    tried = asker.ask("PUT", f"{path}?proef=true", **given).json()
    assert tried["bewaard"] is False
    (change,) = tried["veranderingen"]
    assert (change["vragen"], change["was"], change["wordt"]) == (["soc.staff"], "2", "leeg")
    assert asker.ask("PUT", path, **given).json()["bewaard"] is True
    mine = asker.ask("GET", f"{OWN}/nulmeting/antwoorden?onderdeel=soc").json()
    assert {each["waarde"] for each in mine if each["vraag"] == "soc.staff"} == {""}
    assert asker.ask("PUT", path, data=b"geen werkmap", content_type=XLSX).status_code == 400
    assert asker.ask("PUT", path, {"x": 1}).status_code == 415


def test_an_administrator_makes_a_region(story: Story) -> None:
    new = {"naam": "Nieuwe regio", "gemeenten": ["Losser", "Enschede"]}
    made = program("Beheer Proefregio").ask("POST", "/regios", new)
    assert made.status_code == 201
    assert [each["organisatie"] for each in made.json()["organisaties"]] == [
        "regiobureau",
        "enschede",
        "losser",
    ]
    assert program("Beheer Proefregio").ask("POST", "/regios", new).status_code == 400
    assert program("contact-borne").ask("POST", "/regios", new).status_code == 403


def test_a_colleague_for_some_questions_sees_and_answers_those(story: Story) -> None:
    page = "/regio/proefregio/gemeente/borne/nulmeting/onderdeel/soc/overdragen/0/"
    given = story.browser("contact-borne").post(page, {"email": "hulp@borne.nl"}).content.decode()
    link = re.search(r'value="http://testserver(/uitnodiging/[^"]+)"', given)
    assert link
    Client().post(link[1], {"name": "hulp", "password": "negen paarse olifanten"})
    asker = program("hulp")
    path = f"{OWN}/nulmeting/antwoorden"
    mine = asker.ask("GET", path).json()
    assert 0 < len(mine) < 20
    everything = program("contact-borne").ask("GET", path).json()
    other = next(each["vraag"] for each in everything if each["vraag"] not in {m["vraag"] for m in mine})
    assert asker.ask("PATCH", path, {"antwoorden": [{"vraag": other, "onbekend": True}]}).status_code == 400
    done = asker.ask("PATCH", path, {"antwoorden": [{"vraag": mine[0]["vraag"], "onbekend": True}]})
    assert done.json() == {"veranderd": 1}
    assert asker.ask("GET", f"{OWN}/nulmeting/onderdelen").status_code == 404


def test_too_many_questions_get_a_sentence(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: 0.0))  # all in one window of the clock
    asker = program("contact-borne")
    answers = [asker.ask("GET", "/deelnames") for _ in range(API.most + 1)]
    assert {each.status_code for each in answers[:-1]} == {200}
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
    assert "300 vragen" in answers[-1].json()["detail"]


def test_a_run_is_started_seen_and_stopped_where_it_belongs(story: Story) -> None:
    lead, contact, other = (program(n) for n in ("Beheer Proefregio", "contact-borne", "contact-haaksbergen"))
    shared = lead.ask("POST", "/regios/proefregio/runs", {})
    assert shared.status_code == 201
    assert (shared.json()["toestand"], shared.json()["metEigenAntwoorden"]) == ("wacht", False)
    assert lead.ask("POST", "/regios/proefregio/runs", {}).status_code == 400
    assert contact.ask("POST", "/regios/proefregio/runs", {}).status_code == 404
    own = contact.ask("POST", f"{OWN}/runs", {}).json()
    assert [each["run"] for each in contact.ask("GET", f"{OWN}/runs").json()] == [
        own["run"],
        shared.json()["run"],
    ]
    for asker, base in ((other, "/regios/proefregio/runs"), (lead, "/regios/proefregio/runs")):
        assert asker.ask("GET", f"{base}/{own['run']}").status_code == 404
        assert asker.ask("GET", f"{base}/{shared.json()['run']}").status_code == 200
    assert contact.ask("GET", f"{OWN}/runs/{own['run']}/bevindingen").status_code == 404
    stop = {"toestand": "gestopt"}
    assert contact.ask("PATCH", f"{OWN}/runs/{shared.json()['run']}", stop).status_code == 404
    assert contact.ask("PATCH", f"{OWN}/runs/{own['run']}", stop).json()["toestand"] == "gestopt"
    assert contact.ask("PATCH", f"{OWN}/runs/{own['run']}", {"toestand": "klaar"}).status_code == 400
    office = "/regios/proefregio/organisaties/regiobureau/runs"
    assert lead.ask("GET", office).status_code == 404


def test_talks_and_points_of_the_motion(story: Story) -> None:
    lead, contact = program("Beheer Proefregio"), program("contact-borne")
    base = "/regios/proefregio/gesprekken"
    new = {
        "met": "Borne",
        "niveau": "college",
        "standpunt": "ja",
        "datum": "2026-11-01",
        "bevestigdDoor": "Wethouder",
    }
    assert contact.ask("POST", base, new).status_code == 404
    made = lead.ask("POST", base, new)
    assert made.status_code == 201
    assert contact.ask("GET", base).json() == [made.json()]
    assert lead.ask("POST", base, new).status_code == 400
    assert "voorwaarde" in lead.ask("POST", base, new | {"standpunt": "onder voorwaarden"}).json()["detail"]
    assert contact.ask("DELETE", f"{base}/{made.json()['gesprek']}").status_code == 404
    assert lead.ask("DELETE", f"{base}/{made.json()['gesprek']}").status_code == 204
    log = contact.ask("GET", "/regios/proefregio/logregels").json()
    assert [each["wat"] for each in log] == ["gesprek vastgelegd", "gesprek weggehaald"]
    assert log[1]["kenmerkErvoor"] == log[0]["kenmerk"]
    assert lead.ask("PUT", "/regios/proefregio/motiepunten/9", {"stand": "open"}).status_code == 404


def test_a_proposal_is_made_followed_and_decided_by_each_itself(story: Story) -> None:
    lead, contact = program("Beheer Proefregio"), program("contact-borne")
    base = "/regios/proefregio/voorstellen"
    new = {
        "naam": "Samen bewaken", "vorm": "host", "diensten": ["soc"],
        "gemeentecodes": ["GM0147", "GM0158"], "vanaf": "2026-01-05",
    }  # fmt: skip
    assert contact.ask("POST", base, new).status_code == 404
    assert "vorm" in lead.ask("POST", base, new | {"vorm": "geen"}).json()["detail"].lower()
    assert "dienst" in lead.ask("POST", base, new | {"diensten": ["geen"]}).json()["detail"]
    made = lead.ask("POST", base, new)
    assert made.status_code == 201, made.json()
    assert {each["organisatie"] for each in made.json()["gemeenten"]} == {"borne", "haaksbergen"}
    own = f"{OWN}/voorstellen/1/stappen"
    office = "/regios/proefregio/organisaties/regiobureau/voorstellen/1/stappen"
    for asker, path, outcome in ((lead, office, None), (contact, own, "yes")):
        first = asker.ask("GET", path).json()[0]
        done = {"datum": "2026-02-02", "uitkomst": outcome or "done"}
        told = asker.ask("PUT", f"{path}/{first['stap']}", done)
        assert told.status_code == 200, told.json()
        assert told.json()[0]["datum"] == "2026-02-02"
    other = next(each["stap"] for each in lead.ask("GET", office).json())
    assert contact.ask("PUT", f"{own}/{other}", done).status_code == 404
    assert contact.ask("PUT", f"{own}/{first['stap']}", done | {"datum": "2199-01-01"}).status_code == 400
    assert len(contact.ask("GET", "/regios/proefregio/termijnen").json()) >= 1
    assert contact.ask("DELETE", f"{own}/{first['stap']}").status_code == 204
    assert lead.ask("PATCH", f"{base}/1", {"reden": "Niet meer nodig"}).json()["afgeslotenOp"]
    assert contact.ask("GET", own).status_code == 404
