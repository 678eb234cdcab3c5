"""Read the catalogue's data files; every figure written inline gets an id from its place."""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from marke.catalogue.check import check
from marke.catalogue.figure import Figure, Source
from marke.catalogue.forms import BudgetRow, Form
from marke.catalogue.intake import IntakeField
from marke.catalogue.judgement import Criterion, Evidence
from marke.catalogue.places import Places
from marke.catalogue.planning import LedgerFigures, Moment
from marke.catalogue.quality import CommonQuality
from marke.catalogue.rules import Gate, Rule
from marke.catalogue.rules import Path as Steps
from marke.catalogue.schema import (
    Catalogue,
    Common,
    Correlation,
    Driver,
    Service,
)
from marke.catalogue.terms import TermRules
from marke.errors import InputError
from marke.files import data_folder
from marke.toml import Document, KeyPath, Model, read_document, validate

COMMON = "figures"
NAMES = (
    "sources",
    COMMON,
    "drivers",
    "forms",
    "rules",
    "gates",
    "paths",
    "criteria",
    "evidence",
    "correlations",
    "budget",
    "ledger",
    "calendar",
    "intake",
    "quality",
    "terms",
)
"""The files of a catalogue, without their extension; each service has a file of its own in ``services``."""

_BOUNDS = {"low", "mode", "high"}
_Stamp = tuple[tuple[str, int, int], ...]


def load_catalogue(folder: Path | None = None) -> Catalogue:
    """Read every data file of ``folder`` (default: the one that ships) and check it as a whole.

    Kept in memory until one of the files changes. Raises InputError for the first thing wrong: a missing
    unit, an inverted range, an unknown key, driver, source or figure, a duplicate, something that nobody
    uses; with file and line.
    """
    root = data_folder("catalogue") if folder is None else Path(folder)
    return _load(root, _stamp(root))


def _stamp(root: Path) -> _Stamp:
    found = []
    for path in sorted((*root.glob("*.toml"), *root.glob("services/*.toml"))):
        state = path.stat()
        found.append((str(path), state.st_mtime_ns, state.st_size))
    return tuple(found)


@lru_cache(maxsize=8)
def _load(root: Path, _files: _Stamp) -> Catalogue:
    reader = _Reader()
    contents = {name: reader.read(root / f"{name}.toml", name) for name in NAMES}
    services = _services(root / "services", reader)

    def table(name: str, model: type[Model]) -> dict[str, Model]:
        document = reader.documents[name]
        return {key: validate(model, value, document, (key,)) for key, value in contents[name].items()}

    def rows(name: str, key: str, model: type[Model]) -> tuple[Model, ...]:
        document = reader.documents[name]
        found = _only_table(contents[name], key, document, [])
        return tuple(validate(model, row, document, (key, index)) for index, row in enumerate(found))

    fields = _only_table(contents["intake"], "fields", reader.documents["intake"], {})

    def single(name: str, model: type[Model]) -> Model:
        document = reader.documents[name]
        return validate(model, _only_table(contents[name], COMMON, document, {}), document, (COMMON,))

    catalogue = Catalogue(
        figures=reader.figures,
        common=single(COMMON, Common),
        sources=table("sources", Source),
        drivers=table("drivers", Driver),
        forms=table("forms", Form),
        rules=table("rules", Rule),
        gates=table("gates", Gate),
        services=dict(sorted(services.items(), key=lambda item: item[1].order)),
        correlations=rows("correlations", "group", Correlation),
        budget=rows("budget", "row", BudgetRow),
        ledger=validate(LedgerFigures, contents["ledger"], reader.documents["ledger"]),
        terms=validate(TermRules, contents["terms"], reader.documents["terms"]),
        calendar=table("calendar", Moment),
        intake={
            key: validate(IntakeField, value, reader.documents["intake"], ("fields", key))
            for key, value in fields.items()
        },
        quality=single("quality", CommonQuality),
        paths=table("paths", Steps),
        criteria=table("criteria", Criterion),
        evidence=validate(Evidence, contents["evidence"], reader.documents["evidence"]),
    )
    check(catalogue, Places(reader.documents, reader.places))
    return catalogue


@dataclass
class _Reader:
    """What was read so far: files, the figures in them, and where each figure stands."""

    documents: dict[str, Document] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def read(self, path: Path, name: str) -> dict[str, Any]:
        """Read a file and take its inline figures out, leaving their ids in their places."""
        document = self.documents[name] = read_document(path)
        content = dict(document.content)
        defaults = content.pop("defaults", {})
        if not isinstance(defaults, dict):
            raise InputError(
                "'defaults' moet een tabel zijn.",
                where=document.where(("defaults",)),
                mend="Schrijf [defaults] op een eigen regel.",
            )
        return {key: self._hoist(value, (key,), name, defaults) for key, value in content.items()}

    def _hoist(self, value: Any, at: KeyPath, name: str, defaults: dict[str, Any]) -> Any:
        if isinstance(value, list):
            return [self._hoist(item, (*at, index), name, defaults) for index, item in enumerate(value)]
        if not isinstance(value, dict):
            return value
        if not _BOUNDS & value.keys():
            return {key: self._hoist(item, (*at, key), name, defaults) for key, item in value.items()}
        document = self.documents[name]
        figure_id = ".".join([name, *(str(part) for part in at if part != COMMON)])
        self.figures[figure_id] = validate(Figure, {**defaults, **value}, document, at)
        self.places[figure_id] = document.where(at)
        return figure_id


def _services(folder: Path, reader: _Reader) -> dict[str, Service]:
    services: dict[str, Service] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.stem in NAMES:
            raise InputError(
                f"Een dienst kan niet '{path.stem}' heten.",
                where=str(path),
                mend="Geef het bestand een andere naam.",
            )
        content = reader.read(path, path.stem)
        services[path.stem] = validate(Service, content, reader.documents[path.stem])
    if not services:
        raise InputError(
            "De catalogus heeft geen diensten.", where=str(folder), mend="Voeg een bestand per dienst toe."
        )
    return services


def _only_table(content: dict[str, Any], name: str, document: Document, empty: Any) -> Any:
    """Return the one thing a file holds, or ``empty``; refuse anything beside it."""
    for key, value in content.items():
        if key != name or not isinstance(value, type(empty)):
            kind = f"[[{name}]]" if isinstance(empty, list) else f"[{name}]"
            raise InputError(
                f"In dit bestand hoort alleen {kind}, niet '{key}'.",
                where=document.where((key,)),
                mend="Haal het weg.",
            )
    return content.get(name, empty)
