"""Quality: queues against published and analytic values, and what must hold on the real case of Twente."""

import heapq
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marke.catalogue import load_catalogue
from marke.engine.explore import compare_alone
from marke.engine.quality import (
    average,
    clearly_better,
    level_reached,
    measure_alone,
    measure_together,
    shown_count,
)
from marke.engine.quality.waiting import erlang_c, mean_remaining, mean_wait
from marke.question import find_study, read_question, shipped_inputs

SERVICES = tuple(load_catalogue().services)


@cache
def case_of(service):
    overrides = {"trekkingen": 256}
    return read_question(shipped_inputs(find_study("twente-actueel"), None, overrides)).case(service)


def at(value):
    return np.array([float(value)])


def test_erlang_c_of_one_server_is_its_utilisation():
    busy = np.linspace(0, 0.95, 20)
    assert np.allclose(erlang_c(np.ones(20), busy), busy)


@given(st.integers(1, 60), st.floats(0, 0.97))
def test_erlang_c_is_the_textbook_sum(servers, busy):
    load, term, total = servers * busy, 1.0, 0.0
    for k in range(servers):
        total += term
        term *= load / (k + 1)
    waits = term / (1 - busy)
    assert erlang_c(at(servers), at(busy))[0] == pytest.approx(waits / (total + waits), rel=1e-9, abs=1e-12)


def test_two_servers_wait_as_the_closed_form_says():
    # M/M/2: C = 2 rho^2 / (1 + rho), and the mean wait is rho^2 / (1 - rho^2) of a handling time
    assert erlang_c(at(2), at(0.8))[0] == pytest.approx(2 * 0.64 / 1.8)
    assert mean_wait(at(2), at(0.8), at(1.0))[0] == pytest.approx(0.64 / 0.36)


@given(st.floats(0.01, 0.95), st.floats(0.1, 10), st.floats(0, 8))
def test_one_server_is_pollaczek_and_khinchine(busy, mean, variation):
    remaining = mean_remaining(np.array([[1.0]]), np.array([[mean]]), np.array([[variation]]))
    second = mean**2 * (1 + variation)
    expected = (busy / mean) * second / (2 * (1 - busy))
    assert mean_wait(at(1), at(busy), remaining)[0] == pytest.approx(expected)


def test_requests_of_two_kinds_are_a_mixture():
    # 10 requests of exactly 1 hour and 5 of exactly 4: E[S] = 2, E[S^2] = 6
    found = mean_remaining(np.array([[10.0], [20.0]]), np.array([[1.0], [4.0]]), np.zeros((2, 1)))
    assert found[0] == pytest.approx(6 / (2 * 2))


def simulated(servers, busy, draw, count=150_000):
    """Mean wait of requests that arrive at random and take ``draw`` times (mean 1), first come first."""
    generator = np.random.default_rng(7)
    arrivals = np.cumsum(generator.exponential(1 / (servers * busy), count))
    free = [0.0] * servers
    waits = np.empty(count)
    for number, (arrival, handling) in enumerate(zip(arrivals, draw(generator, count), strict=True)):
        start = max(arrival, heapq.heappop(free))
        waits[number] = start - arrival
        heapq.heappush(free, start + handling)
    return waits[count // 10 :].mean()


@pytest.mark.parametrize(("servers", "busy"), [(1, 0.6), (3, 0.7), (6, 0.8)])
def test_simulation_of_exponential_times(servers, busy):
    found = simulated(servers, busy, lambda generator, count: generator.exponential(1.0, count))
    assert found == pytest.approx(mean_wait(at(servers), at(busy), at(1.0))[0], rel=0.08)


@pytest.mark.parametrize(("servers", "busy"), [(1, 0.6), (3, 0.7), (6, 0.8)])
def test_simulation_of_widely_varying_times(servers, busy):
    # gamma times with mean 1 and squared coefficient of variation 3; exact for one server, else approximate
    found = simulated(servers, busy, lambda generator, count: generator.gamma(1 / 3, 3.0, count))
    assert found == pytest.approx(mean_wait(at(servers), at(busy), at(2.0))[0], rel=0.15)


@given(st.integers(1, 20), st.floats(0.05, 0.95))
def test_more_people_at_the_same_utilisation_wait_less(servers, busy):
    more, fewer = (mean_wait(at(count), at(busy), at(1.0))[0] for count in (servers + 1, servers))
    assert more < fewer


def with_figure(case, figure, value):
    values = {**case.draws.values, figure: np.full(case.draws.count, value)}
    return replace(case, draws=replace(case.draws, values=values))


def test_continuity_is_the_product_over_people():
    case = case_of("privacy_officer")
    case = with_figure(case, "quality.absence", 0.2)
    found = measure_alone(case, "own", 0)["continuity"]
    persons = found.parts[0]
    fte = persons.parts[0].values
    expected = 255 * (1 - np.minimum(fte / persons.values, 1) * 0.8) ** persons.values
    assert np.allclose(found.values, expected)


@settings(max_examples=10, deadline=None)
@given(st.sampled_from(SERVICES), st.floats(0.0, 0.4), st.floats(0.01, 0.4))
def test_more_absence_never_helps(service, absence, more):
    case = case_of(service)
    variant = next(iter(case.service.alone))
    low, high = (
        measure_alone(with_figure(case, "quality.absence", a), variant, 0) for a in (absence, absence + more)
    )
    assert (high["continuity"].values >= low["continuity"].values).all()
    assert (high["presence"].values <= low["presence"].values).all()


@pytest.mark.parametrize("service", SERVICES)
def test_values_stay_within_what_they_measure(service):
    case = case_of(service)
    alone = compare_alone(case)
    everyone = tuple(range(len(case.players)))
    apart = [measure_alone(case, alone.variants[alone.chosen[i]], i) for i in everyone]
    for variant in case.variants:
        together = measure_together(case, variant, everyone)
        assert [set(each) for each in together] == [set(each) for each in apart]
        for measures in (*apart, *together):
            for key, most in (
                ("continuity", 255),
                ("incident_one", 1),
                ("incident_all", 1),
                ("concentration", 1),
            ):
                if key in measures:
                    assert ((measures[key].values >= 0) & (measures[key].values <= most + 1e-9)).all()
            assert np.isfinite(measures["waiting"].values).all()
        both = average(together)
        assert (both["concentration"].values >= average(apart)["concentration"].values).all()
        if "incident_all" in both:
            assert (both["incident_one"].values >= both["incident_all"].values - 1e-9).all()


def test_a_manned_seat_takes_the_hours_of_the_year():
    case = with_figure(case_of("soc"), "soc.joint.body_own.seats", 1.0)
    everyone = tuple(range(len(case.players)))
    assert (measure_together(case, "body_own", everyone)[0]["round_the_clock"].values == 2).all()
    assert (measure_alone(case, "market", 0)["round_the_clock"].values < 2).all()


def test_clearly_better_says_what_holds_often_enough():
    alone = np.full(10, 48.0)
    together = np.array([2.0] * 8 + [47.0] * 2)
    margin = np.full(10, 5.0)
    found = clearly_better("continuity", alone, together, margin=margin, chance=0.8)
    assert (found.outcome, found.better, found.worse) == ("better", 0.8, 0.0)
    assert clearly_better("continuity", alone, together, margin=margin, chance=0.81).outcome == "uncertain"
    assert clearly_better("presence", alone, together, margin=margin, chance=0.8).outcome == "worse"
    assert clearly_better("presence", alone, alone, margin=margin, chance=0.8).outcome == "equal"


def test_no_answer_on_staff_enters_the_level_and_few_are_not_counted():
    case = case_of("privacy_officer")
    reached = level_reached(case)
    assert ((reached >= 0) & (reached <= 1)).all()
    assert [shown_count(count) for count in (0, 4, 5)] == [None, None, 5]
