"""Whether the catalogue's files fit together: every reference known, everything in a file used."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import get_args, get_type_hints

from marke.catalogue.check_judgement import check_judgement
from marke.catalogue.check_services import check_services
from marke.catalogue.figure import FigureId, Record
from marke.catalogue.forms import ExitRule, Form
from marke.catalogue.intake import EVERY, IntakeField, Part
from marke.catalogue.judgement import EvidenceStudy
from marke.catalogue.places import UNITS_OF_LINES, UNITS_OF_WORK, Places, check_classes, check_known
from marke.catalogue.planning import Moment
from marke.catalogue.rules import Gate, Rule
from marke.catalogue.schema import Catalogue, Driver, Level
from marke.catalogue.terms import EquatedDay, Extension, Holiday, Recess
from marke.errors import InputError
from marke.toml import KeyPath

_SOURCED = (Rule, Level, ExitRule, Moment, EvidenceStudy, Extension, Holiday, EquatedDay, Recess)
"""Records that always name a source."""


def check(catalogue: Catalogue, places: Places) -> None:
    """Refuse a catalogue whose parts do not fit together.

    Raises InputError for the first thing wrong, with file and line.
    """
    _check_figures(catalogue, places)
    _check_drivers(catalogue, places)
    _check_rules(catalogue, places)
    check_judgement(catalogue, places)
    _check_budget(catalogue, places)
    _check_calendar(catalogue, places)
    _check_at_once(catalogue, places)
    check_services(catalogue, places)
    _check_correlations(catalogue, places)
    _check_intake(catalogue, places)
    _check_sources(catalogue, places)


def _check_figures(catalogue: Catalogue, places: Places) -> None:
    """Every figure named must exist, and every figure that exists must be named."""
    used = set()
    for name, at, record in _records(catalogue):
        for field, figure_id in _figure_fields(record):
            check_known(figure_id, catalogue.figures, "cijfer", places.where(name, (*at, *field)))
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
            if not figure.fixed and not without_dim(figure_id):
                raise InputError(
                    f"'{figure_id}' heeft een marge maar geen dim.",
                    where=where,
                    mend=f"Het eerste vrije nummer is {next_dim(catalogue)}.",
                )
        elif without_dim(figure_id):
            raise InputError(
                f"'{figure_id}' wordt per gemeente getrokken, of in plaats van een ander, zonder dim.",
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
    """Whether every municipality has its own draw: rates of drivers, today's state, its own budget."""
    return figure_id.startswith(("drivers.", "ledger.")) or ".today." in figure_id


def without_dim(figure_id: str) -> bool:
    """Whether a figure has no place of its own: it is drawn per municipality, or takes that of another."""
    return drawn_per_municipality(figure_id) or figure_id.startswith("evidence.")


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
    if driver.fact is not None:
        if driver.of or driver.classes:
            raise InputError(
                "Een feit wordt niet geschat.", where=where, mend="Haal 'of' en de klassen weg, of 'fact'."
            )
        return
    check_classes(driver.classes, where)
    if driver.of is None:
        return
    at = places.where("drivers", (key, "of"))
    check_known(driver.of, catalogue.drivers, "maatstaf", at)
    if driver.of not in above:
        raise InputError(
            f"'{driver.of}' moet boven '{key}' staan.", where=at, mend="Verander de volgorde van de tabellen."
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


def _check_calendar(catalogue: Catalogue, places: Places) -> None:
    for key, moment in catalogue.calendar.items():
        for form in moment.forms:
            check_known(form, catalogue.forms, "vorm", places.where("calendar", (key, "forms")))


def _check_budget(catalogue: Catalogue, places: Places) -> None:
    """Every form is booked somewhere, and on no day in two places."""
    seen: set[tuple[str, date]] = set()
    for index, row in enumerate(catalogue.budget):
        check_known(row.form, catalogue.forms, "vorm", places.where("budget", ("row", index, "form")))
        if (row.form, row.known_from) in seen:
            raise InputError(
                f"Voor '{row.form}' staan er twee regels vanaf {row.known_from}.",
                where=places.where("budget", ("row", index)),
                mend="Laat er één staan.",
            )
        seen.add((row.form, row.known_from))
    for form in catalogue.forms:
        if form not in {row.form for row in catalogue.budget}:
            raise InputError(
                f"Voor de vorm '{form}' staat er niet waar de bijdrage wordt geboekt.",
                where=places.where("budget"),
                mend="Voeg een [[row]] toe voor deze vorm.",
            )


def _check_at_once(catalogue: Catalogue, places: Places) -> None:
    """Every form says what stops at once, and no other key does."""
    at = ("figures", "at_once")
    for form in catalogue.quality.at_once:
        check_known(form, catalogue.forms, "vorm", places.where("quality", (*at, form)))
    for form in catalogue.forms:
        if form not in catalogue.quality.at_once:
            raise InputError(
                f"Voor de vorm '{form}' staat er niet welk deel tegelijk stilvalt.",
                where=places.where("quality", at),
                mend="Voeg hem toe aan [figures.at_once].",
            )


def _check_correlations(catalogue: Catalogue, places: Places) -> None:
    seen: set[frozenset[str]] = set()
    for index, group in enumerate(catalogue.correlations):
        where = places.where("correlations", ("group", index))
        for figure_id in (*group.figures, *group.others):
            check_known(figure_id, catalogue.figures, "cijfer", where)
            if catalogue.figures[figure_id].dim is None:
                raise InputError(
                    f"'{figure_id}' heeft geen eigen trekking en kan niet samenhangen.",
                    where=where,
                    mend="Haal dit cijfer weg.",
                )
        for one, other in group.pairs:
            pair = frozenset((one, other))
            if one == other or pair in seen:
                twice = f"De samenhang van '{one}' met '{other}' staat er al."
                what = f"'{one}' hangt samen met zichzelf." if one == other else twice
                raise InputError(what, where=where, mend="Laat ieder cijfer één keer staan.")
            seen.add(pair)


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
            _check_moment(part, field, places.where("intake", ("fields", key)))


def _check_moment(part: Part, field: IntakeField, where: str) -> None:
    """What a natural moment costs and when notice is due must be asked in the same field."""
    kinds = {each.id: each.kind for each in field.parts}
    for named, kind in (
        ((part.moment.amount, "amount"), (part.moment.notice, "number")) if part.moment else ()
    ):
        if named and kinds.get(named) != kind:
            raise InputError(
                f"'moment' van '{part.id}' noemt '{named}', maar dat is hier geen vraag naar een "
                f"{'bedrag' if kind == 'amount' else 'getal'}.",
                where=where,
                mend=f"Kies uit: {', '.join(each for each, its in kinds.items() if its == kind) or 'niets'}.",
            )


def _check_sources(catalogue: Catalogue, places: Places) -> None:
    """Every source named must exist, and every source that exists must be named."""
    used = set()
    for source, where in _sources(catalogue, places):
        check_known(source, catalogue.sources, "bron", where)
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
            if isinstance(inner, _SOURCED) or (isinstance(inner, Gate) and inner.source):
                yield inner.source, places.where(name, (*at, *field, "source"))
            elif isinstance(inner, Form):
                yield inner.basis_source, places.where(name, (*at, *field, "basis_source"))
                yield inner.vat_source, places.where(name, (*at, *field, "vat_source"))
    for index, group in enumerate(catalogue.correlations):
        yield group.source, places.where("correlations", ("group", index, "source"))
    for index, row in enumerate(catalogue.budget):
        yield row.source, places.where("budget", ("row", index, "source"))


def _records(catalogue: Catalogue) -> Iterator[tuple[str, KeyPath, Record]]:
    """Yield every top record of the catalogue with its file and its key path there."""
    yield "figures", ("figures",), catalogue.common
    yield "quality", ("figures",), catalogue.quality
    yield "evidence", (), catalogue.evidence
    tables: tuple[tuple[str, Mapping[str, Record]], ...] = (
        ("drivers", dict(catalogue.drivers)),
        ("forms", dict(catalogue.forms)),
        ("rules", dict(catalogue.rules)),
        ("gates", dict(catalogue.gates)),
        ("calendar", dict(catalogue.calendar)),
        ("paths", dict(catalogue.paths)),
        ("criteria", dict(catalogue.criteria)),
    )
    yield "ledger", (), catalogue.ledger
    yield "terms", (), catalogue.terms
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
            for place, figure_id in _items(getattr(inner, name)):
                if isinstance(figure_id, str):
                    yield (*at, name, *place), figure_id


@cache
def _reference_fields(model: type[Record]) -> tuple[str, ...]:
    hints = get_type_hints(model, include_extras=True)
    return tuple(name for name, hint in hints.items() if FigureId in (hint, *get_args(hint)))
