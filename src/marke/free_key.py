"""A study's own cost key: agreed percentages, one for every municipality of the region."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

from marke.errors import InputError
from marke.region import Country, Region
from marke.toml import Document


class FreeKeyTable(BaseModel):
    """The key's name and its percentages by municipality (a table of the study file)."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    name: str = Field(default="eigen sleutel", min_length=1, alias="naam")
    percentages: Mapping[str, float] = Field(min_length=1, alias="procenten")


def percentages_of(
    table: FreeKeyTable | None, document: Document, country: Country, region: Region
) -> dict[str, float] | None:
    """Return the shares of the free key by CBS code, together 1; None without a key.

    Raises InputError for a key that is not about exactly this region, or does not add to 100.
    """
    if table is None:
        return None
    where = document.where(("verdeelsleutel", "procenten"))
    shares = {}
    for name, value in table.percentages.items():
        try:
            shares[country.find(name).code] = value / 100
        except InputError as error:
            raise InputError(error.what, where=where, mend=error.mend) from None
    missing = [m.name for m in region.municipalities if m.code not in shares]
    if missing or len(shares) > len(region.municipalities):
        what = f"{missing[0]} niet" if missing else "ook gemeenten van buiten de regio"
        raise InputError(
            f"De verdeelsleutel noemt {what}.",
            where=where,
            mend="Geef iedere gemeente van de regio één percentage.",
        )
    total = sum(shares.values())
    if min(shares.values()) < 0 or abs(total - 1) > 1e-6:
        raise InputError(
            f"De percentages van de verdeelsleutel tellen op tot {100 * total:.6g}; het moet 100 zijn.",
            where=where,
            mend="Verbeter de percentages; kleiner dan nul kan niet.",
        )
    return shares
