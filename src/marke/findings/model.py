"""The shape of the findings: what ``findings.json`` holds. Its JSON Schema is published with every run."""

from datetime import date
from typing import Annotated, Literal, Protocol

from marke.findings.booked import LedgerFinding
from marke.findings.calendar import CalendarFinding
from marke.findings.judged import AcceptabilityFinding, EvidenceFinding, PriorFinding, StepFinding
from marke.findings.judged import GateFinding as GateFinding
from marke.findings.part import Amount as Amount
from marke.findings.part import By, Codes, Given, traceable
from marke.findings.part import Part as Part
from marke.findings.quality import QualityFinding
from marke.findings.shares import CheaperError, Enough, EnoughError, Saves, error_of
from marke.findings.standing import CoreFinding, GrowthStep, MovesFinding, PlayerOffers, StructureFinding
from marke.findings.uncertainty import UncertaintyFinding
from marke.findings.verdict import RouteStep, VerdictFinding

SCHEMA_VERSION = 6


class MunicipalityFinding(Part):
    """A municipality of the region; ``inhabitants`` on 1 January of the study's year."""

    code: str
    name: str
    inhabitants: Annotated[int, Given("CBS, 1 januari van het genoemde jaar")]


class PlayerFinding(Part):
    """A player (one municipality or a bloc), with its alone cost and today's cost, euro a year.

    ``tie`` is true when the two cheapest alone variants differ by less than two standard errors.
    """

    name: str
    codes: Codes
    inhabitants: Annotated[int, Given("CBS, 1 januari van het genoemde jaar")]
    alone: Annotated[Amount, By("de manier alleen die naar verwachting het goedkoopst is", step="alone")]
    alone_variant: str
    second_variant: str
    second_mean: Annotated[float, By("gemiddelde van de op één na goedkoopste manier alleen", step="second")]
    tie: Annotated[bool, By("het verschil is kleiner dan twee standaardfouten", "alone", "second_mean")]
    today: Annotated[Amount, By("personeel + uitgaven + btw die niet terugkomt", step="today")]


class Burden(Part):
    """What one municipality bears under one key, expected euro a year (``one_off``: once).

    ``contribution`` is its share of the charge, ``vat`` its net VAT on it, ``own`` what it pays itself,
    ``unreleased`` what remains of today's cost; ``net`` is their sum. ``share`` is its part of what is joint.
    """

    code: str
    name: str
    key: str
    share: Annotated[float, By("deel volgens de sleutel", step="burden")]
    contribution: Annotated[float, By("deel × gezamenlijke kosten", "share", "charge")]
    vat: Annotated[float, By("deel × btw over de gezamenlijke kosten", "share", "vat")]
    own: Annotated[float, By("eigen werk, opdrachtgeven en eigen regels", step="burden")]
    unreleased: Annotated[float, By("kosten nu × (1 − vrijval)", step="burden")]
    net: Annotated[
        float,
        By("bijdrage + btw + eigen kosten + wat van nu blijft", "contribution", "vat", "own", "unreleased"),
    ]
    one_off: Annotated[float, By("deel × eenmalige kosten", "share", step="one_off")]
    today: Annotated[float, By("personeel + uitgaven + btw die niet terugkomt", step="today")]
    alone: Annotated[float, By("de goedkoopste manier alleen", step="alone")]
    equivalent: Annotated[
        float,
        By(
            "bijdrage + btw + eigen kosten + deel × eenmalige kosten per jaar",
            "contribution",
            "vat",
            "own",
            "share",
            "annuity",
        ),
    ]


class KeyFinding(Part):
    """How a key fares: the group that would gain most by standing apart in the expected game.

    ``defined`` is false where the key divides nothing here (no tau value, say). ``follows_inhabitants``: it
    rests on drivers that nobody answered. ``blocked`` is the share of draws in which some group would gain
    more than the tolerance, and ``often_blocking`` the group that then gains most in the largest share of
    draws (``often``); they are known for all players together, and for the keys that divide every draw.
    """

    key: str
    defined: Annotated[bool, By("of de sleutel hier een verdeling geeft", step="joint")]
    follows_inhabitants: Annotated[
        bool, By("of alles waar de sleutel op rust uit inwoners is geschat", step="joint")
    ]
    blocking: Annotated[
        tuple[str, ...], By("de kleinere groep die het meest wint door apart te gaan", step="groups")
    ]
    gain: Annotated[float, By("het meeste dat een kleinere groep wint door apart te gaan", step="groups")]
    blocked: Annotated[
        float | None,
        By(
            "deel van de trekkingen met een groep die meer wint dan de drempel",
            "study.stability",
            step="groups",
        ),
    ]
    often_blocking: Annotated[
        tuple[str, ...], By("de groep die in de meeste trekkingen het meest wint", step="groups")
    ]
    often: Annotated[
        float | None, By("deel van de trekkingen waarin deze groep het meest wint", step="groups")
    ]


class GroupFinding(Part):
    """One coalition in one joint variant, computed exactly over all draws.

    Chances are shares of draws, each with its standard error; ``saving`` is against alone, ``saving_second``
    its mean against the second-cheapest alone variant; ``per_inhabitant`` is euro a year.
    """

    variant: str
    label: str
    codes: Codes
    cost: Annotated[Amount, By("som van de regels", step="joint")]
    saving: Annotated[Amount, By("alleen − samen", "alone", "cost")]
    saving_second: Annotated[float, By("op één na goedkoopste manier alleen − samen", "cost", step="second")]
    chance: Saves
    chance_error: Annotated[float, error_of("chance")]
    material: Enough
    material_error: EnoughError
    cheaper: Annotated[float, By("deel van de trekkingen met samen < nu", "cost", "today")]
    cheaper_error: CheaperError
    alone: Annotated[Amount, By("de goedkoopste manier alleen, opgeteld", step="alone")]
    today: Annotated[Amount, By("personeel + uitgaven + btw die niet terugkomt, opgeteld", step="today")]
    one_off: Annotated[Amount, By("voorbereiding, overgang en werving × overschrijding", step="one_off")]
    team: Annotated[Amount, By("het gezamenlijke team", step="team")]
    charge: Annotated[float, By("kosten van het team en wat erbij hoort × (1 + tegenvaller)", step="charge")]
    own: Annotated[float, By("eigen werk en opdrachtgeven van de leden", step="own")]
    vat: Annotated[float, By("btw die niet terugkomt", step="vat")]
    annuity: Annotated[float, By("eenmalige kosten × annuïteit", step="annuity")]
    per_inhabitant: Annotated[float, By("samen / inwoners van de groep", "cost")]
    burdens: tuple[Burden, ...]
    keys: tuple[KeyFinding, ...]


class SizeFinding(Part):
    """All coalitions of one size in one variant, by expected cost in euro per inhabitant a year.

    ``best`` is the cheapest relative to alone (codes), with ``best_saving`` as a share of its alone cost.
    """

    size: Annotated[int, By("aantal spelers", step="groups")]
    count: Annotated[int, By("groepen van deze omvang die mogen", step="groups")]
    low: Annotated[float, By("goedkoopste groep per inwoner", step="groups")]
    median: Annotated[float, By("middelste groep per inwoner", step="groups")]
    high: Annotated[float, By("duurste groep per inwoner", step="groups")]
    best: Annotated[tuple[str, ...], By("de groep met de grootste besparing / alleen", step="groups")]
    best_cost: Annotated[float, By("samen / inwoners van de beste groep", step="groups")]
    best_saving: Annotated[float, By("besparing / alleen van de beste groep", step="groups")]


class CloudCell(Part):
    """How many coalitions of a size have an expected saving (share of alone) between low and high."""

    size: Annotated[int, By("aantal spelers", step="groups")]
    low: Annotated[float, By("ondergrens van dit vak", step="groups")]
    high: Annotated[float, By("bovengrens van dit vak", step="groups")]
    count: Annotated[int, By("groepen met een besparing / alleen in dit vak", step="groups")]


class VariantFinding(Part):
    """One joint variant: all players together, its curve over group sizes, and what must be settled.

    ``growth`` is the path from the best pair to the largest group; it and ``core`` need every coalition, and
    are empty and None for a sample. ``steps`` is the way to a start.

    ``saving_positive`` is the share of all coalitions with an expected saving.
    """

    key: str
    label: str
    short: str
    basis: str
    exit: str
    earliest: Annotated[
        tuple[date, date, date],
        By("peildatum + doorlooptijd van de vorm: laag, midden, hoog", "study.reference_date", step="months"),
    ]
    everyone: GroupFinding
    sizes: tuple[SizeFinding, ...]
    cloud: tuple[CloudCell, ...]
    saving_positive: Annotated[float, By("groepen met een verwachte besparing / alle groepen", step="groups")]
    core: CoreFinding | None
    growth: tuple[GrowthStep, ...]
    gates: tuple[GateFinding, ...]
    steps: tuple[StepFinding, ...]


class MethodFinding(Part):
    """How the groups of a service were computed: all of them, or a sample and what a search found.

    ``groups`` of the ``possible`` groups of two players or more were computed, in every form. Of a sample:
    at most ``per_size`` were drawn of one size, and the Shapley value for all together rests on ``orders``
    random orders of the players (the fewest of any form), with a standard error of at most ``error`` euro a
    year for one player.
    """

    kind: Annotated[
        Literal["exact", "sampled"],
        By("alle groepen als het er niet te veel zijn, anders een steekproef", "possible"),
    ]
    groups: Annotated[int, By("groepen die zijn doorgerekend", step="groups")]
    possible: Annotated[int, By("2^spelers − spelers − 1", step="groups")]
    per_size: Annotated[int | None, By("groepen die per omvang zijn getrokken", "groups")] = None
    orders: Annotated[int | None, By("willekeurige volgorden voor Shapley", "groups")] = None
    error: Annotated[float | None, By("standaardfout van Shapley over die volgorden", "orders")] = None


class ServiceFinding(Part):
    """One service. ``budgeted`` is None as long as not every municipality has answered.

    ``everyone`` names the variant that is cheapest for all together, ``best`` the group with the largest
    expected saving over all variants (or, when none saves, that loses least for its size), and
    ``viewpoint_best`` the group that is cheapest for the viewpoint municipality under Shapley; ``structure``
    is the best division of all players into groups (None where they are too many to search). ``moves`` are
    those of all together and of the best group, ``offers`` the best groups as every player sees them. Where
    ``method`` tells of a sample, best is the best of the groups that were seen, what is said about standing
    apart is a lower bound, and ``moves`` and ``offers`` are empty. Amounts of a service that ``overlaps``
    others are never added to theirs.
    ``acceptability`` weighs all possibilities, ``priors`` the answer under each reading of the evidence.
    ``uncertainty`` is that of all together (first), and of the best group where that is another.
    """

    key: str
    label: str
    short: str
    motion: str
    summary: str
    level: str
    norm: str
    answer: Annotated[
        Literal["attractive", "uncertain", "dearer"],
        By("zeker genoeg, een verwachte besparing, of geen", "best.material", "best.saving", "study.chance"),
    ]
    overlaps: Annotated[bool, Given("de catalogus")]
    players: tuple[PlayerFinding, ...]
    today: Annotated[Amount, By("personeel + uitgaven + btw die niet terugkomt, opgeteld", step="today")]
    today_answered: Annotated[int, Given("opgaven van gemeenten, geteld")]
    budgeted: Annotated[float | None, Given("opgaven van alle gemeenten, opgeteld")]
    budgeted_answered: Annotated[int, Given("opgaven van gemeenten, geteld")]
    alone: Annotated[Amount, By("de goedkoopste manier alleen, opgeteld", step="alone")]
    alone_variants: Annotated[
        tuple[tuple[str, float], ...], By("iedereen op deze manier alleen, in verwachting", step="ways")
    ]
    unavailable: Annotated[tuple[str, ...], Given("de catalogus en de studie")]
    everyone: str
    variants: tuple[VariantFinding, ...]
    best: GroupFinding
    viewpoint_best: GroupFinding
    structure: StructureFinding | None
    moves: tuple[MovesFinding, ...]
    offers: tuple[PlayerOffers, ...]
    method: MethodFinding
    ledger: LedgerFinding
    quality: QualityFinding
    acceptability: AcceptabilityFinding
    priors: tuple[PriorFinding, ...]
    uncertainty: tuple[UncertaintyFinding, ...]
    verdict: VerdictFinding


class FigureFinding(Part):
    """A figure as it was used."""

    id: str
    label: str
    low: Annotated[float, Given("de genoemde bron")]
    mode: Annotated[float, Given("de genoemde bron")]
    high: Annotated[float, Given("de genoemde bron")]
    unit: str
    year: Annotated[int, Given("de genoemde bron")]
    source: str
    status: str
    strength: str
    note: str


class RuleFinding(Part):
    """A dated rule that was known on the reference date."""

    id: str
    label: str
    article: str
    in_force: Annotated[bool, By("de regel geldt op de peildatum", "in_force_from", "study.reference_date")]
    in_force_from: Annotated[date, Given("de regel zelf")]
    source: str


class PartnershipFinding(Part):
    """A bloc or partnership that exists already."""

    name: str
    members: Annotated[tuple[str, ...], Given("de studie")]
    services: Annotated[tuple[str, ...], Given("de studie")]
    subject: str
    source: str
    is_bloc: Annotated[bool, Given("de studie")]


class StudyFinding(Part):
    """The question and its settings. ``viewer`` names the only municipality that may see it; "": all may."""

    name: str
    question: str
    region: str
    viewpoint: str
    viewpoint_code: str
    viewer: str
    reference_date: Annotated[date, Given("de studie")]
    wanted_start: Annotated[date, Given("de studie")]
    price_year: Annotated[int, Given("de studie")]
    inhabitants_year: Annotated[int, Given("de studie")]
    horizon: Annotated[int, Given("de studie")]
    discount_rate: Annotated[float, Given("de studie")]
    draws: Annotated[int, Given("de studie")]
    seed: Annotated[int, Given("de studie")]
    materiality: Annotated[float, Given("de studie")]
    chance: Annotated[float, Given("de studie")]
    stability: Annotated[float, Given("de studie")]
    premium: Annotated[float, Given("de studie")]
    answer: Annotated[float, Given("de studie")]


class About(Protocol):
    """What names groups and dates: all findings, or what is known while services are still being told."""

    @property
    def study(self) -> StudyFinding:
        """The settings."""

    @property
    def municipalities(self) -> tuple[MunicipalityFinding, ...]:
        """All municipalities of the region."""


@traceable
class Findings(Part):
    """Everything a reader is told; assumptions carry a share of the figures and of the explained variance."""

    schema_version: Annotated[int, Given("marke")]
    marke_version: str
    study: StudyFinding
    municipalities: tuple[MunicipalityFinding, ...]
    partnerships: tuple[PartnershipFinding, ...]
    services: tuple[ServiceFinding, ...]
    figures: tuple[FigureFinding, ...]
    rules: tuple[RuleFinding, ...]
    calendar: CalendarFinding
    evidence: EvidenceFinding
    route: tuple[RouteStep, ...]
    answers_given: Annotated[int, Given("de nulmeting, geteld")]
    answers_possible: Annotated[int, Given("vragen × gemeenten")]
    assumed: Annotated[float, Given("onzekere cijfers die een aanname zijn / alle onzekere cijfers")]
    influence_assumed: Annotated[
        float,
        By(
            "spreiding die aannames verklaren / alle verklaarde spreiding",
            "services.uncertainty.influences.share",
        ),
    ]
