"""A question explored with its report: what 'marke verken' and the workspace both do."""

from pathlib import Path

from marke.charts import drawing_aside
from marke.cluster import cluster
from marke.engine.compilation import compile_ahead
from marke.engine.spread import threads
from marke.question import Question
from marke.report import build_report, draw_all
from marke.run import Progress, Run, explore_question, threads_that_fit


def explore_and_report(
    question: Question, runs: Path, progress: Progress, processors: int, address: str | None = None
) -> Run:
    """Compute a question with its report into a new folder under ``runs``, on at most so many processors.

    ``address`` is that of a Dask cluster. Raises InputError when the machine has too little memory or the
    folder cannot be written; what ``progress`` raises stops it.
    """
    here = threads_that_fit(question, processors)
    compile_ahead()
    aside = drawing_aside(1 if processors < 4 else 2)
    with aside, cluster(address, here) if address else threads(here) as pool:
        return explore_question(question, runs, build_report, progress, pool, draw_all)
