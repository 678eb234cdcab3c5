"""Ledger cells: what they add up to, what they follow, and what never enters one."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from ledger_inputs import fixed

from marke.engine.burden import make_group
from marke.findings.ledger import LedgerFinding, ledger_finding
from marke.ledger import BURDEN, LINES, accounts, make_book, make_deal, today_shares

HOF, ALMELO, BORNE, ENSCHEDE = "GM1735", "GM0141", "GM0147", "GM0153"
STEADY = {"ledger.price_index": 0.0, "ledger.release_years": 0.0}
"""No price rise and release at once: then only the ramp and the start move a contribution."""


def everyone(explored):
    return tuple(range(len(explored.case.players)))


def write(explored, study, variant="service_contract", key="per_inhabitant", **options):
    return ledger_finding(explored, study, variant, everyone(explored), key, **options)


@pytest.fixture(scope="module")
def told(answering):
    budget = {(HOF, f"privacy_officer.budgeted_{year}"): 100_000.0 + year for year in range(1, 5)}
    return answering({**budget, (HOF, "privacy_officer.requested"): 25_000.0})


KEYS = (
    "equal",
    "per_inhabitant",
    "mixed",
    "per_use",
    "proportional_to_alone",
    "scrb",
    "shapley",
    "nucleolus",
)


@pytest.mark.parametrize("key", KEYS)
def test_every_total_is_the_sum_of_printed_cells(explored, told, key):
    book = write(explored, told, key=key, dampening=3).book
    printed = {(e.code, e.kind, e.line): e.amounts for e in book.entries}
    assert len(printed) == len(book.codes) * len(LINES)
    for kind, lines in BURDEN.items():
        by_row = [book.burden(kind, [code]) for code in book.codes]
        by_line = [[printed[code, kind, line] for code in book.codes] for line in lines]
        for column, total in enumerate(book.burden(kind)):
            assert total == sum(row[column] for row in by_row)
            assert total == sum(cells[column] or 0 for line in by_line for cells in line)
        for line in lines:
            columns = zip(*(printed[code, kind, line] for code in book.codes), strict=True)
            sums = tuple(None if None in column else sum(column) for column in columns)
            assert book.column(kind, line) == sums


def test_contribution_and_own_lines_equal_the_burden(explored, told):
    found = write(explored, told)
    place = found.book.codes.index(HOF)
    group = make_group(explored.case, "service_contract", everyone(explored))
    player = next(i for i, p in enumerate(explored.case.players) if p[0].code == HOF)
    share = explored.case.inhabitants[player] / explored.case.inhabitants.sum()
    paid = share * (group.charge.mean + group.vat.mean) + group.own[player].mean
    kept = explored.now.kept[HOF]
    bridge = found.bridges[place]
    assert bridge.together == pytest.approx(paid, abs=2)
    assert bridge.kept == pytest.approx(kept, abs=1)
    steady = write(fixed(explored, STEADY), told).book
    assert steady.burden("structural", [HOF])[-1] == pytest.approx(paid + kept, abs=6)


def test_contributions_are_the_whole_charge(explored, run):
    steady = fixed(explored, STEADY)
    book = write(steady, run.question.study).book
    group = make_group(steady.case, "service_contract", everyone(steady))
    assert book.column("structural", "contribution")[-1] == round(group.charge.mean)
    assert book.column("one_off", "one_off")[0] == round(group.one_off.mean)
    assert book.column("one_off", "one_off")[1:] == (0, 0, 0, 0)


def test_no_annuity_enters_a_cell(explored, told):
    dear = replace(explored, case=replace(explored.case, annuity=explored.case.annuity * 7))
    assert write(dear, told).book == write(explored, told).book
    group = make_group(explored.case, "service_contract", everyone(explored))
    once = group.one_off.mean * explored.case.annuity
    whole = write(fixed(explored, STEADY), told).book
    parts = group.charge.mean + group.vat.mean + group.total.part("own").mean
    structural = whole.burden("structural")[-1] - whole.column("structural", "kept")[-1]
    assert structural == pytest.approx(parts, abs=20)
    assert abs(structural - parts) < once / 10


def test_no_unrealised_saving_enters_a_cell(explored, run):
    """What alone costs moves no cell, benefits come as they are reached, and today's cost leaves slowly."""
    study = run.question.study
    free = replace(explored, alone=replace(explored.alone, cost=explored.alone.cost * 10))
    assert write(free, study).book == write(explored, study).book
    ramp = {f"forms.service_contract.ramp.{year}": 0.0 for year in range(3)}
    late = fixed(explored, {**STEADY, **ramp})
    book = write(late, study).book
    apart = late.case.with_figure(late.case.common.homogeneity, 0.0)
    bare = make_group(apart, "service_contract", everyone(late)).charge.mean
    full = make_group(late.case, "service_contract", everyone(late)).charge.mean
    assert full < bare
    contribution = book.column("structural", "contribution")
    assert contribution[1:3] == (round(bare), round(bare))
    assert contribution[0] == pytest.approx(bare * 8 / 12, abs=1)
    assert round(full) == contribution[4] < contribution[3] < round(bare)
    slow = fixed(explored, {"ledger.price_index": 0.0, "ledger.release_years": 3.0})
    kept = write(slow, study).book.amounts(HOF, "structural", "kept")
    assert kept[1] > kept[2] > kept[3] >= kept[4] == pytest.approx(explored.now.kept[HOF], abs=1)
    assert all(
        amount >= 0
        for line in ("contribution", "vat", "local", "client", "purchases", "kept")
        for amount in book.column("structural", line)
    )


def test_before_the_start_the_year_equals_the_budget(soc, answering):
    answers = {(HOF, f"soc.budgeted_{year}"): 1000.0 * year for year in range(1, 5)}
    found = write(soc, answering(answers), "body_own")
    assert found.start == date(2029, 9, 1)
    assert found.book.burden("structural", [HOF])[:2] == (1000, 2000)
    assert found.book.effect(HOF)[:2] == (0, 0)
    assert found.book.amounts(HOF, "structural", "before") == (1000, 2000, 2000, 0, 0)
    assert found.book.amounts(HOF, "structural", "contribution")[:2] == (0, 0)
    assert found.book.column("one_off", "one_off")[:2] == (0, 0)
    assert found.book.column("one_off", "one_off")[2] > 0
    assert found.book.burden("structural", [BORNE])[:2] == (None, None)
    assert found.book.burden("structural", [BORNE])[2] > 0
    assert found.book.more_than_now(BORNE)[:2] == (None, None)


def test_an_unknown_budget_gives_an_unknown_effect_and_never_zero(explored, told):
    book = write(explored, told).book
    assert book.effect(HOF) == tuple(
        burden - budget
        for burden, budget in zip(
            book.burden("structural", [HOF]), (100_001, 100_002, 100_003, 100_004, 100_004), strict=True
        )
    )
    assert book.effect(BORNE) == (None,) * 5
    assert book.effect_of_all() == (None,) * 5
    assert book.unknown(BORNE) == ("before", "budgeted", "avoided", "cover", "state_money")
    assert all(amount is not None for amount in book.more_than_now(BORNE))


def test_avoided_growth_cover_and_state_money_are_never_netted(explored, told, answering):
    with_growth = write(explored, told).book
    budget = {(HOF, f"privacy_officer.budgeted_{year}"): 100_000.0 + year for year in range(1, 5)}
    without = write(explored, answering(budget)).book
    assert with_growth.amounts(HOF, "memo", "avoided") == (25_000,) * 5
    assert without.amounts(HOF, "memo", "avoided") == (None,) * 5
    assert with_growth.burden("structural", [HOF]) == without.burden("structural", [HOF])
    assert with_growth.effect(HOF) == without.effect(HOF)
    covered = write(explored, answering(budget | {(HOF, "privacy_officer.cover"): 5_000.0})).book
    assert covered.amounts(HOF, "memo", "cover") == (5_000,) * 5
    assert without.amounts(HOF, "memo", "cover") == (None,) * 5
    assert covered.effect(HOF) == without.effect(HOF)
    paid = write(explored, answering(budget | {(HOF, "privacy_officer.state_money"): 7_000.0})).book
    assert paid.amounts(HOF, "memo", "state_money") == (7_000,) * 5
    assert without.amounts(HOF, "memo", "state_money") == (None,) * 5
    assert paid.burden("structural", [HOF]) == without.burden("structural", [HOF])
    assert paid.effect(HOF) == without.effect(HOF)


def test_release_follows_the_answer_of_each_year(explored, answering):
    parts = (0.0, 0.25, 0.5, 1.0)
    answers = {(HOF, f"privacy_officer.released_{k}"): part for k, part in enumerate(parts, 1)}
    book = write(fixed(explored, STEADY), answering(answers)).book
    now = explored.now.cost[HOF]
    expected = [now * 8 / 12, now * 0.75, now * 0.5, 0, 0]
    assert book.amounts(HOF, "structural", "kept") == pytest.approx(expected, abs=1)


def test_vat_at_the_own_share_is_a_named_difference(explored, answering):
    none_lost = write(explored, answering({(HOF, "vat_unrecoverable"): 0.0})).book
    plain = write(explored, answering({})).book
    vat = none_lost.amounts(HOF, "structural", "vat")
    assert vat == plain.amounts(HOF, "structural", "vat")
    difference = none_lost.amounts(HOF, "structural", "vat_difference")
    assert difference == pytest.approx([-amount for amount in vat], abs=1)
    assert plain.amounts(HOF, "structural", "vat_difference") == (0,) * 5
    assert all(amount < 0 for amount in none_lost.amounts(HOF, "structural", "own_vat_difference"))
    assert plain.amounts(BORNE, "structural", "vat") == none_lost.amounts(BORNE, "structural", "vat")


def test_capital_charges_are_linear_at_the_own_rate(explored, answering):
    answers = {(HOF, "privacy_officer.book_value"): 30_000.0, (HOF, "interest_rate"): 0.02}
    book = write(fixed(explored, {"ledger.asset_life": 3.0}), answering(answers)).book
    assert book.amounts(HOF, "structural", "capital") == (round(10_600 * 8 / 12), 10_400, 10_200, 0, 0)
    assert book.amounts(BORNE, "structural", "capital") == (0,) * 5


def test_book_value_is_carried_at_home_and_never_paid_twice(run, answering):
    explored = fixed(
        run.explored("ict_infrastructure"), {"ledger.asset_life": 2.0, "ledger.interest_rate": 0.0}
    )
    variant = explored.case.variants[0]
    plain = write(explored, answering({}), variant)
    group = make_group(explored.case, variant, everyone(explored))
    book_value = group.one_off.part("book_value").mean
    assert 0 < book_value < group.one_off.mean
    whole = sum(plain.book.column("one_off", "one_off"))
    rise = explored.case.draws.of_municipality("ledger.price_index", "samen").mean()
    years = plain.start.year - plain.price_year
    paid = (group.one_off.mean - book_value) * (1 + rise) ** years
    assert whole == pytest.approx(paid, rel=0.01)
    carried = sum(plain.book.column("structural", "capital"))
    assert 0 < carried <= book_value + 20
    own = write(explored, answering({(HOF, "ict_infrastructure.book_value"): 0.0}), variant).book
    assert own.amounts(HOF, "structural", "capital") == (0,) * 5
    assert own.amounts(BORNE, "structural", "capital") == plain.book.amounts(BORNE, "structural", "capital")


def test_prices_rise_by_the_own_index(explored, answering):
    flat = fixed(explored, STEADY)
    plain, risen = (
        write(flat, answering(answers)).book.amounts(HOF, "structural", "client")
        for answers in ({}, {(HOF, "index"): 0.10})
    )
    factors = [1.1, 1.1**2, 1.1**3, 1.1**4, 1.1**4]
    assert risen == pytest.approx([a * f for a, f in zip(plain, factors, strict=True)], abs=1)


@pytest.mark.parametrize("years", [0, 1, 2, 5])
def test_dampening_starts_at_today_ends_at_the_key_and_adds_to_zero_each_year(explored, run, years):
    book = write(explored, run.question.study, dampening=years).book
    assert book.column("structural", "dampening") == (0,) * 5
    charge = book.column("structural", "contribution")
    today = today_shares(explored.now.players.mean(axis=0), everyone(explored))
    player = next(i for i, p in enumerate(explored.case.players) if p[0].code == ENSCHEDE)
    key = explored.case.inhabitants[player] / explored.case.inhabitants.sum()
    moved = book.amounts(ENSCHEDE, "structural", "dampening")
    for column in range(4):
        still = 1 - min(column / years, 1) if years else 0
        assert moved[column] == pytest.approx(still * (today[player] - key) * charge[column], abs=1)
    assert moved[4] == 0


def test_any_shares_can_be_written_also_negative_ones(explored, run):
    case, study, members = explored.case, run.question.study, everyone(explored)
    shares = np.zeros(len(members))
    shares[0], shares[1] = 1.4, -0.4
    group = make_group(case, "service_contract", members)
    deal = make_deal(case, study, group, shares, begin=shares)
    book = make_book(case.key, deal.timeline.years, accounts(deal))
    each = [book.amounts(code, "structural", "contribution")[-1] for code in book.codes]
    assert book.amounts(BORNE, "structural", "contribution")[-1] < 0
    assert sum(each) == book.column("structural", "contribution")[-1] > 0


def test_bands_stand_around_the_amount(explored, told):
    book = write(explored, told).book
    for band in book.bands:
        if band.kind == "structural":
            sums = book.burden("structural", [band.code])
            assert all(low < total < high for low, total, high in zip(band.low, sums, band.high, strict=True))


def test_a_finding_survives_storing(explored, told):
    found = write(explored, told, dampening=1)
    again = LedgerFinding.model_validate_json(found.model_dump_json())
    assert again == found
    assert again.book.burden("structural") == found.book.burden("structural")


def test_blocs_divide_by_inhabitants_inside(explored, run):
    book = write(fixed(explored, STEADY), run.question.study).book
    tubbergen, dinkelland = (book.amounts(c, "structural", "client")[-1] for c in ("GM0183", "GM1774"))
    counts = [explored.case.origins[c, "inhabitants"].values[0] for c in ("GM0183", "GM1774")]
    assert tubbergen / dinkelland == pytest.approx(counts[0] / counts[1], rel=1e-3)
