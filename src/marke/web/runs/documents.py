"""Documents for college and council made of a run, in the background, and kept with their hashes."""

import tempfile
from functools import partial
from pathlib import Path
from uuid import UUID

from marke.baseline import Baseline
from marke.chain import SHORT
from marke.documents.kinds import KINDS, Told
from marke.documents.write import MEMBERS, write_documents
from marke.errors import InputError
from marke.web.decisions.log import head_of
from marke.web.decisions.selectors import talks_of
from marke.web.runs.attempts import begin, failing, held
from marke.web.runs.models import Binder, BinderFile, OwnRun, SharedRun, State
from marke.web.runs.packing import pack, unpack
from marke.web.runs.store import Stored, findings_of
from marke.web.studies.question import study_of
from marke.web.tenancy.context import Context, opened

FORMATS = ("pdf", "odt", "ods")
TITLES = {
    "verkenning": "Verkenning",
    "raadsinformatiebrief": "Raadsinformatiebrief",
    "tussenbericht": "Tussenbericht over uitstel",
    "collegevoorstel": "Collegevoorstel",
    "raadsvoorstel": "Raadsvoorstel",
    "berap": "Passage voor de Berap",
    "begroting": "Passage voor de begroting",
    "oplegger": "Oplegger",
    "bijdragen": "Bijdragen per gemeente",
    "vragen": "Vragen en antwoorden",
    "bijlage": "Technische bijlage",
}
"""Every kind of document by the name that ``marke stukken`` knows."""

BROKEN = "Er ging iets mis bij het maken. Wie de werkruimte beheert, vindt de melding in haar uitvoer."


def told_of(run: Stored, code: str) -> Told:
    """Return what documents are composed from: a run as one municipality sees it, and talks."""
    study = study_of(run.version, Baseline({}))
    return Told(
        findings=findings_of(run),
        code=code,
        run=run.name,
        mark=run.mark[:SHORT],
        motion=study.settings.motion,
        talks=talks_of(run.region),
        log=head_of(run.region)[:SHORT],
    )


def make(binder: UUID, context: Context) -> None:
    """Make the documents of a binder; it ends complete, or failed with a reason, and only once.

    One whose worker died begins anew, at most ``MOST_TRIES`` times. Only a lost database raises an error:
    then it is to be tried again.
    """
    with held(binder) as ours:
        if not ours:
            return
        with failing(binder, partial(_fail, binder, context), BROKEN):
            with opened(context):
                found = begin(Binder, binder)
            if found is not None:
                with opened(context):
                    _fill(found)


def _fill(binder: Binder) -> None:
    """Write the files and call the binder complete, in the transaction that is open."""
    own = OwnRun.objects.select_related("version__region").filter(pk=binder.run).first()
    run: Stored = own or SharedRun.objects.select_related("version__region").get(pk=binder.run)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        kinds = [kind for kind in KINDS if kind in binder.kinds]
        written = list(write_documents(told_of(run, binder.organisation.code), kinds, FORMATS, folder))
        for path in sorted(folder.iterdir()):
            _keep(binder, path)
    problems = dict.fromkeys(each.problem for each in written if each.problem)
    binder.state, binder.reason = State.COMPLETE, " ".join(problems)[:500]
    binder.save(update_fields=["state", "reason"])


def _keep(binder: Binder, path: Path) -> None:
    BinderFile(
        region=binder.region,
        organisation=binder.organisation,
        binder=binder,
        name=path.name,
        members=f"-{MEMBERS}." in path.name,
        **pack(path.read_bytes())._asdict(),
    ).save(force_insert=True)


def _fail(binder: UUID, context: Context, reason: str) -> None:
    with opened(context):
        Binder.objects.filter(pk=binder).update(state=State.FAILED, reason=reason[:500])


def content_of_file(row: BinderFile) -> bytes:
    """Return a file as it was made; raises InputError when it is damaged."""
    content = unpack(row.content, row.digest)
    if content is None:
        raise InputError("Dit bestand is beschadigd.", where=row.name, mend="Maak de stukken opnieuw.")
    return content
