"""The command line of the package: python -m marke.games < cost.csv."""

import subprocess
import sys
from pathlib import Path

import pytest

GOOD = "coalition,cost\nA,10\nB,12\nC,8\nA+B,17\nA C,14\nB + C,15\nC+B+A,21\n"


def run(text, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "marke.games", *arguments],
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("text", [GOOD, GOOD.removeprefix("coalition,cost\n")])
def test_a_table_gives_allocations_and_stability(text):
    done = run(text)
    assert (done.returncode, done.stderr) == (0, "")
    lines = {line[:15].strip(): line.split() for line in done.stdout.splitlines()}
    assert lines["equal"][1:] == ["7.00", "7.00", "7.00", "yes"]
    assert lines["nucleolus"][1:] == ["7.33", "8.33", "5.33", "yes"]
    assert "epsilon -1.33, so the core is not empty" in done.stdout
    assert "cheapest partition 21.00: A+B+C" in done.stdout


def test_unstable_and_undefined_are_told():
    done = run("A,1\nB,1\nC,1\nA+B,1\nA+C,1\nB+C,1\nA+B+C,3.5\n")
    assert done.returncode == 0
    assert "undefined for this game" in done.stdout
    assert "the core is empty" in done.stdout
    assert "A+B gains 1.33 (6 blocking)" in done.stdout


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no coalition"),
        ("A,1\nB,2\n", "coalition A+B is missing"),
        ("A,1\nB,2\nA+B+C,3\n", "coalition A+B and 3 more are missing"),
        ("A,1\nA,2\n", "line 2: coalition A is given twice"),
        ("A,1\nB,x\n", "line 2: the cost 'x' is not"),
        ("A,1\nB,nan\n", "line 2: the cost 'nan' is not"),
        ("A,1\nB,2,3\n", "line 2: expected coalition,cost"),
        ("A,1\nA+A,3\n", "names a player twice"),
        ("A,1\n+,3\n", "line 2: the coalition is empty"),
        ("+".join(f"P{i}" for i in range(25)) + ",1\n", "shapley_sampled"),
    ],
)
def test_bad_input_is_one_sentence_and_status_2(text, message):
    done = run(text)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_example_of_the_page_gives_what_it_says():
    page = (Path(__file__).parents[2] / "docs" / "games.md").read_text()
    names = {}
    exec(page.split("```python")[1].split("```")[0], names)  # noqa: S102
    cost = names["cost"]
    assert names["shapley"](cost) == pytest.approx([7.17, 8.67, 5.17], abs=0.005)
    assert names["nucleolus"](cost) == pytest.approx([7.33, 8.33, 5.33], abs=0.005)
    assert names["in_core"](cost, names["shapley"](cost))
    assert names["most_blocking"](cost, names["shapley"](cost)) == (3, pytest.approx(-1.17, abs=0.005))
    assert names["optimal_structure"](cost) == (21.0, [7])


def test_usage():
    assert run("", "--help").returncode == 0
    assert run("", "file.csv").returncode == 2


def test_importing_the_package_loads_no_compiler():
    code = "import sys, marke.games; sys.exit('numba' in sys.modules or 'scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
