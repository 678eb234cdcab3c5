"""How a sample answers what is asked of all groups; importing this module registers it."""

from collections.abc import Callable, Collection

import numpy as np

from marke.engine.burden import Group
from marke.engine.draws import Floats
from marke.engine.keys import LINEAR, Shares, linear_shares
from marke.engine.sampled import GROUPS_PER_SIZE, PROPORTIONAL, Sampled, membership
from marke.engine.search import Members, climb
from marke.findings import model, standing
from marke.findings.choices import groups_of, growth_finding, moves_finding, offers_finding, offers_to
from marke.findings.groups import codes_of, core_finding, mask_of, method_finding, most_discontent, shares_of
from marke.findings.judge import slack_of
from marke.games import members_of
from marke.study import Study

CANDIDATES = 8
"""Groups that are compared by the Shapley value, of those that lie nearest to saving for one player."""

CANDIDATE_ORDERS = 200


@shares_of.register
def _shares(explored: Sampled, group: Group, keys: Collection[str] | None = None) -> Shares:
    """The keys that need no more of the game than a sample can give: the linear ones and the two below."""
    members = list(group.members)
    alone = explored.alone.cost[:, members].mean(axis=0)
    own = np.array([step.mean for step in group.own])
    total = group.total.mean
    rules: dict[str, Callable[[], Floats]] = {
        PROPORTIONAL: lambda: total * alone / alone.sum(),
        "shapley": lambda: explored.shapley(group.variant, members).value,
    }
    wanted = {*LINEAR, *rules} if keys is None else keys
    joint = total - own.sum()
    return {
        **linear_shares(explored.case, group, wanted),
        **{key: (rule() - own) / joint for key, rule in rules.items() if key in wanted},
    }


@most_discontent.register
def _most_discontent(explored: Sampled, group: Group, allocation: Floats) -> tuple[tuple[int, ...], float]:
    """The most discontented part of a group in the sample, improved by single moves: a lower bound."""
    places, whole = list(group.members), mask_of(group.members)
    paid = np.zeros(len(explored.case.players))
    paid[places] = allocation

    def gains(members: Members) -> Floats:
        return np.asarray(members @ paid - explored.cheapest(members))

    def gains_inside(inside: Members) -> Floats:
        wider = np.zeros((len(inside), len(paid)), np.bool_)
        wider[:, places] = inside
        return gains(wider)

    masks = explored.masks
    inside = np.flatnonzero(((masks & ~whole) == 0) & (masks > 0) & (masks != whole))
    members = membership(masks[inside], len(paid))
    start = members[int(np.argmax(members @ paid - explored.cheapest_seen(inside)))]
    found, gain = climb(gains_inside, start[places])
    return tuple(group.members[place] for place in np.flatnonzero(found)), gain


@offers_to.register
def _offers_to(explored: Sampled, player: int, most: int) -> list[tuple[float, str, int]]:
    """Compare the groups in the sample that save most for their size, by their Shapley value."""
    candidates = []
    alone = explored.sums(explored.alone.cost.mean(axis=0))
    for variant, statistics in explored.statistics.items():
        holds = groups_of(explored, variant) & ((explored.masks >> player) & 1 == 1)
        places = np.flatnonzero(holds)
        ratio = statistics.mean[places] / alone[places]
        nearest = np.argsort(ratio, kind="stable")[:CANDIDATES]
        candidates += [(float(ratio[i]), variant, int(explored.masks[places[i]])) for i in nearest]
    offers = []
    for _, variant, mask in sorted(candidates)[:CANDIDATES]:
        members = members_of(mask)
        value = explored.shapley(variant, members, CANDIDATE_ORDERS).value
        offers.append((float(value[members.index(player)]), variant, mask))
    return sorted(offers)[:most]


@offers_finding.register
def _offers(_explored: Sampled) -> tuple[standing.PlayerOffers, ...]:
    return ()


@growth_finding.register
def _growth(_explored: Sampled, _variant: str) -> tuple[standing.GrowthStep, ...]:
    return ()


@core_finding.register
def _core(_explored: Sampled, _study: Study, _variant: str) -> None:
    return None


@moves_finding.register
def _moves(explored: Sampled, variant: str, members: tuple[int, ...]) -> standing.MovesFinding:
    codes = codes_of(explored.case, members)
    return standing.MovesFinding(variant=variant, codes=codes, leaving=(), two_leaving=(), entering=())


@slack_of.register
def _slack(_explored: Sampled, _group: Group) -> None:
    return None


@method_finding.register
def _method(explored: Sampled) -> model.MethodFinding:
    everyone = range(len(explored.case.players))
    estimates = [explored.shapley(variant, everyone) for variant in explored.forms]
    seen = int((np.bitwise_count(explored.masks) >= 2).sum())
    return model.MethodFinding(
        kind="sampled",
        groups=seen,
        possible=2 ** len(everyone) - len(everyone) - 1,
        per_size=GROUPS_PER_SIZE,
        orders=min(each.orders for each in estimates),
        error=float(max(each.error.max() for each in estimates)),
    )
