"""Which groups are worth it, for all and for each player, and what changes when they change."""

from collections import Counter
from collections.abc import Sequence
from functools import singledispatch

import numpy as np
from numpy.typing import NDArray

from marke.engine.explore import Explored
from marke.engine.moves import Move, best_groups, entering, growth_path, leaving
from marke.engine.sample import STRUCTURE_PLAYERS
from marke.findings import standing
from marke.findings.groups import codes_of, envelope, expected_game, mask_of
from marke.games import members_of, optimal_structure, shapley_of, subset_sums

PAIRS_SHOWN = 5
OFFERS_SHOWN = 5
STRUCTURES_SHOWN = 3


def groups_of(explored: Explored, variant: str) -> NDArray[np.bool_]:
    """Which of the coalitions seen are a group of at least two that may form in a variant."""
    return (np.bitwise_count(explored.masks) >= 2) & explored.allowed[variant]


def best_group(explored: Explored, among: Sequence[str] = ()) -> tuple[str, tuple[int, ...]]:
    """The variant (``among`` some, or any) and coalition of at least two with the largest expected saving.

    When no coalition saves: the one that loses least relative to its cost alone.
    """
    alone = explored.sums(explored.alone.cost.mean(axis=0))
    variants = tuple(among or explored.statistics)
    saving = np.stack(
        [np.where(groups_of(explored, v), alone - expected_game(explored, v), -np.inf) for v in variants]
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        worth = saving if saving.max() > 0 else np.where(np.isfinite(saving), saving / alone, -np.inf)
    variant, place = np.unravel_index(int(np.argmax(worth)), worth.shape)
    return variants[variant], tuple(members_of(int(explored.masks[place])))


def cheapest_together(explored: Explored, among: Sequence[str] = ()) -> str:
    """The variant in which everyone together costs least; one that admits everyone, where there is one."""
    variants = list(among or explored.statistics)
    whole = [variant for variant in variants if explored.allowed[variant][-1]] or variants
    return min(whole, key=lambda variant: explored.statistics[variant].mean[-1])


@singledispatch
def offers_to(explored: Explored, player: int, most: int) -> list[tuple[float, str, int]]:
    """The groups that leave one player cheapest off under Shapley: (cost, variant, mask), best first."""
    variants = explored.statistics
    return best_groups(explored.potentials, {v: groups_of(explored, v) for v in variants}, player, most)


def best_group_for(explored: Explored, player: int) -> tuple[str, tuple[int, ...]]:
    """The variant and group that leave one player cheapest off under Shapley."""
    _, variant, mask = offers_to(explored, player, 1)[0]
    return variant, tuple(members_of(mask))


@singledispatch
def offers_finding(explored: Explored) -> tuple[standing.PlayerOffers, ...]:
    """The best groups as every player sees them."""
    case = explored.case
    alone = explored.alone.cost.mean(axis=0)
    return tuple(
        standing.PlayerOffers(
            codes=codes_of(case, (player,)),
            offers=tuple(
                standing.OfferFinding(
                    variant=variant,
                    codes=codes_of(case, members_of(mask)),
                    cost=cost,
                    alone=float(alone[player]),
                )
                for cost, variant, mask in offers_to(explored, player, OFFERS_SHOWN)
            ),
        )
        for player in range(len(case.players))
    )


def structure_finding(explored: Explored) -> standing.StructureFinding | None:
    """Divide the players into the groups that cost least together, each in its cheapest form.

    None where the players are too many to search all divisions.
    """
    case = explored.case
    if len(case.players) > STRUCTURE_PLAYERS:
        return None
    game = envelope(explored)
    total, groups = optimal_structure(game)
    costs = {variant: expected_game(explored, variant) for variant in explored.statistics}
    rows = []
    for mask in sorted(groups):
        members = members_of(mask)
        formed = {name: cost[mask] for name, cost in costs.items() if explored.allowed[name][mask]}
        variant = "" if len(members) == 1 else min(formed, key=lambda name: formed[name])
        rows.append(
            standing.StructureGroup(codes=codes_of(case, members), variant=variant, cost=float(game[mask]))
        )
    drawn = [tuple(sorted(masks)) for masks in explored.sample.structures] if explored.sample else []
    count = Counter(drawn)
    return standing.StructureFinding(
        groups=tuple(rows),
        cost=float(total),
        alone=float(explored.alone.cost.mean(axis=0).sum()),
        together=float(costs[cheapest_together(explored)][-1]),
        sample=len(drawn),
        frequency=count[tuple(sorted(groups))] / len(drawn) if drawn else None,
        others=tuple(
            standing.StructureShare(
                groups=tuple(codes_of(case, members_of(mask)) for mask in masks if mask.bit_count() > 1),
                share=times / len(drawn),
            )
            for masks, times in sorted(count.items(), key=lambda item: (-item[1], item[0]))[:STRUCTURES_SHOWN]
        ),
    )


@singledispatch
def moves_finding(explored: Explored, variant: str, members: Sequence[int]) -> standing.MovesFinding:
    """What leaving and entering do to one group in one variant, by Shapley in expectation."""
    case = explored.case
    game, group = expected_game(explored, variant), mask_of(members)
    potentials = explored.potentials[variant]

    def told(move: Move) -> standing.MoveFinding:
        return standing.MoveFinding(
            codes=codes_of(case, members_of(move.movers)),
            others=move.others,
            most=move.most,
            hit=codes_of(case, (move.hit,)),
            own=move.own,
        )

    pairs = sorted(leaving(game, potentials, group, 2), key=lambda move: -move.others)
    return standing.MovesFinding(
        variant=variant,
        codes=codes_of(case, members),
        leaving=tuple(map(told, leaving(game, potentials, group, 1))),
        two_leaving=tuple(map(told, pairs[:PAIRS_SHOWN])),
        entering=tuple(map(told, entering(game, potentials, group))),
    )


@singledispatch
def growth_finding(explored: Explored, variant: str) -> tuple[standing.GrowthStep, ...]:
    """The path from the best pair to the largest group that may form."""
    case = explored.case
    game = expected_game(explored, variant)
    potentials = explored.potentials[variant]
    alone = subset_sums(explored.alone.cost.mean(axis=0))
    steps, before = [], 0
    for mask in growth_path(game, groups_of(explored, variant)):
        share = shapley_of(potentials, mask)
        earlier = shapley_of(potentials, before) if before else game[1 << np.arange(len(case.players))]
        stayed = members_of(before or mask)
        saving = float(alone[mask] - game[mask])
        steps.append(
            standing.GrowthStep(
                codes=codes_of(case, members_of(mask)),
                added=codes_of(case, members_of(mask & ~before)),
                saving=saving,
                saving_share=saving / float(alone[mask]),
                worse_off=int((share[stayed] > earlier[stayed]).sum()),
            )
        )
        before = mask
    return tuple(steps)
