"""One answer as a Dutch reader writes it, and back: what is unclear is refused with a sentence."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from marke.baseline.model import Value
from marke.catalogue.intake import NUMBERS, Kind, Part
from marke.errors import InputError
from marke.files import fold, suggest

UNKNOWN = "weet ik niet"
MOST_LETTERS = 2000
MOST_ITEMS = 100
PERCENT_DIGITS = 10

_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+,[0-9]+|(?:\.[0-9]{3}){2,})")
_AMBIGUOUS = re.compile(r"([1-9][0-9]{0,2})\.([0-9]{3})")
_NUMBERLIKE = re.compile(r"[0-9][0-9.,\s]*")
_NOT_FINITE = {"nan", "inf", "infinity", "oneindig"}
_MINUS = ("-", "−")
_DAY = re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})")
_DUTCH_DAY = re.compile(r"(?P<d>[0-9]{1,2})[-/.](?P<m>[0-9]{1,2})[-/.](?P<y>[0-9]{4})")
_YES_NO = {"ja": True, "nee": False}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def is_empty(given: Any) -> bool:
    """Whether a cell holds nothing."""
    return given is None or (isinstance(given, str) and not given.strip())


def is_unknown(given: Any) -> bool:
    """Whether a cell says "weet ik niet"."""
    return isinstance(given, str) and fold(given) == UNKNOWN


def parse(part: Part, given: Any) -> Value:
    """Return the answer that a filled cell holds: text, or what a worksheet holds instead.

    Numbers may be written as 1234, 1234,5, 1234.5, 1.234,5 or 1.234.567. The text "1.234" is refused: it can
    mean two numbers that differ by a factor of thousand.
    Raises InputError, without a place, for anything that does not fit the question.
    """
    if part.kind in NUMBERS:
        return _number(part, given)
    return _PARSERS[part.kind](part, given)


def cell_text(part: Part, value: Value) -> str:
    """Write an answer as text that ``parse`` reads back as the same value."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float):
        written = round(value * 100, PERCENT_DIGITS) if part.kind == "percentage" else value
        return f"{written:.0f}" if written.is_integer() else f"{written!r}".replace(".", ",")
    if isinstance(value, date):
        return value.isoformat()
    return "; ".join(value) if isinstance(value, tuple) else value


def clean_text(given: Any) -> str:
    """Return a note or text without control characters and blanks around it.

    Raises InputError, without a place, when it is far too long.
    """
    whole = isinstance(given, float) and given.is_integer()
    text = _CONTROL.sub("", str(int(given) if whole else given)).replace("\r", "").strip()
    if len(text) > MOST_LETTERS:
        what = f"Deze tekst heeft {len(text)} tekens; er passen er {MOST_LETTERS}."
        raise InputError(what, mend="Maak de tekst korter en verwijs naar een document.")
    return text


def plain_text(given: Any) -> str:
    """Return the text that a cell holds; raises InputError, without a place, for a day or a yes or no."""
    if isinstance(given, (bool, date)):
        what = f"Hier hoort tekst, maar er staat '{str(given)[:40]}'."
        raise InputError(what, mend="Kies als opmaak Tekst en vul de cel opnieuw in.")
    return clean_text(given)


def _number(part: Part, given: Any) -> float:
    number = _any_number(given)
    if not math.isfinite(number):
        raise InputError(f"'{str(given)[:40]}' is geen eindig getal.", mend="Schrijf een gewoon getal.")
    if part.kind == "year" and not number.is_integer():
        raise InputError(f"'{str(given)[:40]}' is geen jaar.", mend="Schrijf bijvoorbeeld 2026.")
    if number < part.least or (part.most is not None and number > part.most):
        most = "" if part.most is None else f" en hoogstens {_plain(part.most)}"
        raise InputError(
            f"{str(given).strip()[:40]} {part.shown_unit} kan niet: het is minstens "
            f"{_plain(part.least)}{most}.",
            mend="Verbeter het getal, of kies 'weet ik niet'.",
        )
    return round(number / 100, PERCENT_DIGITS + 2) if part.kind == "percentage" else number


def _plain(number: float) -> str:
    return f"{number:.10g}".replace(".", ",")


def _any_number(given: Any) -> float:
    if isinstance(given, str):
        text = given.strip()
        negative = text.startswith(_MINUS)
        number = _written_number(text[1:].strip() if negative else text, text)
        return -number if negative else number
    if isinstance(given, (int, float)) and not isinstance(given, bool):
        return float(given) if abs(given) < 1e300 else math.inf
    mend = "Maak de cel leeg, kies als opmaak Getal en vul het getal opnieuw in."
    raise InputError(f"Hier hoort een getal, maar er staat '{str(given)[:40]}'.", mend=mend)


def _written_number(digits: str, text: str) -> float:
    """Return the number a Dutch reader writes so; refuse what can be read in two ways."""
    if match := _AMBIGUOUS.fullmatch(digits):
        what = f"'{text}' is niet eenduidig: duizend of een decimaal?"
        raise InputError(what, mend=f"Schrijf {match[1]}{match[2]} of {match[1]},{match[2]}.")
    if _GROUPED.fullmatch(digits):
        return float(digits.replace(".", "").replace(",", "."))
    if _PLAIN.fullmatch(digits):
        return float(digits.replace(",", "."))
    if fold(digits) in _NOT_FINITE:
        return math.inf
    if _NUMBERLIKE.fullmatch(digits):
        what = f"'{text[:40]}' heeft een verkeerd scheidingsteken."
        raise InputError(what, mend="Schrijf bijvoorbeeld 1234,5 of 1.234,5.")
    raise InputError(
        f"Hier hoort een getal, maar er staat '{text[:40]}'.",
        mend="Schrijf alleen het getal, zonder eenheid. Laat de cel leeg als u het niet weet.",
    )


def _day(_part: Part, given: Any) -> date:
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    text = str(given).strip()
    if match := _DAY.fullmatch(text) or _DUTCH_DAY.fullmatch(text):
        try:
            return date(int(match["y"]), int(match["m"]), int(match["d"]))
        except ValueError:
            pass
    raise InputError(
        f"Hier hoort een datum, maar er staat '{text[:40]}'.",
        mend="Schrijf een datum die bestaat als dag-maand-jaar, bijvoorbeeld 31-12-2027.",
    )


def _yes_no(_part: Part, given: Any) -> bool:
    if isinstance(given, bool):
        return given
    found = _YES_NO.get(fold(str(given)))
    if found is None:
        what = f"Hier hoort ja of nee, maar er staat '{str(given)[:40]}'."
        raise InputError(what, mend="Kies uit de lijst.")
    return found


def _choice(part: Part, given: Any) -> str:
    for option in part.options:
        if fold(option) == fold(str(given)):
            return option
    raise InputError(
        f"'{str(given)[:40]}' is geen keuze bij deze vraag.{suggest(str(given), part.options)}",
        mend=f"Kies uit: {', '.join(part.options)}.",
    )


def _text(_part: Part, given: Any) -> str:
    return plain_text(given)


def _list(_part: Part, given: Any) -> tuple[str, ...]:
    items = tuple(item.strip() for item in re.split(r"[;\n]", plain_text(given)) if item.strip())
    if not items or len(items) > MOST_ITEMS:
        what = f"Deze lijst heeft {len(items)} onderdelen; het moeten er 1 tot {MOST_ITEMS} zijn."
        raise InputError(what, mend="Zet een puntkomma tussen twee onderdelen.")
    return items


_PARSERS: Mapping[Kind, Callable[[Part, Any], Value]] = {
    "date": _day,
    "yes_no": _yes_no,
    "choice": _choice,
    "text": _text,
    "list": _list,
}
