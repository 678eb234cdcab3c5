"""The form about a provider."""

from django import forms


class ProviderForm(forms.Form):
    """What a provider gave: where it is, and how it knows this workspace."""

    issuer = forms.URLField(
        label="Adres van de aanbieder (issuer)",
        max_length=300,
        assume_scheme="https",
        help_text="Bijvoorbeeld https://login.gemeente.nl. Uw ICT-afdeling weet het.",
    )
    client_id = forms.CharField(
        label="Naam van deze werkruimte bij de aanbieder (client id)",
        max_length=191,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    secret = forms.CharField(
        label="Geheim (client secret)",
        required=False,
        max_length=500,
        help_text="Wordt versleuteld bewaard en nooit meer getoond. Laat leeg om het huidige te houden.",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    acr = forms.CharField(
        label="Hoe de aanbieder aanmelden in twee stappen noemt (acr)",
        required=False,
        max_length=191,
        help_text="Alleen als hij niet 'mfa' zegt in amr. Zegt hij geen van beide, dan vragen wij de tweede "
        "stap zelf.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
