"""Numbers, dates and labels the way a Dutch reader expects them.

Amounts put the minus between the euro sign and the digits (``€ −1.234``), with a true minus sign and
non-breaking spaces, and a negative zero never appears.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import date

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"

KEYS: Mapping[str, str] = {
    "equal": "gelijke delen",
    "per_inhabitant": "per inwoner",
    "mixed": "gemengd (vaste kosten gelijk, de rest naar gebruik)",
    "per_use": "naar gebruik",
    "free": "vaste percentages uit de studie",
    "proportional_to_alone": "naar kosten alleen",
    "scrb": "eigen meerkosten en een deel van het voordeel (SCRB)",
    "shapley": "Shapley (ieders gemiddelde bijdrage aan de kosten)",
    "tau": "tau-waarde (midden tussen ieders minimum en maximum)",
    "nucleolus": "nucleolus (het grootste bezwaar zo klein mogelijk)",
}
"""Labels of the cost keys."""

KEYS_SHORT: Mapping[str, str] = {
    **KEYS,
    "mixed": "gemengd",
    "free": "vaste percentages",
    "scrb": "SCRB",
    "shapley": "Shapley",
    "tau": "tau-waarde",
    "nucleolus": "nucleolus",
}
"""The same, short enough for a column or a legend."""

MAIN_KEYS = ("equal", "per_inhabitant", "proportional_to_alone", "shapley", "nucleolus")
"""The keys that fit beside each other in a picture or a narrow table."""

STATUS: Mapping[str, str] = {
    "sourced": "met bron",
    "derived": "afgeleid",
    "assumption": "aanname",
    "own answer": "eigen opgave",
}

STRENGTH: Mapping[str, str] = {
    "statistic": "statistiek",
    "single case": "één voorbeeld",
    "vendor": "leverancier",
    "claim": "bewering",
    "judgement": "inschatting",
}

CRITERIA: Mapping[str, str] = {
    "continuity": "werkdagen per jaar zonder iemand",
    "waiting": "werkdagen wachten tot iemand begint",
    "incident_one": "hulp van eigen mensen bij een aanval op één gemeente",
    "incident_all": "hulp van eigen mensen bij een aanval op alle gemeenten",
    "concentration": "inwoners van de regio die één storing treft",
    "round_the_clock": "dag en nacht (0 contract, 1 oproepdienst, 2 bemand)",
    "presence": "dagdelen per week op ieder gemeentehuis",
}
"""Labels of the criteria of quality."""

CRITERIA_NOUNS: Mapping[str, str] = {
    "continuity": "de bezetting bij ziekte en verlof",
    "waiting": "de wachttijd",
    "incident_one": "de hulp bij een aanval op één gemeente",
    "incident_all": "de hulp bij een aanval op alle gemeenten",
    "concentration": "de spreiding van het risico op een storing",
    "round_the_clock": "de bereikbaarheid dag en nacht",
    "presence": "de aanwezigheid op het gemeentehuis",
}
"""The same criteria, as what becomes better or worse."""

OUTCOMES: Mapping[str, str] = {
    "better": "samen beter",
    "worse": "samen slechter",
    "equal": "gelijk",
    "uncertain": "onzeker",
}

GATES: Mapping[str, str] = {
    "ok": "in orde",
    "attention": "let op",
    "blocked": "kan zo niet",
    "unknown": "nog uitzoeken",
}
"""Outcomes of a gate."""

GROUNDS: Mapping[str, str] = {"rule": "de regel", "computed": "berekend", "answered": "de studie"}
"""What a gate rests on."""

DECISIONS: Mapping[str, Mapping[str, str]] = {
    "act": {"done": "gedaan"},
    "consent": {"yes": "ja", "conditions": "ja, onder voorwaarden", "no": "nee"},
    "view": {
        "yes": "instemmend",
        "conditions": "met voorwaarden",
        "no": "afwijzend",
        "none": "geen zienswijze",
    },
}
"""How a step of a decision can end, by what it asks."""

ACTORS: Mapping[str, str] = {"region": "regio", "college": "college", "council": "raad"}

SAYS: Mapping[str, str] = {
    "cheaper": "goedkoper",
    "dearer": "duurder",
    "no_difference": "geen verschil",
    "depends": "hangt ervan af",
}
"""What a study found about the cost of cooperation."""

ANSWERS: Mapping[str, str] = {
    "attractive": "Financieel aantrekkelijk",
    "uncertain": "Onzeker",
    "dearer": "Niet goedkoper samen",
}

VERDICTS: Mapping[str, str] = {
    "attractive": "aantrekkelijk",
    "defensible": "verdedigbaar op kwaliteit",
    "conditional": "kansrijk onder voorwaarden",
    "undecided": "onvoldoende gegevens",
    "no_case": "niet doen",
    "blocked": "niet doen (het mag zo niet)",
}
"""Verdicts, in the order of preference."""

MOTION_FEASIBLE: Mapping[str, str] = {"yes": "ja", "not_yet": "nog niet", "no": "nee"}

MOTION_ATTRACTIVE: Mapping[str, str] = {
    "yes": "ja",
    "on_conditions": "onder voorwaarden",
    "unknown": "nog niet te zeggen",
    "no": "nee",
}

THRESHOLDS: Mapping[str, str] = {
    "materiality": "een besparing telt vanaf {}",
    "chance": "{} zekerheid genoeg is",
    "stability": "apart gaan {} mag opleveren",
    "premium": "betere kwaliteit {} meer mag kosten",
    "answer": "op een antwoord wordt gewacht vanaf {} van de kosten",
}
"""Thresholds of the verdict, as they are told after ``als``."""

NO_FORM: Mapping[str, str] = {"alone": "alleen", "nothing": "zoals nu"}
"""What one may do besides the joint forms."""

METHODS: Mapping[str, str] = {"exact": "alle groepen", "sampled": "steekproef van groepen"}
"""How the groups of a service were computed."""

MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)

COUNTS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")


def decimal(value: float, digits: int = 0, *, sign: bool = False) -> str:
    """Format with ``digits`` decimals: point for thousands, comma for decimals; ``sign`` shows a plus too.

    Raises ValueError for what is not a finite number.
    """
    if not math.isfinite(value):
        raise ValueError(f"not a finite number: {value}")
    text = f"{abs(value):,.{digits}f}".translate(str.maketrans(",.", ".,"))
    if not text.strip("0.,"):
        return text
    if value < 0:
        return MINUS + text
    return f"+{text}" if sign else text


def number(value: float) -> str:
    """Format a number of unknown size: four significant digits, whole from a thousand, no trailing zeros."""
    if value == 0 or abs(value) >= 1000:
        return decimal(value)
    digits = min(9, max(0, 3 - math.floor(math.log10(abs(value)))))
    text = decimal(value, digits)
    return text.rstrip("0").rstrip(",") if "," in text else text


def significant(value: float, digits: int) -> float:
    """Round to a number of significant digits."""
    return 0.0 if value == 0 else round(value, digits - 1 - math.floor(math.log10(abs(value))))


def euro(value: float, *, decimals: int = 0, sign: bool = False) -> str:
    """Format an amount: ``€ 1.234.567``; ``sign`` shows ``€ +1.234`` as well."""
    return f"€{NBSP}{decimal(value, decimals, sign=sign)}"


def euro_rounded(value: float) -> str:
    """Format an amount for prose: two significant digits, from a million in words (``€ 2,9 miljoen``)."""
    rounded = significant(value, 2)
    if abs(rounded) >= 1e6:
        return f"€{NBSP}{decimal(rounded / 1e6, 1 if abs(rounded) < 1e7 else 0)}{NBSP}miljoen"
    return euro(rounded)


def euro_about(value: float, error: float = 0.0) -> str:
    """Format an amount for prose, saying that it is rounded: ``ongeveer € 120.000``.

    Two significant digits, and none smaller than the decade of two standard errors, which the draws would not
    support. An amount within its own error of 0, or of less than a euro, is told as ``ongeveer nul``.
    """
    if abs(value) < max(2 * error, 0.5):
        return "ongeveer nul"
    return f"ongeveer {euro_rounded(supported(value, error))}"


def supported(value: float, error: float) -> float:
    """Round to the decade of two standard errors: the draws support no smaller digit."""
    if error <= 0:
        return value
    unit = 10.0 ** math.floor(math.log10(2 * error))
    return round(value / unit) * unit


def supported_band(low: float, high: float) -> tuple[float, float]:
    """Round a P10 and P90 to the decade of a twentieth of their distance.

    With a thousand draws or more, two standard errors of either are less than that.
    """
    error = (high - low) / 40
    return supported(low, error), supported(high, error)


def euro_supported(value: float, error: float, *, sign: bool = False) -> str:
    """Format an amount for a table, with the digits that its standard error supports."""
    return euro(supported(value, error), sign=sign)


def euro_band(low: float, high: float) -> str:
    """Format a band of amounts: ``€ 2.500.000 tot € 3.300.000``."""
    low, high = supported_band(low, high)
    return f"{euro(low)} tot {euro(high)}"


def percent(share: float, digits: int = 0) -> str:
    """Format a share of one: ``15 %``."""
    return f"{decimal(share * 100, digits)}{NBSP}%"


def chance(p: float, error: float = 0.0) -> str:
    """Format a chance with the digits that its standard error supports.

    ``24 %`` where two standard errors are at most two hundredths, else the fives around them:
    ``20 tot 30 %``. Never ``0 %`` or ``100 %``, since a draw proves neither: ``minder dan 1 %``.
    """
    low, high = p - 2 * error, p + 2 * error
    step = 1 if 2 * error <= 0.02 else 5
    least = max(0, math.floor(round(low * 100 / step, 9)) * step)
    most = min(100, math.ceil(round(high * 100 / step, 9)) * step)
    if high < 0.01 or (step == 5 and least == 0):
        return f"minder dan {max(1, most)}{NBSP}%"
    if low > 0.99 or (step == 5 and most == 100):
        return f"meer dan {min(99, least)}{NBSP}%"
    if step == 1:
        return percent(min(max(p, 0.01), 0.99))
    return f"{least} tot {most}{NBSP}%"


def chance_of(p: float, count: int) -> str:
    """Format a share of ``count`` draws with the digits that so many support.

    Its error is at most that of independent draws, and at least 1.5 / count (docs/uncertainty.md).
    """
    return chance(p, max(math.sqrt(p * (1 - p) / count), 1.5 / count))


def chance_short(p: float, error: float) -> str:
    """Format a chance for a narrow column: ``24 %``, ``< 1 %``, ``20–30 %``."""
    said = chance(p, error).replace("minder dan ", f"<{NBSP}").replace("meer dan ", f">{NBSP}")
    return said.replace(" tot ", "–")


def chance_about(p: float, error: float) -> str:
    """Format a chance for prose, saying that it is rounded: ``ongeveer 24 %``."""
    said = chance(p, error)
    return f"ongeveer {said}" if said[0].isdigit() and " tot " not in said else said


def likelihood(p: float) -> str:
    """Name a chance in words, without the number."""
    for limit, word in (
        (0.95, "vrijwel zeker"),
        (0.66, "waarschijnlijk"),
        (0.34, "ongeveer even waarschijnlijk als niet"),
        (0.05, "onwaarschijnlijk"),
    ):
        if p >= limit:
            return word
    return "vrijwel uitgesloten"


def chance_in_words(p: float, error: float) -> str:
    """Name a chance with its number behind: ``onwaarschijnlijk (kans ongeveer 25 %)``."""
    return f"{likelihood(p)} (kans {chance_about(p, error)})"


def quantity(value: float, unit: str) -> str:
    """Format a value of a figure with the first word of its unit; a part of something in percents."""
    if unit.startswith("deel"):
        return f"{number(round(value * 100, 9))}{NBSP}%"
    if unit.startswith("EUR"):
        return f"€{NBSP}{number(value)}"
    return number(value) if unit in ("factor", "exponent") else f"{number(value)}{NBSP}{unit.split('/')[0]}"


def per(unit: str) -> str:
    """Say what a value of a figure is for, to follow it (`` per organisatie``); empty for a total."""
    kinds = unit.split("/")[1:]
    return "".join(f" per {kind}" for kind in kinds if kind != "jaar")


def day(when: date) -> str:
    """Format a date: ``12 november 2026``."""
    return f"{when.day}{NBSP}{MONTHS[when.month - 1]} {when.year}"


def month(when: date) -> str:
    """Format a month: ``november 2026``."""
    return f"{MONTHS[when.month - 1]} {when.year}"


def enumerate_names(names: Sequence[str], conjunction: str = "en") -> str:
    """Join names in a sentence: ``Almelo, Borne en Losser``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {conjunction} {names[-1]}"


def count_in_words(count: int) -> str:
    """Write small counts in words: ``drie``, but ``14``."""
    return COUNTS[count] if 0 <= count < len(COUNTS) else decimal(count)


def for_whom(viewer: str) -> str:
    """Say who may see a run: the municipality whose own answers are in it, or ("") everybody."""
    if viewer:
        return f"Alleen voor {viewer}: hierin staan eigen antwoorden van deze gemeente."
    return "Mag worden gedeeld: alleen vrijgegeven antwoorden en schattingen."


def capital(text: str) -> str:
    """Begin a sentence."""
    return text[:1].upper() + text[1:]
