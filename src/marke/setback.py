"""The evidence in the place of a service's own setback, where a study asks for it."""

from dataclasses import replace

from marke.catalogue import Catalogue, Figure
from marke.own_figures import own_figure
from marke.study import Study
from marke.weighing import SetbackTable


def with_setback(study: Study, catalogue: Catalogue) -> Catalogue:
    """The catalogue with the setbacks that the study chose; what they were stays in ``replaced``.

    A figure keeps its place in the draws, so that only its own values change.
    """
    table = study.settings.setback
    if table is None:
        return catalogue
    rests = {each.source for each in catalogue.evidence.studies.values()}
    replaced = {}
    for key, service in catalogue.services.items():
        figure = catalogue.figures[service.disappointment]
        if key in table.services or (not table.services and figure.source in rests):
            replaced[service.disappointment] = figure
    changed = {key: _changed(figure, table, catalogue) for key, figure in replaced.items()}
    return replace(catalogue, figures={**catalogue.figures, **changed}, replaced=replaced)


def _changed(figure: Figure, table: SetbackTable, catalogue: Catalogue) -> Figure:
    if table.evidence:
        prior = catalogue.figures[catalogue.evidence.priors[table.evidence].setback]
        taken = {"low", "mode", "high", "year", "source", "status", "strength", "note"}
        return figure.model_copy(update=prior.model_dump(include=taken))
    low, mode, high = table.numbers
    return own_figure(figure, low, mode, high, table.source)
