"""Spreading over the machines of a cluster with Dask, an optional extra."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

from marke import __version__
from marke.engine.spread import Pool
from marke.errors import InputError

PATIENCE = 10
"""Seconds to wait for a scheduler, and then for its first worker."""

LIBRARIES = ("numpy", "scipy", "numba")


@contextmanager
def cluster(address: str, here: int) -> Iterator[Pool]:
    """Run on the workers of the Dask scheduler at ``address`` (tcp://host:port), and on ``here`` threads.

    A worker that dies costs only its own tasks: the scheduler gives them to another. Raises InputError when
    the extra is not installed, nobody answers, there is no worker, a worker has other versions than this
    machine (results would differ), or the cluster is lost.
    """
    try:
        from distributed import Client
    except ImportError:
        raise InputError(
            "Rekenen op een cluster vraagt een extra onderdeel dat hier ontbreekt.",
            where="--cluster",
            mend="Installeer het met: pip install 'marke[cluster]'.",
        ) from None
    try:
        place = urlsplit(address)
        socket.create_connection((place.hostname or "", place.port or 0), PATIENCE).close()
        client = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError):
        raise InputError(
            f"Op '{address}' antwoordt geen Dask-scheduler.",
            where="--cluster",
            mend="Start er een met 'dask scheduler', of controleer het adres (tcp://naam:8786).",
        ) from None
    with client, _losses_told(address):
        count = _ready_workers(client, address)

        def submit(function: Any, task: Any) -> Any:
            return client.submit(function, task, pure=False)

        yield Pool(submit, count, here)


def _ready_workers(client: Any, address: str) -> int:
    """Return the number of threads of all workers, once there is one with the versions of this machine."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise InputError(
            f"De cluster op {address} heeft geen werkers.",
            where="--cluster",
            mend=f"Start er een op iedere machine met 'dask worker {address}'.",
        ) from None
    ours = versions()
    for worker, theirs in client.run(versions).items():
        if theirs != ours:
            raise InputError(
                f"Werker {worker} heeft andere versies dan deze computer: {theirs} in plaats van {ours}.",
                where="--cluster",
                mend="Installeer overal hetzelfde, met requirements.lock.",
            )
    return sum(client.nthreads().values())


def versions() -> str:
    """Name the versions on which the numbers depend."""
    parts = [f"marke {__version__}", *(f"{name} {version(name)}" for name in LIBRARIES)]
    return ", ".join(parts)


@contextmanager
def _losses_told(address: str) -> Iterator[None]:
    """Tell in Dutch that the cluster, or every worker that took a task, was lost."""
    from distributed import KilledWorker
    from distributed.client import FutureCancelledError
    from distributed.comm.core import CommClosedError

    try:
        yield
    except KilledWorker:
        raise InputError(
            f"De werkers van de cluster op {address} vielen keer op keer uit tijdens dezelfde taak.",
            where="--cluster",
            mend="Geef de werkers meer geheugen, of kies een kleinere regio.",
        ) from None
    except (FutureCancelledError, CommClosedError):
        raise InputError(
            f"De verbinding met de cluster op {address} is verbroken.",
            where="--cluster",
            mend="Start de scheduler en de werkers opnieuw, en herhaal de opdracht.",
        ) from None
