"""Answers, and a Twente study with them, for the tests of baseline and intake."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from marke.baseline import Answer, Baseline, Value, write_baseline
from marke.catalogue import load_catalogue
from marke.catalogue.intake import Question, questions
from marke.files import data_folder
from marke.region import Region, load_country

CATALOGUE = load_catalogue()
COUNTRY = load_country()
TWENTE = COUNTRY.select("veiligheidsregio:Twente")
ASKED = {question.id: question for question in questions(CATALOGUE)}
BORNE, HOF, LOSSER = "GM0147", "GM1735", "GM0168"

EXAMPLES: Mapping[str, Value] = {
    "number": 2.5,
    "amount": 12345.0,
    "percentage": 0.125,
    "year": 2024.0,
    "date": date(2027, 12, 31),
    "yes_no": True,
    "text": "een naam",
    "list": ("eerste", "tweede"),
}


def answer(code: str, question: str, value: Value | None, **more) -> Answer:
    return Answer(code, question, value, visibility=ASKED[question].part.visibility, **more)


def baseline(*answers: Answer) -> Baseline:
    return Baseline({(each.code, each.question): each for each in answers})


def example(question: Question) -> Value:
    """A possible answer to any question."""
    part = question.part
    if part.kind == "choice":
        return part.options[0]
    if part.kind in ("number", "amount"):
        return min(max(float(EXAMPLES[part.kind]), part.least), part.most or 1e9)
    return EXAMPLES[part.kind]


SMALL = """
naam = "Zes gemeenten"
regio = ["Almelo", "Borne", "Haaksbergen", "Hof van Twente", "Losser", "Wierden"]
gezichtspunt = "Almelo"
peildatum = 2026-12-01
gewenste_start = 2028-01-01
prijspeil = 2026
inwoners_per_1_januari = 2026
nulmeting = "nulmeting.csv"

[diensten.privacy_officer]
[diensten.ciso_office]
[diensten.soc]

[[blok]]
naam = "gedeelde CISO"
gemeenten = ["Hof van Twente", "Haaksbergen"]
diensten = ["ciso_office"]
bron = "bekend"
"""
SIX = COUNTRY.select(["Almelo", "Borne", "Haaksbergen", "Hof van Twente", "Losser", "Wierden"])


def small_study(folder: Path, *answers: Answer) -> Path:
    """Write a study of six municipalities and three services with these answers; returns its file."""
    return _write(folder, SMALL, SIX, answers)


def twente_study(folder: Path, *answers: Answer) -> Path:
    """Write the shipped study of Twente with these answers; returns its file."""
    shipped = data_folder("regions") / "twente" / "actueel.toml"
    return _write(folder, shipped.read_text("utf-8"), TWENTE, answers)


def _write(folder: Path, text: str, region: Region, answers: Iterable[Answer]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "studie.toml"
    path.write_text(text, "utf-8")
    write_baseline(folder / "nulmeting.csv", baseline(*answers), region, CATALOGUE)
    return path
