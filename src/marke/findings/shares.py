"""Shares of the draws that several parts of the findings state alike, with what each rests on."""

from typing import Annotated

from marke.findings.part import By


def error_of(share: str) -> By:
    """The standard error of a share of the draws, by the field that states the share."""
    return By("standaardfout tussen reeksen trekkingen, ten minste 1,5 / trekkingen", share, "study.draws")


Saves = Annotated[float, By("deel van de trekkingen met besparing > 0", "saving")]
Enough = Annotated[
    float,
    By(
        "deel van de trekkingen met besparing ≥ materialiteit × alleen",
        "saving",
        "alone",
        "study.materiality",
    ),
]
EnoughError = Annotated[float, error_of("material")]
CheaperError = Annotated[float, error_of("cheaper")]
Better = Annotated[tuple[str, ...], By("criteria die in genoeg trekkingen beter worden", step="measured")]
Worse = Annotated[tuple[str, ...], By("criteria die in genoeg trekkingen slechter worden", step="measured")]
