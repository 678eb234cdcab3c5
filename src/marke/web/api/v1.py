"""Version 1 of the API: its parts, its errors and where its description stands."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError, ValidationErrorContext

from marke.errors import InputError
from marke.toml import sentence
from marke.web.api import (
    board,
    calendar,
    documents,
    explained,
    intake,
    people,
    proposals,
    publication,
    regions,
    runs,
    studies,
    table,
    talks,
)
from marke.web.api.description import Description
from marke.web.api.problems import BASE, VERSION, RefusedError, problem

_ABOUT = """Lees en schrijf in de werkruimte wat de pagina's ook kunnen, met een sleutel die u zelf maakt.

Een sleutel opent precies wat uw eigen rollen openen, en daarvan alleen de onderdelen die u koos. Wat niet van
u is, bestaat niet: 404. Ondertekenen, uitnodigen en rollen bevestigen doet een mens, in de pagina's. Een fout
komt als `application/problem+json`.
"""
_LONGEST_SHOWN = 60


class Api(NinjaAPI):
    """Ninja with our description, and with Dutch sentences about what does not fit."""

    def get_openapi_schema(self, **_given: Any) -> Description:
        """Return the description."""
        return _described(self)

    def validation_error_from_error_contexts(
        self, error_contexts: list[ValidationErrorContext[Any]]
    ) -> ValidationError:
        """Tell every place that does not fit, in Dutch."""
        told = []
        for context in error_contexts:
            source = context.model.__ninja_param_source__
            for each in context.pydantic_validation_error.errors(include_url=False):
                # a body is one parameter of the view, whose name nobody sent
                place = each["loc"][1:] if source == "body" else each["loc"]
                shown = each | {"input": _short(each["input"])}
                told.append(
                    {
                        "detail": sentence(shown, place),
                        "pointer": "".join(f"/{part}" for part in place),
                    }
                )
        return ValidationError(told)


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."


@lru_cache(maxsize=1)
def _described(api: Api) -> Description:
    return Description(api, BASE)


api = Api(
    title="Werkruimte van marke",
    version=VERSION,
    description=_ABOUT,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api-v1",
    servers=[{"url": BASE, "description": "Deze werkruimte"}],
    openapi_extra={
        "info": {
            "contact": {
                "name": "Beheer van deze werkruimte",
                "email": settings.CONTACT if "@" in settings.CONTACT else "beheer@localhost",
                "url": f"https://{settings.HOST}" if settings.HOST else "http://localhost:8000",
            },
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
    },
)
for part in (
    *(regions, people, studies, intake, board),
    *(runs, explained, documents, publication, table),
    *(talks, proposals, calendar),
):
    api.add_router("", part.router)


def openapi(_request: HttpRequest) -> HttpResponse:
    """Give the description to everybody, also to pages elsewhere."""
    answer = JsonResponse(_described(api), json_dumps_params={"ensure_ascii": False})
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer["Cache-Control"] = "public, max-age=300"
    return answer


@api.exception_handler(InputError)
def _input_error(_request: HttpRequest, error: InputError) -> HttpResponse:
    return problem(400, str(error))


@api.exception_handler(ValidationError)
def _validation_error(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem(400, "Uw vraag past niet bij de beschrijving van de API.", error.errors)


@api.exception_handler(RefusedError)
def _refused(_request: HttpRequest, error: RefusedError) -> HttpResponse:
    answer = problem(error.status, error.detail, error.places())
    if error.wait:
        answer["Retry-After"] = str(error.wait)
    return answer


@api.exception_handler(Http404)
def _absent(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return problem(404)


@api.exception_handler(AuthenticationError)
def _unknown_key(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    return problem(401)


@api.exception_handler(HttpError)
def _unreadable(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, "De inhoud is geen JSON die te lezen is.")
