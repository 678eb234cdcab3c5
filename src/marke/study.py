"""The question: one study file with its region, services, blocs, thresholds and dates, validated."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from marke.admission import Admission, GroupsTable, admissions, variants_of
from marke.baseline import Baseline, Counts, read_baseline, seen_by
from marke.catalogue import Catalogue
from marke.errors import InputError
from marke.free_key import FreeKeyTable, percentages_of
from marke.motion import MotionTable
from marke.own_figures import FigureTable, check_own_figures
from marke.region import Country, Municipality, Region
from marke.toml import Document, KeyPath, read_document, validate
from marke.weighing import ConditionTable, SetbackTable, WeightsTable, check_known, check_weighing

EXACT_PLAYERS = 24
"""Exact work keeps arrays of 2^players entries; above this coalitions are sampled."""

MOST_PLAYERS = 62
"""A coalition is a mask of 64 bits; above this the study is refused."""

REPLICATES = 16
"""Independent scramblings of the Sobol' points; their spread gives every standard error."""


class _Table(BaseModel):
    """A table of a study file, with Dutch keys; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Scope(_Table):
    """What of one service is in the study."""

    level: str = Field(default="basic", alias="niveau")
    variants: tuple[str, ...] = Field(default=(), alias="varianten")
    groups: Mapping[str, GroupsTable] = Field(default_factory=dict, alias="groepen")


class Thresholds(_Table):
    """Settings that are printed with every statement they decide."""

    materiality: float = Field(default=0.03, ge=0, le=1, alias="materialiteit")
    chance: float = Field(default=0.80, gt=0, lt=1, alias="kans")
    stability: float = Field(default=0.01, ge=0, le=1, alias="stabiliteit")
    premium: float = Field(default=0.05, ge=0, le=1, alias="kwaliteitsmarge")
    answer: float = Field(default=0.01, gt=0, le=1, alias="antwoord")


class BlocTable(_Table):
    """Municipalities that already act as one for the named services (none named: for all)."""

    name: str = Field(min_length=1, alias="naam")
    members: tuple[str, ...] = Field(min_length=2, alias="gemeenten")
    services: tuple[str, ...] = Field(default=(), alias="diensten")
    source: str = Field(min_length=1, alias="bron")


class PartnershipTable(_Table):
    """An existing partnership that is not a player here; it is shown, and changes no number."""

    name: str = Field(min_length=1, alias="naam")
    members: tuple[str, ...] = Field(min_length=1, alias="gemeenten")
    form: str = Field(alias="vorm")
    subject: str = Field(alias="onderwerp")
    source: str = Field(min_length=1, alias="bron")


class StudyTable(_Table):
    """The study file itself."""

    name: str = Field(min_length=1, alias="naam")
    question: str = Field(default="", alias="vraag")
    region: str | tuple[str, ...] = Field(alias="regio")
    viewpoint: str = Field(default="", alias="gezichtspunt")
    reference_date: date = Field(alias="peildatum")
    wanted_start: date = Field(alias="gewenste_start")
    price_year: int = Field(ge=2020, le=2100, alias="prijspeil")
    inhabitants_year: int = Field(alias="inwoners_per_1_januari")
    horizon: int = Field(default=8, ge=1, le=50, alias="horizon_jaren")
    discount_rate: float = Field(default=0.0225, ge=0, le=0.2, alias="reele_rente")
    draws: int = Field(default=8192, ge=REPLICATES, le=2**16, alias="trekkingen")
    seed: int = Field(default=1, ge=0, lt=2**63, alias="toevalsgetal")
    baseline: str = Field(default="", alias="nulmeting")
    motion: MotionTable | None = Field(default=None, alias="motie")
    thresholds: Thresholds = Field(default_factory=Thresholds, alias="drempels")
    services: Mapping[str, Scope] = Field(min_length=1, alias="diensten")
    blocs: tuple[BlocTable, ...] = Field(default=(), alias="blok")
    partnerships: tuple[PartnershipTable, ...] = Field(default=(), alias="samenwerking")
    free_key: FreeKeyTable | None = Field(default=None, alias="verdeelsleutel")
    conditions: tuple[ConditionTable, ...] = Field(default=(), alias="voorwaarde")
    weights: WeightsTable | None = Field(default=None, alias="gewichten")
    setback: SetbackTable | None = Field(default=None, alias="tegenvaller")
    figures: tuple[FigureTable, ...] = Field(default=(), alias="cijfer")


@dataclass(frozen=True)
class Bloc:
    """Municipalities (CBS codes) that are one player for ``services``."""

    name: str
    members: frozenset[str]
    services: frozenset[str]
    source: str


@dataclass(frozen=True)
class Study:
    """A validated question: everything the engine needs besides the catalogue.

    ``viewer`` is whom it is for, after ``seen_by``; ``counts`` is what all may know of others' answers.
    """

    settings: StudyTable
    region: Region
    viewpoint: Municipality
    blocs: tuple[Bloc, ...]
    baseline: Baseline
    percentages: Mapping[str, float] | None = None
    """The free key: by CBS code a share, together 1."""
    admissions: Mapping[tuple[str, str], Admission] = field(default_factory=dict)
    viewer: Municipality | None = None
    counts: Counts = field(default_factory=Counts)

    def seen_by(self, viewer: Municipality | None) -> "Study":
        """Return the study as one municipality may see it, from its viewpoint; None: as all may see it."""
        baseline = seen_by(self.baseline, viewer.code if viewer else None)
        return replace(self, baseline=baseline, viewer=viewer, viewpoint=viewer or self.viewpoint)

    def players(self, service: str) -> tuple[tuple[Municipality, ...], ...]:
        """The players of ``service``: blocs and single municipalities, in order of their first CBS code."""
        taken: dict[str, tuple[Municipality, ...]] = {}
        for bloc in self.blocs:
            if service in bloc.services:
                group = tuple(m for m in self.region.municipalities if m.code in bloc.members)
                taken.update(dict.fromkeys(bloc.members, group))
        groups = (taken.get(m.code, (m,)) for m in self.region.municipalities)
        return tuple(dict.fromkeys(groups))

    def bloc_name(self, player: tuple[Municipality, ...], service: str) -> str:
        """Name a player: the municipality, or the bloc with its members."""
        names = " en ".join(sorted(m.name for m in player))
        for bloc in self.blocs:
            if len(player) > 1 and service in bloc.services and player[0].code in bloc.members:
                return f"{names} ({bloc.name})"
        return names


def load_study(
    path: Path,
    catalogue: Catalogue,
    country: Country,
    *,
    region: str | Collection[str] | None = None,
    overrides: Mapping[str, int] | None = None,
    baseline_file: Path | None = None,
) -> Study:
    """Read a study file and everything it points to.

    ``region`` replaces the region of the file: then its blocs, partnerships and baseline are those that lie
    in the new region, and the viewpoint becomes the first municipality when it lies outside. ``overrides``
    replaces settings of the file by their Dutch key; ``baseline_file`` replaces the baseline it names.
    Raises InputError for anything that does not fit, naming file and line.
    """
    document = read_document(path)
    table = validate(StudyTable, {**document.content, **(overrides or {})}, document)
    chosen = _region(table, document, country, region)
    _check_dates(table, document, overrides or {})
    _check_scope(table, document, catalogue)
    check_own_figures(table.figures, catalogue, document)
    check_weighing(table.conditions, table.weights, table.setback, table.reference_date, catalogue, document)
    codes = {m.code for m in chosen.municipalities}
    moved = region is not None
    blocs = _blocs(table, document, catalogue, country, codes, moved=moved)
    for index, row in enumerate(table.partnerships):
        for name in row.members:
            _find(name, country, document.where(("samenwerking", index, "gemeenten")))
    viewpoint = _viewpoint(table, document, country, chosen, moved=moved)
    baseline = Baseline({})
    if table.baseline or baseline_file:
        known = country.select([m.code for m in country.municipalities]) if moved else chosen
        baseline = read_baseline(baseline_file or path.parent / table.baseline, known, catalogue).within(
            codes
        )
    partnership_codes = _partnership_codes(table, document, country)
    partnerships = _partnerships(table, document, country, codes, moved=moved)
    table = table.model_copy(update={"partnerships": partnerships})
    percentages = None if moved else percentages_of(table.free_key, document, country, chosen)
    agreed = admissions(
        {key: scope.groups for key, scope in table.services.items()},
        catalogue,
        country,
        document,
        codes,
        partnership_codes,
        moved=moved,
    )
    _check_variants(table, document, catalogue, agreed, moved=moved)
    study = Study(table, chosen, viewpoint, blocs, baseline, percentages, agreed)
    _check_capacity(study, document)
    for service in table.services:
        if (players := len(study.players(service))) > MOST_PLAYERS:
            raise InputError(
                f"{chosen.name} telt {players} spelers; een verkenning kan er tot en met {MOST_PLAYERS} aan.",
                where="--regio" if moved else document.where(("regio",)),
                mend="Kies een kleinere regio, of voeg gemeenten die al samenwerken samen in een [[blok]].",
            )
    return study


def _region(
    table: StudyTable, document: Document, country: Country, override: str | Collection[str] | None
) -> Region:
    wanted = table.region if override is None else override
    try:
        chosen = country.select(wanted if isinstance(wanted, str) else list(wanted))
    except InputError as error:
        where = "--regio" if override is not None else document.where(("regio",))
        raise InputError(error.what, where=where, mend=error.mend) from None
    for municipality in chosen.municipalities:
        if municipality.inhabitants.get(table.inhabitants_year) is None:
            raise InputError(
                f"Van {municipality.name} is het aantal inwoners van {table.inhabitants_year} niet bekend.",
                where=document.where(("inwoners_per_1_januari",)),
                mend="Kies een ander jaar of werk de gegevens bij met 'marke regio verversen'.",
            )
    return chosen


def _viewpoint(
    table: StudyTable, document: Document, country: Country, region: Region, *, moved: bool
) -> Municipality:
    if not table.viewpoint:
        return region.municipalities[0]
    viewpoint = _find(table.viewpoint, country, document.where(("gezichtspunt",)))
    if viewpoint in region.municipalities:
        return viewpoint
    if moved:
        return region.municipalities[0]
    raise InputError(
        f"{viewpoint.name} ligt niet in {region.name}.",
        where=document.where(("gezichtspunt",)),
        mend="Kies een gemeente uit de regio.",
    )


def _check_dates(table: StudyTable, document: Document, overrides: Mapping[str, int]) -> None:
    if table.wanted_start < table.reference_date:
        raise InputError(
            f"De gewenste start ({table.wanted_start}) ligt voor de peildatum ({table.reference_date}).",
            where=document.where(("gewenste_start",)),
            mend="Kies een start op of na de peildatum.",
        )
    if table.draws % REPLICATES or (table.draws // REPLICATES).bit_count() != 1:
        raise InputError(
            f"{table.draws} trekkingen kan niet: nodig is {REPLICATES} keer een macht van twee.",
            where="--trekkingen" if "trekkingen" in overrides else document.where(("trekkingen",)),
            mend="Kies bijvoorbeeld 1024, 4096 of 8192.",
        )


def _check_scope(table: StudyTable, document: Document, catalogue: Catalogue) -> None:
    for key, scope in table.services.items():
        at = ("diensten", key)
        check_known(key, catalogue.services, "dienst", document.where(at))
        service = catalogue.services[key]
        if scope.level not in service.levels:
            raise InputError(
                f"Onbekend niveau '{scope.level}'.",
                where=document.where((*at, "niveau")),
                mend=f"Kies uit {', '.join(service.levels)}.",
            )
        for variant in scope.variants:
            if variant not in service.joint:
                raise InputError(
                    f"Onbekende variant '{variant}' van {service.label}.",
                    where=document.where((*at, "varianten")),
                    mend=f"Kies uit {', '.join(service.joint)}.",
                )


def _blocs(
    table: StudyTable,
    document: Document,
    catalogue: Catalogue,
    country: Country,
    codes: set[str],
    *,
    moved: bool,
) -> tuple[Bloc, ...]:
    blocs: list[Bloc] = []
    for index, row in enumerate(table.blocs):
        at = ("blok", index)
        found = [_find(name, country, document.where((*at, "gemeenten"))) for name in row.members]
        members = frozenset(m.code for m in found)
        if len(members) < len(found):
            raise InputError(
                f"Blok '{row.name}' noemt een gemeente twee keer.", where=document.where((*at, "gemeenten"))
            )
        if moved and not members <= codes:
            continue
        for municipality in found:
            if municipality.code not in codes:
                raise InputError(
                    f"{municipality.name} van blok '{row.name}' ligt niet in de regio.",
                    where=document.where((*at, "gemeenten")),
                )
        for key in row.services:
            check_known(key, catalogue.services, "dienst", document.where((*at, "diensten")))
        services = frozenset(row.services or catalogue.services)
        for other in blocs:
            if (both := other.members & members) and other.services & services:
                name = country.find(min(both)).name
                raise InputError(
                    f"{name} zit voor dezelfde dienst in twee blokken: '{other.name}' en '{row.name}'.",
                    where=document.where(at),
                    mend="Laat de gemeente in één blok staan.",
                )
        blocs.append(Bloc(row.name, members, services, row.source))
    return tuple(blocs)


def _partnerships(
    table: StudyTable, document: Document, country: Country, codes: set[str], *, moved: bool
) -> tuple[PartnershipTable, ...]:
    """Return the partnerships with the official names of their members, who may also lie elsewhere."""
    kept: list[PartnershipTable] = []
    for index, row in enumerate(table.partnerships):
        where = document.where(("samenwerking", index, "gemeenten"))
        members = [_find(name, country, where) for name in row.members]
        if not moved or any(each.code in codes for each in members):
            kept.append(row.model_copy(update={"members": tuple(each.name for each in members)}))
    return tuple(kept)


def _partnership_codes(table: StudyTable, document: Document, country: Country) -> dict[str, frozenset[str]]:
    """CBS codes of the members of every partnership and bloc that the study file names."""
    found: dict[str, frozenset[str]] = {}
    rows: list[tuple[KeyPath, BlocTable | PartnershipTable]] = [
        *((("blok", index), bloc) for index, bloc in enumerate(table.blocs)),
        *((("samenwerking", index), each) for index, each in enumerate(table.partnerships)),
    ]
    for at, row in rows:
        where = document.where((*at, "gemeenten"))
        found[row.name] = frozenset(_find(name, country, where).code for name in row.members)
    return found


def _check_variants(
    table: StudyTable,
    document: Document,
    catalogue: Catalogue,
    agreed: Mapping[tuple[str, str], Admission],
    *,
    moved: bool,
) -> None:
    for key, scope in table.services.items():
        found = variants_of(key, scope.variants, catalogue, agreed)
        for variant in set(scope.variants) - set(found) if not moved else ():
            raise InputError(
                f"Bij '{variant}' hoort een samenwerking die er al is.",
                where=document.where(("diensten", key, "varianten")),
                mend=f"Noem haar bij [diensten.{key}.groepen.{variant}].",
            )
        if not found:
            raise InputError(
                f"Van {catalogue.services[key].label} kan hier geen enkele variant.",
                where=document.where(("diensten", key)),
                mend="Kies een andere variant, of noem bij 'groepen' de samenwerking waarbij u aansluit.",
            )


def _check_capacity(study: Study, document: Document) -> None:
    """Anyone must be able to join those who are in a group anyway."""
    for (service, variant), admission in study.admissions.items():
        must = sum(any(m.code in admission.required for m in p) for p in study.players(service))
        if admission.capacity is not None and must >= admission.capacity:
            raise InputError(
                f"Met {must} deelnemers die er altijd in zitten is er geen plaats voor een ander.",
                where=document.where(("diensten", service, "groepen", variant, "capaciteit")),
                mend=f"Maak 'capaciteit' ten minste {must + 1}.",
            )


def _find(name: str, country: Country, where: str) -> Municipality:
    try:
        return country.find(name)
    except InputError as error:
        raise InputError(error.what, where=where, mend=error.mend) from None
