"""What a first run compiles, it compiles once, in two processes, and in the versions that later runs use."""

import os
import subprocess
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from marke import games as g
from marke.engine import compilation, kernel, rows
from marke.engine.simulate import simulate
from marke.games import compiled as options
from marke.games.compiled import fold, partition, simplex


def of_three_players(name: str) -> np.ndarray:
    shape = {2: (2, 4), 3: (2, 4, 3), 4: (2, 1, 4, 3)}[compilation.AXES.get(name, 2)]
    return np.ones((2, 1, 4) if name in ("price", "power") else shape)


def test_real_studies_use_the_versions_that_were_compiled_ahead():
    compilation.compile_kernel()
    compilation.compile_games()
    terms = {name: of_three_players(name) for name in kernel.Terms._fields}
    terms["allowed"] = np.ones((2, 8), np.bool_)
    each = np.ones((4, 3))
    simulate(kernel.Terms(**terms), each, each, np.ones((2, 1, 3)) / 3, g.shapley_weights(3), 0.03)
    cost = np.sqrt(g.sizes(13)) * np.ones((2, 1))
    g.per_capita_prenucleolus(cost)
    g.least_core(cost)
    g.in_core(cost, g.shapley(cost))
    g.optimal_structures(cost)
    for function in (
        kernel.run,
        simplex.nucleolus_row,
        partition.structure_rows,
        fold.shapley_rows,
        fold.potential_rows,
        fold.scan_rows,
        fold.least_remainder_rows,
    ):
        assert len(function.signatures) == 1, function.__name__


def test_the_kernel_names_what_it_is_made_of():
    """Else the compiler's cache would go on with what it made of another version of these files."""
    files = (rows.__file__, fold.__file__, options.__file__)
    digest = sha256(b"".join(Path(file).read_bytes() for file in files)).hexdigest()[:12]
    assert digest == kernel.PARTS


def test_games_are_compiled_in_a_process_beside_this_one(monkeypatch: pytest.MonkeyPatch):
    ended = []

    class Noted(subprocess.Popen):
        def wait(self, timeout: float | None = None) -> int:
            ended.append(super().wait(timeout))
            return ended[-1]

    monkeypatch.setattr(compilation, "_kept", lambda _: False)
    monkeypatch.setattr(subprocess, "Popen", Noted)
    compilation.compile_ahead()
    assert ended == [0, 0]


def test_nothing_is_started_when_all_was_kept(monkeypatch: pytest.MonkeyPatch):
    compilation.compile_ahead()
    monkeypatch.setattr(subprocess, "Popen", None)
    compilation.compile_ahead()


def test_a_file_that_is_written_anew_with_the_same_text_counts_once(monkeypatch: pytest.MonkeyPatch):
    compilation.compile_ahead()
    for version in compilation._versions(kernel.run):
        os.utime(version, (0, 0))
    assert not compilation._kept(kernel.run)
    compilation.compile_ahead()
    monkeypatch.setattr(subprocess, "Popen", None)
    compilation.compile_ahead()


@pytest.mark.parametrize(("age", "kept"), [(-1, False), (1, True)])
def test_a_version_older_than_its_file_does_not_count(tmp_path, age, kept):
    source, version = tmp_path / "loops.py", tmp_path / "loops.run-3.py311.nbi"
    source.touch()
    version.touch()
    os.utime(version, (source.stat().st_mtime + age,) * 2)
    function = SimpleNamespace(
        __name__="run",
        py_func=SimpleNamespace(__code__=SimpleNamespace(co_filename=str(source))),
        stats=SimpleNamespace(cache_path=str(tmp_path)),
    )
    assert compilation._kept(function) is kept
