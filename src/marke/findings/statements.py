"""Every statement in the findings has an address, and finds the statements it was made of.

An address is the way to it in ``findings.json``: ``soc.verdict.material``. A service is named by its key, a
part in a list by what identifies it there (``soc.players.GM0141.alone``), else by its place from 1.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marke.errors import InputError
from marke.files import suggest
from marke.findings.model import Findings
from marke.findings.part import By, Given, Part, rule_of

IDENTIFY = ("key", "id", "variant", "code", "figure", "criterion", "gate", "threshold", "case")
"""Fields that tell parts in a list apart, alone or together."""

NAMED = 3
"""So many municipalities can still name what they do together; a longer list is no name."""

Around = tuple[tuple[str, Part], ...]
"""The parts that hold a statement, each with its address: the findings first, the holder last."""


@dataclass(frozen=True)
class Statement:
    """Something that the findings state, with what it rests on."""

    address: str
    value: Any
    rule: Given
    around: Around

    @property
    def holder(self) -> Part:
        """The part that states it."""
        return self.around[-1][1]

    @property
    def field(self) -> str:
        """The field of its holder that states it."""
        return self.address.rsplit(".", 1)[-1]

    def made_of(self) -> tuple["Statement", ...]:
        """The statements that it was made of: each name in the nearest part around that has it, but itself.

        A part stands for all that it states itself. Raises KeyError for a name that nothing around has.
        """
        return (
            tuple(each for name in self.rule.of for each in self._named(name))
            if isinstance(self.rule, By)
            else ()
        )

    def _named(self, name: str) -> tuple["Statement", ...]:
        first, *rest = name.split(".")
        for depth in range(len(self.around), 0, -1):
            address, part = self.around[depth - 1]
            itself = _join(address, first) == self.address
            named = first in type(part).model_fields and not itself
            if named and (rule_of(type(part), first) or _parts(getattr(part, first))):
                return tuple(_below(self.around[:depth], first, rest))
            if named and getattr(part, first) in ((), None):
                return ()
        raise KeyError(f"{self.address}: {name}")


def statements(findings: Findings) -> Mapping[str, Statement]:
    """Everything that the findings state, by address, in the order of ``findings.json``."""
    return {each.address: each for around in places(findings) for each in stated(around)}


def statement_of(findings: Findings, name: str) -> Statement:
    """Find a statement by its address; raises InputError for one that is not there, with the nearest."""
    for each in beginning(findings, name):
        if each.address == name:
            return each
    raise InputError(
        f"Onbekend feit '{name}'.",
        mend=suggest(name, statements(findings)).strip()
        or "Zonder feit toont 'marke herleid' waar feiten staan.",
    )


def beginning(findings: Findings, start: str) -> Iterator[Statement]:
    """The statements whose address begins so, in the order of ``findings.json``."""
    found = (each for around in places(findings, start) for each in stated(around))
    return (each for each in found if each.address.startswith(start))


def places(findings: Findings, start: str = "") -> Iterator[Around]:
    """Every part of the findings, last, with the parts around it; ``start``: on the way to it, and beyond."""
    return _inside((("", findings),), start)


def _inside(around: Around, start: str) -> Iterator[Around]:
    yield around
    address, part = around[-1]
    for name in type(part).model_fields:
        for step in _steps(address, name, getattr(part, name)):
            if step[0].startswith(start) or start.startswith(f"{step[0]}."):
                yield from _inside((*around, step), start)


def stated(around: Around, field: str = "") -> Iterator[Statement]:
    """What the last part states itself, or one of its fields."""
    address, part = around[-1]
    for name in (field,) if field else type(part).model_fields:
        if rule := rule_of(type(part), name):
            yield Statement(_join(address, name), getattr(part, name), rule, around)


def _below(around: Around, name: str, rest: Sequence[str]) -> Iterator[Statement]:
    """The statements that a name in the last part means: its own, or those of the parts it holds."""
    yield from stated(around, name)
    address, part = around[-1]
    for step in _steps(address, name, getattr(part, name)):
        if rest:
            yield from _below((*around, step), rest[0], rest[1:])
        else:
            yield from stated((*around, step))


def _steps(address: str, name: str, value: object) -> list[tuple[str, Part]]:
    """The parts that a field holds, each with its address; the services stand at the top."""
    found = _parts(value)
    if not found:
        return []
    base = "" if (address, name) == ("", "services") else _join(address, name)
    if isinstance(value, Part):
        return [(base, value)]
    names = [_name(part) for part in found]
    if len(set(names)) < len(names) or "" in names:
        names = [str(place) for place in range(1, len(found) + 1)]
    return [(_join(base, each), part) for each, part in zip(names, found, strict=True)]


def _parts(value: object) -> tuple[Part, ...]:
    if isinstance(value, Part):
        return (value,)
    return tuple(each for each in value if isinstance(each, Part)) if isinstance(value, tuple) else ()


def _name(part: Part) -> str:
    told = [str(getattr(part, field)) for field in IDENTIFY if field in type(part).model_fields]
    codes = getattr(part, "codes", ())
    return "-".join((*told, "+".join(codes)) if 0 < len(codes) <= NAMED else told)


def _join(address: str, name: str) -> str:
    return f"{address}.{name}" if address else name
