"""Forms about accounts."""

from django import forms


class NewAccountForm(forms.Form):
    """Name, address and password of a new account."""

    name = forms.CharField(
        label="Uw naam", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label="Uw e-mailadres", widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label="Kies een wachtwoord",
        help_text="Minstens twaalf tekens. Een zin van een paar woorden is goed te onthouden.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
