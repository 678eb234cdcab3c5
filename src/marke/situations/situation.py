"""One situation at the table, and its address: every choice that is not the usual one, in one order."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
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

_PERCENTAGE, _FIGURE = "deel.", "cijfer."
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
    """A situation as it was asked; ``problem`` says in one sentence what could not be understood, or ""."""

    situation: Situation
    problem: str = ""


def usual(desk: Desk, service: str = "") -> Situation:
    """Everyone together in a service (the first one), in the form that is cheapest for them."""
    sheet = desk.sheet(service or desk.services[0])
    return Situation(sheet.key, sheet.finding.everyone, sheet.codes(sheet.everyone))


def address(desk: Desk, situation: Situation) -> str:
    """The query string of a situation: one form for one situation."""
    return urlencode(list(_pairs(desk, situation)), safe="-.,")


def _pairs(desk: Desk, situation: Situation) -> Iterator[tuple[str, str]]:
    plain = usual(desk, situation.service)
    yield "dienst", situation.service
    if situation.variant != plain.variant:
        yield "vorm", situation.variant
    if situation.members != plain.members:
        yield "met", "-".join(sorted(code.removeprefix("GM") for code in situation.members))
    if situation.key != plain.key:
        yield "sleutel", situation.key
    if situation.key == OWN_KEY:
        yield from ((f"{_PERCENTAGE}{code}", _plain(v)) for code, v in sorted(situation.percentages.items()))
    if situation.foot:
        yield "voet", _plain(situation.foot * 100)
    if situation.dampening:
        yield "ingroei", str(situation.dampening)
    if situation.level:
        yield "niveau", situation.level
    sliders = desk.sheet(situation.service).sliders
    for key, value in sorted(situation.figures.items()):
        yield f"{_FIGURE}{key}", _plain(value * sliders[key].scale)
    if situation.also:
        yield "ook", "-".join(situation.also)


def _plain(value: float) -> str:
    return f"{value:.10g}"


def read(desk: Desk, params: Params) -> Read:
    """Read a situation from an address or a form; what does not fit gives the usual one, and is told."""
    try:
        return Read(_read(desk, params))
    except InputError as error:
        service = _last(params, "dienst")
        return Read(usual(desk, service if service in desk.services else ""), str(error))


def _read(desk: Desk, params: Params) -> Situation:
    service = _last(params, "dienst") or desk.services[0]
    if service not in desk.services:
        raise InputError(f"De dienst '{_short(service)}' hoort niet bij deze verkenning.")
    sheet, plain = desk.sheet(service), usual(desk, service)
    key = _choice(params, "sleutel", (*KEYS_SHORT,), plain.key, "verdeelsleutel")
    members = _members(sheet, params) if "met" in params else plain.members
    level = _choice(params, "niveau", (*sheet.case.service.levels,), sheet.level, "niveau")
    return Situation(
        service=service,
        variant=_choice(params, "vorm", sheet.case.variants, plain.variant, "vorm"),
        members=members,
        key=key,
        percentages=_percentages(sheet, params) if key == OWN_KEY else {},
        foot=_number(params, "voet", 0.0, MOST_FOOT * 100, "De vaste voet") / 100,
        dampening=int(_number(params, "ingroei", 0, MOST_DAMPENING, "De ingroei")),
        level="" if level == sheet.level else level,
        figures=_figures(sheet, params),
        also=_also(desk, service, params),
    )


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
    """Read who takes part: a bloc with one of its municipalities is in as a whole."""
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


def _number(params: Params, name: str, low: float, high: float, what: str) -> float:
    text = _last(params, name)
    value = _value(text, what) if text else 0.0
    if not low <= value <= high:
        raise InputError(f"{what} ligt tussen {decimal(low)} en {decimal(high)}, niet op {_short(text)}.")
    return value


def _percentages(sheet: Sheet, params: Params) -> dict[str, float]:
    """Read percentages by municipality that add to 100; without any, equal parts."""
    stated = {}
    for code in sheet.codes(sheet.everyone):
        if text := _last(params, f"{_PERCENTAGE}{code}"):
            stated[code] = _value(text, f"Het percentage van {sheet.names[code]}")
    if not stated:
        return {}
    total = sum(stated.values())
    if min(stated.values()) < 0 or abs(total - 100) > 0.05:
        raise InputError(
            f"De percentages tellen op tot {number(total)}; het moet 100 zijn.",
            mend="Verbeter ze; kleiner dan nul kan niet.",
        )
    return {code: value for code, value in stated.items() if value}


def _figures(sheet: Sheet, params: Params) -> dict[str, float]:
    found = {}
    for name in params:
        if not name.startswith(_FIGURE) or not (text := _last(params, name)):
            continue
        key = name.removeprefix(_FIGURE)
        figure = sheet.sliders.get(key)
        if figure is None:
            raise InputError(f"Het cijfer '{_short(key)}' is hier niet te verschuiven.")
        value = _value(text, figure.label) / figure.scale
        if not figure.low <= value <= figure.high:
            low, high = number(figure.low * figure.scale), number(figure.high * figure.scale)
            raise InputError(f"{figure.label} ligt tussen {low} en {high}, niet op {_short(text)}.")
        if abs(value - figure.mode) > 1e-9 * (figure.high - figure.low):
            found[key] = value
    return found


def _also(desk: Desk, service: str, params: Params) -> tuple[str, ...]:
    named = {part for value in params.get("ook", ()) for part in value.split("-") if part.strip()}
    if unknown := named - set(desk.services):
        raise InputError(f"De dienst '{_short(min(unknown))}' hoort niet bij deze verkenning.")
    return tuple(key for key in desk.services if key in named and key != service)
