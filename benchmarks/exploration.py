"""Time and memory of the whole study of Twente, and its growth with draws.

Every measurement runs in a process of its own after one small warm-up run that loads the compiled kernel.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator

RUNS = 3
DRAWS = (8192, 4096, 2048, 1024)
SERVICES = ("privacy_officer", "ciso_office", "soc")


def measure(draws: int) -> dict[str, float]:
    """Explore three services once: seconds of the engine and with findings, peak MiB, evaluations."""
    from dataclasses import replace

    from marke.engine.explore import Explored, explore
    from marke.findings import compose
    from marke.question import Question, find_study, read_question, shipped_inputs

    def asked(count: int) -> Question:
        question = read_question(shipped_inputs(find_study("twente-actueel"), None, {"trekkingen": count}))
        settings = question.study.settings.model_copy(
            update={"services": {key: question.study.settings.services[key] for key in SERVICES}}
        )
        return replace(question, study=replace(question.study, settings=settings))

    def explored(count: int) -> tuple[float, float, int]:
        question = asked(count)
        start = time.perf_counter()
        engine, evaluated = 0.0, 0

        def each() -> Iterator[Explored]:
            nonlocal engine, evaluated
            for key in SERVICES:
                begin = time.perf_counter()
                result = explore(question.case(key), question.study)
                engine += time.perf_counter() - begin
                evaluated += len(result.statistics) * (2 ** len(result.case.players) - 1) * count
                yield result

        compose(question.study, question.catalogue, question.draws, each())
        return engine, time.perf_counter() - start, evaluated

    explored(16)
    engine, whole, evaluated = explored(draws)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"engine": engine, "whole": whole, "peak": peak, "evaluated": evaluated}


def in_process(draws: int) -> dict[str, float]:
    """Take the median run of ``measure`` in fresh processes."""
    runs = []
    for _ in range(RUNS):
        command = [sys.executable, __file__, str(draws)]
        runs.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    return sorted(runs, key=lambda run: run["engine"])[len(runs) // 2]


def main() -> None:
    """Measure everything and print the section."""
    print("## Twente: three services, all joint variants, all coalitions\n")
    print(
        f"Median wall time of {RUNS} runs in fresh processes, after a warm-up with 16 draws. Engine: all keys"
    )
    print("and their core checks in every draw of every variant; whole: with findings.\n")
    print(
        "| draws | engine | whole | peak memory | coalitions costed a second |",
        "|---|---|---|---|---|",
        sep="\n",
    )
    for draws in DRAWS:
        run = in_process(draws)
        rate = run["evaluated"] / run["engine"] / 1e6
        cells = f"{run['engine']:.2f} s | {run['whole']:.2f} s | {run['peak']:.0f} MiB | {rate:.0f} M"
        print(f"| {draws:,} | {cells} |")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(int(sys.argv[1]))))
    else:
        main()
