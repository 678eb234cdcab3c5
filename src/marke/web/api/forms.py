"""The form with which a person makes a key."""

from typing import Any

from django import forms

from marke.web.api.keys import MOST_DAYS
from marke.web.api.models import Area, Right

_DAYS = {"30": "30 dagen", "90": "90 dagen", str(MOST_DAYS): "een jaar"}


class KeyForm(forms.Form):
    """What a key is for, how long it works, and what it opens."""

    name = forms.CharField(
        label="Waar is de sleutel voor?",
        max_length=80,
        help_text="Zo herkent u haar later, bijvoorbeeld: koppeling met de begroting.",
    )
    days = forms.ChoiceField(label="Hoe lang werkt zij?", choices=list(_DAYS.items()), initial="90")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for area in Area:
            choices = [("", "Niet openen"), *Right.choices]
            self.fields[area.value] = forms.ChoiceField(label=area.label, choices=choices, required=False)

    def rights(self) -> dict[Area, Right]:
        """Return what was chosen, by area."""
        return {area: Right(self.cleaned_data[area]) for area in Area if self.cleaned_data[area]}
