"""What joining in a month means for one municipality, in words."""

from marke.calendar import Month
from marke.dutch import euro


def joining_words(month: Month) -> str:
    """Say what is paid double, what still runs and what need not be bought anew."""
    found = [f"{euro(month.double)} dubbel"]
    if month.running:
        found.append(f"{month.running} {'contract loopt' if month.running == 1 else 'contracten lopen'} nog")
    if month.avoided:
        found.append("voor een vervanging")
    return ", ".join(found)
