"""How a municipality's documents look: neutral, or by one TOML file of its own."""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from pydantic import BaseModel, ConfigDict, Field, field_validator

from marke.errors import InputError
from marke.toml import read_document, validate

MIME = {".png": "image/png", ".svg": "image/svg+xml", ".jpg": "image/jpeg"}
SVG = MIME[".svg"]
BEGINS = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff"}
"""The first bytes of a picture."""
OUTSIDE = re.compile(
    r"""(?:href|src)\s*=\s*["']\s*(?!#|data:)|url\(\s*["']?(?!#|data:)|@import|<!ENTITY""", re.IGNORECASE
)
"""How an SVG points at something outside itself."""
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
    """Name, address, colour (``#rrggbb``), the logo with its kind (MIME), and fields for a letter's head."""

    name: str = ""
    address: str = ""
    colour: str = NEUTRAL_COLOUR
    logo: bytes = b""
    logo_kind: str = ""
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def logo_data(self) -> str:
        """The logo as a data address; "" without one."""
        return f"data:{self.logo_kind};base64,{base64.b64encode(self.logo).decode()}" if self.logo else ""


NEUTRAL = HouseStyle()


def read_house_style(path: Path) -> HouseStyle:
    """Read a house style.

    Raises InputError for an unknown key, a colour that is none or too light on white, and a logo that is
    missing, no picture, or an SVG that points at something outside itself.
    """
    document = read_document(path)
    table = validate(HouseTable, document.content, document)
    return HouseStyle(
        name=table.name,
        address=table.address,
        colour=table.colour,
        logo=_logo(path, table.logo) if table.logo else b"",
        logo_kind=MIME.get(Path(table.logo).suffix.lower(), ""),
        fields=tuple(table.fields.items()),
    )


def contrast_with_white(colour: str) -> float:
    """The contrast ratio of ``#rrggbb`` with white (WCAG 2.2, relative luminance)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


def _logo(style: Path, name: str) -> bytes:
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
    content = path.read_bytes()
    _check_picture(content, path.suffix.lower(), f"Het logo '{name}'", f"{style}, logo")
    return content


def _check_picture(content: bytes, suffix: str, subject: str, where: str) -> None:
    if suffix == ".svg":
        drawn = content.decode("utf-8", "replace")
        if OUTSIDE.search(drawn):
            mend = "Neem alles op in het bestand zelf."
            raise InputError(f"{subject} verwijst naar iets buiten het bestand.", where=where, mend=mend)
        whole = _is_svg(drawn)
    else:
        whole = content.startswith(BEGINS[suffix])
    if not whole:
        raise InputError(
            f"{subject} is geen {suffix[1:]}.", where=where, mend="Sla het opnieuw op als plaatje."
        )


def _is_svg(drawn: str) -> bool:
    try:
        return ElementTree.fromstring(drawn).tag.endswith("svg")  # noqa: S314  # entities were refused
    except ElementTree.ParseError:
        return False
