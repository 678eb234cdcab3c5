"""A run: one folder with inputs, findings, arrays and report, written whole or not at all."""

import hashlib
import json
import os
import platform
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from marke import __version__
from marke.dutch import enumerate_names
from marke.engine import sampled
from marke.engine.case import Case
from marke.engine.explore import Explored, Statistics, compare_alone, explore, memory_needed
from marke.engine.sampled import Sampled, explore_sampled, make_forms
from marke.engine.spread import Pool, in_order, threads
from marke.engine.today import look_at_today
from marke.errors import InputError
from marke.files import fold, read_bytes, read_text, slug, unwritable, write_atomically
from marke.findings import Findings, Tell, compose
from marke.question import BASELINE, COUNTS, Inputs, Question, read_question
from marke.region import Municipality
from marke.study import EXACT_PLAYERS

LATEST = "laatste"
MANIFEST = "manifest.json"
FINDINGS = "findings.json"
ARRAYS = "coalitions.parquet"
REPORT = "verslag.html"
LIBRARIES = ("numpy", "scipy", "numba", "pyarrow")
COLUMNS = ("mean", "error", "spread", "chance", "material", "cheaper")

Progress = Callable[[str, int, int], None]
"""Called with the service's key, replicates done, and replicates in all."""


@dataclass(frozen=True)
class Run:
    """A finished run: its folder, the question it answers and the findings."""

    folder: Path
    question: Question
    findings: Findings

    def services(self, name: str | None = None) -> tuple[str, ...]:
        """The keys of all services, or of the one with this key or short name; InputError without it."""
        known = self.question.study.settings.services
        called = {self.question.catalogue.services[key].short: key for key in known}
        found = [key for short, key in called.items() if name and name.lower() in (key, short.lower())]
        if name and not found:
            raise InputError(
                f"Deze run heeft geen dienst '{name}'.", mend=f"Wel: {enumerate_names(list(called))}."
            )
        return tuple(found or known)

    def municipality(self, name: str) -> Municipality:
        """Find a municipality of the run's region by name or code; raises InputError outside it."""
        found = self.question.country.find(name)
        if found not in self.question.study.region.municipalities:
            raise InputError(
                f"{found.name} hoort niet bij {self.question.study.region.name}.",
                mend="Kies een gemeente uit de regio van deze run.",
            )
        return found

    def players(self, case: Case, text: str) -> tuple[int, ...]:
        """Read a coalition, names or codes with commas or ``alle``, as player numbers in order.

        Raises InputError for an unknown municipality, one named twice, or part of a bloc.
        """
        if fold(text) == "alle":
            return tuple(range(len(case.players)))
        named = [self.municipality(part.strip()) for part in text.split(",")]
        if len(set(named)) < len(named):
            raise InputError("Een gemeente staat twee keer in de groep.", mend="Noem haar één keer.")
        members = []
        for number, player in enumerate(case.players):
            present = [m for m in player if m in named]
            if present and len(present) < len(player):
                raise InputError(
                    f"{case.names[number]} is hier één speler.", mend="Noem die gemeenten allemaal."
                )
            members += [number] if present else []
        return tuple(members)

    def explored(self, service: str) -> Explored:
        """Rebuild one service's results: alone and today from the draws, coalitions from the arrays.

        Allocations per draw are not kept, so what hangs on ``keys`` is empty.
        Raises InputError when the run has no such service.
        """
        (service,) = self.services(service)
        question = self.question
        case = question.case(service)
        statistics = {variant: self._statistics(service, variant) for variant in case.variants}
        now = look_at_today(case, question.study)
        if len(case.players) <= EXACT_PLAYERS:
            return Explored(case, compare_alone(case), now, statistics)
        masks = self._column(service, case.variants[0], "coalition")
        seed, forms = question.study.settings.seed, make_forms(case)
        return Sampled(case, compare_alone(case), now, statistics, coalitions=masks, forms=forms, seed=seed)

    def _statistics(self, service: str, variant: str) -> Statistics:
        return Statistics(**{name: self._column(service, variant, name) for name in COLUMNS})

    def _column(self, service: str, variant: str, name: str) -> Any:
        filters = [("service", "=", service), ("variant", "=", variant)]
        return pq.read_table(self.folder / ARRAYS, columns=[name], filters=filters)[name].to_numpy()


def explore_question(
    question: Question,
    runs: Path,
    report: Callable[[Findings, str], str],
    progress: Progress | None = None,
    pool: Pool | None = None,
    tell: Tell | None = None,
) -> Run:
    """Compute a question and write its run folder under ``runs``.

    The folder appears whole, under a name made from the study's and a hash of the inputs; the same question
    gives the same folder with the same bytes, whatever the ``pool`` (without one: all processors of this
    machine). ``report`` turns findings and run name into the HTML page; ``tell`` is called with every service
    as soon as its findings are there.
    Raises InputError when the folder cannot be written or the machine has too little memory.
    """
    most = threads_that_fit(question, os.cpu_count() or 1)
    if pool is None:
        with threads(most) as pool:
            return explore_question(question, runs, report, progress, pool, tell)
    sources, manifest = _plan(question)
    name = _name(question, manifest)
    with _new_folder(runs, name) as folder:
        explored = _explore_each(question, folder, progress, pool)
        findings = compose(question.study, question.catalogue, question.draws, explored, tell)
        for source, content in sources.items():
            _put(folder / "inputs" / source, content)
        _put(folder / FINDINGS, findings.model_dump_json(indent=1))
        schema = json.dumps(Findings.model_json_schema(), indent=1, sort_keys=True)
        _put(folder / "findings.schema.json", schema)
        _put(folder / REPORT, report(findings, name))
        _put(folder / MANIFEST, json.dumps(manifest, indent=1, sort_keys=True))
    write_atomically(runs / LATEST, f"{name}\n")
    return Run(runs / name, question, findings)


def finished(question: Question, runs: Path) -> Path | None:
    """Return the folder under ``runs`` that holds the answer to exactly this question, if it is there."""
    _, manifest = _plan(question)
    folder = runs / _name(question, manifest)
    try:
        recorded = json.loads(read_text(folder / MANIFEST))
    except (InputError, ValueError):
        return None
    return folder if recorded == manifest else None


def threads_that_fit(question: Question, at_most: int) -> int:
    """Return how many threads, up to ``at_most``, this machine has the memory for.

    Raises InputError when even one asks for too much.
    """
    for count in range(at_most, 0, -1):
        if _fits(question, count, 1):
            return count
    wanted, present = _needed(question, 1, 1) / 2**30, _present() / 2**30
    raise InputError(
        f"Deze studie vraagt ongeveer {wanted:.0f} GiB geheugen; deze computer heeft er {present:.0f}.",
        mend="Kies een kleinere regio of minder varianten, of gebruik een grotere computer.",
    )


def _fits(question: Question, workers: int, services: int) -> bool:
    """Whether this machine has the memory for so many services at a time."""
    return _needed(question, workers, services) <= 0.8 * _present()


def _needed(question: Question, workers: int, services: int) -> int:
    """Return the bytes that the largest ``services`` of a question ask for together."""
    settings = question.study.settings
    found = []
    for key in settings.services:
        players = len(question.study.players(key))
        memory = memory_needed if players <= EXACT_PLAYERS else sampled.memory_needed
        found.append(memory(players, len(question.variants(key)), settings.draws, workers))
    return sum(sorted(found)[-services:])


def _present() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _plan(question: Question) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Read all inputs, and say what makes the run."""
    sources = question.sources()
    return sources, _manifest(question, sources)


def _name(question: Question, manifest: Mapping[str, Any]) -> str:
    """Name a run by its study, its region where that is not the study's own, and its hash."""
    parts = [question.study.settings.name]
    if question.inputs.region:
        parts.append(question.study.region.name)
    return f"{'-'.join(map(slug, parts))}-{manifest['id'][:8]}"


def _explore_each(
    question: Question, folder: Path, progress: Progress | None, pool: Pool
) -> Iterator[Explored]:
    """Explore the services and write their arrays; memory does not grow with their number.

    While one is told, the next is explored, where there is memory for both.
    """

    def one(service: str) -> Explored:
        case = question.case(service)
        each = None if progress is None else partial(progress, service)
        method = explore if len(case.players) <= EXACT_PLAYERS else explore_sampled
        return method(case, question.study, each, pool)

    at_once = 2 if _fits(question, pool.here, 2) else 1
    with pq.ParquetWriter(folder / ARRAYS, _schema()) as writer, ThreadPoolExecutor(1) as beside:
        one_thread = Pool(beside.submit, at_once, 1)
        for explored in in_order(one_thread, one, question.study.settings.services):
            for variant in explored.case.variants:
                writer.write_table(_table(explored, variant))
            yield explored
            del explored  # its arrays make room for the next


def _schema() -> Any:
    text = pa.dictionary(pa.int8(), pa.string())
    fields = [("service", text), ("variant", text), ("coalition", pa.int64()), ("size", pa.int8())]
    numbers = [(name, pa.float64()) for name in (*COLUMNS, "potential")]
    return pa.schema([*fields, *numbers])


def _table(explored: Explored, variant: str) -> Any:
    statistics = explored.statistics[variant]
    count = statistics.mean.size
    case = explored.case

    def repeat(text: str) -> Any:
        return pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, np.int8)), pa.array([text]))

    columns = [
        repeat(case.key),
        repeat(variant),
        pa.array(explored.masks),
        pa.array(np.bitwise_count(explored.masks).astype(np.int8)),
        *(pa.array(getattr(statistics, name)) for name in COLUMNS),
        pa.nulls(count, pa.float64())
        if isinstance(explored, Sampled)
        else pa.array(explored.potentials[variant]),
    ]
    return pa.Table.from_arrays(columns, schema=_schema())


def _manifest(question: Question, sources: dict[str, bytes]) -> dict[str, Any]:
    """What made the run: inputs with hashes, replaced settings, versions. ``id`` is the hash of it all."""
    made = {
        "inputs": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(sources.items())},
        "region": question.inputs.region,
        "viewer": question.study.viewer.code if question.study.viewer else None,
        "overrides": dict(question.inputs.overrides),
        "marke": __version__,
        "libraries": {name: version(name) for name in LIBRARIES},
        "python": platform.python_version(),
        "machine": platform.machine(),
    }
    digest = hashlib.sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()
    players = {
        service: [[m.code for m in player] for player in question.study.players(service)]
        for service in question.study.settings.services
    }
    return {"id": digest, "players": players, **made}


def _put(path: Path, content: bytes | str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, content)


@contextmanager
def _new_folder(runs: Path, name: str) -> Iterator[Path]:
    """Give a folder to fill; it takes its place under ``name`` only when everything went well."""
    fresh = runs / f".bezig-{name}-{os.getpid()}"
    try:
        fresh.mkdir(parents=True)
        yield fresh
        old = runs / f".oud-{name}-{os.getpid()}"
        if (runs / name).exists():
            (runs / name).rename(old)
        fresh.rename(runs / name)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise unwritable(runs, error) from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def open_run(runs: Path, name: str | None = None) -> Run:
    """Open a run by path or name; without one, the latest in ``runs``.

    Raises InputError when there is none, it is damaged, or an input was changed since.
    """
    folder = _folder(runs, name)
    try:
        manifest = json.loads(read_text(folder / MANIFEST))
        findings = Findings.model_validate_json(read_bytes(folder / FINDINGS))
        recorded, viewer = dict(manifest["inputs"]), manifest["viewer"]
    except (ValueError, KeyError, TypeError):
        raise InputError(
            "Deze run is beschadigd of van een andere versie van marke.",
            where=str(folder),
            mend="Maak hem opnieuw met 'marke verken'.",
        ) from None
    inputs = folder / "inputs"
    for source, digest in recorded.items():
        if hashlib.sha256(read_bytes(inputs / source)).hexdigest() != digest:
            raise InputError(
                "Dit invoerbestand is veranderd nadat de run is gemaakt.",
                where=str(inputs / source),
                mend="Maak de run opnieuw met 'marke verken'.",
            )
    question = read_question(
        Inputs(
            inputs / "study.toml",
            inputs / "catalogue",
            inputs / "regions",
            manifest["region"],
            manifest["overrides"],
            inputs / BASELINE,
            viewer,
            inputs / COUNTS,
        )
    )
    return Run(folder, question, findings)


def _folder(runs: Path, name: str | None) -> Path:
    if name is None:
        if not (runs / LATEST).exists():
            raise InputError(
                "Er is nog geen run.",
                where=str(runs),
                mend="Maak er een met 'marke verken twente-actueel', of wijs de map aan met --runs.",
            )
        return runs / read_text(runs / LATEST).strip()
    for folder in (Path(name), runs / name):
        if (folder / MANIFEST).exists():
            return folder
    raise InputError(f"Er is geen run '{name}'.", where=str(runs), mend="Noem de map van een run.")
