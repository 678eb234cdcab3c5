"""A region with a stored run of few draws, for the tests of the table."""

import re
from pathlib import Path

from django.conf import settings
from story import Story, make_story

from marke.question import find_study, read_question, shipped_inputs
from marke.run import Run, explore_question
from marke.web.runs.models import SharedRun, State
from marke.web.runs.store import keep
from marke.web.studies.selectors import latest
from marke.web.tenancy.context import Context, opened

FIVE = ("Hof van Twente", "Borne", "Haaksbergen", "Losser", "Wierden")


def explored(folder: Path, members: tuple[str, ...] = FIVE, draws: int = 256) -> Run:
    """Explore the shipped study among some of its municipalities, without blocs and hosts."""
    names = ", ".join(f'"{name}"' for name in members)
    text = find_study("twente-actueel").read_text("utf-8")
    text = text.replace('regio = "veiligheidsregio:Twente"', f"regio = [{names}]")
    head, *tables = re.split(r"(?m)^(?=\[)", text.replace("nulmeting =", "# nulmeting ="))
    dropped = ("[[blok]]", "[[samenwerking]]", "[diensten.ict_infrastructure")
    path = folder / "studie.toml"
    path.write_text(head + "".join(each for each in tables if not each.startswith(dropped)), "utf-8")
    question = read_question(shipped_inputs(path, None, {"trekkingen": draws}))
    return explore_question(question, folder / "runs", lambda _findings, name: name)


def story_with(run: Run, data: Path) -> Story:
    """A region of the run's municipalities in which that run is stored."""
    settings.DATA = data
    made = make_story(members=tuple(m.name for m in run.question.study.region.municipalities))
    with opened(
        Context(user=made.administrator.pk, regions=[made.region.pk], region_writable=made.region.pk)
    ):
        row = SharedRun.objects.create(
            region=made.region, version=latest(made.region), state=State.RUNNING, asked_by=made.administrator
        )
        assert keep(row, run.folder)
    return made
