"""What every part of the findings is made of, and how each statement in it says what it rests on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from types import NoneType
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler
from pydantic_core import CoreSchema


@dataclass(frozen=True)
class Given:
    """A statement that is an input; ``formula`` says in Dutch where it comes from."""

    formula: str

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Publish in the schema what a statement rests on."""
        return {**handler(core_schema), "description": self.formula}


@dataclass(frozen=True, init=False)
class By(Given):
    """A statement that is derived, by a formula in Dutch.

    ``of`` names what it is made of: statements or parts of the part that holds it, else of the parts around
    that (``statements.py``). ``step`` names what works it out line by line, down to work and figures
    (``derive.py``). Without either of them it raises TypeError: there would be nothing to follow.
    """

    of: tuple[str, ...]
    step: str

    def __init__(self, formula: str, *of: str, step: str = "") -> None:
        if not (of or step):
            raise TypeError(f"nothing to follow behind '{formula}'")
        for name, value in {"formula": formula, "of": of, "step": step}.items():
            object.__setattr__(self, name, value)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Part(_Frozen):
    """A frozen part of the findings.

    Whatever it states (a number, a date, a truth, a choice of one or more) is annotated with ``Given`` or
    ``By``; only names and other parts are not. A class that states something without it cannot be made:
    TypeError.
    """

    @classmethod
    def __pydantic_init_subclass__(cls, **_: object) -> None:
        """Refuse a class with a statement that could not be traced."""
        for name, field in cls.model_fields.items():
            if states(field.annotation) and rule_of(cls, name) is None:
                raise TypeError(f"{cls.__name__}.{name} does not say what it rests on")


Codes = Annotated[tuple[str, ...], Given("de gemeenten waar dit over gaat")]
"""Municipalities by CBS code, as what a part is about."""


Root = TypeVar("Root", bound=Part)


class Amount(_Frozen):
    """A number over the draws, euro of the price year unless said otherwise: mean, its error, P10 and P90."""

    mean: float
    error: float
    p10: float
    p90: float


def states(annotation: object) -> bool:
    """Whether a field of this type states something: it is no name, no part, and not made of these alone."""
    inner = [each for each in get_args(annotation) if each not in (NoneType, Ellipsis)]
    if get_origin(annotation) is not None and all(each is str or isinstance(each, str) for each in inner):
        return True  # a choice of words, or of several names
    if inner:
        return any(states(each) for each in inner)
    return not (isinstance(annotation, type) and issubclass(annotation, (str, Part)))


def traceable(root: type[Root]) -> type[Root]:
    """Refuse (TypeError) a class of findings in which a statement rests on a name that nothing around has.

    A decorator of the outermost part: only from there it is known what is around each of its parts.
    """
    for around in _nested((root,)):
        for field in around[-1].model_fields:
            rule = rule_of(around[-1], field)
            for name in rule.of if isinstance(rule, By) else ():
                if not any(_leads(each, name.split("."), field, own=each is around[-1]) for each in around):
                    raise TypeError(f"{around[-1].__name__}.{field} rests on '{name}', which is nowhere")
    return root


def _nested(around: tuple[type[Part], ...]) -> Iterator[tuple[type[Part], ...]]:
    """Every class of parts in the last one, with the classes around it, outermost first."""
    yield around
    for field in around[-1].model_fields.values():
        for part in _parts_in(field.annotation):
            yield from _nested((*around, part))


def _parts_in(annotation: object) -> tuple[type[Part], ...]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return (annotation,)
    return tuple(part for inner in get_args(annotation) for part in _parts_in(inner))


def _leads(part: type[Part], name: Sequence[str], field: str, *, own: bool) -> bool:
    """Whether a name leads to a statement or a part in this one; its ``own`` field leads nowhere."""
    first, *rest = name
    if first not in part.model_fields or (own and first == field):
        return False
    parts = _parts_in(part.model_fields[first].annotation)
    if not rest:
        return bool(parts) or rule_of(part, first) is not None
    return any(_leads(each, rest, field, own=False) for each in parts)


@cache
def rule_of(part: type[Part], name: str) -> Given | None:
    """What a field of a part rests on; None for a name or a part."""
    return next((each for each in part.model_fields[name].metadata if isinstance(each, Given)), None)
