"""The kinds of council documents: what each is called and how it is composed."""

from collections.abc import Callable, Mapping

from marke.documents.kinds.annex import annex
from marke.documents.kinds.budget import budget
from marke.documents.kinds.context import Told
from marke.documents.kinds.exploration import exploration
from marke.documents.kinds.interim import interim_report
from marke.documents.kinds.letters import delay_letter, information_letter
from marke.documents.kinds.proposals import college_proposal, council_proposal
from marke.documents.kinds.questions import questions
from marke.documents.kinds.table import contributions, cover_sheet
from marke.documents.tree import Document

KINDS: Mapping[str, Callable[[Told], Document]] = {
    "verkenning": exploration,
    "raadsinformatiebrief": information_letter,
    "tussenbericht": delay_letter,
    "collegevoorstel": college_proposal,
    "raadsvoorstel": council_proposal,
    "berap": interim_report,
    "begroting": budget,
    "oplegger": cover_sheet,
    "bijdragen": contributions,
    "vragen": questions,
    "bijlage": annex,
}
"""By the name that a user gives, in the order of telling."""

ON_A_MOTION = frozenset(("tussenbericht",))
"""Kinds that say nothing without a motion."""

__all__ = ["KINDS", "ON_A_MOTION", "Told"]
