"""The shape of a verdict: for the region, for every municipality, and the path of the region."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from marke.findings.part import Amount, By, Codes, Given, Part
from marke.findings.shares import Better, CheaperError, Enough, EnoughError, Saves, Worse
from marke.findings.uncertainty import BoxFinding

Outcome = Literal["attractive", "defensible", "conditional", "undecided", "no_case", "blocked"]
"""In the order of the table (docs/verdict.md): rows 3, 4, 5, 2, 6 and 1."""

STANCES: Mapping[Outcome, Literal["good", "open", "bad"]] = {
    "attractive": "good",
    "defensible": "good",
    "conditional": "good",
    "undecided": "open",
    "no_case": "bad",
    "blocked": "bad",
}
"""What an outcome says of doing it together, from what is most certain to what is not to be done."""

Feasible = Literal["yes", "not_yet", "no"]
Attractive = Literal["yes", "on_conditions", "unknown", "no"]


class ThresholdFinding(Part):
    """How far one threshold must move, all else equal, before the verdict becomes ``outcome``."""

    threshold: Annotated[
        Literal["materiality", "chance", "stability", "premium", "answer"],
        Given("een van de drempels van de studie"),
    ]
    now: Annotated[float, Given("instelling van de studie")]
    value: Annotated[
        float,
        By(
            "de dichtstbijzijnde waarde waarbij een andere regel van de tabel geldt",
            "material",
            "saving_share",
            "slack",
        ),
    ]
    outcome: Annotated[Outcome, By("regel van de tabel bij die waarde", "value")]


class AnswerFinding(Part):
    """An answer that is missing and what knowing it is worth, euro a year, for choosing together or alone.

    ``share`` is that as a part of the cost alone. ``key`` is a question of the intake (``codes``: who has not
    answered it) or a figure, then ``find_out`` says how.
    """

    key: str
    label: str
    find_out: str
    codes: Annotated[tuple[str, ...], Given("wie deze vraag nog niet heeft beantwoord")]
    value: Annotated[float, By("E[max(E[besparing | antwoord], 0)] − max(E[besparing], 0)", "saving")]
    error: Annotated[float, By("standaardfout tussen reeksen trekkingen", "value", "study.draws")]
    share: Annotated[float, By("waarde / kosten alleen", "value")]


class ConditionsFinding(Part):
    """The box in which the verdict would be ``outcome``."""

    outcome: Annotated[
        Literal["attractive", "defensible"],
        By("regel 3 of 4 van de tabel geldt in deze grenzen", "box.density", "study.chance"),
    ]
    box: BoxFinding


class LevelVerdict(Part):
    """The verdict when another level of the service is asked."""

    key: str
    label: str
    outcome: Annotated[Outcome, By("eerste regel van de tabel die klopt, op dit niveau", "saving_share")]
    variant: str
    codes: Annotated[
        tuple[str, ...], By("de groep waar op dit niveau het meest van te zeggen is", step="level")
    ]
    saving_share: Annotated[float, By("besparing / alleen, op dit niveau", step="level")]


class MunicipalVerdict(Part):
    """The verdict of one player (``codes``) about one group, with what it would bear under one key.

    ``saving`` is alone less its part of the group's cost, euro a year; ``chance`` that it saves, ``material``
    that it saves enough. ``gains`` are the keys under which it saves in expectation, of ``keys`` that divide
    this group. ``better`` and ``worse`` are criteria of quality.
    """

    codes: Codes
    outcome: Annotated[
        Outcome,
        By("eerste regel van de tabel die klopt, voor deze deelnemer", "saving_share", "material", "answers"),
    ]
    variant: str
    group: Annotated[
        tuple[str, ...],
        By("de groep van de regio, of buiten die groep de eigen beste", "verdict.codes", step="groups"),
    ]
    saving: Annotated[Amount, By("alleen − eigen kosten − deel × gezamenlijke kosten", step="member")]
    saving_share: Annotated[float, By("besparing / alleen", "saving", step="alone")]
    chance: Saves
    material: Annotated[
        float,
        By("deel van de trekkingen met besparing ≥ materialiteit × alleen", "saving", "study.materiality"),
    ]
    gains: Annotated[
        tuple[str, ...], By("sleutels waarbij de verwachte besparing meer dan 0 is", step="joint")
    ]
    keys: Annotated[int, By("sleutels die deze groep verdelen", step="joint")]
    better: Better
    worse: Worse
    answers: tuple[AnswerFinding, ...]


class VerdictFinding(Part):
    """The verdict on one service for the region, about the group and form for which most can be said.

    ``saving_share`` is the expected saving as a part of the cost alone; ``material`` the chance that it is at
    least the materiality, ``cheaper`` that together is cheaper than today. ``slack`` is what the most
    discontented smaller group gains at best, a part of the cost together. ``comparators`` counts how many
    municipalities would choose which way alone. ``unsettled`` are the gates (by label) that are not known
    yet, ``deciding`` those of them, or the answers, that keep it undecided, ``forbidding`` those that forbid.
    ``ceiling`` is what knowing everything would be worth, euro a year, ``answers`` what single ones are.
    ``lost`` is what leaving after a year costs, in yearly charges. ``key`` divides the cost in
    ``municipalities``.
    """

    outcome: Annotated[
        Outcome,
        By(
            "eerste regel van de tabel die klopt",
            "feasible",
            "attractive",
            "material",
            "slack",
            "saving_share",
            "answers",
            "conditions",
        ),
    ]
    feasible: Annotated[
        Feasible,
        By(
            "de voorwaarden van deze vorm: verboden is nee, open of te laat is nog niet",
            "start",
            "variants.gates.outcome",
        ),
    ]
    attractive: Annotated[
        Attractive,
        By(
            "regel 3, een doos voor regel 3, of een antwoord dat wachten loont",
            "material",
            "slack",
            "answers",
        ),
    ]
    variant: str
    label: str
    codes: Annotated[
        tuple[str, ...],
        By("de groep en vorm waar het meest van te zeggen is, door de tabel heen", step="groups"),
    ]
    saving: Annotated[Amount, By("alleen − samen", step="saving")]
    saving_share: Annotated[float, By("besparing / alleen", "saving", "alone")]
    alone: Annotated[Amount, By("goedkoopste manier alleen, opgeteld", step="alone")]
    material: Enough
    material_error: EnoughError
    cheaper: Annotated[float, By("deel van de trekkingen met samen < nu", "saving", step="today")]
    cheaper_error: CheaperError
    slack: Annotated[float | None, By("least core: epsilon / kosten samen", step="groups")]
    better: Better
    worse: Worse
    comparators: Annotated[
        tuple[tuple[str, int], ...], By("de goedkoopste manier van iedere gemeente, geteld", step="alone")
    ]
    start: Annotated[
        date,
        By(
            "de dag waarop in de helft van de trekkingen alle stappen klaar zijn",
            "study.reference_date",
            step="months",
        ),
    ]
    unsettled: Annotated[
        tuple[str, ...], By("voorwaarden van deze vorm die nog niet bekend zijn", "variants.gates.outcome")
    ]
    deciding: Annotated[
        tuple[str, ...],
        By("antwoorden waar wachten op loont, anders open voorwaarden", "answers", "variants.gates.outcome"),
    ]
    forbidding: Annotated[
        tuple[str, ...], By("voorwaarden die deze vorm verbieden", "variants.gates.outcome")
    ]
    conditions: ConditionsFinding | None
    ceiling: Annotated[float, By("E[max(besparing, 0)] − max(E[besparing], 0)", "saving")]
    ceiling_error: Annotated[float, By("standaardfout tussen reeksen trekkingen", "ceiling", "study.draws")]
    answers: tuple[AnswerFinding, ...]
    thresholds: tuple[ThresholdFinding, ...]
    levels: tuple[LevelVerdict, ...]
    lost: Annotated[
        float, By("(wat uittreden na een jaar kost + eenmalige kosten) / bijdrage per jaar", step="joint")
    ]
    key: str
    municipalities: tuple[MunicipalVerdict, ...]


class RouteStep(Part):
    """One step of the region's path.

    ``kind``: ``settle`` what is not known (``what`` says how), ``start`` a service that is worth it,
    ``decide`` on one when the answers are in, or leave one ``apart``. ``when`` is the likely day of a start,
    ``lost`` what leaving after a year costs, in yearly charges.
    """

    kind: Annotated[
        Literal["settle", "start", "decide", "apart"],
        By("volgt uit het oordeel over de dienst", "services.verdict.outcome"),
    ]
    services: Annotated[
        tuple[str, ...], By("volgt uit het oordeel over de diensten", "services.verdict.outcome")
    ]
    what: str
    variant: str
    codes: Annotated[tuple[str, ...], By("de groep van het oordeel", "services.verdict.codes")]
    when: Annotated[date | None, By("waarschijnlijke start van de vorm", "services.verdict.start")]
    lost: Annotated[float | None, By("wat terugdraaien na een jaar kost", "services.verdict.lost")]
