"""When one says no: the page of the proposal tells what follows, from the last run that the region shares."""

from pathlib import Path

import pytest
from django.conf import settings
from small import again, region_context, shrink, started, work
from story import Story, decide, invited, make_story, proposed
from test_decisions import HERE, seen

from marke.dutch import euro_about
from marke.web.config.prepared import Addresses
from marke.web.runs.store import findings_of
from marke.web.tenancy.context import opened

LEAVES = "GM0147"  # Borne


@pytest.fixture
def story(clean: Addresses, open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    folder = open_folder / "data"
    monkeypatch.setenv("MARKE_DATA", str(folder))
    monkeypatch.setattr(settings, "DATA", folder)
    found = make_story()
    for name in ("borne", "haaksbergen"):
        invited(found, name)
    shrink(found)
    return found


def test_a_refusal_is_told_with_what_it_does_to_the_others(clean: Addresses, story: Story) -> None:
    number, haaksbergen = proposed(story, form="joint_tender"), story.browser("contact-haaksbergen")
    page = f"{HERE}voorstellen/{number}/"
    assert "nee gezegd" not in seen(haaksbergen, page)
    decide(story, "borne", number, "preparation", outcome="no")
    assert "staat hier zodra de regio een berekening heeft" in seen(haaksbergen, page)
    run = started(story)
    work(clean)
    context = region_context(story)
    whole = again(run, context)
    assert whole.complete
    with opened(context):
        soc = next(each for each in findings_of(whole).services if each.key == "soc")
    told = seen(haaksbergen, page)
    assert "Borne doet niet mee. Verder gaan: Haaksbergen en Hof van Twente." in told
    for moves in soc.moves:
        if moves.variant == "joint_tender" and len(moves.codes) == 3:
            move = next(each for each in moves.leaving if each.codes == (LEAVES,))
            assert euro_about(abs(move.others)).replace("\xa0", " ") in told
            break
    else:
        assert "is niet doorgerekend" in told
    decide(story, "haaksbergen", number, "preparation", outcome="no")
    assert "het pad van de regio stopt hier" in seen(haaksbergen, page)
