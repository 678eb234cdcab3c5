"""The texts: whichever way the verdict falls, they read naturally and say what was asked."""

import re

import pytest

from conftest import told
from marke.documents import tree, words
from marke.documents.kinds import KINDS, parts
from marke.errors import InputError


def prose(document: tree.Document) -> str:
    """Everything that is read, but for tables."""
    lines = []
    for section in tree.walk(document.sections):
        lines.append(section.heading)
        for block in section.blocks:
            if isinstance(block, tree.Paragraph | tree.Note):
                lines.append(words.prose(block.runs))
            elif isinstance(block, tree.Listing):
                lines += [words.prose(item.runs) for item in block.items]
            elif isinstance(block, tree.Decision):
                lines += [
                    block.body,
                    *block.considering,
                    *(words.prose(point.runs) for point in block.points),
                ]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "answers",
    [
        ("attractive",),
        ("uncertain",),
        ("dearer",),
        ("attractive", "uncertain", "dearer"),
        ("dearer", "dearer"),
    ],
)
@pytest.mark.parametrize("kind", list(KINDS))
def test_no_machine_words_and_no_broken_sentences(kind, answers):
    text = prose(KINDS[kind](told(*answers)))
    assert re.findall(r".{20}(?:None|\bnan\b|\{|\}|_|\.\.|  |\bfalse\b|\btrue\b).{10}", text) == []
    assert re.findall(r".{20}[a-z] [,.;]", text) == []


def test_a_no_reads_as_naturally_as_a_yes():
    yes, no = (prose(KINDS["raadsvoorstel"](told(answer))) for answer in ("attractive", "dearer"))
    assert "voor te bereiden" in yes
    assert "niet verder te gaan met" not in yes
    assert "niet verder te gaan met een gezamenlijke a." in no
    assert "voor te bereiden" not in no
    assert "Voor een gezamenlijke a is samenwerken nu niet verstandig." in no


def test_first_answers_gives_a_proposal_to_wait_with_what_is_waited_for():
    text = prose(KINDS["raadsvoorstel"](told("uncertain")))
    assert "pas te beslissen als duidelijk is: een gastheer die wil" in text
    assert "aan te houden" in text


def test_the_letter_answers_point_by_point_and_names_the_open_one(mixed):
    letter = KINDS["raadsinformatiebrief"](mixed)
    text = prose(letter)
    assert letter.answers == ("M2",)
    assert "te praten. De verkenning ligt er; de gesprekken moeten nog komen." in text
    assert "Met de andere gemeenten is nog niet gesproken; de cijfers zijn openbare schattingen" in text


@pytest.mark.parametrize(
    ("count", "last"),
    [
        (0, "Er hoeft niets meer te worden uitgezocht."),
        (5, "stap 4"),
        (6, "en nog één ander punt; zie de verkenning."),
        (8, "en nog drie andere punten; zie de verkenning."),
    ],
)
def test_steps_that_a_letter_leaves_out_are_counted_in_good_dutch(monkeypatch, mixed, count, last):
    steps = [f"stap {n}" for n in range(count)]
    monkeypatch.setattr(parts, "path", lambda _: [("Eerst uitzoeken", steps)] if steps else [])
    *_, end = parts.first_steps(mixed)
    told_last = end.items[-1] if isinstance(end, tree.Listing) else end
    assert words.prose(told_last.runs) == last


DECISIONS = ("Collegebesluit", "Ontwerpbesluit")
"""What is a municipality's own besides what is marked: what it decides and signs, and its whole budget."""


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "begroting"])
def test_the_core_is_the_same_for_all_municipalities(kind):
    def core(code):
        document = KINDS[kind](told("attractive", "uncertain", "dearer", code=code))
        return [
            (s.heading, [b for b in s.blocks if not isinstance(b, tree.Signature)])
            for s in document.sections
            if not s.local and s.heading not in DECISIONS
        ]

    assert core("GM0141") == core("GM0189")


def test_blocking_groups_never_enter_a_document(mixed):
    from findings_factory import SECRET

    for kind in KINDS:
        document = KINDS[kind](mixed)
        assert SECRET not in repr(tree.public(document.sections))
        assert (SECRET in repr(document)) == document.confidential == (kind == "bijdragen")


def test_sections_for_members_stay_out_of_a_public_copy():
    secret = tree.Section("Geheim", (tree.text("KANARIE"),), members=True)
    shown = tree.public((tree.Section("Open", sections=(secret,)), secret))
    assert "KANARIE" not in repr(shown)
    assert shown == (tree.Section("Open"),)


def test_a_run_with_own_answers_gives_no_public_copy(mixed, tmp_path):
    from dataclasses import replace

    from marke.documents.write import write_documents

    study = mixed.findings.study.model_copy(update={"viewer": "Borne"})
    own = replace(mixed, findings=mixed.findings.model_copy(update={"study": study}))
    list(write_documents(own, ["oplegger", "bijdragen"], ["html"], tmp_path))
    pages = sorted(path.name for path in tmp_path.glob("*.html"))
    assert pages == ["borne-bijdragen-vertrouwelijk.html", "borne-oplegger-vertrouwelijk.html"]
    assert all("alleen voor Borne" in (tmp_path / page).read_text("utf-8") for page in pages)
    assert '"vertrouwelijk"' in (tmp_path / "borne-oplegger-vertrouwelijk.json").read_text("utf-8")


def test_house_style_is_checked(tmp_path):
    from marke.documents.house_style import read_house_style

    path = tmp_path / "stijl.toml"
    for text, told_error in (
        ('kleur = "rood"', "geen kleur"),
        ('kleur = "#ffee00"', "te licht"),
        ('logo = "weg.png"', "is er niet"),
        ('logo = "weg.exe"', "geen plaatje"),
        ('lettertype = "Comic"', "lettertype"),
    ):
        path.write_text(text)
        with pytest.raises(InputError, match=told_error):
            read_house_style(path)
    (tmp_path / "logo.svg").write_text("<svg/>")
    path.write_text(
        'naam = "Gemeente Borne"\nkleur = "#003366"\nlogo = "logo.svg"\n[briefvelden]\nZaak = "12"\n'
    )
    style = read_house_style(path)
    assert (style.name, style.fields, style.logo_data[:18]) == (
        "Gemeente Borne",
        (("Zaak", "12"),),
        "data:image/svg+xml",
    )


def test_the_cover_sheet_is_one_page_and_the_letter_three_at_most(mixed):
    from dataclasses import replace
    from datetime import date
    from io import BytesIO

    from pypdf import PdfReader

    from marke.documents import pdf
    from marke.documents.house_style import NEUTRAL
    from marke.talks import Talk

    held = [
        Talk(f"Gemeente {n}", "regionale tafel", "ja", date(2026, 9, n), confirmed_by="de secretaris")
        for n in range(1, 15)
    ]
    view = replace(mixed, talks=tuple(held))
    pages = {
        kind: len(PdfReader(BytesIO(pdf.render(KINDS[kind](view), NEUTRAL))).pages)
        for kind in ("oplegger", "raadsinformatiebrief")
    }
    assert pages["oplegger"] == 1
    assert pages["raadsinformatiebrief"] in (2, 3)


def test_a_proposal_has_the_fields_of_the_form_and_the_house_style_fills_them(mixed):
    from dataclasses import replace

    from marke.documents.house_style import HouseStyle

    head = dict(KINDS["raadsvoorstel"](mixed).facts.rows)
    assert head["Portefeuillehouder"] == head["Besluitvorming"] == "nog in te vullen"
    assert "Besluitvorming" not in dict(KINDS["collegevoorstel"](mixed).facts.rows)
    style = HouseStyle(fields=(("Portefeuillehouder", "A. de Vries"),))
    filled = dict(KINDS["raadsvoorstel"](replace(mixed, style=style)).facts.rows)
    assert filled["Portefeuillehouder"] == "A. de Vries"
    assert prose(KINDS["raadsvoorstel"](mixed)).count("Communicatie en bijlagen") == 1
