"""Schemathesis tries everything that the description allows, and much that it does not."""

from dataclasses import dataclass
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
from small import work
from story import Story
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
REGION = "/regios/proefregio"
REAL = {
    "regio": "proefregio",
    "organisatie": "borne",
    "onderdeel": "soc",
    "cijfer": "figures.overhead_own",
    "nummer": 1,
    "feit": "soc.alone",
    "bestand": "borne-bijdragen.ods",
    "vraag": "partners",
    "bestandsvorm": "odt",
}
"""What is there beside runs: made-up names end at 404, so half of the questions name these."""

PROPOSAL = {
    "naam": "Samen",
    "vorm": "host",
    "diensten": ["soc"],
    "gemeentecodes": ["GM0147", "GM0158"],
    "vanaf": "2026-01-05",
}
GONE = ("stappen",)
"""The proposal is closed before its steps are asked for."""

schemathesis.openapi.media_type(XLSX, st.binary() | st.binary().map(lambda rest: b"PK\x03\x04" + rest))


@dataclass(frozen=True)
class Asked:
    """Keys of who leads the region and of who answers for one municipality, and what is there to ask for."""

    keys: tuple[str, str]
    real: dict[str, Any]


@pytest.fixture
def there(clean: Addresses, story: Story, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """A region with a proposal, two runs and documents, without limits."""
    cache.clear()
    for module in (access, intake):
        monkeypatch.setattr(module, "reached", lambda *_: 0)
    lead, contact = program("Beheer Proefregio"), program("contact-borne")
    assert lead.ask("POST", f"{REGION}/voorstellen", PROPOSAL).status_code == 201
    runs = []
    for _ in range(2):
        runs.append(lead.ask("POST", f"{REGION}/runs", {}).json()["run"])
        work(clean)
    wanted = {"run": runs[1], "soorten": ["bijdragen"]}
    assert contact.ask("POST", f"{REGION}/organisaties/borne/stukken", wanted).status_code == 202
    shown = {"run": runs[1], "iedereenMagDitZien": True}
    assert lead.ask("PUT", f"{REGION}/publicatie", shown).status_code == 200
    work(clean)
    return Asked((lead.secret, contact.secret), REAL | {"run": runs[1], "andere": runs[0]})


def test_no_question_gets_a_server_error_or_an_answer_that_is_not_described(there: Asked) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    tried = set()

    def ask(case: Any, key: str, *, real: bool, plain: bool) -> None:
        if real:
            case.path_parameters |= {k: v for k, v in there.real.items() if k in case.path_parameters}
        if plain:
            case.query = {}
        answer = case.call(headers={"Authorization": f"Bearer {key}"})
        case.validate_response(answer, checks=CHECKS)
        tried.add((case.operation.label, answer.status_code))

    for found in schema.get_all_operations():
        operation = found.ok()
        parts = {name: value for name, value in there.real.items() if f"{{{name}}}" in operation.path}
        if operation.method.upper() == "GET":
            for key in there.keys:
                ask(operation.Case(path_parameters=parts), key, real=True, plain=True)
        for mode in GenerationMode:
            cases = operation.as_strategy(generation_mode=mode)
            quietly(
                given(case=cases, key=st.sampled_from(there.keys), real=st.booleans(), plain=st.booleans())(
                    ask
                )
            )()
    readable = {label for label, _ in tried if label.startswith("GET") and not label.endswith(GONE)}
    assert {label for label, status in tried if status == 200} >= readable
    assert len(tried) > 2 * len(readable)
    assert {200, 400, 404} <= {status for _, status in tried}
