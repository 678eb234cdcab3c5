"""Every statement in the findings can be followed to what it was made of; one that cannot, cannot be made."""

import json
from datetime import date
from functools import cache
from typing import Annotated, Literal

import pytest

from marke.findings.follow import Followed, follow
from marke.findings.part import Amount, By, Given, Part, traceable
from marke.findings.statements import Statement, statements
from marke.run import FINDINGS, Run


@pytest.mark.parametrize(
    "kind",
    [
        float,
        int | None,
        bool,
        date,
        Amount,
        Literal["yes", "no"],
        tuple[tuple[str, float], ...],
        tuple[str, ...],
    ],
)
def test_a_part_that_states_what_cannot_be_traced_cannot_be_made(kind):
    with pytest.raises(TypeError, match=r"Sum\.total does not say what it rests on"):
        type("Sum", (Part,), {"__annotations__": {"total": kind}})
    told = Annotated[kind, Given("de telling")]
    assert type("Sum", (Part,), {"__annotations__": {"name": str, "total": told}})


def test_a_derivation_without_anything_to_follow_cannot_be_made():
    with pytest.raises(TypeError, match="nothing to follow"):
        By("zomaar")


def made(name: str, **fields: object) -> type[Part]:
    return type(name, (Part,), {"__annotations__": fields})


@pytest.mark.parametrize("name", ["elders", "total", "rows.elders", "label"])
def test_findings_that_rest_on_what_is_nowhere_cannot_be_made(name):
    row = made("Row", label=str, total=Annotated[float, By("som", name)])
    with pytest.raises(TypeError, match=rf"Row\.total rests on '{name}', which is nowhere"):
        traceable(made("Whole", label=str, rows=tuple[row, ...]))


def test_a_name_leads_to_what_is_beside_it_around_it_or_in_a_part_there():
    given = Annotated[float, Given("telling")]
    row = made("Row", size=given, total=Annotated[float, By("som", "size", "rate", "other", "other.size")])
    whole = made("Whole", rate=given, rows=tuple[row, ...], other=made("Other", size=given))
    assert traceable(whole) is whole


@pytest.fixture(scope="module")
def known(run: Run) -> dict[str, Statement]:
    return dict(statements(run.findings))


def numbers(content) -> int:
    """How many numbers and truths a JSON value holds."""
    if isinstance(content, dict):
        return sum(map(numbers, content.values()))
    if isinstance(content, list | tuple):
        return sum(map(numbers, content))
    return isinstance(content, bool | int | float)


def test_every_number_of_the_file_is_part_of_one_statement(run: Run, known):
    fields = [(each.holder, each.address.rsplit(".", 1)[-1]) for each in known.values()]
    told = (holder.model_dump(include={field}, mode="json") for holder, field in fields)
    assert sum(map(numbers, told)) == numbers(json.loads((run.folder / FINDINGS).read_text())) > 50_000


def test_every_statement_leads_to_what_is_given_or_worked_out_line_by_line(known):
    ends: set[str] = set()

    def go(each: Statement, before: tuple[str, ...]) -> None:
        assert each.address not in before, f"{each.address} rests on itself"
        assert known[each.address].value == each.value
        if each.address in ends:
            return
        made_of = each.made_of()
        for part in made_of:
            go(part, (*before, each.address))
        rule = each.rule
        assert not isinstance(rule, By) or rule.step or made_of, f"{each.address} leads nowhere"
        ends.add(each.address)

    for each in known.values():
        go(each, ())


EXACT = {
    "PlayerFinding": ("alone", "today", "second_mean"),
    "Burden": ("today", "alone"),
    "GroupFinding": ("cost", "alone", "today", "one_off", "team", "charge", "vat", "annuity"),
    "ServiceFinding": ("today", "alone"),
    "GrowthStep": ("saving",),
    "StructureGroup": ("cost",),
    "StructureFinding": ("alone", "together"),
    "CriterionFinding": ("alone", "together", "margin"),
    "QualityFinding": ("utilisation",),
    "UncertaintyFinding": ("saving",),
    "VerdictFinding": ("saving", "alone"),
    "MunicipalVerdict": ("saving",),
}
"""Statements that are what their lines add up to; of others the lines are the inputs of a formula."""


@pytest.mark.parametrize("service", ["soc", "privacy_officer"])
def test_what_is_worked_out_line_by_line_agrees_with_what_is_stated(run: Run, known, service):
    """Of every kind the first, the last, and some between."""
    kinds: dict[tuple[str, str], list[Statement]] = {}
    for address, each in known.items():
        if address.startswith(f"{service}."):
            kinds.setdefault((type(each.holder).__name__, address.rsplit(".", 1)[-1]), []).append(each)
    explored, checked = cache(run.explored), 0
    for (holder, field), all_of_it in kinds.items():
        for each in {
            id(s): s for s in (all_of_it[0], all_of_it[len(all_of_it) // 2], all_of_it[-1])
        }.values():
            found = follow(each, explored, run.question.study)
            assert ended(found), each.address
            if field in EXACT.get(holder, ()) and found.steps:
                (step,) = found.steps
                value = each.value.mean if isinstance(each.value, Amount) else each.value
                assert step.mean == pytest.approx(value, rel=1e-9, abs=1e-9), each.address
                checked += 1
    assert checked > 60


def ended(found: Followed) -> bool:
    """Whether a statement ends at work, figures or what was given, along every way."""
    given = not isinstance(found.statement.rule, By)
    lines = all(step.behind() or step.parts or step.formula for step in found.steps)
    return (given or bool(found.parts or found.steps)) and lines and all(map(ended, found.parts))


def test_a_part_that_is_not_there_leaves_nothing_to_follow(known):
    """Without conditions a verdict rests on the rest."""
    each = known["privacy_officer.verdict.outcome"]
    assert not each.holder.conditions
    assert {part.address.rsplit(".", 1)[-1] for part in each.made_of()} >= {"feasible", "material", "slack"}


def test_a_name_that_nothing_around_has_is_refused(known):
    lost = Statement("soc.alone", 0.0, By("zomaar", "nergens"), known["soc.alone"].around)
    with pytest.raises(KeyError, match="nergens"):
        lost.made_of()


def test_the_published_schema_tells_the_formula(run: Run):
    schema = json.loads((run.folder / "findings.schema.json").read_text())
    assert schema["$defs"]["VerdictFinding"]["properties"]["saving"]["description"] == "alleen − samen"
