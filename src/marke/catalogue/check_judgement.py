"""Whether gates, paths, criteria and evidence fit the rest of the catalogue."""

from collections.abc import Collection, Iterator

from marke.catalogue.judgement import ALONE, NOTHING, Criterion
from marke.catalogue.places import Places, check_known
from marke.catalogue.schema import Catalogue
from marke.errors import InputError
from marke.toml import KeyPath

DAYS = {"dagen": 1, "weken": 7}
"""Days in the units in which a rule can give a term."""


def check_judgement(catalogue: Catalogue, places: Places) -> None:
    """Refuse the first gate, path, criterion or piece of evidence that does not fit."""
    for name, at, kind, keys, known in _references(catalogue):
        for key in keys:
            check_known(key, known, kind, places.where(name, at))
    _check_terms(catalogue, places)
    for key, criterion in catalogue.criteria.items():
        _check_scores(key, criterion, catalogue, places)


def _references(
    catalogue: Catalogue,
) -> Iterator[tuple[str, KeyPath, str, Collection[str], Collection[str]]]:
    """Yield file, place and kind of every key that must exist, with those that do."""
    for key, gate in catalogue.gates.items():
        yield "gates", (key, "services"), "dienst", gate.services, catalogue.services
        yield "gates", (key, "forms"), "vorm", gate.forms, catalogue.forms
        yield "gates", (key, "rules"), "regel", gate.rules, catalogue.rules
    for key, form in catalogue.forms.items():
        yield "forms", (key, "path"), "weg", (form.path,), catalogue.paths
    studies = catalogue.evidence.studies
    for index, tension in enumerate(catalogue.evidence.tensions):
        both = (*tension.one, *tension.other)
        yield "evidence", ("tensions", index), "studie", both, studies
    for key, prior in catalogue.evidence.priors.items():
        yield "evidence", ("priors", key, "studies"), "studie", prior.studies, studies


def _check_terms(catalogue: Catalogue, places: Places) -> None:
    """A rule that sets the length of a step gives it in days or weeks."""
    for key, path in catalogue.paths.items():
        for name, step in path.steps.items():
            if step.rule is None:
                continue
            where = places.where("paths", (key, "steps", name, "rule"))
            check_known(step.rule, catalogue.rules, "regel", where)
            rule = catalogue.rules[step.rule]
            if rule.value is None or rule.unit not in DAYS:
                raise InputError(
                    f"Regel '{step.rule}' geeft geen termijn in dagen of weken.",
                    where=where,
                    mend="Voeg bij de regel 'value' en 'unit' toe, of gebruik hier 'part'.",
                )


def _check_scores(key: str, criterion: Criterion, catalogue: Catalogue, places: Places) -> None:
    """A criterion that nothing computes is judged for every possibility."""
    if criterion.measure is not None:
        return
    kinds = (*catalogue.forms, ALONE, NOTHING)
    for kind in criterion.scores:
        check_known(kind, kinds, "vorm", places.where("criteria", (key, "scores", kind)))
    for kind in kinds:
        if kind not in criterion.scores:
            raise InputError(
                f"Criterium '{key}' heeft geen oordeel over '{kind}'.",
                where=places.where("criteria", (key,)),
                mend=f"Voeg [{key}.scores.{kind}] toe.",
            )
