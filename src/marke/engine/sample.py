"""What is too dear for every draw: least core, nucleolus and best division over a sample of the draws."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from marke.engine.draws import Floats
from marke.games import least_core, nucleolus, optimal_structures, subset_sums
from marke.study import REPLICATES

SAMPLE_DRAWS = 128
SAMPLE_PLAYERS = 18
"""Above this many players no sample is taken: the expected game alone is judged."""

STRUCTURE_PLAYERS = 20
"""Above this many players divisions into groups are not searched: 3^n / 6 steps."""

ROOM = 2**20
"""Costs that are held at a time."""

Evaluate = Callable[[NDArray[np.intp]], Floats]
"""Costs (V, T, 2^n) of every coalition in every variant in T draws."""


@dataclass(frozen=True)
class Sample:
    """The sampled ``draws`` (T,); per variant ``epsilon`` (T,) and ``nucleolus`` (T, n); best divisions.

    ``epsilon`` is the least core's, against the lower envelope. ``structures`` holds the masks a draw.
    """

    draws: NDArray[np.intp]
    epsilon: Mapping[str, Floats]
    nucleolus: Mapping[str, Floats]
    structures: tuple[tuple[int, ...], ...]


def cheapest_forms(costs: Floats, allowed: NDArray[np.bool_], alone: Floats) -> Floats:
    """The lower envelope (..., 2^n) of variants (V, ..., 2^n) over the coalitions that may form in each.

    ``allowed`` is (V, 2^n), ``alone`` (..., n). A coalition that may form nowhere costs so much that it never
    gains: everybody's cost alone on top of its own. (Infinite costs would leave the least core undefined.)
    """
    lead = (len(allowed), *[1] * (costs.ndim - 2), allowed.shape[-1])
    formed = np.where(allowed.reshape(lead), costs, np.inf).min(axis=0)
    apart = subset_sums(alone)
    return np.asarray(np.where(np.isinf(formed), apart + apart[..., -1:], formed))


def standing_game(envelope: Floats, together: Floats) -> Floats:
    """The game (..., 2^n) of a group at cost ``together`` (...); smaller ones take their cheapest form."""
    game = envelope.copy()
    game[..., -1] = together
    return game


def _settled(standing: Floats) -> tuple[Floats, Floats]:
    """The least core's epsilon (...) and ``keys.least_objection`` (..., n) of games (..., 2^n)."""
    value = nucleolus(standing)
    missing = np.isnan(value).any(axis=-1)
    epsilon = np.empty(missing.shape)
    epsilon[~missing] = least_core(standing[~missing])[0]
    epsilon[missing], value[missing] = least_core(standing[missing], finest=True)
    return epsilon, value


def sampled_draws(count: int, players: int) -> NDArray[np.intp]:
    """The first draws of every replicate, as many as the sample holds: a Sobol' prefix of each is even."""
    if players > SAMPLE_PLAYERS:
        return np.empty(0, dtype=np.intp)
    block = count // REPLICATES
    each = min(block, SAMPLE_DRAWS // REPLICATES)
    return (np.arange(REPLICATES)[:, None] * block + np.arange(each)).ravel()


def take_sample(
    variants: Sequence[str], allowed: NDArray[np.bool_], alone: Floats, evaluate: Evaluate, workers: int
) -> Sample:
    """Judge the sampled draws; they are shared out over ``workers`` threads and put back in their own order.

    ``allowed`` is (V, 2^n), ``alone`` (D, n).
    """
    draws = sampled_draws(*alone.shape)
    size = max(1, ROOM // allowed.size)
    blocks = [draws[start : start + size] for start in range(0, len(draws), size)]

    def judge(block: NDArray[np.intp]) -> tuple[Floats, Floats, list[list[int]]]:
        costs = evaluate(block)
        envelope = cheapest_forms(costs, allowed, alone[block])
        standing = np.stack([standing_game(envelope, costs[v, :, -1]) for v in range(len(variants))])
        return *_settled(standing), optimal_structures(envelope)[1]

    with ThreadPoolExecutor(workers) as pool:
        judged = list(pool.map(judge, blocks))
    if not judged:
        return Sample(draws, {}, {}, ())
    epsilon = np.concatenate([part[0] for part in judged], axis=1)
    nucleolus = np.concatenate([part[1] for part in judged], axis=1)
    return Sample(
        draws,
        dict(zip(variants, epsilon, strict=True)),
        dict(zip(variants, nucleolus, strict=True)),
        tuple(tuple(masks) for part in judged for masks in part[2]),
    )
