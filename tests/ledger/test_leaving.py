"""Leaving: what it costs by form, and what two leavers do to the ledger of the others."""

import numpy as np
import pytest
from ledger_inputs import fixed

from marke.engine.burden import make_group
from marke.findings.ledger import ledger_finding
from marke.ledger import BURDEN, exit_costs, largest

ALMELO, BORNE, HOF = "GM0141", "GM0147", "GM1735"
STEADY = {"ledger.price_index": 0.0, "ledger.release_years": 0.0}


def everyone(explored):
    return tuple(range(len(explored.case.players)))


@pytest.fixture(scope="module")
def left(explored, run):
    """Almelo and Borne (players 0 and 1) leave after the second year."""
    steady = fixed(explored, STEADY)
    study, members = run.question.study, everyone(explored)
    write = [
        ledger_finding(steady, study, "service_contract", members, "per_inhabitant", leavers=leavers)
        for leavers in ((), (0, 1))
    ]
    return steady, *write


def test_until_they_leave_nothing_changes(left):
    _, stayed, gone = left
    assert (gone.leavers, gone.after) == ((ALMELO, BORNE), 2028)
    for before, after in zip(stayed.book.entries, gone.book.entries, strict=True):
        assert before.amounts[:2] == after.amounts[:2]


def test_the_others_divide_the_charge_of_the_smaller_group(left):
    steady, stayed, gone = left
    rest = everyone(steady)[2:]
    charge = make_group(steady.case, "service_contract", rest).charge.mean
    others = gone.book.codes[2:]
    paid = [gone.book.amounts(code, "structural", "contribution")[4] for code in others]
    assert sum(paid) == round(charge)
    count = steady.case.inhabitants[2:]
    player = next(i for i, p in enumerate(steady.case.players) if p[0].code == HOF)
    share = steady.case.inhabitants[player] / count.sum()
    assert gone.book.amounts(HOF, "structural", "contribution")[4] == pytest.approx(share * charge, abs=1)
    dearer = [gone.book.burden("structural", [code])[4] for code in others]
    assert sum(dearer) > sum(stayed.book.burden("structural", [code])[4] for code in others)


def test_what_leavers_owe_reaches_the_others_and_follows_the_case_law(left):
    steady, _, gone = left
    book = gone.book
    assert book.column("one_off", "leaving") == (0,) * 5
    charge = make_group(steady.case, "service_contract", everyone(steady)).charge.mean
    share = steady.case.inhabitants[0] / steady.case.inhabitants.sum()
    owed = book.amounts(ALMELO, "one_off", "leaving")
    yearly = share * charge
    assert owed == pytest.approx([0, 0, yearly, yearly * 0.8, yearly * 1.2], abs=1)
    assert all(amount < 0 for amount in book.amounts(HOF, "one_off", "leaving")[2:])


def test_what_a_leaver_then_pays_itself_is_unknown_and_no_saving(left):
    _, _, gone = left
    book = gone.book
    for line in BURDEN["structural"]:
        assert book.amounts(ALMELO, "structural", line)[2:] == (None,) * 3
    assert book.burden("structural", [ALMELO])[2:] == (None,) * 3
    assert book.more_than_now(ALMELO)[2:] == (None,) * 3
    assert gone.worths[0] is None
    assert gone.bridges[0].burden is None
    assert gone.bridges[0].rows()[-2:] == (("plus_prices", False, None), ("burden", True, None))
    assert gone.worths[2] is not None


def test_a_group_cannot_be_left_by_all_but_one(explored, run):
    with pytest.raises(ValueError, match="two players"):
        ledger_finding(explored, run.question.study, "host", (0, 1, 2), "equal", leavers=(0, 1))


def test_dampening_goes_on_in_the_smaller_group(explored, run):
    found = ledger_finding(
        explored, run.question.study, "host", everyone(explored), "equal", dampening=4, leavers=(0, 1), stay=1
    )
    assert found.book.burden("structural", [HOF])[3] is not None
    moved = [found.book.amounts(c, "structural", "dampening")[2] for c in found.book.codes[2:]]
    assert sum(moved) == 0
    assert any(moved)


def _by_hand(case, group, kind):
    """What the whole group would owe, mean over draws, from the figures of the form."""
    charge, figure = group.charge.values, case.figure
    if kind == "service_contract":
        at = "forms.service_contract.exit_rule."
        return charge * (figure(f"{at}notice_months") / 12 + figure(f"{at}committed"))
    if kind == "joint_tender":
        return charge * figure("forms.joint_tender.exit_rule.remaining_years")
    if kind == "body":
        return charge * 3
    people = group.charge.part("before").part("people").values
    life = 4.0
    staff = people * figure("forms.host.exit_rule.staff_months") / 12
    return staff + group.outlay * (1 - 1 / life)


@pytest.mark.parametrize(
    ("service", "variant", "kind"),
    [
        ("privacy_officer", "service_contract", "service_contract"),
        ("privacy_officer", "host", "host"),
        ("privacy_officer", "body", "body"),
        ("soc", "joint_tender", "joint_tender"),
        ("soc", "body_own", "body"),
    ],
)
def test_exit_follows_the_form_and_the_case_law_stands_beside_it(run, service, variant, kind):
    explored = fixed(run.explored(service), {"ledger.asset_life": 4.0})
    case, members = explored.case, everyone(explored)
    group = make_group(case, variant, members)
    shares = np.full(len(members), 1 / len(members))
    found = exit_costs(case, group, shares)
    whole = _by_hand(case, group, kind)
    assert sum(each.cost for each in found) == pytest.approx(whole.mean(), abs=1)
    assert sum(each.case_law for each in found) == pytest.approx(3 * group.charge.mean, abs=1)
    assert [each.code for each in found] == sorted(each.code for each in found)
    first = found[0]
    assert (first.low, first.high) == pytest.approx(tuple(np.quantile(whole / len(members), [0.1, 0.9])))
    assert largest(found).cost == max(each.cost for each in found)
