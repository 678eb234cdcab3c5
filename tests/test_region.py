"""Regions: the facts in regions/ and how a user names municipalities."""

import pickle
import shutil
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marke.errors import InputError
from marke.files import data_folder, fold
from marke.region import KINDS, inhabitants_in, load_country

COUNTRY = load_country()
TWENTE = {
    "GM0141", "GM0147", "GM0153", "GM0158", "GM0163", "GM0164", "GM0168", "GM0173", "GM0183", "GM0189",
    "GM1700", "GM1735", "GM1742", "GM1774",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    for name in ("municipalities.csv", "finance.csv"):
        shutil.copy(data_folder("regions") / name, tmp_path)
    return tmp_path


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def codes(region):
    return [each.code for each in region.municipalities]


def test_all_municipalities_in_code_order():
    found = [each.code for each in COUNTRY.municipalities]
    assert len(found) == 342
    assert found == sorted(set(found))
    assert COUNTRY.years == (2022, 2023, 2024, 2025, 2026)


def test_published_totals():
    assert sum(inhabitants_in(each, 2025) for each in COUNTRY.municipalities) == 18_044_027
    twente = COUNTRY.select("Twente").municipalities
    totals = [sum(inhabitants_in(each, year) for each in twente) for year in (2024, 2025, 2026)]
    assert totals == [640_806, 643_603, 646_496]
    assert sum(each.households for each in twente) == 283_082


def test_facts_of_hof_van_twente():
    hof = COUNTRY.find("GM1735")
    assert (hof.name, hof.province, hof.households, hof.land_km2) == (
        "Hof van Twente", "Overijssel", 15_235, 212.56
    )  # fmt: skip
    assert (hof.safety_region.code, hof.corop.code) == ("VR05", "CR12")
    assert "GM0147" in hof.neighbours
    assert [(each.year, each.report) for each in hof.finance] == [
        (2023, "accounts"), (2024, "accounts"), (2026, "budget")
    ]  # fmt: skip
    overhead = hof.finance[1].overhead
    assert round(1000 * overhead / hof.finance[1].inhabitants) == 451


def test_missing_facts_are_none_and_never_zero():
    voorne = COUNTRY.find("Voorne aan Zee")
    assert voorne.inhabitants[2022] is None
    assert (voorne.households, voorne.land_km2) == (None, None)
    without = [each.code for each in COUNTRY.municipalities if each.households is None]
    assert without == ["GM1980", "GM1982", "GM1991", "GM1992"]
    numbers = [n for each in COUNTRY.municipalities for n in (*each.inhabitants.values(), each.households)]
    assert 0 not in numbers


def test_negative_amounts_stay_negative_and_are_noted():
    negative = {
        (each.code, report.year): report.hired_staff
        for each in COUNTRY.municipalities
        for report in each.finance
        if report.hired_staff is not None and report.hired_staff < 0
    }
    assert negative == {("GM0784", 2024): -41, ("GM0183", 2026): -69}
    assert COUNTRY.find("GM0784").finance[1].note


def test_reports_that_were_not_delivered_are_missing_and_not_zero():
    missing = [
        (each.code, report.year)
        for each in COUNTRY.municipalities
        for report in each.finance
        if report.expenditure is None
    ]
    assert missing == [("GM0809", 2024), ("GM1961", 2023)]
    assert all(report.expenditure != 0 for each in COUNTRY.municipalities for report in each.finance)
    loon = COUNTRY.find("Loon op Zand").finance[1]
    assert (loon.salaries, loon.hired_staff, loon.overhead, loon.joint_bodies) == (None,) * 4
    assert "onbekend" in loon.note


def test_known_traps_carry_a_note():
    for name in ("Dinkelland", "Tubbergen"):
        assert "Noaberkracht" in COUNTRY.find(name).note
    assert COUNTRY.find("Twenterand").note
    assert COUNTRY.find("Westerwolde").note
    assert not COUNTRY.find("Borne").note


def test_neighbours_are_mutual():
    pairs = {(each.code, other) for each in COUNTRY.municipalities for other in each.neighbours}
    assert pairs == {(other, each) for each, other in pairs}
    assert COUNTRY.find("Texel").neighbours == ()


@given(st.sampled_from(COUNTRY.municipalities), st.sampled_from([str.upper, str.lower, str.title, fold]))
def test_find_by_any_spelling_of_name_or_code(municipality, spell):
    assert COUNTRY.find(spell(municipality.name)) is municipality
    assert COUNTRY.find(f" {spell(municipality.code)} ") is municipality


def test_find_unknown_suggests():
    with pytest.raises(InputError, match=r"'Almlo' is niet bekend. Bedoelt u Almelo\?"):
        COUNTRY.find("Almlo")
    with pytest.raises(InputError, match=r"Bergen \(L\), Bergen \(NH\)"):
        COUNTRY.find("Bergen")


@pytest.mark.parametrize(
    ("selection", "name", "number"),
    [
        ("Twente", "Veiligheidsregio Twente", 14),
        ("  tWENTE ", "Veiligheidsregio Twente", 14),
        ("corop:Twente", "COROP-gebied Twente", 14),
        ("corop:CR12", "COROP-gebied Twente", 14),
        ("CR12", "COROP-gebied Twente", 14),
        ("vr19", "Veiligheidsregio Zeeland", 13),
        ("veiligheidsregio:Zeeland", "Veiligheidsregio Zeeland", 13),
        ("Provincie: Zeeland", "Provincie Zeeland", 13),
        ("Groningen", "Veiligheidsregio Groningen", 10),
        ("Achterhoek", "COROP-gebied Achterhoek", 11),
        ("Overijssel", "Provincie Overijssel", 25),
        ("provincie:fryslan", "Provincie Fryslân", 18),
    ],
)
def test_select_a_region(selection, name, number):
    region = COUNTRY.select(selection)
    assert (region.name, len(region.municipalities)) == (name, number)
    assert codes(region) == sorted(codes(region))


def test_twente_is_these_fourteen():
    assert set(codes(COUNTRY.select("Twente"))) == TWENTE
    assert COUNTRY.select("Twente").code == "VR05"


@pytest.mark.parametrize("kind", KINDS)
def test_regions_of_a_kind_divide_the_country(kind):
    regions = COUNTRY.regions(kind)
    assert len(regions) == {"veiligheidsregio": 25, "corop": 40, "provincie": 12}[kind]
    members = [code for region in regions for code in codes(region)]
    assert sorted(members) == [each.code for each in COUNTRY.municipalities]


@given(st.lists(st.sampled_from(COUNTRY.municipalities), min_size=1, unique_by=lambda each: each.code))
def test_select_a_list_gives_code_order(chosen):
    mixed = [each.name if place % 2 else each.code for place, each in enumerate(chosen)]
    assert codes(COUNTRY.select(mixed)) == sorted(each.code for each in chosen)


def test_name_of_a_list():
    assert COUNTRY.select(["Borne", "Almelo"]).name == "Almelo, Borne"
    assert COUNTRY.select(["Losser", "Borne", "Almelo", "Hengelo"]).name == "Almelo, Borne en 2 andere"


@pytest.mark.parametrize(
    ("selection", "sentence"),
    [
        ([], "leeg"),
        (["Borne", "Losser", "gm0147"], r"Borne \(GM0147\) staat 2 keer"),
        (["Borne", "Losr"], "Bedoelt u Losser"),
        (["Twente"], "'Twente' is niet bekend"),
        ("", "geen regio genoemd"),
        ("corop:", "geen regio genoemd"),
        ("Twnete", "'Twnete' is niet bekend. Bedoelt u Twente"),
        ("corop:Friesland", "COROP-gebied 'Friesland' is niet bekend"),
        ("provincei:Zeeland", r"'provincei' is niet bekend. Bedoelt u provincie\?"),
        ("Borne", "is een gemeente en geen regio"),
    ],
)
def test_selections_that_are_refused(selection, sentence):
    with pytest.raises(InputError, match=sentence):
        COUNTRY.select(selection)


def test_missing_inhabitants_name_place_and_mend():
    with pytest.raises(InputError, match=r"Voorne aan Zee \(GM1992\) in 2022 ontbreekt") as refusal:
        inhabitants_in(COUNTRY.find("GM1992"), 2022)
    assert refusal.value.where == "regions/municipalities.csv, kolom inhabitants_2022"
    assert "2023, 2024, 2025, 2026" in refusal.value.mend
    with pytest.raises(InputError, match="in 1999 ontbreekt"):
        inhabitants_in(COUNTRY.find("Borne"), 1999)


def test_facts_are_frozen_hashable_and_can_be_pickled():
    borne = COUNTRY.find("Borne")
    with pytest.raises(FrozenInstanceError):
        borne.name = "x"
    assert {borne: 1}[COUNTRY.find("GM0147")] == 1
    assert pickle.loads(pickle.dumps(COUNTRY)) == COUNTRY  # noqa: S301 - our own bytes


def test_loading_is_cached_until_a_file_changes(folder):
    first = load_country(folder)
    assert load_country(folder) is first
    change(folder / "municipalities.csv", "GM0147,Borne,", "GM0147,Borne-Nieuw,")
    assert load_country(folder).find("GM0147").name == "Borne-Nieuw"


def test_another_year_may_be_a_column(folder):
    path = folder / "municipalities.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text(
        "\n".join([f"{lines[0]},inhabitants_2021", *(f"{each},7" for each in lines[1:])]), "utf-8"
    )
    country = load_country(folder)
    assert country.years == (2021, 2022, 2023, 2024, 2025, 2026)
    assert inhabitants_in(country.find("Borne"), 2021) == 7


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence", "where"),
    [
        ("municipalities.csv", "province", "provincie", "kolom ontbreekt: province", "regel 1"),
        ("municipalities.csv", "75166", "veel", "'veel' is geen heel getal", "kolom inhabitants_2026"),
        ("municipalities.csv", "75166", "0", "te klein", "kolom inhabitants_2026"),
        ("municipalities.csv", "67.27", '"67,27"', "'67,27' is geen getal", "kolom land_km2_2021"),
        ("municipalities.csv", "GM0147,", "GM0141,", "GM0141 staat er al op regel", "kolom code"),
        ("municipalities.csv", "GM0014,", "BU0014,", "'BU0014' kan hier niet staan", "regel 2, kolom code"),
        ("municipalities.csv", "GM0014,Groningen,", "GM0014,,", "leeg", "regel 2, kolom name"),
        ("municipalities.csv", "VR05,Twente", "VR05,Twentte", "past niet bij", "kolom safety_region"),
        ("municipalities.csv", "VR05,Twente", "VR06,Twente", "past niet bij", "kolom safety_region"),
        ("municipalities.csv", "GM1699|", "GM9999|", "Buurgemeente 'GM9999'", "regel 2, kolom neighbours"),
        ("municipalities.csv", "53.2077", "532077", "ligt niet tussen", "regel 2, kolom latitude"),
        (
            "finance.csv",
            "2023,accounts,GM0014",
            "2023,accounts,GM9998",
            "staat niet in",
            "regel 2, kolom code",
        ),
        ("finance.csv", "2023,accounts,GM0014", "2024,accounts,GM0014", "heeft al een regel", "kolom code"),
        ("finance.csv", "2023,accounts", "23,accounts", "'23' kan hier niet", "regel 2, kolom year"),
        ("finance.csv", "2023,accounts", "2023,rekening", "'rekening' kan hier niet", "kolom report"),
        ("finance.csv", "1284772", "1.284.772", "geen heel getal", "regel 2, kolom expenditure_keur"),
        ("finance.csv", "overhead_0_4_keur", "overhead", "overhead_0_4_keur", "regel 1"),
    ],
)
def test_broken_tables_are_refused(folder, file, old, new, sentence, where):
    change(folder / file, old, new)
    with pytest.raises(InputError, match=sentence) as refusal:
        load_country(folder)
    assert refusal.value.where.startswith(str(folder / file))
    assert refusal.value.where.endswith(where)
    assert refusal.value.mend


def test_an_empty_cell_is_a_missing_fact(folder):
    change(folder / "municipalities.csv", "75166", "")
    change(folder / "finance.csv", "1284772", "")
    country = load_country(folder)
    assert country.find("Almelo").inhabitants[2026] is None
    assert country.find("GM0014").finance[0].expenditure is None


def test_two_municipalities_with_one_name_need_the_code(folder):
    change(folder / "municipalities.csv", "Bergen (NH)", "Bergen")
    change(folder / "municipalities.csv", "Bergen (L)", "Bergen")
    with pytest.raises(InputError, match="meer dan één gemeente met de naam 'Bergen': GM0373, GM0893"):
        load_country(folder).find("Bergen")


def test_a_folder_without_the_table_is_refused(tmp_path):
    with pytest.raises(InputError, match="bestaat niet"):
        load_country(tmp_path)
