"""One coalition worked out: its cost, its saving, who bears what, and who would rather stand apart."""

from collections.abc import Sequence
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from marke.engine.admission import admitted
from marke.engine.burden import KEYS, Group, Shares, divide, make_group, within_player
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
    """The game in which every group takes its cheapest form in expectation (2^n,).

    A group that may form in no variant costs infinitely much: nobody can threaten with it.
    """
    games = [
        np.where(admitted(explored.case, variant), expected_game(explored, variant), np.inf)
        for variant in explored.statistics
    ]
    return lower_envelope(np.stack(games))


def groups_of(explored: Explored, variant: str) -> NDArray[np.intp]:
    """The masks of the groups of at least two players that may form in a variant."""
    several = sizes(len(explored.case.players)) >= 2
    return np.flatnonzero(several & admitted(explored.case, variant))


def cheapest_together(explored: Explored) -> str:
    """The variant in which everyone together costs least; one that admits everyone, where there is one."""
    variants = list(explored.statistics)
    whole = [v for v in variants if admitted(explored.case, v)[-1]] or variants
    return min(whole, key=lambda variant: explored.statistics[variant].mean[-1])


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


def shares_of(explored: Explored, group: Group) -> Shares:
    """Each member's share of what is joint under every key; as if the group formed, also where it may not."""
    alone = explored.alone.cost[:, list(group.members)].mean(axis=0)
    game = subgame(expected_game(explored, group.variant), mask_of(group.members)).copy()
    game[-1] = group.total.mean
    return divide(explored.case, group, alone, game)


def _burdens(explored: Explored, group: Group) -> tuple[tuple[model.Burden, ...], dict[str, Floats]]:
    case = explored.case
    alone = explored.alone.cost[:, list(group.members)].mean(axis=0)
    own = np.array([step.mean for step in group.own])
    annuity = group.total.part("annuity").mean
    joint = group.charge.mean + group.vat.mean + annuity
    rows: list[model.Burden] = []
    allocations: dict[str, Floats] = {}
    for key, shares in shares_of(explored, group).items():
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
        if everyone and group.variant in explored.gain and admitted(case, group.variant)[-1]:
            limit = study.settings.thresholds.stability * group.total.values
            gains = explored.gain[group.variant][explored.keys.index(key)]
            blocked = float((gains > limit).mean())
        players = [group.members[i] for i in members_of(mask)]
        codes = codes_of(case, players) if gain > 0 else ()
        found.append(model.KeyFinding(key=key, blocking=codes, gain=max(gain, 0.0), blocked=blocked))
    return tuple(found)


def best_group(explored: Explored) -> tuple[str, tuple[int, ...]]:
    """The variant and coalition of at least two with the largest expected saving, of those that may form.

    When no coalition saves: the one that loses least relative to its cost alone.
    """
    alone = subset_sums(explored.alone.cost.mean(axis=0))
    saving: list[tuple[float, str, int]] = []
    relative: list[tuple[float, str, int]] = []
    for variant in explored.statistics:
        groups = groups_of(explored, variant)
        saves = alone[groups] - expected_game(explored, variant)[groups]
        for worths, worth in ((saving, saves), (relative, saves / alone[groups])):
            best = int(np.argmax(worth))
            worths.append((float(worth[best]), variant, int(groups[best])))
    most = max(saving, key=itemgetter(0))
    _, variant, mask = most if most[0] > 0 else max(relative, key=itemgetter(0))
    return variant, tuple(members_of(mask))


def best_group_for(explored: Explored, player: int) -> tuple[str, tuple[int, ...]]:
    """The variant and group that leave one player cheapest off under Shapley."""
    best = (np.inf, "", 0)
    for variant in explored.statistics:
        groups = groups_of(explored, variant)
        masks = groups[groups >> player & 1 == 1]
        potentials = potential(expected_game(explored, variant))
        share = potentials[masks] - potentials[masks & ~(1 << player)]
        place = int(np.argmin(share))
        best = min(best, (float(share[place]), variant, int(masks[place])))
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
        may = [name for name in costs if admitted(case, name)[mask]]
        variant = "" if len(members) == 1 else min(may, key=lambda name: costs[name][mask])
        rows.append(
            model.StructureGroup(codes=codes_of(case, members), variant=variant, cost=float(game[mask]))
        )
    return model.StructureFinding(
        groups=tuple(rows),
        cost=float(total),
        alone=float(explored.alone.cost.mean(axis=0).sum()),
        together=float(costs[cheapest_together(explored)][-1]),
    )
