"""What a municipality sends to a workspace elsewhere: the answers in a baseline, or a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marke.baseline import read_baseline
from marke.baseline.values import cell_text
from marke.catalogue import load_catalogue
from marke.catalogue.intake import questions
from marke.errors import InputError
from marke.files import data_folder, read_bytes
from marke.region import load_country

if TYPE_CHECKING:
    from pathlib import Path

    from marke.cli.elsewhere import Elsewhere


def send_answers(workspace: Elsewhere, region: str, organisation: str, file: Path) -> int:
    """Send the answers of one municipality in a file and return how many changed.

    A workbook (.xlsx) is all that the municipality has to say; of a baseline (.csv) what is in it is sent,
    but nothing about signing or releasing. Raises InputError for what does not fit; then nothing is kept.
    """
    base = f"/regios/{region}/organisaties/{organisation}"
    if file.suffix.lower() == ".xlsx":
        answer = workspace.send_workbook(f"{base}/nulmeting/werkmap", read_bytes(file))
        return len(answer["veranderingen"])
    code = workspace.get(base)["gemeentecode"]
    members = [each["gemeentecode"] for each in workspace.get(f"/regios/{region}")["organisaties"]]
    asked = {each["vraag"] for each in workspace.get(f"{base}/nulmeting/antwoorden")}
    answers = [each for each in _answers(file, members, code) if each["vraag"] in asked]
    if not answers:
        raise InputError("Van deze gemeente staat hier geen antwoord.", where=str(file))
    changed: int = workspace.send("PATCH", f"{base}/nulmeting/antwoorden", {"antwoorden": answers})[
        "veranderd"
    ]
    return changed


def _answers(file: Path, members: list[str], code: str) -> list[dict[str, Any]]:
    """Return the answers of a municipality in a baseline as the API takes them."""
    catalogue = load_catalogue(data_folder("catalogue"))
    region = load_country().select([each for each in members if each])
    parts = {question.id: question.part for question in questions(catalogue)}
    return [
        {
            "vraag": each.question,
            "waarde": "" if each.value is None else cell_text(parts[each.question], each.value),
            "onbekend": each.unknown,
            "toelichting": each.note,
            "prijspeil": each.price_year,
        }
        for each in read_baseline(file, region, catalogue).answers.values()
        if each.code == code
    ]
