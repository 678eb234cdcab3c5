"""How situations stand against the asker's own red lines: shown to her, and never in a room."""

from collections.abc import Iterator

from marke.dutch import capital
from marke.situations.closely import Exact, closely, refined
from marke.situations.desk import Desk
from marke.situations.look import Quick, look
from marke.situations.package import package
from marke.situations.redline import PACKAGE, against, told
from marke.situations.situation import Situation
from marke.web.table.selectors import Ours
from marke.web.table.shown import Fact


def standing(desk: Desk, ours: Ours | None, answer: Quick, exact: Exact | None = None) -> list[Fact]:
    """How an answer stands against every red line that is about it; none for who has no lines."""
    if ours is None or not ours.lines:
        return []
    kinds = {True: "good", False: "bad", None: ""}
    draws = desk.run.findings.study.draws
    return [
        Fact(_name(desk, each.service), told(each, ours.name, draws), kinds[each.within])
        for each in against(ours.lines, package(desk, answer), ours.code, exact)
    ]


def standing_of(desk: Desk, ours: Ours | None, situation: Situation, *, exactly: bool) -> list[Fact]:
    """The same for a situation that is not on the table; what is not stored only where ``exactly``."""
    if ours is None or not ours.lines:
        return []
    sheet = desk.sheet(situation.service)
    answer = look(sheet, situation)
    line = next(each for each in answer.lines if each.code == ours.code)
    if exactly and line.inside and line.cost is None:
        answer = refined(sheet, answer, closely(sheet, situation))
    return standing(desk, ours, answer)


def beside(
    desk: Desk, ours: Ours | None, answers: list[tuple[Quick, Exact | None]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The red lines as rows of a comparison: what each is about, with a cell for every answer."""
    found = [{fact.label: fact.words for fact in standing(desk, ours, *each)} for each in answers]
    for label in dict.fromkeys(label for each in found for label in each):
        yield label, tuple(each.get(label, "") for each in found)


def _name(desk: Desk, service: str) -> str:
    return "Het pakket samen" if service == PACKAGE else capital(desk.labels[service])
