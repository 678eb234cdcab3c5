"""The part of the findings about quality: what becomes better or worse besides money."""

from typing import Literal

from marke.findings.part import Amount, Part


class CriterionFinding(Part):
    """One criterion, alone against together, in ``unit``.

    ``better`` and ``worse`` are the shares of draws in which together is so by at least ``margin``;
    ``outcome`` is what holds in at least the study's chance of the draws.
    """

    criterion: str
    unit: str
    alone: Amount
    together: Amount
    margin: float
    better: float
    worse: float
    outcome: Literal["better", "worse", "equal", "uncertain"]


class NightFinding(Part):
    """Shares of draws in which the people suffice for a manned seat, and at least for an on-call duty."""

    manned_alone: float
    on_call_alone: float
    manned_together: float
    on_call_together: float


class GroupQuality(Part):
    """One coalition in one joint variant: every criterion as the mean over its members.

    ``night`` is None for a service that works in office hours only.
    """

    variant: str
    codes: tuple[str, ...]
    criteria: tuple[CriterionFinding, ...]
    night: NightFinding | None


class PlayerQuality(Part):
    """One player, alone against all together in the cheapest form."""

    codes: tuple[str, ...]
    criteria: tuple[CriterionFinding, ...]


class LevelFinding(Part):
    """How far estimated staff reaches the level: ``reached`` is the mean share of its hours over players.

    ``short`` counts the players that fall short in most draws, None when fewer than five.
    """

    reached: Amount
    short: int | None


class QualityFinding(Part):
    """What becomes better or worse: ``everyone`` per joint variant, the best group, and every player.

    ``bought`` counts the players whose cheapest alone variant is bought, and is measured as if own people did
    it. ``utilisation`` is the mean part of the time that is planned full; ``chance`` decides each outcome.
    """

    everyone: tuple[GroupQuality, ...]
    best: GroupQuality
    players: tuple[PlayerQuality, ...]
    level: LevelFinding
    bought: int
    utilisation: float
    chance: float
