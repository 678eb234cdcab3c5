"""No situation, and no difference of two, tells what a municipality did not release."""

from dataclasses import replace
from itertools import combinations, product
from urllib.parse import parse_qs

import numpy as np
import pytest

from intake_factory import ASKED, BORNE, HOF, answer, baseline, example, small_study
from marke.baseline import seen_by
from marke.question import read_question, shipped_inputs
from marke.run import explore_question, open_run
from marke.situations.ask import QUESTIONS, ask
from marke.situations.closely import closely, refined
from marke.situations.desk import Desk
from marke.situations.difference import difference
from marke.situations.look import look
from marke.situations.package import package
from marke.situations.redline import PACKAGE, against
from marke.situations.seen import todays
from marke.situations.situation import Situation, lasting_address, read, usual

RELEASED = "soc"
HIDDEN = "privacy_officer"
"""Hof van Twente releases its figures of the first, and nothing of the second."""

MINE = [answer(BORNE, "privacy_officer.staff", 0.4), answer(BORNE, "privacy_officer.budgeted_1", 61_000.0)]


def of_hof(changed: bool):
    """Everything that Hof van Twente answered; ``changed`` alters what it keeps to itself."""
    for key, asked in ASKED.items():
        value = example(asked)
        if asked.part.id == "release":
            value = asked.section == RELEASED
        elif changed and isinstance(value, float) and asked.section != RELEASED:
            value = asked.part.most / 100 if asked.part.kind == "percentage" else asked.part.most
        yield answer(HOF, key, value)


def study(folder, changed: bool):
    return small_study(folder, *MINE, *of_hof(changed))


@pytest.fixture(scope="module")
def twins(tmp_path_factory) -> tuple[Desk, Desk]:
    """The shared run of a region twice: only what Hof van Twente keeps to itself differs."""
    found = []
    for changed in (False, True):
        folder = tmp_path_factory.mktemp("tafel")
        asked = read_question(shipped_inputs(study(folder, changed), None, {"trekkingen": 32}))
        explore_question(asked, folder / "runs", lambda _f, name: name)
        found.append(Desk(open_run(folder / "runs")))
    return found[0], found[1]


def all_situations(desk: Desk, service: str) -> list[Situation]:
    sheet = desk.sheet(service)
    keys = ("per_inhabitant", "shapley", "nucleolus", "mixed", "scrb")
    return [
        Situation(service, variant, sheet.codes(mask), key=keys[mask % 5], dampening=mask % 3)
        for variant, mask in product(sheet.case.variants, range(sheet.everyone + 1))
    ]


def everything(desk: Desk, situation: Situation, viewer: str | None):
    """All that one municipality is shown of a situation: also when it was kept, and against a red line."""
    sheet = desk.sheet(situation.service)
    own = baseline(*MINE) if viewer else None
    quick, exact = look(sheet, situation), closely(sheet, situation)
    kept = lasting_address(desk, situation)
    assert read(desk, parse_qs(kept, keep_blank_values=True)).situation == situation
    lines = {situation.service: 100_000.0, PACKAGE: 200_000.0}
    limits = against(lines, package(desk, refined(sheet, quick, exact)), viewer or HOF, exact)
    return quick, exact, todays(sheet, exact, viewer, own), kept, limits


@pytest.mark.parametrize("viewer", [None, BORNE])
@pytest.mark.parametrize("service", [HIDDEN, RELEASED])
def test_what_was_kept_changes_nothing_that_is_seen(twins, service, viewer):
    one, other = twins
    for situation in all_situations(one, service):
        assert repr(everything(one, situation, viewer)) == repr(everything(other, situation, viewer))
    plain = usual(one, service)
    for question in QUESTIONS:
        assert ask(one.sheet(service), plain, question, 0) == ask(other.sheet(service), plain, question, 0)


def test_what_is_compared_really_differs(tmp_path):
    """As Hof van Twente itself the two differ, so equality elsewhere means something."""
    told = []
    for changed in (False, True):
        path = study(tmp_path / str(changed), changed)
        question = read_question(shipped_inputs(path, None, {"trekkingen": 32}, "Hof van Twente"))
        told.append(question.study.baseline.value(HOF, f"{HIDDEN}.staff"))
    assert told[0] != told[1]


def test_no_difference_of_two_situations_is_what_another_pays_today(twins):
    """Every pair, every amount: none is, to the cent, what Hof van Twente really spends."""
    desk = twins[0]
    sheet = desk.sheet(HIDDEN)
    hof = seen_by(baseline(*of_hof(changed=False)), HOF)
    secret = todays(sheet, None, HOF, hof)[HOF]
    assert secret.own
    amounts = []
    for situation in all_situations(desk, HIDDEN):
        quick, exact, seen, _, limits = everything(desk, situation, BORNE)
        assert HOF not in seen
        amounts.append([quick.cost or 0.0, quick.alone, *(line.cost or 0.0 for line in quick.lines)])
        amounts[-1] += [*(line.begin or 0.0 for line in quick.lines), *(each.cost or 0.0 for each in limits)]
        if exact:
            amounts[-1] += [exact.gain, exact.group.charge, exact.group.own, exact.group.one_off.mean]
            amounts[-1] += [burden.equivalent for burden in exact.burdens.values()]
        assert secret.today not in amounts[-1]
    width = max(map(len, amounts))
    table = np.array([row + [0.0] * (width - len(row)) for row in amounts])
    for row in table:
        assert (np.abs(np.abs(table - row) - secret.today) > 0.01).all()


def test_today_is_shown_of_oneself_and_of_who_released(twins):
    desk = twins[0]
    released = todays(desk.sheet(RELEASED), None, BORNE, baseline(*MINE))
    assert set(released) == {BORNE, HOF}
    assert [released[code].own for code in (BORNE, HOF)] == [True, False]
    hidden = todays(desk.sheet(HIDDEN), None, BORNE, baseline(*MINE))
    assert set(hidden) == {BORNE}
    assert hidden[BORNE].budgeted == 61_000.0
    assert todays(desk.sheet(HIDDEN), None) == {}


def test_own_answers_make_the_own_effect(twins):
    sheet = twins[0].sheet(HIDDEN)
    exact = closely(sheet, usual(twins[0], HIDDEN))
    mine = todays(sheet, exact, BORNE, baseline(*MINE))[BORNE]
    other = todays(sheet, exact, BORNE, baseline(answer(BORNE, "privacy_officer.staff", 2.4)))[BORNE]
    assert mine.net is not None
    assert mine.effect == pytest.approx(mine.net - 61_000.0)
    assert other.today > mine.today
    assert other.net is not None
    assert other.effect == pytest.approx(other.net - other.today)


def test_differences_tell_no_more_than_their_situations(twins):
    for mine, theirs in zip(*(pairs(desk) for desk in twins), strict=True):
        assert repr(mine) == repr(theirs)


def pairs(desk: Desk):
    sheet = desk.sheet(HIDDEN)
    looked = [look(sheet, replace(each, key="shapley")) for each in all_situations(desk, HIDDEN)]
    return [difference(before, now) for before, now in combinations(looked, 2)]
