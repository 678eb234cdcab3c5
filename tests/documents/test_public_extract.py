"""What a public PDF carries of the findings: nothing of one municipality, nor of who would leave."""

import io
import json
from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from findings_factory import CODES, SECRET, findings
from marke.calendar import Event
from marke.documents import pdf
from marke.documents.house_style import NEUTRAL
from marke.documents.kinds import KINDS
from marke.documents.write import write_documents
from marke.findings.public import PublicFindings, public_findings

PRIVATE = {
    "blocking",
    "often_blocking",
    "gain",
    "keys",
    "moves",
    "offers",
    "structure",
    "growth",
    "core",
    "players",
    "own",
    "net",
    "unreleased",
    "budgeted",
    "best",
    "viewpoint_best",
    "answers",
    "vacancies",
    "told",
    "quality",
    "exits",
    "bridges",
    "book",
}
"""Fields of the findings that tell of one municipality, or of who would rather stand apart."""


def test_the_shape_has_no_place_for_what_is_private():
    schema = PublicFindings.model_json_schema()
    fields = {name for part in schema["$defs"].values() for name in part["properties"]}
    assert (fields | set(schema["properties"])) & PRIVATE == set()


def test_no_canary_of_the_findings_gets_in():
    whole = findings("attractive", "uncertain", "dearer")
    own = Event(date(2027, 5, 1), "budget", "kanarie-4711", "own answer", "opgave", code=CODES[0])
    calendar = whole.calendar.model_copy(update={"events": (*whole.calendar.events, own)})
    whole = whole.model_copy(update={"calendar": calendar})
    everything, told = whole.model_dump_json(), public_findings(whole).model_dump_json()
    for canary in (SECRET, "12345", "98765432", "100001", "100003", "kanarie-4711", "24000"):
        assert canary in everything
        assert canary not in told


def test_it_holds_the_amounts_that_documents_print():
    whole = findings("attractive", "dearer")
    told = public_findings(whole)
    first = whole.services[0]
    group = first.variants[0].everyone
    assert told.services[0].variants[0].cost == group.cost
    assert (told.services[0].alone, told.services[0].today) == (first.alone, first.today)
    shares = {(s.code, s.key): s.equivalent for s in told.services[0].shares}
    assert shares == {(b.code, b.key): b.equivalent for b in group.burdens}
    assert told.services[1].verdict.outcome == whole.services[1].verdict.outcome
    assert told.figures == whole.figures


def test_findings_with_own_answers_have_no_public_part():
    whole = findings("attractive")
    study = whole.study.model_copy(update={"viewer": "Borne"})
    with pytest.raises(ValueError, match="no public extract"):
        public_findings(whole.model_copy(update={"study": study}))


def attached(content: bytes) -> dict[str, bytes]:
    with pikepdf.open(io.BytesIO(content)) as opened:
        return {name: each.get_file().read_bytes() for name, each in opened.attachments.items()}


def test_a_public_pdf_carries_the_extract_and_a_copy_for_members_nothing(mixed, tmp_path):
    list(write_documents(mixed, ["bijdragen"], ["pdf"], tmp_path))
    carried = attached((tmp_path / "borne-bijdragen.pdf").read_bytes())
    assert list(carried) == ["uitkomsten.json"]
    assert PublicFindings.model_validate(json.loads(carried["uitkomsten.json"])) == public_findings(
        mixed.findings
    )
    assert attached((tmp_path / "borne-bijdragen-vertrouwelijk.pdf").read_bytes()) == {}


def test_an_attachment_says_what_it_is_and_gives_the_same_bytes(mixed):
    document = replace(KINDS["oplegger"](mixed), attached='{"a": 1}')
    content = pdf.render(document, NEUTRAL)
    assert content == pdf.render(document, NEUTRAL)
    with pikepdf.open(io.BytesIO(content)) as opened:
        (spec,) = opened.Root.AF
        assert spec.AFRelationship == "/Data"
        assert spec.EF.F.Params.ModDate == "D:20261201000000Z"
        assert spec.EF.F.Subtype == "/application/json"
