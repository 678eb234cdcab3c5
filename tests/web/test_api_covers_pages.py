"""What a page can, the API can: every address of a page has its operations, or a reason why it has none."""

from django.urls import URLPattern, URLResolver

from marke.web.api.v1 import api
from marke.web.config.urls import urlpatterns

PAGES = {"R": "regio/<slug:region>/", "O": "regio/<slug:region>/gemeente/<slug:organisation>/"}
PATHS = {"R": "/regios/{regio}", "O": "/regios/{regio}/organisaties/{organisatie}"}

COVERED: dict[str, tuple[str, ...]] = {
    "": ("GET /deelnames",),
    "nieuwe-regio/": ("POST /regios",),
    "R ": ("GET R", "GET R/leden"),
    "O mensen/": ("GET O", "GET O/leden", "GET O/uitnodigingen"),
    "O mensen/<uuid:membership>/einde/": ("DELETE O/leden/{lid}",),
    "O logboek/": ("GET O/logregels",),
    "R studie/": ("GET R/studieversies", "GET R/studieversies/{nummer}"),
    "R studie/instellen/": ("POST R/studieversies",),
    "R studie/wijzigen/": ("POST R/studieversies",),
    "R studie/cijfers/": ("GET R/cijfers",),
    "R studie/cijfers/<str:key>/": (
        "GET R/cijfers/{cijfer}",
        "PUT R/cijfers/{cijfer}",
        "DELETE R/cijfers/{cijfer}",
    ),
    "R stand/": ("GET R/stand", "GET R/belangrijkste-vragen"),
    "R stand/herinneringen/": ("GET R/herinneringen",),
    "O nulmeting/": ("GET O/nulmeting/onderdelen", "GET O/nulmeting/belangrijkste-vragen"),
    "O nulmeting/werkmap/": ("GET O/nulmeting/werkmap",),
    "O nulmeting/werkmap/inlezen/": ("PUT O/nulmeting/werkmap",),
    "O nulmeting/onderdeel/<slug:section>/": (
        "GET O/nulmeting/antwoorden",
        "PATCH O/nulmeting/antwoorden",
    ),
    "O nulmeting/onderdeel/<slug:section>/ondertekenen/": (
        "GET O/nulmeting/onderdelen/{onderdeel}/vrijgave",
        "PUT O/nulmeting/onderdelen/{onderdeel}/vrijgave",
    ),
    **{
        page: operation
        for place in "RO"
        for page, operation in {
            f"{place} runs/": (f"GET {place}/runs", f"POST {place}/runs"),
            f"{place} runs/<uuid:run>/": (f"GET {place}/runs/{{run}}",),
            f"{place} runs/<uuid:run>/stoppen/": (f"PATCH {place}/runs/{{run}}",),
            f"{place} runs/<uuid:run>/deel/<slug:part>/": (f"GET {place}/runs/{{run}}/bevindingen",),
            f"{place} runs/<uuid:run>/herleid/<str:fact>/": (
                f"GET {place}/runs/{{run}}/herleidingen",
                f"GET {place}/runs/{{run}}/herleidingen/{{feit}}",
            ),
            f"{place} runs/<uuid:run>/verschil/": (f"GET {place}/runs/{{run}}/verschillen",),
            f"{place} runs/<uuid:run>/verschil/<uuid:other>/": (
                f"GET {place}/runs/{{run}}/verschillen/{{andere}}",
                f"PUT {place}/runs/{{run}}/verschillen/{{andere}}",
            ),
        }.items()
    },
    "O stukken/": (
        "GET /stuksoorten",
        "GET O/stukken",
        "POST O/stukken",
        "GET O/stukken/{nummer}",
    ),
    "O stukken/<uuid:binder>/<str:name>": ("GET O/stukken/{nummer}/bestanden/{bestand}",),
    "R runs/<uuid:run>/openbaar/": ("GET R/publicatie", "PUT R/publicatie"),
    "R openbaar/intrekken/": ("DELETE R/publicatie",),
    "R tafel/": (
        "GET R/tafel",
        "GET R/tafel/keuzes",
        "GET R/tafel/vragen",
        "GET R/tafel/vragen/{vraag}",
    ),
    "R tafel/vergelijken/": ("GET R/tafel",),
    "R tafel/oplegger/<slug:form>/": ("GET R/tafel/opleggers/{bestandsvorm}",),
    "R besluiten/": ("GET R/voorstellen", "GET R/motiepunten", "GET R/termijnen"),
    "R besluiten/gesprekken/": ("GET R/gesprekken", "POST R/gesprekken"),
    "R besluiten/gesprekken/gesprekken.toml": ("GET R/gesprekken",),
    "R besluiten/gesprekken/<uuid:talk>/weg/": ("DELETE R/gesprekken/{gesprek}",),
    "R besluiten/motie/<int:number>/": ("PUT R/motiepunten/{nummer}",),
    "R besluiten/voorstellen/nieuw/": ("GET R/besluitkeuzes", "POST R/voorstellen"),
    "R besluiten/voorstellen/<int:number>/": (
        "GET R/voorstellen/{nummer}",
        "PATCH R/voorstellen/{nummer}",
        "GET R/voorstellen/{nummer}/gevolgen",
    ),
    "R besluiten/kalender/": ("GET R/kalender",),
    "R besluiten/logboek/": ("GET R/logregels",),
    "R besluiten/logboek/logboek.json": ("GET R/logregels",),
    "O besluiten/": ("GET O/voorstellen/{nummer}/stappen",),
    "O besluiten/voorstellen/<int:number>/<slug:step>/": (
        "PUT O/voorstellen/{nummer}/stappen/{stap}",
        "DELETE O/voorstellen/{nummer}/stappen/{stap}",
    ),
    "O besluiten/dagen/": ("GET R/besluitkeuzes", "GET O/eigen-dagen", "POST O/eigen-dagen"),
    "O besluiten/dagen/<uuid:days>/weg/": ("DELETE O/eigen-dagen/{dagen}",),
    "agenda/<str:token>.ics": ("GET O/kalender",),
}  # fmt: skip
"""By address of a page the operations that do the same; R is a region, O an organisation in it."""

INVITING = "uitnodigen: een sleutel die toegang uitdeelt, overleeft haar eigen einde"
LINKS = "een persoonlijke agendalink: zij geeft toegang zonder aanmelden"
SIGNING_IN = "aanmelden: het gaat over het account van een mens, niet over een regio"
PROVIDER = "een aanbieder kan zich voordoen als iedere medewerker: een mens kijkt van wie hij is"
KEYS = "een sleutel die sleutels maakt, overleeft haar eigen einde"
OPEN = "voor iedereen, zonder sleutel, en al leesbaar voor een programma"
NAMED = "een naam voor een adres, dat 'GET R/tafel' zelf leest"
RED_LINE = "een grens is van één mens, en ook niet van een programma dat zijn sleutel heeft"
PICTURE = "een plaatje van wat 'GET R/tafel' in getallen geeft"

FOR_PEOPLE: dict[str, str] = {
    "uitnodiging/<str:token>/": INVITING,
    "R uitnodigen/<slug:organisation>/": INVITING,
    "O nulmeting/onderdeel/<slug:section>/overdragen/<int:number>/": INVITING,
    "O mensen/<uuid:membership>/klopt/": "bevestigen: een mens kijkt of een rol nog past (BIO2 5.18.02)",
    "O besluiten/agenda/": LINKS,
    "O besluiten/agenda/<uuid:link>/intrekken/": LINKS,
    "eerste-keer/<str:token>/": SIGNING_IN,
    "R aanbieder/<slug:organisation>/": PROVIDER,
    "O aanbieder/": PROVIDER,
    "sleutels/": KEYS,
    "sleutels/<uuid:key>/einde/": KEYS,
    "R tafel/kaart/<slug:form>/": PICTURE,
    "O tafel/bewaren/": NAMED,
    "O tafel/situaties/<uuid:situation>/": NAMED,
    "O tafel/situaties/<uuid:situation>/weg/": NAMED,
    "O tafel/grenzen/": RED_LINE,
    "openbaar/<slug:region>/": OPEN,
    "openbaar/<slug:region>/gegevens.json": OPEN,
    "healthz": OPEN,
    "metrics": OPEN,
    ".well-known/security.txt": OPEN,
    "toegankelijkheid": OPEN,
}
"""By address of a page why a key does not do what it does."""


def pages(patterns: list[URLPattern | URLResolver], prefix: str = "") -> set[str]:
    """Every address of a page, with R and O for what they begin with; of signing in none."""
    found = set()
    for each in patterns:
        route = prefix + str(each.pattern)
        if route.startswith(("api/v1/", "account/")):
            continue
        if isinstance(each, URLResolver):
            found |= pages(each.url_patterns, route)
        else:
            short = next((key for key in "OR" if route.startswith(PAGES[key])), "")
            found.add(f"{short} {route.removeprefix(PAGES[short])}" if short else route)
    return found


def whole(operation: str) -> str:
    method, path = operation.split(" ")
    return f"{method} {PATHS.get(path[0], path[0])}{path[1:]}"


def test_every_page_has_its_operations_or_a_reason() -> None:
    assert pages(urlpatterns) == COVERED.keys() | FOR_PEOPLE.keys()
    assert COVERED.keys() & FOR_PEOPLE.keys() == set()


def test_every_operation_does_what_a_page_does() -> None:
    described = api.get_openapi_schema()["paths"]
    operations = {f"{method.upper()} {path}" for path, methods in described.items() for method in methods}
    assert {whole(each) for named in COVERED.values() for each in named} == operations
