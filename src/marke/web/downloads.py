"""A file as an answer: what it is follows from its name."""

from typing import Final

from django.http import HttpResponse

TYPES: Final = {
    "pdf": "application/pdf",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "png": "image/png",
    "json": "application/json",
    "xml": "application/xml",
    "toml": "application/toml",
}
"""Media types by the end of a name."""


def download(content: str | bytes, name: str) -> HttpResponse:
    """Return a file that a browser keeps under this name; text is UTF-8."""
    kind = TYPES[name.rpartition(".")[2]]
    if isinstance(content, str):
        kind += "; charset=utf-8"
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
