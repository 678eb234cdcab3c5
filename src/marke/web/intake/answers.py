"""Stored answers as those of the baseline, and the counts that follow from them."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from django.db import connection

from marke.baseline import Answer as Given
from marke.baseline import Baseline, Counts
from marke.baseline.values import cell_text, parse
from marke.catalogue.intake import ONCE, Asked, Question, asked_fields, questions, release_of
from marke.dutch import capital
from marke.web.intake.models import Answer, Released
from marke.web.studies.question import catalogue
from marke.web.tenancy.models import Organisation, Region

_SIGNED = frozenset({"signed_money", "signed_staff", "signed_on"})


@lru_cache(maxsize=1)
def asked() -> tuple[Asked, ...]:
    """Return every field that is asked in the workspace."""
    return asked_fields(catalogue())


def asked_in(section: str) -> tuple[Asked, ...]:
    """Return the fields of a section."""
    return tuple(each for each in asked() if each.section == section)


def answerable(field: Asked) -> tuple[Question, ...]:
    """Return the questions of a field that are answered by filling in."""
    return tuple(question for question in field.questions if is_filled_in(question))


def is_filled_in(question: Question) -> bool:
    """Whether a question is answered by filling in; signing and releasing are acts of a person."""
    return question.part.id not in _SIGNED and not question.part.releases


@lru_cache(maxsize=1)
def by_id() -> Mapping[str, Question]:
    """Return every question by its id."""
    return {question.id: question for question in questions(catalogue())}


def section_title(section: str, *, short: bool = False) -> str:
    """Return the name of a section for a reader."""
    if section == ONCE:
        return "Algemeen" if short else "Uw gemeente"
    service = catalogue().services[section]
    return capital(service.short if short else service.label)


def as_given(code: str, row: Answer) -> Given:
    """Return a stored answer as one of the baseline."""
    question = by_id()[row.question]
    return Given(
        code,
        row.question,
        parse(question.part, row.value) if row.value else None,
        unknown=row.unknown,
        note=row.note,
        price_year=row.price_year,
        doubt=row.doubt,
        who=row.who,
        visibility=question.part.visibility,
    )


def baseline_of(code: str, rows: Iterable[Answer]) -> Baseline:
    """Return the stored answers of one municipality as a baseline, as far as still asked."""
    known = by_id()
    return Baseline({(code, row.question): as_given(code, row) for row in rows if row.question in known})


def written(given: Given) -> dict[str, object]:
    """Return an answer as it is stored."""
    part = by_id()[given.question].part
    return {
        "value": "" if given.value is None else cell_text(part, given.value),
        "unknown": given.unknown,
        "note": given.note,
        "price_year": given.price_year,
        "doubt": given.doubt,
        "who": given.who,
    }


def fingerprint(rows: Iterable[Answer], section: str) -> str:
    """Return a fingerprint of the answers of a section: what a signature is put under."""
    inside = {q.id for field in asked_in(section) for q in answerable(field)}
    told = sorted(
        (row.question, row.value, row.unknown, row.note, row.price_year)
        for row in rows
        if row.question in inside
    )
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def shared_baseline(rows: Iterable[Released]) -> Baseline:
    """Return what members of a region may see of each other: released figures, and nothing else."""
    known = by_id()
    found: dict[tuple[str, str], Given] = {}
    for row in rows:
        question = known.get(row.question)
        if question is None:
            continue
        code = row.organisation.code
        value = parse(question.part, row.value)
        found[code, question.id] = Given(
            code, question.id, value, price_year=row.price_year, visibility=question.part.visibility
        )
        said = known[release_of(question.id)]
        found[code, said.id] = Given(code, said.id, value=True, visibility=said.part.visibility)
    return Baseline(found)


def region_baseline(region: Region) -> Baseline:
    """Return what everyone in a region may see: released figures only."""
    return shared_baseline(Released.objects.filter(region=region).select_related("organisation"))


def own_baseline(organisation: Organisation) -> Baseline:
    """Return what one municipality may see: its own answers, and what others released."""
    own = baseline_of(organisation.code, Answer.objects.filter(organisation=organisation))
    return region_baseline(organisation.region).replaced(organisation.code, own.answers.values())


def region_counts(region: Region, firsts: Sequence[date]) -> Counts:
    """Return what everyone in a region may know of confidential answers: the database tells it from five on.

    ``firsts`` are firsts of months. What fewer than five municipalities changed is not counted anew.
    """
    services = catalogue().services
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM marke_region_counts(%s, %s)", [region.pk, list(firsts)])
        rows = cursor.fetchall()
    return Counts({(service, what, month): n for service, what, month, n in rows if service in services})
