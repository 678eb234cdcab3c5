"""Studies with a planted truth: what a group buys together is a known part of what its members buy alone."""

import shutil
from pathlib import Path

from marke.catalogue import load_catalogue
from marke.catalogue.check import next_dim
from marke.engine.explore import Explored, explore
from marke.files import data_folder
from marke.findings import compose
from marke.findings.model import ServiceFinding
from marke.question import Inputs, Question, read_question

ALONE = 500_000
"""What every member buys alone, euro a year; everything else of the service is small beside it."""

REGIONS = {
    "joint_tender": ("Hof van Twente", "Wierden", "Hellendoorn", "Rijssen-Holten"),
    "host": ("Borsele", "Reimerswaal", "Veere"),
}
"""Two places to plant a truth in, each with its own form."""

SERVICE = """
label = "proefdienst"
short = "proef"
order = 8
motion = "een gezamenlijke proef"
summary = "Een dienst met een bekende waarheid."
use = "staff"
scale = "woo_team.scale"
client_role = {{ label = "uren als opdrachtgever", low = 10, mode = 10, high = 10, unit = "uur/gemeente/jaar" }}
disappointment = {{ label = "tegenvaller", low = 0, mode = 0, high = 0, unit = "deel" }}

[defaults]
year = 2026
source = "own"
status = "assumption"
strength = "judgement"

[levels.basic]
label = "basis"
norm = "geen"
source = "own"
effort = {{ label = "werk op basisniveau", low = 1.0, mode = 1.0, high = 1.0, unit = "factor" }}

[work.keeping]
label = "werk"
per = "organisation"
hours = {{ label = "uren", low = 200, mode = 250, high = 300, unit = "uur/organisatie/jaar", dim = {dims[0]} }}
shared = {{ label = "deel dat één keer volstaat", low = 0.5, mode = 0.6, high = 0.7, unit = "deel", dim = {dims[1]} }}

[lines.alone]
label = "inkoop alleen"
amount = {{ label = "inkoop alleen", low = {low}, mode = {alone}, high = {high}, unit = "EUR/organisatie/jaar", dim = {dims[2]} }}
per = "member"
vat = true

[lines.together]
label = "inkoop samen"
amount = {{ label = "inkoop samen", low = {together[0]}, mode = {together[1]}, high = {together[2]}, unit = "EUR/jaar", distribution = "uniform", dim = {dims[3]}{find_out} }}
per = "group"
vat = true

[team]
minimum_persons = {{ label = "kleinste team", low = {persons}, mode = {persons}, high = {persons}, unit = "personen" }}
minimum_appointment = {{ label = "kleinste aanstelling", low = 0.2, mode = 0.2, high = 0.2, unit = "fte/persoon" }}

[one_off]

[[today]]
staff = {{ label = "formatie nu", low = 0.5, mode = 1, high = 2, unit = "fte/gemeente" }}
spend = {{ label = "uitgaven nu", low = 0, mode = 20000, high = 50000, unit = "EUR/gemeente/jaar" }}

[alone.own]
label = "zelf inkopen"
staffing = "own"
lines = ["alone"]

[joint.{form}]
form = "{form}"
lines = ["together"]
"""  # noqa: E501
STUDY = """
naam = "Proef"
regio = {region}
peildatum = 2026-05-01
gewenste_start = 2029-01-01
prijspeil = 2026
inwoners_per_1_januari = 2026
trekkingen = 2048

[diensten.planted]
"""
ANSWER = """
[[voorwaarde]]
sleutel = "{gate}"
uitkomst = "{outcome}"
toelichting = "voor de proef"
bron = "proef"
datum = 2026-04-01
"""


def plant(
    folder: Path,
    form: str,
    together: tuple[float, float],
    *,
    persons: int = 3,
    find_out: str = "",
    gates: dict[str, str] | None = None,
) -> tuple[Question, Explored]:
    """A study in which together costs between two parts of what all members buy alone.

    ``persons`` is the smallest joint team; ``gates`` answers gates by their Dutch outcome.
    """
    region = REGIONS[form]
    catalogue = shutil.copytree(data_folder("catalogue"), folder / "catalogue")
    first = next_dim(load_catalogue())
    low, high = (part * len(region) * ALONE for part in together)
    text = SERVICE.format(
        dims=range(first, first + 4),
        low=0.99 * ALONE,
        alone=ALONE,
        high=1.01 * ALONE,
        together=(low, (low + high) / 2, high),
        persons=persons,
        find_out=f', find_out = "{find_out}"' if find_out else "",
        form=form,
    )
    (catalogue / "services" / "planted.toml").write_text(text, encoding="utf-8")
    answers = {"host_willing": "in orde"} if form == "host" else {}
    study = STUDY.format(region=list(region)).replace("'", '"')
    for gate, outcome in (answers | (gates or {})).items():
        study += ANSWER.format(gate=gate, outcome=outcome)
    (folder / "studie.toml").write_text(study, encoding="utf-8")
    asked = read_question(Inputs(folder / "studie.toml", catalogue, data_folder("regions")))
    return asked, explore(asked.case("planted"), asked.study)


def judged(asked: Question, explored: Explored) -> ServiceFinding:
    """The findings of a planted service."""
    return compose(asked.study, asked.catalogue, asked.draws, [explored]).services[0]
