"""A question with its files: the inputs of a run, and everything that is drawn and computed from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from marke.admission import variants_of
from marke.baseline import Counts, baseline_text, count_moments, counts_text, read_counts
from marke.calendar import next_months
from marke.catalogue import Catalogue, load_catalogue
from marke.engine.case import Case, Origins, draw_origins, make_case
from marke.engine.draws import Draws, draw
from marke.errors import InputError
from marke.files import data_folder, read_bytes, suggest
from marke.own_figures import with_own_figures
from marke.region import Country, Municipality, load_country
from marke.setback import with_setback
from marke.study import Study, load_study
from marke.suites import as_alike_as

BASELINE = "nulmeting.csv"
"""The baseline inside a run folder: the answers that its viewer may see."""

COUNTS = "tellingen.csv"
"""Inside a run folder: how many municipalities have a contract, a vacancy or a replacement, from five on."""

MONTHS_COUNTED = 120


@dataclass(frozen=True)
class Inputs:
    """Where a question is read from: study file, catalogue and regions, and what the user replaced.

    ``overrides`` holds study settings by their Dutch key; ``region`` another region than the file's;
    ``viewer`` the municipality (name or CBS code) that sees its own answers: without one all may see the run.
    ``counts`` holds what was counted before answers were left out; without it that is counted anew.
    """

    study: Path
    catalogue: Path
    regions: Path
    region: str | None = None
    overrides: Mapping[str, int] = field(default_factory=dict)
    baseline: Path | None = None
    viewer: str | None = None
    counts: Path | None = None

    def files(self) -> dict[str, Path]:
        """Every file that was read, except the answers, by the name it gets inside a run folder."""
        found = {"study.toml": self.study}
        for path in sorted(self.catalogue.rglob("*.toml")):
            found[f"catalogue/{path.relative_to(self.catalogue).as_posix()}"] = path
        for path in sorted(self.regions.glob("*.csv")):
            found[f"regions/{path.name}"] = path
        return found


@dataclass(frozen=True)
class Question:
    """A study with its catalogue and country; draws and cases follow from them and the seed."""

    inputs: Inputs
    study: Study
    catalogue: Catalogue
    country: Country

    @cached_property
    def draws(self) -> Draws:
        """The draws of every figure."""
        return draw(self.catalogue, self.study.settings.draws, self.study.settings.seed)

    @cached_property
    def _origins(self) -> Origins:
        return draw_origins(self.study, self.catalogue, self.country, self.draws)

    def sources(self) -> dict[str, bytes]:
        """Everything a run rests on, by its name inside a run folder; of the baseline what may be seen."""
        seen = baseline_text(self.study.baseline, self.study.region, self.catalogue)
        read = {name: read_bytes(path) for name, path in self.inputs.files().items()}
        return {BASELINE: seen.encode(), COUNTS: counts_text(self.study.counts).encode(), **read}

    def variants(self, service: str) -> tuple[str, ...]:
        """The joint variants of one service."""
        chosen = self.study.settings.services[service].variants
        return variants_of(service, chosen, self.catalogue, self.study.admissions)

    def case(self, service: str) -> Case:
        """One service of the study, ready to be computed."""
        return make_case(self.study, self.catalogue, self.draws, self._origins, service)


def read_question(inputs: Inputs, *, whole: bool = False) -> Question:
    """Read and check everything a question needs, and keep of the baseline what its viewer may see.

    ``whole`` keeps all answers: for who collects them, never for a run.
    Raises InputError for the first thing that does not fit.
    """
    catalogue = load_catalogue(inputs.catalogue)
    country = load_country(inputs.regions)
    study = load_study(
        inputs.study,
        catalogue,
        country,
        region=inputs.region,
        overrides=inputs.overrides,
        baseline_file=inputs.baseline,
    )
    study = replace(study, counts=_counts(inputs, study, catalogue))
    seen = study if whole else study.seen_by(_viewer(inputs.viewer, study, country))
    return Question(inputs, seen, as_asked(seen, catalogue), country)


def as_asked(study: Study, catalogue: Catalogue) -> Catalogue:
    """The catalogue as a study has it: with what its suites say, its setback, and last its own figures."""
    found = with_setback(study, as_alike_as(study, catalogue))
    return with_own_figures(found, study.settings.figures)


def _counts(inputs: Inputs, study: Study, catalogue: Catalogue) -> Counts:
    if inputs.counts is not None:
        return read_counts(inputs.counts)
    return count_moments(study.baseline, catalogue, counted_months(study))


def counted_months(study: Study) -> Sequence[date]:
    """Return the firsts of months for which a study counts contracts and replacements."""
    return next_months(study.settings.reference_date, MONTHS_COUNTED)


def _viewer(name: str | None, study: Study, country: Country) -> Municipality | None:
    found = None if name is None else country.find(name)
    if found is None or found in study.region.municipalities:
        return found
    raise InputError(
        f"{found.name} hoort niet bij {study.region.name}.",
        where="--als",
        mend="Kies een gemeente uit de regio van deze studie.",
    )


def find_study(name: str) -> Path:
    """Find a study by path, or by the name of one that ships, such as ``twente-actueel``.

    Raises InputError when there is neither, listing those that ship.
    """
    if (path := Path(name)).suffix == ".toml" or path.exists():
        return path
    root = data_folder("regions")
    shipped = {f"{path.parent.name}-{path.stem}": path for path in sorted(root.glob("*/*.toml"))}
    if name not in shipped:
        near = suggest(name, shipped).strip()
        raise InputError(
            f"Er is geen studie '{name}'.",
            mend=near or f"Geef een .toml-bestand, of een van: {', '.join(shipped)}.",
        )
    return shipped[name]


def shipped_inputs(
    study: Path,
    region: str | None = None,
    overrides: Mapping[str, int] | None = None,
    viewer: str | None = None,
) -> Inputs:
    """Combine a study file with the catalogue and regions that ship."""
    catalogue, regions = data_folder("catalogue"), data_folder("regions")
    return Inputs(study, catalogue, regions, region, overrides or {}, viewer=viewer)
