"""The first sheet of a workbook: what is asked, why, by whom, and where to begin."""

from collections.abc import Iterator
from typing import Any

from marke.catalogue.intake import questions
from marke.catalogue.schema import Catalogue
from marke.dutch import decimal, euro
from marke.intake import layout
from marke.intake.styles import Styles
from marke.intake.worth import Worth
from marke.region import Municipality
from marke.study import Study

_REPORTS = {"accounts": "jaarrekening", "budget": "begroting"}
_LETTERS_A_LINE = 92


def write_cover(
    sheet: Any,
    styles: Styles,
    study: Study,
    catalogue: Catalogue,
    municipality: Municipality,
    first: tuple[Worth, ...],
) -> None:
    """Write the cover; the municipality's name and code stand in ``layout.NAME_CELL`` and ``CODE_CELL``."""
    for column, width in enumerate((2, 26, 96)):
        sheet.set_column(column, column, width)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 30)
    sheet.write_string(0, 1, "Nulmeting", styles.title)
    sheet.write_string(1, 1, "Wat doet en besteedt uw gemeente nu?", styles.quiet)
    rows = [
        ("Gemeente", municipality.name),
        ("Code van het CBS", municipality.code),
        ("Verkenning", f"{study.settings.name}: {study.settings.question}"),
        *_explanation(catalogue),
        ("Begin hier", _begin(catalogue, first)),
        *_facts(municipality, study),
    ]
    for row, (label, text) in enumerate(rows, start=3):
        lines = sum(max(1, -(-len(line) // _LETTERS_A_LINE)) for line in text.split("\n"))
        sheet.set_row(row, 6 + 15 * lines)
        sheet.write_string(row, 1, label, styles.strong)
        sheet.write_string(row, 2, text, styles.text)
    sheet.protect()
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.print_area(0, 0, 3 + len(rows), 2)


def _explanation(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    count = sum(len(sheet.blocks) for sheet in layout.sheets(catalogue))
    yield (
        "Waarom",
        "De verkenning rekent nu met schattingen. Met uw eigen cijfers begint zij bij uw begroting en gaat "
        "het antwoord over uw gemeente.",
    )
    yield (
        "Hoeveel",
        f"{count} vragen op {len(layout.sheets(catalogue))} bladen; samen ongeveer twee uur. Weet u iets "
        "niet? Kies 'weet ik niet': dan blijft de schatting staan. Een lege cel is nooit nul.",
    )
    yield (
        "Wie vult in",
        "I&A, de CISO en de FG vullen in. De controller tekent voor het geld en de gemeentesecretaris voor "
        "de fte, per dienst. Bij iedere vraag staat wie het weet; u mag daar een andere naam zetten.",
    )
    yield (
        "Zo vult u in",
        "Vul alleen gele cellen in. Een werkweek van 36 uur is 1 fte. Bedragen zijn zonder btw; zet bij een "
        "bedrag het jaar van de prijzen. Formatie is wat is vastgesteld, bezetting is wie er nu werkt, "
        "inhuur is wie u per uur betaalt. Schrijf bij 'bron of toelichting' waar het cijfer staat.",
    )
    yield (
        "Wie ziet dit",
        "Uw antwoorden zijn alleen voor uw gemeente. Andere gemeenten zien alleen de bedragen per dienst die "
        "u zelf vrijgeeft bij de handtekening. Niveau, mensen, contracten en beveiliging deelt de verkenning "
        "nooit per gemeente.",
    )


def _begin(catalogue: Catalogue, first: tuple[Worth, ...]) -> str:
    if not first:
        return "Alle cijfers die de uitkomst het meest bepalen, zijn gegeven. Vul aan wat nog ontbreekt."
    labels = {question.id: question.label for question in questions(catalogue)}
    places = {line.question.id: sheet.name for sheet in layout.sheets(catalogue) for line in sheet.lines}
    told = [f"{n}. {labels[w.question]} (blad '{places[w.question]}')" for n, w in enumerate(first, start=1)]
    return "Deze antwoorden maken de uitkomst voor uw gemeente het meest zeker:\n" + "\n".join(told)


def _facts(municipality: Municipality, study: Study) -> Iterator[tuple[str, str]]:
    year = study.settings.inhabitants_year
    lines = [f"{decimal(municipality.inhabitants[year] or 0)} inwoners op 1 januari {year} (CBS)."]
    lines += [
        f"Overhead (taakveld 0.4), {_REPORTS[each.report]} {each.year}: {euro(each.overhead * 1000)} (Iv3)."
        for each in municipality.finance
        if each.overhead is not None
    ]
    lines += [municipality.note] if municipality.note else []
    lines.append(
        "Staat hier iets niet goed? Meld het aan wie u deze werkmap gaf; u hoeft niets over te typen."
    )
    yield "Al bekend", "\n".join(lines)
