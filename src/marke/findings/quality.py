"""The part of the findings about quality: what becomes better or worse besides money."""

from typing import Annotated, Literal

from marke.findings.part import Amount, By, Codes, Part


class CriterionFinding(Part):
    """One criterion, alone against together, in ``unit``.

    ``better`` and ``worse`` are the shares of draws in which together is so by at least ``margin``;
    ``outcome`` is what holds in at least the study's chance of the draws.
    """

    criterion: str
    unit: str
    alone: Annotated[Amount, By("gemiddelde van de deelnemers, ieder alleen", step="measured_alone")]
    together: Annotated[Amount, By("gemiddelde van de deelnemers, samen", step="measured_together")]
    margin: Annotated[float, By("vanaf welk verschil het telt", step="margin")]
    better: Annotated[
        float,
        By("deel van de trekkingen waarin samen ten minste de marge beter is", "alone", "together", "margin"),
    ]
    worse: Annotated[
        float,
        By(
            "deel van de trekkingen waarin samen ten minste de marge slechter is",
            "alone",
            "together",
            "margin",
        ),
    ]
    outcome: Annotated[
        Literal["better", "worse", "equal", "uncertain"],
        By("wat in ten minste de gevraagde kans van de trekkingen geldt", "better", "worse", "study.chance"),
    ]


class NightFinding(Part):
    """Shares of draws in which the people suffice for a manned seat, and at least for an on-call duty."""

    manned_alone: Annotated[
        float, By("deel van de trekkingen met genoeg mensen voor een bemande plaats", step="measured_alone")
    ]
    on_call_alone: Annotated[
        float, By("deel van de trekkingen met genoeg mensen voor een oproepdienst", step="measured_alone")
    ]
    manned_together: Annotated[
        float,
        By("deel van de trekkingen met genoeg mensen voor een bemande plaats", step="measured_together"),
    ]
    on_call_together: Annotated[
        float, By("deel van de trekkingen met genoeg mensen voor een oproepdienst", step="measured_together")
    ]


class GroupQuality(Part):
    """One coalition in one joint variant: every criterion as the mean over its members.

    ``night`` is None for a service that works in office hours only.
    """

    variant: str
    codes: Codes
    criteria: tuple[CriterionFinding, ...]
    night: NightFinding | None


class PlayerQuality(Part):
    """One player, alone against all together in the cheapest form."""

    codes: Codes
    criteria: tuple[CriterionFinding, ...]


class LevelFinding(Part):
    """How far estimated staff reaches the level: ``reached`` is the mean share of its hours over players.

    ``short`` counts the players that fall short in most draws, None when fewer than five.
    """

    reached: Annotated[
        Amount, By("min(1, formatie nu × productieve uren / uren van het niveau), gemiddeld", step="today")
    ]
    short: Annotated[
        int | None, By("deelnemers die in de meeste trekkingen tekortkomen; onder vijf geen getal", "reached")
    ]


class QualityFinding(Part):
    """What becomes better or worse: ``everyone`` per joint variant, the best group, and every player.

    ``bought`` counts the players whose cheapest alone variant is bought, and is measured as if own people did
    it. ``utilisation`` is the mean part of the time that is planned full; ``chance`` decides each outcome.
    """

    everyone: tuple[GroupQuality, ...]
    best: GroupQuality
    players: tuple[PlayerQuality, ...]
    level: LevelFinding
    bought: Annotated[int, By("deelnemers van wie de goedkoopste manier alleen is ingekocht", step="alone")]
    utilisation: Annotated[float, By("gemiddelde van het cijfer", step="utilisation")]
    chance: Annotated[float, By("instelling van de studie", "study.chance")]
