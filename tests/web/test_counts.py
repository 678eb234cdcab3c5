"""What leaves the municipalities as a count: as the command line counts, from five on, in steps of five."""

import importlib
import re
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from small import by_command_line, own_place, region_context, shrink, started, work
from story import Story, fill, invited, make_story
from test_totals import SIX, SLUGS

from marke.baseline import Baseline, Counts, count_moments, write_baseline
from marke.catalogue.intake import moments_of, questions
from marke.question import counted_months
from marke.run import FINDINGS
from marke.web.config.prepared import Addresses
from marke.web.intake.answers import baseline_of, region_counts
from marke.web.intake.models import Answer, RegionalTotal
from marke.web.runs.models import OwnRun, SharedRun, State
from marke.web.runs.services import start_own
from marke.web.runs.store import content_of
from marke.web.studies.question import catalogue, country, study_of
from marke.web.studies.selectors import latest
from marke.web.tenancy.context import Context, opened
from marke.web.tenancy.models import Organisation

QUESTIONS = importlib.import_module("marke.web.intake.migrations.0008_counts").QUESTIONS


@pytest.fixture
def story(clean: Addresses) -> Story:
    found = make_story(members=SIX)
    for name in SLUGS:
        invited(found, name)
    return found


def counted(story: Story, *, regions: bool = True) -> Counts:
    months = firsts(story)
    with opened(Context(user=story.administrator.pk, regions=[story.region.pk] if regions else [])):
        return region_counts(story.region, months)


def firsts(story: Story) -> list[date]:
    with opened(Context(regions=[story.region.pk])):
        return list(counted_months(study_of(latest(story.region), Baseline({}))))


def whole_baseline(story: Story) -> Baseline:
    """Everything that the municipalities answered, as who collects it at the command line has it."""
    found = {}
    with opened(Context(regions=[story.region.pk])):
        members = list(Organisation.objects.filter(region=story.region).exclude(code=""))
    for own in members:
        with opened(Context(regions=[story.region.pk], readable=[own.pk])):
            found |= baseline_of(own.code, Answer.objects.filter(organisation=own)).answers
    return Baseline(found)


def answer(story: Story, name: str, section: str = "soc", **values: str) -> None:
    assert fill(story, f"contact-{name}", section, **values).status_code == 302


def test_the_database_counts_what_the_catalogue_calls_so() -> None:
    asked = {each.id for each in questions(catalogue())}
    for kind in ("contract_end", "replacement"):
        of_kind = {each.id for key in catalogue().services for each in moments_of(catalogue(), key, kind)}
        assert {each for each in asked if re.search(QUESTIONS[kind], each)} == of_kind
    for part in ("vacancy", "mandate"):
        called_so = {each for each in asked if each.rpartition(".")[2] == part}
        assert {each for each in asked if re.search(QUESTIONS[part], each)} == called_so
        assert called_so


def test_the_same_answers_give_the_same_counts(story: Story) -> None:
    for number, name in enumerate(SLUGS):
        day = f"2028-0{3 + number}-{'01' if number % 2 else '15'}"
        vacancy = "0" if number == 0 else "0,5"
        days = {"soc__contract_end": day, "soc__replaced_on": day}
        answer(story, name, soc__vacancy=vacancy, soc__mandate="ja", **days)
        if number < 5:
            other = {"joint_procurement__end_office": "2027-12-31", "joint_procurement__end_edr": day}
            answer(story, name, "joint_procurement", **other)
        if number < 4:
            answer(story, name, "woo_team", woo_team__contract_end=day)
    found = counted(story)
    assert found == count_moments(whole_baseline(story), catalogue(), firsts(story))
    assert found.of("soc", "contract_end") == found.of("soc", "mandate") == 6
    assert found.of("soc", "vacancy") == found.of("joint_procurement", "contract_end") == 5
    assert found.of("soc", "replacement", date(2028, 4, 1)) == 5
    assert found.of("woo_team", "contract_end") is None


def test_nothing_below_five_and_no_change_below_five(story: Story) -> None:
    for name in SLUGS[:4]:
        answer(story, name, soc__contract_end="2028-06-15")
        assert counted(story) == Counts()
    answer(story, SLUGS[4], soc__contract_end="2028-06-15")
    assert counted(story, regions=False) == Counts()
    first = counted(story)
    assert first.of("soc", "contract_end", date(2028, 6, 1)) == 5
    assert first.of("soc", "contract_end", date(2028, 7, 1)) is None
    answer(story, SLUGS[5], soc__contract_end="2029-06-15")
    for name in SLUGS[:3]:
        answer(story, name, soc__contract_end="2029-06-15")
        assert counted(story) == first
    answer(story, SLUGS[3], soc__contract_end="2029-06-15")
    second = counted(story)
    assert second.of("soc", "contract_end") == 6
    assert second.of("soc", "contract_end", date(2029, 6, 1)) == 5
    with opened(Context(regions=[story.region.pk])):
        told = RegionalTotal.objects.filter(question="soc.contract_end").order_by("id")
        assert [each.municipalities for each in told] == [5, 6]
        assert {each.published_by_id for each in told} == {story.administrator.pk}


def test_contracts_and_mandates_give_the_findings_of_the_command_line(
    clean: Addresses, story: Story, data: Path, tmp_path: Path
) -> None:
    shrink(story)
    for number, name in enumerate(SLUGS):
        days = {"soc__contract_end": f"2027-0{3 + number}-15", "soc__replaced_on": "2027-10-01"}
        answer(story, name, soc__mandate="ja" if number else "nee", soc__vacancy="1", **days)
    started(story)
    place, context = own_place(story, "hof-van-twente")
    with opened(context):
        start_own(place=place)
    work(clean)
    whole, region = whole_baseline(story), country().select(story.region.selection)
    write_baseline(tmp_path / "nulmeting.csv", whole, region, catalogue())
    for kind, viewer, seen in ((SharedRun, None, region_context(story)), (OwnRun, "Hof van Twente", context)):
        with opened(seen):
            run = kind.objects.select_related("version__region").get()
            assert run.state == State.COMPLETE, run.reason
            findings = content_of(run, FINDINGS)
            folder = by_command_line(tmp_path, run, viewer)
        assert findings == (folder / FINDINGS).read_bytes()
        assert "Van 6 gemeenten is bekend" in findings.decode()
        told = "Van 5 van de 6 gemeenten" if viewer is None else "Uw gemeente gaf vooraf geen volmacht"
        assert told in findings.decode()


def test_only_firsts_of_months_can_be_asked_for(story: Story) -> None:
    for number, name in enumerate(SLUGS):
        answer(story, name, soc__contract_end=f"2028-06-{10 + number}")
    with opened(Context(regions=[story.region.pk])), connection.cursor() as cursor:
        days = [date(2028, 6, day) for day in range(1, 30)]
        cursor.execute(
            "SELECT month, municipalities FROM marke_region_counts(%s, %s) WHERE month IS NOT NULL",
            [story.region.pk, days],
        )
        assert cursor.fetchall() == [(date(2028, 6, 1), 6)]
