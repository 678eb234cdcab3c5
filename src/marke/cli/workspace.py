"""What the commands of the workspace share: it is an extra that must have been installed."""

from importlib.util import find_spec

from marke.errors import InputError


def workspace_installed() -> None:
    """Raise InputError when the packages of the workspace are not there."""
    if find_spec("django") is None or find_spec("psycopg") is None:
        raise InputError(
            "De werkruimte is niet geïnstalleerd.",
            mend="Start haar met 'make serve', of installeer marke met 'web' erbij.",
        )
