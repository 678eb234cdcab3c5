"""The ledger: what stands in whose budget, in which year. No comparison amount enters it."""

from marke.ledger.accounts import accounts
from marke.ledger.book import Book, make_book
from marke.ledger.bridge import Bridge, bridges
from marke.ledger.deal import form_of, leave, make_deal, timeline_of
from marke.ledger.leaving import ExitCost, exit_costs, largest, owed_by_rule
from marke.ledger.lines import BURDEN, LINES, MEMO, Deal, today_shares
from marke.ledger.rounding import apportion, in_thousands
from marke.ledger.worth import Worth, worths
from marke.ledger.years import YEARS, add_months, grown

__all__ = [
    "BURDEN",
    "LINES",
    "MEMO",
    "YEARS",
    "Book",
    "Bridge",
    "Deal",
    "ExitCost",
    "Worth",
    "accounts",
    "add_months",
    "apportion",
    "bridges",
    "exit_costs",
    "form_of",
    "grown",
    "in_thousands",
    "largest",
    "leave",
    "make_book",
    "make_deal",
    "owed_by_rule",
    "timeline_of",
    "today_shares",
    "worths",
]
