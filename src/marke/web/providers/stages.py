"""The second step of signing in, which a provider may have asked already."""

from typing import Any

from allauth.mfa.stages import AuthenticateStage


class SecondStep(AuthenticateStage):
    """Asks a code or passkey, unless the provider asserted that it signed this person in with two steps."""

    def handle(self) -> tuple[Any, bool]:
        """Ask, or go on."""
        by_provider = (self.login.signal_kwargs or {}).pop("sociallogin", None)  # not kept while we wait
        if by_provider is not None and by_provider.account.two_steps:
            return None, True
        asked: tuple[Any, bool] = super().handle()
        return asked
