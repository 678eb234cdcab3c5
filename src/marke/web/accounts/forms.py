"""Forms about accounts."""

from django import forms


class InvitedForm(forms.Form):
    """Name and password of an account whose address is known."""

    name = forms.CharField(
        label="Uw naam", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label="Kies een wachtwoord",
        help_text="Minstens twaalf tekens. Een zin van een paar woorden is goed te onthouden.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class NewAccountForm(InvitedForm):
    """Name, address and password of a new account."""

    email = forms.EmailField(
        label="Uw e-mailadres", widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    field_order = ("name", "email", "password")
