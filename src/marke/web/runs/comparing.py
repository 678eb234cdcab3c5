"""What changed between two runs and why, computed in the background and kept beside the newer one."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from marke.differences import GROUPS, Difference, Differences, Group, explain
from marke.dutch import VERDICTS, capital, euro
from marke.errors import InputError
from marke.web.runs.models import OwnRun, SharedRun, State
from marke.web.runs.store import BESIDE, Stored, content_of, findings_of, keep_file, open_stored
from marke.web.tenancy.context import Context, opened

WORDS: dict[Group, str] = {
    "settings": "instellingen van de studie",
    "figures": "cijfers van de studie",
    "answers": "antwoorden van gemeenten",
    "catalogue": "catalogus en gegevens van marke",
}
_NOISE = 0.5
"""Euro a year; less is the rounding of sums."""


def compare(kind: type[SharedRun] | type[OwnRun], key: UUID, other: UUID, context: Context) -> None:
    """Compute why a run differs from an older one, and keep it; or keep why that cannot be."""
    with opened(context):
        runs = kind.objects.select_related("version__region").filter(state=State.COMPLETE)
        new, old = runs.filter(pk=key).first(), runs.filter(pk=other).first()
        if new is None or old is None or new.files.filter(path=_path(old)).exists():
            return
        try:
            one, two = open_stored(old), open_stored(new)
        except InputError as error:
            content = f"!{error}"
        else:
            content = explain(one.question, two.question, one.findings, two.findings).model_dump_json()
        keep_file(new, _path(old), content.encode())


def _path(old: Stored) -> str:
    return f"{BESIDE}verschil-{old.pk}.json"


@dataclass(frozen=True)
class Row:
    """One service for a reader: savings, their difference and its parts as text, and both verdicts."""

    label: str
    before: str
    after: str
    change: str
    parts: tuple[str, ...]
    verdict_before: str
    verdict_after: str


@dataclass(frozen=True)
class Told:
    """What changed between two runs, for a reader; ``problem`` says why that is not known."""

    heads: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    problem: str = ""


def compared(new: Stored, old: Stored) -> Differences | None:
    """Return why two runs differ, or None as long as it was not computed; raises InputError: it cannot be."""
    if not new.files.filter(path=_path(old)).exists():
        return None
    content = content_of(new, _path(old)).decode()
    if content.startswith("!"):
        raise InputError(content[1:])
    return Differences.model_validate_json(content)


def differences_of(new: Stored, old: Stored) -> Told | None:
    """Return what changed between two runs, or None as long as it was not computed."""
    try:
        found = compared(new, old)
    except InputError as error:
        return Told(problem=str(error))
    if found is None:
        return None
    rest = any(abs(each.rest) > _NOISE for each in found.services)
    heads = [capital(WORDS[group]) for group in GROUPS if group in found.changed]
    labels = {service.key: capital(service.short) for service in findings_of(new).services}
    return Told(
        heads=(*heads, *(["Andere versie van marke"] if rest else [])),
        rows=tuple(_row(each, labels[each.service], rest=rest) for each in found.services),
        gone=found.gone,
        new=found.new,
    )


def _row(each: Difference, label: str, *, rest: bool) -> Row:
    amounts: Sequence[float] = [*(part.amount for part in each.parts), *([each.rest] if rest else [])]
    return Row(
        label=label,
        before=euro(each.before, sign=True),
        after=euro(each.after, sign=True),
        change=euro(each.after - each.before, sign=True),
        parts=tuple(euro(amount, sign=True) for amount in amounts),
        verdict_before=VERDICTS[each.verdict_before],
        verdict_after=VERDICTS[each.verdict_after],
    )
