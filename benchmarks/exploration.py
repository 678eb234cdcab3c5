"""Time and memory of the exploration: the Twente study, and growth with players and draws.

Every measurement runs in a process of its own after one small warm-up run that loads the compiled kernel.
Prints a Markdown page; `make bench` writes it to docs/performance.md.
"""

import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.metadata import version

RUNS = 3
LONG = 18  # players from which one run is measured
PLAYERS = (8, 10, 12, 14, 16, 18, 20)
DRAWS = (1024, 2048, 4096, 8192)
GROWTH_DRAWS = 1024
GROWTH_PLAYERS = 13


def measure(players: int | None, draws: int) -> dict[str, float]:
    """Explore the three services once: seconds, peak MiB, coalition evaluations. ``None``: Twente itself."""
    from dataclasses import replace

    from marke.engine.explore import Explored, explore
    from marke.findings import compose
    from marke.question import find_study, read_question, shipped_inputs

    def explored(count: int) -> tuple[float, float, int]:
        question = read_question(shipped_inputs(find_study("twente-actueel"), None, {"trekkingen": count}))
        study = question.study
        if players is not None:
            region = question.country.select("Noord- en Oost-Gelderland")
            region = replace(region, municipalities=region.municipalities[:players])
            study = replace(study, region=region, blocs=(), viewpoint=region.municipalities[0])
            question = replace(question, study=study)
        start = time.perf_counter()
        kernel, evaluated = 0.0, 0

        def each() -> Iterator[Explored]:
            nonlocal kernel, evaluated
            for key in study.settings.services:
                begin = time.perf_counter()
                result = explore(question.case(key), study)
                kernel += time.perf_counter() - begin
                evaluated += len(result.statistics) * (2 ** len(result.case.players) - 1) * count
                yield result

        compose(study, question.catalogue, question.draws, each())
        return kernel, time.perf_counter() - start, evaluated

    explored(16)
    seconds, whole, evaluated = explored(draws)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "whole": whole, "peak": peak, "evaluated": evaluated}


def in_process(players: int | None, draws: int) -> dict[str, float]:
    """Take the median run of ``measure`` in fresh processes; one run only where one takes long."""
    runs = []
    for _ in range(RUNS if (players or 0) < LONG else 1):
        command = [sys.executable, __file__, json.dumps([players, draws])]
        runs.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    return sorted(runs, key=lambda run: run["seconds"])[len(runs) // 2]


def growth(rows: list[tuple[str, int | None, int]], label: str) -> list[str]:
    """Measure rows and give each its ratio to the first."""
    lines = [f"| {label} | seconds | ratio to first | peak MiB | evaluations/s |", "|---|---|---|---|---|"]
    first = 0.0
    for name, players, draws in rows:
        run = in_process(players, draws)
        first = first or run["seconds"]
        rate = run["evaluated"] / run["seconds"] / 1e6
        cells = (
            f"{run['seconds']:.2f}",
            f"{run['seconds'] / first:.1f}",
            f"{run['peak']:.0f}",
            f"{rate:.0f} M",
        )
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def main() -> None:
    """Measure everything and print the page."""
    twente = in_process(None, 8192)
    libraries = ", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy", "numba"))
    lines = [
        "# Performance",
        "",
        "Measured by `make bench`; median of "
        f"{RUNS} runs in fresh processes (from {LONG} players: one), after a warm-up with 16 draws.",
        "Ratios matter, seconds do not.",
        "",
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {libraries}.",
        "",
        "Twente: three services, nine joint variants, all coalitions, 8,192 draws, with four keys and their",
        f"core check in every draw: **{twente['seconds']:.1f} s**, with findings "
        f"**{twente['whole']:.1f} s**, peak **{twente['peak']:.0f} MiB**, "
        f"{twente['evaluated'] / twente['seconds'] / 1e6:.0f} million coalition evaluations a second.",
        "",
        f"## Growth with players ({GROWTH_DRAWS} draws)",
        "",
        *growth([(str(n), n, GROWTH_DRAWS) for n in PLAYERS], "players"),
        "",
        f"## Growth with draws ({GROWTH_PLAYERS} players)",
        "",
        *growth([(str(d), GROWTH_PLAYERS, d) for d in DRAWS], "draws"),
    ]
    print("\n".join(lines))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(*json.loads(sys.argv[1]))))
    else:
        main()
