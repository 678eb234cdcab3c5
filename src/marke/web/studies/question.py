"""A stored version as the study that marke's own packages work with."""

import tempfile
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from marke.baseline import Baseline, Counts, counts_text, write_baseline
from marke.catalogue import Catalogue, load_catalogue
from marke.errors import InputError
from marke.files import data_folder, write_atomically
from marke.new_study import BASELINE_FILE, STUDY_FILE, new_study
from marke.own_figures import with_own_figures
from marke.question import COUNTS, Inputs, Question, read_question, shipped_inputs
from marke.region import Country, load_country
from marke.study import Study, load_study
from marke.web.studies.models import StudyVersion


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """Return the catalogue that ships."""
    return load_catalogue(data_folder("catalogue"))


def catalogue_of(version: StudyVersion) -> Catalogue:
    """Return the catalogue with the figures that a version replaces."""
    return with_own_figures(catalogue(), study_of(version, Baseline({})).settings.figures)


def country() -> Country:
    """Return all municipalities."""
    return load_country()


def first_text(codes: list[str], name: str) -> str:
    """Return the study file that a new region begins with."""
    with tempfile.TemporaryDirectory() as folder:
        path, _ = new_study(Path(folder), codes, catalogue(), country(), name=name)
        return path.read_text(encoding="utf-8")


def check_text(text: str, codes: list[str]) -> Study:
    """Read a study file of a region; raises InputError for what does not fit, also for another region."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / STUDY_FILE
        write_atomically(path, text)
        empty = Path(folder) / BASELINE_FILE
        region = country().select(codes)
        write_baseline(empty, Baseline({}), region, catalogue())
        try:
            study = load_study(path, catalogue(), country(), baseline_file=empty)
        except InputError as error:
            place = error.where.replace(str(path), "de studie")
            raise InputError(error.what, where=place, mend=error.mend) from error
    if [m.code for m in study.region.municipalities] != [m.code for m in region.municipalities]:
        raise InputError("Deze studie gaat over andere gemeenten dan de regio.", where="de studie, regio")
    return study


@lru_cache(maxsize=64)
def _study_of(_version: UUID, text: str, codes: tuple[str, ...]) -> Study:
    return check_text(text, list(codes))


def study_of(version: StudyVersion, baseline: Baseline) -> Study:
    """Return a version with a baseline: what of the answers the asker may see."""
    study = _study_of(version.pk, version.text, tuple(version.region.selection))
    return replace(study, baseline=baseline)


def inputs_in(
    folder: Path,
    version: StudyVersion,
    baseline: Baseline,
    counts: Counts,
    *,
    viewer: str = "",
    draws: int | None = None,
) -> Inputs:
    """Write a version, a baseline and counts into a folder as ``marke verken`` reads them, and return them.

    ``viewer`` is the CBS code of the municipality that sees its own answers; without one all may see them.
    """
    path, answers, counted = folder / STUDY_FILE, folder / BASELINE_FILE, folder / COUNTS
    write_atomically(path, version.text)
    write_atomically(counted, counts_text(counts))
    write_baseline(answers, baseline, country().select(version.region.selection), catalogue())
    overrides = {} if draws is None else {"trekkingen": draws}
    inputs = shipped_inputs(path, overrides=overrides, viewer=viewer or None)
    return replace(inputs, baseline=answers, counts=counted)


def question_of(version: StudyVersion, baseline: Baseline, *, draws: int | None = None) -> Question:
    """Return a version as a question that can be computed, with a baseline that its asker may see whole."""
    with tempfile.TemporaryDirectory() as folder:
        return read_question(inputs_in(Path(folder), version, baseline, Counts(), draws=draws), whole=True)
