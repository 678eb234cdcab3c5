"""What who runs the workspace looks at: log, measurements, limits, headers, the check of the set-up."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from story import WORDS, fill, invited, make_story

from marke.web.accounts.services import create_user
from marke.web.config.prepared import Addresses
from marke.web.intake import views
from marke.web.operations import limits
from marke.web.operations.findings import LAST_COPY
from marke.web.operations.inspection import inspect
from marke.web.operations.log import JsonLines, TextLines


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that is logged, as JSON lines."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    yield said
    logging.getLogger().removeHandler(handler)


def told(lines: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_a_request_is_one_line_with_who_and_where(clean: Addresses, lines: io.StringIO) -> None:
    story = make_story()
    contact = invited(story, "borne")
    lines.truncate(0)
    lines.seek(0)
    answer = contact.get("/regio/proefregio/gemeente/borne/nulmeting/onderdeel/soc/?geheim=ja")
    (line,) = told(lines)
    person = contact.session["_auth_user_id"]
    assert line["level"] == "info"
    assert line["request"] == answer["X-Request-ID"]
    assert (line["person"], line["region"], line["organisation"]) == (person, "proefregio", "borne")
    assert (line["method"], line["status"]) == ("GET", 200)
    assert line["path"] == "/regio/proefregio/gemeente/borne/nulmeting/onderdeel/soc/"
    assert line["ms"] > 0
    assert line["time"].endswith("Z")


def test_no_token_word_or_answer_stands_in_the_log(clean: Addresses, lines: io.StringIO) -> None:
    story = make_story()
    invited(story, "borne")
    fill(story, "contact-borne", "soc", soc__realised="987654", soc__options="kanariepiet")
    Client().post("/account/login/", {"login": "beheer@proefregio.nl", "password": WORDS})
    for address in ("/uitnodiging/GEHEIM", "/uitnodiging/GEHEIM/", "/eerste-keer/GEHEIM/",
                    "/account/password/reset/key/1-GEHEIM/", "/GEHEIM/GEHEIM/x"):  # fmt: skip
        Client().get(address)
    Client(enforce_csrf_checks=True).post("/uitnodiging/GEHEIM/", {"name": "x", "password": WORDS})
    said = lines.getvalue()
    assert len(told(lines)) > 10
    for secret in ("987654", "kanariepiet", WORDS):
        assert secret not in said
    assert [line for line in told(lines) if "GEHEIM" in str(line) and line["path"] != "/GEHEIM/..."] == []


def test_an_error_is_told_by_place_and_never_by_what_it_says(
    clean: Addresses, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database quotes the row that it refuses."""

    def refuse(**_given: object) -> None:
        raise DatabaseError("Failing row contains (kanariepiet)")

    story = make_story()
    contact = invited(story, "borne")
    monkeypatch.setattr(views, "save_answers", refuse)
    contact.raise_request_exception = False
    page = "/regio/proefregio/gemeente/borne/nulmeting/onderdeel/soc/"
    answer = contact.post(page, {"w-soc.realised": "", "q-soc.realised": "1"})
    assert answer.status_code == 500
    assert "Er ging iets mis" in answer.content.decode()
    last = told(lines)[-1]
    assert last["level"] == "error"
    assert last["error"][0] == "DatabaseError"
    assert "refuse" in last["error"][-1]
    assert "kanariepiet" not in lines.getvalue()


def test_the_same_line_for_a_person() -> None:
    record = logging.LogRecord("marke.request", logging.INFO, "", 0, "request", None, None)
    record.fields = {"method": "GET", "path": "/", "status": 200, "ms": 3.1, "region": None}
    assert TextLines().format(record).endswith("info  GET / 200 3.1")
    try:
        raise ValueError("kanariepiet")
    except ValueError:
        record = logging.LogRecord("a", logging.ERROR, "", 0, "mis", None, sys.exc_info())
    shown = TextLines().format(record)
    assert "ValueError" in shown
    assert "kanariepiet" not in shown


def test_measurements_are_for_this_machine_or_for_a_token(
    clean: Addresses, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = make_story()
    invited(story, "borne")
    story.browser("contact-borne").get("/regio/proefregio/gemeente/borne/nulmeting/")
    answer = Client().get("/metrics")
    assert answer["Content-Type"].startswith("application/openmetrics-text")
    page = answer.content.decode()
    assert 'route="regio/<region>/gemeente/<organisation>/nulmeting/",status="200"' in page
    assert "marke_request_seconds_bucket" in page
    assert "marke_queue_length" in page
    assert page.endswith("# EOF\n")
    assert "borne" not in page
    assert Client(REMOTE_ADDR="192.0.2.1").get("/metrics").status_code == 404
    monkeypatch.setattr(settings, "HOST", "marke.example")
    assert Client().get("/metrics").status_code == 404
    monkeypatch.setattr(settings, "METRICS_TOKEN", "sesam")
    assert Client().get("/metrics").status_code == 404
    assert Client().get("/metrics", headers={"authorization": "Bearer sesam"}).status_code == 200


def test_too_many_workbooks_get_a_sentence_and_later_it_works_again(
    clean: Addresses, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    now = [1_000_000.0]
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: now[0]))
    story = make_story()
    contact, other = invited(story, "borne"), invited(story, "haaksbergen")
    page = "/regio/proefregio/gemeente/{}/nulmeting/werkmap/inlezen/"

    def send(client: Client, own: str) -> Any:
        return client.post(page.format(own), {"file": SimpleUploadedFile("a.txt", b"x")})

    answers = [send(contact, "borne") for _ in range(limits.UPLOADS.most + 1)]
    assert {answer.status_code for answer in answers[:-1]} == {422}
    assert answers[-1].status_code == 429
    assert 0 < int(answers[-1]["Retry-After"]) <= limits.UPLOADS.seconds
    assert "30 werkmappen inlezen in 10 minuten" in answers[-1].content.decode()
    assert contact.get(page.format("borne")).status_code == 200
    assert send(other, "haaksbergen").status_code == 422
    now[0] += int(answers[-1]["Retry-After"])
    assert send(contact, "borne").status_code == 422


def test_links_cannot_be_tried_without_end(clean: Addresses) -> None:
    cache.clear()
    answers = [Client().post("/uitnodiging/raden/").status_code for _ in range(limits.INVITATIONS.most + 1)]
    assert set(answers[:-1]) == {404}
    assert answers[-1] == 429


def test_every_answer_has_strict_headers(clean: Addresses) -> None:
    for address in ("/", "/account/login/", "/toegankelijkheid", "/healthz", "/weg"):
        answer = Client().get(address)
        assert "default-src 'self'" in answer["Content-Security-Policy"]
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "camera=()" in answer["Permissions-Policy"]
        assert "publickey-credentials-get=(self)" in answer["Permissions-Policy"]
        assert answer["Referrer-Policy"] == "same-origin"


def test_whom_to_tell_about_a_leak_is_said_until_a_day(
    clean: Addresses, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Client().get("/.well-known/security.txt").status_code == 404
    monkeypatch.setattr(settings, "CONTACT", "lek@regio.example")
    monkeypatch.setattr(settings, "CONTACT_UNTIL", timezone.localdate() + timedelta(days=90))
    answer = Client().get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert lines["Contact"] == "mailto:lek@regio.example"
    assert lines["Expires"] == f"{settings.CONTACT_UNTIL}T00:00:00Z"
    assert lines["Canonical"] == "http://testserver/.well-known/security.txt"


def verdicts() -> dict[str, str]:
    return {each.subject: each.verdict for each in inspect()}


def test_the_check_warns_before_what_is_promised_expires(
    clean: Addresses, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "CONTACT", "lek@regio.example")
    seen = {}
    for days in (400, 200, 20, 0):
        monkeypatch.setattr(settings, "CONTACT_UNTIL", timezone.localdate() + timedelta(days=days))
        seen[days] = verdicts()["security.txt"]
    assert seen == {400: "let op", 200: "goed", 20: "let op", 0: "fout"}


def test_the_check_tells_what_is_missing_for_others_to_rely_on(
    clean: Addresses, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "postgresql").mkdir()
    monkeypatch.setattr(settings, "DATA", tmp_path)
    monkeypatch.setattr(settings, "SECRET_KEY", "kort")
    create_user(email="v@twente.example", name="V", password=WORDS, example=True)
    at_home = verdicts()
    assert at_home["adres"] == at_home["kopie"] == at_home["voorbeeld"] == "let op"
    assert at_home["beheerder"] == at_home["sleutel"] == "fout"
    assert at_home["Django"] == at_home["database"] == "goed"
    monkeypatch.setattr(settings, "HOST", "marke.example")
    monkeypatch.setattr(settings, "SECRET_KEY", "x" * 43)
    made = timezone.now() - timedelta(days=2)
    (tmp_path / LAST_COPY).write_text(json.dumps({"bestand": "/kopie", "op": made.isoformat()}))
    for_others = verdicts()
    assert for_others["adres"] == for_others["kopie"] == for_others["sleutel"] == "goed"
    assert for_others["voorbeeld"] == for_others["security.txt"] == "fout"
    assert for_others["Django security.W012"] == "let op"


def test_the_statement_says_what_was_not_tested(clean: Addresses) -> None:
    page = Client().get("/toegankelijkheid").content.decode()
    assert "eerste maatregelen genomen" in page
    assert "schermlezer" in page
    assert 'href="/toegankelijkheid"' in Client().get("/account/login/").content.decode()
