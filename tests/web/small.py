"""A small study and its runs, for tests of runs, documents and publications."""

from pathlib import Path

from story import Story

from marke.cli.explore import verken
from marke.run import LATEST
from marke.web.config.prepared import Addresses, manage
from marke.web.runs.models import SharedRun
from marke.web.runs.services import start_shared
from marke.web.runs.store import Stored, content_of
from marke.web.studies.selectors import latest
from marke.web.studies.services import add_version
from marke.web.tenancy.access import Place
from marke.web.tenancy.context import Context, opened
from marke.web.tenancy.models import Organisation, Role

SERVICES = ("privacy_officer", "soc")


def shrink(story: Story) -> None:
    """Make the study small."""
    with opened(Context(regions=[story.region.pk], region_writable=story.region.pk)):
        text = latest(story.region).text.replace("trekkingen = 8192", "trekkingen = 16")
        kept = "\n".join(f"[diensten.{key}]" for key in SERVICES)
        small = text.partition("[diensten.")[0] + kept
        add_version(region=story.region, user=story.administrator, text=small, reason="klein")


def work(addresses: Addresses) -> None:
    """Do all jobs that wait, by the command that the workspace starts."""
    manage(addresses, "work", "--one-shot")


def lead(story: Story) -> Place:
    return Place(story.administrator, story.region, frozenset({Role.LEAD}))


def region_context(story: Story) -> Context:
    return Context(regions=[story.region.pk], region_writable=story.region.pk)


def started(story: Story) -> SharedRun:
    with opened(region_context(story)):
        return start_shared(place=lead(story))


def again(run: Stored, context: Context) -> Stored:
    with opened(context):
        return type(run).objects.select_related("version__region").get(pk=run.pk)


def own_place(story: Story, name: str) -> tuple[Place, Context]:
    with opened(Context(regions=[story.region.pk])):
        own = Organisation.objects.select_related("region").get(region=story.region, slug=name)
    place = Place(story.administrator, story.region, frozenset({Role.CONTACT}), own)
    return place, Context(
        user=story.administrator.pk, regions=[story.region.pk], readable=[own.pk], writable=own.pk
    )


def by_command_line(place: Path, run: Stored, viewer: str | None = None) -> Path:
    """Explore the study of a run with the baseline in a folder, and return the run folder."""
    (place / "verkenning.toml").write_bytes(content_of(run, "inputs/study.toml"))
    runs = place / "runs"
    verken.callback(
        studie=str(place / "verkenning.toml"), regio=None, trekkingen=None, viewer=viewer, toevalsgetal=None,
        processors=2, cluster=None, runs=runs, everywhere=False, again=False,
    )  # fmt: skip
    return runs / (runs / LATEST).read_text().strip()


def page(story: Story, who: str, address: str) -> str:
    answer = story.browser(who).get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())
