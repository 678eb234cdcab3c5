"""What every part of the findings is made of, and how each statement in it says what it rests on."""

from dataclasses import dataclass
from functools import cache
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

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


@cache
def rule_of(part: type[Part], name: str) -> Given | None:
    """What a field of a part rests on; None for a name or a part."""
    return next((each for each in part.model_fields[name].metadata if isinstance(each, Given)), None)
