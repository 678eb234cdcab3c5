"""``marke serve``: the workspace with its database, in one command."""

from __future__ import annotations

import click


@click.command()
def serve() -> None:
    """Start de werkruimte op http://localhost:8000.

    De gegevens staan in de map van MARKE_DATA; een andere poort kiest u met MARKE_PORT. Met
    MARKE_DATABASE_URL en MARKE_DATABASE_OWNER_URL gebruikt u een eigen PostgreSQL (15 of nieuwer).
    """
    from marke.cli.werkruimte import workspace_installed

    workspace_installed()
    from marke.web.config.serve import serve as run

    run(click.echo)
