"""Where the parts of the catalogue stand, and the checks that every file has in common."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from marke.catalogue.schema import SizeClass
from marke.errors import InputError
from marke.files import suggest
from marke.toml import Document, KeyPath

UNITS_OF_WORK = ("organisation",)
"""What a work package counts besides the drivers."""

UNITS_OF_LINES = ("member", "group")
"""What a cost line counts besides the drivers."""


@dataclass(frozen=True)
class Places:
    """Where everything stands: the files by name (services by key), and each figure's file and line."""

    documents: Mapping[str, Document]
    figures: Mapping[str, str]

    def where(self, name: str, at: KeyPath = ()) -> str:
        """Name the file and line of a key."""
        return self.documents[name].where(at)


def check_classes(classes: Sequence[SizeClass], where: str) -> None:
    """Refuse classes that do not cover every size of municipality, or stand out of order."""
    if not classes or classes[-1].below is not None:
        raise InputError(
            "De laatste klasse moet zonder 'below' zijn.",
            where=where,
            mend="Voeg een klasse toe voor de rest.",
        )
    bounds = [each.below for each in classes[:-1]]
    if None in bounds or bounds != sorted(set(bounds), key=lambda bound: bound or 0):
        raise InputError(
            "De klassen staan niet op volgorde van 'below'.", where=where, mend="Zet de kleinste bovenaan."
        )


def check_known(key: str, among: Collection[str], kind: str, where: str) -> None:
    """Refuse a key that is not ``among`` those that exist, suggesting the nearest one."""
    if key not in among:
        mend = suggest(key, among).strip() or "Controleer de spelling, of voeg hem toe."
        unknown = "Onbekend" if kind == "cijfer" else "Onbekende"
        raise InputError(f"{unknown} {kind} '{key}'.", where=where, mend=mend)
