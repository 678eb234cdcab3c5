"""Whether each service fits together: its work, lines, variants and estimates."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from marke.catalogue.places import UNITS_OF_LINES, UNITS_OF_WORK, Places, check_classes, check_known
from marke.catalogue.schema import AloneVariant, Catalogue, JointVariant, Line, Service, Work
from marke.errors import InputError
from marke.toml import KeyPath


def check_services(catalogue: Catalogue, places: Places) -> None:
    """Refuse the first service of which a part does not fit."""
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
        for work_id, work in service.work.items():
            _check_work(work_id, work, catalogue, key, places)
        for line_id, line in service.lines.items():
            _check_line(line_id, line, catalogue, key, places)
        _check_units(service, catalogue, key, places)
        _check_variants(service, catalogue, key, places)


def _check_work(work_id: str, work: Work, catalogue: Catalogue, service: str, places: Places) -> None:
    at: KeyPath = ("work", work_id)
    units = (*UNITS_OF_WORK, *catalogue.drivers)
    check_known(work.per, units, "maatstaf", places.where(service, (*at, "per")))
    if work.joint_hours and work.joint_extra:
        joint, extra = (catalogue.figures.get(each) for each in (work.joint_hours, work.joint_extra))
        if joint and extra and joint.low < extra.high:
            raise InputError(
                "Meedoen ('joint_extra') kan niet meer uren kosten dan het werk zelf ('joint_hours').",
                where=places.where(service, (*at, "joint_extra")),
                mend="Verklein high van 'joint_extra' of vergroot low van 'joint_hours'.",
            )


def _check_units(service: Service, catalogue: Catalogue, name: str, places: Places) -> None:
    """What is counted per unit names a driver that exists."""
    check_known(service.use, catalogue.drivers, "maatstaf", places.where(name, ("use",)))
    check_classes(service.today, places.where(name, ("today",)))
    for index, row in enumerate(service.today):
        if row.per:
            where = places.where(name, ("today", index, "per"))
            check_known(row.per, catalogue.drivers, "maatstaf", where)
    if incident := service.quality.incident:
        where = places.where(name, ("quality", "incident", "per"))
        check_known(incident.per, (*UNITS_OF_WORK, *catalogue.drivers), "maatstaf", where)
    where = places.where(name, ("one_off", "book_value_per"))
    check_known(service.one_off.book_value_per, ("member", *catalogue.drivers), "maatstaf", where)


def _check_line(line_id: str, line: Line, catalogue: Catalogue, service: str, places: Places) -> None:
    at: KeyPath = ("lines", line_id)
    check_known(
        line.per, (*UNITS_OF_LINES, *catalogue.drivers), "maatstaf", places.where(service, (*at, "per"))
    )
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


def _variants(service: Service) -> Iterator[tuple[KeyPath, AloneVariant | JointVariant]]:
    for key, alone in service.alone.items():
        yield ("alone", key), alone
    for key, joint in service.joint.items():
        yield ("joint", key), joint


def _check_variants(service: Service, catalogue: Catalogue, name: str, places: Places) -> None:
    used: set[str] = set()
    for at, variant in _variants(service):
        _check_lines(variant.lines, service.lines, places.where(name, (*at, "lines")))
        used.update(variant.lines)
        if variant.terms:
            _check_lines(variant.terms.lines, variant.lines, places.where(name, (*at, "terms", "lines")))
        if isinstance(variant, JointVariant):
            check_known(variant.form, catalogue.forms, "vorm", places.where(name, (*at, "form")))
    if all(joint.on_request for joint in service.joint.values()):
        raise InputError(
            "Alle varianten zijn 'on_request'; dan is er zonder keuze niets te verkennen.",
            where=places.where(name, ("joint",)),
            mend="Haal 'on_request' bij één variant weg.",
        )
    for line_id in service.lines:
        if line_id not in used:
            raise InputError(
                f"Geen variant gebruikt kostenregel '{line_id}'.",
                where=places.where(name, ("lines", line_id)),
                mend="Gebruik de regel of haal hem weg.",
            )


def _check_lines(lines: Sequence[str], among: Collection[str], where: str) -> None:
    """Lines that exist, and each of them once."""
    for line_id, times in Counter(lines).items():
        check_known(line_id, among, "kostenregel", where)
        if times > 1:
            raise InputError(
                f"Kostenregel '{line_id}' staat er {times} keer.", where=where, mend="Laat er één staan."
            )
