"""The API about what came of a run: derivations, differences, documents, and what is public."""

import hashlib
from typing import Any
from uuid import uuid4

from django.core.cache import cache
from django.test import Client
from small import SERVICES, own_place, region_context, started, work
from story import Story, fill
from test_api import OWN, Program, program

from marke.web.api.models import Area, Right
from marke.web.config.prepared import Addresses
from marke.web.runs.models import SharedFile
from marke.web.runs.services import start_own
from marke.web.studies.question import catalogue
from marke.web.studies.services import replace_figure
from marke.web.tenancy.context import opened

REGION = "/regios/proefregio"
OTHER = f"{REGION}/organisaties/haaksbergen"


def people() -> tuple[Program, Program, Program]:
    cache.clear()
    return program("Beheer Proefregio"), program("contact-borne"), program("contact-haaksbergen")


def own_run(story: Story) -> str:
    place, context = own_place(story, "borne")
    with opened(context):
        return str(start_own(place=place).pk)


def leaves(step: dict[str, Any]) -> list[dict[str, Any]]:
    return [leaf for part in step["delen"] for leaf in leaves(part)] if step["delen"] else [step]


def test_a_fact_is_derived_as_on_its_page(clean: Addresses, story: Story) -> None:
    fill(story, "contact-borne", "soc", soc__realised="7654321", soc__staff="1,5")
    shared, own = str(started(story).pk), own_run(story)
    work(clean)
    lead, contact, other = people()
    facts = lead.ask("GET", f"{REGION}/runs/{shared}/herleidingen?begin=soc.").json()
    assert len(facts) > 100
    some = lead.ask("GET", f"{REGION}/runs/{shared}/herleidingen?begin=soc.players.").json()
    assert some == [each for each in facts if each.startswith("soc.players.")]
    assert 0 < len(some) < len(facts)
    assert lead.ask("GET", f"{REGION}/runs/{shared}/herleidingen").status_code == 400
    spent = "herleidingen/soc.players.GM0147.today"
    told = lead.ask("GET", f"{REGION}/runs/{shared}/{spent}").json()
    page = story.browser("beheer").get(f"/regio/proefregio/runs/{shared}/herleid/soc.players.GM0147.today/")
    assert f"{told['naam']}: {told['waarde']}" in page.content.decode()
    assert "opgave gemeente" not in str(told)
    mine = contact.ask("GET", f"{OWN}/runs/{own}/{spent}").json()
    assert "opgave gemeente Borne" in str(mine)
    alone = contact.ask("GET", f"{OWN}/runs/{shared}/herleidingen/soc.alone").json()
    assert alone["formule"]
    assert any(leaf["cijfers"] and leaf["cijfers"][0]["bron"] for leaf in leaves(alone))
    for asker, path in (
        (lead, f"{REGION}/runs/{own}"), (other, f"{OTHER}/runs/{own}"), (other, f"{OWN}/runs/{own}"),
    ):  # fmt: skip
        assert asker.ask("GET", f"{path}/herleidingen?begin=soc").status_code == 404
        assert asker.ask("GET", f"{path}/{spent}").status_code == 404
    assert lead.ask("GET", f"{REGION}/runs/{shared}/herleidingen/soc.niets").status_code == 404


def test_why_two_runs_differ_is_asked_for_and_told(clean: Addresses, story: Story) -> None:
    first = str(started(story).pk)
    work(clean)
    key = catalogue().services["soc"].client_role
    figure = catalogue().figures[key]
    values = {"laag": figure.low * 3, "midden": figure.mode * 3, "hoog": figure.high * 3, "bron": "proef"}
    with opened(region_context(story)):
        replace_figure(region=story.region, user=story.administrator, key=key, values=values)
    second = str(started(story).pk)
    lead, contact, _ = people()
    base = f"{REGION}/runs/{second}/verschillen"
    assert lead.ask("GET", base).status_code == 404
    work(clean)
    assert [each["andere"] for each in contact.ask("GET", base).json()] == [first]
    assert contact.ask("GET", f"{REGION}/runs/{first}/verschillen").json() == []
    told = contact.ask("GET", f"{base}/{first}").json()
    assert (told["toestand"], told["veranderd"]) == ("berekend", ["cijfers van de studie"])
    assert {each["dienst"] for each in told["diensten"]} == set(SERVICES)
    soc = next(each for each in told["diensten"] if each["dienst"] == "soc")
    parts = sum(part["bedrag"] for part in soc["delen"]) + soc["rest"]
    assert soc["wordt"] - soc["was"] != 0
    assert abs(soc["wordt"] - soc["was"] - parts) < 1e-6
    with opened(region_context(story)):
        SharedFile.objects.filter(path__startswith="ernaast/").delete()
    assert contact.ask("GET", f"{base}/{first}").json()["toestand"] == "niet berekend"
    assert contact.ask("PUT", f"{base}/{first}").status_code == 404
    assert contact.ask("PUT", f"{OWN}/runs/{second}/verschillen/{first}").status_code == 404
    asked = lead.ask("PUT", f"{base}/{first}")
    assert (asked.status_code, asked.json()["toestand"]) == (202, "niet berekend")
    work(clean)
    assert contact.ask("GET", f"{base}/{first}").json() == told
    for wrong in (f"{REGION}/runs/{first}/verschillen/{second}", f"{base}/{second}", f"{base}/{uuid4()}"):
        assert lead.ask("GET", wrong).status_code == 404
        assert lead.ask("PUT", wrong).status_code == 404


def test_documents_are_asked_for_followed_and_fetched_by_their_own_people(
    clean: Addresses, story: Story
) -> None:
    shared, own = str(started(story).pk), own_run(story)
    lead, contact, other = people()
    base = f"{OWN}/stukken"
    kinds = [each["soort"] for each in contact.ask("GET", "/stuksoorten").json()]
    asked = {"run": shared, "soorten": ["bijdragen", "raadsinformatiebrief"]}
    assert contact.ask("POST", base, asked).status_code == 404  # the run is not ready
    work(clean)
    assert set(asked["soorten"]) < set(kinds)
    for wrong in ({"soorten": []}, {"soorten": ["bijdragen", "geen"]}, {"run": "geen"}):
        assert contact.ask("POST", base, asked | wrong).status_code == 400
    assert contact.ask("POST", base, asked | {"run": str(uuid4())}).status_code == 404
    made = contact.ask("POST", base, asked)
    assert made.status_code == 202
    assert (made.json()["toestand"], made.json()["nummer"], made.json()["bestanden"]) == ("wacht", 1, [])
    assert contact.ask("POST", base, asked | {"run": own}).json()["nummer"] == 2
    work(clean)
    private, public = contact.ask("GET", base).json()
    assert (private["run"], public["run"], public["toestand"]) == (own, shared, "klaar")
    assert all(each["vertrouwelijk"] for each in private["bestanden"])
    assert False in [each["vertrouwelijk"] for each in public["bestanden"]]
    assert "borne-raadsinformatiebrief.pdf" in [each["bestand"] for each in public["bestanden"]]
    assert contact.ask("GET", f"{base}/2").json() == private
    for binder in (private, public):
        for each in binder["bestanden"]:
            path = f"stukken/{binder['nummer']}/bestanden/{each['bestand']}"
            answer = contact.ask("GET", f"{OWN}/{path}")
            assert hashlib.sha256(answer.content).hexdigest() == each["kenmerk"]
            for asker, place in ((other, OTHER), (other, OWN), (lead, OWN)):
                assert asker.ask("GET", f"{place}/{path}").status_code == 404
    assert contact.ask("GET", f"{base}/1/bestanden/niets.pdf").status_code == 404
    assert contact.ask("GET", f"{base}/9").status_code == 404
    office = f"{REGION}/organisaties/regiobureau/stukken"
    assert lead.ask("GET", office).status_code == 404
    assert lead.ask("POST", office, asked).status_code == 404
    assert other.ask("GET", f"{OTHER}/stukken").json() == []


def test_only_the_lead_makes_public_and_takes_back(clean: Addresses, story: Story) -> None:
    shared, own = str(started(story).pk), own_run(story)
    lead, contact, _ = people()
    path = f"{REGION}/publicatie"
    sure = {"run": shared, "iedereenMagDitZien": True}
    assert lead.ask("PUT", path, sure).status_code == 404  # the run is not ready
    work(clean)
    assert contact.ask("GET", path).status_code == 404
    assert contact.ask("PUT", path, sure).status_code == 404
    assert lead.ask("PUT", path, sure | {"iedereenMagDitZien": False}).status_code == 400
    assert lead.ask("PUT", path, {"run": shared}).status_code == 400
    assert lead.ask("PUT", path, sure | {"run": own}).status_code == 404
    older = program("Beheer Proefregio", Right.WRITE, Area.REGION, Area.RUNS)
    assert older.ask("PUT", path, sure).status_code == 403
    assert Client().get("/openbaar/proefregio/gegevens.json").status_code == 404
    told = lead.ask("PUT", path, sure)
    assert told.status_code == 200
    assert contact.ask("GET", path).json() == told.json()
    assert Client().get(told.json()["gegevens"]).json()["services"]
    assert Client().get(told.json()["pagina"]).status_code == 200
    assert contact.ask("DELETE", path).status_code == 404
    assert lead.ask("DELETE", path).status_code == 204
    assert lead.ask("DELETE", path).status_code == 404
    assert Client().get(told.json()["gegevens"]).status_code == 404
