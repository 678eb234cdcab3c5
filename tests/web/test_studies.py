"""A study is set up in pages; every change is a version, and what does not fit is told."""

import re

import pytest
from story import Story, invited, make_story

from marke.baseline import Baseline
from marke.study import Thresholds
from marke.web.config.prepared import Addresses
from marke.web.studies.models import StudyVersion
from marke.web.studies.question import catalogue, question_of, study_of
from marke.web.studies.selectors import latest
from marke.web.studies.settings_page import thresholds
from marke.web.tenancy.context import Context, opened

PAGE = "/regio/proefregio/studie/instellen/"


@pytest.fixture
def story(clean: Addresses) -> Story:
    return make_story()


def as_shown(story: Story) -> dict[str, object]:
    """What the browser would post without a change."""
    page = story.browser("beheer").get(PAGE).content.decode()
    found: dict[str, object] = dict(re.findall(r'<input[^>]* name="([a-z_-]+)"[^>]* value="([^"]*)"', page))
    found |= dict(re.findall(r'name="(drempel-\w+)" value="([^"]*)"', page))
    found["vraag"] = re.findall(r"<textarea[^>]*>([^<]*)", page)[0]
    for name, options in re.findall(r'<select[^>]* name="([^"]+)">(.*?)</select>', page):
        chosen = re.search(r'<option(?: value="([^"]*)")? selected>([^<]*)', options)
        assert chosen
        found[name] = chosen[1] or chosen[2]
    for name in re.findall(r'name="(dienst-\w+)" checked', page):
        found[name] = "on"
    variants: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="(variant-\w+)" value="(\w+)" checked', page):
        variants.setdefault(name, []).append(value)
    return found | variants | {"reason": "proef"}


def study(story: Story):
    with opened(Context(regions=[story.region.pk])):
        version = latest(story.region)
    return version, study_of(version, Baseline({}))


def test_saving_the_form_as_it_is_changes_nothing_of_the_study(story: Story) -> None:
    _, before = study(story)
    assert story.browser("beheer").post(PAGE, as_shown(story)).status_code == 302
    version, after = study(story)
    assert version.number == 2
    assert after.settings == before.settings
    assert "# De dag waarop de verkenning kijkt" in version.text


def test_services_levels_variants_and_thresholds_change(story: Story) -> None:
    given = as_shown(story)
    del given["dienst-woo_team"]
    variants = given["variant-soc"]
    given |= {"drempel-kans": "90", "niveau-soc": "ambition", "variant-soc": variants[:1]}
    given |= {"gezichtspunt": "Borne", "gewenste_start": "2028-01-01"}
    assert story.browser("beheer").post(PAGE, given).status_code == 302
    _, after = study(story)
    assert "woo_team" not in after.settings.services
    assert after.settings.services["soc"].level == "ambition"
    assert after.settings.services["soc"].variants == (variants[0],)
    assert after.settings.thresholds.chance == 0.9
    assert after.viewpoint.name == "Borne"
    assert after.settings.wanted_start.year == 2028


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"reason": " "}, "waarom"),
        ({"peildatum": "gisteren"}, "geen datum"),
        ({"drempel-kans": "veel"}, "geen percentage"),
        ({"drempel-kans": "900"}, "kans"),
        ({"niveau-soc": "hoog"}, "hoog"),
        ({"gezichtspunt": "Losser"}, "Losser"),
    ],
)
def test_what_does_not_fit_is_told_and_adds_no_version(
    story: Story, change: dict[str, str], told: str
) -> None:
    answer = story.browser("beheer").post(PAGE, as_shown(story) | change)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    with opened(Context(regions=[story.region.pk])):
        assert StudyVersion.objects.count() == 1


def test_only_who_manages_the_region_changes_its_study(story: Story) -> None:
    contact = invited(story, "borne")
    assert contact.get("/regio/proefregio/studie/").status_code == 200
    assert contact.get(PAGE).status_code == 404
    assert contact.post("/regio/proefregio/studie/wijzigen/", {"text": "", "reason": "x"}).status_code == 404


def test_the_study_file_itself_can_be_changed_but_not_to_another_region(story: Story) -> None:
    version, _ = study(story)
    page = "/regio/proefregio/studie/wijzigen/"
    given = {"text": version.text.replace("kans = 0.80", "kans = 0.85"), "reason": "proef"}
    assert story.browser("beheer").post(page, given).status_code == 302
    other = {"text": version.text.replace('"Borne"', '"Losser"'), "reason": "proef"}
    answer = story.browser("beheer").post(page, other)
    assert answer.status_code == 422


def test_every_threshold_of_a_study_is_in_the_form(story: Story) -> None:
    _, found = study(story)
    shown = {each.key for each in thresholds(found)}
    assert shown == {field.alias for field in Thresholds.model_fields.values()}


def test_a_figure_is_replaced_with_its_source_and_taken_back(story: Story) -> None:
    invited(story, "borne")
    key = catalogue().drivers["staff"].classes[0].rate
    lead, page = story.browser("beheer"), f"/regio/proefregio/studie/cijfers/{key}/"
    contact = story.browser("contact-borne")
    asked = "/regio/proefregio/gemeente/borne/nulmeting/onderdeel/once/"
    before = re.findall(r"schatting: [^)]*", contact.get(asked).content.decode())[0]
    for wrong in (
        {"low": "2", "mode": "1", "high": "3", "source": "proef"},
        {"low": "veel", "mode": "1", "high": "3", "source": "proef"},
        {"low": "1", "mode": "1", "high": "3", "source": " "},
    ):
        assert lead.post(page, wrong).status_code == 422
    given = {"low": "0,001", "mode": "0,002", "high": "0,003", "source": "eigen telling"}
    assert lead.post(page, given).status_code == 302
    assert "eigen telling" in lead.get("/regio/proefregio/studie/cijfers/").content.decode()
    assert re.findall(r"schatting: [^)]*", contact.get(asked).content.decode())[0] != before
    version, before_saving = study(story)
    assert question_of(version, Baseline({})).catalogue.figures[key].mode == 0.002
    assert lead.post(PAGE, as_shown(story)).status_code == 302
    assert study(story)[1].settings.figures == before_saving.settings.figures
    assert lead.post(page, {"back": "1"}).status_code == 302
    assert re.findall(r"schatting: [^)]*", contact.get(asked).content.decode())[0] == before
    assert contact.get("/regio/proefregio/studie/cijfers/").status_code == 200
    assert contact.get(page).status_code == 404
