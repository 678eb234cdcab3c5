"""Documents into a folder: every format that was asked, with what an archive must know of each."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from xml.sax.saxutils import escape

from marke.documents.house_style import HouseStyle
from marke.documents.kinds import KINDS, Told
from marke.documents.tree import Document, public, tables
from marke.errors import InputError
from marke.files import make_folder, slug, write_atomically

FORMATS = ("pdf", "odt", "docx", "html", "ods", "xlsx")
SHEETS = ("ods", "xlsx")
MEMBERS = "vertrouwelijk"


@dataclass(frozen=True)
class Written:
    """A file that was made, or the sentence that says why it was not."""

    path: Path
    problem: str = ""


def write_documents(
    told: Told, kinds: Sequence[str], formats: Sequence[str], folder: Path
) -> Iterator[Written]:
    """Compose and write every kind in every format, one file after another.

    A spreadsheet is made where there is a table. A document with parts for members only gets a public copy
    without them, and a second file that is marked; of a run with one municipality's own answers there is no
    public copy. A public copy carries the public extract of the findings. Where the system cannot make PDF,
    the file is told as a problem and the rest is made. Raises InputError when the folder cannot be written.
    """
    make_folder(folder)
    for kind in kinds:
        whole = replace(KINDS[kind](told), only_for=told.findings.study.viewer)
        copies = []
        if not whole.only_for:
            open_to_all = replace(whole, sections=public(whole.sections), attached=told.extract)
            copies.append((whole.kind, open_to_all))
        if whole.confidential:
            copies.append((f"{whole.kind}-{MEMBERS}", whole))
        for name, document in copies:
            yield from _write(document, told.style, formats, folder / f"{slug(told.name)}-{name}")


def _write(document: Document, style: HouseStyle, formats: Sequence[str], stem: Path) -> Iterator[Written]:
    made = []
    for form in formats:
        if form in SHEETS and not any(True for _ in tables(document)):
            continue
        path = stem.with_name(f"{stem.name}.{form}")
        try:
            content = renderer(form)(document, style)
        except InputError as missing:
            yield Written(path, str(missing))
            continue
        write_atomically(path, content)
        made.append((path.name, hashlib.sha256(content).hexdigest()))
        yield Written(path)
    write_atomically(
        stem.with_name(f"{stem.name}.json"),
        json.dumps(information_object(document, made), indent=1, ensure_ascii=False) + "\n",
    )
    write_atomically(stem.with_name(f"{stem.name}.mdto.xml"), mdto(document))


def renderer(form: str) -> Callable[[Document, HouseStyle], bytes]:
    """The function that writes a format; its library is imported when it is first needed."""
    found: Callable[[Document, HouseStyle], bytes] = import_module(f"marke.documents.{form}").render
    return found


def information_object(document: Document, files: Sequence[tuple[str, str]]) -> Mapping[str, object]:
    """What a register must know, in the form of an ORI InformatieObject."""
    return {
        "@type": "InformatieObject",
        "titel": document.title,
        "omschrijving": document.subject,
        "documentsoort": document.kind,
        "wooInformatiecategorie": document.category,
        "vertrouwelijkheid": MEMBERS if document.confidential else "openbaar",
        "taal": "nl",
        "opsteller": document.organisation,
        "datum": document.day.isoformat(),
        "run": document.run,
        "kenmerk": document.mark,
        "besluitenlogboek": document.log,
        "motiepunten": list(document.answers),
        "bestanden": [{"naam": name, "sha256": digest} for name, digest in files],
    }


def mdto(document: Document) -> str:
    """The same for an archive. Not validated against the schema of MDTO, and it says so."""
    fields = {
        "naam": document.title,
        "omschrijving": document.subject,
        "taal": "nl",
        "waardering": "nader te bepalen",
        "archiefvormer": document.organisation,
        "datum": document.day.isoformat(),
        "classificatie": document.category,
    }
    lines = "".join(f"    <{key}>{escape(value)}</{key}>\n" for key, value in fields.items())
    return f"<!-- niet gevalideerd -->\n<MDTO>\n  <informatieobject>\n{lines}  </informatieobject>\n</MDTO>\n"
