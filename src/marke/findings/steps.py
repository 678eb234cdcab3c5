"""What works a statement out line by line, by the name that its ``By`` gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from marke.catalogue.judgement import NOTHING
from marke.engine.burden import Group, make_group
from marke.engine.case import Case
from marke.engine.explore import Explored, compare_alone
from marke.engine.quality import average, measure_everyone, measure_together
from marke.engine.step import Step, total
from marke.findings import derive
from marke.findings.checks import bought
from marke.findings.compare import measures_alone, measures_of
from marke.findings.groups import codes_of, shares_of
from marke.findings.judged import AlternativeFinding
from marke.findings.model import ServiceFinding
from marke.findings.part import Part
from marke.findings.quality import PlayerQuality
from marke.findings.verdicts import at_level
from marke.study import Study


@dataclass(frozen=True)
class Place:
    """Where a statement stands, among the parts ``around`` it, the outermost first.

    Its form, its group and its municipalities are those of the nearest part that names them; else the form
    that is cheapest for all, and everyone.
    """

    around: tuple[Part, ...]
    service: ServiceFinding
    explored: Explored
    study: Study

    @property
    def case(self) -> Case:
        """The service, ready to compute."""
        return self.explored.case

    @property
    def everyone(self) -> tuple[str, ...]:
        """All municipalities of the region."""
        return codes_of(self.case, range(len(self.case.players)))

    def nearest(self, *names: str) -> str | tuple[str, ...]:
        """The nearest value that is there of a field with one of these names; "" without."""
        found = (getattr(part, name, "") for part in reversed(self.around) for name in names)
        return next((value for value in found if value), "")

    @property
    def variant(self) -> str:
        """The form in which it is computed."""
        keys = [self.nearest("variant"), *(getattr(part, "key", "") for part in reversed(self.around))]
        return next((str(key) for key in keys if key in self.case.variants), self.service.everyone)

    @property
    def codes(self) -> tuple[str, ...]:
        """The municipalities that it is about."""
        found = self.nearest("code", "codes") or self.everyone
        return (found,) if isinstance(found, str) else found

    @property
    def members(self) -> tuple[int, ...]:
        """The players of the group that it is about."""
        return self.players(self.nearest("group", "codes") or self.everyone)

    def players(self, codes: str | tuple[str, ...]) -> tuple[int, ...]:
        """The players that hold one of these municipalities."""
        return tuple(i for i, player in enumerate(self.case.players) if any(m.code in codes for m in player))


Lines = tuple[Step, ...]


def _today(at: Place) -> Lines:
    return (derive.today(at.explored, at.study, at.codes),)


def _alone(at: Place) -> Lines:
    return (derive.alone(at.explored, at.codes),)


def _second(at: Place) -> Lines:
    ways = at.explored.alone.runner_up
    found = [derive.alone_player(at.explored, i, ways[i]) for i in at.players(at.codes)]
    return (total("", "op één na goedkoopste manier alleen", found),)


def _ways(at: Place) -> Lines:
    players = range(len(at.case.players))
    return tuple(
        total(
            "", at.case.service.alone[name].label, [derive.alone_player(at.explored, i, way) for i in players]
        )
        for way, name in enumerate(at.explored.alone.variants)
    )


def _group(at: Place) -> Group:
    return make_group(at.case, at.variant, at.members)


def _joint(at: Place) -> Lines:
    return (_group(at).total,)


def _saving(at: Place) -> Lines:
    return (derive.saving(at.explored, at.variant, at.members),)


def _groups(at: Place) -> Lines:
    """Every group is computed alike: here all together."""
    step = derive.saving(at.explored, at.variant, at.players(at.everyone))
    return (replace(step, label="zo is iedere groep gerekend; dit is de besparing van alle deelnemers"),)


def _formed(at: Place) -> Lines:
    return _joint(at) if getattr(at.around[-1], "variant", "") else _alone(at)


def _burden(at: Place) -> Lines:
    code, key = at.codes[0], str(at.nearest("key"))
    municipality = next(m for player in at.case.players for m in player if m.code == code)
    return (derive.burden(at.explored, at.study, _group(at), municipality, key),)


def _member(at: Place) -> Lines:
    """Alone less what a player pays itself and its share of what is joint, under the key of the verdict."""
    group, (player,) = _group(at), at.players(at.codes)
    place = group.members.index(player)
    share = float(shares_of(at.explored, group)[at.service.verdict.key][place])
    own, apart = group.own[place], derive.alone(at.explored, at.codes)
    joint = group.total.values - sum(step.values for step in group.own)
    values = apart.values - share * joint - own.values
    formula = f"alleen − eigen kosten − {share:.6f} × wat gezamenlijk is"
    return (Step("besparing", values, "EUR/jaar", formula, (apart, own, group.total)),)


def _level(at: Place) -> Lines:
    case = at_level(at.case, str(at.nearest("key")))
    other = replace(at.explored, case=case, alone=compare_alone(case))
    return (derive.saving(other, at.variant, at.members),)


def _measured_alone(at: Place) -> Lines:
    apart = measures_alone(at.explored)
    return (average([apart[i] for i in at.members])[_criterion(at)],)


def _measured_together(at: Place) -> Lines:
    """A player is measured in the form that is cheapest for all together."""
    if isinstance(at.around[-2], PlayerQuality):
        measured = measure_everyone(at.case, at.service.everyone)
        return (measured[at.members[0]][_criterion(at)],)
    return (average(measure_together(at.case, at.variant, at.members))[_criterion(at)],)


def _measured(at: Place) -> Lines:
    """Every criterion for the municipalities that it is about: alone, then together in the group."""
    apart, group = measures_alone(at.explored), at.members
    joined = dict(zip(group, measure_together(at.case, at.variant, group), strict=True))
    players = at.players(at.codes)
    sides = (average([measures[i] for i in players]) for measures in (apart, joined))
    return tuple(step for side in sides for step in side.values())


def _criterion(at: Place) -> str:
    return str(at.nearest("criterion") or "round_the_clock")


def _figure(at: Place, key: str) -> Step:
    figure = at.case.catalogue.figures[key]
    return Step(figure.label, at.case.figure(key), figure.unit, "", (), (key,))


def _margin(at: Place) -> Lines:
    return (_figure(at, getattr(at.case.catalogue.quality.margin, _criterion(at))),)


def _utilisation(at: Place) -> Lines:
    return (_figure(at, at.case.catalogue.quality.utilisation),)


def _months(at: Place) -> Lines:
    form = at.case.catalogue.forms[at.case.service.joint[at.variant].form]
    return (_figure(at, form.months),)


def _gate(at: Place) -> Lines:
    """What a check was computed from besides dates and answers: what is bought, or who is there."""
    check = at.case.catalogue.gates[str(at.nearest("gate"))].outcome
    if check == "tender":
        return bought(at.case, at.variant)
    return _today(at) if check == "staffing" else ()


def _possibility(at: Place) -> Lines:
    """What a possibility costs, and the figures with which it was judged."""
    each = next(part for part in reversed(at.around) if isinstance(part, AlternativeFinding))
    cost = _joint(at) if each.codes else _today(at) if each.key == NOTHING else _alone(at)
    criterion = at.case.catalogue.criteria.get(str(at.nearest("criterion")))
    kind = at.case.service.joint[each.key].form if each.codes else each.key
    judged = [criterion.scores[kind].score] if criterion and kind in criterion.scores else []
    if criterion and criterion.parts and not judged:
        measures = measures_of(at.explored, each.key, at.members if each.codes else ())
        return tuple(measures[part] for part in criterion.parts if part in measures)
    settings = criterion.settings.values() if criterion and not judged else []
    return (*([] if judged else cost), *(_figure(at, key) for key in (*judged, *settings)))


STEPS: Mapping[str, Callable[[Place], Lines]] = {
    "today": _today,
    "alone": _alone,
    "second": _second,
    "ways": _ways,
    "joint": _joint,
    "charge": lambda at: (_group(at).charge,),
    "own": lambda at: _group(at).own,
    "vat": lambda at: (_group(at).vat,),
    "annuity": lambda at: (_group(at).total.part("annuity"),),
    "one_off": lambda at: (_group(at).one_off,),
    "team": lambda at: (_group(at).charge.part("before").part("people").part("team"),),
    "saving": _saving,
    "groups": _groups,
    "formed": _formed,
    "burden": _burden,
    "member": _member,
    "level": _level,
    "measured": _measured,
    "measured_alone": _measured_alone,
    "measured_together": _measured_together,
    "margin": _margin,
    "utilisation": _utilisation,
    "months": _months,
    "gate": _gate,
    "possibility": _possibility,
}
"""By name, what gives the lines behind a statement at a place."""
