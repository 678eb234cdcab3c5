"""Figures into draws: randomised quasi-Monte Carlo with one set of draws for everything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, ndtr, ndtri

from marke.catalogue import Catalogue, Figure
from marke.catalogue.figure import DIMENSIONS
from marke.catalogue.schema import Correlation
from marke.errors import InputError
from marke.study import REPLICATES

if TYPE_CHECKING:
    from scipy.interpolate import CubicSpline

Floats = NDArray[np.float64]

_SCORES = np.linspace(-6.5, 6.5, 1041)
_Z95 = float(ndtri(0.95))


@dataclass(frozen=True)
class Draws:
    """The drawn value of every figure: ``values[figure_id]`` has shape (D,), in replicate order.

    Draw d belongs to replicate d // (D / REPLICATES). The same draw serves every service, variant and
    coalition (common random numbers).
    """

    count: int
    seed: int
    values: Mapping[str, Floats]
    figures: Mapping[str, Figure]
    _drawn: dict[tuple[str, str], Floats] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Guesses of municipalities that were asked for already; a guess is asked for many times."""

    def __getitem__(self, figure_id: str) -> Floats:
        return self.values[figure_id]

    @cached_property
    def _orders(self) -> dict[str, NDArray[np.int32]]:
        return {}

    def order(self, figure_id: str) -> NDArray[np.int32]:
        """Places of a figure's draws within each replicate, from low to high; sorted once for all services.

        Shape (REPLICATES, D / REPLICATES).
        """
        if figure_id not in self._orders:
            replicates = self.values[figure_id].reshape(REPLICATES, -1)
            self._orders[figure_id] = np.argsort(replicates, axis=1, kind="stable").astype(np.int32)
        return self._orders[figure_id]

    def of_municipality(self, figure_id: str, code: str) -> Floats:
        """Draw one municipality's own guess of a figure: shape (D,), independent between municipalities.

        A Latin hypercube per replicate (McKay, Beckman and Conover 1979), seeded by figure and code, so
        that a municipality keeps its draws whatever region it stands in. Not to be written in.
        """
        found = self._drawn.get((figure_id, code))
        if found is None:
            found = self._drawn[figure_id, code] = self._draw_one(figure_id, code)
        return found

    def with_fixed(self, values: Mapping[str, float]) -> "Draws":
        """The same draws with some figures fixed at a value; guesses of municipalities keep theirs."""
        fixed = {
            key: self.figures[key].model_copy(update={"low": value, "mode": value, "high": value})
            for key, value in values.items()
        }
        drawn = {key: np.full(self.count, value) for key, value in values.items()}
        found = Draws(self.count, self.seed, {**self.values, **drawn}, {**self.figures, **fixed})
        found._drawn.update({key: each for key, each in self._drawn.items() if key[0] not in values})
        return found

    def _draw_one(self, figure_id: str, code: str) -> Floats:
        figure = self.figures[figure_id]
        if figure.fixed:
            return np.full(self.count, figure.mode)
        block = self.count // REPLICATES
        uniforms = np.empty((REPLICATES, block))
        for replicate in range(REPLICATES):
            generator = np.random.default_rng(
                [self.seed, replicate, crc32(figure_id.encode()), crc32(code.encode())]
            )
            uniforms[replicate] = (generator.permutation(block) + generator.random(block)) / block
        return quantile(figure, ndtri(uniforms.ravel()))


def draw(catalogue: Catalogue, count: int, seed: int) -> Draws:
    """Draw every figure of the catalogue ``count`` times.

    REPLICATES independent scramblings of count / REPLICATES Sobol' points (Owen 1997); a figure reads the
    dimension stored with it. Dependence comes from a Gaussian copula on the stated rank correlations.
    Raises InputError when the correlations cannot exist together, naming the pair.
    """
    from scipy.stats import qmc  # heavy, and not needed to read a run

    block = count // REPLICATES
    seeds = np.random.SeedSequence(seed).spawn(REPLICATES)
    points = np.concatenate(
        [qmc.Sobol(DIMENSIONS, rng=np.random.default_rng(s)).random(block) for s in seeds]
    )
    drawn = {key: figure for key, figure in catalogue.figures.items() if figure.dim is not None}
    smallest = np.finfo(np.float64).tiny
    scores = {key: ndtri(np.maximum(points[:, figure.dim], smallest)) for key, figure in drawn.items()}
    scores |= _correlated(scores, catalogue.correlations)
    values = {
        key: quantile(figure, scores[key]) if key in scores else np.full(count, figure.mode)
        for key, figure in catalogue.figures.items()
    }
    return Draws(count, seed, values, catalogue.figures)


def quantile(figure: Figure, scores: Floats) -> Floats:
    """Turn normal scores, shape (D,), into values of a figure in its unit.

    PERT has alpha = 1 + 4 (mode-low)/(high-low) and beta = 1 + 4 (high-mode)/(high-low) on [low, high]
    (Malcolm and others 1959); its quantiles come from a spline over normal scores. A lognormal has its 5th,
    50th and 95th percentile at low, mode and high.
    """
    width = figure.high - figure.low
    if width == 0:
        return np.full(scores.shape, figure.mode)
    if figure.distribution == "lognormal":
        return np.asarray(figure.mode * np.exp(scores * np.log(figure.high / figure.low) / (2 * _Z95)))
    peak = (figure.mode - figure.low) / width
    if figure.distribution == "uniform":
        return np.asarray(figure.low + width * ndtr(scores))
    if figure.distribution == "triangular":
        u = ndtr(scores)
        rising = np.sqrt(u * peak)
        falling = 1 - np.sqrt((1 - u) * (1 - peak))
        return np.asarray(figure.low + width * np.where(u < peak, rising, falling))
    unit = np.clip(_pert_spline(round(peak, 12))(np.clip(scores, -6.5, 6.5)), 0, 1)
    return np.asarray(figure.low + width * unit)


@cache
def _pert_spline(peak: float) -> "CubicSpline":
    from scipy.interpolate import CubicSpline  # heavy, and not needed to read a run

    return CubicSpline(_SCORES, betaincinv(1 + 4 * peak, 5 - 4 * peak, ndtr(_SCORES)))


def _correlated(scores: Mapping[str, Floats], groups: Sequence[Correlation]) -> dict[str, Floats]:
    names = list(dict.fromkeys(name for group in groups for name in (*group.figures, *group.others)))
    if not names:
        return {}
    matrix = np.eye(len(names))
    for group in groups:
        for pair in group.pairs:
            i, j = (names.index(name) for name in pair)
            matrix[i, j] = matrix[j, i] = 2 * np.sin(np.pi * group.correlation / 6)
    for size in range(2, len(names) + 1):
        if np.linalg.eigvalsh(matrix[:size, :size])[0] < 1e-10:
            other = int(np.argmax(np.abs(matrix[size - 1, : size - 1])))
            raise InputError(
                f"De samenhang van '{names[size - 1]}' met '{names[other]}' kan niet samen met de rest.",
                where="correlations.toml",
                mend="Verklein een van de correlaties.",
            )
    mixed = np.linalg.cholesky(matrix) @ np.stack([scores[name] for name in names])
    return dict(zip(names, mixed, strict=True))
