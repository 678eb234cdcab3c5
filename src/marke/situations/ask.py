"""Questions at the table, answered by a search over all coalitions; every answer is a situation."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from marke.dutch import (
    capital,
    chance_of,
    count_in_words,
    decimal,
    enumerate_names,
    euro_rounded,
    percent,
)
from marke.engine.burden import make_group
from marke.engine.draws import Floats
from marke.engine.moves import leaving
from marke.findings.choices import groups_of, offers_to, structure_finding
from marke.findings.groups import mask_of
from marke.games import members_of, shapley_of
from marke.situations.closely import closely
from marke.situations.desk import Sheet
from marke.situations.division import each_draw
from marke.situations.look import look
from marke.situations.paths import Allowed, gaining, nearest_first, order_of_joining
from marke.situations.situation import Situation

SHAPLEY = "shapley"
BY = {
    "nucleolus": "volgens de nucleolus",
    "proportional_to_alone": "naar kosten alleen",
    SHAPLEY: "volgens Shapley",
}
"""Keys that are tried, in this order, when a group is not stable under its own."""

STORED = "Uit wat van alle groepen is bewaard, naar verwachting en verdeeld volgens Shapley."
OFFERS = 3
CHECKED = 60
"""Groups that are worked out exactly when everybody must be better off with some chance."""

SEARCHED = 4000
"""Groups that are looked at, from near to far, for one that is stable."""

SAMPLE_ONLY = "Daarvoor moeten alle groepen bekend zijn; van deze regio is een steekproef doorgerekend."


@dataclass(frozen=True)
class Answer:
    """An answer in a sentence, and the situation that can be put on the table (None: there is none).

    ``basis`` says what it was computed from.
    """

    sentence: str
    situation: Situation | None
    basis: str


@dataclass(frozen=True)
class Asking:
    """A question about a situation: ``ours`` is the player that asks, None for who speaks for no one."""

    sheet: Sheet
    situation: Situation
    ours: int | None

    def put(self, variant: str, mask: int, key: str = SHAPLEY) -> Situation:
        """The situation with another group, form and key."""
        plain = replace(self.situation, level="", figures={}, foot=0.0, percentages={}, key=key)
        return replace(plain, variant=variant, members=self.sheet.codes(mask))

    def names(self, mask: int) -> str:
        """The members of a group in words."""
        if mask == self.sheet.everyone:
            return "iedereen"
        return enumerate_names([self.sheet.case.names[player] for player in members_of(mask)])

    def form(self, variant: str) -> str:
        """A form in words."""
        return self.sheet.variant(variant).short


def best_partners(asking: Asking) -> Iterator[Answer]:
    """The groups in which we are cheapest off."""
    sheet, ours = asking.sheet, asking.ours
    if ours is None:
        yield Answer("Kies eerst voor welke gemeente u het vraagt.", None, "")
        return
    alone = float(sheet.alone[ours])
    for cost, variant, mask in offers_to(sheet.explored, ours, OFFERS):
        others = asking.names(mask & ~(1 << ours)) if mask != sheet.everyone else "alle andere"
        yield Answer(
            f"Met {others}, {asking.form(variant)}: {euro_rounded(cost)} per jaar, "
            f"{_more(cost - alone)} dan alleen.",
            asking.put(variant, mask),
            STORED,
        )


def smallest_that_pays(asking: Asking) -> Iterator[Answer]:
    """The smallest group that saves surely enough; else that is expected to save; else that loses least."""
    sheet, limits = asking.sheet, asking.sheet.study.settings.thresholds
    basis = "Uit wat van alle groepen is bewaard." if sheet.exact else "Van de groepen in de steekproef."
    alone = np.maximum(sheet.explored.sums(sheet.alone), 1e-9)
    saving = {v: 1 - each.mean / alone for v, each in sheet.explored.statistics.items()}
    surely = {v: each.material >= limits.chance for v, each in sheet.explored.statistics.items()}
    for lead, good in (
        ("", surely),
        (
            "Geen groep bespaart zeker genoeg. De kleinste die naar verwachting bespaart: ",
            _above(saving, 0.0),
        ),
        (
            "Geen groep bespaart naar verwachting. Het kleinst is het verschil met ",
            _above(saving, _best(asking, saving)),
        ),
    ):
        found = _smallest(asking, good, saving)
        if found is None:
            continue
        variant, at = found
        mask = int(sheet.explored.masks[at])
        share = float(saving[variant][at])
        told = chance_of(float(sheet.explored.statistics[variant].material[at]), sheet.draws)
        compared = f"{decimal(abs(share) * 100, 1)} % {'goedkoper' if share > 0 else 'duurder'}"
        yield Answer(
            f"{lead}{asking.names(mask)}, {asking.form(variant)}: {compared} dan ieder apart; kans op een "
            f"besparing die telt: {told}.",
            asking.put(variant, mask, asking.situation.key),
            basis,
        )
        return


def _above(saving: Mapping[str, Floats], least: float) -> Mapping[str, Allowed]:
    return {variant: each >= least if least < 0 else each > least for variant, each in saving.items()}


def _best(asking: Asking, saving: Mapping[str, Floats]) -> float:
    return max(float(each[groups_of(asking.sheet.explored, v)].max()) for v, each in saving.items())


def _smallest(
    asking: Asking, good: Mapping[str, Allowed], saving: Mapping[str, Floats]
) -> tuple[str, int] | None:
    """Variant and place of the smallest group that is ``good``; of equals the one with the largest saving."""
    size = np.bitwise_count(asking.sheet.explored.masks)
    found = []
    for variant, may in good.items():
        places = np.flatnonzero(may & groups_of(asking.sheet.explored, variant))
        if places.size:
            least = places[size[places] == size[places].min()]
            at = int(least[np.argmax(saving[variant][least])])
            found.append((int(size[at]), -float(saving[variant][at]), variant, at))
    return min(found)[2:] if found else None


def joining_without_harm(asking: Asking) -> Iterator[Answer]:
    """The order in which municipalities can join so that nobody ever pays more for it."""
    sheet = asking.sheet
    for lead, better in (
        ("", True),
        (
            "Samen is duurder dan alleen, maar zo maakt niemand het duurder voor de rest. ",
            False,
        ),
    ):
        paths = []
        for variant in sheet.case.variants:
            fine = groups_of(sheet.explored, variant)
            potentials, game = sheet.explored.potentials[variant], sheet.explored.games[variant]
            if better:
                fine = fine & _all_gain(sheet, variant)
            if path := order_of_joining(potentials, sheet.alone, fine, game):
                paths.append((len(path), variant == asking.situation.variant, variant, path))
        if paths:
            *_, variant, path = max(paths)
            steps = [asking.names(now & ~before) for before, now in pairwise(path)]
            then = (
                f"; daarna {', dan '.join(steps)}"
                if steps
                else ". Wie daarna komt, maakt het voor een ander duurder"
            )
            yield Answer(
                f"{lead}Begin met {asking.names(path[0])}{then} ({asking.form(variant)}).",
                asking.put(variant, path[-1]),
                STORED,
            )
            return


def _all_gain(sheet: Sheet, variant: str) -> Allowed:
    size = np.bitwise_count(sheet.explored.masks)
    return np.asarray(gaining(sheet.explored.potentials[variant], sheet.alone) == size)


def everybody_better(asking: Asking) -> Iterator[Answer]:
    """The group in which everybody pays less than alone with the chance that the study asks."""
    sheet = asking.sheet
    wanted = sheet.study.settings.thresholds.chance
    alone = sheet.explored.sums(sheet.alone)
    candidates: list[tuple[float, str, int]] = []
    for variant, statistics in sheet.explored.statistics.items():
        fine = groups_of(sheet.explored, variant) & _all_gain(sheet, variant) & (statistics.chance >= wanted)
        candidates += [(float(alone[m] - statistics.mean[m]), variant, int(m)) for m in np.flatnonzero(fine)]
    candidates.sort(key=lambda each: -each[0])
    checked = [(_all_better(sheet, v, mask), v, mask) for _, v, mask in candidates[:CHECKED]]
    sure, variant, mask = max(checked, default=(0.0, "", 0))
    if sure >= wanted:
        yield Answer(
            f"{asking.names(mask)}, {asking.form(variant)}: kans dat iedereen beter af is: "
            f"{chance_of(sure, sheet.draws)}.",
            asking.put(variant, mask),
            f"Volgens wat bewaard is kwamen {decimal(len(candidates))} groepen in aanmerking; daarvan "
            f"zijn er {decimal(len(checked))} precies doorgerekend.",
        )
        return
    yield from _most_better(asking, wanted)


def _most_better(asking: Asking, wanted: float) -> Iterator[Answer]:
    """The group in which most municipalities are expected to be better off."""
    sheet, best = asking.sheet, (-1, 0.0, "", 0)
    alone = sheet.explored.sums(sheet.alone)
    for variant, game in sheet.explored.games.items():
        count = np.where(
            groups_of(sheet.explored, variant), gaining(sheet.explored.potentials[variant], sheet.alone), -1
        )
        places = np.flatnonzero(count == count.max())
        at = int(places[np.argmax(alone[places] - game[places])])
        best = max(best, (int(count[at]), float(alone[at] - game[at]), variant, at))
    most_gaining, _, variant, mask = best
    most = f"Naar verwachting gaan de meesten erop vooruit ({most_gaining} van de {mask.bit_count()})"
    none = "In geen enkele groep gaat er naar verwachting iemand op vooruit. Het verschil is het kleinst"
    yield Answer(
        f"Een groep waarin iedereen met {percent(wanted)} kans beter af is, is er niet. "
        f"{most if most_gaining > 0 else none} met {asking.names(mask)}, {asking.form(variant)}.",
        asking.put(variant, mask),
        STORED,
    )


def _all_better(sheet: Sheet, variant: str, mask: int) -> float:
    """The chance that every member pays less than alone, exactly, by the expected Shapley shares."""
    members = members_of(mask)
    own, joint = each_draw(make_group(sheet.case, variant, tuple(members)))
    value = shapley_of(sheet.explored.potentials[variant], mask)[members]
    shares = (value - own.mean(axis=0)) / joint.mean()
    paid = own + joint[:, None] * shares
    return float((paid < sheet.explored.alone.cost[:, members]).all(axis=1).mean())


def nearest_stable(asking: Asking) -> Iterator[Answer]:
    """The situation nearest to this one that nobody would leave: by another key, else by another group."""
    sheet, variant = asking.sheet, asking.situation.variant
    now = look(sheet, replace(asking.situation, level="", figures={}))
    if now.apart and now.apart.stable and now.allowed:
        yield Answer("Deze situatie is al stabiel: geen groep gaat er liever uit.", now.situation, STORED)
        return
    allowed = groups_of(sheet.explored, variant)
    if now.size > 1 and now.allowed:
        for key in BY:
            if _exactly_stable(sheet, asking.put(variant, now.mask, key)):
                yield Answer(
                    f"Met dezelfde groep en vorm, verdeeld {BY[key]}: dan gaat niemand er liever uit.",
                    asking.put(variant, now.mask, key),
                    "Precies doorgerekend.",
                )
                return
    for place, mask in enumerate(
        nearest_first(np.flatnonzero(allowed & _all_gain(sheet, variant)), now.mask)
    ):
        answer = look(sheet, asking.put(variant, mask)) if place < SEARCHED else None
        if answer and answer.apart and answer.apart.stable:
            yield Answer(_changed(asking, now.mask, mask, SHAPLEY), answer.situation, STORED)
            return
    for mask, _ in zip(nearest_first(np.flatnonzero(allowed), now.mask), range(CHECKED), strict=False):
        situation = asking.put(variant, mask, "nucleolus")
        if _exactly_stable(sheet, situation):
            yield Answer(_changed(asking, now.mask, mask, "nucleolus"), situation, "Precies doorgerekend.")
            return
    yield Answer(
        f"In deze vorm ({asking.form(variant)}) is geen stabiele groep gevonden. Op tafel komt: ieder apart.",
        asking.put(variant, 0),
        f"Bekeken zijn de {decimal(SEARCHED)} dichtstbijzijnde groepen, en {CHECKED} daarvan precies.",
    )


def _exactly_stable(sheet: Sheet, situation: Situation) -> bool:
    found = closely(sheet, situation)
    return found is not None and found.stable is True


def _changed(asking: Asking, before: int, after: int, key: str) -> str:
    parts = []
    if gone := before & ~after:
        parts.append(f"zonder {asking.names(gone)}")
    if come := after & ~before:
        parts.append(f"met {asking.names(come)} erbij")
    return f"{capital(enumerate_names(parts))}, verdeeld {BY[key]}: dan gaat niemand er liever uit."


def two_drop_out(asking: Asking) -> Iterator[Answer]:
    """What it does to the rest when two leave after the decision: the pair that hurts most."""
    sheet, mask = asking.sheet, asking.sheet.mask(asking.situation.members)
    variant = asking.situation.variant
    if mask.bit_count() < 4:
        yield Answer("Daarvoor moeten er ten minste vier meedoen.", None, "")
        return
    game, potentials = sheet.explored.games[variant], sheet.explored.potentials[variant]
    worst = max(leaving(game, potentials, mask, 2), key=lambda move: move.others)
    rest = mask ^ worst.movers
    yield Answer(
        f"Het zwaarst weegt als {asking.names(worst.movers)} afhaken: de anderen betalen dan samen "
        f"{_more(worst.others)}, {sheet.case.names[worst.hit]} het meest ({_more(worst.most)}).",
        asking.put(variant, rest),
        STORED,
    )


def in_groups(asking: Asking) -> Iterator[Answer]:
    """Divide all into the groups that cost least together; every group can be put on the table."""
    sheet = asking.sheet
    found = sheet.finding.structure or structure_finding(sheet.explored)
    if found is None:
        yield Answer(SAMPLE_ONLY, None, "")
        return
    groups = [each for each in found.groups if each.variant]
    if not groups:
        alone = asking.put(asking.situation.variant, 0, asking.situation.key)
        yield Answer("Het goedkoopst is dat ieder het alleen doet.", alone, "Alle verdelingen zijn bekeken.")
    for number, each in enumerate(groups, start=1):
        mask = mask_of(tuple({sheet.player_of[code] for code in each.codes}))
        yield Answer(
            f"Groep {number} van {count_in_words(len(groups))}: {asking.names(mask)}, "
            f"{asking.form(each.variant)}: {euro_rounded(each.cost)} per jaar.",
            asking.put(each.variant, mask, asking.situation.key),
            "Alle verdelingen in groepen zijn bekeken, ieder in zijn goedkoopste vorm.",
        )


def _more(amount: float) -> str:
    return f"{euro_rounded(abs(amount))} {'meer' if amount > 0 else 'minder'}"


Question = Callable[[Asking], Iterator[Answer]]

QUESTIONS: Mapping[str, tuple[str, Question]] = {
    "partners": ("Met wie zijn wij het best uit?", best_partners),
    "kleinste": ("Wat is de kleinste groep die loont?", smallest_that_pays),
    "groepen": ("Hoe verdelen we ons het best in groepen?", in_groups),
    "volgorde": ("In welke volgorde schaadt aansluiten niemand?", joining_without_harm),
    "iedereen": ("In welke groep is iedereen bijna zeker beter af?", everybody_better),
    "stabiel": ("Wat is de dichtstbijzijnde situatie waar niemand uit wil?", nearest_stable),
    "afhaken": ("Wat als er twee afhaken na het besluit?", two_drop_out),
}
"""By the name in the address: how it is asked, and what answers it."""

OF_A_SAMPLE = frozenset({"partners", "kleinste"})
"""What can be answered when only a sample of the coalitions is known."""


def ask(sheet: Sheet, situation: Situation, question: str, ours: int | None) -> Sequence[Answer]:
    """Answer one of the ``QUESTIONS``; raises KeyError for another."""
    _, answering = QUESTIONS[question]
    if not sheet.exact and question not in OF_A_SAMPLE:
        return (Answer(SAMPLE_ONLY, None, ""),)
    return tuple(answering(Asking(sheet, situation, ours)))
