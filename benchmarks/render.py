"""Compose docs/performance.md from what the benchmarks print, each in a process of its own.

A new benchmark is a script here that prints a section of Markdown, and a line in SECTIONS.
Peers are optional: `pip install coopgame-py shapley-numba coopgt "shapiq<1.5"` next to marke.
"""

import os
import platform
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from marke.files import write_atomically

SECTIONS = ("kernel.py", "games.py", "exploration.py", "start.py", "documents.py", "country.py")
LIBRARIES = ("numpy", "scipy", "numba", "coopgame-py", "shapley-numba", "coopgt", "shapiq")
HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "performance.md"
HEAD = """# Performance

Measured by `make bench`. Medians; ratios matter, seconds do not: other work on the machine slows all of it.

{machine}.
"""


def installed(name: str) -> str:
    """Name and version of a library."""
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"{name} not installed"


def processor() -> str:
    """Name of the processor, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{platform.machine()}, {names[0]}" if names else platform.machine()


def main() -> None:
    """Run all benchmarks or those named, show what they print, and write the page when all succeeded."""
    known = ", ".join(installed(name) for name in LIBRARIES)
    machine = f"{processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, {known}"
    if hasattr(os, "getloadavg"):
        machine += f"; load {os.getloadavg()[0]:.1f} at the start"
    parts = [HEAD.format(machine=machine)]
    for script in sys.argv[1:] or SECTIONS:
        command = [sys.executable, str(HERE / script)]
        section = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        print(section, flush=True)
        parts.append(section)
    write_atomically(PAGE, "\n".join(part.strip() + "\n" for part in parts))


if __name__ == "__main__":
    main()
