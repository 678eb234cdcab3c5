"""The NL GOV REST API Design Rules (Logius, 2.1), each that can be tested by a program."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from story import make_story
from test_api import Program, program

from marke.web.api.problems import VERSION
from marke.web.config.prepared import Addresses

HTTP = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    answer = Client().get("/api/v1/openapi.json")
    found: dict[str, Any] = answer.json()
    return found


def operations(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def nodes(found: Any) -> Iterator[dict[str, Any]]:
    if isinstance(found, dict):
        yield found
        for each in found.values():
            yield from nodes(each)
    elif isinstance(found, list):
        for each in found:
            yield from nodes(each)


def test_the_description_is_public_readable_from_elsewhere_and_complete(clean: Addresses) -> None:
    """/core/doc-openapi, /core/publish-openapi: parsable, all references resolve."""
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    found = answer.json()
    assert found["openapi"].startswith("3.1")
    assert len(found["paths"]) >= 14
    for node in nodes(found):
        if "$ref" in node:
            target = found
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]


def test_version_and_contact(described: dict[str, Any]) -> None:
    """/core/semver, /core/uri-version, /core/doc-openapi-contact."""
    assert re.fullmatch(r"\d+\.\d+\.\d+", described["info"]["version"])
    major = described["info"]["version"].partition(".")[0]
    assert [each["url"] for each in described["servers"]] == [f"/api/v{major}"]
    assert {"name", "email", "url"} <= set(described["info"]["contact"])


def test_addresses_are_nouns_in_kebab_case_without_a_slash_at_the_end(described: dict[str, Any]) -> None:
    """/core/no-trailing-slash, /core/path-segments-kebab-case, /core/http-methods."""
    for path, method, operation in operations(described):
        assert method in HTTP
        assert not path.endswith("/")
        for part in path.strip("/").split("/"):
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*|{[a-z]+}", part), path
        placed = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
        assert placed == set(re.findall(r"{(\w+)}", path))


def test_keys_are_in_camel_case(described: dict[str, Any]) -> None:
    """/core/query-keys-camel-case, and the same for JSON."""
    names = {p["name"] for _, _, each in operations(described) for p in each["parameters"]}
    for shape in described["components"]["schemas"].values():
        names |= set(shape["properties"])
    assert len(names) > 40
    assert [name for name in names if not re.fullmatch(r"[a-z]+([A-Z][a-z]+)*", name)] == []


def test_everything_is_described_in_dutch(described: dict[str, Any]) -> None:
    """/core/doc-language: every operation, parameter and field says what it is."""
    english = re.compile(r"\b(the|and|of an|which|Successful|Response|OK|Created)\b")
    told = [described["info"]["description"]]
    for path, method, operation in operations(described):
        assert operation["summary"], (path, method)
        told += [operation["summary"], operation["description"]]
        told += [each["description"] for each in operation["parameters"]]
        told += [each["description"] for each in operation["responses"].values() if "$ref" not in each]
    for name, shape in described["components"]["schemas"].items():
        assert shape["description"], name
        for key, field in shape["properties"].items():
            assert field.get("description"), (name, key)
            told.append(field["description"])
    told += [each["description"] for each in described["components"]["responses"].values()]
    assert [text for text in told if english.search(text)] == []


def test_every_operation_says_which_key_it_needs_and_what_can_go_wrong(described: dict[str, Any]) -> None:
    for path, method, operation in operations(described):
        ((scope,),) = [each["sleutel"] for each in operation["security"]]
        assert re.fullmatch(
            r"(regio|mensen|studie|nulmeting|runs|openbaar|besluiten):(lezen|schrijven)", scope
        )
        assert scope.endswith("lezen") == (method == "get"), (path, method)
        assert {"400", "401", "403", "404", "429"} <= set(operation["responses"])


def test_a_list_of_operations_can_be_read_alone(described: dict[str, Any]) -> None:
    """Every summary is another, and whoever may write is named."""
    summaries = [operation["summary"] for _, _, operation in operations(described)]
    assert sorted(set(summaries)) == sorted(summaries)
    unsaid = [
        (method, path)
        for path, method, each in operations(described)
        if method != "get" and not re.search(r"\b[Vv]oor wie|Alleen voor", each["description"])
    ]
    assert unsaid == []


def test_every_answer_tells_the_version_and_is_not_kept(clean: Addresses) -> None:
    """/core/version-header, /core/transport/security-headers."""
    make_story()
    asker = program("Beheer Proefregio")
    for answer in (
        asker.ask("GET", "/deelnames"),
        asker.ask("GET", "/regios/weg"),
        asker.ask("GET", "/weg"),
        asker.ask("DELETE", "/deelnames"),
        Program("raden").ask("GET", "/deelnames"),
    ):
        assert answer["API-Version"] == VERSION
        assert answer["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "told"),
    [
        ("GET", "/weg", None, 404, "bestaat niet"),
        ("GET", "/deelnames/", None, 404, "bestaat niet"),
        ("GET", "/regios/weg", None, 404, "geen rol"),
        ("DELETE", "/deelnames", None, 405, "Allow"),
        ("POST", "/regios", {"naam": 3}, 400, "past niet"),
        ("POST", "/regios", {"naam": "A", "gemeenten": ["Borne", "Atlantis"]}, 400, "Atlantis"),
        ("POST", "/regios", {"naam": "A\x00", "gemeenten": ["Borne", "Losser"]}, 400, "past niet"),
    ],
)
def test_what_goes_wrong_is_a_problem_in_dutch(
    clean: Addresses, method: str, path: str, body: Any, status: int, told: str
) -> None:
    """/core/error-handling: application/problem+json (RFC 9457)."""
    make_story()
    answer = program("Beheer Proefregio").ask(method, path, body)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["type"] == "about:blank"
    assert told in problem["detail"]
    if body == {"naam": 3}:
        assert {each["pointer"] for each in problem["errors"]} == {"/naam", "/gemeenten"}
        assert "'naam' moet tekst zijn" in problem["errors"][0]["detail"]
    if status == 405:
        assert answer["Allow"] == "GET"


def test_a_body_must_be_json(clean: Addresses) -> None:
    make_story()
    asker = program("Beheer Proefregio")
    for given, status in (
        ({"data": b"{", "content_type": "application/json"}, 400),
        ({"data": b"a=1", "content_type": "application/x-www-form-urlencoded"}, 415),
    ):
        assert asker.ask("POST", "/regios", **given).status_code == status


def test_head_is_get_without_a_body(clean: Addresses) -> None:
    make_story()
    answer = program("Beheer Proefregio").ask("HEAD", "/deelnames")
    assert answer.status_code == 200
