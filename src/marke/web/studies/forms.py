"""Forms about regions."""

from typing import Any

from django import forms

from marke.errors import InputError
from marke.region import KINDS, load_country


class RegionForm(forms.Form):
    """A region by name, or by a list of municipalities."""

    area = forms.ChoiceField(label="Regio", required=False)
    municipalities = forms.CharField(
        label="Of noem zelf de gemeenten",
        required=False,
        help_text="Eén gemeente per regel, of met een komma ertussen.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    name = forms.CharField(
        label="Naam van de regio",
        required=False,
        max_length=120,
        help_text="Laat leeg om de naam van de regio te gebruiken.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country = load_country()
        areas = [
            (
                KINDS[kind].capitalize(),
                [(f"{kind}:{each.code or each.name}", each.name) for each in country.regions(kind)],
            )
            for kind in KINDS
        ]
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = [("", "Kies een regio"), *areas]

    def clean(self) -> dict[str, Any]:
        """Turn either choice into what makes a region."""
        given = super().clean() or self.cleaned_data
        names = [part.strip() for part in given.get("municipalities", "").replace(",", "\n").splitlines()]
        wanted: str | list[str] = [name for name in names if name] or given.get("area", "")
        try:
            load_country().select(wanted)
        except InputError as error:
            raise forms.ValidationError(str(error)) from error
        return given | {"wanted": wanted}
