"""The path of the region: what first, what then, beginning with what is certain and can be undone."""

from collections.abc import Iterator, Sequence

from marke.dutch import capital
from marke.findings.model import ServiceFinding
from marke.findings.verdict import STANCES, RouteStep


def route(services: Sequence[ServiceFinding]) -> tuple[RouteStep, ...]:
    """Order the steps: settle, start what is worth it, decide on the rest when answers are in, leave apart.

    What is worth it starts in the order of the table, then of what leaving costs, then of the first day.
    """
    table = list(STANCES)
    worth, waiting, apart = (
        [s for s in services if STANCES[s.verdict.outcome] == stance] for stance in ("good", "open", "bad")
    )
    worth.sort(key=lambda s: (table.index(s.verdict.outcome), s.verdict.lost, s.verdict.start))
    return (
        *_settle([*worth, *waiting]),
        *(_step("start", s) for s in worth),
        *(_step("decide", s) for s in waiting),
        *(_step("apart", s) for s in apart),
    )


def _settle(services: Sequence[ServiceFinding]) -> Iterator[RouteStep]:
    """Everything that is not known for these services, once, with the services it is asked for."""
    asked: dict[str, list[str]] = {}
    for service in services:
        gates = next(v.gates for v in service.variants if v.key == service.verdict.variant)
        todo = [gate.resolve for gate in gates if gate.outcome == "unknown"]
        todo += [
            f"{capital(each.label)}: {each.find_out[0].lower()}{each.find_out[1:]}"
            for each in service.verdict.answers
            if each.find_out
        ]
        for what in dict.fromkeys(todo):
            asked.setdefault(what, []).append(service.key)
    for what, keys in asked.items():
        yield RouteStep(
            kind="settle", services=tuple(keys), what=what, variant="", codes=(), when=None, lost=None
        )


def _step(kind: str, service: ServiceFinding) -> RouteStep:
    verdict = service.verdict
    joint = kind != "apart"
    return RouteStep(
        kind=kind,
        services=(service.key,),
        what="",
        variant=verdict.variant if joint else "",
        codes=verdict.codes if joint else (),
        when=verdict.start if kind == "start" else None,
        lost=verdict.lost if joint else None,
    )
