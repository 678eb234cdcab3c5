"""Why two runs of one study differ: the expected saving of every service, split by what changed.

The split is the Shapley value (Shapley 1953) of a game whose players are the groups of inputs that changed.
Its worth is the saving when some groups are as in the new run and the others as in the old one: no order of
changing them is preferred, and the parts add to the whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Literal

import numpy as np

from marke import games
from marke.catalogue import load_catalogue
from marke.engine.admission import admission_rule, may_form
from marke.engine.burden import make_group
from marke.engine.case import Case
from marke.engine.explore import compare_alone
from marke.files import read_bytes
from marke.findings.model import Findings
from marke.findings.part import By, Given, Part, traceable
from marke.findings.verdict import Outcome
from marke.question import Question, as_asked

Group = Literal["settings", "figures", "answers", "catalogue"]
"""The study file itself; its own figures and setback; the baseline and its counts; catalogue and regions."""

GROUPS: tuple[Group, ...] = ("settings", "figures", "answers", "catalogue")


class Contribution(Part):
    """What one group of changed inputs did to an expected saving, euro a year."""

    group: Annotated[Group, Given("de invoer van beide runs")]
    amount: Annotated[float, By("Shapley-waarde van deze verandering", "before", "after", "changed")]


class Difference(Part):
    """The expected saving of all together in their cheapest form, in two runs, euro a year, and the verdicts.

    ``parts`` hold what changed; ``rest`` is what another version of the software did.
    """

    service: str
    before: Annotated[float, Given("de bevindingen van de oude run")]
    after: Annotated[float, Given("de bevindingen van de nieuwe run")]
    verdict_before: Annotated[Outcome, Given("de bevindingen van de oude run")]
    verdict_after: Annotated[Outcome, Given("de bevindingen van de nieuwe run")]
    parts: tuple[Contribution, ...]
    rest: Annotated[float, By("nieuw − oud − som van de delen", "before", "after", "parts")]


@traceable
class Differences(Part):
    """How two runs differ: which inputs changed, every service of both, and services of one run only."""

    changed: Annotated[tuple[Group, ...], Given("de invoer van beide runs")]
    services: tuple[Difference, ...]
    gone: Annotated[tuple[str, ...], Given("de invoer van beide runs")]
    new: Annotated[tuple[str, ...], Given("de invoer van beide runs")]


def explain(old: Question, new: Question, before: Findings, after: Findings) -> Differences:
    """Split the difference between the findings of two questions about one region by what changed."""
    changed = tuple(group for group in GROUPS if _part(old, group) != _part(new, group))
    both = [key for key in old.study.settings.services if key in new.study.settings.services]
    worth = np.array([_savings(_mixed(old, new, changed, mask), both) for mask in range(1 << len(changed))])
    game = worth - worth[0]
    shares = games.shapley(np.ascontiguousarray(game.T)) if changed else np.zeros((len(both), 0))
    found = {service.key: service for service in before.services}
    told = {service.key: service for service in after.services}
    services = []
    for place, key in enumerate(both):
        one, other = _told(before, key), _told(after, key)
        services.append(
            Difference(
                service=key,
                before=one,
                after=other,
                verdict_before=found[key].verdict.outcome,
                verdict_after=told[key].verdict.outcome,
                parts=tuple(
                    Contribution(group=group, amount=float(shares[place, number]))
                    for number, group in enumerate(changed)
                ),
                rest=(other - one) - float(game[-1, place]),
            )
        )
    return Differences(
        changed=changed,
        services=tuple(services),
        gone=tuple(service.label for key, service in found.items() if key not in told),
        new=tuple(service.label for key, service in told.items() if key not in found),
    )


def _part(question: Question, group: Group) -> object:
    """One group of a question's inputs, to see whether it changed."""
    settings = question.study.settings
    if group == "figures":
        return settings.figures, settings.setback
    if group == "answers":
        return question.study.baseline, question.study.counts
    if group == "catalogue":
        files = question.inputs.files().items()
        return {name: read_bytes(path) for name, path in files if name != "study.toml"}
    without = settings.model_copy(update={"figures": (), "setback": None})
    return without, question.inputs.region, dict(question.inputs.overrides)


def _mixed(old: Question, new: Question, changed: Sequence[Group], mask: int) -> Question:
    """The old question in which the changed groups of a mask are as in the new one."""
    chosen: Mapping[Group, Question] = {
        group: new if group in changed and mask >> changed.index(group) & 1 else old for group in GROUPS
    }
    study, figures = chosen["settings"].study, chosen["figures"].study.settings
    settings = study.settings.model_copy(update={"figures": figures.figures, "setback": figures.setback})
    study = replace(study, settings=settings, baseline=chosen["answers"].study.baseline)
    data = chosen["catalogue"]
    catalogue = as_asked(study, load_catalogue(data.inputs.catalogue))
    return Question(data.inputs, study, catalogue, data.country)


def _savings(question: Question, services: Sequence[str]) -> list[float]:
    return [_saving(question.case(key)) for key in services]


def _saving(case: Case) -> float:
    """The expected saving of all together in the form that costs them least."""
    players = len(case.players)
    everyone, whole = tuple(range(players)), np.array([(1 << players) - 1])
    fitting = [v for v in case.variants if may_form(admission_rule(case, v), whole)[0]] or case.variants
    cost = min(make_group(case, variant, everyone).total.mean for variant in fitting)
    alone = compare_alone(case).cost.sum(axis=1).mean()
    return float(alone - cost)


def _told(findings: Findings, key: str) -> float:
    service = next(each for each in findings.services if each.key == key)
    return next(v for v in service.variants if v.key == service.everyone).everyone.saving.mean
