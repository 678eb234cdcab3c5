"""Documents are made of a run; what is for members stays with them; what is public is little."""

import io
import json
from uuid import uuid4

import pytest
from django.test import Client
from small import (
    own_place,
    page,
    region_context,
    started,
    work,
)
from story import Story, fill

from marke.web.config.prepared import Addresses
from marke.web.runs import attempts, documents
from marke.web.runs.models import Binder, BinderFile, Publication, SharedRun, State
from marke.web.runs.services import start_own
from marke.web.tenancy.context import opened

HOME = "/regio/proefregio/gemeente/borne/stukken/"
PUBLIC = "/openbaar/proefregio/"


def test_documents_are_made_and_given_to_their_own_people(clean: Addresses, story: Story) -> None:
    run = started(story)
    place, context = own_place(story, "borne")
    with opened(context):
        own = start_own(place=place)
    work(clean)
    contact = story.browser("contact-borne")
    assert contact.post(HOME, {"run": "", "kind": "bijdragen"}).status_code == 422
    assert contact.post(HOME, {"run": str(run.pk)}).status_code == 422
    assert contact.post(HOME, {"run": str(uuid4()), "kind": "bijdragen"}).status_code == 404
    for key in (run.pk, own.pk):
        given = {"run": str(key), "kind": ["raadsinformatiebrief", "bijdragen"]}
        assert contact.post(HOME, given).status_code == 302
    assert "worden gemaakt" in page(story, "contact-borne", HOME)
    work(clean)
    told = page(story, "contact-borne", HOME)
    assert "Versie 2" in told
    with opened(context):
        binders = {binder.run: binder for binder in Binder.objects.all()}
        assert {binder.state for binder in binders.values()} == {State.COMPLETE}
        names = {key: [row.name for row in each.files.all()] for key, each in binders.items()}
        members = {key: [row.members for row in each.files.all()] for key, each in binders.items()}
    assert "borne-raadsinformatiebrief.pdf" in names[run.pk]
    assert "borne-bijdragen.ods" in names[run.pk]
    assert False in members[run.pk]
    assert all(members[own.pk])
    for key, each in binders.items():
        for name in names[key]:
            answer = contact.get(f"{HOME}{each.pk}/{name}")
            assert answer.status_code == 200
            with opened(context):
                row = BinderFile.objects.get(binder=each, name=name)
                assert answer.content == documents.content_of_file(row)
            for who, other in (("contact-haaksbergen", "haaksbergen"), ("beheer", "regiobureau")):
                assert story.browser(who).get(f"{HOME}{each.pk}/{name}").status_code == 404
                address = f"/regio/proefregio/gemeente/{other}/stukken/{each.pk}/{name}"
                assert story.browser(who).get(address).status_code == 404
    assert contact.get(f"{HOME}{each.pk}/niets.pdf").status_code == 404


def test_documents_that_cannot_be_made_say_why(clean: Addresses, story: Story, monkeypatch) -> None:
    run = started(story)
    work(clean)
    story.browser("contact-borne").post(HOME, {"run": str(run.pk), "kind": "vragen"})
    _, context = own_place(story, "borne")
    with opened(context):
        binder = Binder.objects.get()

    def broken(*_arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(documents, "write_documents", broken)
    documents.make(binder.pk, context)
    assert documents.BROKEN in page(story, "contact-borne", HOME)


def test_documents_whose_worker_dies_each_time_fail_with_a_reason(
    clean: Addresses, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = started(story)
    work(clean)
    story.browser("contact-borne").post(HOME, {"run": str(run.pk), "kind": "vragen"})
    _, context = own_place(story, "borne")
    with opened(context):
        binder = Binder.objects.get()
    begun = []

    def die(*_arguments: object) -> None:
        begun.append(1)
        raise SystemExit

    monkeypatch.setattr(documents, "write_documents", die)
    for _ in range(attempts.MOST_TRIES):
        with pytest.raises(SystemExit):
            documents.make(binder.pk, context)
    documents.make(binder.pk, context)
    documents.make(binder.pk, context)
    assert len(begun) == attempts.MOST_TRIES
    assert attempts.GONE in page(story, "contact-borne", HOME)


def test_nothing_is_public_until_the_lead_says_so(clean: Addresses, story: Story) -> None:
    fill(story, "contact-borne", "soc", soc__realised="7654321", soc__staff="17,5")
    run = started(story)
    work(clean)
    assert Client().get(PUBLIC).status_code == 404
    address = f"/regio/proefregio/runs/{run.pk}/openbaar/"
    assert story.browser("contact-borne").get(address).status_code == 404
    assert story.browser("contact-borne").post(address, {"sure": "on"}).status_code == 404
    lead = story.browser("beheer")
    assert "zonder aan te melden" in page(story, "beheer", address)
    assert lead.post(address).status_code == 200
    assert Client().get(PUBLIC).status_code == 404
    assert lead.post(address, {"sure": "on"}).status_code == 302
    told = Client().get(PUBLIC)
    assert told.status_code == 200
    assert "Het oordeel per dienst" in told.content.decode()
    given = json.load(io.BytesIO(Client().get(f"{PUBLIC}gegevens.json").content))
    assert {each["key"] for each in given["services"]} == {"privacy_officer", "soc"}
    for text in (told.content.decode(), json.dumps(given)):
        assert "7654321" not in text
        assert "stands_apart" not in text
        assert "often_blocking" not in text
        assert "offers" not in text
    assert lead.post(address, {"sure": "on"}).status_code == 302
    with opened(region_context(story)):
        assert Publication.objects.filter(withdrawn_at__isnull=True).count() == 1
        assert Publication.objects.count() == 2
    assert story.browser("contact-borne").post("/regio/proefregio/openbaar/intrekken/").status_code == 404
    assert lead.post("/regio/proefregio/openbaar/intrekken/").status_code == 302
    assert Client().get(PUBLIC).status_code == 404
    assert SharedRun.objects.count() == 0  # nobody sees it without a context


def test_an_own_run_cannot_be_made_public(clean: Addresses, story: Story) -> None:
    place, context = own_place(story, "borne")
    with opened(context):
        own = start_own(place=place)
    work(clean)
    address = f"/regio/proefregio/runs/{own.pk}/openbaar/"
    assert story.browser("beheer").post(address, {"sure": "on"}).status_code == 404
    assert Client().get(PUBLIC).status_code == 404
