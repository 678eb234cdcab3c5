"""A study is set up in pages; every change is a version, and what does not fit is told."""

import re

import pytest
from lxml import html
from story import WORDS, Story, invited, make_story, signed_in

from marke.baseline import Baseline
from marke.question import find_study
from marke.study import Thresholds
from marke.web.accounts.services import create_user
from marke.web.config.prepared import Addresses
from marke.web.studies.models import StudyVersion
from marke.web.studies.question import catalogue, question_of, study_of
from marke.web.studies.selectors import latest
from marke.web.studies.services import open_region
from marke.web.studies.settings_page import as_filled, thresholds
from marke.web.tenancy.context import Context, opened

PAGE = "/regio/proefregio/studie/instellen/"


@pytest.fixture
def story(clean: Addresses) -> Story:
    return make_story()


@pytest.fixture
def twente(clean: Addresses) -> Story:
    """The study that ships, with blocs, a partnership to join and much that no form holds."""
    admin = create_user(email="b@twente.nl", name="B", password=WORDS, administrator=True)
    text = find_study("twente-actueel").read_text(encoding="utf-8")
    region = open_region(user=admin, wanted="veiligheidsregio:Twente", name="Proefregio", text=text)
    return Story(admin, region, {"beheer": signed_in(admin)})


def as_shown(story: Story) -> dict[str, list[str]]:
    """What the browser would post without a change."""
    page = html.fromstring(story.browser("beheer").get(PAGE).content)
    (form,) = page.xpath("//form[.//*[@name='reason']]")
    found: dict[str, list[str]] = {}
    for name, value in form.form_values():
        found.setdefault(name, []).append(value)
    return found | {"reason": ["proef"]}


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


def test_the_shipped_study_survives_its_form(twente: Story) -> None:
    before, was = study(twente)
    assert twente.browser("beheer").post(PAGE, as_shown(twente)).status_code == 302
    version, after = study(twente)
    assert after.settings == was.settings
    assert after.admissions == was.admissions
    comments = [line for line in before.text.splitlines() if line.startswith("#")]
    assert [line for line in version.text.splitlines() if line.startswith("#")] == comments


def test_blocs_are_added_changed_and_taken_away(twente: Story) -> None:
    given = as_shown(twente)
    given |= {"blok-weg-1": ["on"], "blok-weg-2": ["on"], "blok-diensten-0": ["soc"]}
    given |= {
        "blok-naam-3": ["West"],
        "blok-gemeenten-3": ["Borne", "Hof van Twente"],
        "blok-bron-3": ["motie"],
    }
    before, _ = study(twente)
    assert twente.browser("beheer").post(PAGE, given).status_code == 302
    version, after = study(twente)
    assert [(b.name, b.members, b.services) for b in after.settings.blocs] == [
        ("Noaberkracht", ("Dinkelland", "Tubbergen"), ("soc",)), ("West", ("Borne", "Hof van Twente"), ())
    ]  # fmt: skip
    assert sorted(line for line in version.text.splitlines() if line.startswith("#")) == sorted(
        line for line in before.text.splitlines() if line.startswith("#")
    )
    given = as_shown(twente) | {"blok-weg-0": ["on"], "blok-weg-1": ["on"]}
    assert twente.browser("beheer").post(PAGE, given).status_code == 302
    version, after = study(twente)
    assert after.settings.blocs == ()
    assert "# Bestaande samenwerking: zij staat in het verslag." in version.text


def test_a_form_gets_its_host_and_room(story: Story) -> None:
    service, variant = next(
        (key, name)
        for key, each in catalogue().services.items()
        for name, joint in each.joint.items()
        if catalogue().forms[joint.form].hosted
    )
    mark = f"{service}-{variant}"
    given = as_shown(story) | {f"gastheer-{mark}": ["Borne"], f"capaciteit-{mark}": ["2"]}
    assert story.browser("beheer").post(PAGE, given).status_code == 302
    _, after = study(story)
    assert (after.admissions[service, variant].host, after.admissions[service, variant].capacity) == (
        "Borne",
        2,
    )
    given = as_shown(story)
    assert given[f"gastheer-{mark}"] == ["Borne"]
    given |= {f"gastheer-{mark}": [""], f"capaciteit-{mark}": [""]}
    assert story.browser("beheer").post(PAGE, given).status_code == 302
    version, after = study(story)
    assert after.settings.services[service].groups == {}
    assert f"\n[diensten.{service}.groepen" not in version.text


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
        ({"blok-naam-0": "Half"}, "is niet af"),
        ({"blok-naam-0": "Een", "blok-bron-0": "x", "blok-gemeenten-0": ["Borne", "Losser"]}, "Losser"),
        ({"capaciteit-soc-host": "veel"}, "geen aantal"),
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


def test_what_was_filled_in_stays_when_something_does_not_fit(story: Story) -> None:
    given = as_shown(story) | {
        "peildatum": ["gisteren"],
        "naam": ["Een andere naam"],
        "reason": ["Raad vroeg"],
    }
    given |= {"blok-naam-0": ["Half"], "drempel-kans": ["83"]}
    del given["dienst-woo_team"]
    page = html.fromstring(story.browser("beheer").post(PAGE, given).content)
    (form,) = page.xpath("//form[.//*[@name='reason']]")
    shown = dict(form.form_values())
    for name in ("peildatum", "naam", "reason", "blok-naam-0", "drempel-kans"):
        assert shown[name] == given[name][0]
    assert "dienst-woo_team" not in shown


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
    shown = {each.key for each in thresholds(as_filled(found))}
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
