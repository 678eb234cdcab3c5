"""Forms about talks and decisions: they show fields; what they hold is judged by marke's own packages."""

from collections.abc import Iterable, Mapping
from typing import Any, get_args

from django import forms

from marke.dutch import DECISIONS, capital
from marke.talks import Level, Position
from marke.web.decisions.models import PointState
from marke.web.decisions.selectors import own_moments
from marke.web.decisions.standings import Told

_READ = "Alle leden van de regio lezen dit."


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """Return a field for a day, with the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date", "data-short": True}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


def _choice(label: str, options: Iterable[tuple[str, str]], help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(options), help_text=help_text)


class TalkForm(forms.Form):
    """A talk, by the keys of ``marke.talks``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = "Een gemeente van de regio; aan de regionale tafel kan het een ander orgaan zijn."
        self.fields["met"] = forms.CharField(label="Met wie", max_length=120, help_text=told)
        self.fields["niveau"] = _choice("Op welk niveau", ((each, capital(each)) for each in get_args(Level)))
        self.fields["datum"] = day_field("Wanneer", required=False)
        self.fields["standpunt"] = _choice(
            "Doen zij mee?", ((each, capital(each)) for each in get_args(Position))
        )
        self.fields["voorwaarde"] = forms.CharField(
            label="Onder welke voorwaarden",
            required=False,
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields["bevestigd_door"] = forms.CharField(
            label="Bevestigd door",
            required=False,
            max_length=120,
            help_text="Wie van hen heeft dit standpunt bevestigd?",
        )


class PointForm(forms.Form):
    """How a point of the motion stands."""

    state = forms.ChoiceField(label="Stand", choices=PointState.choices)
    note = forms.CharField(label="Toelichting", required=False, max_length=500)


class ProposalForm(forms.Form):
    """A proposal: its name, form, services, municipalities and the day on which it begins."""

    title = forms.CharField(label="Naam", max_length=120)

    def __init__(
        self,
        *args: Any,
        shapes: Mapping[str, str],
        services: Mapping[str, str],
        members: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"] = _choice("Vorm", shapes.items(), "De vorm bepaalt de stappen.")
        self.fields["begin"] = day_field("Begint op", help_text="Vanaf deze dag rekenen de verwachte dagen.")
        several: dict[str, Any] = {"widget": forms.CheckboxSelectMultiple}
        self.fields["services"] = forms.MultipleChoiceField(
            label="Diensten", choices=list(services.items()), **several
        )
        self.fields["members"] = forms.MultipleChoiceField(
            label="Gemeenten", choices=list(members.items()), **several
        )


class StepForm(forms.Form):
    """What happened in a step: the day, how it ended, and the conditions."""

    def __init__(self, *args: Any, told: Told, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asks = told.state.step.asks
        self.fields["day"] = day_field("Datum")
        self.fields["outcome"] = _choice("Uitkomst", DECISIONS[asks].items())
        self.fields["text"] = forms.CharField(
            label="Toelichting",
            required=False,
            max_length=500,
            help_text=f"{_READ} Bij voorwaarden: schrijf welke."
            if "conditions" in DECISIONS[asks]
            else _READ,
            widget=forms.Textarea(attrs={"rows": 2}),
        )


class DaysForm(forms.Form):
    """A council's own recess, or the day of a moment."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["moment"] = _choice(
            "Wat", ((key, capital(label)) for key, label in own_moments().items())
        )
        self.fields["first"] = day_field("Dag, of eerste dag van het reces")
        self.fields["last"] = day_field(
            "Laatste dag van het reces", required=False, help_text="Alleen bij reces."
        )


class CloseForm(forms.Form):
    """Why a proposal is closed."""

    reason = forms.CharField(label="Waarom wordt het afgesloten?", max_length=300)
