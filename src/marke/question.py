"""A question with its files: the inputs of a run, and everything that is drawn and computed from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from marke.catalogue import Catalogue, load_catalogue
from marke.engine.case import Case, Origins, draw_origins, make_case
from marke.engine.draws import Draws, draw
from marke.errors import InputError
from marke.files import data_folder, suggest
from marke.region import Country, load_country
from marke.setback import with_setback
from marke.study import Study, load_study
from marke.suites import as_alike_as


@dataclass(frozen=True)
class Inputs:
    """Where a question is read from: study file, catalogue and regions, and what the user replaced.

    ``overrides`` holds study settings by their Dutch key; ``region`` another region than the file's.
    """

    study: Path
    catalogue: Path
    regions: Path
    region: str | None = None
    overrides: Mapping[str, int] = field(default_factory=dict)
    baseline: Path | None = None

    def files(self, study: Study) -> dict[str, Path]:
        """Every file that was read, by the name it gets inside a run folder."""
        found = {"study.toml": self.study}
        baseline = self.baseline or (
            self.study.parent / study.settings.baseline if study.settings.baseline else None
        )
        if baseline:
            found[f"nulmeting{baseline.suffix.lower()}"] = baseline
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

    def case(self, service: str) -> Case:
        """One service of the study, ready to be computed."""
        return make_case(self.study, self.catalogue, self.draws, self._origins, service)


def read_question(inputs: Inputs) -> Question:
    """Read and check everything a question needs.

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
    return Question(inputs, study, with_setback(study, as_alike_as(study, catalogue)), country)


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
    study: Path, region: str | None = None, overrides: Mapping[str, int] | None = None
) -> Inputs:
    """Combine a study file with the catalogue and regions that ship."""
    return Inputs(study, data_folder("catalogue"), data_folder("regions"), region, overrides or {})
