"""TOML documents that know on which line each key stands, and their validation in Dutch."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from marke.errors import InputError
from marke.files import read_text

Model = TypeVar("Model", bound=BaseModel)
KeyPath = tuple[str | int, ...]

_PART = r"""(?:[A-Za-z0-9_\-]+|"[^"]*"|'[^']*')"""
_DOTTED = rf"({_PART}(?:\s*\.\s*{_PART})*)"
_HEADER = re.compile(rf"^\s*(\[\[?)\s*{_DOTTED}\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(rf"^\s*{_DOTTED}\s*=")

_LONG_QUOTES = ('"""', "'''")

_SENTENCES = {
    "missing": "'{key}' ontbreekt.",
    "extra_forbidden": "'{key}' is hier geen bekende sleutel.",
    "float_parsing": "'{key}' moet een getal zijn, maar er staat {input!r}.",
    "float_type": "'{key}' moet een getal zijn, maar er staat {input!r}.",
    "finite_number": "'{key}' moet een eindig getal zijn, maar er staat {input!r}.",
    "int_parsing": "'{key}' moet een geheel getal zijn, maar er staat {input!r}.",
    "int_type": "'{key}' moet een geheel getal zijn, maar er staat {input!r}.",
    "int_from_float": "'{key}' moet een geheel getal zijn, maar er staat {input!r}.",
    "string_type": "'{key}' moet tekst zijn, maar er staat {input!r}.",
    "bool_type": "'{key}' moet true of false zijn, maar er staat {input!r}.",
    "list_type": "'{key}' moet een lijst zijn, maar er staat {input!r}.",
    "tuple_type": "'{key}' moet een lijst zijn, maar er staat {input!r}.",
    "dict_type": "'{key}' moet een tabel zijn, maar er staat {input!r}.",
    "model_type": "'{key}' moet een tabel zijn, maar er staat {input!r}.",
    "date_from_datetime_parsing": "'{key}' moet een datum zijn zoals 2026-12-01, maar er staat {input!r}.",
    "date_from_datetime_inexact": "'{key}' moet een datum zijn zoals 2026-12-01, maar er staat {input!r}.",
    "date_parsing": "'{key}' moet een datum zijn zoals 2026-12-01, maar er staat {input!r}.",
    "date_type": "'{key}' moet een datum zijn zoals 2026-12-01, maar er staat {input!r}.",
    "greater_than": "'{key}' moet groter zijn dan {gt}, maar er staat {input!r}.",
    "greater_than_equal": "'{key}' moet ten minste {ge} zijn, maar er staat {input!r}.",
    "less_than": "'{key}' moet kleiner zijn dan {lt}, maar er staat {input!r}.",
    "less_than_equal": "'{key}' mag ten hoogste {le} zijn, maar er staat {input!r}.",
    "too_short": "'{key}' moet ten minste {min_length} onderdelen hebben.",
    "string_too_short": "'{key}' mag niet leeg zijn.",
    "string_pattern_mismatch": "'{key}' heeft niet de juiste vorm: {input!r}.",
    "literal_error": "'{key}' moet een van {expected} zijn, maar er staat {input!r}.",
}


@dataclass(frozen=True)
class Document:
    """A parsed TOML file: its content and the line of every key."""

    path: Path
    content: dict[str, Any]
    lines: Mapping[KeyPath, int]

    def where(self, key: KeyPath = ()) -> str:
        """Name the file and, when the key, a part of it or one of its parents stands on a line, that line."""
        while key:
            inside = [line for each, line in self.lines.items() if each[: len(key)] == key]
            if inside:
                return f"{self.path}, regel {self.lines.get(key, min(inside))}"
            key = key[:-1]
        return str(self.path)


def read_document(path: Path) -> Document:
    """Read one TOML file.

    Raises InputError when the file cannot be read or is not TOML, naming line and column.
    """
    text = read_text(path)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+), column (\d+)", str(error))
        where = f"{path}, regel {place[1]}, kolom {place[2]}" if place else f"{path}, aan het einde"
        twice = "overwrite" in str(error) or "twice" in str(error)
        raise InputError(
            "Deze sleutel staat er twee keer." if twice else "Dit is geen geldige TOML.",
            where=where,
            mend="Laat er één staan." if twice else "Controleer aanhalingstekens, haken en het =-teken.",
        ) from None
    return Document(path, content, _key_lines(text))


def toml_string(text: str) -> str:
    """Return text as a TOML basic string; what is no Unicode text becomes a question mark."""
    plain = text.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(plain, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key_lines(text: str) -> dict[KeyPath, int]:
    lines: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    header: KeyPath = ()
    open_quote = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if open_quote:
            open_quote = "" if open_quote in line else open_quote
            continue
        if match := _HEADER.match(line):
            header = _split(match[2])
            if match[1] == "[[":
                counts[header] = counts.get(header, -1) + 1
                header = (*header, counts[header])
            lines.setdefault(header, number)
        elif match := _KEY.match(line):
            lines.setdefault((*header, *_split(match[1])), number)
            open_quote = next((quote for quote in _LONG_QUOTES if line.count(quote) % 2), "")
    return lines


def _split(dotted: str) -> KeyPath:
    return tuple(part.strip("\"'") for part in re.findall(_PART, dotted))


def validate(model: type[Model], content: Mapping[str, Any], document: Document, at: KeyPath = ()) -> Model:
    """Check ``content`` (the table at key path ``at`` of ``document``) against a pydantic model.

    Types are strict: "0.8" and true are no numbers. Raises InputError with the first problem, in Dutch, with
    file and line.
    """
    try:
        # as JSON, because a list is a tuple in strict JSON and is not in strict Python
        return model.model_validate_json(json.dumps(content, default=str), strict=True)
    except ValidationError as problem:
        first = problem.errors()[0]
        key = _key(first["loc"], content)
        raise InputError(
            sentence(first, key), where=document.where((*at, *key)), mend=_mend(first, key, model)
        ) from None


def _key(loc: KeyPath, content: Any) -> KeyPath:
    """Return the key path in the file: pydantic also names the type it tried, which is no key."""
    found: list[str | int] = []
    for part in loc:
        if isinstance(content, Mapping):
            content = content.get(part)
        elif isinstance(content, list) and isinstance(part, int):
            content = content[part] if part < len(content) else None
        else:
            continue
        found.append(part)
    return tuple(found)


def sentence(error: ErrorDetails, key: KeyPath) -> str:
    """Return in Dutch what pydantic found wrong at a key."""
    if isinstance(raised := error.get("ctx", {}).get("error"), ValueError):
        return str(raised)
    name = ".".join(str(part) for part in key) or "dit onderdeel"
    pattern = _SENTENCES.get(error["type"], "'{key}' klopt niet: er staat {input!r}.")
    context = error.get("ctx", {})
    if error["type"] == "literal_error":
        context = {"expected": " of ".join(context["expected"].rsplit(" or ", 1))}
    return pattern.format(key=name, input=error["input"], **context)


def _mend(error: ErrorDetails, key: KeyPath, model: type[BaseModel]) -> str:
    if error["type"] != "extra_forbidden":
        return ""
    known = _known_keys(model, key[:-1])
    close = get_close_matches(str(key[-1]), known, n=1)
    return f"Bedoelt u '{close[0]}'?" if close else f"Bekend zijn: {', '.join(known)}."


def _known_keys(model: type[BaseModel], table: KeyPath) -> list[str]:
    """Return the keys of the model that describes the table at this key path below ``model``."""
    for part in table:
        named = (each for name, each in model.model_fields.items() if part in (each.alias, name))
        inner = next((_model_in(each.annotation) for each in named), None)
        model = inner or model  # a key of a mapping or a place in a list leads to no other model
    return [each.alias or name for name, each in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)
