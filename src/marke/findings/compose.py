"""From what was explored to what is told."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from marke import __version__
from marke.catalogue import Catalogue
from marke.catalogue.intake import questions
from marke.engine.draws import Draws
from marke.engine.explore import Explored
from marke.findings import model
from marke.findings.calendar import calendar_finding
from marke.findings.choices import (
    best_group,
    best_group_for,
    cheapest_together,
    moves_finding,
    offers_finding,
    structure_finding,
)
from marke.findings.compare import quality_finding
from marke.findings.evidence import evidence_finding, priors_finding
from marke.findings.groups import amount, codes_of, group_finding, method_finding
from marke.findings.how_sure import uncertainty_finding
from marke.findings.ledger import ledger_finding
from marke.findings.route import route
from marke.findings.variants import variant_finding
from marke.findings.verdicts import verdict_finding
from marke.findings.weighed import acceptability_finding
from marke.study import Study

LEDGER_KEY = "per_inhabitant"
"""The key of the ledger that is told; ``marke grootboek`` writes one for any other."""


def _service(explored: Explored, study: Study) -> model.ServiceFinding:
    case = explored.case
    everyone = tuple(range(len(case.players)))
    cheapest = cheapest_together(explored)
    chosen = best_group(explored)
    told = tuple(dict.fromkeys(((cheapest, everyone), chosen)))
    best = group_finding(explored, study, *chosen)
    ours = next(i for i, p in enumerate(case.players) if study.viewpoint in p)
    thresholds = study.settings.thresholds
    sure = best.material >= thresholds.chance
    answer = "attractive" if sure else "uncertain" if best.saving.mean > 0 else "dearer"
    budgeted = [study.baseline.value(m.code, f"{case.key}.budgeted_1") for m in study.region.municipalities]
    stated = [value for value in budgeted if value is not None]
    answered = sum(
        study.baseline.value(m.code, f"{case.key}.{name}") is not None
        for m in study.region.municipalities
        for name in ("staff", "spend")
    )
    variants = tuple(variant_finding(explored, study, variant) for variant in case.variants)
    level = case.service.levels[study.settings.services[case.key].level]
    return model.ServiceFinding(
        key=case.key,
        label=case.service.label,
        short=case.service.short,
        motion=case.service.motion,
        summary=case.service.summary,
        level=level.label,
        norm=level.norm,
        answer=answer,
        overlaps=case.service.overlaps,
        players=_players(explored),
        today=amount(explored.now.players.sum(axis=1)),
        today_answered=answered,
        budgeted=float(sum(stated)) if len(stated) == len(budgeted) else None,
        budgeted_answered=len(stated),
        alone=amount(explored.alone.cost.sum(axis=1)),
        alone_variants=tuple(
            (case.service.alone[name].label, float(explored.alone.means[a].sum()))
            for a, name in enumerate(explored.alone.variants)
        ),
        unavailable=tuple(case.service.unavailable.values()),
        everyone=cheapest,
        variants=variants,
        best=best,
        viewpoint_best=group_finding(explored, study, *best_group_for(explored, ours)),
        structure=structure_finding(explored),
        moves=tuple(moves_finding(explored, variant, members) for variant, members in told),
        offers=offers_finding(explored),
        method=method_finding(explored),
        ledger=ledger_finding(explored, study, cheapest, everyone, LEDGER_KEY),
        quality=quality_finding(explored, study, cheapest, chosen),
        acceptability=acceptability_finding(explored, study, {v.key: v.gates for v in variants}),
        priors=priors_finding(explored, study, (cheapest, everyone), chosen),
        uncertainty=tuple(uncertainty_finding(explored, study, *each) for each in told),
        verdict=verdict_finding(
            explored,
            study,
            {v.key: v.gates for v in variants},
            {v.key: v.steps[-1].likely for v in variants},
            LEDGER_KEY,
        ),
    )


def _players(explored: Explored) -> tuple[model.PlayerFinding, ...]:
    case, alone = explored.case, explored.alone
    labels = [case.service.alone[name].label for name in alone.variants]
    return tuple(
        model.PlayerFinding(
            name=case.names[i],
            codes=codes_of(case, (i,)),
            inhabitants=int(case.inhabitants[i]),
            alone=amount(alone.cost[:, i]),
            alone_variant=labels[alone.chosen[i]],
            second_variant=labels[alone.runner_up[i]],
            second_mean=float(alone.second[:, i].mean()),
            tie=bool((alone.second - alone.cost)[:, i].mean() < 2 * alone.error[i]),
            today=amount(explored.now.players[:, i]),
        )
        for i in range(len(case.players))
    )


@dataclass(frozen=True)
class _About:
    study: model.StudyFinding
    municipalities: tuple[model.MunicipalityFinding, ...]


Tell = Callable[[model.About, model.ServiceFinding], object]
"""Called with what names things, and one service."""


def compose(
    study: Study,
    catalogue: Catalogue,
    draws: Draws,
    explored: Iterable[Explored],
    tell: Tell | None = None,
) -> model.Findings:
    """Gather the findings of all services, with the figures, rules and settings they rest on.

    ``tell`` is called with every service as soon as its findings are there.
    """
    about = _About(_study(study), _municipalities(study))
    services, cases = [], []
    for found in explored:
        services.append(_service(found, study))
        cases.append(found.case)
        if tell:
            tell(about, services[-1])
        del found  # its arrays make room for the next
    return model.Findings(
        schema_version=model.SCHEMA_VERSION,
        marke_version=__version__,
        study=about.study,
        municipalities=about.municipalities,
        partnerships=_partnerships(study, catalogue),
        services=tuple(services),
        figures=tuple(
            model.FigureFinding(
                id=key,
                source=catalogue.sources[figure.source].title,
                **figure.model_dump(
                    include={"label", "low", "mode", "high", "unit", "year", "status", "strength", "note"}
                ),
            )
            for key, figure in catalogue.figures.items()
        ),
        rules=tuple(
            model.RuleFinding(
                id=key,
                label=rule.label,
                article=rule.article,
                in_force=rule.in_force(study.settings.reference_date),
                in_force_from=rule.in_force_from,
                source=catalogue.sources[rule.source].title,
            )
            for key, rule in catalogue.rules.items()
            if rule.known(study.settings.reference_date)
        ),
        calendar=calendar_finding(cases, study, catalogue),
        answers_given=study.baseline.given,
        evidence=evidence_finding(catalogue),
        route=route(services),
        answers_possible=len(questions(catalogue)) * len(study.region.municipalities),
        assumed=_assumed(draws),
        influence_assumed=_influence_assumed(services),
    )


def _municipalities(study: Study) -> tuple[model.MunicipalityFinding, ...]:
    year = study.settings.inhabitants_year
    return tuple(
        model.MunicipalityFinding(code=m.code, name=m.name, inhabitants=m.inhabitants[year] or 0)
        for m in study.region.municipalities
    )


def _assumed(draws: Draws) -> float:
    drawn = [figure for figure in draws.figures.values() if not figure.fixed]
    return sum(figure.status == "assumption" for figure in drawn) / len(drawn)


def _influence_assumed(services: Sequence[model.ServiceFinding]) -> float:
    rows = [row for service in services for row in service.uncertainty[0].influences]
    total = sum(row.share for row in rows)
    return sum(row.share for row in rows if row.status == "assumption") / total if total else 0.0


def _partnerships(study: Study, catalogue: Catalogue) -> tuple[model.PartnershipFinding, ...]:
    names = {m.code: m.name for m in study.region.municipalities}
    blocs = [
        model.PartnershipFinding(
            name=bloc.name,
            members=tuple(names[code] for code in sorted(bloc.members)),
            services=tuple(s.label for key, s in catalogue.services.items() if key in bloc.services),
            subject="één speler in deze verkenning",
            source=bloc.source,
            is_bloc=True,
        )
        for bloc in study.blocs
    ]
    others = [
        model.PartnershipFinding(
            name=row.name,
            members=row.members,
            services=(),
            subject=f"{row.form}: {row.subject}",
            source=row.source,
            is_bloc=False,
        )
        for row in study.settings.partnerships
        if set(row.members) & set(names.values())
    ]
    return (*blocs, *others)


def _study(study: Study) -> model.StudyFinding:
    settings = study.settings
    return model.StudyFinding(
        name=settings.name,
        question=settings.question,
        region=study.region.name,
        viewpoint=study.viewpoint.name,
        viewpoint_code=study.viewpoint.code,
        viewer=study.viewer.name if study.viewer else "",
        reference_date=settings.reference_date,
        wanted_start=settings.wanted_start,
        price_year=settings.price_year,
        inhabitants_year=settings.inhabitants_year,
        horizon=settings.horizon,
        discount_rate=settings.discount_rate,
        draws=settings.draws,
        seed=settings.seed,
        **settings.thresholds.model_dump(),
    )
