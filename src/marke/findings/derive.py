"""Every reported number has an id, and every id leads back to work packages, figures and sources."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial

import numpy as np

from marke.dutch import percent
from marke.engine import prices, trace
from marke.engine.burden import Group, make_group, within_player
from marke.engine.case import Case
from marke.engine.explore import Explored
from marke.engine.quality import Measures, average, measure_together
from marke.engine.step import Step
from marke.engine.today import release_of, remains, today_of
from marke.errors import InputError
from marke.files import suggest
from marke.findings.compare import measures_alone
from marke.findings.groups import shares_of
from marke.region import Municipality
from marke.study import Study

Derivation = Callable[[], Step]


def facts(explored: Explored, study: Study) -> Iterator[tuple[str, Derivation]]:
    """Yield the id of every reported number of one service, with the function that derives it."""
    case = explored.case
    service = case.key
    everyone = tuple(range(len(case.players)))
    yield f"{service}.nu", partial(_today_all, explored, study)
    yield f"{service}.alleen", partial(_alone_all, explored)
    for player, m in _places(case):
        yield f"{service}.{m.code}.nu", partial(_today, case, study, m)
        yield f"{service}.{m.code}.alleen", partial(_alone, explored, player, m)
    apart = cache(lambda: average(measures_alone(explored)))
    for criterion in apart():
        yield f"{service}.kwaliteit.{criterion}", partial(_measured, apart, criterion)
    for variant in case.variants:
        joined = cache(partial(_quality, case, variant, everyone))
        for criterion in joined():
            yield f"{service}.{variant}.kwaliteit.{criterion}", partial(_measured, joined, criterion)
        yield f"{service}.{variant}.samen", partial(trace.joint, case, variant, everyone)
        yield f"{service}.{variant}.besparing", partial(_saving, explored, variant, everyone)
        yield f"{service}.{variant}.eenmalig", partial(_one_off, case, variant, everyone)
        shares = shares_of(explored, make_group(case, variant, everyone))
        for player, m in _places(case):
            for key in (key for key, share in shares.items() if not np.isnan(share).any()):
                fact = f"{service}.{variant}.{m.code}.{key}"
                yield fact, partial(_burden, explored, study, variant, player, m, key)
                yield f"{fact}.jaarkosten", partial(_equivalent, explored, variant, player, m, key)


def _measured(measured: Callable[[], Measures], criterion: str) -> Step:
    return measured()[criterion]


def _quality(case: Case, variant: str, members: tuple[int, ...]) -> Measures:
    return average(measure_together(case, variant, members))


def _places(case: Case) -> list[tuple[int, Municipality]]:
    """Every municipality with the number of its player."""
    return [(number, m) for number, player in enumerate(case.players) for m in player]


def derive(explored: Explored, study: Study, fact: str) -> Step:
    """Derive one reported number of a service.

    Raises InputError for an id that does not exist, suggesting the nearest one.
    """
    known = dict(facts(explored, study))
    if fact not in known:
        raise InputError(
            f"Onbekend feit '{fact}'.",
            mend=suggest(fact, known).strip() or "Zonder feit toont 'marke herleid' alle feiten.",
        )
    return known[fact]()


def _sum(label: str, parts: list[Step], unit: str = "EUR/jaar") -> Step:
    return Step(label, np.sum([p.values for p in parts], axis=0), unit, "som", tuple(parts))


def _today_all(explored: Explored, study: Study) -> Step:
    case = explored.case
    return _sum("kosten nu", [_today(case, study, m) for player in case.players for m in player])


def _today(case: Case, study: Study, municipality: Municipality) -> Step:
    staff, spend = today_of(case, study, municipality.code)
    post = prices.own_post(case, case.common.overhead_own, shifts=False)
    origin = {
        "answer": f"opgave gemeente {municipality.name}",
        "part of answer": f"naar verhouding, uit de opgave van gemeente {municipality.name}",
        "estimate": "schatting",
    }
    fte = Step(
        "formatie nu", staff.values, "fte", origin[staff.origin], (), (staff.figure,) if staff.figure else ()
    )
    people = Step(
        "personeel", staff.values * post.total, "EUR/jaar", "fte × kosten per fte", (fte,), post.figures
    )
    bought = Step(
        "uitgaven buiten de deur",
        spend.values,
        "EUR/jaar",
        origin[spend.origin],
        (),
        (spend.figure,) if spend.figure else (),
    )
    taxed = (staff.values * post.hired + spend.values) * prices.net_vat_rate(case)
    vat = Step(
        "btw die niet terugkomt",
        taxed,
        "EUR/jaar",
        "(inhuur + uitgaven) × btw-tarief × (1 − deel dat terugkomt)",
        (),
        (case.common.recoverable_vat,),
    )
    return _sum(f"kosten nu van {municipality.name}", [people, bought, vat])


def _alone_player(explored: Explored, player: int) -> Step:
    variant = explored.alone.variants[explored.alone.chosen[player]]
    step = trace.alone(explored.case, variant, player)
    label = f"{explored.case.names[player]}, {step.label}"
    return Step(label, step.values, step.unit, step.formula, step.parts, step.figures)


def _alone_all(explored: Explored) -> Step:
    return _sum("alleen", [_alone_player(explored, i) for i in range(len(explored.case.players))])


def _alone(explored: Explored, player: int, municipality: Municipality) -> Step:
    whole = _alone_player(explored, player)
    if len(explored.case.players[player]) == 1:
        return whole
    part = _part(explored.case, player, municipality)
    formula = f"{part:.4f} × de kosten van het blok (naar inwoners)"
    return Step(f"alleen: deel van {municipality.name}", whole.values * part, whole.unit, formula, (whole,))


def _part(case: Case, player: int, municipality: Municipality) -> float:
    return float(within_player(case, player)[case.players[player].index(municipality)])


def _one_off(case: Case, variant: str, members: tuple[int, ...]) -> Step:
    return make_group(case, variant, members).one_off


def _saving(explored: Explored, variant: str, members: tuple[int, ...]) -> Step:
    alone, together = _alone_all(explored), trace.joint(explored.case, variant, members)
    return Step("besparing", alone.values - together.values, "EUR/jaar", "alleen − samen", (alone, together))


@dataclass(frozen=True)
class _Borne:
    """What one municipality bears of all together under one key, part by part."""

    group: Group
    share: float
    part: float
    own: Step

    def scaled(self, label: str, step: Step, factor: float) -> Step:
        return Step(label, step.values * factor, step.unit, f"{factor:.6f} × {step.label}", (step,))

    def paid(self) -> list[Step]:
        """Its contribution, VAT and own cost."""
        return [
            self.scaled("bijdrage", self.group.charge, self.share),
            self.scaled("btw over de bijdrage", self.group.vat, self.share),
            self.scaled("eigen kosten", self.own, self.part),
        ]


def _borne(explored: Explored, variant: str, player: int, municipality: Municipality, key: str) -> _Borne:
    case = explored.case
    group = make_group(case, variant, tuple(range(len(case.players))))
    part = _part(case, player, municipality)
    share = float(shares_of(explored, group)[key][player]) * part
    return _Borne(group, share, part, group.own[player])


def _equivalent(explored: Explored, variant: str, player: int, municipality: Municipality, key: str) -> Step:
    borne = _borne(explored, variant, player, municipality, key)
    once = borne.scaled("eenmalig, per jaar", borne.group.total.part("annuity"), borne.share)
    return _sum(f"jaarkosten van {municipality.name} bij sleutel {key}", [*borne.paid(), once])


def _burden(
    explored: Explored, study: Study, variant: str, player: int, municipality: Municipality, key: str
) -> Step:
    borne = _borne(explored, variant, player, municipality, key)
    parts = [*borne.paid(), _kept(explored.case, study, municipality)]
    return _sum(f"lasten van {municipality.name} bij sleutel {key}", parts)


def _kept(case: Case, study: Study, municipality: Municipality) -> Step:
    common, answer = case.common, release_of(case, study, municipality.code)
    told = "vrijval" if answer is None else f"{percent(answer)} vrijval: opgave gemeente {municipality.name}"
    estimated = (
        common.release_part,
        common.release_whole,
        common.release_overhead,
        common.release_contract,
    )
    return Step(
        "kosten van nu die blijven",
        remains(case, study, municipality.code),
        "EUR/jaar",
        f"kosten nu × (1 − {told})",
        (_today(case, study, municipality),),
        estimated if answer is None else (),
    )
