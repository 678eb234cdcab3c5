"""How long a user waits before anything is computed: cold start, and the first run in a fresh environment."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from timing import shown

RUNS = 7
COMMAND = [sys.executable, "-c", "from marke.cli import main; main()"]
STUDY = [*COMMAND, "verken", "twente-actueel", "--trekkingen", "64"]


def seconds(command: list[str], **environment: str) -> tuple[float, float]:
    """Wall and CPU seconds of one process."""
    begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **environment})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - begin, cpu


def middle(command: list[str], runs: int, **environment: str) -> tuple[float, float]:
    """Medians of wall and CPU seconds."""
    taken = [seconds(command, **environment) for _ in range(runs)]
    return median(wall for wall, _ in taken), median(cpu for _, cpu in taken)


def main() -> None:
    """Measure and print the section."""
    with tempfile.TemporaryDirectory() as folder:
        cache = {"NUMBA_CACHE_DIR": str(Path(folder) / "cache")}
        study = [*STUDY, "--runs", str(Path(folder) / "runs")]
        python, helped = middle([sys.executable, "-c", ""], RUNS), middle([*COMMAND, "--help"], RUNS)
        first, later = seconds(study, **cache), middle(study, 3, **cache)
    compiling = (first[0] - later[0], first[1] - later[1])
    print("## Before anything is computed\n")
    print("| what | wall | CPU |", "|---|---|---|", sep="\n")
    for what, (wall, cpu) in {
        "Python itself": python,
        "**`marke --help`**": helped,
        "first study in a fresh environment, 64 draws": first,
        "the same again, in a new process": later,
        "**so compilation, once, in two processes**": compiling,
    }.items():
        print(f"| {what} | {shown(wall)} | {shown(cpu)} |")


if __name__ == "__main__":
    main()
