"""A document as PDF/A-3a and PDF/UA-1, from its HTML page."""

import io
import logging
from typing import Any

from marke.documents import html
from marke.documents.house_style import HouseStyle
from marke.documents.tree import Document
from marke.errors import InputError

UA = (
    '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>'
    "</rdf:Description>"
    '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
    'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li "
    'rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>part of PDF/UA</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)
"""Which part of PDF/UA it is, with the schema that PDF/A asks for what it does not know (ISO 14289-1, 5)."""

ATTACHED = "uitkomsten.json"
"""The name of the findings that a PDF carries."""

MISSING = InputError(
    "PDF kan hier niet: de bibliotheek pango ontbreekt.",
    mend="Op Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. De andere "
    "formaten kunnen wel.",
)


def render(document: Document, style: HouseStyle) -> bytes:
    """Return the PDF. The same document gives the same bytes.

    Raises InputError where the system lacks pango, ValueError where the page has no title, language or text
    alternative.
    """
    try:
        import weasyprint
    except OSError:
        raise MISSING from None
    complaints = _Complaints()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(complaints)
    try:
        inside = weasyprint.URLFetcher(allowed_protocols=["data"])
        page = weasyprint.HTML(string=html.render(document, style).decode(), url_fetcher=inside)
        raw = page.write_pdf(pdf_variant="pdf/a-3a", pdf_tags=True, pdf_identifier=document.mark.encode())
    finally:
        logger.removeHandler(complaints)
    if complaints.found:
        raise ValueError("; ".join(complaints.found))
    return _accessible(raw, document)


class _Complaints(logging.Handler):
    """What the renderer says is missing for accessibility."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if any(word in message.lower() for word in ("title", "lang", "alt")):
            self.found.append(message)


def _accessible(raw: bytes, document: Document) -> bytes:
    """Say that it is PDF/UA-1 and which cells a header is for, and attach what goes with it."""
    import pikepdf

    with pikepdf.open(io.BytesIO(raw)) as opened:
        xmp = bytes(opened.Root.Metadata.read_bytes()).decode()
        first = xmp.index("</rdf:RDF>")
        opened.Root.Metadata = opened.make_stream(
            (xmp[:first] + UA + xmp[first:]).encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
        )
        for element in opened.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == pikepdf.Name.TH:
                _scope(pikepdf, element)
        if document.attached:
            _attach(pikepdf, opened, document)
        out = io.BytesIO()
        opened.save(out, deterministic_id=True, linearize=False)
    return out.getvalue()


def _scope(pikepdf: Any, header: Any) -> None:
    """A header cell in a table's head is for its column, any other for its row."""
    group = header.P.P if "/P" in header.P else header.P
    scope = pikepdf.Name.Column if group.get("/S") == pikepdf.Name.THead else pikepdf.Name.Row
    header.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=scope)


def _attach(pikepdf: Any, opened: Any, document: Document) -> None:
    """Carry the public findings as a file that belongs to the document (PDF/A-3, annex E)."""
    moment = f"D:{document.day:%Y%m%d}000000Z"
    attached = pikepdf.AttachedFileSpec(
        opened,
        document.attached.encode(),
        filename=ATTACHED,
        description="De uitkomsten waar de bedragen in dit stuk uit komen, als JSON.",
        mime_type="application/json",
        creation_date=moment,
        mod_date=moment,
        relationship=pikepdf.Name.Data,
    )
    opened.attachments[ATTACHED] = attached
    opened.Root.AF = pikepdf.Array([attached.obj])
