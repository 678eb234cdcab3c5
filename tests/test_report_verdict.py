"""A verdict in words: for whom, what is missing, and how far thresholds must move; no digit too many."""

import math
import re

import numpy as np
import pytest

from findings_factory import findings
from marke.dutch import chance_of, chance_short
from marke.findings.verdict import AnswerFinding, ThresholdFinding
from marke.report import verdict as told
from marke.report.certainty import covered, dense, limit, turning
from marke.verdict import Facts, Limits, decide

FOUND = findings("dearer")
SERVICE = FOUND.services[0]
VERDICT = SERVICE.verdict


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("region", "ours", "said"),
    [
        ("defensible", "attractive", "goed voor de regio en voor ons"),
        ("attractive", "no_case", "goed voor de regio, nadelig voor ons"),
        ("attractive", "undecided", "goed voor de regio, nog niet zeker voor ons"),
        ("undecided", "no_case", "nog niet zeker voor de regio, nadelig voor ons"),
        ("undecided", "undecided", "nog niet zeker voor de regio en voor ons"),
        ("blocked", "conditional", "niet goed genoeg voor de regio, wel goed voor ons"),
        ("no_case", "blocked", "niet goed genoeg voor de regio en voor ons"),
    ],
)
def test_a_municipality_hears_what_is_good_for_the_region_and_for_itself(region, ours, said):
    own = VERDICT.municipalities[0].model_copy(update={"outcome": ours})
    assert told.aloud(VERDICT.model_copy(update={"outcome": region}), own) == said


def test_what_gets_better_and_worse_can_be_read_as_such():
    said = told.quality(VERDICT.model_copy(update={"better": ("continuity",), "worse": ("presence",)}))
    assert said == (
        "duidelijk beter: de bezetting bij ziekte en verlof; duidelijk slechter: de aanwezigheid op het "
        "gemeentehuis."
    )


def test_ways_alone_are_counted_in_municipalities():
    two = VERDICT.model_copy(update={"comparators": (("eigen mensen", 3), ("contract", 1))})
    said = told.compared(SERVICE.model_copy(update={"verdict": two}))
    assert said.startswith(
        "de goedkoopste weg alleen: eigen mensen (drie gemeenten) en contract (één gemeente)."
    )


@pytest.mark.parametrize(
    ("threshold", "value", "now", "outcome", "said"),
    [
        ("chance", 0.1019, 0.8, "attractive", "als 10 % zekerheid genoeg is (nu 80 %): aantrekkelijk."),
        ("chance", 0.9012, 0.8, "no_case", "als 91 % zekerheid genoeg is (nu 80 %): niet doen."),
        (
            "premium",
            0.0417,
            0.05,
            "no_case",
            "als betere kwaliteit 4,1 % meer mag kosten (nu 5 %): niet doen.",
        ),
        ("answer", 0.00002, 0.01, "undecided", "geen van de drempels verandert dit oordeel in zijn eentje."),
    ],
)
def test_a_threshold_is_told_where_the_verdict_has_surely_changed(threshold, value, now, outcome, said):
    moved = ThresholdFinding(threshold=threshold, now=now, value=value, outcome=outcome)
    assert plain(told.turning(VERDICT.model_copy(update={"thresholds": (moved,)}))) == said


def test_the_told_threshold_changes_the_verdict():
    """Rounding away from the present value keeps the promise; to the nearest it would not."""
    limits = {"materiality": 0.03, "chance": 0.8, "stability": 0.01, "premium": 0.05, "answer": 0.01}
    saving = np.full(100, -0.0417)
    known = Facts(False, False, 0.0, saving, mean=-0.0417, slack=0.0, better=True)
    assert decide(known, Limits(**{**limits, "premium": 0.041})) != decide(known, Limits(**limits))
    assert decide(known, Limits(**{**limits, "premium": 0.042})) == decide(known, Limits(**limits))


def test_what_is_missing_is_told_with_the_digits_that_are_known():
    answer = AnswerFinding(
        key="x", label="prijs", find_out="Vraag een offerte.", codes=(), value=1_234, error=700, share=0.001
    )
    verdict = VERDICT.model_copy(update={"ceiling": 22_345.0, "ceiling_error": 900.0, "answers": (answer,)})
    assert plain(told.missing(verdict)) == (
        "wie alle antwoorden had, kon beter kiezen; dat scheelt gemiddeld ongeveer € 22.000 per jaar. Het "
        "meest scheelt ‘prijs’: ongeveer nul per jaar. Vraag een offerte."
    )


@pytest.mark.parametrize(
    ("p", "count", "said", "short"),
    [
        (0.243, 8192, "24 %", "24 %"),
        (0.243, 512, "20 tot 30 %", "20–30 %"),
        (0.0, 8192, "minder dan 1 %", "< 1 %"),
        (1.0, 128, "meer dan 95 %", "> 95 %"),
    ],
)
def test_a_share_of_few_draws_has_few_digits(p, count, said, short):
    error = max(math.sqrt(p * (1 - p) / count), 1.5 / count)
    assert (plain(chance_of(p, count)), plain(chance_short(p, error))) == (said, short)


def test_a_box_is_told_with_the_digits_of_the_draws_in_it():
    """Density rests on the draws inside, coverage on the cases: 30 % of 8,192 draws, of which 82 %."""
    box = findings("uncertain").services[0].uncertainty[0].searches[0].boxes[0]
    assert (plain(dense(box, 8192)), plain(covered(box, 8192))) == ("82 %", "61 %")
    assert (plain(dense(box, 512)), plain(covered(box, 512))) == ("75 tot 90 %", "50 tot 70 %")


def test_a_turning_point_is_no_finer_than_the_saving():
    row = findings("uncertain").services[0].uncertainty[0].break_even[0]
    slope = (row.at_low - row.at_high) / (row.high - row.low)
    assert plain(turning(row, 0.0)) == "samen is goedkoper onder 4,6 %"
    assert plain(turning(row, 0.01 * slope)) == "samen is goedkoper onder 5 %"


def test_a_limit_says_what_its_value_is_for():
    row = findings("uncertain").services[0].uncertainty[0].searches[0].boxes[0].limits[0]
    yearly = row.model_copy(update={"unit": "EUR/organisatie/jaar", "low": 17_000.0, "high": None})
    assert plain(limit(yearly)) == "‘tegenvaller’ boven € 17.000 per organisatie ligt"


def test_every_line_is_a_sentence_with_a_number_that_can_be_followed():
    for line in told.lines(FOUND, SERVICE):
        assert line.field in type(line.part).model_fields
        assert not re.search(r"\b(joint_tender|host|continuity)\b", line.told)
