"""A new study: what is written can be read, says what it is, and never replaces work."""

from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from marke.baseline import read_baseline
from marke.catalogue import load_catalogue
from marke.catalogue.intake import questions
from marke.cli.studie import studie
from marke.errors import InputError
from marke.files import data_folder
from marke.new_study import first_start, new_study
from marke.region import Country, load_country
from marke.study import load_study
from marke.toml import read_document, toml_string

CATALOGUE = load_catalogue()
COUNTRY = load_country()


def make(folder, wanted="Twente", **options):
    return new_study(folder, wanted, CATALOGUE, COUNTRY, **{"today": date(2026, 5, 6), **options})


def run(*arguments):
    return CliRunner().invoke(studie, [str(each) for each in arguments])


def test_what_is_written_is_a_study(tmp_path):
    study_path, baseline_path = make(tmp_path / "nieuw" / "twente")
    study = load_study(study_path, CATALOGUE, COUNTRY)
    assert baseline_path.name == "nulmeting.csv"
    assert study.region.name == "Veiligheidsregio Twente"
    assert list(study.settings.services) == list(CATALOGUE.services)
    assert study.settings.reference_date == date(2026, 5, 6)
    assert study.settings.wanted_start == date(2028, 1, 1)
    assert study.settings.inhabitants_year == COUNTRY.years[-1]
    assert study.settings.baseline == baseline_path.name
    assert study.viewpoint == study.region.municipalities[0]
    assert (study.blocs, study.settings.partnerships, study.baseline.answers) == ((), (), {})
    assert read_baseline(baseline_path, study.region, CATALOGUE).answers == {}


def test_every_setting_of_the_example_study_is_in_a_new_one(tmp_path):
    study_path, _ = make(tmp_path)
    example = read_document(data_folder("regions") / "twente" / "actueel.toml")
    text = study_path.read_text("utf-8")
    for key in example.lines:
        name = str(key[-1])
        assert (
            key[0] in {"diensten", "blok", "samenwerking", "motie"}
            or f"\n{name} = " in text
            or f"[{name}]" in text
        )
    for name in (
        "[motie]",
        "[[motie.punt]]",
        "# sleutel",
        "# vraagt",
        "# tekst",
        "# raad",
        "# titel",
        "# termijn",
    ):
        assert name in text
    for name in ("[[blok]]", "[[samenwerking]]", "# naam", "# gemeenten", "# vorm", "# onderwerp", "# bron"):
        assert name in text
    assert max(map(len, text.splitlines())) < 250


def test_the_motion_that_is_commented_out_can_be_used(tmp_path):
    study_path, _ = make(tmp_path)
    text = study_path.read_text("utf-8")
    start, end = text.index("# [motie]"), text.index("# Een blok")
    used = "\n".join(line.removeprefix("# ").removeprefix("#") for line in text[start:end].splitlines())
    study_path.write_text(text[:start] + used + "\n" + text[end:], "utf-8")
    motion = load_study(study_path, CATALOGUE, COUNTRY).settings.motion
    assert (len(motion.points), motion.points[0].asks) == (1, "onderzoeken")


def test_what_is_commented_out_can_be_used(tmp_path):
    study_path, _ = make(tmp_path)
    text = study_path.read_text("utf-8")
    place = text.index("# [[blok]]")
    used = text[place:].replace("# [[", "[[").replace("# naam", "naam").replace("# gemeenten", "gemeenten")
    for name in ("diensten", "bron", "vorm", "onderwerp", "gastheer", "capaciteit"):
        used = used.replace(f"# {name} =", f"{name} =")
    used = used.replace("# [diensten.", "[diensten.")
    study_path.write_text(text[:place].replace("# varianten =", "varianten =") + used, "utf-8")
    study = load_study(study_path, CATALOGUE, COUNTRY)
    assert len(study.blocs) == len(study.settings.partnerships) == 1
    for key, service in CATALOGUE.services.items():
        free = [name for name, joint in service.joint.items() if not CATALOGUE.forms[joint.form].joins]
        assert study.settings.services[key].variants == tuple(free)
    assert [each.required for each in study.admissions.values()] == [{study.region.municipalities[0].code}]


@pytest.mark.parametrize(
    "wanted", ["VR05", "corop:CR12", "provincie:Zeeland", "Groningen", ("Borne", "GM0153")]
)
def test_any_region_gives_a_study_of_that_region(tmp_path, wanted):
    study_path, _ = make(tmp_path, wanted)
    study = load_study(study_path, CATALOGUE, COUNTRY)
    assert study.region.municipalities == COUNTRY.select(wanted).municipalities


@given(st.text())
def test_any_name_survives(tmp_path_factory, name):
    path = tmp_path_factory.getbasetemp() / "a.toml"
    path.write_text(f"a = {toml_string(name)}\n", "utf-8", newline="")
    assert read_document(path).content["a"] == name.encode("utf-8", "replace").decode("utf-8")


def test_text_that_looks_like_toml_stays_text(tmp_path):
    name = 'a" \\ \n[diensten.x]\n# b\x7f'
    study_path, _ = make(tmp_path, name=name, viewpoint="hof van twente")
    study = load_study(study_path, CATALOGUE, COUNTRY)
    assert study.settings.name == name
    assert study.viewpoint.name == "Hof van Twente"


@given(st.dates(date(2020, 1, 1), date(2099, 12, 31)))
def test_the_start_is_the_first_1_january_after_nine_months(today):
    start = first_start(today)
    month = today.month + 9
    earliest = (today.year + (month - 1) // 12, (month - 1) % 12 + 1, today.day)
    assert (start.month, start.day) == (1, 1)
    assert (start.year, 1, 1) >= earliest
    assert (start.year - 1, 1, 1) < earliest
    assert start - today > timedelta(days=270)


def test_the_year_is_the_latest_that_is_complete(tmp_path):
    last = COUNTRY.years[-1]
    borne = COUNTRY.find("Borne")
    holed = type(borne)(**{**borne.__dict__, "inhabitants": {**borne.inhabitants, last: None}})
    others = tuple(holed if each == borne else each for each in COUNTRY.municipalities)
    country = Country(others, COUNTRY.years)
    study_path, _ = new_study(tmp_path, "Twente", CATALOGUE, country, today=date(2026, 5, 6))
    assert f"inwoners_per_1_januari = {COUNTRY.years[-2]}\n" in study_path.read_text("utf-8")
    empty = type(borne)(**{**borne.__dict__, "inhabitants": dict.fromkeys(COUNTRY.years)})
    country = Country(
        tuple(empty if each == borne else each for each in COUNTRY.municipalities), COUNTRY.years
    )
    with pytest.raises(InputError, match="Van geen enkel jaar"):
        new_study(tmp_path / "b", "Twente", CATALOGUE, country)


@pytest.mark.parametrize("name", ["verkenning.toml", "nulmeting.csv"])
def test_existing_work_is_not_replaced_unless_asked(tmp_path, name):
    (tmp_path / name).write_text("werk")
    with pytest.raises(InputError, match="bestaat al") as caught:
        make(tmp_path)
    assert caught.value.where == str(tmp_path / name)
    assert [each.name for each in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "werk"
    study_path, _ = make(tmp_path, overwrite=True)
    assert load_study(study_path, CATALOGUE, COUNTRY).baseline.answers == {}


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"wanted": "Twenthe"}, "Bedoelt u Twente"),
        ({"wanted": [m.name for m in COUNTRY.municipalities[:63]]}, "kan er tot en met 62"),
        ({"viewpoint": "Utrecht"}, "ligt niet in Veiligheidsregio Twente"),
        ({"viewpoint": "Born"}, "Bedoelt u Borne"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(tmp_path, options, word):
    with pytest.raises(InputError, match=word):
        make(tmp_path / "nieuw", **options)
    assert not (tmp_path / "nieuw").exists()


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "a").write_text("x")
    with pytest.raises(InputError, match="kan niet worden gemaakt") as caught:
        make(tmp_path / "a")
    assert caught.value.where == str(tmp_path / "a")


def test_the_command_makes_a_study_and_says_what_next(tmp_path):
    result = run("nieuw", "Twente", "--map", tmp_path, "--naam", "Proef")
    assert result.exit_code == 0, result.output
    assert f"Gemaakt: {tmp_path / 'verkenning.toml'}" in result.output
    assert "marke studie controleer" in result.output
    assert f'marke intake maak "{tmp_path / "verkenning.toml"}"' in result.output
    checked = run("controleer", tmp_path / "verkenning.toml")
    assert checked.exit_code == 0, checked.output
    assert "Proef: het bestand klopt." in checked.output
    assert f"0 van {14 * len(questions(CATALOGUE))} vragen" in checked.output
    assert "Er zijn geen blokken." in checked.output
    assert isinstance(run("nieuw", "Twente", "--map", tmp_path).exception, InputError)
    assert run("nieuw", "Borne", "Almelo", "--map", tmp_path, "--overschrijf").exit_code == 0


def test_the_check_shows_players_and_blocs():
    output = run("controleer", data_folder("regions") / "twente" / "actueel.toml").output
    assert "coördinator informatiebeveiliging (CISO-bureau), niveau basis: 12 spelers" in output
    assert "Noaberkracht: Tubbergen, Dinkelland; voor alle diensten" in output
    assert "gedeelde CISO: Haaksbergen, Hof van Twente; voor coördinator" in output
    assert isinstance(run("controleer", "nergens.toml").exception, InputError)
