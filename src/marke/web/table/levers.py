"""The choices beside who takes part: service, form, key, level, and the figures that matter most."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from marke.dutch import KEYS_SHORT, STATUS, capital, number
from marke.situations.desk import Desk, Sheet, Slider
from marke.situations.situation import (
    FIGURE,
    MOST_DAMPENING,
    OWN_KEY,
    PERCENTAGES,
    Read,
    Situation,
    percentage_of,
)

OWN_LABEL = "eigen percentages"


@dataclass(frozen=True)
class Option:
    """One option of a list."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Field:
    """A number that can be filled in, as the form holds it."""

    name: str
    label: str
    value: str
    low: str = ""
    high: str = ""
    step: str = "any"
    unit: str = ""
    help: str = ""
    moved: bool = False
    problem: str = ""


@dataclass(frozen=True)
class Levers:
    """All choices of a situation as a form holds them; ``percentages`` only by the key of own percentages."""

    services: tuple[Option, ...]
    variants: tuple[Option, ...]
    keys: tuple[Option, ...]
    levels: tuple[Option, ...]
    also: tuple[Option, ...]
    foot: Field
    dampening: Field
    percentages: tuple[Field, ...]
    percentages_problem: str
    figures: tuple[Field, ...]

    @property
    def moved(self) -> int:
        """How many figures are not as the study has them."""
        return sum(field.moved for field in self.figures)


def levers(desk: Desk, found: Read) -> Levers:
    """Return the choices with those of the situation in them, and what could not be read as it was typed."""
    situation = found.situation
    sheet = desk.sheet(situation.service)
    service = sheet.case.service
    names = {key: capital(label) for key, label in desk.labels.items()}
    keys = {key: label for key, label in KEYS_SHORT.items() if key != OWN_KEY} | {OWN_KEY: OWN_LABEL}
    return Levers(
        services=_options(names, situation.service),
        variants=_options({v: sheet.variant(v).short for v in sheet.case.variants}, situation.variant),
        keys=_options(keys, situation.key),
        levels=_options(
            {k: level.label for k, level in service.levels.items()}, situation.level or sheet.level
        ),
        also=tuple(
            Option(key, name, key in situation.also)
            for key, name in names.items()
            if key != situation.service
        ),
        foot=_as_typed(
            found, Field("voet", "Vaste voet", _plain(situation.foot * 100), "0", "100", "5", "%")
        ),
        dampening=_as_typed(
            found,
            Field("ingroei", "Ingroei", str(situation.dampening), "0", str(MOST_DAMPENING), "1", "jaar"),
        ),
        percentages=_percentages(sheet, found) if situation.key == OWN_KEY else (),
        percentages_problem=found.wrong.get(PERCENTAGES, ""),
        figures=tuple(_as_typed(found, _figure(slider, situation)) for slider in sheet.sliders.values()),
    )


def _as_typed(found: Read, field: Field) -> Field:
    """A field with what was typed in it and why that cannot be, where that is so."""
    value, problem = found.typed.get(field.name, field.value), found.wrong.get(field.name, "")
    return replace(field, value=value, problem=problem)


def _options(labels: Mapping[str, str], chosen: str) -> tuple[Option, ...]:
    return tuple(Option(value, label, value == chosen) for value, label in labels.items())


def _plain(value: float) -> str:
    return f"{value:.6g}"


def _percentages(sheet: Sheet, found: Read) -> tuple[Field, ...]:
    stated = found.situation.percentages
    fields = [
        Field(
            percentage_of(code), name, _plain(stated[code]) if code in stated else "", "0", "100", "0.01", "%"
        )
        for code, name in sheet.names.items()
    ]
    return tuple(sorted((_as_typed(found, field) for field in fields), key=lambda field: field.label))


def _figure(slider: Slider, situation: Situation) -> Field:
    value = situation.figures.get(slider.id, slider.mode)
    low, high = slider.low * slider.scale, slider.high * slider.scale
    middle = number(slider.mode * slider.scale)
    return Field(
        name=f"{FIGURE}{slider.id}",
        label=capital(slider.label),
        value=_plain(value * slider.scale),
        low=_plain(low),
        high=_plain(high),
        step="any",
        unit=slider.unit,
        help=f"Van {number(low)} tot {number(high)}, het waarschijnlijkst {middle}. "
        f"{capital(STATUS[slider.status])}: {slider.source}.",
        moved=slider.id in situation.figures,
    )
