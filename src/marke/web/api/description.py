"""The OpenAPI description, as the NL GOV REST API Design Rules want it."""

import re
from collections.abc import Mapping
from typing import Any

from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from marke.web.api.access import Bearer
from marke.web.api.problems import TITLES, TYPE

_PARTS = {
    "region": "regio",
    "organisation": "organisatie",
    "section": "onderdeel",
    "figure": "cijfer",
    "number": "nummer",
    "run": "run",
    "talk": "gesprek",
    "step": "stap",
    "days": "dagen",
    "other": "andere",
    "fact": "feit",
    "file": "bestand",
    "membership": "lid",
    "question": "vraag",
    "form": "bestandsvorm",
}
"""What stands between braces in an address: English in code, Dutch for who reads the description."""

_PROBLEM = {
    "type": "object",
    "description": "Wat er niet goed ging (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "Het soort probleem."},
        "title": {"type": "string", "description": "Het probleem in een paar woorden."},
        "status": {"type": "integer", "description": "De HTTP-status."},
        "detail": {"type": "string", "description": "Wat er is en hoe u het herstelt."},
        "errors": {
            "type": "array",
            "description": "Plaatsen in uw vraag die niet kloppen.",
            "items": {
                "type": "object",
                "required": ["detail", "pointer"],
                "properties": {
                    "detail": {"type": "string", "description": "Wat er niet klopt."},
                    "pointer": {"type": "string", "description": "Waar (JSON Pointer)."},
                },
            },
        },
    },
}
_VERSION = {"API-Version": {"description": "De versie van de API.", "schema": {"type": "string"}}}
_ALWAYS = (400, 401, 403, 404, 429)
_WRITING = (415,)
_DONE = {200: "Gelukt", 201: "Gemaakt", 202: "Aangenomen", 204: "Gelukt, zonder inhoud"}


class Description(OpenAPISchema):
    """Ninja's description with what goes wrong, rights of keys, and Dutch words."""

    def __init__(self, api: Any, path_prefix: str) -> None:
        super().__init__(api, path_prefix)
        components = self["components"]
        components["schemas"]["Probleem"] = _PROBLEM
        components["responses"] = {str(status): _refusal(title) for status, title in TITLES.items()}
        components["securitySchemes"] = {
            "sleutel": {
                "type": "http",
                "scheme": "bearer",
                "description": "Een sleutel die u in de werkruimte maakt, bij uw naam onder Sleutels.",
            }
        }

    def get_paths(self) -> dict[str, Any]:
        """Return the paths below the server's address, with Dutch names between braces."""
        found = super().get_paths()
        return {_dutch(path.removeprefix(f"/{self.path_prefix.strip('/')}")): v for path, v in found.items()}

    def operation_details(self, operation: Operation) -> dict[str, Any]:
        """Return an operation with every answer it can give."""
        details: dict[str, Any] = super().operation_details(operation)
        for parameter in details["parameters"]:
            if parameter["in"] == "path":
                parameter["name"] = _PARTS[parameter["name"]]
                parameter.setdefault("description", f"Welk {parameter['name']}.")
        for status, answer in details["responses"].items():
            answer["headers"] = _VERSION
            if answer["description"] != _DONE.get(status) and status in _DONE:
                answer["description"] = _DONE[status]
        for status in _ALWAYS + (() if operation.methods == ["GET"] else _WRITING):
            details["responses"][status] = {"$ref": f"#/components/responses/{status}"}
        return details

    def add_schema_definitions(self, definitions: dict[str, Any]) -> None:
        """Keep shapes by name; two shapes with one name would describe each other's answers."""
        for name, shape in definitions.items():
            assert self.schemas.setdefault(name, shape) == shape, f"two shapes are called {name}"  # noqa: S101

    def operation_security(self, operation: Operation) -> list[dict[str, Any]] | None:
        """Return which right the key needs."""
        needed = [each for each in operation.auth_callbacks if isinstance(each, Bearer)]
        return [{"sleutel": [f"{each.area}:{each.right}"]} for each in needed]


def _refusal(title: str) -> Mapping[str, Any]:
    shape = {"$ref": "#/components/schemas/Probleem"}
    return {"description": title, "headers": _VERSION, "content": {TYPE: {"schema": shape}}}


def _dutch(path: str) -> str:
    return re.sub(r"{(\w+)}", lambda found: f"{{{_PARTS[found[1]]}}}", path)
