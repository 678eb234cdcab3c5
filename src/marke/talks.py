"""The register of talks: with whom was spoken, at which level, and what they said.

A talk is no part of the question: it changes no number of a run.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from marke.dutch import day
from marke.errors import InputError
from marke.files import suggest
from marke.toml import Document, read_document, toml_string, validate

SECRETARY: Final = "gemeentesecretaris"
COLLEGE: Final = "college"
COUNCIL: Final = "raad"
TABLE: Final = "regionale tafel"
Level = Literal["gemeentesecretaris", "college", "raad", "regionale tafel"]
"""At which level was spoken; at the regional table the party may be a body, such as a regional council."""

YES: Final = "ja"
ON_CONDITIONS: Final = "onder voorwaarden"
NO: Final = "nee"
NOT_SPOKEN: Final = "niet gesproken"
Position = Literal["ja", "onder voorwaarden", "nee", "niet gesproken"]


@dataclass(frozen=True)
class Talk:
    """What one party said at one level.

    ``day`` is None only where nobody was spoken to yet. ``confirmed_by`` names who of the party confirmed the
    position; it is empty as long as nobody did.
    """

    party: str
    level: Level
    position: Position
    day: date | None = None
    condition: str = ""
    confirmed_by: str = ""

    @property
    def took_place(self) -> bool:
        """Whether there was a talk at all."""
        return self.position != NOT_SPOKEN


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class TalkTable(_Table):
    """A talk as it is written in a file or a form, with Dutch keys."""

    party: str = Field(min_length=1, alias="met")
    level: Level = Field(alias="niveau")
    position: Position = Field(alias="standpunt")
    day: date | None = Field(default=None, alias="datum")
    condition: str = Field(default="", alias="voorwaarde")
    confirmed_by: str = Field(default="", alias="bevestigd_door")

    @model_validator(mode="after")
    def _whole(self) -> "TalkTable":
        if self.position == NOT_SPOKEN and (self.day or self.confirmed_by):
            raise ValueError(
                f"Met {self.party} is niet gesproken, dus 'datum' en 'bevestigd_door' blijven leeg."
            )
        if self.position != NOT_SPOKEN and self.day is None:
            raise ValueError(f"'datum' ontbreekt: wanneer is met {self.party} gesproken?")
        if self.position == ON_CONDITIONS and not self.condition:
            raise ValueError(f"'voorwaarde' ontbreekt: onder welke voorwaarden doet {self.party} mee?")
        if self.position != ON_CONDITIONS and self.condition:
            raise ValueError(
                f"Een 'voorwaarde' hoort bij het standpunt '{ON_CONDITIONS}'; hier staat '{self.position}'."
            )
        return self

    def talk(self) -> Talk:
        """The same as data."""
        return Talk(self.party, self.level, self.position, self.day, self.condition, self.confirmed_by)


class _Register(_Table):
    talks: tuple[TalkTable, ...] = Field(default=(), alias="gesprek")


def read_talks(path: Path, municipalities: Collection[str]) -> tuple[Talk, ...]:
    """Read a register: a TOML file with a ``[[gesprek]]`` for each talk.

    ``municipalities`` are the names in the region. Raises InputError, with file and line, for what
    ``parse_talk`` refuses and for a talk that is there twice.
    """
    document = read_document(path)
    talks: list[Talk] = []
    for place, table in enumerate(validate(_Register, document.content, document).talks):
        talk, where = table.talk(), document.where(("gesprek", place))
        _check_party(talk, municipalities, where)
        _check_once(talk, talks, where)
        talks.append(talk)
    return tuple(talks)


def parse_talk(fields: Mapping[str, str], municipalities: Collection[str], where: str = "gesprek") -> Talk:
    """Make a talk of the fields of a form, by the keys of the file; an empty field is none.

    Raises InputError with one sentence for a missing field, an unknown word, a date that is none, a position
    that does not fit with the other fields, and a municipality outside the region.
    """
    filled = {key: value for key, value in fields.items() if value.strip()}
    talk = validate(TalkTable, filled, Document(Path(where), filled, {})).talk()
    _check_party(talk, municipalities, where)
    return talk


def talk_fields(talk: Talk) -> dict[str, str]:
    """Return the fields of a form, by the keys of the file; what is not known is empty."""
    return {
        "met": talk.party,
        "niveau": talk.level,
        "standpunt": talk.position,
        "datum": talk.day.isoformat() if talk.day else "",
        "voorwaarde": talk.condition,
        "bevestigd_door": talk.confirmed_by,
    }


def format_talks(talks: Sequence[Talk]) -> str:
    """Write the file that ``read_talks`` reads."""
    return "\n".join(map(_written, talks))


def _written(talk: Talk) -> str:
    lines = [
        f"{key} = {value if key == 'datum' else toml_string(value)}\n"
        for key, value in talk_fields(talk).items()
        if value
    ]
    return "".join(["[[gesprek]]\n", *lines])


def latest(talks: Sequence[Talk]) -> dict[str, Talk]:
    """Return the last talk that took place with each party."""
    dated = [(talk.day, talk) for talk in talks if talk.day is not None]
    return {talk.party: talk for _, talk in sorted(dated, key=lambda pair: pair[0])}


def _check_party(talk: Talk, municipalities: Collection[str], where: str) -> None:
    if talk.level != TABLE and talk.party not in municipalities:
        raise InputError(
            f"{talk.party} is geen gemeente van deze regio.",
            where=where,
            mend=suggest(talk.party, municipalities).strip()
            or f"Een ander orgaan staat op het niveau '{TABLE}'.",
        )


def _check_once(talk: Talk, earlier: Sequence[Talk], where: str) -> None:
    if any((each.party, each.level, each.day) == (talk.party, talk.level, talk.day) for each in earlier):
        when = f" op {day(talk.day)}" if talk.day else ""
        raise InputError(
            f"Met {talk.party} ({talk.level}) staat er{when} al een gesprek.",
            where=where,
            mend="Laat er één staan.",
        )
