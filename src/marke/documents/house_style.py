"""How a municipality's documents look: neutral, or by one TOML file of its own."""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, field_validator

from marke.errors import InputError
from marke.toml import read_document, validate

MIME = {".png": "image/png", ".svg": "image/svg+xml", ".jpg": "image/jpeg"}
CONTRAST = 4.5
"""The least contrast of a colour with white paper (WCAG 2.2, 1.4.3)."""
NEUTRAL_COLOUR = "#1f4e79"


class HouseTable(BaseModel):
    """The file itself, with Dutch keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(default="", alias="naam")
    address: str = Field(default="", alias="adres")
    colour: str = Field(default=NEUTRAL_COLOUR, alias="kleur")
    logo: str = ""
    fields: Mapping[str, str] = Field(default_factory=dict, alias="briefvelden")

    @field_validator("colour")
    @classmethod
    def _readable(cls, colour: str) -> str:
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
            raise ValueError(f"'{colour}' is geen kleur; schrijf bijvoorbeeld \"{NEUTRAL_COLOUR}\".")
        if contrast_with_white(colour) < CONTRAST:
            raise ValueError(f"De kleur {colour} is te licht om op wit te lezen; kies een donkerder kleur.")
        return colour


@dataclass(frozen=True)
class HouseStyle:
    """Name, address, colour (``#rrggbb``), the logo as a data address, and fields for a letter's head."""

    name: str = ""
    address: str = ""
    colour: str = NEUTRAL_COLOUR
    logo_data: str = ""
    fields: tuple[tuple[str, str], ...] = ()


NEUTRAL = HouseStyle()


def read_house_style(path: Path) -> HouseStyle:
    """Read a house style.

    Raises InputError for an unknown key, a colour that is none or too light on white, and a logo that is
    missing or no picture.
    """
    document = read_document(path)
    table = validate(HouseTable, document.content, document)
    return HouseStyle(
        name=table.name,
        address=table.address,
        colour=table.colour,
        logo_data=_logo(path, table.logo) if table.logo else "",
        fields=tuple(table.fields.items()),
    )


def contrast_with_white(colour: str) -> float:
    """The contrast ratio of ``#rrggbb`` with white (WCAG 2.2, relative luminance)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


def _logo(style: Path, name: str) -> str:
    path = style.parent / name
    if path.suffix.lower() not in MIME:
        raise InputError(
            f"Het logo '{name}' is geen plaatje dat in een document past.",
            where=f"{style}, logo",
            mend="Kies png, svg of jpg.",
        )
    if not path.is_file():
        raise InputError(
            f"Het logo '{name}' is er niet.", where=f"{style}, logo", mend="Zet het naast de huisstijl."
        )
    return f"data:{MIME[path.suffix.lower()]};base64,{base64.b64encode(path.read_bytes()).decode()}"
