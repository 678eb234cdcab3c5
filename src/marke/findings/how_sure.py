"""How sure the saving of one group is: what it hangs on, where it turns, in which boxes, under stress."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from marke.engine.burden import make_group
from marke.engine.case import Case
from marke.engine.explore import Explored, chance_error
from marke.engine.uncertainty.points import Turn, figures_of, swings, turns
from marke.engine.uncertainty.prim import LEAST, Box, Truths, find_box
from marke.engine.uncertainty.sensitivity import first_order
from marke.engine.uncertainty.stress import price_of_working_together, realised_half, regret
from marke.findings.groups import amount, codes_of
from marke.findings.uncertainty import (
    BoxFinding,
    BoxLimit,
    BreakEven,
    Influence,
    Search,
    SwingFinding,
    UncertaintyFinding,
)
from marke.study import Study

SHOWN = 10
"""Figures that are told."""
LEADING = 8
"""Figures of which the turning point is sought, and among which boxes are."""
LIMITS = 3
"""A box that restricts more figures than this cannot be told in a sentence."""


def uncertainty_finding(
    explored: Explored, study: Study, variant: str, members: tuple[int, ...]
) -> UncertaintyFinding:
    """Gather how sure the saving of one group in one variant is."""
    case = explored.case
    group = make_group(case, variant, members)
    alone = explored.alone.cost[:, list(members)].sum(axis=1)
    saving = alone - group.total.values
    behind = sorted(figures_of(case, variant, members))
    effects = first_order(case.draws, saving, behind)
    leading = [effect.figure for effect in effects[:LEADING]]
    base, moved = swings(case, study, variant, members, behind)
    price = price_of_working_together(explored, group)
    half = realised_half(saving, price)
    loss = regret(saving)
    thresholds = study.settings.thresholds
    return UncertaintyFinding(
        variant=variant,
        label=case.catalogue.variant_label(case.key, variant),
        codes=codes_of(case, members),
        saving=amount(saving),
        base=base,
        influences=tuple(
            Influence(
                **_figure(case, each.figure, "label", "status"),
                share=each.share,
                low=each.low,
                high=each.high,
            )
            for each in effects[:SHOWN]
        ),
        swings=tuple(
            SwingFinding(
                **_figure(case, each.figure, "label", "unit", "status", "low", "mode", "high"),
                at_low=each.at_low,
                at_high=each.at_high,
            )
            for each in moved[:SHOWN]
            if each.width > 0
        ),
        break_even=tuple(
            _break_even(case, turn) for turn in turns(case, variant, members, leading, float(saving.mean()))
        ),
        searches=(
            _search(case, leading, "pays", saving >= thresholds.materiality * alone, thresholds.chance),
            _search(case, leading, "costs", saving <= 0, thresholds.chance),
        ),
        price=float(price.mean()),
        half=amount(half),
        half_chance=float((half > 0).mean()),
        half_chance_error=chance_error(half > 0),
        regret_together=amount(loss.together),
        regret_alone=amount(loss.alone),
    )


def _figure(case: Case, key: str, *fields: str) -> dict[str, Any]:
    return {"figure": key, **case.draws.figures[key].model_dump(include=set(fields))}


def _break_even(case: Case, turn: Turn) -> BreakEven:
    drawn = case.draws[turn.figure]
    pays: Literal["above", "below", "always", "never"]
    if turn.value is None:
        pays, chance = ("always", 1.0) if turn.at_low > 0 else ("never", 0.0)
    elif turn.at_high > turn.at_low:
        pays, chance = "above", float((drawn > turn.value).mean())
    else:
        pays, chance = "below", float((drawn < turn.value).mean())
    return BreakEven(
        **_figure(case, turn.figure, "label", "unit", "low", "mode", "high"),
        value=turn.value,
        pays=pays,
        chance=chance,
        at_low=turn.at_low,
        at_high=turn.at_high,
    )


def _search(
    case: Case, leading: Sequence[str], name: Literal["pays", "costs"], happened: Truths, wanted: float
) -> Search:
    """Look for a box in which something holds in ``wanted`` of the draws, unless it does so anyhow."""
    share = float(happened.mean())
    boxes: tuple[BoxFinding, ...] = ()
    outcome: Literal["everywhere", "hardly", "found", "none"] = "none"
    if share >= wanted:
        outcome = "everywhere"
    elif share < LEAST * wanted:
        outcome = "hardly"
    elif leading:
        inputs = np.stack([case.draws[key] for key in leading])
        box = find_box(inputs, happened, density=wanted, most=LIMITS)
        outcome = "found" if box.density >= wanted else "none"
        boxes = (box_finding(case, leading, box),) if box.limits else ()
    return Search(case=name, share=share, wanted=wanted, outcome=outcome, boxes=boxes)


def box_finding(case: Case, leading: Sequence[str], box: Box) -> BoxFinding:
    """Tell a box whose inputs are the draws of the ``leading`` figures."""
    return BoxFinding(
        limits=tuple(
            BoxLimit(
                **_figure(case, leading[limit.place], "label", "unit"),
                least=case.draws.figures[leading[limit.place]].low,
                most=case.draws.figures[leading[limit.place]].high,
                low=limit.low if np.isfinite(limit.low) else None,
                high=limit.high if np.isfinite(limit.high) else None,
                quasi_p=limit.quasi_p,
            )
            for limit in box.limits
        ),
        coverage=box.coverage,
        density=box.density,
        support=box.support,
    )
