"""One coalition worked out: its cost, its saving, who bears what, and who would rather stand apart."""

from collections.abc import Collection, Sequence
from functools import singledispatch

import numpy as np

from marke.engine.burden import Group, make_group, within_player
from marke.engine.case import Case
from marke.engine.draws import Floats
from marke.engine.explore import Explored, chance_error, standard_error
from marke.engine.keys import Shares, divide, estimated_from_inhabitants
from marke.engine.sample import standing_game
from marke.findings import model, standing
from marke.games import (
    least_core,
    members_of,
    most_blocking,
    subgame,
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
    return explored.games[variant]


def envelope(explored: Explored) -> Floats:
    """The game in which every group takes its cheapest form in expectation (2^n,)."""
    return explored.envelope


@singledispatch
def shares_of(explored: Explored, group: Group, keys: Collection[str] | None = None) -> Shares:
    """Shares of the group's joint cost under the ``keys`` (all), in expectation."""
    alone = explored.alone.cost[:, list(group.members)].mean(axis=0)
    mask = mask_of(group.members)
    game = subgame(expected_game(explored, group.variant), mask).copy()
    game[-1] = group.total.mean  # told as if it formed, also where it may not
    standing = standing_game(subgame(envelope(explored), mask), game[-1])
    return divide(explored.case, group, alone, game, standing, keys)


def group_finding(
    explored: Explored, study: Study, variant: str, members: tuple[int, ...]
) -> model.GroupFinding:
    """Everything about one coalition in one variant, exactly, over all draws.

    A single player has nobody to share with: raises ValueError.
    """
    if len(members) < 2:
        raise ValueError("a group has at least two players")
    group = make_group(explored.case, variant, members)
    return finding_of(explored, study, group, shares_of(explored, group))


def finding_of(explored: Explored, study: Study, group: Group, shares: Shares) -> model.GroupFinding:
    """Everything about a group that was worked out, divided by these ``shares``."""
    case, members = explored.case, list(group.members)
    cost, alone = group.total.values, explored.alone.cost[:, members].sum(axis=1)
    second = explored.alone.second[:, members].sum(axis=1)
    today = explored.now.players[:, members].sum(axis=1)
    saving = alone - cost
    materiality = study.settings.thresholds.materiality
    burdens, allocations = _burdens(explored, group, shares)
    return model.GroupFinding(
        variant=group.variant,
        label=case.catalogue.variant_label(case.key, group.variant),
        codes=codes_of(case, members),
        cost=amount(cost),
        saving=amount(saving),
        saving_second=float((second - cost).mean()),
        chance=float((saving > 0).mean()),
        chance_error=chance_error(saving > 0),
        material=float((saving >= materiality * alone).mean()),
        material_error=chance_error(saving >= materiality * alone),
        cheaper=float((cost < today).mean()),
        cheaper_error=chance_error(cost < today),
        alone=amount(alone),
        today=amount(today),
        one_off=amount(group.one_off.values),
        team=amount(group.charge.part("before").part("people").part("team").values),
        charge=group.charge.mean,
        own=group.total.part("own").mean,
        vat=group.vat.mean,
        annuity=group.total.part("annuity").mean,
        per_inhabitant=group.total.mean / float(case.inhabitants[members].sum()),
        burdens=burdens,
        keys=_keys(explored, study, group, allocations),
    )


def _burdens(
    explored: Explored, group: Group, divided: Shares
) -> tuple[tuple[model.Burden, ...], dict[str, Floats]]:
    """Burdens under every key that is defined, and under every key the allocation (p,) of the whole cost."""
    case = explored.case
    alone = explored.alone.cost[:, list(group.members)].mean(axis=0)
    own = np.array([step.mean for step in group.own])
    annuity = group.total.part("annuity").mean
    joint = group.charge.mean + group.vat.mean + annuity
    rows: list[model.Burden] = []
    allocations: dict[str, Floats] = {}
    for key, shares in divided.items():
        allocations[key] = shares * joint + own
        if np.isnan(shares).any():
            continue
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


@singledispatch
def most_discontent(explored: Explored, group: Group, allocation: Floats) -> tuple[tuple[int, ...], float]:
    """Players of the part of a group that would gain most by standing apart in expectation, and that gain."""
    mask, gain = most_blocking(subgame(envelope(explored), mask_of(group.members)), allocation)
    return tuple(group.members[i] for i in members_of(mask)), gain


def _keys(
    explored: Explored, study: Study, group: Group, allocations: dict[str, Floats]
) -> tuple[model.KeyFinding, ...]:
    case = explored.case
    everyone = len(group.members) == len(case.players)
    limit = study.settings.thresholds.stability * group.total.values
    found = []
    for key, allocation in allocations.items():
        defined = not np.isnan(allocation).any()
        players, gain = most_discontent(explored, group, allocation) if defined else ((), 0.0)
        blocked, often, share = (
            _each_draw(explored, group.variant, key, limit) if everyone else (None, 0, None)
        )
        found.append(
            model.KeyFinding(
                key=key,
                defined=defined,
                follows_inhabitants=estimated_from_inhabitants(case, key, group.members),
                blocking=codes_of(case, players) if gain > 0 else (),
                gain=max(gain, 0.0),
                blocked=blocked,
                often_blocking=codes_of(case, members_of(often)),
                often=share,
            )
        )
    return tuple(found)


def _each_draw(
    explored: Explored, variant: str, key: str, limit: Floats
) -> tuple[float | None, int, float | None]:
    """Share of draws with a blocking group, the mask that gains most in most of them, and in what share."""
    if variant not in explored.gain or key not in explored.keys or not explored.allowed[variant][-1]:
        return None, 0, None
    place = explored.keys.index(key)
    blocked = explored.gain[variant][place] > limit
    if not blocked.any():
        return 0.0, 0, 0.0
    masks, times = np.unique(explored.blocking[variant][place][blocked], return_counts=True)
    return float(blocked.mean()), int(masks[times.argmax()]), float(times.max() / len(blocked))


@singledispatch
def core_finding(explored: Explored, study: Study, variant: str) -> standing.CoreFinding | None:
    """How far all players together in one variant are from a division that nobody would leave."""
    cost = expected_game(explored, variant)
    epsilon = float(least_core(standing_game(envelope(explored), cost[-1]))[0])
    tolerance = study.settings.thresholds.stability
    sample = explored.sample.epsilon.get(variant) if explored.sample else None
    if sample is None or not sample.size:
        return standing.CoreFinding(
            epsilon=epsilon,
            stable=epsilon <= tolerance * cost[-1],
            sample=0,
            p10=None,
            p90=None,
            unstable=None,
        )
    p10, p90 = np.quantile(sample, [0.1, 0.9])
    return standing.CoreFinding(
        epsilon=epsilon,
        stable=epsilon <= tolerance * cost[-1],
        sample=sample.size,
        p10=float(p10),
        p90=float(p90),
        unstable=float((sample > tolerance * cost[-1]).mean()),
    )


@singledispatch
def method_finding(explored: Explored) -> model.MethodFinding:
    """Tell how the groups were computed."""
    count = len(explored.case.players)
    groups = 2**count - count - 1
    return model.MethodFinding(kind="exact", groups=groups, possible=groups)
