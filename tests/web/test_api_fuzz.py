"""Schemathesis tries everything that the description allows, and much that it does not."""

from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from story import invited, make_story
from test_api import XLSX, program

from marke.web.api import access, intake
from marke.web.config.prepared import Addresses
from marke.web.config.wsgi import application

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)
quietly = settings(
    max_examples=10, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
REAL = {
    "regio": "proefregio",
    "organisatie": "borne",
    "onderdeel": "soc",
    "cijfer": "figures.overhead_own",
    "nummer": 1,
}
"""What is there: made-up names end at 404, so half of the questions name these."""

PROPOSAL = {
    "naam": "Samen",
    "vorm": "host",
    "diensten": ["soc"],
    "gemeentecodes": ["GM0147", "GM0158"],
    "vanaf": "2026-01-05",
}
GONE = ("{run}", "bevindingen", "stappen")
"""Runs have names of their own, and the proposal is closed before its steps are asked for."""

schemathesis.openapi.media_type(XLSX, st.binary() | st.binary().map(lambda rest: b"PK\x03\x04" + rest))


@pytest.fixture
def keys(clean: Addresses, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Keys of who leads the region and of who answers for one municipality, without limits."""
    cache.clear()
    for module in (access, intake):
        monkeypatch.setattr(module, "reached", lambda *_: 0)
    story = make_story()
    invited(story, "borne")
    lead, contact = program("Beheer Proefregio"), program("contact-borne")
    assert lead.ask("POST", "/regios/proefregio/voorstellen", PROPOSAL).status_code == 201
    return [lead.secret, contact.secret]


def test_no_question_gets_a_server_error_or_an_answer_that_is_not_described(keys: list[str]) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    tried = set()

    def ask(case: Any, key: str, *, real: bool) -> None:
        if real:
            case.path_parameters |= {k: v for k, v in REAL.items() if k in case.path_parameters}
        answer = case.call(headers={"Authorization": f"Bearer {key}"})
        case.validate_response(answer, checks=CHECKS)
        tried.add((case.operation.label, answer.status_code))

    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in GenerationMode:
            cases = operation.as_strategy(generation_mode=mode)
            quietly(given(case=cases, key=st.sampled_from(keys), real=st.booleans())(ask))()
    readable = {label for label, _ in tried if label.startswith("GET") and not label.endswith(GONE)}
    assert {label for label, status in tried if status == 200} >= readable
    assert len(tried) > 2 * len(readable)
    assert {200, 400, 404} <= {status for _, status in tried}
