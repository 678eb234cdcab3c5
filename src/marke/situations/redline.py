"""Red lines: what one municipality wants to pay at most, and whether a situation keeps within it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from marke.dutch import chance_of, euro, significant
from marke.errors import InputError
from marke.situations.closely import Exact
from marke.situations.lines import Line
from marke.situations.look import Quick
from marke.situations.package import Package

PACKAGE = ""
"""The key of the line for all services of a package together; the others are those of a service."""

MOST = 1_000_000_000
"""The highest line, euro a year."""

_WHOLE = re.compile(r"\d{1,3}(\.\d{3})+|\d+")


@dataclass(frozen=True)
class Kept:
    """A situation against one red line, euro a year.

    ``cost`` is the expected cost of the municipality, None as long as it is not known and where it takes no
    part (``inside``). ``chance`` is the share of the draws within the line, once one service was worked out
    exactly.
    """

    service: str
    most: float
    inside: bool
    cost: float | None
    chance: float | None

    @property
    def within(self) -> bool | None:
        """Whether the expected cost keeps within the line; None where that is not known."""
        return None if self.cost is None else self.cost <= self.most


def against(
    lines: Mapping[str, float], found: Package, code: str, exact: Exact | None = None
) -> tuple[Kept, ...]:
    """Hold what is on the table against the red lines of one municipality (CBS code).

    ``lines`` is euro a year by service, and ``PACKAGE``, which counts from two services on; one in which the
    municipality takes no part counts by what it costs alone. ``exact`` belongs to the first service.
    """
    return tuple(_against(lines, found, code, exact))


def _against(lines: Mapping[str, float], found: Package, code: str, exact: Exact | None) -> Iterator[Kept]:
    for part in found.parts:
        if (service := part.situation.service) in lines:
            paid = exact.paid.get(code) if exact and exact.situation == part.situation else None
            sure = None if paid is None else float((paid <= lines[service]).mean())
            line = _line_of(part, code)
            yield Kept(service, lines[service], line.inside, line.cost if line.inside else None, sure)
    if PACKAGE in lines and len(found.parts) > 1:
        each = [_line_of(part, code) for part in found.counted]
        inside = any(line.inside for line in each)
        known = [line.cost for line in each if line.cost is not None]
        whole = sum(known) if inside and len(known) == len(each) else None
        yield Kept(PACKAGE, lines[PACKAGE], inside, whole, None)


def _line_of(part: Quick, code: str) -> Line:
    return next(line for line in part.lines if line.code == code)


def told(kept: Kept, name: str, draws: int) -> str:
    """How a situation stands against the line of the municipality ``name``, in words, by ``draws``."""
    if not kept.inside:
        return f"{name} doet hier niet mee."
    if kept.cost is None or kept.within is None:
        return "niet bekend"
    cost = significant(kept.cost, 3)
    if (cost <= kept.most) != kept.within:
        cost = kept.cost
    mark = "✓ Binnen uw grens" if kept.within else "✗ Boven uw grens"
    sure = ""
    if kept.chance is not None:
        sure = f"; kans dat het binnen de grens blijft: {chance_of(kept.chance, draws)}"
    return f"{mark} van {euro(kept.most)}: naar verwachting {euro(cost)}{sure}"


def read_line(text: str) -> int | None:
    """Read a line as it is typed, in whole euro a year, as 40000 or 40.000; None where it is empty.

    Raises InputError, without a place, for anything else.
    """
    digits = text.replace("€", "").replace("\xa0", "").replace(" ", "").removesuffix(",-")
    if not digits:
        return None
    if not _WHOLE.fullmatch(digits):
        raise InputError(f"'{text[:40]}' is geen bedrag in hele euro's.", mend="Schrijf bijvoorbeeld 40.000.")
    amount = int(digits.replace(".", ""))
    if not 0 < amount <= MOST:
        raise InputError(f"{text[:40]} kan niet: het is minstens 1 en hoogstens {euro(MOST)}.")
    return amount
