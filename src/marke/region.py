"""Who: the Dutch municipalities with the facts that count, and the regions they form."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from marke.errors import InputError
from marke.files import Row, data_folder, fold, read_rows, suggest

MUNICIPALITIES = "municipalities.csv"
FINANCE = "finance.csv"
KINDS: Mapping[str, str] = {
    "veiligheidsregio": "Veiligheidsregio",
    "corop": "COROP-gebied",
    "provincie": "Provincie",
}

_INHABITANTS = re.compile(r"inhabitants_([12][0-9]{3})")
MUNICIPALITY_COLUMNS = (
    "code", "name", "province", "households_2021_estimate", "land_km2_2021", "safety_region_code",
    "safety_region", "corop_code", "corop", "latitude", "longitude", "neighbours", "note",
)  # fmt: skip
FINANCE_COLUMNS = (
    "year", "report", "code", "inhabitants", "expenditure_keur", "salaries_keur", "hired_staff_keur",
    "overhead_0_4_keur", "joint_bodies_keur", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Area:
    """A safety region (code VRnn) or a COROP area (code CRnn)."""

    code: str
    name: str


@dataclass(frozen=True)
class Accounts:
    """Iv3 amounts of one municipality and year in EUR 1,000; None where missing, negative where booked so.

    ``report`` is "accounts" or "budget". Budgets hardly hold hired staff: compare like with like.
    ``note`` is a Dutch warning or "".
    """

    year: int
    report: str
    inhabitants: int | None
    expenditure: int | None
    salaries: int | None
    hired_staff: int | None
    overhead: int | None
    joint_bodies: int | None
    note: str = ""


@dataclass(frozen=True)
class Municipality:
    """One municipality: inhabitants on 1 January by year, households (2021, estimate), land in km2, WGS84.

    A missing fact is None, never 0. ``neighbours`` are CBS codes in order; ``finance`` is in order of year
    and report. ``note`` is a Dutch warning about the facts or "".
    """

    code: str
    name: str
    province: str
    inhabitants: Mapping[int, int | None] = field(hash=False)
    households: int | None
    land_km2: float | None
    safety_region: Area
    corop: Area
    latitude: float | None
    longitude: float | None
    neighbours: tuple[str, ...]
    finance: tuple[Accounts, ...]
    note: str = ""


@dataclass(frozen=True)
class Region:
    """Municipalities in order of CBS code; ``code`` is the area's ("" for a province or an own list)."""

    name: str
    municipalities: tuple[Municipality, ...]
    code: str = ""


@dataclass(frozen=True)
class Country:
    """All municipalities in order of CBS code, and the years of their inhabitants, oldest first."""

    municipalities: tuple[Municipality, ...]
    years: tuple[int, ...]

    def find(self, text: str) -> Municipality:
        """Return the municipality with this CBS code or name; capitals and diacritics do not count.

        Raises InputError when there is none (with names that look like it) or more than one.
        """
        found = self._by_key.get(fold(text), ())
        if len(found) == 1:
            return found[0]
        if found:
            codes = ", ".join(each.code for each in found)
            raise InputError(
                f"Er is meer dan één gemeente met de naam '{text}': {codes}.", mend="Gebruik de CBS-code."
            )
        hint = suggest(text, (each.name for each in self.municipalities))
        raise InputError(
            f"De gemeente '{text}' is niet bekend.{hint}",
            mend="Gebruik de naam of de CBS-code, bijvoorbeeld GM1735.",
        )

    def select(self, selection: str | Iterable[str]) -> Region:
        """Return the region a user asks for.

        One string is a region: "Twente", "VR19", "CR12", or with its kind "veiligheidsregio:Zeeland",
        "corop:CR12", "provincie:Zeeland". A bare name is a safety region if there is one, else a COROP area,
        else a province; the name of the region says which. Anything else is a list of municipalities by name
        or code. Raises InputError when something is unknown, the list is empty or names one twice.
        """
        if isinstance(selection, str):
            return self._area(selection)
        chosen = [self.find(each) for each in selection]
        if not chosen:
            raise InputError("De lijst van gemeenten is leeg.", mend="Noem minstens één gemeente.")
        for municipality, times in Counter(chosen).items():
            if times > 1:
                raise InputError(
                    f"De gemeente {municipality.name} ({municipality.code}) staat {times} keer in de lijst.",
                    mend="Noem elke gemeente één keer.",
                )
        chosen.sort(key=lambda each: each.code)
        names = [each.name for each in chosen]
        shown = ", ".join(names) if len(names) <= 3 else f"{names[0]}, {names[1]} en {len(names) - 2} andere"
        return Region(shown, tuple(chosen))

    def regions(self, kind: str) -> tuple[Region, ...]:
        """Return all regions of one of the ``KINDS``, in order of code (provinces: of name)."""
        distinct = dict.fromkeys(self._areas[kind].values())
        return tuple(sorted(distinct, key=lambda each: (each.code, each.name)))

    @cached_property
    def _by_key(self) -> dict[str, tuple[Municipality, ...]]:
        found: dict[str, tuple[Municipality, ...]] = {}
        for each in self.municipalities:
            for key in (fold(each.code), fold(each.name)):
                found[key] = (*found.get(key, ()), each)
        return found

    @cached_property
    def _areas(self) -> dict[str, dict[str, Region]]:
        return {kind: dict(self._areas_of(kind)) for kind in KINDS}

    def _areas_of(self, kind: str) -> Iterator[tuple[str, Region]]:
        members: dict[Area, list[Municipality]] = {}
        for each in self.municipalities:
            members.setdefault(_area_of(each, kind), []).append(each)
        for area, found in members.items():
            region = Region(f"{KINDS[kind]} {area.name}", tuple(found), area.code)
            yield fold(area.name), region
            if area.code:
                yield fold(area.code), region

    def _area(self, text: str) -> Region:
        prefix, colon, rest = text.partition(":")
        kinds, wanted = ((fold(prefix),), rest) if colon else (tuple(KINDS), text)
        if kinds[0] not in KINDS:
            raise InputError(
                f"De soort regio '{prefix}' is niet bekend.{suggest(prefix, KINDS)}",
                mend=f"Kies uit: {', '.join(KINDS)}.",
            )
        if not wanted.strip():
            raise InputError("Er is geen regio genoemd.", mend="Noem een regio, bijvoorbeeld Twente of VR05.")
        for kind in kinds:
            region = self._areas[kind].get(fold(wanted))
            if region:
                return region
        raise self._unknown_area(wanted.strip(), kinds)

    def _unknown_area(self, wanted: str, kinds: tuple[str, ...]) -> InputError:
        if fold(wanted) in self._by_key:
            return InputError(
                f"'{wanted}' is een gemeente en geen regio.",
                mend="Geef een lijst van gemeenten, of een regio zoals Twente.",
            )
        names = [_area_of(each, kind).name for kind in kinds for each in self.municipalities]
        label = KINDS[kinds[0]] if len(kinds) == 1 else "Regio"
        return InputError(
            f"{label} '{wanted}' is niet bekend.{suggest(wanted, names)}",
            mend="Met 'marke regio lijst' ziet u alle namen.",
        )


def load_country(folder: Path | None = None) -> Country:
    """Return all municipalities from ``municipalities.csv`` and ``finance.csv`` in a folder.

    Without a folder: marke's own ``regions``. Kept in memory until one of the files changes.
    Raises InputError, with file, line and column, when a file cannot be used.
    """
    place = data_folder("regions") if folder is None else Path(folder)
    return _load(place, _stamp(place / MUNICIPALITIES), _stamp(place / FINANCE))


def inhabitants_in(municipality: Municipality, year: int) -> int:
    """Return the inhabitants on 1 January of a year; raises InputError when that fact is missing."""
    number = municipality.inhabitants.get(year)
    if number is not None:
        return number
    known = [str(each) for each, value in sorted(municipality.inhabitants.items()) if value is not None]
    raise InputError(
        f"Het inwonertal van {municipality.name} ({municipality.code}) in {year} ontbreekt.",
        where=f"regions/{MUNICIPALITIES}, kolom inhabitants_{year}",
        mend=f"Kies een jaar dat bekend is ({', '.join(known) or 'geen'}), "
        f"of haal de cijfers op met 'marke regio verversen --jaar {year}'.",
    )


def inhabitant_columns(header: Iterable[str]) -> dict[int, str]:
    """Return the columns ``inhabitants_<year>`` by year, oldest first."""
    found = {int(match[1]): column for column in header if (match := _INHABITANTS.fullmatch(column))}
    return dict(sorted(found.items()))


@lru_cache(maxsize=8)
def _load(folder: Path, *_stamps: tuple[int, int]) -> Country:
    header, rows = read_rows(folder / MUNICIPALITIES, MUNICIPALITY_COLUMNS)
    years = inhabitant_columns(header)
    lines = _by_code(rows)
    _check_areas(rows)
    finance = _read_finance(folder / FINANCE, lines.keys())
    municipalities = tuple(
        _municipality(lines[code], years, lines.keys(), finance.get(code, ())) for code in sorted(lines)
    )
    return Country(municipalities, tuple(years))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        state = path.stat()
    except OSError:
        return (0, 0)
    return (state.st_mtime_ns, state.st_size)


def _by_code(rows: Iterable[Row]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        code = row.code("code", "GM")
        if code in found:
            what = f"De gemeente {code} staat er al op regel {found[code].line}."
            raise row.error("code", what, "Laat één regel per gemeente staan.")
        found[code] = row
    return found


def _check_areas(rows: Iterable[Row]) -> None:
    """Refuse a code with two names or a name with two codes: a region would silently fall apart."""
    for code_column, name_column, letters in (
        ("safety_region_code", "safety_region", "VR"),
        ("corop_code", "corop", "CR"),
    ):
        partner: dict[str, str] = {}
        for row in rows:
            code, name = row.code(code_column, letters), row.text(name_column)
            if partner.setdefault(code, name) != name or partner.setdefault(fold(name), code) != code:
                what = f"'{code}' met de naam '{name}' past niet bij een eerdere regel."
                raise row.error(name_column, what, "Gebruik bij elke code overal dezelfde naam.")


def _municipality(
    row: Row, years: Mapping[int, str], codes: Collection[str], finance: tuple[Accounts, ...]
) -> Municipality:
    code = row.code("code", "GM")
    neighbours = tuple(filter(None, row.cells["neighbours"].strip().split("|")))
    for neighbour in neighbours:
        if neighbour not in codes or neighbour == code:
            what = f"Buurgemeente '{neighbour}' is geen andere gemeente uit dit bestand."
            raise row.error("neighbours", what, "Scheid CBS-codes met |, bijvoorbeeld GM0141|GM0147.")
    return Municipality(
        code=code,
        name=row.text("name"),
        province=row.text("province"),
        inhabitants={year: row.integer(column, least=1) for year, column in years.items()},
        households=row.integer("households_2021_estimate", least=1),
        land_km2=row.decimal("land_km2_2021", 0, 100_000),
        safety_region=Area(row.code("safety_region_code", "VR"), row.text("safety_region")),
        corop=Area(row.code("corop_code", "CR"), row.text("corop")),
        latitude=row.decimal("latitude", -90, 90),
        longitude=row.decimal("longitude", -180, 180),
        neighbours=tuple(sorted(neighbours)),
        finance=finance,
        note=row.cells["note"].strip(),
    )


def _read_finance(path: Path, codes: Collection[str]) -> dict[str, tuple[Accounts, ...]]:
    found: dict[str, dict[tuple[int, str], Accounts]] = {}
    for row in read_rows(path, FINANCE_COLUMNS)[1]:
        code, accounts = row.code("code", "GM"), _accounts(row)
        if code not in codes:
            raise row.error(
                "code", f"De gemeente {code} staat niet in {MUNICIPALITIES}.", "Verbeter de code."
            )
        if (accounts.year, accounts.report) in found.setdefault(code, {}):
            what = f"{code} heeft al een regel voor {accounts.year} ({accounts.report})."
            raise row.error("code", what, "Laat één regel staan.")
        found[code][accounts.year, accounts.report] = accounts
    return {code: tuple(each for _, each in sorted(reports.items())) for code, reports in found.items()}


def _accounts(row: Row) -> Accounts:
    return Accounts(
        year=int(row.text("year", r"[12][0-9]{3}", "2024")),
        report=row.text("report", r"accounts|budget", "accounts of budget"),
        inhabitants=row.integer("inhabitants", least=1),
        expenditure=row.integer("expenditure_keur"),
        salaries=row.integer("salaries_keur"),
        hired_staff=row.integer("hired_staff_keur"),
        overhead=row.integer("overhead_0_4_keur"),
        joint_bodies=row.integer("joint_bodies_keur"),
        note=row.cells["note"].strip(),
    )


def _area_of(municipality: Municipality, kind: str) -> Area:
    if kind == "provincie":
        return Area("", municipality.province)
    return municipality.corop if kind == "corop" else municipality.safety_region
