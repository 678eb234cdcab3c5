"""One coalition worked out: its cost, its saving, who bears what, and who would rather stand apart."""

from collections.abc import Sequence

import numpy as np

from marke.engine.burden import KEYS, Group, divide, make_group, within_player
from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.engine.explore import Explored, standard_error
from marke.findings import model
from marke.games import (
    lower_envelope,
    members_of,
    most_blocking,
    optimal_structure,
    potential,
    sizes,
    subgame,
    subset_sums,
)
from marke.study import Study


def amount(values: Floats) -> model.Amount:
    """Summarise draws (D,) as mean, standard error and band."""
    p10, p90 = np.quantile(values, [0.1, 0.9])
    return model.Amount(
        mean=float(values.mean()), error=float(standard_error(values)), p10=float(p10), p90=float(p90)
    )


def mask_of(members: Sequence[int]) -> int:
    """Bitmask of a coalition from its player numbers."""
    return sum(1 << player for player in members)


def codes_of(case: Case, members: Sequence[int]) -> tuple[str, ...]:
    """CBS codes of the municipalities of the players, in order."""
    return tuple(sorted(m.code for i in members for m in case.players[i]))


def expected_game(explored: Explored, variant: str) -> Floats:
    """The game of expected costs (2^n,): a single player stands alone, a group is in ``variant``."""
    cost = explored.statistics[variant].mean.copy()
    cost[0] = 0.0
    return cost


def envelope(explored: Explored) -> Floats:
    """The game in which every group takes its cheapest form in expectation (2^n,)."""
    return lower_envelope(np.stack([expected_game(explored, variant) for variant in explored.statistics]))


def group_finding(
    explored: Explored, study: Study, variant: str, members: tuple[int, ...]
) -> model.GroupFinding:
    """Everything about one coalition in one variant, exactly, over all draws.

    A single player has nobody to share with: raises ValueError.
    """
    if len(members) < 2:
        raise ValueError("a group has at least two players")
    case = explored.case
    group = make_group(case, variant, members)
    cost, alone = group.total.values, explored.alone.cost[:, list(members)].sum(axis=1)
    second = explored.alone.second[:, list(members)].sum(axis=1)
    today = explored.now.players[:, list(members)].sum(axis=1)
    saving = alone - cost
    materiality = study.settings.thresholds.materiality
    burdens, allocations = _burdens(explored, group)
    return model.GroupFinding(
        variant=variant,
        label=case.catalogue.variant_label(case.key, variant),
        codes=codes_of(case, members),
        cost=amount(cost),
        saving=amount(saving),
        saving_second=float((second - cost).mean()),
        chance=float((saving > 0).mean()),
        material=float((saving >= materiality * alone).mean()),
        cheaper=float((cost < today).mean()),
        alone=amount(alone),
        today=amount(today),
        one_off=amount(group.one_off.values),
        team=amount(group.charge.part("before").part("people").part("team").values),
        charge=group.charge.mean,
        own=group.total.part("own").mean,
        vat=group.vat.mean,
        annuity=group.total.part("annuity").mean,
        per_inhabitant=group.total.mean / float(case.inhabitants[list(members)].sum()),
        burdens=burdens,
        keys=_keys(explored, study, group, allocations),
    )


def _burdens(explored: Explored, group: Group) -> tuple[tuple[model.Burden, ...], dict[str, Floats]]:
    case = explored.case
    alone = explored.alone.cost[:, list(group.members)].mean(axis=0)
    game = subgame(expected_game(explored, group.variant), mask_of(group.members))
    own = np.array([step.mean for step in group.own])
    annuity = group.total.part("annuity").mean
    joint = group.charge.mean + group.vat.mean + annuity
    rows: list[model.Burden] = []
    allocations: dict[str, Floats] = {}
    for key, shares in divide(case, group, alone, game).items():
        allocations[key] = shares * joint + own
        for place, player in enumerate(group.members):
            for part, municipality in zip(within_player(case, player), case.players[player], strict=True):
                share = float(shares[place] * part)
                kept = explored.now.kept[municipality.code]
                paid = share * (group.charge.mean + group.vat.mean) + float(own[place] * part)
                rows.append(
                    model.Burden(
                        code=municipality.code,
                        name=municipality.name,
                        key=key,
                        share=share,
                        contribution=share * group.charge.mean,
                        vat=share * group.vat.mean,
                        own=float(own[place] * part),
                        unreleased=kept,
                        net=paid + kept,
                        one_off=share * group.one_off.mean,
                        today=explored.now.cost[municipality.code],
                        alone=float(alone[place] * part),
                        equivalent=paid + share * annuity,
                    )
                )
    return tuple(rows), allocations


def _keys(
    explored: Explored, study: Study, group: Group, allocations: dict[str, Floats]
) -> tuple[model.KeyFinding, ...]:
    case = explored.case
    cheapest = subgame(envelope(explored), mask_of(group.members))
    everyone = len(group.members) == len(case.players)
    found = []
    for key in KEYS:
        mask, gain = most_blocking(cheapest, allocations[key])
        blocked: float | None = None
        if everyone and group.variant in explored.gain:
            limit = study.settings.thresholds.stability * group.total.values
            gains = explored.gain[group.variant][explored.keys.index(key)]
            blocked = float((gains > limit).mean())
        players = [group.members[i] for i in members_of(mask)]
        codes = codes_of(case, players) if gain > 0 else ()
        found.append(model.KeyFinding(key=key, blocking=codes, gain=max(gain, 0.0), blocked=blocked))
    return tuple(found)


def best_group(explored: Explored) -> tuple[str, tuple[int, ...]]:
    """The variant and coalition of at least two with the largest expected saving.

    When no coalition saves: the one that loses least relative to its cost alone.
    """
    alone = subset_sums(explored.alone.cost.mean(axis=0))
    groups = np.flatnonzero(sizes(len(explored.case.players)) >= 2)
    variants = tuple(explored.statistics)
    saving = np.stack([alone[groups] - expected_game(explored, v)[groups] for v in variants])
    worth = saving if saving.max() > 0 else saving / alone[groups]
    variant, place = np.unravel_index(int(np.argmax(worth)), worth.shape)
    return variants[variant], tuple(members_of(int(groups[place])))


def best_group_for(explored: Explored, player: int) -> tuple[str, tuple[int, ...]]:
    """The variant and group that leave one player cheapest off under Shapley."""
    count = len(explored.case.players)
    masks = np.arange(1 << count)
    allowed = ((masks >> player) & 1 == 1) & (sizes(count) >= 2)
    best = (np.inf, "", 0)
    for variant in explored.statistics:
        potentials = potential(expected_game(explored, variant))
        share = np.where(allowed, potentials - potentials[masks & ~(1 << player)], np.inf)
        mask = int(np.argmin(share))
        best = min(best, (float(share[mask]), variant, mask))
    return best[1], tuple(members_of(best[2]))


def structure_finding(explored: Explored) -> model.StructureFinding:
    """Divide the players into the groups that cost least together, each in its cheapest form."""
    case = explored.case
    game = envelope(explored)
    total, groups = optimal_structure(game)
    costs = {variant: expected_game(explored, variant) for variant in explored.statistics}
    rows = []
    for mask in sorted(groups):
        members = members_of(mask)
        variant = "" if len(members) == 1 else min(costs, key=lambda name: costs[name][mask])
        rows.append(
            model.StructureGroup(codes=codes_of(case, members), variant=variant, cost=float(game[mask]))
        )
    return model.StructureFinding(
        groups=tuple(rows),
        cost=float(total),
        alone=float(explored.alone.cost.mean(axis=0).sum()),
        together=float(game[-1]),
    )
