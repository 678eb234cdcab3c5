"""How fast the council's documents are made, from one run of Twente."""

import io
import sys
import tempfile
import time
from pathlib import Path

from pypdf import PdfReader

from marke.documents import pdf
from marke.documents.house_style import NEUTRAL
from marke.documents.kinds import KINDS, Told
from marke.run import open_run
from start import COMMAND, middle, seconds
from timing import shown

FORMATS = "pdf,odt,docx,html,ods,xlsx"


def pages_per_second(runs: Path) -> float:
    """Pages of all kinds a CPU second, once the first is made."""
    run = open_run(runs)
    told = Told(
        run.findings, run.findings.study.viewpoint_code, "run", "mark", run.question.study.settings.motion
    )
    documents = [compose(told) for compose in KINDS.values()]
    pdf.render(documents[1], NEUTRAL)
    begin = time.process_time()
    made = [pdf.render(document, NEUTRAL) for document in documents]
    taken = time.process_time() - begin
    return sum(len(PdfReader(io.BytesIO(content)).pages) for content in made) / taken


def main() -> None:
    """Measure and print the section."""
    with tempfile.TemporaryDirectory() as folder:
        runs = ["--runs", str(Path(folder) / "runs")]
        seconds([*COMMAND, "verken", "twente-actueel", "--trekkingen", "512", *runs])
        asked = [*COMMAND, "stukken", "--uit", str(Path(folder) / "stukken"), *runs]
        letter = middle([*asked, "--formaat", "pdf"], 3)
        letters = seconds([*asked, "--alle-gemeenten", "--formaat", FORMATS])
        everything = seconds([*asked, "--alles", "--formaat", FORMATS])
        pages = pages_per_second(Path(folder) / "runs")
    print("## Documents\n")
    print("| what | wall | CPU |", "|---|---|---|", sep="\n")
    for what, (wall, cpu) in {
        "one letter as PDF, the whole command": letter,
        "letters for all 14 municipalities in six formats": letters,
        "all eleven kinds for one municipality in six formats": everything,
    }.items():
        print(f"| {what} | {shown(wall)} | {shown(cpu)} |")
    print(f"\nPDF/A-3a pages a CPU second, charts included: **{pages:.0f}**.")


if __name__ == "__main__":
    sys.exit(main())
