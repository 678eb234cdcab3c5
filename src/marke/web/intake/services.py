"""What is written about answers, signatures and releases."""

import tempfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.db import connection
from django.utils import timezone

from marke.baseline import Answer as Given
from marke.baseline import Baseline
from marke.baseline.table import price_year
from marke.baseline.values import clean_text, is_unknown, parse
from marke.catalogue import Catalogue
from marke.catalogue.intake import Asked, Question, release_of
from marke.errors import InputError
from marke.intake.changes import Change, compare
from marke.intake.changes import Delivery as Compared
from marke.intake.estimates import with_doubts
from marke.intake.status import delivered
from marke.region import Municipality, Region
from marke.study import Study
from marke.web.intake.answers import (
    answerable,
    asked_in,
    baseline_of,
    by_id,
    fingerprint,
    is_filled_in,
    section_title,
    written,
)
from marke.web.intake.models import Answer, Delivery, Released, Signature, Upload
from marke.web.intake.tasks import ask_own, ask_region
from marke.web.studies.question import catalogue, catalogue_of, country, study_of
from marke.web.studies.selectors import latest
from marke.web.tenancy.access import Place
from marke.web.tenancy.models import Role
from marke.web.tenancy.services import log

MOST_BYTES = 5_000_000
_SIGNS = {Role.CONTROLLER: "signed_money", Role.CLIENT: "signed_staff"}
"""Which part of a workbook holds the name of who signs as this role."""

_SIGNERS = {Role.CONTROLLER: "controller", Role.CLIENT: "gemeentesecretaris"}


@dataclass(frozen=True)
class Entry:
    """What a person filled in for one question; ``was`` is what the page showed before."""

    value: str = ""
    unknown: bool = False
    note: str = ""
    price_year: str = ""
    was: str = ""


@dataclass
class Saved:
    """How many answers changed, and by question what was wrong (those were not saved)."""

    changed: int = 0
    problems: dict[str, str] = field(default_factory=dict)


def own_rows(place: Place) -> dict[str, Answer]:
    """Return the stored answers of the place's organisation."""
    return {row.question: row for row in Answer.objects.filter(organisation=place.own)}


def locked_rows(place: Place) -> dict[str, Answer]:
    """Return the stored answers, and let nobody else of the organisation write until the transaction ends.

    Rows alone cannot be locked: two people may answer a question at once that has no row yet.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(place.own.pk)])
    return own_rows(place)


@dataclass(frozen=True)
class Own:
    """The region's study with the answers of one organisation alone, its figures, and the municipality."""

    study: Study
    catalogue: Catalogue
    municipality: Municipality


def own_study(place: Place, rows: Iterable[Answer]) -> Own:
    """Return what the answers of one organisation are weighed with."""
    version = latest(place.region)
    study = study_of(version, baseline_of(place.own.code, rows))
    return Own(study, catalogue_of(version), country().find(place.own.code))


def save_answers(*, place: Place, entries: Mapping[str, Entry]) -> Saved:
    """Save what was filled in; what does not fit is told by question and keeps its old answer."""
    rows, known, saved = locked_rows(place), by_id(), Saved()
    given: dict[str, Given] = {}
    for question_id, entry in entries.items():
        try:
            new = _read(place, known[question_id], entry, rows)
            _refuse_conflict(rows.get(question_id), new, entry)
        except InputError as error:
            saved.problems[question_id] = str(error)
        else:
            given[question_id] = new
    saved.changed = _store(place, rows, given)
    return saved


def _read(place: Place, question: Question, entry: Entry, rows: Mapping[str, Answer]) -> Given:
    """Return what was filled in; who was asked to does not change by it."""
    text = entry.value.strip()
    unknown = entry.unknown or is_unknown(text)
    if entry.unknown and text and not is_unknown(text):
        raise InputError("Er staat een antwoord én 'weet ik niet'.", mend="Kies een van beide.")
    value = parse(question.part, text) if text and not unknown else None
    year = entry.price_year.strip()
    return Given(
        place.own.code,
        question.id,
        value,
        unknown=unknown,
        note=clean_text(entry.note),
        price_year=price_year(question.part.kind, year) if year and question.part.kind == "amount" else None,
        who=rows[question.id].who if question.id in rows else "",
        visibility=question.part.visibility,
    )


def shown_state(row: Answer | None) -> str:
    """Return what a page showed of an answer, to notice that a colleague changed it meanwhile."""
    return "" if row is None else f"{row.value}|{row.unknown}|{row.note}|{row.price_year or ''}"


def _refuse_conflict(row: Answer | None, new: Given, entry: Entry) -> None:
    """Refuse to overwrite what a colleague changed since the page was shown."""
    now = shown_state(row)
    if row is None or now == entry.was or not _differs(row, new):
        return
    told = row.value or ("weet ik niet" if row.unknown else "leeg")
    raise InputError(
        f"Een collega veranderde dit intussen in: {told}.", mend="Vul uw antwoord opnieuw in als het zo moet."
    )


def _differs(row: Answer | None, new: Given) -> bool:
    if row is None:
        return new.says_something
    becomes = written(new)
    del becomes["doubt"]
    return any(getattr(row, name) != value for name, value in becomes.items())


def _store(place: Place, rows: dict[str, Answer], given: Mapping[str, Given]) -> int:
    """Write answers that differ, the doubts that follow from all together, and the counts for the board."""
    changed = [new for key, new in given.items() if _differs(rows.get(key), new)]
    if not changed:
        return 0
    own = own_study(place, rows.values())
    everything = dict(own.study.baseline.answers) | {(new.code, new.question): new for new in changed}
    sure = with_doubts(own.study, own.catalogue, own.municipality, everything.values())
    touched = {new.question for new in changed}
    for each in sure:
        row = rows.get(each.question)
        if each.question not in touched and (row is None or row.doubt == each.doubt):
            continue
        row = row or Answer(region=place.region, organisation=place.own, question=each.question)
        for name, value in written(each).items():
            setattr(row, name, value)
        row.visibility, row.changed_by = each.visibility, place.user
        row.save()
        rows[each.question] = row
    count(place, rows, own.municipality)
    ask_own(place.region.pk, place.own.pk)
    return len(changed)


def count(place: Place, rows: Mapping[str, Answer], municipality: Municipality) -> None:
    """Write how many questions were answered, for the board of the region."""
    baseline = baseline_of(place.own.code, rows.values())
    signed = signatures(place)
    (found,) = delivered(baseline, Region(municipality.name, (municipality,)), catalogue())
    for section, number in found.sections.items():
        values = {
            "given": number.given,
            "unknown": number.unknown,
            "open": number.open,
            "signed": is_signed(signed, section, rows),
            "region": place.region,
        }
        Delivery.objects.update_or_create(organisation=place.own, section=section, defaults=values)


Signatures = Mapping[tuple[str, str], Signature]
"""The last signature under every section by every role that signed it."""


def signatures(place: Place) -> Signatures:
    """Return the last signatures of the place's organisation."""
    found = Signature.objects.filter(organisation=place.own).select_related("signed_by")
    return {(each.section, each.role): each for each in found.order_by("signed_at")}


def holds(signature: Signature | None, rows: Mapping[str, Answer]) -> bool:
    """Whether a signature is under the answers as they are now."""
    return signature is not None and signature.fingerprint == fingerprint(rows.values(), signature.section)


def is_signed(signed: Signatures, section: str, rows: Mapping[str, Answer]) -> bool:
    """Whether controller and secretary signed the answers of a section as they are now."""
    return all(holds(signed.get((section, role.value)), rows) for role in _SIGNS)


def sign(*, place: Place, section: str, role: Role) -> None:
    """Sign the answers of a section as controller or secretary; raises InputError for who is not that."""
    if role not in _SIGNS or role not in place.roles:
        raise InputError("U kunt dit niet ondertekenen.", mend="Vraag het wie deze rol heeft.")
    rows = locked_rows(place)
    Signature(
        region=place.region,
        organisation=place.own,
        section=section,
        role=role.value,
        signed_by=place.user,
        fingerprint=fingerprint(rows.values(), section),
    ).save(force_insert=True)
    day = timezone.localdate().isoformat()
    _store(place, rows, _parts(place, section, rows, {_SIGNS[role]: place.user.name, "signed_on": day}))
    count(place, rows, country().find(place.own.code))
    what = f"{section_title(section)}, als {_SIGNERS[role]}"
    log(place, action="ondertekend", subject=what, result="gelukt")


def _parts(
    place: Place, section: str, rows: Mapping[str, Answer], values: Mapping[str, str]
) -> dict[str, Given]:
    """Return what a workbook would hold for an act of signing; nothing where a section has no such part."""
    known = by_id()
    found = {}
    for part, text in values.items():
        question = known.get(f"{section}.{part}")
        if question is not None:
            found[question.id] = _read(place, question, Entry(text), rows)
    return found


def release(*, place: Place, section: str, chosen: Collection[str]) -> int:
    """Release the chosen figures of a section as they are now, and take back the others.

    Only what the controller signed as it stands can be released. Returns how many are released.
    Raises InputError when it was not signed, or for a figure that is nobody else's business.
    """
    rows = locked_rows(place)
    if chosen and not holds(signatures(place).get((section, Role.CONTROLLER.value)), rows):
        raise InputError(
            "De controller heeft deze cijfers nog niet ondertekend zoals ze nu zijn.",
            mend="Laat eerst ondertekenen.",
        )
    inside = [question for field in asked_in(section) for question in field.questions]
    free = {q.id for q in inside if q.id in rows and is_releasable(q.id) and rows[q.id].value}
    if set(chosen) - free:
        raise InputError("Dit cijfer kan niet worden vrijgegeven.", where=", ".join(set(chosen) - free))
    others = {question.id for question in inside} - {*chosen}
    Released.objects.filter(organisation=place.own, question__in=others).delete()
    for key in chosen:
        _classify(rows[key])
        values = {"value": rows[key].value, "price_year": rows[key].price_year, "released_by": place.user}
        Released.objects.update_or_create(
            organisation=place.own, question=key, defaults=values | {"region": place.region}
        )
    ask_region(place.region.pk)
    said = {release_of(key) for key in chosen}
    acts = {q.id: Entry("ja" if q.id in said else "nee") for q in inside if q.part.releases}
    _store(place, rows, {key: _read(place, by_id()[key], entry, rows) for key, entry in acts.items()})
    log(place, action="vrijgegeven", subject=section_title(section), result=f"aantal cijfers: {len(chosen)}")
    return len(chosen)


def _classify(row: Answer) -> None:
    """Give an answer the class that its question has now: it may be older."""
    row.visibility = by_id()[row.question].part.visibility
    row.save(update_fields=["visibility"])


def hand_to(*, place: Place, asked: Asked, who: str) -> None:
    """Keep with the questions of a field who was asked to fill them in."""
    rows = locked_rows(place)
    now = baseline_of(place.own.code, rows.values())
    _store(place, rows, {q.id: replace(_in(now, place, q.id), who=who) for q in answerable(asked)})


def _in(baseline: Baseline, place: Place, key: str) -> Given:
    """Return an answer of the place's municipality, an open one where it said nothing."""
    nothing = Given(place.own.code, key, None, visibility=by_id()[key].part.visibility)
    return baseline.answers.get((place.own.code, key), nothing)


def is_releasable(question_id: str) -> bool:
    """Whether others may see this figure once it is released."""
    question = by_id()[question_id]
    return question.part.visibility == "releasable" and is_filled_in(question)


def keep_upload(*, place: Place, name: str, content: bytes) -> Upload:
    """Keep a workbook until its changes were looked at; only the last one of a person is kept.

    Raises InputError for a file that is far too large.
    """
    if len(content) > MOST_BYTES:
        raise InputError("Het bestand is te groot voor een werkmap.", where=name[:120])
    Upload.objects.filter(organisation=place.own, uploaded_by=place.user).delete()
    kept = Upload(region=place.region, organisation=place.own, uploaded_by=place.user, name=name[:120])
    kept.content = content
    kept.save(force_insert=True)
    return kept


def compare_upload(place: Place, upload: Upload) -> Compared:
    """Return what a kept workbook would change; raises InputError for what does not fit."""
    own = own_study(place, own_rows(place).values())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "werkmap.xlsx"
        path.write_bytes(bytes(upload.content))
        try:
            found = compare([path], own.study, own.catalogue)
        except InputError as error:
            where = error.where.replace(str(path), upload.name)
            raise InputError(
                error.what.replace(str(path), upload.name), where=where, mend=error.mend
            ) from error
    others = {code for code, _ in found.baseline.answers} - {own.municipality.code}
    changed = {change.municipality.code for change in found.changes}
    if others or changed - {own.municipality.code}:
        raise InputError(
            f"Dit is niet de werkmap van {place.own.name}.", where=upload.name, mend="Kies uw eigen werkmap."
        )
    return replace(found, changes=tuple(c for c in found.changes if _filled_in(c)))


def _filled_in(change: Change) -> tuple[str, ...]:
    """Return the questions that a change touches, without those of signing."""
    return tuple(question.id for question in change.questions if is_filled_in(question))


def accept_upload(*, place: Place, upload: Upload) -> int:
    """Write the answers of a kept workbook and forget the file; signing stays an act of a person."""
    found = compare_upload(place, upload)
    rows = locked_rows(place)
    touched = {key for change in found.changes for key in _filled_in(change)}
    given = {key: _in(found.baseline, place, key) for key in touched}
    changed = _store(place, rows, given)
    log(place, action="werkmap ingelezen", subject=upload.name, result=f"antwoorden veranderd: {changed}")
    upload.delete()
    return changed
