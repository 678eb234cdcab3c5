"""What every OpenDocument file says of itself."""

from datetime import datetime
from typing import Any

from marke.documents.tree import Document


def describe(file: Any, document: Document) -> None:
    """Set title, subject, author, language and a fixed date."""
    moment = datetime(document.day.year, document.day.month, document.day.day)  # ODF has no zone
    about = file.meta
    about.title, about.subject, about.language = document.title, document.subject, "nl-NL"
    about.creator, about.initial_creator = document.organisation, document.organisation
    about.creation_date = about.date = moment
    about.generator = "marke"
