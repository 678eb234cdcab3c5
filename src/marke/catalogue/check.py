"""Whether the catalogue's files fit together: every reference known, everything in a file used."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import get_args, get_type_hints

from marke.catalogue.intake import EVERY
from marke.catalogue.schema import (
    Catalogue,
    Driver,
    FigureId,
    Form,
    Gate,
    Level,
    Line,
    Record,
    Rule,
    Service,
    SizeClass,
)
from marke.errors import InputError
from marke.files import suggest
from marke.toml import Document, KeyPath

UNITS_OF_WORK = ("organisation",)
"""What a work package counts besides the drivers."""

UNITS_OF_LINES = ("member", "group")
"""What a cost line counts besides the drivers."""


@dataclass(frozen=True)
class Places:
    """Where everything stands: the files by name (services by key), and each figure's file and line."""

    documents: Mapping[str, Document]
    figures: Mapping[str, str]

    def where(self, name: str, at: KeyPath = ()) -> str:
        """Name the file and line of a key."""
        return self.documents[name].where(at)


def check(catalogue: Catalogue, places: Places) -> None:
    """Refuse a catalogue whose parts do not fit together.

    Raises InputError for the first thing wrong, with file and line.
    """
    _check_figures(catalogue, places)
    _check_drivers(catalogue, places)
    _check_rules(catalogue, places)
    _check_gates(catalogue, places)
    _check_services(catalogue, places)
    _check_correlations(catalogue, places)
    _check_intake(catalogue, places)
    _check_sources(catalogue, places)


def _check_figures(catalogue: Catalogue, places: Places) -> None:
    """Every figure named must exist, and every figure that exists must be named."""
    used = set()
    for name, at, record in _records(catalogue):
        for field, figure_id in _figure_fields(record):
            _known(figure_id, catalogue.figures, "cijfer", places.where(name, (*at, *field)))
            used.add(figure_id)
    for figure_id, place in places.figures.items():
        if figure_id not in used:
            raise InputError(
                f"Niets gebruikt het cijfer '{figure_id}'.", where=place, mend="Gebruik het of haal het weg."
            )
    _check_dims(catalogue, places)


def _check_dims(catalogue: Catalogue, places: Places) -> None:
    """Give each figure drawn once its own place in the Sobol' sequence, and no other figure any."""
    owners: dict[int, str] = {}
    for figure_id, figure in catalogue.figures.items():
        where = places.figures[figure_id]
        if figure.dim is None:
            if not figure.fixed and not drawn_per_municipality(figure_id):
                raise InputError(
                    f"'{figure_id}' heeft een marge maar geen dim.",
                    where=where,
                    mend=f"Het eerste vrije nummer is {next_dim(catalogue)}.",
                )
        elif drawn_per_municipality(figure_id):
            raise InputError(
                f"'{figure_id}' wordt per gemeente getrokken en heeft geen dim.",
                where=where,
                mend="Haal dim weg.",
            )
        elif (other := owners.setdefault(figure.dim, figure_id)) != figure_id:
            raise InputError(
                f"dim {figure.dim} is al van '{other}'.",
                where=where,
                mend=f"Het eerste vrije nummer is {next_dim(catalogue)}.",
            )


def drawn_per_municipality(figure_id: str) -> bool:
    """Whether every municipality has its own draw of this figure: the rates of drivers, and today's state."""
    return figure_id.startswith("drivers.") or ".today." in figure_id


def next_dim(catalogue: Catalogue) -> int:
    """Return the number for a new figure: one above the highest, as a number is never used again."""
    return 1 + max(
        (figure.dim for figure in catalogue.figures.values() if figure.dim is not None), default=-1
    )


def _check_drivers(catalogue: Catalogue, places: Places) -> None:
    above: list[str] = []
    for key, driver in catalogue.drivers.items():
        if key in (*UNITS_OF_WORK, *UNITS_OF_LINES):
            raise InputError(
                f"'{key}' kan geen naam van een maatstaf zijn.",
                where=places.where("drivers", (key,)),
                mend="Kies een andere naam.",
            )
        _check_driver(key, driver, above, catalogue, places)
        above.append(key)


def _check_driver(
    key: str, driver: Driver, above: Collection[str], catalogue: Catalogue, places: Places
) -> None:
    where = places.where("drivers", (key,))
    if (driver.fact is None) == (driver.of is None):
        raise InputError(
            "Een maatstaf heeft óf 'fact' óf 'of'.", where=where, mend="Laat één van de twee staan."
        )
    if driver.of is None:
        if driver.classes:
            raise InputError("Een feit heeft geen klassen.", where=where, mend="Haal de klassen weg.")
        return
    at = places.where("drivers", (key, "of"))
    _known(driver.of, catalogue.drivers, "maatstaf", at)
    if driver.of not in above:
        raise InputError(
            f"'{driver.of}' moet boven '{key}' staan.", where=at, mend="Verander de volgorde van de tabellen."
        )
    _check_classes(driver.classes, where)


def _check_classes(classes: Sequence[SizeClass], where: str) -> None:
    if not classes or classes[-1].below is not None:
        raise InputError(
            "De laatste klasse moet zonder 'below' zijn.",
            where=where,
            mend="Voeg een klasse toe voor de rest.",
        )
    bounds = [each.below for each in classes[:-1]]
    if None in bounds or bounds != sorted(set(bounds), key=lambda bound: bound or 0):
        raise InputError(
            "De klassen staan niet op volgorde van 'below'.", where=where, mend="Zet de kleinste bovenaan."
        )


def _check_rules(catalogue: Catalogue, places: Places) -> None:
    for key, rule in catalogue.rules.items():
        if rule.until is not None and rule.until <= rule.known_from:
            raise InputError(
                f"Regel '{key}' eindigt ({rule.until}) voordat hij bekend is ({rule.known_from}).",
                where=places.where("rules", (key, "until")),
                mend="Verbeter een van de datums.",
            )
        if rule.value is not None and not rule.unit:
            raise InputError(
                f"Het getal van regel '{key}' heeft geen eenheid.",
                where=places.where("rules", (key, "value")),
                mend="Voeg 'unit' toe.",
            )


def _check_gates(catalogue: Catalogue, places: Places) -> None:
    for key, gate in catalogue.gates.items():
        for field, kind, keys, known in (
            ("services", "dienst", gate.services, catalogue.services),
            ("forms", "vorm", gate.forms, catalogue.forms),
            ("rules", "regel", gate.rules, catalogue.rules),
        ):
            for each in keys:
                _known(each, known, kind, places.where("gates", (key, field)))


def _check_services(catalogue: Catalogue, places: Places) -> None:
    orders: dict[int, str] = {}
    for key, service in catalogue.services.items():
        if (other := orders.setdefault(service.order, key)) != key:
            raise InputError(
                f"'{key}' heeft dezelfde plaats (order) als '{other}'.",
                where=places.where(key, ("order",)),
                mend="Geef iedere dienst een eigen nummer.",
            )
        if "basic" not in service.levels:
            raise InputError(
                f"Dienst '{key}' heeft geen niveau 'basic'.",
                where=places.where(key, ("levels",)),
                mend="Voeg [levels.basic] toe: de andere niveaus zijn daarvan een veelvoud.",
            )
        _check_classes(service.today, places.where(key, ("today",)))
        for work_id, work in service.work.items():
            units = (*UNITS_OF_WORK, *catalogue.drivers)
            _known(work.per, units, "maatstaf", places.where(key, ("work", work_id, "per")))
        for line_id, line in service.lines.items():
            _check_line(line_id, line, catalogue, key, places)
        _check_variants(service, catalogue, key, places)


def _check_line(line_id: str, line: Line, catalogue: Catalogue, service: str, places: Places) -> None:
    at: KeyPath = ("lines", line_id)
    _known(line.per, (*UNITS_OF_LINES, *catalogue.drivers), "maatstaf", places.where(service, (*at, "per")))
    if line.discount and line.per not in catalogue.drivers:
        raise InputError(
            "Een volumekorting kan alleen op een regel per eenheid van een maatstaf.",
            where=places.where(service, (*at, "discount")),
            mend="Haal 'discount' weg of kies bij 'per' een maatstaf.",
        )
    if line.borne_by == "member" and line.per == "group":
        raise InputError(
            "Een regel voor de groep als geheel kan niet bij een deelnemer blijven.",
            where=places.where(service, (*at, "borne_by")),
            mend="Haal 'borne_by' weg of kies bij 'per' een deelnemer.",
        )


def _check_variants(service: Service, catalogue: Catalogue, name: str, places: Places) -> None:
    used: set[str] = set()
    variants = [(("alone", key), each.lines) for key, each in service.alone.items()]
    variants += [(("joint", key), each.lines) for key, each in service.joint.items()]
    for at, lines in variants:
        for line_id, times in Counter(lines).items():
            where = places.where(name, (*at, "lines"))
            _known(line_id, service.lines, "kostenregel", where)
            if times > 1:
                raise InputError(
                    f"Kostenregel '{line_id}' staat er {times} keer.", where=where, mend="Laat er één staan."
                )
        used.update(lines)
    for key, joint in service.joint.items():
        _known(joint.form, catalogue.forms, "vorm", places.where(name, ("joint", key, "form")))
    for line_id in service.lines:
        if line_id not in used:
            raise InputError(
                f"Geen variant gebruikt kostenregel '{line_id}'.",
                where=places.where(name, ("lines", line_id)),
                mend="Gebruik de regel of haal hem weg.",
            )


def _check_correlations(catalogue: Catalogue, places: Places) -> None:
    seen: set[frozenset[str]] = set()
    for index, pair in enumerate(catalogue.correlations):
        where = places.where("correlations", ("pair", index))
        for figure_id in pair.figures:
            _known(figure_id, catalogue.figures, "cijfer", where)
            if catalogue.figures[figure_id].dim is None:
                raise InputError(
                    f"'{figure_id}' heeft geen eigen trekking en kan niet samenhangen.",
                    where=where,
                    mend="Haal dit paar weg.",
                )
        both = frozenset(pair.figures)
        if len(both) < 2 or both in seen:
            what = (
                "Dit paar staat er al." if both in seen else f"'{pair.figures[0]}' hangt samen met zichzelf."
            )
            raise InputError(what, where=where, mend="Haal dit paar weg.")
        seen.add(both)


def _check_intake(catalogue: Catalogue, places: Places) -> None:
    """No two cells of one service may have the same id: their answers would be mixed up."""
    first: dict[tuple[str, str], str] = {}
    for key, field in catalogue.intake.items():
        for part in field.parts:
            for section in {field.section, EVERY}:
                if (other := first.get((section, part.id))) is not None:
                    raise InputError(
                        f"'{part.id}' van '{key}' wordt al gevraagd in '{other}'.",
                        where=places.where("intake", ("fields", key)),
                        mend="Geef een van beide een andere id.",
                    )
            first[field.section, part.id] = key


def _check_sources(catalogue: Catalogue, places: Places) -> None:
    """Every source named must exist, and every source that exists must be named."""
    used = set()
    for source, where in _sources(catalogue, places):
        _known(source, catalogue.sources, "bron", where)
        used.add(source)
    for key in catalogue.sources:
        if key not in used:
            raise InputError(
                f"Niets gebruikt de bron '{key}'.",
                where=places.where("sources", (key,)),
                mend="Gebruik de bron of haal haar weg.",
            )


def _sources(catalogue: Catalogue, places: Places) -> Iterator[tuple[str, str]]:
    for figure_id, figure in catalogue.figures.items():
        yield figure.source, places.figures[figure_id]
    for name, at, record in _records(catalogue):
        for field, inner in _nested(record, ()):
            if isinstance(inner, (Rule, Level)):
                yield inner.source, places.where(name, (*at, *field, "source"))
            elif isinstance(inner, Form):
                yield inner.basis_source, places.where(name, (*at, *field, "basis_source"))
    for index, pair in enumerate(catalogue.correlations):
        yield pair.source, places.where("correlations", ("pair", index, "source"))


def _records(catalogue: Catalogue) -> Iterator[tuple[str, KeyPath, Record]]:
    """Yield every top record of the catalogue with its file and its key path there."""
    yield "figures", ("figures",), catalogue.common
    tables: tuple[tuple[str, Mapping[str, Driver | Form | Rule | Gate]], ...] = (
        ("drivers", dict(catalogue.drivers)),
        ("forms", dict(catalogue.forms)),
        ("rules", dict(catalogue.rules)),
        ("gates", dict(catalogue.gates)),
    )
    for name, table in tables:
        for key, record in table.items():
            yield name, (key,), record
    for key, service in catalogue.services.items():
        yield key, (), service


def _nested(record: Record, at: KeyPath) -> Iterator[tuple[KeyPath, Record]]:
    """Yield a record and the records inside it, with their key paths."""
    yield at, record
    for name in type(record).model_fields:
        for place, item in _items(getattr(record, name)):
            if isinstance(item, Record):
                yield from _nested(item, (*at, name, *place))


def _items(value: object) -> Iterable[tuple[KeyPath, object]]:
    if isinstance(value, Mapping):
        return [((key,), item) for key, item in value.items()]
    if isinstance(value, tuple):
        return [((index,), item) for index, item in enumerate(value)]
    return [((), value)]


def _figure_fields(record: Record) -> Iterator[tuple[KeyPath, str]]:
    """Yield every reference to a figure in a record and the records inside it."""
    for at, inner in _nested(record, ()):
        for name in _reference_fields(type(inner)):
            figure_id = getattr(inner, name)
            if figure_id is not None:
                yield (*at, name), figure_id


@cache
def _reference_fields(model: type[Record]) -> tuple[str, ...]:
    hints = get_type_hints(model, include_extras=True)
    return tuple(name for name, hint in hints.items() if FigureId in (hint, *get_args(hint)))


def _known(key: str, known: Collection[str], kind: str, where: str) -> None:
    if key not in known:
        mend = suggest(key, known).strip() or "Controleer de spelling, of voeg hem toe."
        unknown = "Onbekend" if kind == "cijfer" else "Onbekende"
        raise InputError(f"{unknown} {kind} '{key}'.", where=where, mend=mend)
