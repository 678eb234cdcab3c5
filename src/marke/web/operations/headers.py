"""Headers that Django does not set: what a page may use of the machine, and who may include it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_NOTHING = (
    "accelerometer", "autoplay", "camera", "display-capture", "fullscreen", "geolocation", "gyroscope",
    "magnetometer", "microphone", "midi", "payment", "usb",
)  # fmt: skip
_PASSKEYS = ("publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS = ", ".join([*(f"{name}=()" for name in _NOTHING), *(f"{name}=(self)" for name in _PASSKEYS)])


class HeadersMiddleware:
    """Adds Permissions-Policy (passkeys only) and Cross-Origin-Resource-Policy to every answer."""

    def __init__(self, following: Callable[[HttpRequest], HttpResponse]) -> None:
        self.following = following

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the headers."""
        answer = self.following(request)
        answer["Permissions-Policy"] = PERMISSIONS
        answer.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return answer
