"""What municipalities pay now, alone and together, derived line by line down to figures and answers."""

from collections.abc import Sequence
from dataclasses import replace

from marke.dutch import percent
from marke.engine import prices, trace
from marke.engine.burden import Group, within_player
from marke.engine.case import Case
from marke.engine.explore import Explored
from marke.engine.step import Step, total
from marke.engine.today import release_of, remains, today_of
from marke.findings.groups import codes_of, shares_of
from marke.region import Municipality
from marke.study import Study


def _places(case: Case) -> list[tuple[int, Municipality]]:
    """Every municipality with the number of its player."""
    return [(number, m) for number, player in enumerate(case.players) for m in player]


def today(explored: Explored, study: Study, codes: Sequence[str]) -> Step:
    """What some municipalities pay now."""
    case = explored.case
    found = [_today(case, study, m) for _, m in _places(case) if m.code in codes]
    return found[0] if len(found) == 1 else total("", "kosten nu", found)


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
    return total("", f"kosten nu van {municipality.name}", [people, bought, vat])


def alone(explored: Explored, codes: Sequence[str]) -> Step:
    """What some municipalities pay alone, each in the way that is cheapest for its player."""
    found = []
    for player, members in enumerate(explored.case.players):
        inside = [m for m in members if m.code in codes]
        if len(inside) == len(members):
            found.append(alone_player(explored, player, explored.alone.chosen[player]))
        else:
            found += [_alone_part(explored, player, m) for m in inside]
    return found[0] if len(found) == 1 else total("", "alleen", found)


def alone_player(explored: Explored, player: int, way: int) -> Step:
    """What one player pays alone in one way, by its place among the alone variants."""
    step = trace.alone(explored.case, explored.alone.variants[way], player)
    return replace(step, label=f"{explored.case.names[player]}, {step.label}")


def _alone_part(explored: Explored, player: int, municipality: Municipality) -> Step:
    whole = alone_player(explored, player, explored.alone.chosen[player])
    part = _part(explored.case, player, municipality)
    formula = f"{part:.4f} × de kosten van het blok (naar inwoners)"
    return Step(f"alleen: deel van {municipality.name}", whole.values * part, whole.unit, formula, (whole,))


def _part(case: Case, player: int, municipality: Municipality) -> float:
    return float(within_player(case, player)[case.players[player].index(municipality)])


def saving(explored: Explored, variant: str, members: tuple[int, ...]) -> Step:
    """What a group saves in a form."""
    apart = alone(explored, codes_of(explored.case, members))
    together = trace.joint(explored.case, variant, members)
    return Step("besparing", apart.values - together.values, "EUR/jaar", "alleen − samen", (apart, together))


def burden(explored: Explored, study: Study, group: Group, municipality: Municipality, key: str) -> Step:
    """What one municipality bears in a group under a key."""
    parts = [*_paid(explored, group, municipality, key), _kept(explored.case, study, municipality)]
    return total("", f"lasten van {municipality.name} bij sleutel {key}", parts)


def _paid(explored: Explored, group: Group, municipality: Municipality, key: str) -> list[Step]:
    """Its contribution, VAT and own cost."""
    player = next(number for number, m in _places(explored.case) if m == municipality)
    place, part = group.members.index(player), _part(explored.case, player, municipality)
    share = float(shares_of(explored, group)[key][place]) * part

    def scaled(label: str, step: Step, factor: float) -> Step:
        return Step(label, step.values * factor, step.unit, f"{factor:.6f} × {step.label}", (step,))

    return [
        scaled("bijdrage", group.charge, share),
        scaled("btw over de bijdrage", group.vat, share),
        scaled("eigen kosten", group.own[place], part),
    ]


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
