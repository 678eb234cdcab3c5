"""Inputs for the tests of the ledger: explored services with chosen figures."""

from dataclasses import replace

import numpy as np

from marke.engine.explore import Explored


def fixed(explored: Explored, values: dict[str, float]) -> Explored:
    """The same with figures fixed, also those that every municipality draws itself."""
    case, draws = explored.case, explored.case.draws
    figures = {
        key: figure.model_copy(update={"low": values[key], "mode": values[key], "high": values[key]})
        if key in values
        else figure
        for key, figure in draws.figures.items()
    }
    drawn = {
        key: np.full(draws.count, values[key]) if key in values else v for key, v in draws.values.items()
    }
    return replace(explored, case=replace(case, draws=replace(draws, figures=figures, values=drawn)))
