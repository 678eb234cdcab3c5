"""A service is data: one more file in the catalogue is explored like the others; no code knows its name."""

import shutil

from marke.catalogue import load_catalogue
from marke.catalogue.check import next_dim
from marke.engine.explore import explore
from marke.files import data_folder
from marke.findings import compose
from marke.question import Inputs, read_question
from marke.report import build_report

SERVICE = """
label = "archief en informatiebeheer"
short = "archief"
order = 8
motion = "een gezamenlijk archief"
summary = "Dossiers bewaren, vinden en vernietigen."
use = "staff"
scale = "woo_team.scale"
client_role = {{ label = "uren als opdrachtgever, archief", low = 20, mode = 40, high = 80, unit = "uur/gemeente/jaar", dim = {0} }}
disappointment = "woo_team.disappointment"

[defaults]
year = 2026
source = "own"
status = "assumption"
strength = "judgement"

[levels.basic]
label = "basis"
norm = "Archiefwet"
source = "own"
effort = {{ label = "werk op basisniveau, archief", low = 1.0, mode = 1.0, high = 1.0, unit = "factor" }}

[work.keeping]
label = "bewaren en vernietigen"
per = "organisation"
hours = {{ label = "uren archief", low = 1000, mode = 1500, high = 2500, unit = "uur/organisatie/jaar", dim = {1} }}
shared = {{ label = "deel dat één keer volstaat", low = 0.5, mode = 0.6, high = 0.7, unit = "deel van de uren", dim = {2} }}

[lines.depot]
label = "depot"
amount = {{ label = "depot", low = 10000, mode = 20000, high = 40000, unit = "EUR/organisatie/jaar", dim = {3} }}
per = "member"
vat = true

[team]
minimum_persons = {{ label = "kleinste team, archief", low = 1, mode = 1, high = 1, unit = "personen" }}
minimum_appointment = {{ label = "kleinste aanstelling, archief", low = 0.8, mode = 0.9, high = 1.0, unit = "fte/persoon", dim = {4} }}

[one_off]

[[today]]
staff = {{ label = "formatie archief nu", low = 0.5, mode = 1, high = 2, unit = "fte/gemeente" }}
spend = {{ label = "uitgaven archief nu", low = 0, mode = 20000, high = 50000, unit = "EUR/gemeente/jaar" }}

[alone.own]
label = "eigen mensen"
staffing = "own"
lines = ["depot"]

[joint.host]
form = "host"
lines = ["depot"]
"""  # noqa: E501
STUDY = """
naam = "Met archief"
regio = ["Hof van Twente", "Wierden", "Hellendoorn", "Rijssen-Holten"]
peildatum = 2026-05-01
gewenste_start = 2027-01-01
prijspeil = 2026
inwoners_per_1_januari = 2026
trekkingen = 1024

[diensten.archive]
[diensten.woo_team]
"""


def test_an_eighth_service_takes_data_files_only(tmp_path):
    catalogue = shutil.copytree(data_folder("catalogue"), tmp_path / "catalogue")
    first = next_dim(load_catalogue())
    text = SERVICE.format(*range(first, first + 5))
    (catalogue / "services" / "archive.toml").write_text(text, encoding="utf-8")
    (tmp_path / "studie.toml").write_text(STUDY, encoding="utf-8")
    asked = read_question(Inputs(tmp_path / "studie.toml", catalogue, data_folder("regions")))
    explored = [explore(asked.case(key), asked.study) for key in asked.study.settings.services]
    findings = compose(asked.study, asked.catalogue, asked.draws, explored)
    archive, woo = findings.services
    assert (archive.key, archive.variants[0].everyone.variant) == ("archive", "host")
    assert archive.alone.mean > 4 * 1500 * 40
    assert archive.structure.cost <= archive.structure.alone + 1e-6
    assert any(row.figure.startswith("archive.") for row in archive.uncertainty[0].influences)
    assert {row.id for row in findings.figures} > {"archive.lines.depot.amount", "archive.work.keeping.hours"}
    assert woo.key == "woo_team"
    assert "een gezamenlijk archief" in build_report(findings, run_name="run").lower()
