"""The national study: time, processor time and peak memory, in all and per safety region.

Prints a section of Markdown. ``--trekkingen`` sets the draws (default 1,024), ``--processors`` processors;
``--regio`` measures one region, and may be repeated.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STUDY = "twente-actueel"


def measure(region: str, draws: int, processors: int) -> dict[str, float]:
    """Compute one region in this process: wall and processor seconds, peak MiB, most players."""
    from marke.engine.spread import threads
    from marke.question import find_study, read_question, shipped_inputs
    from marke.report import build_report
    from marke.run import explore_question, threads_that_fit

    question = read_question(shipped_inputs(find_study(STUDY), region, {"trekkingen": draws}))
    study = question.study
    players = max(len(study.players(service)) for service in study.settings.services)
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, threads(threads_that_fit(question, processors)) as pool:
        explore_question(question, Path(folder), build_report, None, pool)
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "players": players,
        "services": len(study.settings.services),
        "wall": time.perf_counter() - begin,
        "processor": used.ru_utime + used.ru_stime,
        "peak": used.ru_maxrss / 1024,
    }


def in_process(region: str, draws: int, processors: int) -> dict[str, float]:
    """Measure one region in a fresh process, so that its peak is its own."""
    command = [sys.executable, __file__, json.dumps([region, draws, processors])]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def regions() -> list[tuple[str, str]]:
    """Code and name of every safety region, the smallest first, so that what is slow comes last."""
    from marke.region import load_country

    found = load_country().regions("veiligheidsregio")
    ordered = sorted(found, key=lambda region: (len(region.municipalities), region.code))
    return [(f"veiligheidsregio:{region.code}", region.name) for region in ordered]


def main() -> None:
    """Measure every region and print the section."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--trekkingen", type=int, default=1024)
    parser.add_argument("--processors", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--regio", action="append")
    chosen = parser.parse_args()
    wanted = [(each, each) for each in chosen.regio] if chosen.regio else regions()
    print(f"## National study ({chosen.trekkingen} draws, {chosen.processors} processors)\n")
    print("| region | players | services | seconds | processor seconds | peak MiB |")
    print("|---|---|---|---|---|---|", flush=True)
    runs = []
    for code, name in wanted:
        run = in_process(code, chosen.trekkingen, chosen.processors)
        runs.append(run)
        print(
            f"| {name} | {run['players']:.0f} | {run['services']:.0f} | {run['wall']:.1f} "
            f"| {run['processor']:.1f} | {run['peak']:.0f} |",
            flush=True,
        )
    exact = [run for run in runs if run["players"] <= 24]
    seconds, used = (sum(run[name] for run in exact) for name in ("wall", "processor"))
    print(
        f"\n{len(exact)} regions exactly, one after another: **{seconds / 60:.1f} min**, {used / 60:.1f} min "
        f"of processor time, peak {max(run['peak'] for run in runs):.0f} MiB."
    )


if __name__ == "__main__":
    if len(sys.argv) == 2 and sys.argv[1].startswith("["):
        print(json.dumps(measure(*json.loads(sys.argv[1]))))
    else:
        main()
