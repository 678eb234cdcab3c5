"""The shape of what is told about who stays, who moves, and which groups are offered."""

from typing import Annotated

from marke.findings.part import By, Codes, Part


class CoreFinding(Part):
    """How far all players together are from a division that no smaller group would leave, euro a year.

    ``epsilon`` is the least core's: what the most discontented group gains at best; ``stable`` when it is at
    most the tolerance of the study. Over a sample of draws: the band of epsilon, and the share of draws in
    which it is above the tolerance; None where no sample was taken.
    """

    epsilon: Annotated[
        float, By("least core: wat de ontevredenste groep ten minste wint door apart te gaan", step="groups")
    ]
    stable: Annotated[
        bool, By("epsilon ≤ drempel × kosten samen", "epsilon", "everyone.cost", "study.stability")
    ]
    sample: Annotated[int, By("trekkingen waarin het spel apart is opgelost", "study.draws")]
    p10: Annotated[float | None, By("P10 van epsilon over die trekkingen", "sample", step="groups")]
    p90: Annotated[float | None, By("P90 van epsilon over die trekkingen", "sample", step="groups")]
    unstable: Annotated[
        float | None, By("deel van die trekkingen met epsilon boven de drempel", "sample", "study.stability")
    ]


class MoveFinding(Part):
    """What changes, euro a year, when ``codes`` leave or enter a group divided by Shapley.

    ``others`` is what the rest pays more together, ``most`` what the hardest hit of them (``hit``) pays more,
    ``own`` what the movers pay more.
    """

    codes: Codes
    others: Annotated[float, By("Shapley na − Shapley voor, opgeteld over wie blijft", step="groups")]
    most: Annotated[float, By("Shapley na − Shapley voor, van wie het meest betaalt", step="groups")]
    hit: Annotated[tuple[str, ...], By("wie van hen het meest gaat betalen", step="groups")]
    own: Annotated[float, By("Shapley na − Shapley voor, van wie gaat of komt", step="groups")]


class MovesFinding(Part):
    """What one player leaving, two leaving, and one entering do to a group in one variant."""

    variant: str
    codes: Codes
    leaving: tuple[MoveFinding, ...]
    two_leaving: tuple[MoveFinding, ...]
    entering: tuple[MoveFinding, ...]


class GrowthStep(Part):
    """One step of a growth path: who came, the expected saving then, and how many members pay more by it."""

    codes: Codes
    added: Annotated[tuple[str, ...], By("wie de groep het meest helpt", step="groups")]
    saving: Annotated[float, By("alleen − samen, in verwachting", step="saving")]
    saving_share: Annotated[float, By("besparing / alleen", "saving", step="alone")]
    worse_off: Annotated[int, By("leden die volgens Shapley meer betalen dan een stap eerder", step="groups")]


class OfferFinding(Part):
    """A group as one player sees it: its expected cost under Shapley there, and alone, euro a year."""

    variant: str
    codes: Codes
    cost: Annotated[float, By("zijn deel van de kosten samen volgens Shapley", step="joint")]
    alone: Annotated[float, By("zijn goedkoopste manier alleen", "players.alone")]


class PlayerOffers(Part):
    """The groups that leave one player cheapest off, best first."""

    codes: Codes
    offers: tuple[OfferFinding, ...]


class StructureGroup(Part):
    """One group of a division: ``variant`` is empty for a player that stays alone."""

    codes: Annotated[tuple[str, ...], By("de indeling met de laagste verwachte kosten", step="groups")]
    variant: str
    cost: Annotated[float, By("verwachte kosten in de goedkoopste vorm, of alleen", step="formed")]


class StructureShare(Part):
    """A division into groups (codes, without who stays alone) and the share of draws that it is best in."""

    groups: Annotated[
        tuple[tuple[str, ...], ...], By("de goedkoopste indeling in die trekkingen", step="groups")
    ]
    share: Annotated[float, By("deel van die trekkingen waarin dit de goedkoopste indeling is", "sample")]


class StructureFinding(Part):
    """The division of all players into groups that costs least in expectation, euro a year.

    ``alone`` is what everyone apart costs, ``together`` everyone in one group in the cheapest form.
    ``frequency`` is the share of ``sample`` draws in which this division is the cheapest, ``others`` the
    divisions that are cheapest most often; None and empty where no sample was taken.
    """

    groups: tuple[StructureGroup, ...]
    cost: Annotated[float, By("som over de groepen van de goedkoopste indeling", "groups")]
    alone: Annotated[float, By("iedereen apart, in verwachting", step="alone")]
    together: Annotated[float, By("iedereen samen in de goedkoopste vorm, in verwachting", step="joint")]
    sample: Annotated[int, By("trekkingen waarin de beste indeling apart is gezocht", "study.draws")]
    frequency: Annotated[
        float | None, By("deel van die trekkingen waarin deze indeling het goedkoopst is", "sample")
    ]
    others: tuple[StructureShare, ...]
