"""Who may see what: all that one municipality can look at is the same whatever another kept to itself."""

import itertools
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from intake_factory import ASKED, BORNE, CATALOGUE, HOF, SIX, answer, example, small_study
from marke.cli.derive import derivation, herleid
from marke.cli.explore import verken
from marke.cli.show import toon
from marke.engine.burden import make_group
from marke.engine.today import look_at_today
from marke.errors import InputError
from marke.findings.follow import follow
from marke.findings.statements import statements
from marke.question import Question, find_study, read_question, shipped_inputs
from marke.region import Municipality
from marke.report import build_report
from marke.run import Run, explore_question, open_run

SERVICE = "soc"
"""Of this service Hof van Twente releases what can be released; of the others nothing."""


def others(changed: bool):
    """Everything that Hof van Twente answered; ``changed`` alters whatever it did not release."""
    for key, question in ASKED.items():
        value, part = example(question), question.part
        if part.releases:
            value = question.section == SERVICE
        elif changed and not (part.visibility == "releasable" and question.section == SERVICE):
            value = other_value(part, value)
        note = "geheim" if changed else "kast 12"
        yield answer(HOF, key, value, note=note, doubt=f"{note}?", who=f"{note}!")


def other_value(part, value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, float):
        return part.most / 100 if part.kind == "percentage" else part.most
    if isinstance(value, date):
        return value.replace(year=2031)
    return ("geheim",) if isinstance(value, tuple) else part.options[-1] if part.options else "geheim"


def unreleased(changed: bool):
    """The same with nothing released at all."""
    return [a for a in others(changed) if not a.question.endswith(".release")]


MINE = [
    answer(BORNE, "staff", 165.0, note="eigen bron"),
    answer(BORNE, "soc.staff", 0.4),
    answer(BORNE, "soc.spend", 61000.0),
]


def question(folder: Path, given, viewer: str | None) -> Question:
    path = small_study(folder, *MINE, *given)
    return read_question(shipped_inputs(path, None, {"trekkingen": 32}, viewer))


def explored(folder: Path, given, viewer: str | None) -> Run:
    asked = question(folder / "studie", given, viewer)
    return explore_question(asked, folder / "runs", lambda f, name: build_report(f, run_name=name))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def said(command, *arguments: str) -> str:
    result: Result = CliRunner().invoke(command, list(arguments), env={"COLUMNS": "200"})
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module", params=[None, "Borne"], ids=["shared", "as Borne"])
def twins(request, tmp_path_factory):
    """The same exploration twice: between them only what Hof van Twente keeps to itself changes."""
    folder = tmp_path_factory.mktemp("zicht")
    found = [explored(folder / str(changed), others(changed), request.param) for changed in (False, True)]
    return request.param, *found


def test_what_is_compared_really_differs(tmp_path):
    """As Hof van Twente itself the two are different explorations, so equality elsewhere means something."""
    runs = [explored(tmp_path / str(changed), others(changed), HOF) for changed in (False, True)]
    assert runs[0].folder.name != runs[1].folder.name
    assert runs[0].findings != runs[1].findings


def test_every_byte_of_the_run_is_the_same(twins):
    _, one, other = twins
    assert one.folder.name == other.folder.name
    assert contents(one.folder) == contents(other.folder)
    assert one.findings == other.findings
    assert not [
        name for name, data in contents(other.folder).items() if b"geheim" in data or b"kast 12" in data
    ]


def test_only_released_amounts_of_others_are_in_the_run_folder(twins):
    viewer, one, _ = twins
    lines = (one.folder / "inputs" / "nulmeting.csv").read_text("utf-8-sig").splitlines()[1:]
    of_hof = [line.split(";") for line in lines if line.startswith(HOF)]
    released = {key for key, q in ASKED.items() if q.section == SERVICE and q.part.visibility == "releasable"}
    assert {cells[2] for cells in of_hof} >= released
    assert all(ASKED[cells[2]].part.visibility == "releasable" for cells in of_hof)
    assert all(cells[7:] == ["", "", ""] for cells in of_hof)
    of_borne = [line for line in lines if line.startswith(BORNE)]
    assert len(of_borne) == (0 if viewer is None else len(MINE))


def test_everything_that_can_be_shown_is_the_same(twins):
    _, *runs = twins
    shown = [
        [
            said(toon, "--runs", str(run.folder.parent), *arguments)
            for arguments in (
                (),
                ("--gemeente", "Hof van Twente"),
                ("--gemeente", "Borne"),
                ("--coalitie", "Hof van Twente,Haaksbergen,Borne"),
            )
        ]
        for run in runs
    ]
    assert shown[0] == shown[1]


def test_every_group_with_and_without_the_other_costs_the_same(twins):
    """What one could try: adding and leaving out the other, in every form, to solve for its answer."""
    _, *runs = twins
    asked = [run.question for run in runs]
    costs = []
    for each in asked:
        case = each.case(SERVICE)
        everyone = range(len(case.players))
        groups = [*itertools.combinations(everyone, 2), *itertools.combinations(everyone, len(everyone) - 1)]
        costs.append(
            [(variant, g, group_cost(case, variant, g)) for variant in case.variants for g in groups]
        )
    assert costs[0] == costs[1]


def group_cost(case, variant, members):

    return make_group(case, variant, members).total.mean


def test_every_derivation_is_the_same_and_ends_at_the_municipality(twins):
    _, *runs = twins
    told = [list(every_derivation(run)) for run in runs]
    assert told[0] == told[1]
    shown = said(herleid, f"{SERVICE}.players.{HOF}.today", "--runs", str(runs[0].folder.parent))
    assert "uit de opgave van gemeente Hof van Twente" in shown


def every_derivation(run: Run):
    """Of everything but the burdens under every key but one, which rest on the same lines."""
    explored = cache(run.explored)
    for address, each in statements(run.findings).items():
        if ".burdens." not in address or ".everyone.burdens.shapley-" in address:
            found = follow(each, explored, run.question.study)
            yield address, list(derivation(found, run.question.catalogue))


def test_without_a_release_others_count_as_if_they_had_not_answered(tmp_path):
    silent = explored(tmp_path / "a", [], None)
    for changed in (False, True):
        run = explored(tmp_path / str(changed), unreleased(changed), None)
        assert contents(run.folder) == contents(silent.folder)
    assert silent.findings.answers_given == 0


def test_a_release_is_used_by_everybody(tmp_path):
    released = [answer(HOF, "soc.realised", 88000.0), answer(HOF, "soc.release", True)]
    asked = question(tmp_path, released, None)
    case = asked.case(SERVICE)
    now = look_at_today(case, asked.study).cost[HOF]
    run = explored(tmp_path, released, None)
    told = statements(run.findings)[f"{SERVICE}.players.{HOF}.today"]
    assert told.value.mean == pytest.approx(now)
    # what it realised is without overhead and VAT, which are added as for any other municipality
    assert 88000 < now < 88000 * 1.4


def test_an_own_view_holds_the_own_answers_and_says_for_whom(tmp_path):
    run = explored(tmp_path, [], "borne")
    reopened = open_run(run.folder.parent)
    assert reopened.findings == run.findings
    assert reopened.question.study.viewer == borne()
    assert run.question.study.viewpoint == borne()
    assert run.question.study.baseline.value(BORNE, "soc.spend") == 61000
    assert "Alleen voor Borne" in (run.folder / "verslag.html").read_text("utf-8")
    assert "Alleen voor Borne" in said(toon, "--runs", str(run.folder.parent))
    shared = explored(tmp_path / "b", [], None)
    assert "Mag worden gedeeld" in (shared.folder / "verslag.html").read_text("utf-8")
    assert "Alleen voor" not in (shared.folder / "verslag.html").read_text("utf-8")


def borne() -> Municipality:
    return next(m for m in SIX.municipalities if m.code == BORNE)


def test_the_command_explores_as_one_municipality_and_shared_by_default(tmp_path):
    path = small_study(tmp_path / "studie", *MINE)
    common = (str(path), "--trekkingen", "32", "--runs", str(tmp_path / "runs"))
    assert "Mag worden gedeeld" in said(verken, *common)
    assert open_run(tmp_path / "runs").question.study.baseline.answers == {}
    assert "Alleen voor Borne" in said(verken, *common, "--als", "Borne")
    assert len(open_run(tmp_path / "runs").question.study.baseline.answers) == len(MINE)


def test_seeing_as_somebody_from_elsewhere_is_refused():
    with pytest.raises(InputError, match="Utrecht hoort niet bij Veiligheidsregio Twente") as caught:
        read_question(shipped_inputs(find_study("twente-actueel"), viewer="Utrecht"))
    assert caught.value.where == "--als"


def test_who_collects_the_answers_reads_them_all(tmp_path):
    path = small_study(tmp_path, *MINE)
    asked = read_question(shipped_inputs(path), whole=True)
    assert len(asked.study.baseline.answers) == len(MINE)
    assert asked.catalogue == CATALOGUE
