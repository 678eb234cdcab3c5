"""A service with some figures fixed or at another level, by the same draws."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from marke.engine.case import Case, with_draws
from marke.engine.explore import Explored, compare_alone
from marke.engine.glance import glance
from marke.engine.sampled import Sampled, make_forms
from marke.engine.today import look_at_today
from marke.situations.desk import Sheet
from marke.situations.situation import Situation
from marke.study import REPLICATES, Study

EACH = 2
"""Draws of every replicate in which all coalitions are worked out anew; a Sobol' prefix is even."""


def altered_study(study: Study, situation: Situation) -> Study:
    """The study with the situation's service at the situation's level."""
    if not situation.level:
        return study
    scope = study.settings.services[situation.service].model_copy(update={"level": situation.level})
    services = {**study.settings.services, situation.service: scope}
    return replace(study, settings=study.settings.model_copy(update={"services": services}))


def altered(sheet: Sheet, situation: Situation) -> Explored:
    """The service as the situation has it: all draws for one coalition, a few for all coalitions together."""
    if situation.stored:
        return sheet.explored
    study = altered_study(sheet.study, situation)
    draws = sheet.case.draws.with_fixed(situation.figures)
    case = with_draws(sheet.case, study, draws)
    alone, now = compare_alone(case), look_at_today(case, study)
    if isinstance(sheet.explored, Sampled):
        return replace(
            sheet.explored, case=case, alone=alone, now=now, forms=make_forms(case), known={}, measured=False
        )
    return replace(glance(case, alone, now, _few(case)), alone=alone)


def _few(case: Case) -> NDArray[np.intp]:
    block = case.draws.count // REPLICATES
    return (np.arange(REPLICATES)[:, None] * block + np.arange(min(EACH, block))).ravel()
