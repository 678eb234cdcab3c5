"""What can be shared: services, forms, figures and dated rules, all read from data files."""

from marke.catalogue.load import load_catalogue
from marke.catalogue.schema import (
    AloneVariant,
    Catalogue,
    Driver,
    Figure,
    Form,
    Gate,
    JointVariant,
    Line,
    Rule,
    Service,
    Source,
    Work,
)

__all__ = [
    "AloneVariant",
    "Catalogue",
    "Driver",
    "Figure",
    "Form",
    "Gate",
    "JointVariant",
    "Line",
    "Rule",
    "Service",
    "Source",
    "Work",
    "load_catalogue",
]
