"""Every kind of document from one small run, made once."""

import pytest

from findings_factory import CODES, NAMES, findings
from marke.documents.kinds import KINDS, Told
from marke.motion import MotionTable
from marke.talks import Talk


def told(*answers: str, code: str = CODES[1], talks: tuple[Talk, ...] = ()) -> Told:
    motion = MotionTable.model_validate_json(
        """{"raad": "gemeenteraad van Borne", "titel": "samen werken", "datum": "2025-11-03",
        "termijn": "2026-07-01", "moment": "de 1e Berap 2026", "bron": "proef", "punt": [
        {"sleutel": "M1", "vraagt": "praten", "tekst": "te praten"},
        {"sleutel": "M2", "vraagt": "onderzoeken", "tekst": "te onderzoeken"}]}"""
    )
    return Told(findings(*answers, names=NAMES), code, "run-1", "0123456789abcdef", motion, talks)


@pytest.fixture(scope="session")
def mixed() -> Told:
    return told("attractive", "uncertain", "dearer")


@pytest.fixture(scope="session", params=list(KINDS))
def document(request, mixed):
    return KINDS[request.param](mixed)
