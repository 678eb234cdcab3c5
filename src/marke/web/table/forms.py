"""Forms of the table: the name of a situation, and red lines."""

from collections.abc import Mapping
from typing import Any

from django import forms

from marke.errors import InputError
from marke.situations.redline import PACKAGE, read_line


class NameForm(forms.Form):
    """Under which name a situation is kept."""

    name = forms.CharField(
        label="Naam", max_length=80, help_text="Bijvoorbeeld: met Borne, verdeeld per inwoner."
    )


class LineField(forms.CharField):
    """A red line in whole euro a year; nothing where it is left empty."""

    widget = forms.TextInput(attrs={"data-short": True, "inputmode": "numeric", "autocomplete": "off"})

    def clean(self, value: Any) -> int | None:
        """Read what was typed."""
        try:
            return read_line(str(value or ""))
        except InputError as error:
            raise forms.ValidationError(str(error)) from error


class LinesForm(forms.Form):
    """The red lines of one person: for each service, and for a package as a whole."""

    def __init__(
        self, *args: Any, services: Mapping[str, str], now: Mapping[str, float], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        several = {PACKAGE: "Alle diensten van een pakket samen"} if len(services) > 1 else {}
        self.names = {f"grens-{key or 'pakket'}": key for key in (*services, *several)}
        for name, key in self.names.items():
            self.fields[name] = LineField(
                label={**services, **several}[key],
                required=False,
                initial=f"{now[key]:.0f}" if key in now else "",
                help_text="" if key else "Telt als u op de tafel meer diensten als pakket kiest.",
            )

    @property
    def lines(self) -> Mapping[str, int]:
        """The lines that were filled in, by service."""
        given = {key: self.cleaned_data[name] for name, key in self.names.items()}
        return {key: most for key, most in given.items() if most is not None}
