"""One situation at the table, and its address: every choice that is not the usual one, in one order."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar
from urllib.parse import urlencode

from marke.dutch import KEYS_SHORT, decimal, number
from marke.errors import InputError
from marke.situations.desk import Desk, Sheet

USUAL_KEY = "per_inhabitant"
OWN_KEY = "free"
"""The key of percentages that are filled in at the table."""

MOST_FOOT = 1.0
MOST_DAMPENING = 8

Params = Mapping[str, Sequence[str]]
"""The parameters of an address, each with all its values."""

PERCENTAGES, FIGURE = "deel", "cijfer."
"""The field of all own percentages together, and the beginning of the field of a figure."""

T = TypeVar("T")

_CODE = re.compile(r"(?:GM)?(\d{4})")


@dataclass(frozen=True)
class Situation:
    """Who takes part in what, and how it is divided.

    ``members`` are CBS codes, whole blocs only. ``percentages`` (by code, adding to 100) belong to the key
    ``free``; ``foot`` is the part of what is joint that is divided equally before the key divides the rest,
    ``dampening`` the years in which contributions grow from today's to the key's. ``figures`` are fixed at a
    value; ``also`` names further services with the same members.
    """

    service: str
    variant: str
    members: frozenset[str]
    key: str = USUAL_KEY
    percentages: Mapping[str, float] = field(default_factory=dict, hash=False)
    foot: float = 0.0
    dampening: int = 0
    level: str = ""
    figures: Mapping[str, float] = field(default_factory=dict, hash=False)
    also: tuple[str, ...] = ()

    @property
    def stored(self) -> bool:
        """Whether the run itself answers it: at the level of the study, no figure moved."""
        return not (self.level or self.figures)

    def toggled(self, sheet: Sheet, player: int) -> "Situation":
        """The situation in which one player is the other way: out where it was in."""
        return replace(self, members=self.members ^ {m.code for m in sheet.case.players[player]})

    def with_mask(self, sheet: Sheet, mask: int) -> "Situation":
        """The situation with other members, a mask of the players of its service."""
        return replace(self, members=sheet.codes(mask))


@dataclass(frozen=True)
class Read:
    """A situation as it was asked; in the place of what could not be understood stands what is usual.

    ``wrong`` says so in a sentence for each field, and ``typed`` holds what was filled in there, so that it
    can be mended.
    """

    situation: Situation
    wrong: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def problem(self) -> str:
        """The first sentence; "" where all was understood."""
        return next(iter(self.wrong.values()), "")


def usual(desk: Desk, service: str = "") -> Situation:
    """Everyone together in a service (the first one), in the form that is cheapest for them."""
    sheet = desk.sheet(service or desk.services[0])
    return Situation(sheet.key, sheet.finding.everyone, sheet.codes(sheet.everyone))


def address(desk: Desk, situation: Situation) -> str:
    """The query string of a situation: one form for one situation."""
    return _query(_pairs(desk, situation, usual(desk, situation.service)))


def lasting_address(desk: Desk, situation: Situation) -> str:
    """The query string with what is usual now written out: a later run has another usual."""
    level = situation.level or desk.sheet(situation.service).level
    return _query(_pairs(desk, replace(situation, level=level), None))


def _query(pairs: Iterator[tuple[str, str]]) -> str:
    return urlencode(list(pairs), safe="-.,")


def _pairs(desk: Desk, situation: Situation, plain: Situation | None) -> Iterator[tuple[str, str]]:
    yield "dienst", situation.service
    if plain is None or situation.variant != plain.variant:
        yield "vorm", situation.variant
    if plain is None or situation.members != plain.members:
        yield "met", "-".join(sorted(code.removeprefix("GM") for code in situation.members))
    if plain is None or situation.key != plain.key:
        yield "sleutel", situation.key
    if situation.key == OWN_KEY:
        yield from ((percentage_of(code), _plain(v)) for code, v in sorted(situation.percentages.items()))
    if situation.foot:
        yield "voet", _plain(situation.foot * 100)
    if situation.dampening:
        yield "ingroei", str(situation.dampening)
    if situation.level:
        yield "niveau", situation.level
    sliders = desk.sheet(situation.service).sliders
    for key, value in sorted(situation.figures.items()):
        yield f"{FIGURE}{key}", _plain(value * sliders[key].scale)
    if situation.also:
        yield "ook", "-".join(situation.also)


def _plain(value: float) -> str:
    return f"{value:.10g}"


def percentage_of(code: str) -> str:
    """The field of one municipality's own percentage."""
    return f"{PERCENTAGES}.{code}"


def read(desk: Desk, params: Params) -> Read:
    """Read a situation from an address or a form, field by field."""
    reading = _Reading(params)
    service = reading.taken("dienst", lambda: _service(desk, params), desk.services[0])
    sheet, plain = desk.sheet(service), usual(desk, service)
    key = reading.choice("sleutel", (*KEYS_SHORT,), plain.key, "verdeelsleutel")
    level = reading.choice("niveau", (*sheet.case.service.levels,), sheet.level, "niveau")
    found = Situation(
        service=service,
        variant=reading.choice("vorm", sheet.case.variants, plain.variant, "vorm"),
        members=reading.taken("met", lambda: _members(sheet, params), plain.members),
        key=key,
        percentages=_percentages(sheet, reading) if key == OWN_KEY else {},
        foot=reading.number("voet", MOST_FOOT * 100, "De vaste voet") / 100,
        dampening=int(reading.number("ingroei", MOST_DAMPENING, "De ingroei")),
        level="" if level == sheet.level else level,
        figures=_figures(sheet, reading),
        also=reading.taken("ook", lambda: _also(desk, service, params), ()),
    )
    return Read(found, reading.wrong, reading.typed)


class _Reading:
    """The fields of an address while they are read, with what was wrong."""

    def __init__(self, params: Params) -> None:
        self.params = params
        self.wrong: dict[str, str] = {}
        self.typed: dict[str, str] = {}

    def taken(self, name: str, reading: Callable[[], T], usually: T) -> T:
        """What a field holds; what is usual where that cannot be read."""
        try:
            return reading()
        except InputError as error:
            self.wrong[name] = str(error)
            self.typed[name] = _last(self.params, name)
            return usually

    def choice(self, name: str, known: Sequence[str], usually: str, what: str) -> str:
        return self.taken(name, lambda: _choice(self.params, name, known, usually, what), usually)

    def number(self, name: str, most: float, what: str) -> float:
        return self.taken(name, lambda: _number(self.params, name, most, what), 0.0)


def _service(desk: Desk, params: Params) -> str:
    service = _last(params, "dienst") or desk.services[0]
    if service not in desk.services:
        raise InputError(f"De dienst '{_short(service)}' hoort niet bij deze verkenning.")
    return service


def _last(params: Params, name: str) -> str:
    values = params.get(name) or [""]
    return values[-1].strip()


def _short(text: str) -> str:
    return text[:40]


def _choice(params: Params, name: str, known: Sequence[str], usually: str, what: str) -> str:
    chosen = _last(params, name) or usually
    if chosen not in known:
        raise InputError(
            f"De {what} '{_short(chosen)}' is niet bekend.", mend=f"Kies uit {', '.join(known)}."
        )
    return chosen


def _members(sheet: Sheet, params: Params) -> frozenset[str]:
    """Read who takes part, everyone where it is not told: a bloc with one of its municipalities is in."""
    if "met" not in params:
        return sheet.codes(sheet.everyone)
    named = {part for value in params["met"] for part in re.split(r"[-,]", value) if part.strip()}
    mask = 0
    for text in named:
        match = _CODE.fullmatch(text.strip())
        player = sheet.player_of.get(f"GM{match[1]}") if match else None
        if player is None:
            raise InputError(f"'{_short(text)}' is geen gemeente van {sheet.region}.")
        mask |= 1 << player
    return sheet.codes(mask)


def _value(text: str, what: str) -> float:
    try:
        value = float(text.replace("%", "").replace(",", ".").strip())
    except ValueError:
        raise InputError(f"{what}: '{_short(text)}' is geen getal.") from None
    if value != value:
        raise InputError(f"{what}: '{_short(text)}' is geen getal.")
    return value


def _number(params: Params, name: str, most: float, what: str) -> float:
    text = _last(params, name)
    value = _value(text, what) if text else 0.0
    if not 0 <= value <= most:
        raise InputError(f"{what} ligt tussen 0 en {decimal(most)}, niet op {_short(text)}.")
    return value


def _percentages(sheet: Sheet, reading: _Reading) -> dict[str, float]:
    """Read percentages by municipality, all or none of them; none: those of the study hold."""
    texts = {code: _last(reading.params, percentage_of(code)) for code in sorted(sheet.names)}
    given = {code: text for code, text in texts.items() if text}
    found = reading.taken(PERCENTAGES, lambda: _that_add_up(sheet, given), dict[str, float]())
    if PERCENTAGES in reading.wrong:
        reading.typed |= {percentage_of(code): text for code, text in given.items()}
    return found


def _that_add_up(sheet: Sheet, given: Mapping[str, str]) -> dict[str, float]:
    stated = {code: _value(text, f"Het percentage van {sheet.names[code]}") for code, text in given.items()}
    total = sum(stated.values())
    if stated and (min(stated.values()) < 0 or abs(total - 100) > 0.05):
        raise InputError(
            f"De percentages tellen op tot {number(total)}; het moet 100 zijn.",
            mend="Verbeter ze; kleiner dan nul kan niet.",
        )
    return {code: value for code, value in stated.items() if value}


def _figures(sheet: Sheet, reading: _Reading) -> dict[str, float]:
    """Read the figures that were moved."""
    found = {}
    for name in (each for each in reading.params if each.startswith(FIGURE)):
        key, text = name.removeprefix(FIGURE), _last(reading.params, name)
        value = reading.taken(name, partial(_figure, sheet, key, text), None)
        if value is not None:
            found[key] = value
    return found


def _figure(sheet: Sheet, key: str, text: str) -> float | None:
    """A figure at a value within its range; None where it stands at its middle."""
    if not text:
        return None
    figure = sheet.sliders.get(key)
    if figure is None:
        raise InputError(f"Het cijfer '{_short(key)}' is hier niet te verschuiven.")
    value = _value(text, figure.label) / figure.scale
    if not figure.low <= value <= figure.high:
        low, high = number(figure.low * figure.scale), number(figure.high * figure.scale)
        raise InputError(f"{figure.label} ligt tussen {low} en {high}, niet op {_short(text)}.")
    return value if abs(value - figure.mode) > 1e-9 * (figure.high - figure.low) else None


def _also(desk: Desk, service: str, params: Params) -> tuple[str, ...]:
    named = {part for value in params.get("ook", ()) for part in value.split("-") if part.strip()}
    if unknown := named - set(desk.services):
        raise InputError(f"De dienst '{_short(min(unknown))}' hoort niet bij deze verkenning.")
    return tuple(key for key in desk.services if key in named and key != service)
