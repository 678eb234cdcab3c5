"""Small findings about quality, criteria, evidence and certainty for the tests of charts and report."""

from datetime import date
from typing import Any

from marke.findings import judged
from marke.findings import quality as parts
from marke.findings import uncertainty as told
from marke.findings import verdict as verdicts
from marke.findings.part import Amount


def amount(mean: float, spread: float = 0.1) -> Amount:
    width = abs(mean) * spread
    return Amount(mean=mean, error=width / 100, p10=mean - width, p90=mean + width)


def criterion(key: str, alone: float, together: float, outcome: Any) -> parts.CriterionFinding:
    return parts.CriterionFinding(
        criterion=key,
        unit="werkdagen/jaar",
        alone=amount(alone),
        together=amount(together),
        margin=5.0,
        better=0.9 if outcome == "better" else 0.1,
        worse=0.9 if outcome == "worse" else 0.05,
        outcome=outcome,
    )


def quality(codes: tuple[str, ...]) -> parts.QualityFinding:
    criteria = (criterion("continuity", 48.0, 2.0, "better"), criterion("concentration", 0.25, 0.95, "worse"))
    everyone = parts.GroupQuality(variant="host", codes=codes, criteria=criteria, night=None)
    return parts.QualityFinding(
        everyone=(everyone,),
        best=everyone,
        players=tuple(parts.PlayerQuality(codes=(code,), criteria=criteria) for code in codes),
        level=parts.LevelFinding(reached=amount(0.6), short=None),
        bought=1,
        utilisation=0.8,
        chance=0.8,
    )


def alternative(key: str, codes: tuple[str, ...], first: float) -> judged.AlternativeFinding:
    return judged.AlternativeFinding(
        key=key,
        label=f"{key} (proef)",
        short=key,
        codes=codes if key == "host" else (),
        blocked=key == "host",
        ranks=(first, 1 - first),
        error=0.004,
        central=(("cost", 0.6), ("control", 0.4)) if first else (),
        confidence=0.8 if first else 0.0,
        favoured=("cost",) if first else (),
        scores=tuple(
            judged.ScoreFinding(criterion=c, mean=1.1, p10=1.0, p90=1.2, value=0.4, reason=f"Zo is {c}.")
            for c in ("cost", "control")
        ),
    )


def acceptability(codes: tuple[str, ...]) -> judged.AcceptabilityFinding:
    return judged.AcceptabilityFinding(
        criteria=tuple(
            judged.CriterionFinding(
                key=key,
                label=label,
                definition="Wat het is.",
                how="Berekend.",
                unit="deel",
                worst=1.5,
                best=0.5,
                four_k=key == "cost",
                computed=key == "cost",
            )
            for key, label in (("cost", "kosten"), ("control", "sturing"))
        ),
        alternatives=(alternative("host", codes, 0.7), alternative("alone", codes, 0.3)),
        samples=512,
        weights="alle gewichten even vaak",
    )


def prior(key: str, codes: tuple[str, ...], saving: float) -> judged.PriorFinding:
    outcome = judged.PriorOutcome(codes=codes, variant="host", saving=amount(saving, 0.5), chance=0.4)
    return judged.PriorFinding(
        key=key,
        label=f"lezing {key}",
        reason="Zo gelezen.",
        low=-0.05,
        mode=0.0,
        high=0.1,
        source="Tijdschrift",
        used=key == "default",
        everyone=outcome,
        best=outcome,
    )


def uncertainty(key: str, codes: tuple[str, ...], saving: float, answer: str) -> told.UncertaintyFinding:
    """The box and the turning point are there only where the answer is uncertain."""
    figure = f"{key}.disappointment"
    tried = told.Search(case="pays", share=0.01, wanted=0.8, outcome="hardly", boxes=())
    limit = told.BoxLimit(
        figure=figure,
        label="tegenvaller",
        unit="deel",
        least=-0.05,
        most=0.25,
        low=None,
        high=0.0123,
        quasi_p=1e-9,
    )
    box = told.BoxFinding(limits=(limit,), coverage=0.61, density=0.82, support=0.3)
    found = told.Search(case="pays", share=0.4, wanted=0.8, outcome="found", boxes=(box,))
    turn = 0.0456 if answer == "uncertain" else None
    return told.UncertaintyFinding(
        variant="host",
        label="centrumregeling: een gastheer doet het",
        codes=codes,
        saving=amount(saving, 0.5),
        base=saving * 1.1,
        influences=tuple(
            told.Influence(
                figure=name, label=label, status=status, share=share, low=share - 0.02, high=share + 0.02
            )
            for name, label, status, share in (
                (figure, "tegenvaller", "assumption", 0.56),
                ("figures.hours", "uren", "sourced", 0.1),
            )
        ),
        swings=(
            told.SwingFinding(
                figure=figure,
                label="tegenvaller",
                unit="deel",
                status="assumption",
                low=-0.05,
                mode=0.03,
                high=0.25,
                at_low=saving + 40_000,
                at_high=saving - 90_000,
            ),
        ),
        break_even=(
            told.BreakEven(
                figure=figure,
                label="tegenvaller",
                unit="deel",
                low=-0.05,
                mode=0.03,
                high=0.25,
                value=turn,
                pays="below" if turn else "always" if saving > 0 else "never",
                chance=0.4 if turn else float(saving > 0),
                at_low=saving + 30_000,
                at_high=saving - 80_000,
            ),
        ),
        searches=(found if answer == "uncertain" else tried,),
        price=60_000.0,
        half=amount(saving / 2 - 30_000),
        half_chance=0.3,
        half_chance_error=0.005,
        regret_together=amount(15_000.0),
        regret_alone=amount(25_000.0),
    )


OUTCOMES = {"attractive": "attractive", "uncertain": "undecided", "dearer": "no_case"}
"""The verdict that goes with an answer about the money."""


def verdict(codes: tuple[str, ...], saving: float, answer: str) -> verdicts.VerdictFinding:
    outcome: Any = OUTCOMES[answer]
    good = answer == "attractive"
    return verdicts.VerdictFinding(
        outcome=outcome,
        feasible="not_yet",
        attractive="yes" if good else "no",
        variant="host",
        label="centrumregeling: een gastheer doet het",
        codes=codes,
        saving=amount(saving, 0.5),
        saving_share=saving / 1_000_000,
        alone=amount(1_000_000),
        material=0.9 if good else 0.02,
        material_error=0.001,
        cheaper=0.1,
        cheaper_error=0.004,
        slack=0.002,
        better=("continuity",),
        worse=("presence",),
        comparators=(("eigen mensen", len(codes)),),
        start=date(2027, 9, 9),
        unsettled=("een gastheer die wil",),
        deciding=("een gastheer die wil",) if answer == "uncertain" else (),
        forbidding=(),
        conditions=None,
        ceiling=12_000.0,
        ceiling_error=300.0,
        answers=(),
        thresholds=(),
        levels=(),
        lost=1.7,
        key="per_inhabitant",
        municipalities=tuple(
            verdicts.MunicipalVerdict(
                codes=(code,),
                outcome=outcome,
                variant="host",
                group=codes,
                saving=amount(saving / len(codes), 0.5),
                saving_share=saving / 1_000_000,
                chance=0.9 if good else 0.1,
                material=0.9 if good else 0.02,
                gains=("equal",),
                keys=8,
                better=("continuity",),
                worse=("presence",),
                answers=(),
            )
            for code in codes
        ),
    )
