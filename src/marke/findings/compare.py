"""From what was measured of quality to what is told."""

from collections.abc import Iterable, Mapping, Sequence

from marke.catalogue.judgement import ALONE, NOTHING
from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.engine.explore import Explored
from marke.engine.quality import (
    LOWER_IS_BETTER,
    Comparison,
    Measures,
    average,
    clearly_better,
    level_reached,
    measure_alone,
    measure_everyone,
    measure_now,
    measure_together,
    shown_count,
)
from marke.findings.groups import amount, codes_of
from marke.findings.quality import (
    CriterionFinding,
    GroupQuality,
    LevelFinding,
    NightFinding,
    PlayerQuality,
    QualityFinding,
)
from marke.study import Study


def quality_finding(
    explored: Explored, study: Study, cheapest: str, best: tuple[str, tuple[int, ...]]
) -> QualityFinding:
    """Measure one service alone and together, in every joint variant and for the best group.

    ``cheapest`` is the variant that players are compared with.
    """
    case, alone = explored.case, explored.alone
    everyone = tuple(range(len(case.players)))
    variants = [alone.variants[chosen] for chosen in alone.chosen]
    apart = measures_alone(explored)
    joined = {variant: measure_everyone(case, variant) for variant in case.variants}
    chance = study.settings.thresholds.chance

    def group(variant: str, members: tuple[int, ...], together: Sequence[Measures]) -> GroupQuality:
        ours, theirs = average([apart[i] for i in members]), average(together)
        return GroupQuality(
            variant=variant,
            codes=codes_of(case, members),
            criteria=criteria_finding(case, ours, theirs, chance),
            night=_night([apart[i] for i in members], theirs),
        )

    return QualityFinding(
        everyone=tuple(group(variant, everyone, together) for variant, together in joined.items()),
        best=group(*best, measure_together(case, *best)),
        players=tuple(
            PlayerQuality(
                codes=codes_of(case, (player,)),
                criteria=criteria_finding(case, apart[player], joined[cheapest][player], chance),
            )
            for player in everyone
        ),
        level=_level(explored),
        bought=sum(case.service.alone[variant].staffing in ("market", "contract") for variant in variants),
        utilisation=float(case.figure(case.catalogue.quality.utilisation).mean()),
        chance=chance,
    )


def measures_alone(explored: Explored) -> tuple[Measures, ...]:
    """Measure every player in its cheapest alone variant."""
    chosen = [explored.alone.variants[number] for number in explored.alone.chosen]
    return tuple(measure_alone(explored.case, variant, player) for player, variant in enumerate(chosen))


def measures_of(explored: Explored, possibility: str, members: Sequence[int] = ()) -> Measures:
    """Average over all players what a possibility brings: ``members`` in a joint variant and the rest alone.

    Of ``alone`` every player in its cheapest way, of ``nothing`` everyone as now.
    """
    case, players = explored.case, range(len(explored.case.players))
    if possibility == NOTHING:
        return average([measure_now(case, player) for player in players])
    found = list(measures_alone(explored))
    if possibility != ALONE:
        for player, measured in zip(members, _joined(case, possibility, members), strict=True):
            found[player] = measured
    return average(found)


def _joined(case: Case, variant: str, members: Sequence[int]) -> tuple[Measures, ...]:
    if len(members) == len(case.players):
        return measure_everyone(case, variant)
    return measure_together(case, variant, members)


def compare(
    case: Case,
    alone: Measures,
    together: Measures,
    chance: float,
    criteria: Iterable[str] = LOWER_IS_BETTER,
) -> Mapping[str, Comparison]:
    """Compare together with alone on the ``criteria`` (all, in the order of telling) that are measured."""
    return {
        criterion: clearly_better(
            criterion,
            alone[criterion].values,
            together[criterion].values,
            margin=_margin(case, criterion),
            chance=chance,
        )
        for criterion in criteria
        if criterion in alone
    }


def _margin(case: Case, criterion: str) -> Floats:
    return case.figure(getattr(case.catalogue.quality.margin, criterion))


def criteria_finding(
    case: Case, alone: Measures, together: Measures, chance: float
) -> tuple[CriterionFinding, ...]:
    """Tell every criterion, alone against together."""
    return tuple(
        CriterionFinding(
            criterion=criterion,
            unit=alone[criterion].unit,
            alone=amount(alone[criterion].values),
            together=amount(together[criterion].values),
            margin=float(_margin(case, criterion).mean()),
            better=told.better,
            worse=told.worse,
            outcome=told.outcome,
        )
        for criterion, told in compare(case, alone, together, chance).items()
    )


def _night(alone: Sequence[Measures], together: Measures) -> NightFinding | None:
    if "round_the_clock" not in together:
        return None
    steps = [measures["round_the_clock"].values for measures in alone]
    joint = together["round_the_clock"].values
    return NightFinding(
        manned_alone=float(sum((step >= 2).mean() for step in steps) / len(steps)),
        on_call_alone=float(sum((step >= 1).mean() for step in steps) / len(steps)),
        manned_together=float((joint >= 2).mean()),
        on_call_together=float((joint >= 1).mean()),
    )


def _level(explored: Explored) -> LevelFinding:
    reached = level_reached(explored.case)
    short = int(((reached < 1).mean(axis=0) > 0.5).sum())
    return LevelFinding(reached=amount(reached.mean(axis=1)), short=shown_count(short))
