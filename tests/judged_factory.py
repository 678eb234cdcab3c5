"""Small findings about quality, criteria and evidence for the tests of charts and report."""

from typing import Any

from marke.findings import judged
from marke.findings import quality as parts
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
