"""Forms about regions and who belongs to them."""

from collections.abc import Iterable
from typing import Any

from django import forms

from marke.web.tenancy.models import Role


class InvitationForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(label="E-mailadres")
    role = forms.ChoiceField(label="Rol")
    last_day = forms.DateField(
        label="Tot en met",
        required=False,
        help_text="De laatste dag van deze rol. Laat leeg als die nog niet vaststaat.",
        widget=forms.DateInput(attrs={"type": "date", "data-short": ""}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = [(role.value, role.label) for role in roles]
