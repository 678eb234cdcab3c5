"""Small findings for the tests of charts and report: four municipalities."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from judged_factory import acceptability, amount, prior, quality, uncertainty, verdict
from ledger_factory import CALENDAR, ledger
from marke.dutch import KEYS
from marke.findings import judged, model, standing
from marke.findings.route import route

NAMES = ("Almelo", "Borne", "Losser", "Wierden")
CODES = ("GM0141", "GM0147", "GM0168", "GM0189")
ALONE = (400_000.0, 200_000.0, 210_000.0, 190_000.0)
SECRET = "GM9999"  # noqa: S105
"""Stands in for a blocking group: it may not reach the page."""
SAVINGS = {"attractive": 150_000.0, "uncertain": 20_000.0, "dearer": -90_000.0}


def burden(place: int, key: str, names: Sequence[str], cost: float) -> model.Burden:
    share = ALONE[place] / sum(ALONE)
    charge = cost * share
    return model.Burden(
        code=CODES[place],
        name=names[place],
        key=key,
        share=share,
        contribution=charge * 0.8,
        vat=charge * 0.02,
        own=charge * 0.18,
        unreleased=12_345.0,
        net=charge + 12_345.0,
        one_off=33_333.0 * share,
        today=100_000.0 + place,
        alone=ALONE[place],
        equivalent=charge,
    )


def group(places: Sequence[int], names: Sequence[str], saving: float, answer: str) -> model.GroupFinding:
    alone = sum(ALONE[i] for i in places)
    cost = alone - saving
    chance = {"attractive": 0.93, "uncertain": 0.6, "dearer": 0.0}[answer]
    return model.GroupFinding(
        variant="host",
        label="centrumregeling: een gastheer doet het",
        codes=tuple(CODES[i] for i in places),
        cost=amount(cost),
        saving=amount(saving, 0.5),
        saving_second=saving + 1_000,
        chance=chance,
        chance_error=0.004,
        material=chance * 0.9,
        material_error=0.004,
        cheaper=0.0,
        cheaper_error=0.001,
        alone=amount(alone),
        today=amount(100_000.0 * len(places)),
        one_off=amount(55_555.0),
        team=amount(2.4),
        charge=cost * 0.8,
        own=cost * 0.18,
        vat=cost * 0.02,
        annuity=7_000.0,
        per_inhabitant=5.25,
        burdens=tuple(burden(i, key, names, cost) for key in KEYS for i in places),
        keys=tuple(
            model.KeyFinding(
                key=key,
                defined=True,
                follows_inhabitants=key == "per_use",
                blocking=(SECRET,),
                gain=98_765_432.0,
                blocked=None if key == "nucleolus" else 0.37,
                often_blocking=(SECRET,),
                often=0.2,
            )
            for key in KEYS
        ),
    )


def variant(names: Sequence[str], saving: float, answer: str) -> model.VariantFinding:
    share = saving / sum(ALONE)
    return model.VariantFinding(
        key="host",
        label="centrumregeling: een gastheer doet het",
        short="centrumregeling",
        basis="Wgr artikel 8",
        exit="Boekwaarde bij de gastheer.",
        earliest=(date(2027, 9, 1), date(2028, 1, 1), date(2028, 6, 1)),
        everyone=group(range(4), names, saving, answer),
        sizes=tuple(
            model.SizeFinding(
                size=size,
                count=count,
                low=4.0,
                median=5.0,
                high=6.0,
                best=CODES[:size],
                best_cost=4.0,
                best_saving=share,
            )
            for size, count in ((1, 4), (2, 6), (3, 4), (4, 1))
        ),
        cloud=tuple(
            model.CloudCell(size=size, low=share - 0.1 * step, high=share - 0.1 * (step - 1), count=count)
            for size, step, count in ((2, 1, 1), (2, 2, 5), (3, 1, 3), (3, 3, 1), (4, 1, 1))
        ),
        saving_positive=0.0 if answer == "dearer" else 0.4,
        core=standing.CoreFinding(
            epsilon=12_000.0,
            stable=answer == "attractive",
            sample=128,
            p10=9_000.0,
            p90=15_000.0,
            unstable=0.25,
        ),
        growth=(
            standing.GrowthStep(
                codes=CODES[:2], added=CODES[:2], saving=saving / 2, saving_share=share / 2, worse_off=0
            ),
            standing.GrowthStep(
                codes=CODES[:3], added=CODES[2:3], saving=saving, saving_share=share, worse_off=1
            ),
        ),
        gates=(
            model.GateFinding(
                gate="lead_time",
                forbids=False,
                label="doorlooptijd",
                outcome="blocked",
                reason="Te laat.",
                resolve="Begin eerder.",
                ground="computed",
                source="Eigen inschatting",
                day=date(2026, 12, 1),
                rules=(),
            ),
            model.GateFinding(
                gate="vat",
                forbids=False,
                label="btw",
                outcome="unknown",
                reason="Niet bekend.",
                resolve="Vraag advies.",
                ground="rule",
                source="",
                day=date(2026, 12, 1),
                rules=(
                    judged.CitedRule(
                        id="vat",
                        label="btw-tarief",
                        article="Wet OB, artikel 9",
                        source="Belastingdienst",
                        in_force=False,
                        in_force_from=date(2028, 8, 15),
                    ),
                ),
            ),
        ),
        steps=(
            judged.StepFinding(
                label="voorbereiding",
                soon=date(2027, 2, 1),
                likely=date(2027, 3, 1),
                late=date(2027, 5, 1),
                rule="",
            ),
        ),
    )


def move(others: float) -> standing.MoveFinding:
    return standing.MoveFinding(codes=(SECRET,), others=others, most=others / 2, hit=(SECRET,), own=1.0)


def structure(answer: str) -> standing.StructureFinding:
    """All in one group when attractive, two of the four when uncertain, nobody when dearer."""
    divided = {
        "attractive": [(0, 1, 2, 3)],
        "uncertain": [(0,), (1, 2), (3,)],
        "dearer": [(0,), (1,), (2,), (3,)],
    }
    groups = tuple(
        standing.StructureGroup(
            codes=tuple(CODES[place] for place in places),
            variant="host" if len(places) > 1 else "",
            cost=sum(ALONE[place] for place in places) * (0.9 if len(places) > 1 else 1.0),
        )
        for places in divided[answer]
    )
    return standing.StructureFinding(
        groups=groups,
        cost=sum(g.cost for g in groups),
        alone=sum(ALONE),
        together=0.9 * sum(ALONE),
        sample=128,
        frequency=0.75,
        others=(),
    )


def service(key: str, answer: Any, names: Sequence[str], budgeted: float | None) -> model.ServiceFinding:
    saving = SAVINGS[answer]
    best = group((0, 1, 2), names, saving / 2, answer)
    return model.ServiceFinding(
        key=key,
        label=f"dienst {key} (proef)",
        short=f"dienst {key}",
        motion=f"een gezamenlijke {key}",
        summary="Een dienst om mee te proeven.",
        level="basis",
        norm="geen",
        answer=answer,
        overlaps=False,
        players=tuple(
            model.PlayerFinding(
                name=names[i],
                codes=(CODES[i],),
                inhabitants=30_000,
                alone=amount(ALONE[i]),
                alone_variant="eigen mensen",
                second_variant="inhuur",
                second_mean=ALONE[i] * 1.2,
                tie=i == 3,
                today=amount(100_000.0),
            )
            for i in range(4)
        ),
        today=amount(400_000.0),
        today_answered=0,
        budgeted=budgeted,
        budgeted_answered=0 if budgeted is None else 4,
        alone=amount(sum(ALONE)),
        alone_variants=(("inhuur", 1_200_000.0), ("eigen mensen", sum(ALONE))),
        unavailable=("Er is geen raamcontract.",),
        everyone="host",
        variants=(variant(names, saving, answer),),
        best=best,
        viewpoint_best=best,
        structure=structure(answer),
        method=model.MethodFinding(kind="exact", groups=11, possible=11),
        moves=(
            standing.MovesFinding(
                variant="host",
                codes=CODES,
                leaving=(move(-5.0), move(8_000.0)),
                two_leaving=(move(17_000.0),),
                entering=(),
            ),
        ),
        offers=(),
        ledger=ledger(key, CODES, names),
        quality=quality(CODES),
        acceptability=acceptability(CODES),
        priors=tuple(prior(each, CODES, saving) for each in ("default", "panel")),
        uncertainty=(uncertainty(key, CODES, saving, answer),),
        verdict=verdict(CODES, saving, answer),
    )


def figure(key: str, status: str) -> model.FigureFinding:
    return model.FigureFinding(
        id=key,
        label="uren per jaar",
        low=1_300.0,
        mode=1_363.5,
        high=1_400.0,
        unit="uur/fte/jaar",
        year=2026,
        source="Handleiding",
        status=status,
        strength="judgement",
        note="Met een noot.",
    )


def findings(
    *answers: str, names: Sequence[str] = NAMES, budgeted: float | None = None, keys: Sequence[str] = "abc"
) -> model.Findings:
    """Build findings with one service an answer."""
    services = tuple(
        service(key, answer, names, budgeted) for key, answer in zip(keys, answers, strict=False)
    )
    return model.Findings(
        schema_version=model.SCHEMA_VERSION,
        marke_version="0.0.0",
        study=model.StudyFinding(
            name="Proef",
            question="Is samen goedkoper?",
            region="Twente",
            viewpoint=names[1],
            viewpoint_code=CODES[1],
            viewer="",
            reference_date=date(2026, 12, 1),
            wanted_start=date(2027, 1, 1),
            price_year=2026,
            inhabitants_year=2026,
            horizon=8,
            discount_rate=0.0225,
            draws=512,
            seed=7,
            materiality=0.03,
            chance=0.8,
            stability=0.01,
            premium=0.05,
            answer=0.01,
        ),
        municipalities=tuple(
            model.MunicipalityFinding(code=code, name=name, inhabitants=30_000)
            for code, name in zip(CODES, names, strict=True)
        ),
        partnerships=(
            model.PartnershipFinding(
                name="Blok",
                members=tuple(names[2:]),
                services=("dienst a",),
                subject="één speler",
                source="Krant",
                is_bloc=True,
            ),
        ),
        services=services,
        figures=(figure("figures.hours", "sourced"), figure("a.disappointment", "assumption")),
        rules=(
            model.RuleFinding(
                id="vat",
                label="btw-tarief",
                article="artikel 9",
                in_force=False,
                in_force_from=date(2028, 8, 15),
                source="Wet op de omzetbelasting",
            ),
        ),
        route=route(services),
        evidence=judged.EvidenceFinding(
            studies=(
                judged.EvidenceStudyFinding(
                    key="one",
                    label="Studie Een",
                    place="Nederland",
                    years="2010",
                    says="dearer",
                    effect="Duurder.",
                    conditions="Klein.",
                    strength="statistic",
                    use="Hoge kant.",
                    source="Tijdschrift",
                ),
            ),
            tensions=(
                judged.TensionFinding(
                    question="Winnen kleine?",
                    one=("Studie Een",),
                    one_says="Nee.",
                    other=("Studie Twee",),
                    other_says="Ja.",
                    told="Beide tellen.",
                ),
            ),
        ),
        calendar=CALENDAR,
        answers_given=3,
        answers_possible=56,
        assumed=0.5,
        influence_assumed=0.9,
    )
