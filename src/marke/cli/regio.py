"""``marke regio``: which municipalities and regions there are, their facts, and refreshing them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from marke.cli.plain import agreed, show_table, wide_console
from marke.dutch import decimal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from marke.region import Country, Municipality, Region
    from marke.statline import Refresh

SOURCE = "Bron: CBS (CC BY 4.0). Inwoners op 1 januari; het nieuwste jaar kan nog voorlopig zijn."
ESTIMATE = "Huishoudens zijn een schatting voor 2021 (± 2,5 %); land is van 2021."
FINANCE_SOURCE = (
    "Bron: CBS, Iv3 (CC BY 4.0). Begrotingen bevatten nauwelijks inhuur: vergelijk jaarrekeningen met elkaar."
)
REPORTS = {"accounts": "jaarrekening", "budget": "begroting"}
UNKNOWN = "onbekend"

folder_option = click.option(
    "--map",
    "folder",
    type=click.Path(path_type=Path),
    help="Map met municipalities.csv en finance.csv (anders: die van marke).",
)


@click.group()
def regio() -> None:
    """Gemeenten en regio's: opzoeken, tonen en verversen."""


@regio.command()
@click.option("--veiligheidsregio", "kind", flag_value="veiligheidsregio", help="Toon de veiligheidsregio's.")
@click.option("--corop", "kind", flag_value="corop", help="Toon de COROP-gebieden.")
@click.option("--provincie", "kind", flag_value="provincie", help="Toon de provincies.")
@folder_option
def lijst(kind: str | None, folder: Path | None) -> None:
    """Toon alle regio's van een soort; zonder keuze de veiligheidsregio's."""
    from marke.region import load_country

    country = load_country(folder)
    year = country.years[-1:]
    rows = [
        (region.code, region.name, _number(len(region.municipalities)), *_totals(region.municipalities, year))
        for region in country.regions(kind or "veiligheidsregio")
    ]
    head = ("Code", "Regio", "Gemeenten", *(f"Inwoners\n{each}" for each in year))
    show_table(wide_console(), head, rows, right=2)
    click.echo(SOURCE)


@regio.command()
@click.argument("regio_of_gemeente")
@folder_option
def toon(regio_of_gemeente: str, folder: Path | None) -> None:
    """Toon de gemeenten van een regio, of alles van één gemeente.

    Een regio schrijft u als Twente, VR05, corop:CR12 of provincie:Zeeland; een gemeente als Borne, GM0147 of
    gemeente:Utrecht. Heeft een regio dezelfde naam als een gemeente, dan ziet u de regio.
    """
    from marke.files import fold
    from marke.region import load_country

    country = load_country(folder)
    prefix, colon, rest = regio_of_gemeente.partition(":")
    if colon and fold(prefix) == "gemeente":
        _show_municipality(country, country.find(rest))
        return
    region, municipality = _look_up(country, regio_of_gemeente, bare=not colon)
    if region is not None:
        _show_region(country, region)
        if municipality is not None:
            click.echo(f"Er is ook een gemeente {municipality.name}: marke regio toon {municipality.code}")
    elif municipality is not None:
        _show_municipality(country, municipality)


@regio.command()
@click.option(
    "--jaar", "year", type=click.IntRange(1995, 2100), help="Jaar (anders: het nieuwste in de tabel)."
)
@click.option("--bron", "base", metavar="URL", help="Adres van de dienst (anders: dat in statline.toml).")
@folder_option
@click.option("--ja", "sure", is_flag=True, help="Schrijf zonder eerst te vragen.")
def verversen(year: int | None, base: str | None, folder: Path | None, *, sure: bool) -> None:
    """Haal de inwonertallen van alle gemeenten op bij CBS StatLine.

    U ziet eerst wat er verandert. Er wordt niets geschreven als de cijfers niet volledig of niet
    geloofwaardig zijn.
    """
    from rich.console import Console

    from marke.region import load_country
    from marke.statline import apply, prepare

    wanted = year or load_country(folder).years[-1]
    with Console(stderr=True).status(f"Inwoners van {wanted} ophalen bij CBS StatLine ..."):
        refresh = prepare(wanted, folder=folder, base=base)
    _show_changes(refresh)
    if not refresh.changes:
        click.echo("Er verandert niets.")
        return
    if not sure and not agreed(f"Deze cijfers schrijven naar {refresh.path}? (j/n)"):
        click.echo("Er is niets geschreven.")
        return
    apply(refresh)
    click.echo(f"Geschreven: {refresh.path}")


def _look_up(country: Country, text: str, *, bare: bool) -> tuple[Region | None, Municipality | None]:
    """Return the region and the municipality with this name; raises InputError when there is neither."""
    from marke.errors import InputError
    from marke.files import fold, suggest

    municipality = None
    if bare:
        keys = fold(text)
        named = [each for each in country.municipalities if keys in {fold(each.name), fold(each.code)}]
        municipality = country.find(text) if named else None
    try:
        return country.select(text), municipality
    except InputError:
        if municipality is not None:
            return None, municipality
        if not bare or not text.strip():
            raise
    names = [each.name for each in country.municipalities]
    raise InputError(
        f"Er is geen regio of gemeente '{text}'.{suggest(text, [*_region_names(country), *names])}",
        mend="Met 'marke regio lijst' ziet u de regio's.",
    )


def _region_names(country: Country) -> Iterable[str]:
    for each in country.municipalities:
        yield from (each.safety_region.name, each.corop.name, each.province)


def _show_region(country: Country, region: Region) -> None:
    years = country.years[-3:]
    rows = [
        (
            each.code,
            each.name,
            *(_number(each.inhabitants[year]) for year in years),
            _number(each.households),
            _number(each.land_km2, decimals=2),
        )
        for each in region.municipalities
    ]
    rows.append(("", "Samen", *_totals(region.municipalities, years), "", ""))
    console = wide_console()
    console.print(f"{region.name}{f' ({region.code})' if region.code else ''}", style="bold")
    head = ("Code", "Gemeente", *(f"Inwoners\n{year}" for year in years), "Huis-\nhoudens", "Land\n(km²)")
    show_table(console, head, rows, right=2)
    for each in region.municipalities:
        if each.note:
            click.echo(f"{each.name}: {each.note}")
    click.echo(f"{SOURCE} {ESTIMATE}")


def _show_municipality(country: Country, municipality: Municipality) -> None:
    names = {each.code: each.name for each in country.municipalities}
    neighbours = ", ".join(names[code] for code in municipality.neighbours) or "geen (eiland)"
    facts = [
        ("Provincie", municipality.province),
        ("Veiligheidsregio", f"{municipality.safety_region.name} ({municipality.safety_region.code})"),
        ("COROP-gebied", f"{municipality.corop.name} ({municipality.corop.code})"),
        *((f"Inwoners {year}", _number(value)) for year, value in sorted(municipality.inhabitants.items())),
        ("Huishoudens 2021 (schatting)", _number(municipality.households)),
        ("Land 2021 (km²)", _number(municipality.land_km2, decimals=2)),
        ("Breedtegraad", _number(municipality.latitude, decimals=4)),
        ("Lengtegraad", _number(municipality.longitude, decimals=4)),
        ("Buurgemeenten", neighbours),
    ]
    console = wide_console()
    console.print(f"{municipality.name} ({municipality.code})", style="bold")
    show_table(console, ("Gegeven", "Waarde"), facts, right=2)
    click.echo(f"{SOURCE} {ESTIMATE}")
    if municipality.finance:
        _show_finance(console, municipality)
    if municipality.note:
        click.echo(f"Let op: {municipality.note}")


def _show_finance(console: Console, municipality: Municipality) -> None:
    accounts = municipality.finance
    lines = (
        ("Inwoners (aantal)", [each.inhabitants for each in accounts]),
        ("Totale lasten", [each.expenditure for each in accounts]),
        ("Salarissen (L1.1)", [each.salaries for each in accounts]),
        ("Inhuur (L3.5.1)", [each.hired_staff for each in accounts]),
        ("Overhead (taakveld 0.4)", [each.overhead for each in accounts]),
        ("Aan verbonden partijen (L4.3.3)", [each.joint_bodies for each in accounts]),
    )
    head = ("× 1.000 euro", *(f"{REPORTS[each.report]}\n{each.year}" for each in accounts))
    show_table(console, head, [(label, *map(_number, values)) for label, values in lines], right=1)
    click.echo(FINANCE_SOURCE)
    for each in accounts:
        if each.note:
            click.echo(f"Let op ({REPORTS[each.report]} {each.year}): {each.note}")


def _show_changes(refresh: Refresh) -> None:
    if refresh.changes:
        rows = []
        for each in refresh.changes:
            difference = (
                UNKNOWN if each.before is None else f"{each.after - each.before:+,}".replace(",", ".")
            )
            rows.append((each.code, each.name, _number(each.before), _number(each.after), difference))
        show_table(wide_console(), ("Code", "Gemeente", "Was", "Wordt", "Verschil"), rows, right=2)
    click.echo(
        f"Inwoners op 1 januari {refresh.year}: {_number(len(refresh.changes))} veranderd, "
        f"{_number(refresh.unchanged)} gelijk."
    )
    click.echo(f"Bron: {refresh.source}")


def _totals(municipalities: Sequence[Municipality], years: Iterable[int]) -> list[str]:
    """Return the inhabitants together by year: unknown as soon as one municipality's number is."""
    totals = []
    for year in years:
        numbers = [each.inhabitants[year] for each in municipalities]
        known = [number for number in numbers if number is not None]
        totals.append(_number(sum(known) if len(known) == len(numbers) else None))
    return totals


def _number(value: float | None, *, decimals: int = 0) -> str:
    if value is None:
        return UNKNOWN
    return decimal(value, decimals)
