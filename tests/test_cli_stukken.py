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
    ],
)
def test_bad_input_is_one_sentence_and_no_file(runs, tmp_path, monkeypatch, capsys, words, sentence):
    code, _, err = run(monkeypatch, capsys, "stukken", *words, "--runs", runs, "--uit", tmp_path / "uit")
    assert code == 2
    assert sentence in err
    assert not (tmp_path / "uit").exists()
