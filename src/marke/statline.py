"""Refresh the inhabitants of all municipalities from CBS StatLine (OData version 4)."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
from pydantic import BaseModel, ConfigDict, Field

from marke.errors import InputError
from marke.files import Row, data_folder, read_bytes, read_rows, write_atomically
from marke.region import MUNICIPALITIES, MUNICIPALITY_COLUMNS, inhabitant_columns
from marke.toml import read_document, validate

SETTINGS = "statline.toml"
_PAGES = 1000
_SHOWN = 5


class Settings(BaseModel):
    """Where the inhabitants stand in StatLine, and which changes are believed; ``statline.toml`` as data."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    base: str
    table: str = Field(pattern=r"^[A-Za-z0-9_-]+$")
    measure: str = Field(min_length=1)
    region_dimension: str = Field(pattern=r"^\w+$")
    period_dimension: str = Field(pattern=r"^\w+$")
    period: str = Field(pattern=r"\{year\}")
    timeout_seconds: float = Field(gt=0, allow_inf_nan=False)
    max_change_percent: float = Field(gt=0, allow_inf_nan=False)
    accept_large_change: tuple[str, ...] = ()
    totals: dict[str, str] = {}


@dataclass(frozen=True)
class Change:
    """Inhabitants of one municipality that change; ``before`` is None where the fact was missing."""

    code: str
    name: str
    before: int | None
    after: int


@dataclass(frozen=True)
class Refresh:
    """What a refresh would change in ``path``: nothing is written until ``apply``.

    ``source`` names table and address; ``content`` is the new file, ``original`` the file it was made from.
    """

    year: int
    source: str
    path: Path
    changes: tuple[Change, ...]
    unchanged: int
    content: str
    original: bytes


def load_settings(folder: Path | None = None) -> Settings:
    """Return the settings in ``statline.toml`` of a folder, or marke's own where the folder has none.

    Raises InputError, with file and line, when they cannot be used.
    """
    own = data_folder("regions") / SETTINGS
    path = folder / SETTINGS if folder and (folder / SETTINGS).exists() else own
    document = read_document(path)
    return validate(Settings, document.content, document)


def prepare(year: int, *, folder: Path | None = None, base: str | None = None) -> Refresh:
    """Fetch the inhabitants on 1 January of a year and return what would change; writes nothing.

    ``folder`` holds ``municipalities.csv`` (default: marke's own), ``base`` replaces the address of the
    service. Raises InputError when the service cannot be reached, answers something else than expected,
    misses a municipality or knows another one, or gives an implausible number.
    """
    settings = load_settings(folder)
    if base is not None:
        settings = settings.model_copy(update={"base": base})
    path = (folder or data_folder("regions")) / MUNICIPALITIES
    original = read_bytes(path)
    header, rows = read_rows(path, MUNICIPALITY_COLUMNS)
    address, observations = _fetch(settings, year)
    found = _inhabitants(observations, settings, year, address)
    _check_complete(rows, found, year, address)
    _check_plausible(rows, inhabitant_columns(header), found, settings, year)
    changes = tuple(_changes(rows, found, f"inhabitants_{year}"))
    return Refresh(
        year=year,
        source=f"CBS StatLine, tabel {settings.table}, {settings.base}",
        path=path,
        changes=changes,
        unchanged=len(rows) - len(changes),
        content=_content(header, rows, found, year),
        original=original,
    )


def apply(refresh: Refresh) -> None:
    """Write the refreshed file, whole or not at all.

    Raises InputError when the file was changed since ``prepare`` or cannot be written.
    """
    if read_bytes(refresh.path) != refresh.original:
        raise InputError(
            "Het bestand is intussen gewijzigd; er is niets geschreven.",
            where=str(refresh.path),
            mend="Begin opnieuw met verversen.",
        )
    if refresh.changes:
        write_atomically(refresh.path, refresh.content)


def _fetch(settings: Settings, year: int) -> tuple[str, list[Mapping[str, Any]]]:
    """Return the address asked and all its observations, following the pages."""
    wanted = " and ".join(f"{key} eq '{value}'" for key, value in _expected(settings, year).items())
    base = settings.base.rstrip("/")
    try:
        first = httpx.URL(f"{base}/{settings.table}/Observations?$filter={quote(wanted, safe='')}")
    except httpx.InvalidURL as error:
        raise _bad_address(settings.base) from error
    if first.scheme not in {"http", "https"} or not first.host:
        raise _bad_address(settings.base)
    where = str(first.copy_with(query=None))
    observations: list[Mapping[str, Any]] = []
    seen: set[str] = set()
    page: httpx.URL | None = first
    with httpx.Client(timeout=settings.timeout_seconds, headers={"Accept": "application/json"}) as client:
        while page is not None:
            if str(page) in seen or len(seen) == _PAGES:
                raise _misshapen(where, "de bladzijden houden niet op")
            seen.add(str(page))
            answer = _get(client, page, settings.timeout_seconds)
            observations += _observations(answer, where)
            page = _next_page(answer, page, where)
    return where, observations


def _expected(settings: Settings, year: int) -> dict[str, str]:
    period = settings.period.replace("{year}", str(year))
    return {"Measure": settings.measure, settings.period_dimension: period, **settings.totals}


def _get(client: httpx.Client, page: httpx.URL, seconds: float) -> Any:
    where = str(page.copy_with(query=None))
    try:
        response = client.get(page)
    except httpx.TimeoutException as error:
        raise InputError(
            f"De dienst antwoordt niet binnen {seconds:g} seconden.",
            where=where,
            mend=f"Probeer het later opnieuw, of verhoog timeout_seconds in {SETTINGS}.",
        ) from error
    except httpx.HTTPError as error:
        raise InputError(
            "Er is geen verbinding met de dienst.",
            where=where,
            mend=f"Controleer het netwerk en het adres (--bron of base in {SETTINGS}).",
        ) from error
    if response.status_code != httpx.codes.OK:
        raise InputError(
            f"De dienst antwoordt met een fout (HTTP {response.status_code}).",
            where=where,
            mend=f"Probeer het later opnieuw, of controleer adres, tabel en codes in {SETTINGS}.",
        )
    try:
        return response.json()
    except (ValueError, RecursionError) as error:
        raise _misshapen(where, "het antwoord is geen JSON") from error


def _observations(answer: Any, where: str) -> list[Mapping[str, Any]]:
    values = answer.get("value") if isinstance(answer, dict) else None
    if not isinstance(values, list) or not all(isinstance(each, dict) for each in values):
        raise _misshapen(where, "de lijst 'value' met waarnemingen ontbreekt")
    return values


def _next_page(answer: Mapping[str, Any], page: httpx.URL, where: str) -> httpx.URL | None:
    """Return the next page, which must be on the same host; scheme and port stay those of the first."""
    link = answer.get("@odata.nextLink")
    if link is None:
        return None
    try:
        following = page.join(link)
    except (httpx.InvalidURL, TypeError) as error:
        raise _misshapen(where, "de verwijzing naar de volgende bladzijde klopt niet") from error
    if following.host != page.host:
        raise _misshapen(where, f"de volgende bladzijde staat op een andere computer ({following.host})")
    return following.copy_with(scheme=page.scheme, port=page.port)


def _inhabitants(
    observations: Sequence[Mapping[str, Any]], settings: Settings, year: int, where: str
) -> dict[str, int]:
    """Return the inhabitants by municipality code; codes may be padded, missing values are left out."""
    expected = _expected(settings, year)
    found: dict[str, int] = {}
    for each in observations:
        for key, value in expected.items():
            if str(each.get(key, "")).strip() != value:
                raise _misshapen(where, f"een waarneming heeft bij {key} niet de gevraagde waarde '{value}'")
        region = each.get(settings.region_dimension)
        if not isinstance(region, str):
            raise _misshapen(where, f"een waarneming heeft geen {settings.region_dimension}")
        if "Value" not in each:
            raise _misshapen(where, f"de waarneming van {region.strip()} heeft geen Value")
        code, value = region.strip(), each["Value"]
        if value is None or not re.fullmatch(r"GM[0-9]{4}", code):
            continue
        if code in found:
            raise _misshapen(where, f"{code} komt meer dan één keer voor")
        found[code] = _count(value, code, where)
    if not found:
        raise InputError(
            f"De dienst heeft geen inwonertallen van gemeenten voor {year}.",
            where=where,
            mend=f"Kies een ander jaar, of controleer tabel en codes in {SETTINGS}.",
        )
    return found


def _count(value: Any, code: str, where: str) -> int:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or value != value or not 1 <= value <= 1e8 or value != int(value):
        raise _misshapen(where, f"het inwonertal van {code} is geen positief heel getal: {value!r}")
    return int(value)


def _check_complete(rows: Sequence[Row], found: Mapping[str, int], year: int, where: str) -> None:
    names = {row.code("code", "GM"): row.text("name") for row in rows}
    missing = [f"{name} ({code})" for code, name in names.items() if code not in found]
    if missing:
        raise InputError(
            f"In de cijfers van {year} ontbreken {len(missing)} gemeenten: {_some(missing)}.",
            where=where,
            mend="Er is niets gewijzigd. Kies een jaar met dezelfde gemeenten, of wacht tot CBS ze levert.",
        )
    unknown = sorted(code for code in found if code not in names)
    if unknown:
        raise InputError(
            f"De cijfers van {year} hebben {len(unknown)} gemeenten die marke niet kent: {_some(unknown)}.",
            where=where,
            mend=f"Er is niets gewijzigd. Zet nieuwe gemeenten eerst in {MUNICIPALITIES}.",
        )


def _check_plausible(
    rows: Sequence[Row], years: Mapping[int, str], found: Mapping[str, int], settings: Settings, year: int
) -> None:
    """Compare with the nearest other year that is known (of two equally near: the earlier)."""
    strange = []
    for row in rows:
        code = row.code("code", "GM")
        known = {other: number for other, column in years.items() if (number := row.integer(column, least=1))}
        others = sorted((abs(other - year), other) for other in known if other != year)
        if not others or code in settings.accept_large_change:
            continue
        before = known[others[0][1]]
        percent = 100 * (found[code] - before) / before
        if abs(percent) > settings.max_change_percent:
            strange.append(f"{row.text('name')} ({code}) van {before} in {others[0][1]} naar {found[code]}")
    if strange:
        raise InputError(
            f"Deze inwonertallen van {year} veranderen meer dan {settings.max_change_percent:g} %: "
            f"{_some(strange)}.",
            where=f"tabel {settings.table}",
            mend=f"Er is niets gewijzigd. Klopt het toch? Zet de code in accept_large_change in {SETTINGS}.",
        )


def _changes(rows: Sequence[Row], found: Mapping[str, int], column: str) -> Iterator[Change]:
    for row in rows:
        code = row.code("code", "GM")
        before = row.integer(column, least=1) if column in row.cells else None
        if before != found[code]:
            yield Change(code, row.text("name"), before, found[code])


def _content(header: Sequence[str], rows: Sequence[Row], found: Mapping[str, int], year: int) -> str:
    column = f"inhabitants_{year}"
    columns = list(header)
    if column not in columns:
        earlier = [name for other, name in inhabitant_columns(header).items() if other < year]
        columns.insert(columns.index(earlier[-1] if earlier else "province") + 1, column)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row.cells, column: found[row.code("code", "GM")]} for row in rows)
    return text.getvalue()


def _some(names: Sequence[str]) -> str:
    more = f" en {len(names) - _SHOWN} andere" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def _bad_address(base: str) -> InputError:
    return InputError(
        f"Het adres '{base}' is geen webadres.",
        where=f"--bron of base in {SETTINGS}",
        mend="Gebruik een adres dat begint met https://.",
    )


def _misshapen(where: str, why: str) -> InputError:
    return InputError(
        f"Het antwoord van de dienst heeft niet de verwachte vorm: {why}.",
        where=where,
        mend=f"Er is niets gewijzigd. Controleer adres, tabel en codes in {SETTINGS}.",
    )
