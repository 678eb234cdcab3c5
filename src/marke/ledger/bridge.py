"""The reconciliation of one municipality: from what it pays now to the invoice, and to its budget."""

from collections.abc import Mapping
from dataclasses import dataclass

from marke.engine.burden import make_group, within_player
from marke.engine.draws import Floats
from marke.engine.explore import Explored
from marke.ledger.accounts import kept
from marke.ledger.answers import answers_of
from marke.ledger.book import Book
from marke.ledger.lines import Deal
from marke.ledger.rounding import apportion
from marke.ledger.years import YEARS

Row = tuple[str, bool, int | None]
"""A step of the reconciliation: its name, whether it is a level (or else a difference), whole euros."""


@dataclass(frozen=True)
class Bridge:
    """Whole euros a year of one municipality, price year, all benefits reached, without one-off cost.

    ``contribution`` and ``own`` are its part of together with ``vat`` (net, at the region's share);
    ``gross_vat`` is all VAT on the invoice. ``kept`` remains of now in the end. ``burden`` is the structural
    column of the ledger, None for one that has left. ``budgeted`` is the last year of the multi-year budget,
    None when it is not known.
    """

    code: str
    now: int
    budgeted: int | None
    alone: int
    contribution: int
    vat: int
    own: int
    gross_vat: int
    kept: int
    burden: int | None

    @property
    def together(self) -> int:
        """What the municipality bears of together."""
        return self.contribution + self.vat + self.own

    @property
    def invoice(self) -> int:
        """What stands on the invoice, VAT included."""
        return self.contribution + self.gross_vat

    def rows(self) -> tuple[Row, ...]:
        """The walk now, budgeted, alone, together, invoice; and from together to the ledger.

        Where the budget is unknown, the walk goes from now to alone at once.
        """
        before = self.now if self.budgeted is None else self.budgeted
        return (
            ("now", True, self.now),
            ("to_budgeted", False, None if self.budgeted is None else self.budgeted - self.now),
            ("budgeted", True, self.budgeted),
            ("to_alone", False, self.alone - before),
            ("alone", True, self.alone),
            ("to_together", False, self.together - self.alone),
            ("together", True, self.together),
            ("less_own", False, -self.own),
            ("plus_vat", False, self.gross_vat - self.vat),
            ("invoice", True, self.invoice),
            ("together_again", True, self.together),
            ("plus_kept", False, self.kept),
            ("plus_prices", False, None if self.burden is None else self.burden - self.together - self.kept),
            ("burden", True, self.burden),
        )


def bridges(explored: Explored, deal: Deal, book: Book) -> tuple[Bridge, ...]:
    """Reconcile every municipality of a deal's first phase, in code order; cells are rounded once."""
    case, phase = deal.case, deal.phases[0]
    gross = make_group(case.with_figure(case.common.recoverable_vat, 0.0), phase.full.variant, phase.members)
    rows: list[tuple[str, Mapping[str, float]]] = []
    for place, player in enumerate(phase.members):
        alone = _mean(explored.alone.cost[:, player])
        for part, municipality in zip(within_player(case, player), case.players[player], strict=True):
            share = float(phase.shares[place] * part)
            told = answers_of(deal.study, case.key, municipality.code)
            amounts = {
                "now": explored.now.cost[municipality.code],
                "alone": alone * float(part),
                "contribution": share * phase.full.charge.mean,
                "vat": share * phase.full.vat.mean,
                "own": phase.full.own[place].mean * float(part),
                "gross_vat": share * gross.vat.mean,
                "kept": _mean(kept(deal, case, municipality.code, told, YEARS)),
            }
            rows.append((municipality.code, amounts))
    rows.sort(key=lambda row: row[0])
    whole = {name: apportion([amounts[name] for _, amounts in rows]) for name in rows[0][1]}
    return tuple(
        Bridge(
            code=code,
            budgeted=_budgeted(deal, code),
            burden=book.burden("structural", [code])[YEARS],
            **{name: values[place] for name, values in whole.items()},
        )
        for place, (code, _) in enumerate(rows)
    )


def _budgeted(deal: Deal, code: str) -> int | None:
    budgeted = answers_of(deal.study, deal.case.key, code).budgeted[-1]
    return None if budgeted is None else round(budgeted)


def _mean(values: Floats) -> float:
    return float(values.mean())
