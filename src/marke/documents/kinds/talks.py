"""With whom was spoken, as documents tell it: the same register for every municipality."""

from marke.documents.kinds.context import Told
from marke.documents.tree import Block, Column, Note, Row, Table, text
from marke.dutch import count_in_words, day, enumerate_names
from marke.report.names import MOST_NAMES
from marke.talks import Talk, latest

UNCONFIRMED = "nog niet bevestigd"
"""What stands in the place of a position that the other party did not confirm: it is not ours to publish."""


def spoken(told: Told) -> tuple[Block, ...]:
    """The talks there were, and the municipalities with which there was none."""
    held = [talk for talk in told.talks if talk.took_place]
    rest = _rest(told)
    return (*([_register(held)] if held else []), *([text(rest)] if rest else []))


def in_short(told: Told) -> tuple[Block, ...]:
    """The same in two sentences, for a page that must stay one."""
    held = latest(told.talks).values()
    by_word: dict[str, list[str]] = {}
    for talk in sorted(held, key=lambda each: each.party):
        by_word.setdefault(talk.position if talk.confirmed_by else UNCONFIRMED, []).append(talk.party)
    said = "; ".join(f"{enumerate_names(names)} ({word})" for word, names in by_word.items())
    rest = _rest(told)
    return (*([text(f"Gesproken is met {said}.")] if said else []), *([text(rest)] if rest else []))


def our_own(told: Told) -> tuple[Block, ...]:
    """Say in a municipality's own section that nobody spoke with it yet; nothing to the one that asks."""
    if told.name not in told.unspoken:
        return ()
    return (Note((f"Met deze gemeente is nog niet gesproken; {_estimates(told)}.",)),)


def so_far(told: Told) -> str:
    """Answer a point of the motion that asks to talk."""
    held = len(told.others) - len(told.unspoken)
    if not held:
        return "De verkenning ligt er; de gesprekken moeten nog komen."
    if not told.unspoken:
        return "Met alle andere gemeenten is gesproken; zie verderop."
    count = "één" if held == 1 else count_in_words(held)
    return (
        f"Met {count} van de {count_in_words(len(told.others))} andere gemeenten is gesproken; zie verderop."
    )


def _register(held: list[Talk]) -> Table:
    labels = ("Datum", "Niveau", "Standpunt", "Voorwaarde", "Bevestigd door")
    return Table(
        caption="Met wie, wanneer en wat",
        corner="Met",
        columns=tuple(Column(label, "text") for label in labels),
        rows=tuple(Row(talk.party, _cells(talk)) for talk in sorted(held, key=lambda each: each.party)),
    )


def _cells(talk: Talk) -> tuple[str | None, ...]:
    when = day(talk.day) if talk.day else None
    if not talk.confirmed_by:
        return (when, talk.level, UNCONFIRMED, None, None)
    return (when, talk.level, talk.position, talk.condition or None, talk.confirmed_by)


def _rest(told: Told) -> str:
    names = told.unspoken
    if not names:
        return ""
    if len(names) == len(told.others):
        who = "de andere gemeenten"
    elif len(names) <= MOST_NAMES:
        who = enumerate_names(names)
    else:
        who = f"de andere {count_in_words(len(names))} gemeenten"
    return f"Met {who} is nog niet gesproken; {_estimates(told)}."


def _estimates(told: Told) -> str:
    if told.findings.answers_given:
        return "de cijfers zijn openbare schattingen waar een gemeente zelf niets opgaf"
    return "de cijfers zijn openbare schattingen"
