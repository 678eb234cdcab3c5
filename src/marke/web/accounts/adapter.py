"""How people come in: by invitation only."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):
    """Closes every way to an account but an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody makes an account by himself."""
        return False

    def get_login_stages(self) -> list[str]:
        """Return the stages of signing in; a provider may have asked the second step already."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "marke.web.providers.stages.SecondStep"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]
