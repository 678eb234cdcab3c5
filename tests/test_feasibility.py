"""Gates, steps, criteria and readings of the evidence: both sides of every threshold."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from marke.baseline import MANDATE, Answer, Baseline, Counts
from marke.catalogue import load_catalogue
from marke.engine.burden import make_group
from marke.engine.explore import compare_alone, explore
from marke.errors import InputError
from marke.findings import compose
from marke.findings.checks import CHECKS, Asked, Judged, bought, judge_contracts, judge_mandates
from marke.findings.evidence import saving_with, setback_draws
from marke.findings.gates import gates_finding
from marke.findings.planning import steps_finding
from marke.findings.weighed import study_weights
from marke.question import Inputs, find_study, read_question, shipped_inputs
from marke.report import build_report

STUDY = """
naam = "Haalbaar"
regio = ["Hof van Twente", "Wierden", "Hellendoorn", "Rijssen-Holten"]
peildatum = 2026-09-01
gewenste_start = 2027-01-01
prijspeil = 2026
inwoners_per_1_januari = 2026
trekkingen = 256

[diensten.soc]
[diensten.woo_team]
"""


def question(folder, text=STUDY):
    (folder / "studie.toml").write_text(text, encoding="utf-8")
    shipped = shipped_inputs(find_study("twente-actueel"))
    return read_question(Inputs(folder / "studie.toml", shipped.catalogue, shipped.regions))


@pytest.fixture(scope="module")
def asked_for(tmp_path_factory):
    return question(tmp_path_factory.mktemp("study"))


@pytest.fixture(scope="module")
def findings(asked_for):
    return found(asked_for)


def found(asked):
    explored = [explore(asked.case(key), asked.study) for key in asked.study.settings.services]
    return compose(asked.study, asked.catalogue, asked.draws, explored)


def asked(question, service="soc", variant="joint_tender", *, team=2.0, months=(1, 2, 3), **settings):
    """A variant to judge, with other settings, team and start than the study's."""
    table = question.study.settings.model_copy(update=settings)
    study = replace(question.study, settings=table)
    start = table.reference_date
    earliest = tuple(start + timedelta(days=30 * m) for m in months)
    return Asked(question.case(service), study, variant, earliest, team)


def judged(name, each):
    gate = next(g for g in each.case.catalogue.gates.values() if g.outcome == name)
    return CHECKS[name](gate, each)


def cited(each):
    return {rule.id for gate in gates_finding(each) for rule in gate.rules}


@pytest.mark.parametrize(
    ("months", "outcome"), [((1, 2, 4), "ok"), ((4, 5, 6), "attention"), ((5, 6, 7), "blocked")]
)
def test_lead_time_on_both_sides(asked_for, months, outcome):
    """Wanted is 122 days after the reference date: 4 times 30 days is in time, 5 times is not."""
    assert judged("lead_time", asked(asked_for, months=months)).outcome == outcome


@pytest.mark.parametrize(("days", "outcome"), [(56, "attention"), (55, "blocked")])
def test_the_view_of_the_councils_needs_eight_weeks(asked_for, days, outcome):
    wanted = date(2026, 9, 1) + timedelta(days=days)
    assert judged("council", asked(asked_for, variant="host", wanted_start=wanted)).outcome == outcome


def test_a_form_without_permission_cites_no_rule_of_permission(asked_for):
    gate = next(g for g in gates_finding(asked(asked_for)) if g.gate == "council")
    assert (gate.outcome, gate.rules) == ("ok", ())
    assert "Gemeentewet" in gate.source


def test_before_the_view_was_law_only_permission_counts(asked_for):
    early = {"reference_date": date(2022, 6, 1), "wanted_start": date(2022, 6, 15)}
    told = judged("council", asked(asked_for, variant="host", **early))
    assert (told.outcome, told.reason) == ("attention", "De raad geeft vooraf toestemming.")
    case = asked_for.case("soc")
    steps = [step.label for step in steps_finding(case, "host", date(2022, 6, 1))]
    assert "zienswijze van de raden" not in steps
    later = [step.label for step in steps_finding(case, "host", date(2022, 7, 1))]
    assert "zienswijze van de raden" in later


def test_vat_is_open_only_where_the_supplier_charges_it(asked_for):
    assert judged("vat", asked(asked_for, variant="host")).outcome == "unknown"
    assert judged("vat", asked(asked_for)).outcome == "ok"


def test_tender_on_both_sides_of_the_threshold(asked_for):
    each = asked(asked_for)
    amount = sum(line.mean for line in bought(each.case, "joint_tender"))
    gate = each.case.catalogue.gates["tender"]
    rules = each.case.catalogue.rules
    for value, outcome in ((amount, "attention"), (amount * 1.01, "ok")):
        limit = rules["tender_threshold_2026"].model_copy(update={"value": value})
        catalogue = replace(each.case.catalogue, rules={**rules, "tender_threshold_2026": limit})
        changed = replace(each, case=replace(each.case, catalogue=catalogue))
        assert CHECKS["tender"](gate, changed).outcome == outcome


@pytest.mark.parametrize(("day", "rule"), [(date(2025, 12, 31), "2024"), (date(2026, 1, 1), "2026")])
def test_the_threshold_is_that_of_the_reference_date(asked_for, day, rule):
    rules = cited(asked(asked_for, reference_date=day))
    assert {r for r in rules if "threshold" in r} == {f"tender_threshold_{rule}"}


def test_staffing_compares_the_team_with_who_is_there(asked_for):
    assert judged("staffing", asked(asked_for, team=0.01)).outcome == "ok"
    assert judged("staffing", asked(asked_for, team=99.0)).outcome == "attention"


def test_contracts_tell_nothing_of_fewer_than_five():
    assert judge_contracts("?", None, None) == Judged("unknown", "?")
    few, many = judge_contracts("?", 7, None), judge_contracts("?", 7, 6)
    assert few.outcome == many.outcome == "attention"
    assert "Van 7 gemeenten" in few.reason
    assert "minder dan vijf" in few.reason
    assert "bij 6 loopt hij op de gewenste start nog" in many.reason


def test_a_mandate_is_seen_in_the_run_of_who_gave_or_refused_it(asked_for):
    each = asked(asked_for)
    viewer = each.study.viewpoint
    answers = {(viewer.code, "soc.mandate"): Answer(viewer.code, "soc.mandate", value=False)}
    own = replace(each, study=replace(each.study, viewer=viewer, baseline=Baseline(answers)))
    assert judged("mandate", each).outcome == "unknown"
    assert judged("mandate", own).outcome == "attention"
    counts = Counts({("soc", MANDATE, None): len(each.study.region.municipalities)})
    assert judged("mandate", replace(each, study=replace(each.study, counts=counts))).outcome == "ok"


def test_mandates_of_others_count_from_five_and_ones_own_for_itself():
    assert judge_mandates("?", None, 6, own=None) == Judged("unknown", "?")
    assert judge_mandates("?", 6, 6, own=None).outcome == "ok"
    some = judge_mandates("?", 5, 6, own=True)
    assert some.outcome == "attention"
    assert "Van 5 van de 6 gemeenten" in some.reason
    mine = judge_mandates("?", None, 6, own=True)
    assert mine.outcome == "unknown"
    assert "Uw gemeente gaf vooraf een volmacht" in mine.reason
    refused = judge_mandates("?", 5, 6, own=False)
    assert refused.outcome == "attention"
    assert "Uw gemeente gaf vooraf geen volmacht" in refused.reason


@pytest.mark.parametrize(
    ("day", "known", "law"),
    [
        (date(2026, 7, 7), False, False),
        (date(2026, 7, 8), True, False),
        (date(2026, 8, 15), True, True),
    ],
)
def test_the_cbw_is_cited_from_when_it_was_known_and_law_from_when_it_holds(asked_for, day, known, law):
    rules = {r.id: r for g in gates_finding(asked(asked_for, reference_date=day)) for r in g.rules}
    assert ("cbw" in rules) == known
    if known:
        assert rules["cbw"].in_force == law


def test_a_gate_waits_until_one_of_its_rules_is_known(asked_for):
    gates = {g.gate for g in gates_finding(asked(asked_for, reference_date=date(2013, 3, 31)))}
    assert "clustering" not in gates
    later = {g.gate for g in gates_finding(asked(asked_for, reference_date=date(2013, 4, 1)))}
    assert "clustering" in later


def test_every_gate_says_why_where_and_what_to_do(findings):
    gates = [g for s in findings.services for v in s.variants for g in v.gates]
    assert all(g.reason and g.resolve and (g.rules or g.source) for g in gates)
    assert {g.ground for g in gates} == {"rule", "computed"}


ANSWER = """
[[voorwaarde]]
sleutel = "vat"
diensten = ["soc"]
uitkomst = "kan zo niet"
toelichting = "De belastingdienst zei nee."
bron = "brief"
datum = 2026-08-01
"""


def test_an_answer_of_the_study_goes_first(tmp_path):
    told = found(question(tmp_path, STUDY + ANSWER))
    soc, woo = ({g.gate: g for g in s.variants[0].gates}["vat"] for s in told.services)
    assert (soc.outcome, soc.ground, soc.day) == ("blocked", "answered", date(2026, 8, 1))
    assert woo.ground == "computed"
    host = next(a for a in told.services[0].acceptability.alternatives if a.key == "host")
    assert host.blocked
    assert {s.criterion: s.mean for s in host.scores}["feasibility"] == 0
    assert "brief" in build_report(told, run_name="run")


FIGURE = """[[cijfer]]
sleutel = "figures.overhead_own"
laag = 0.4
midden = 0.5
hoog = 0.6
bron = 'telling'
"""

BAD = {
    "gate": ('sleutel = "vat"', 'sleutel = "vta"', "Bedoelt u vat?"),
    "late": ("2026-08-01", "2026-10-01", "na de peildatum"),
    "outcome": ("kan zo niet", "misschien", "'uitkomst' is een van"),
}


@pytest.mark.parametrize(("old", "new", "word"), BAD.values(), ids=BAD)
def test_an_answer_that_does_not_fit_is_refused(tmp_path, old, new, word):
    with pytest.raises(InputError, match=word.replace("?", r"\?")):
        question(tmp_path, STUDY + ANSWER.replace(old, new, 1))


@pytest.mark.parametrize(
    ("table", "word"),
    [
        ('[gewichten]\nvolgorde = ["kost"]', "Bedoelt u cost"),
        ("[gewichten]\ngrenzen = { cost = [0.9, 1], quality = [0.2, 1] }", "samen meer dan 1"),
        ('[tegenvaller]\nbewijs = "niets"', "lezing van het bewijs"),
        ("[tegenvaller]\nlaag = 0.1", "'midden' en 'hoog'"),
        (FIGURE.replace("overhead_own", "overhead_owm"), "Bedoelt u figures.overhead_own"),
        (FIGURE.replace("midden = 0.5", "midden = 0.7"), "niet op volgorde"),
        (FIGURE + FIGURE, "twee keer"),
        (FIGURE.replace("bron = 'telling'", "bron = ''"), "mag niet leeg zijn"),
    ],
)
def test_weights_and_setbacks_that_do_not_fit_are_refused(tmp_path, table, word):
    with pytest.raises(InputError, match=word):
        question(tmp_path, f"{STUDY}\n{table}\n")


def test_steps_follow_each_other_and_the_laws_term_is_exact(asked_for):
    case = asked_for.case("soc")
    steps = steps_finding(case, "host", date(2026, 9, 1))
    likely = [step.likely for step in steps]
    assert likely == sorted(likely)
    place = next(i for i, step in enumerate(steps) if step.rule)
    assert (steps[place].soon - steps[place - 1].soon).days in {55, 56, 57}
    months = case.figure("forms.host.months")
    end = date(2026, 9, 1) + timedelta(days=round(float(np.median(months)) * 365.25 / 12))
    assert steps[-1].likely == end


def test_ranks_are_shares_and_every_score_has_a_reason(findings):
    for service in findings.services:
        rows = service.acceptability.alternatives
        assert sum(row.ranks[0] for row in rows) == pytest.approx(1)
        assert {row.key for row in rows} > {"alone", "nothing"}
        assert all(score.reason and 0 <= score.value <= 1 for row in rows for score in row.scores)
        cost = {s.criterion: s.mean for row in rows if row.key == "alone" for s in row.scores}["cost"]
        assert cost == pytest.approx(1)


def test_a_form_that_only_comes_too_late_is_not_called_forbidden(findings):
    for service in findings.services:
        late = {v.key for v in service.variants if any(g.outcome == "blocked" for g in v.gates)}
        assert late
        assert not any(each.blocked for each in service.acceptability.alternatives)


def test_quality_and_vulnerability_are_scored_from_what_was_measured(findings, asked_for):
    """With the same means as the quality findings tell, and as uncertain as these."""
    criteria = asked_for.catalogue.criteria
    for service in findings.services:
        rows = {row.key: {s.criterion: s for s in row.scores} for row in service.acceptability.alternatives}
        for group in service.quality.everyone:
            told = {each.criterion: each for each in group.criteria}
            for key in ("quality", "vulnerability"):
                parts = [part for part in criteria[key].parts if part in told]
                assert parts
                for name, side in ((group.variant, "together"), ("alone", "alone")):
                    scale = {part: criteria[key].parts[part] for part in parts}
                    ends = {
                        part: [
                            (value - each.worst) / (each.best - each.worst)
                            for value in (getattr(told[part], side).p10, getattr(told[part], side).p90)
                        ]
                        for part, each in scale.items()
                    }
                    clipped = [np.clip(end, 0, 1) for end in ends.values()]
                    score = rows[name][key]
                    assert np.mean([min(c) for c in clipped]) - 0.05 <= score.mean
                    assert score.mean <= np.mean([max(c) for c in clipped]) + 0.05
                    assert score.p10 <= score.mean <= score.p90
        assert rows["nothing"]["vulnerability"].mean <= rows["alone"]["vulnerability"].mean + 0.05
        assert "Werkdagen per jaar zonder iemand: " in rows["alone"]["vulnerability"].reason


def test_a_manned_seat_shows_in_the_score(findings):
    """Of two forms of the SOC only the body mans a seat day and night, in every draw."""
    service = next(s for s in findings.services if s.key == "soc")
    rows = {row.key: {s.criterion: s for s in row.scores} for row in service.acceptability.alternatives}
    assert rows["body_own"]["quality"].p10 > rows["host"]["quality"].p90 > rows["nothing"]["quality"].p10


def test_a_study_can_order_and_bound_the_weights(tmp_path):
    table = '[gewichten]\nvolgorde = ["legal", "cost"]\ngrenzen = { cost = [0.1, 0.3] }'
    asked = question(tmp_path, f"{STUDY}\n{table}\n")
    weights = study_weights(asked.study, asked.catalogue)
    keys = list(asked.catalogue.criteria)
    cost, legal = weights[:, keys.index("cost")], weights[:, keys.index("legal")]
    assert cost.min() >= 0.1
    assert cost.max() <= 0.3
    assert (legal >= cost - 1e-12).all()


def test_another_reading_of_the_evidence_equals_computing_anew(asked_for):
    explored = explore(asked_for.case("soc"), asked_for.study)
    group = make_group(explored.case, "host", (0, 1, 2, 3))
    key = explored.case.service.disappointment
    figure = asked_for.catalogue.figures["evidence.priors.cases.setback"]
    setback = setback_draws(explored, figure)
    assert figure.low <= setback.min()
    assert setback.max() <= figure.high
    draws = replace(asked_for.draws, values={**asked_for.draws.values, key: setback})
    case = replace(explored.case, draws=draws)
    anew = compare_alone(case).cost.sum(axis=1) - make_group(case, "host", (0, 1, 2, 3)).total.values
    assert saving_with(explored, group, setback) == pytest.approx(anew)


def test_a_replaced_prior_is_used_and_the_default_stays_beside_it(tmp_path, findings):
    told = found(question(tmp_path, STUDY + '\n[tegenvaller]\nbewijs = "cases"\n'))
    before = {p.key: p for p in findings.services[0].priors}
    after = {p.key: p for p in told.services[0].priors}
    assert before["default"].used
    assert not after["default"].used
    assert after["cases"].used
    for key in ("default", "cases", "panel"):
        one, other = before[key].everyone.saving.mean, after[key].everyone.saving.mean
        assert one == pytest.approx(other, rel=0.02, abs=2_000)
    used = after["cases"].everyone
    assert used.saving.mean == pytest.approx(
        next(v for v in told.services[0].variants if v.key == used.variant).everyone.saving.mean, abs=500
    )
    own = "\n[tegenvaller]\nlaag = 0\nmidden = 0.5\nhoog = 1\nbron = 'ons'\ndiensten = ['soc']\n"
    mine = found(question(tmp_path, STUDY + own))
    assert [p.key for p in mine.services[0].priors if p.used] == ["own"]
    assert [p.key for p in mine.services[1].priors if p.used] == ["default"]


def test_a_study_replaces_a_figure_and_no_other_draw_moves(tmp_path, asked_for):
    changed = question(tmp_path, f"{STUDY}\n{FIGURE}")
    key = "figures.overhead_own"
    assert changed.catalogue.figures[key].status == "own answer"
    assert changed.catalogue.replaced[key] == asked_for.catalogue.figures[key]
    moved = {k for k, values in changed.draws.values.items() if (values != asked_for.draws.values[k]).any()}
    assert moved == {key}
    assert 0.4 <= changed.draws.values[key].min() < changed.draws.values[key].max() <= 0.6


def test_a_figure_of_the_study_goes_before_its_reading_of_the_evidence(tmp_path, asked_for):
    key = asked_for.case("soc").service.disappointment
    own = FIGURE.replace("figures.overhead_own", key)
    told = found(question(tmp_path, f'{STUDY}\n[tegenvaller]\nbewijs = "cases"\n{own}'))
    used = {service.key: [p.key for p in service.priors if p.used] for service in told.services}
    assert used["soc"] == ["own"]
    assert told.services[1].key != "soc"
    assert used[told.services[1].key] == ["cases"]


def test_the_evidence_names_sources_and_shows_both_sides(findings):
    catalogue = load_catalogue()
    assert len(findings.evidence.studies) == len(catalogue.evidence.studies)
    assert all(s.source and s.effect and s.use and s.conditions for s in findings.evidence.studies)
    page = build_report(findings, run_name="run")
    for tension in findings.evidence.tensions:
        assert tension.one_says in page
        assert tension.other_says in page
    small = findings.evidence.tensions[0]
    assert ("Bel en Sebo" in small.one, "Allers en De Greef" in small.other) == (True, True)
