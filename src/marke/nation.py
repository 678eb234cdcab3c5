"""Every safety region's study: one process a region, what is finished is kept, the rest resumed."""

import csv
import io
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from marke.cluster import cluster
from marke.dutch import METHODS, VERDICTS, enumerate_names
from marke.engine.spread import threads
from marke.errors import InputError
from marke.files import read_bytes, read_text, write_atomically
from marke.findings import Findings
from marke.jobs import Ended, Job, Send, run_jobs
from marke.question import Inputs, Question, read_question
from marke.region import Region
from marke.run import FINDINGS, explore_question, finished, threads_that_fit

OVERVIEW = "overzicht.csv"
COLUMNS = (
    "regio", "gemeenten", "dienst", "oordeel", "beste groep", "vorm", "besparing, euro per jaar",
    "kans op besparing", "methode", "seconden", "map", "fout",
)  # fmt: skip

WIDE = 16
"""From more players than this a region gets all processors to itself, because of its time and memory."""

Report = Callable[[Findings, str], str]
Tell = Callable[[str, str, int, int], None]
"""Called with a region, the service at work, replicates done, and replicates in all."""


@dataclass(frozen=True)
class Verdict:
    """One service in one region: the answer, its best group with form, euro a year and chance, and how."""

    service: str
    answer: str
    group: str
    form: str
    saving: float
    chance: float
    method: str


@dataclass(frozen=True)
class Outcome:
    """One region: its run folder and verdicts, or the sentence that tells why there are none.

    ``seconds`` is what the run took; None when that is not known, because it was there already.
    """

    region: str
    municipalities: int
    folder: str = ""
    seconds: float | None = None
    verdicts: tuple[Verdict, ...] = ()
    error: str = ""


@dataclass(frozen=True)
class Plan:
    """How regions are computed: into ``runs``, on ``processors`` of this machine or on a ``cluster``.

    ``report`` makes a run's page, and must be a function that another process can import. ``again``: also
    what is in ``runs`` already.
    """

    runs: Path
    report: Report
    processors: int
    cluster: str | None = None
    again: bool = False


@dataclass(frozen=True)
class _Task:
    region: str
    municipalities: int
    inputs: Inputs
    players: int
    threads: int


def explore_regions(inputs: Inputs, plan: Plan, tell: Tell) -> Iterator[Outcome]:
    """Compute the study of every safety region, and yield each outcome as soon as it is there.

    First come the regions whose run is there already, then the others, the largest first. A region that
    cannot be computed yields its error. Raises InputError when the study itself cannot be read. Closing the
    iterator, or an interruption, ends the work in hand; finished regions stay, and nothing is half written.
    """
    regions = read_question(inputs).country.regions("veiligheidsregio")
    known = _known_seconds(plan.runs)
    tasks: list[_Task] = []
    for region in regions:
        size = len(region.municipalities)
        try:
            question = read_question(replace(inputs, region=f"veiligheidsregio:{region.code}"))
            folder = None if plan.again else finished(question, plan.runs)
            if folder is None:
                tasks.append(_task(question, plan))
            else:
                findings = Findings.model_validate_json(read_bytes(folder / FINDINGS))
                seconds = known.get(folder.name)
                yield Outcome(_short(region), size, folder.name, seconds, _verdicts(findings))
        except InputError as error:
            yield Outcome(_short(region), size, error=str(error))
    tasks.sort(key=lambda task: -task.players)
    jobs = [Job(_explore, (task, plan), task.threads) for task in tasks]
    for number, message in run_jobs(jobs, plan.processors):
        task = tasks[number]
        if isinstance(message, Outcome):
            yield message
        elif isinstance(message, Ended):
            told = f"Het rekenen stopte onverwacht (status {message})."
            yield Outcome(task.region, task.municipalities, error=told)
        else:
            tell(task.region, *message)


def _short(region: Region) -> str:
    return region.municipalities[0].safety_region.name


def _task(question: Question, plan: Plan) -> _Task:
    study = question.study
    players = max(len(study.players(service)) for service in study.settings.services)
    wanted = plan.processors if players > WIDE and plan.cluster is None else 1
    most = threads_that_fit(question, wanted)
    return _Task(_short(study.region), len(study.region.municipalities), question.inputs, players, most)


def _explore(send: Send, task: _Task, plan: Plan) -> None:
    """Compute one region in this process, and send its progress and its outcome."""
    begin = time.perf_counter()
    try:
        with cluster(plan.cluster, task.threads) if plan.cluster else threads(task.threads) as pool:
            question = read_question(task.inputs)
            run = explore_question(question, plan.runs, plan.report, lambda *done: send(done), pool)
    except InputError as error:
        send(Outcome(task.region, task.municipalities, error=str(error)))
        return
    seconds = time.perf_counter() - begin
    verdicts = _verdicts(run.findings)
    send(Outcome(task.region, task.municipalities, run.folder.name, seconds, verdicts))


def _verdicts(findings: Findings) -> tuple[Verdict, ...]:
    names = {m.code: m.name for m in findings.municipalities}
    return tuple(
        Verdict(
            service.short,
            VERDICTS[service.verdict.outcome],
            enumerate_names([names[code] for code in service.best.codes]),
            service.best.variant,
            service.best.saving.mean,
            service.best.chance,
            METHODS[service.method.kind],
        )
        for service in findings.services
    )


def write_overview(outcomes: Sequence[Outcome], runs: Path) -> Path:
    """Write one row per region and service to ``overzicht.csv`` in ``runs``, whole or not at all."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for outcome in sorted(outcomes, key=lambda each: each.region):
        seconds = "" if outcome.seconds is None else f"{outcome.seconds:.1f}"
        first = (outcome.region, outcome.municipalities)
        last = (seconds, outcome.folder, outcome.error)
        for v in outcome.verdicts:
            row = (v.service, v.answer, v.group, v.form, f"{v.saving:.0f}", f"{v.chance:.4f}", v.method)
            writer.writerow((*first, *row, *last))
        if outcome.error:
            writer.writerow((*first, *[""] * 7, *last))
    write_atomically(runs / OVERVIEW, text.getvalue())
    return runs / OVERVIEW


def _known_seconds(runs: Path) -> dict[str, float]:
    """What earlier runs took, by folder, from the overview that stands there."""
    if not (runs / OVERVIEW).exists():
        return {}
    rows = csv.DictReader(io.StringIO(read_text(runs / OVERVIEW)))
    return {row["map"]: float(row["seconden"]) for row in rows if row.get("map") and row.get("seconden")}
