"""The Dutch words of a ledger: its lines, its sums and the steps of the reconciliation."""

from collections.abc import Mapping

LINE_WORDS: Mapping[str, str] = {
    "before": "begroot tot de start",
    "contribution": "bijdrage",
    "dampening": "ingroei",
    "vat": "btw die niet terugkomt",
    "vat_difference": "verschil eigen btw, bijdrage",
    "own_vat_difference": "verschil eigen btw, overig",
    "local": "eigen werk dat blijft",
    "client": "opdrachtgever en overleg",
    "purchases": "eigen inkoop",
    "kept": "kosten van nu die blijven",
    "capital": "kapitaallasten van nu",
    "one_off": "bijdrage aan de start",
    "leaving": "uittreden",
    "budgeted": "in de begroting",
    "avoided": "gevraagd, zonder dekking",
    "cover": "dekking",
    "state_money": "geld van het Rijk",
    "now": "kosten nu, zelfde maanden",
}

KIND_WORDS: Mapping[str, str] = {"structural": "structureel", "one_off": "eenmalig", "memo": "ernaast"}

STEP_WORDS: Mapping[str, str] = {
    "now": "nu",
    "to_budgeted": "meer begroot dan nu",
    "budgeted": "meerjarenbegroting, laatste jaar",
    "to_alone": "meer voor het gevraagde niveau",
    "alone": "alleen",
    "to_together": "samen in plaats van alleen",
    "together": "samen",
    "less_own": "eigen kosten, niet op de rekening",
    "plus_vat": "btw die terugkomt",
    "invoice": "rekening, met btw",
    "together_again": "samen",
    "plus_kept": "kosten van nu die blijven",
    "plus_prices": "prijsstijging en eigen btw",
    "burden": "lasten in het grootboek, structureel",
}

JUDGED_STEPS = ("to_budgeted", "to_alone", "to_together")
"""The steps that are an advantage or a disadvantage; the others only lead to the invoice."""

UNKNOWN = "onbekend"


def favour(amount: int | None) -> str:
    """Mark an effect: N (nadeel) when it costs more, V (voordeel) when less, else nothing."""
    if not amount:
        return ""
    return "N" if amount > 0 else "V"
