"""Sentences are good Dutch: one or many, dates, amounts, chances, and every way a verdict can fall."""

import re
from dataclasses import replace
from datetime import date

import pytest

from conftest import told
from findings_factory import CODES
from marke.documents import tree, words
from marke.documents.kinds import KINDS, Told, parts
from marke.findings import compose
from planted import plant

COURSES = {
    "stop": {"form": "joint_tender", "together": (1.3, 1.6)},
    "go": {"form": "joint_tender", "together": (0.55, 0.65)},
    "blocked": {"form": "host", "together": (0.5, 0.6), "gates": {"host_willing": "kan zo niet"}},
    "wait": {"form": "host", "together": (0.5, 0.6), "gates": {"host_willing": "nog uitzoeken"}},
}
"""Studies of which the verdict is known beforehand."""


def prose(document: tree.Document) -> str:
    """Everything that is read, but for tables."""
    blocks = [block for section in tree.walk(document.sections) for block in section.blocks]
    lines = [item for block in blocks for item in getattr(block, "items", (block,))]
    return "\n".join(words.prose(line.runs) for line in lines if hasattr(line, "runs"))


def of(service, code: str = CODES[1]) -> Told:
    """A view of findings with only this service, judged as given."""
    whole = told("attractive", code=code)
    return replace(whole, findings=whole.findings.model_copy(update={"services": (service,)}))


def changed(answer: str = "attractive", **update):
    (service,) = told(answer).services
    return service.model_copy(update={"verdict": service.verdict.model_copy(update=update)})


@pytest.fixture(scope="module", params=list(COURSES))
def planted(request, tmp_path_factory):
    """The name of a course, and a study of it as the municipality sees it that asked."""
    asked, explored = plant(tmp_path_factory.mktemp("studie"), **COURSES[request.param])
    found = compose(asked.study, asked.catalogue, asked.draws, [explored])
    motion = told("attractive").motion.model_copy(
        update={"council": f"gemeenteraad van {found.study.viewpoint}"}
    )
    return request.param, Told(found, found.study.viewpoint_code, "run-1", "0123456789abcdef", motion)


READS = {
    "stop": (
        "Wij raden een gezamenlijke proef af: dat wordt naar verwachting duurder dan alleen",
        "Een besparing die telt, is vrijwel uitgesloten (kans minder dan 1\xa0%).",
        "Er is niets te plannen: het advies is om het niet samen te doen.",
        "De goedkoopste weg alleen is voor proef: zelf inkopen.",
    ),
    "go": (
        "Wij kunnen verder met een gezamenlijke proef (aantrekkelijk).",
        "Een besparing die telt, is vrijwel zeker (kans meer dan 99\xa0%).",
        "Beginnen kan waarschijnlijk in januari 2029 met een gezamenlijke proef.",
    ),
    "blocked": (
        "Een gezamenlijke proef kan zo niet. Dit is niet in orde: een gastheer die wil.",
        "per jaar minder dan alleen",
        "Er is niets te plannen: het advies is om het niet samen te doen.",
    ),
    "wait": (
        "Van een gezamenlijke proef weten we nog niet genoeg om te kiezen.",
        "Een planning volgt zodra de antwoorden er zijn die nu ontbreken.",
        "Eerst moet duidelijk zijn: een gastheer die wil.",
    ),
}
PLAIN = {
    "stop": "Voor een gezamenlijke proef is samenwerken nu niet verstandig.",
    "go": "Voor een gezamenlijke proef is samenwerken goedkoper.",
    "blocked": "Voor een gezamenlijke proef zijn niet alle voorwaarden in orde; dat kan zo niet.",
    "wait": "Over een gezamenlijke proef zijn eerst meer gegevens nodig.",
}
DECIDES = {
    "stop": "niet verder te gaan met een gezamenlijke proef.",
    "go": "een gezamenlijke proef voor te bereiden, als gezamenlijke aanbesteding met een klein",
    "blocked": "niet verder te gaan met een gezamenlijke proef.",
    "wait": "over een gezamenlijke proef pas te beslissen als duidelijk is: een gastheer die wil.",
}


def test_the_letter_reads_naturally_whichever_way_the_verdict_falls(planted):
    course, view = planted
    text = prose(KINDS["raadsinformatiebrief"](view))
    assert [sentence for sentence in READS[course] if sentence not in text] == []
    assert [key for key, (opening, *_) in READS.items() if opening in text] == [course]


def test_the_proposal_and_its_plain_summary_follow_the_verdict(planted):
    course, view = planted
    text = prose(KINDS["raadsvoorstel"](view))
    assert PLAIN[course] in text
    assert DECIDES[course] in text
    assert ("De begroting verandert hierdoor niet." in text) == (course != "go")


def test_every_kind_reads_well_for_every_verdict(planted):
    _, view = planted
    for kind, make in KINDS.items():
        document = make(view)
        text = prose(document)
        assert (
            re.findall(r".{0,20}(?:None|\bnan\b|[{}_]|\.\.|  |: [A-Z]\w+ wordt| [,.;]).{0,10}", text) == []
        ), kind
        assert all(section.blocks or section.sections for section in tree.walk(document.sections)), kind


def test_the_report_of_deviations_tells_none_where_nothing_is_done(planted):
    course, view = planted
    berap = KINDS["berap"](view)
    assert (len(list(tree.tables(berap))) == 1) == (course == "go")
    assert ("Er is geen afwijking van de begroting" in prose(berap)) == (course != "go")


@pytest.mark.parametrize(
    ("criteria", "sentence"),
    [
        ((), ""),
        (("waiting",), " Beter wordt de wachttijd."),
        (("waiting", "presence"), " Beter worden de wachttijd en de aanwezigheid op het gemeentehuis."),
    ],
)
def test_one_thing_becomes_and_two_things_become_better(criteria, sentence):
    assert parts.becomes("Beter", criteria) == sentence


@pytest.mark.parametrize(
    ("material", "error", "words_for_it"),
    [
        (0.001, 0.0005, "vrijwel uitgesloten (kans minder dan 1\xa0%)"),
        (0.11, 0.005, "onwaarschijnlijk (kans ongeveer 11\xa0%)"),
        (0.5, 0.03, "ongeveer even waarschijnlijk als niet (kans 40 tot 60\xa0%)"),
        (0.87, 0.005, "waarschijnlijk (kans ongeveer 87\xa0%)"),
        (0.999, 0.0005, "vrijwel zeker (kans meer dan 99\xa0%)"),
    ],
)
def test_a_chance_is_told_in_words_with_the_number_behind_it(material, error, words_for_it):
    service = changed(material=material, material_error=error)
    assert f"Een besparing die telt, is {words_for_it}." in words.prose(parts.why(of(service), service).runs)


@pytest.mark.parametrize(
    ("share", "sentence"),
    [
        (0.15, "kost samen naar verwachting ongeveer €\xa0150.000 per jaar minder dan alleen. Een"),
        (0.001, "kost samen naar verwachting ongeveer evenveel als alleen. Een"),
    ],
)
def test_a_difference_that_is_none_is_told_as_none(share, sentence):
    service = changed(saving_share=share)
    assert sentence in words.prose(parts.why(of(service), service).runs)


@pytest.mark.parametrize(
    ("starts", "sentence"),
    [
        ((date(2027, 9, 9),), "Beginnen kan waarschijnlijk in september 2027 met een gezamenlijke a."),
        ((date(2026, 12, 2),), "Beginnen kan waarschijnlijk in januari 2027 met een gezamenlijke a."),
        (
            (date(2027, 9, 9), date(2027, 9, 1)),
            "Beginnen kan waarschijnlijk in september 2027 met een gezamenlijke b en een gezamenlijke a.",
        ),
        (
            (date(2028, 2, 1), date(2027, 9, 1)),
            "Beginnen kan waarschijnlijk met een gezamenlijke b in september 2027; met een gezamenlijke a in "
            "februari 2028.",
        ),
    ],
)
def test_a_start_is_never_before_the_one_that_is_wanted(starts, sentence):
    whole = told(*("attractive",) * len(starts))
    services = tuple(
        service.model_copy(update={"verdict": service.verdict.model_copy(update={"start": start})})
        for service, start in zip(whole.services, starts, strict=True)
    )
    view = replace(whole, findings=whole.findings.model_copy(update={"services": services}))
    planning = words.prose(parts.planning(view).runs)
    assert planning.endswith(sentence)
    late = all(start > date(2027, 1, 1) for start in starts)
    assert planning.startswith("De gewenste start op 1\xa0januari 2027 lukt niet.") == late


@pytest.mark.parametrize(
    ("codes", "code", "sentence"),
    [
        (CODES, CODES[0], "met alle 4 gemeenten een gezamenlijke a voor te bereiden, als"),
        (CODES[:2], CODES[0], "in de groep van Almelo en Borne een gezamenlijke a voor te bereiden, als"),
        (CODES[:2], CODES[2], "nu niet mee te doen met een gezamenlijke a van Almelo en Borne."),
    ],
)
def test_who_stays_out_of_a_group_does_not_prepare_with_it(codes, code, sentence):
    assert sentence in prose(KINDS["raadsvoorstel"](of(changed(codes=codes), code)))


@pytest.mark.parametrize(
    ("losers", "sentence"),
    [
        (0, "betaalt niemand meer dan alleen"),
        (1, "betaalt Almelo meer dan alleen"),
        (2, "betalen Almelo en Borne meer dan alleen"),
    ],
)
def test_who_pays_more_is_named_with_the_right_verb(losers, sentence):
    service = changed()
    judged_each = [
        m.model_copy(update={"saving": m.saving.model_copy(update={"mean": -1.0 if n < losers else 1.0})})
        for n, m in enumerate(service.verdict.municipalities)
    ]
    text = prose(KINDS["vragen"](of(changed(municipalities=tuple(judged_each)))))
    assert sentence in text


@pytest.mark.parametrize(("given", "sentence"), [(0, "gaven nog geen van de 56"), (1, "gaven 1 van de 56")])
def test_no_answer_and_one_answer_are_told_as_such(given, sentence):
    whole = told("attractive")
    found = whole.findings.model_copy(update={"answers_given": given})
    assert sentence in words.prose(parts.assumed(replace(whole, findings=found)).runs)


@pytest.mark.parametrize(
    ("share", "sentence"), [(0.31, "nu is samen 31\xa0% goedkoper."), (-0.08, "nu is samen 8\xa0% duurder.")]
)
def test_a_saving_is_never_told_as_a_negative_extra_cost(share, sentence):
    assert sentence in prose(KINDS["vragen"](of(changed(saving_share=share))))
