"""What can be shared: services, forms, figures and dated rules, all read from data files."""

from marke.catalogue.figure import Figure, Source
from marke.catalogue.forms import BudgetRow, ExitRule, Form
from marke.catalogue.load import load_catalogue
from marke.catalogue.planning import Moment
from marke.catalogue.rules import Gate, Rule
from marke.catalogue.schema import (
    AloneVariant,
    Catalogue,
    Driver,
    JointVariant,
    Line,
    Service,
    Work,
)

__all__ = [
    "AloneVariant",
    "BudgetRow",
    "Catalogue",
    "Driver",
    "ExitRule",
    "Figure",
    "Form",
    "Gate",
    "JointVariant",
    "Line",
    "Moment",
    "Rule",
    "Service",
    "Source",
    "Work",
    "load_catalogue",
]
