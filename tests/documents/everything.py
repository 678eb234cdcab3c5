"""One document with every kind of block, negative amounts, hostile text, and a part for members only."""

from dataclasses import replace
from datetime import date

from marke.charts import Row as Mark
from marke.charts import intervals
from marke.documents.tree import (
    Column,
    Decision,
    Document,
    Facts,
    Figure,
    Listing,
    Money,
    Note,
    Row,
    Section,
    Signature,
    Table,
    text,
)
from marke.findings.model import Amount

CANARY = "kanarie-4711"

MONEY = Table(
    caption="Lasten & baten <per jaar>",
    corner="Regel",
    columns=(Column("2027"), Column("2028", "thousand"), Column("Deel", "percent"), Column("Soort", "text")),
    rows=(
        Row("Bijdrage", (1_234_567, 1_234_567.4, 0.255, "=1+1")),
        Row("Vrijval", (-34_567, -34_501.0, 0.745, "@SUM(A1)")),
        Row("Onbekend", (None, None, None, "+31 74 000 00 00")),
        Row("Samen", (1_200_000, 1_200_066.4, None, "-"), total=True),
    ),
    note="Hele euro’s.",
)
PRINTED = (
    ("1.234.567", "1.235", "26\N{NO-BREAK SPACE}%", "=1+1"),
    ("−34.567", "−35", "74\N{NO-BREAK SPACE}%", "@SUM(A1)"),
    ("–", "–", "–", "+31 74 000 00 00"),
    ("1.200.000", "1.200", "–", "-"),
)
"""The cells of MONEY, written by hand."""

NUMBERS = ((1_234_567, 1_235, 0.26), (-34_567, -35, 0.74), (None, None, None), (1_200_000, 1_200, None))
"""The same as numbers, for spreadsheets."""

LONG = Table(
    "Lange tabel",
    "Nummer",
    (Column("Euro"), Column("Uitleg", "text")),
    tuple(Row(f"regel {n}", (n * 1000, "Dit is een uitleg van meer dan een regel. " * 4)) for n in range(60)),
)

FIGURE = Figure(
    "Nu en samen",
    "Samen kost ongeveer 120.000 euro.",
    intervals([Mark("samen", "best", Amount(mean=120_000, error=500, p10=90_000, p90=150_000))]),
    replace(MONEY, caption="De getallen van de figuur"),
)

DOCUMENT = Document(
    kind="raadsvoorstel",
    title="Alles in één stuk",
    subject="Proef met alle onderdelen",
    organisation="Gemeente Proefdorp",
    day=date(2026, 12, 1),
    category="vergaderstukken decentrale overheden",
    run="proef",
    mark="0123456789abcdef",
    facts=Facts((("Datum", "1 december 2026"),)),
    contents=True,
    sections=(
        Section(
            "Kern",
            (
                text("Het kost ", Money(123_456), " en precies ", Money(-7_654.0, exact=True), "."),
                Listing((text("een punt"), text("nog een punt"))),
                Listing((text("eerst"), text("dan")), numbered=True),
                MONEY,
                FIGURE,
                Facts((("Zaaknummer", "12 < 13 & 14"),)),
                Note(("Een aanname.",)),
            ),
            (Section("Dieper", (text("Een alinea."), LONG)),),
        ),
        Section("Voor ons", (text("Eigen tekst."),), local=True),
        Section("Beveiliging", (text(f"Geheim: {CANARY}."),), members=True),
        Section(
            "Ontwerpbesluit",
            (
                Decision("De raad van Proefdorp", ("gelezen het voorstel",), (text("ja"), text("nee"))),
                Signature("Aldus besloten,", ("de griffier,", "de voorzitter,")),
            ),
        ),
    ),
)
HEADINGS = ["Alles in één stuk", "Kern", "Dieper", "Voor ons", "Beveiliging", "Ontwerpbesluit"]
