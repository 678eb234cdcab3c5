"""marke stukken: the council's documents of a run, in the formats that are asked."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from marke.cli.show import RUNS
from marke.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.progress import Progress

    from marke.documents.kinds import Told
    from marke.run import Run
    from marke.talks import Talk

OUT = Path("stukken")


@click.command(short_help="Maak de stukken voor college en raad.")
@click.argument("run", required=False)
@click.option("--gemeente", help="Voor welke gemeente.  [standaard: het gezichtspunt van de studie]")
@click.option("--soort", "kinds", help="Soorten, met komma's ertussen; zonder: de raadsinformatiebrief.")
@click.option("--alles", "everything", is_flag=True, help="Alle soorten.")
@click.option("--alle-gemeenten", "everyone", is_flag=True, help="Voor iedere gemeente van de regio.")
@click.option(
    "--formaat", "formats", default="pdf,odt", show_default=True, help="pdf, odt, docx, html, ods, xlsx."
)
@click.option(
    "--huisstijl", type=click.Path(path_type=Path), help="TOML-bestand met naam, adres, kleur en logo."
)
@click.option(
    "--gesprekken",
    type=click.Path(path_type=Path),
    help="TOML-bestand met gesprekken: met wie, wanneer, wat.",
)
@click.option(
    "--logboek", type=click.Path(path_type=Path), help="Logboek van besluiten (JSON) uit de werkruimte."
)
@click.option(
    "--uit",
    "out",
    type=click.Path(path_type=Path),
    default=OUT,
    show_default=True,
    help="Map voor de stukken.",
)
@RUNS
def stukken(
    run: str | None,
    gemeente: str | None,
    kinds: str | None,
    formats: str,
    huisstijl: Path | None,
    gesprekken: Path | None,
    logboek: Path | None,
    out: Path,
    runs: Path,
    *,
    everything: bool,
    everyone: bool,
) -> None:
    """Maak de stukken bij RUN (zonder naam: de laatste).

    Soorten: verkenning, raadsinformatiebrief, tussenbericht, collegevoorstel, raadsvoorstel, berap,
    begroting, oplegger, bijdragen, vragen en bijlage.
    """
    from marke.documents.kinds import KINDS
    from marke.documents.write import FORMATS, write_documents
    from marke.run import open_run

    chosen = list(KINDS) if everything else _named(kinds or "raadsinformatiebrief", KINDS, "--soort")
    asked = _named(formats, FORMATS, "--formaat")
    opened = open_run(runs, run)
    if opened.question.study.settings.motion is None:
        chosen = _without_motion(chosen, everything=everything)
    talks, log = _talks(opened, gesprekken), _head(logboek)
    problems: dict[str, None] = {}
    with _progress() as bar:
        towns = opened.findings.municipalities if everyone else (None,)
        task = bar.add_task("stukken maken", total=len(towns) * len(chosen) * len(asked))
        for town in towns:
            told = _told(opened, town.name if town else gemeente, huisstijl, talks, log)
            for written in write_documents(told, chosen, asked, out):
                bar.advance(task)
                if written.problem:
                    problems[written.problem] = None
                else:
                    bar.console.print(str(written.path), highlight=False, soft_wrap=True)
    for problem in problems:
        click.echo(problem, err=True)


def _progress() -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    return Progress(TextColumn("{task.description}"), BarColumn(), console=Console(), transient=True)


def _named(text: str, known: "Iterable[str]", option: str) -> list[str]:
    """The names in a list with commas, each of which must be known."""
    from marke.files import suggest

    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in known:
            raise InputError(
                f"'{name}' kan hier niet.",
                where=option,
                mend=suggest(name, known).strip() or f"Kies uit {', '.join(known)}.",
            )
    if not names:
        raise InputError("Hier staat niets.", where=option, mend=f"Kies uit {', '.join(known)}.")
    return names


def _without_motion(chosen: list[str], *, everything: bool) -> list[str]:
    """Leave out what answers a motion; raises InputError for such a kind that was asked by name."""
    from marke.documents.kinds import ON_A_MOTION

    asked = [kind for kind in chosen if kind in ON_A_MOTION]
    if asked and not everything:
        raise InputError(
            f"Deze studie noemt geen motie; een {asked[0]} kan dan niet.",
            where="--soort",
            mend="Zet de motie als [motie] in de studie en reken opnieuw.",
        )
    return [kind for kind in chosen if kind not in ON_A_MOTION]


def _talks(opened: "Run", register: Path | None) -> "tuple[Talk, ...]":
    from marke.talks import read_talks

    names = [municipality.name for municipality in opened.findings.municipalities]
    return read_talks(register, names) if register else ()


def _head(log: Path | None) -> str:
    """What is printed of the log's last entry; a log that does not hold is refused."""
    from marke.chain import head, read_entries

    return head(read_entries(log), str(log)) if log else ""


def _told(opened: "Run", name: str | None, style: Path | None, talks: "tuple[Talk, ...]", log: str) -> "Told":
    from marke.chain import SHORT
    from marke.documents.house_style import NEUTRAL, read_house_style
    from marke.documents.kinds import Told
    from marke.run import FINDINGS

    town = opened.municipality(name or opened.findings.study.viewpoint)
    viewer = opened.findings.study.viewer
    if viewer and town.name != viewer:
        raise InputError(
            f"Deze run is alleen voor {viewer}; er komen geen stukken voor {town.name} van.",
            mend="Maak een run zonder --als.",
        )
    return Told(
        findings=opened.findings,
        code=town.code,
        run=opened.folder.name,
        mark=hashlib.sha256((opened.folder / FINDINGS).read_bytes()).hexdigest()[:SHORT],
        motion=opened.question.study.settings.motion,
        talks=talks,
        log=log,
        style=read_house_style(style) if style else NEUTRAL,
    )
