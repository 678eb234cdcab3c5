"""Kill worker and database at random moments: how long is no worker heard?

``python benchmarks/web_silence.py [MINUTES]``; only processes that this program started are killed.
"""

import contextlib
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from marke.web.database.embedded import SUPERUSER, Cluster
from marke.web.database.secrets import load_secrets
from web_faults import descendants
from web_served import served

MINUTES = 15.0
SOON, LONG = (0.2, 3.0), 45.0
"""Seconds between two kills; now and then nothing is killed for long enough to hear a silence."""

REST = 0.07
"""The part of the kills after which it is long."""

AGE = "SELECT extract(epoch FROM now() - max(last_heartbeat))::float FROM procrastinate_workers"


def silence(url: str) -> float:
    """Seconds since a worker told that it lives; 0 while the database is away."""
    with contextlib.suppress(psycopg.Error), psycopg.connect(url, connect_timeout=5) as connection:
        told = connection.execute(AGE).fetchone()
        return float(told[0] or 0.0) if told else 0.0
    return 0.0


def kill_one(root: int, dice: random.Random) -> None:
    """Kill a process of the database or the worker."""
    commands = {pid: Path(f"/proc/{pid}/cmdline") for pid in descendants(root)}
    with contextlib.suppress(OSError):
        victims = [pid for pid, command in commands.items() if b"granian" not in command.read_bytes()]
        os.kill(dice.choice(victims), signal.SIGKILL)


def main() -> None:
    """Measure and print the section."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else MINUTES
    dice, kills, longest = random.Random(3), 0, 0.0
    with tempfile.TemporaryDirectory(prefix="marke-silence-") as name:
        Path(name).chmod(0o711)
        folder = Path(name) / "data"
        with served(folder, {}) as site:
            secrets = load_secrets(folder)
            url = Cluster(folder, secrets).url(SUPERUSER, secrets.superuser)
            end, kill_at = time.monotonic() + 60 * minutes, 0.0
            while time.monotonic() < end:
                if time.monotonic() > kill_at:
                    kill_one(site.process.pid, dice)
                    kills += 1
                    kill_at = time.monotonic() + (LONG if dice.random() < REST else dice.uniform(*SOON))
                longest = max(longest, silence(url))
                time.sleep(0.4)
    print("## The worker under faults\n")
    print(
        f"{kills} times kill -9 of the worker or the database in {minutes:g} minutes: "
        f"no worker was heard for {longest:.1f} s at most."
    )


if __name__ == "__main__":
    main()
