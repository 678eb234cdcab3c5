"""marke stukken: files where they were asked for, and one sentence for what cannot be."""

import json
import sys

import pytest

from marke.cli import main


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    from marke.question import find_study, read_question, shipped_inputs
    from marke.report import build_report
    from marke.run import explore_question

    folder = tmp_path_factory.mktemp("runs")
    inputs = shipped_inputs(find_study("twente-actueel"), "COROP:CR06", {"trekkingen": 512})
    explore_question(read_question(inputs), folder, build_report)
    return folder


def run(monkeypatch, capsys, *words):
    monkeypatch.setattr(sys, "argv", ["marke", *map(str, words)])
    with pytest.raises(SystemExit) as stopped:
        main()
    told = capsys.readouterr()
    return stopped.value.code or 0, told.out, told.err


def test_files_and_what_an_archive_must_know(runs, tmp_path, monkeypatch, capsys):
    words = ("--soort", "raadsinformatiebrief,begroting", "--formaat", "html,odt,xlsx")
    code, out, _ = run(monkeypatch, capsys, "stukken", *words, "--runs", runs, "--uit", tmp_path)
    assert code == 0
    made = sorted(path.name for path in tmp_path.iterdir())
    assert len(made) == 2 * 5
    assert all(name in out.replace("\n", "") for name in made if name.endswith((".html", ".odt", ".xlsx")))
    about = json.loads(next(tmp_path.glob("*begroting.json")).read_text("utf-8"))
    assert about["wooInformatiecategorie"] == "jaarplannen en jaarverslagen"
    assert about["vertrouwelijkheid"] == "openbaar"
    assert len(about["bestanden"]) == 3
    assert "niet gevalideerd" in next(tmp_path.glob("*begroting.mdto.xml")).read_text("utf-8")


def test_without_pango_the_other_formats_are_made(runs, tmp_path, monkeypatch, capsys):
    from marke.documents import pdf

    def missing(*_args):
        raise pdf.MISSING

    monkeypatch.setattr(pdf, "render", missing)
    words = ("--formaat", "pdf,html", "--runs", runs, "--uit", tmp_path)
    code, _, err = run(monkeypatch, capsys, "stukken", *words)
    assert code == 0
    assert err.count("apt-get install libpango-1.0-0") == 1
    assert [p.suffix for p in tmp_path.iterdir() if p.suffix in (".pdf", ".html")] == [".html"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--soort", "brief"), "'brief' kan hier niet"),
        (("--formaat", "word"), "'word' kan hier niet"),
        (("--formaat", ","), "Hier staat niets"),
        (("--gemeente", "Utrecht"), "hoort niet bij"),
        (("--huisstijl", "nergens.toml"), "bestaat niet"),
        (("--huisstijl", "kleur.toml"), "is te licht om op wit te lezen"),
        (("--huisstijl", "logo.toml"), "Het logo 'weg.png' is er niet."),
        (("--gesprekken", "nergens.toml"), "bestaat niet"),
        (("--gesprekken", "gesprek.toml"), "Een ander orgaan staat op"),
        (("run-die-er-niet-is",), "run-die-er-niet-is"),
    ],
)
def test_bad_input_is_one_sentence_and_no_file(runs, tmp_path, monkeypatch, capsys, words, sentence):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kleur.toml").write_text('kleur = "#ffee00"\n')
    (tmp_path / "logo.toml").write_text('logo = "weg.png"\n')
    (tmp_path / "gesprek.toml").write_text(
        '[[gesprek]]\nmet = "Twenteraad"\nniveau = "raad"\nstandpunt = "niet gesproken"\n'
    )
    code, _, err = run(monkeypatch, capsys, "stukken", *words, "--runs", runs, "--uit", tmp_path / "uit")
    assert code == 2
    assert sentence in err
    assert len(err.strip().splitlines()) == 1
    assert not (tmp_path / "uit").exists()


@pytest.fixture
def motionless(runs, monkeypatch):
    """Every run is of a study that names no motion."""
    from dataclasses import replace

    from marke.run import open_run

    opened = open_run(runs)
    study = opened.question.study
    settings = study.settings.model_copy(update={"motion": None})
    question = replace(opened.question, study=replace(study, settings=settings))
    monkeypatch.setattr("marke.run.open_run", lambda *_: replace(opened, question=question))


@pytest.mark.usefixtures("motionless")
def test_a_study_without_a_motion_has_no_letter_about_one(runs, tmp_path, monkeypatch, capsys):
    words = ("--soort", "tussenbericht", "--runs", runs, "--uit", tmp_path / "uit")
    code, _, err = run(monkeypatch, capsys, "stukken", *words)
    assert code == 2
    assert "Deze studie noemt geen motie; een tussenbericht kan dan niet." in err
    assert not (tmp_path / "uit").exists()


@pytest.mark.usefixtures("motionless")
def test_a_study_without_a_motion_makes_every_other_kind(runs, tmp_path, monkeypatch, capsys):
    words = ("--alles", "--formaat", "html", "--runs", runs, "--uit", tmp_path)
    code, _, err = run(monkeypatch, capsys, "stukken", *words)
    assert (code, err) == (0, "")
    pages = {path.stem for path in tmp_path.glob("*.html")}
    assert not any("tussenbericht" in name for name in pages)
    assert len(pages) == 11  # ten kinds, and the contributions once more for members
