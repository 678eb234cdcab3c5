"""``marke studie``: begin a study, and check one before calculating."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from marke.catalogue import Catalogue
    from marke.study import Study


@click.group()
def studie() -> None:
    """Een verkenning beginnen en controleren."""


@studie.command()
@click.argument("regio", nargs=-1, required=True)
@click.option(
    "--map",
    "folder",
    type=click.Path(path_type=Path),
    required=True,
    help="Map voor de nieuwe bestanden; zij wordt gemaakt als zij er nog niet is.",
)
@click.option("--naam", "name", default="", help="Naam van de verkenning.")
@click.option("--gezichtspunt", "viewpoint", default="", help="Gemeente waarvoor het verslag is.")
@click.option(
    "--overschrijf",
    "overwrite",
    is_flag=True,
    help="Vervang bestaande bestanden, ook een nulmeting die al is ingevuld.",
)
def nieuw(regio: tuple[str, ...], folder: Path, name: str, viewpoint: str, *, overwrite: bool) -> None:
    """Maak een studiebestand en een lege nulmeting.

    REGIO is een regio, zoals Twente of provincie:Zeeland, of twee of meer gemeenten.
    """
    from marke.catalogue import load_catalogue
    from marke.new_study import new_study
    from marke.region import load_country

    study_path, baseline_path = new_study(
        folder,
        regio[0] if len(regio) == 1 else regio,
        load_catalogue(),
        load_country(),
        name=name,
        viewpoint=viewpoint,
        overwrite=overwrite,
    )
    click.echo(f"Gemaakt: {study_path}")
    click.echo(f"Gemaakt: {baseline_path}")
    click.echo("")
    click.echo("Wat u nu kunt doen:")
    click.echo(f"1. Bekijk {study_path.name} en verander wat u wilt.")
    click.echo(f'2. Controleer alles: marke studie controleer "{study_path}"')
    click.echo(f'3. Maak een werkmap per gemeente: marke intake maak "{study_path}" --map werkmappen')
    click.echo("   Wat niemand invult, wordt geschat.")


@studie.command()
@click.argument("study_path", metavar="STUDIE", type=click.Path(path_type=Path))
def controleer(study_path: Path) -> None:
    """Lees een studiebestand met alles wat erbij hoort en vat het samen."""
    from marke.catalogue import load_catalogue
    from marke.region import load_country
    from marke.study import load_study

    catalogue = load_catalogue()
    study = load_study(study_path, catalogue, load_country())
    for line in _summary(study, catalogue):
        click.echo(line)


def _summary(study: Study, catalogue: Catalogue) -> list[str]:
    from marke.catalogue.intake import questions

    settings = study.settings
    municipalities = study.region.municipalities
    lines = [
        f"{settings.name}: het bestand klopt.",
        f"Regio: {study.region.name}, {len(municipalities)} gemeenten; gezichtspunt {study.viewpoint.name}.",
        f"Peildatum {settings.reference_date}, gewenste start {settings.wanted_start}.",
        "",
        "Spelers per dienst:",
    ]
    for key, scope in settings.services.items():
        service = catalogue.services[key]
        level = service.levels[scope.level].label
        lines.append(f"- {service.label}, niveau {level}: {len(study.players(key))} spelers")
    lines += ["", "Blokken (samen één speler):" if study.blocs else "Er zijn geen blokken."]
    names = {each.code: each.name for each in municipalities}
    for bloc in study.blocs:
        members = ", ".join(names[code] for code in sorted(bloc.members))
        all_services = bloc.services >= set(settings.services)
        chosen = [catalogue.services[key].label for key in catalogue.services if key in bloc.services]
        lines.append(
            f"- {bloc.name}: {members}; voor {'alle diensten' if all_services else ', '.join(chosen)}"
        )
    asked = len(questions(catalogue)) * len(municipalities)
    answered = study.baseline.given
    lines += ["", f"Nulmeting: {answered} van {asked} vragen zijn beantwoord; de rest wordt geschat."]
    return lines
