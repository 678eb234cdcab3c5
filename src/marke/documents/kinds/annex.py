"""The technical annex: how it was computed, every figure with its source, and what the run rests on."""

from marke.documents.kinds import parts
from marke.documents.kinds.context import RESEARCH, Told
from marke.documents.tree import Column, Document, Facts, Listing, Row, Section, Table, text
from marke.dutch import STATUS, capital, day, decimal, number, percent

EQUATIONS = (
    "uren per organisatie = uren × (1 + (spelers − 1) × (1 − deel dat één keer volstaat × gelijkheid))",
    "team = naar boven afgerond werk ÷ productieve uren, en ten minste de kleinste bezetting",
    "gezamenlijke kosten = (personeel + inkoop + vaste kosten + aansturing) × (1 + tegenvaller)",
    "samen = gezamenlijke kosten + eigen kosten van de leden + btw die niet terugkomt + eenmalig × annuïteit",
    "besparing = som van alleen − samen",
    "waarde van een antwoord = E[max(E[besparing | antwoord], 0)] − max(E[besparing], 0)",
)


def annex(told: Told) -> Document:
    """Compose the technische bijlage."""
    study = told.findings.study
    return told.document(
        "bijlage",
        "Technische bijlage",
        "Rekenwijze, cijfers en herkomst",
        (
            Section("Herkomst", (_provenance(told),)),
            Section(
                "Rekenwijze",
                (
                    text(
                        f"Iedere groep in iedere vorm is doorgerekend met {decimal(study.draws)} "
                        "trekkingen van alle onzekere cijfers tegelijk. Een bedrag is het gemiddelde over "
                        "de trekkingen."
                    ),
                    Listing(tuple(text(line) for line in EQUATIONS)),
                ),
            ),
            Section("Wat de uitkomst bepaalt", tuple(_influences(told))),
            Section("Cijfers", (parts.assumed(told), _figures(told), _cited(told))),
            Section("Regels", (_rules(told),)),
        ),
        category=RESEARCH,
        contents=True,
    )


def _provenance(told: Told) -> Facts:
    study = told.findings.study
    return Facts(
        (
            ("Studie", study.name),
            ("Run", told.run),
            ("Kenmerk van de uitkomsten (begin van de SHA-256)", told.mark),
            ("Kenmerk van het logboek van besluiten", told.log or "er is geen logboek"),
            ("Versie van marke", told.findings.marke_version),
            ("Peildatum", day(study.reference_date)),
            ("Trekkingen en toevalsgetal", f"{decimal(study.draws)}, {study.seed}"),
            ("Prijspeil", str(study.price_year)),
            ("Een besparing telt vanaf", percent(study.materiality)),
            ("Gevraagde zekerheid", percent(study.chance)),
            ("Meerkosten voor kwaliteit tot", percent(study.premium)),
            ("Wachten op een antwoord vanaf", percent(study.answer)),
        )
    )


def _influences(told: Told) -> list[Table]:
    return [
        Table(
            caption=f"{capital(service.short)}: deel van de spreiding dat een cijfer verklaart",
            corner="Cijfer",
            columns=(
                Column("Deel", "percent"),
                Column("Van", "percent"),
                Column("Tot", "percent"),
                Column("Status", "text"),
            ),
            rows=tuple(
                Row(i.label, (i.share, i.low, i.high, STATUS[i.status]))
                for i in service.uncertainty[0].influences[:5]
            ),
        )
        for service in told.services
    ]


def _sources(told: Told) -> dict[str, int]:
    """The number of every source, in the order in which figures cite them."""
    titles = dict.fromkeys(figure.source for figure in told.findings.figures)
    return {title: number for number, title in enumerate(titles, 1)}


def _figures(told: Told) -> Table:
    labels = ("Laag", "Midden", "Hoog", "Eenheid", "Status", "Bron", "Jaar")
    numbered = _sources(told)
    return Table(
        caption="Alle cijfers",
        corner="Cijfer",
        columns=tuple(Column(label, "text") for label in labels),
        rows=tuple(
            Row(
                f.label,
                (
                    number(f.low),
                    number(f.mode),
                    number(f.high),
                    f.unit,
                    STATUS[f.status],
                    f"[{numbered[f.source]}]",
                    str(f.year),
                ),
            )
            for f in told.findings.figures
        ),
        note="Het getal bij Bron verwijst naar de lijst hieronder.",
    )


def _cited(told: Told) -> Table:
    return Table(
        caption="Bronnen",
        corner="Nummer",
        columns=(Column("Bron", "text"),),
        rows=tuple(Row(f"[{number}]", (title,)) for title, number in _sources(told).items()),
    )


def _rules(told: Told) -> Table:
    return Table(
        caption="Regels die op de peildatum bekend waren",
        corner="Regel",
        columns=(Column("Artikel", "text"), Column("Geldt vanaf", "text"), Column("Bron", "text")),
        rows=tuple(Row(r.label, (r.article, day(r.in_force_from), r.source)) for r in told.findings.rules),
    )
