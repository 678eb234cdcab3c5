"""The study file: what is read from it, and everything that is refused."""

import shutil
from datetime import date

import pytest

from intake_factory import CATALOGUE, COUNTRY, TWENTE, answer, baseline
from marke.baseline import write_baseline
from marke.errors import InputError
from marke.files import data_folder
from marke.study import MOST_PLAYERS, load_study

ICT = 'gemeenten = ["Hengelo", "Oldenzaal", "Haaksbergen"]'


@pytest.fixture
def path(tmp_path):
    shutil.copytree(data_folder("regions") / "twente", tmp_path / "twente")
    return tmp_path / "twente" / "actueel.toml"


def load(path, **options):
    return load_study(path, CATALOGUE, COUNTRY, **options)


def change(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def refused(path, **options):
    with pytest.raises(InputError) as caught:
        load(path, **options)
    return caught.value


@pytest.mark.parametrize("name", ["actueel", "motiekalender"])
def test_what_ships_is_read(name):
    study = load(data_folder("regions") / "twente" / f"{name}.toml")
    assert study.region.name == "Veiligheidsregio Twente"
    assert study.viewpoint.name == "Hof van Twente"
    assert study.settings.wanted_start == date(2027, 1, 1)
    assert study.baseline.answers == {}


def test_blocs_are_players_of_their_services_only(path):
    study = load(path)
    assert {key: len(study.players(key)) for key in CATALOGUE.services} == {
        key: {"ciso_office": 12, "ict_infrastructure": 11}.get(key, 13) for key in CATALOGUE.services
    }
    players = study.players("ciso_office")
    assert [each[0].code for each in players] == sorted(each[0].code for each in players)
    assert sorted(m.code for each in players for m in each) == [m.code for m in study.region.municipalities]
    names = {study.bloc_name(each, "ciso_office") for each in players}
    assert {
        "Haaksbergen en Hof van Twente (gedeelde CISO)",
        "Dinkelland en Tubbergen (Noaberkracht)",
    } <= names
    assert "Hof van Twente" in {study.bloc_name(each, "soc") for each in study.players("soc")}


def test_without_a_viewpoint_it_is_the_first_municipality(path):
    change(path, 'gezichtspunt = "Hof van Twente"', "")
    assert load(path).viewpoint.name == "Almelo"


def test_partnerships_get_official_names_and_may_reach_outside(path):
    change(path, f"{ICT}\nvorm", 'gemeenten = ["GM0164", "oldenzaal", "Utrecht"]\nvorm')
    assert load(path).settings.partnerships[0].members == ("Hengelo", "Oldenzaal", "Utrecht")


def test_another_region_keeps_only_what_lies_there(path):
    study = load(path, region=["Borne", "Dinkelland", "Tubbergen"])
    assert [bloc.name for bloc in study.blocs] == ["Noaberkracht"]
    assert study.viewpoint.name == "Borne"
    assert study.settings.partnerships == ()
    assert len(study.players("soc")) == 2
    assert load(path, region="veiligheidsregio:Zeeland").blocs == ()


def test_another_region_keeps_its_own_answers(path):
    answers = baseline(*(answer(m.code, "staff", 5.0) for m in TWENTE.municipalities))
    write_baseline(path.parent / "nulmeting.csv", answers, TWENTE, CATALOGUE)
    assert len(load(path).baseline.answers) == 14
    assert set(load(path, region=["Borne", "Utrecht"]).baseline.answers) == {("GM0147", "staff")}


PERCENTAGES = {m.name: 5 for m in COUNTRY.select("Twente").municipalities} | {"Enschede": 35}


def stated(path, percentages):
    rows = "".join(f'"{name}" = {value}\n' for name, value in percentages.items())
    text = (
        path.read_text("utf-8") + f'\n[verdeelsleutel]\nnaam = "afspraak"\n[verdeelsleutel.procenten]\n{rows}'
    )
    path.write_text(text, "utf-8")


def test_a_free_key_holds_every_municipality_and_is_left_behind_elsewhere(path):
    stated(path, PERCENTAGES)
    assert load(path).percentages["GM0153"] == pytest.approx(0.35)
    assert sum(load(path).percentages.values()) == pytest.approx(1)
    assert load(path, region="Zeeland").percentages is None


@pytest.mark.parametrize(
    ("change_to", "word"),
    [
        ({"Enschede": 34}, "tellen op tot 99; het moet 100 zijn"),
        ({"Enschede": 45, "Borne": -5}, "kleiner dan nul kan niet"),
        ({"Goes": 0}, "ook gemeenten van buiten de regio"),
        ({"Bornee": 5}, "Bedoelt u Borne"),
    ],
)
def test_a_free_key_that_does_not_fit_is_refused(path, change_to, word):
    stated(path, PERCENTAGES | change_to)
    assert word in str(refused(path))


def test_a_free_key_without_a_municipality_is_refused(path):
    stated(path, {name: value for name, value in PERCENTAGES.items() if name != "Borne"})
    assert "noemt Borne niet" in str(refused(path))


CISO = 'gemeenten = ["Hof van Twente", "Haaksbergen"]'
MISTAKES = {
    "municipality": ('["Dinkelland", "Tubbergen"]', '["Dinkelland", "Tubergen"]', "Bedoelt u Tubbergen"),
    "two blocs": (CISO, 'gemeenten = ["Tubbergen", "Haaksbergen"]', "in twee blokken: 'Noaberkracht' en"),
    "twice in a bloc": (CISO, 'gemeenten = ["Haaksbergen", "GM0158"]', "noemt een gemeente twee keer"),
    "bloc outside": (
        CISO,
        'gemeenten = ["Haaksbergen", "Berkelland"]',
        "Berkelland van blok 'gedeelde CISO'",
    ),
    "bloc of one": (CISO, 'gemeenten = ["Haaksbergen"]', "ten minste 2"),
    "bloc service": ('diensten = ["ciso_office"]', 'diensten = ["ciso"]', "Bedoelt u ciso_office?"),
    "bloc source": ('bron = "Tubantia, oktober 2022"', 'bron = ""', "niet leeg"),
    "partner": (f"{ICT}\nvorm", 'gemeenten = ["Hengeloo"]\nvorm', "Bedoelt u Hengelo"),
    "toml": ('naam = "Twente actueel"', 'naam = "Twente actueel', "geen geldige TOML"),
    "key": ("horizon_jaren", "horizon_jaar", "Bedoelt u 'horizon_jaren'?"),
    "inner key": ("materialiteit =", "materialteit =", "Bedoelt u 'materialiteit'?"),
    "text": ("kans = 0.80", 'kans = "hoog"', "moet een getal zijn"),
    "number as text": ("kans = 0.80", 'kans = "0.80"', "moet een getal zijn"),
    "chance": ("kans = 0.80", "kans = 80", "kleiner zijn dan 1"),
    "start": ("gewenste_start = 2027-01-01", "gewenste_start = 2026-11-30", "voor de peildatum"),
    "date": ("peildatum = 2026-12-01", 'peildatum = "december"', "datum"),
    "draws": ("trekkingen = 8192", "trekkingen = 8000", "macht van twee"),
    "odd draws": ("trekkingen = 8192", "trekkingen = 48", "macht van twee"),
    "few draws": ("trekkingen = 8192", "trekkingen = 8", "ten minste 16"),
    "service": ("[diensten.soc]", "[diensten.sok]", "Bedoelt u soc?"),
    "empty region": ('regio = "veiligheidsregio:Twente"', "regio = []", "lijst van gemeenten is leeg"),
    "no region": ('regio = "veiligheidsregio:Twente"', 'regio = ""', "geen regio genoemd"),
    "region": ('regio = "veiligheidsregio:Twente"', 'regio = "Twenthe"', "Bedoelt u Twente"),
    "region kind": ('regio = "veiligheidsregio:Twente"', 'regio = "regio:Twente"', "soort regio 'regio'"),
    "region type": ('regio = "veiligheidsregio:Twente"', "regio = 5", "'regio' moet tekst zijn"),
    "region list": ('regio = "veiligheidsregio:Twente"', 'regio = ["Borne", "Bornee"]', "Bedoelt u Borne"),
    "viewpoint": ('gezichtspunt = "Hof van Twente"', 'gezichtspunt = "Hof van Twent"', "Bedoelt u Hof van"),
    "viewpoint outside": ('gezichtspunt = "Hof van Twente"', 'gezichtspunt = "Utrecht"', "ligt niet in"),
    "inhabitants": ("inwoners_per_1_januari = 2026", "inwoners_per_1_januari = 1990", "niet bekend"),
}


@pytest.mark.parametrize(("old", "new", "word"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_refused_with_its_line(path, old, new, word):
    line = change(path, old, new)
    error = refused(path)
    assert word in str(error)
    assert "  " not in str(error)
    # two blocs with the same municipality are named by their table, just above
    places = {line, line - 2} if "in twee blokken" in word else {line}
    assert any(f"{error.where},".startswith(f"{path}, regel {each},") for each in places)


@pytest.mark.parametrize(
    ("new", "word"),
    [
        ('niveau = "basis"', "Onbekend niveau 'basis'"),
        ('niveau = "basic"\nvarianten = ["hosts"]', "Onbekende variant 'hosts'"),
        ('niveaus = "basic"', "Bedoelt u 'niveau'?"),
    ],
)
def test_an_unknown_level_or_variant_is_refused(path, new, word):
    line = change(path, 'niveau = "basic"', new)
    error = refused(path)
    assert word in str(error)
    assert error.where == f"{path}, regel {line + new.count(chr(10))}"


@pytest.mark.parametrize("key", ["naam", "regio", "peildatum", "gewenste_start", "prijspeil"])
def test_a_missing_setting_is_named(path, key):
    lines = path.read_text("utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith(f"{key} ="))
    path.write_text("\n".join([*lines[:first], *lines[first + 1 :]]), "utf-8")
    assert f"'{key}' ontbreekt" in refused(path).what


def test_too_many_players_are_refused(path):
    players = MOST_PLAYERS + 1
    error = refused(path, region=[each.code for each in COUNTRY.municipalities[:players]])
    assert f"{players} spelers" in error.what
    assert str(MOST_PLAYERS) in error.what
    assert error.where == "--regio"


def test_a_region_in_a_bloc_can_be_larger_than_the_players_allowed(path):
    names = [each.name for each in COUNTRY.select("provincie:Utrecht").municipalities]
    text = path.read_text("utf-8")
    head = text[: text.index("[[blok]]")].replace("veiligheidsregio:Twente", "provincie:Utrecht")
    head = head.replace('gezichtspunt = "Hof van Twente"', "").replace('nulmeting = "nulmeting.csv"', "")
    head = head.replace('samenwerking = "Centrumregeling ICT Hengelo"', 'samenwerking = "vier"')
    members = ", ".join(f'"{name}"' for name in names[:4])
    path.write_text(f'{head}\n[[blok]]\nnaam = "vier"\ngemeenten = [{members}]\nbron = "x"\n', "utf-8")
    assert len(load(path).players("soc")) == len(names) - 3


def test_a_region_that_is_asked_for_and_unknown_is_refused(path):
    error = refused(path, region="Twenthe")
    assert error.where == "--regio"
    assert "Twente" in str(error)


def test_a_missing_study_or_baseline_is_refused(path):
    (path.parent / "nulmeting.csv").unlink()
    assert refused(path).where == str(path.parent / "nulmeting.csv")
    assert "bestaat niet" in refused(path.parent / "geen.toml").what
