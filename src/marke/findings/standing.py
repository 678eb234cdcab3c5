"""The shape of what is told about who stays, who moves, and which groups are offered."""

from marke.findings.part import Part


class CoreFinding(Part):
    """How far all players together are from a division that no smaller group would leave, euro a year.

    ``epsilon`` is the least core's: what the most discontented group gains at best; ``stable`` when it is at
    most the tolerance of the study. Over a sample of draws: the band of epsilon, and the share of draws in
    which it is above the tolerance; None where no sample was taken.
    """

    epsilon: float
    stable: bool
    sample: int
    p10: float | None
    p90: float | None
    unstable: float | None


class MoveFinding(Part):
    """What changes, euro a year, when ``codes`` leave or enter a group divided by Shapley.

    ``others`` is what the rest pays more together, ``most`` what the hardest hit of them (``hit``) pays more,
    ``own`` what the movers pay more.
    """

    codes: tuple[str, ...]
    others: float
    most: float
    hit: tuple[str, ...]
    own: float


class MovesFinding(Part):
    """What one player leaving, two leaving, and one entering do to a group in one variant."""

    variant: str
    codes: tuple[str, ...]
    leaving: tuple[MoveFinding, ...]
    two_leaving: tuple[MoveFinding, ...]
    entering: tuple[MoveFinding, ...]


class GrowthStep(Part):
    """One step of a growth path: who came, the expected saving then, and how many members pay more by it."""

    codes: tuple[str, ...]
    added: tuple[str, ...]
    saving: float
    saving_share: float
    worse_off: int


class OfferFinding(Part):
    """A group as one player sees it: its expected cost under Shapley there, and alone, euro a year."""

    variant: str
    codes: tuple[str, ...]
    cost: float
    alone: float


class PlayerOffers(Part):
    """The groups that leave one player cheapest off, best first."""

    codes: tuple[str, ...]
    offers: tuple[OfferFinding, ...]


class StructureGroup(Part):
    """One group of a division: ``variant`` is empty for a player that stays alone."""

    codes: tuple[str, ...]
    variant: str
    cost: float


class StructureShare(Part):
    """A division into groups (codes, without who stays alone) and the share of draws that it is best in."""

    groups: tuple[tuple[str, ...], ...]
    share: float


class StructureFinding(Part):
    """The division of all players into groups that costs least in expectation, euro a year.

    ``alone`` is what everyone apart costs, ``together`` everyone in one group in the cheapest form.
    ``frequency`` is the share of ``sample`` draws in which this division is the cheapest, ``others`` the
    divisions that are cheapest most often; None and empty where no sample was taken.
    """

    groups: tuple[StructureGroup, ...]
    cost: float
    alone: float
    together: float
    sample: int
    frequency: float | None
    others: tuple[StructureShare, ...]
