"""The shape of a verdict: for the region, for every municipality, and the path of the region."""

from datetime import date
from typing import Literal

from marke.findings.part import Amount, Part
from marke.findings.uncertainty import BoxFinding

Outcome = Literal["attractive", "defensible", "conditional", "undecided", "no_case", "blocked"]
"""In the order of the table (docs/verdict.md): rows 3, 4, 5, 2, 6 and 1."""

Feasible = Literal["yes", "not_yet", "no"]
Attractive = Literal["yes", "on_conditions", "unknown", "no"]


class ThresholdFinding(Part):
    """How far one threshold must move, all else equal, before the verdict becomes ``outcome``."""

    threshold: Literal["materiality", "chance", "stability", "premium", "answer"]
    now: float
    value: float
    outcome: Outcome


class AnswerFinding(Part):
    """An answer that is missing and what knowing it is worth, euro a year, for choosing together or alone.

    ``share`` is that as a part of the cost alone. ``key`` is a question of the intake (``codes``: who has not
    answered it) or a figure, then ``find_out`` says how.
    """

    key: str
    label: str
    find_out: str
    codes: tuple[str, ...]
    value: float
    share: float


class ConditionsFinding(Part):
    """The box in which the verdict would be ``outcome``."""

    outcome: Literal["attractive", "defensible"]
    box: BoxFinding


class LevelVerdict(Part):
    """The verdict when another level of the service is asked."""

    key: str
    label: str
    outcome: Outcome
    variant: str
    codes: tuple[str, ...]
    saving_share: float


class MunicipalVerdict(Part):
    """The verdict of one player (``codes``) about one group, with what it would bear under one key.

    ``saving`` is alone less its part of the group's cost, euro a year; ``chance`` that it saves, ``material``
    that it saves enough. ``gains`` are the keys under which it saves in expectation, of ``keys`` that divide
    this group. ``better`` and ``worse`` are criteria of quality. ``aloud`` sets it beside the region's.
    """

    codes: tuple[str, ...]
    outcome: Outcome
    variant: str
    group: tuple[str, ...]
    saving: Amount
    saving_share: float
    chance: float
    material: float
    gains: tuple[str, ...]
    keys: int
    better: tuple[str, ...]
    worse: tuple[str, ...]
    answers: tuple[AnswerFinding, ...]
    aloud: Literal["both", "region_only", "us_only", "neither"]


class VerdictFinding(Part):
    """The verdict on one service for the region, about the group and form for which most can be said.

    ``saving_share`` is the expected saving as a part of the cost alone; ``material`` the chance that it is at
    least the materiality, ``cheaper`` that together is cheaper than today. ``slack`` is what the most
    discontented smaller group gains at best, a part of the cost together. ``comparators`` counts how many
    players would choose which way alone. ``unsettled`` are the gates (by label) that are not known yet,
    ``deciding`` those of them, or the answers, that keep it undecided, ``forbidding`` those that forbid it.
    ``ceiling`` is what knowing everything would be worth, euro a year, ``answers`` what single ones are.
    ``lost`` is what leaving after a year costs, in yearly charges. ``key`` divides the cost in
    ``municipalities``.
    """

    outcome: Outcome
    feasible: Feasible
    attractive: Attractive
    variant: str
    label: str
    codes: tuple[str, ...]
    saving: Amount
    saving_share: float
    alone: Amount
    material: float
    material_error: float
    cheaper: float
    slack: float | None
    better: tuple[str, ...]
    worse: tuple[str, ...]
    comparators: tuple[tuple[str, int], ...]
    start: date
    unsettled: tuple[str, ...]
    deciding: tuple[str, ...]
    forbidding: tuple[str, ...]
    conditions: ConditionsFinding | None
    ceiling: float
    answers: tuple[AnswerFinding, ...]
    thresholds: tuple[ThresholdFinding, ...]
    levels: tuple[LevelVerdict, ...]
    lost: float
    key: str
    municipalities: tuple[MunicipalVerdict, ...]


class RouteStep(Part):
    """One step of the region's path.

    ``kind``: ``settle`` what is not known (``what`` says how), ``start`` a service that is worth it,
    ``decide`` on one when the answers are in, or leave one ``apart``. ``when`` is the likely day of a start,
    ``lost`` what leaving after a year costs, in yearly charges.
    """

    kind: Literal["settle", "start", "decide", "apart"]
    services: tuple[str, ...]
    what: str
    variant: str
    codes: tuple[str, ...]
    when: date | None
    lost: float | None
