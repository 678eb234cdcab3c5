"""What follows when one says no: who goes on, what that does to them, and which groups are still there."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from marke.findings.model import ServiceFinding
from marke.findings.standing import MoveFinding

GROUPS_SHOWN = 3


@dataclass(frozen=True)
class Remaining:
    """A group that was computed and holds nobody who refused; ``saving`` is a share of its cost alone."""

    variant: str
    codes: tuple[str, ...]
    saving: float


@dataclass(frozen=True)
class Refusal:
    """What a refusal by ``gone`` (codes; a bloc goes as one) does to a group in one variant.

    ``remains`` are who can go on together: nobody when fewer than two players are left, or when somebody
    without whom the form cannot be (``needed``) is gone; then the path stops. ``move`` is what it does to
    them, euro a year, where that was computed. ``groups`` are the best that are left, best first.
    """

    gone: tuple[str, ...]
    needed: tuple[str, ...]
    remains: tuple[str, ...]
    move: MoveFinding | None
    groups: tuple[Remaining, ...]

    @property
    def stops(self) -> bool:
        """Whether nobody can go on in this form."""
        return not self.remains


def refusal(
    service: ServiceFinding,
    variant: str,
    group: Collection[str],
    refused: Collection[str],
    required: Collection[str] = (),
) -> Refusal:
    """Tell what follows when some of a group (CBS codes) refuse, from the findings of a run.

    ``required`` are the codes without which the form cannot be: its host, the members it joins.
    """
    players = [player.codes for player in service.players if set(player.codes) & set(group)]
    out = [codes for codes in players if set(codes) & set(refused)]
    gone = tuple(code for codes in out for code in codes)
    needed = tuple(code for code in gone if code in required)
    rest = [codes for codes in players if codes not in out]
    goes_on = len(rest) > 1 and not needed
    return Refusal(
        gone=gone,
        needed=needed,
        remains=tuple(code for codes in rest for code in codes) if goes_on else (),
        move=_move(service, variant, frozenset(group), frozenset(gone)) if goes_on else None,
        groups=tuple(_left(service, frozenset(gone)))[:GROUPS_SHOWN],
    )


def _move(
    service: ServiceFinding, variant: str, group: frozenset[str], gone: frozenset[str]
) -> MoveFinding | None:
    for moves in service.moves:
        if moves.variant == variant and frozenset(moves.codes) == group:
            leaving = (*moves.leaving, *moves.two_leaving)
            return next((move for move in leaving if frozenset(move.codes) == gone), None)
    return None


def _left(service: ServiceFinding, gone: frozenset[str]) -> Iterator[Remaining]:
    """Groups without those who are gone that save in expectation, the largest share first, each once."""
    found = [
        Remaining(variant.key, size.best, size.best_saving)
        for variant in service.variants
        for size in variant.sizes
        if size.best_saving > 0 and not gone & set(size.best)
    ]
    seen = set()
    for each in sorted(found, key=lambda one: (-one.saving, one.variant)):
        if each.codes not in seen:
            seen.add(each.codes)
            yield each
