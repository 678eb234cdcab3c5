"""A new study: a commented study file with sensible settings, and an empty baseline beside it."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from textwrap import wrap

from marke.admission import variants_of
from marke.baseline import Baseline, write_baseline
from marke.catalogue.schema import Catalogue, Service
from marke.errors import InputError
from marke.files import make_folder, refuse_existing, write_atomically
from marke.region import KINDS, Country, Municipality, Region
from marke.study import MOST_PLAYERS
from marke.toml import toml_string

STUDY_FILE = "verkenning.toml"
BASELINE_FILE = "nulmeting.csv"
WIDTH = 106
LEAST_MONTHS = 9
"""A wanted start is a 1 January at least this many months away."""


def new_study(
    folder: Path,
    wanted: str | Iterable[str],
    catalogue: Catalogue,
    country: Country,
    *,
    name: str = "",
    viewpoint: str = "",
    overwrite: bool = False,
    today: date | None = None,
) -> tuple[Path, Path]:
    """Write ``verkenning.toml`` and an empty ``nulmeting.csv`` in a folder, and return both paths.

    ``wanted`` is a region, or a list of municipalities. Without ``viewpoint`` it is the first municipality.
    Raises InputError for an unknown region or municipality, a region that is too large, a file that exists
    already (unless ``overwrite``) or a folder that cannot be written.
    """
    region = country.select(wanted)
    _check_size(region)
    seen_from = _viewpoint(viewpoint, region, country)
    study_path, baseline_path = folder / STUDY_FILE, folder / BASELINE_FILE
    if not overwrite:
        refuse_existing((study_path, baseline_path))
    text = study_text(
        region,
        catalogue,
        wanted=_selection(wanted, region),
        name=name or f"Verkenning {region.name}",
        viewpoint=seen_from.name,
        year=_complete_year(region, country),
        today=today or date.today(),
    )
    make_folder(folder)
    write_baseline(baseline_path, Baseline({}), region, catalogue)
    write_atomically(study_path, text)
    return study_path, baseline_path


def study_text(
    region: Region,
    catalogue: Catalogue,
    *,
    wanted: str | tuple[str, ...],
    name: str,
    viewpoint: str,
    year: int,
    today: date,
) -> str:
    """Return the study file as TOML, every setting explained in Dutch."""
    region_toml = toml_string(wanted) if isinstance(wanted, str) else _array(wanted)
    services = "\n".join(_service_text(key, each, catalogue) for key, each in catalogue.services.items())
    return f"""\
# Een verkenning van marke voor {_one_line(region.name)}.
# Regels met een # ervoor zijn uitleg. Verander wat u wilt en controleer het bestand daarna met:
#   marke studie controleer {STUDY_FILE}

naam = {toml_string(name)}
# De vraag die boven het verslag staat.
vraag = "Zijn gezamenlijke functies voor ICT, informatiebeveiliging en privacy haalbaar en aantrekkelijk?"
# Een regio ("Twente", "veiligheidsregio:Twente", "corop:CR12", "provincie:Zeeland") of een lijst gemeenten.
regio = {region_toml}
# De gemeente waarvoor het verslag wordt geschreven.
gezichtspunt = {toml_string(viewpoint)}
# De dag waarop de verkenning kijkt: regels die later bekend werden, tellen niet mee.
peildatum = {today.isoformat()}
# De dag waarop het samen doen zou moeten beginnen.
gewenste_start = {first_start(today).isoformat()}
# Bedragen staan in euro's van dit jaar.
prijspeil = {today.year}
# Het jaar van de inwonertallen (CBS); dit is het laatste jaar dat voor alle gemeenten bekend is.
inwoners_per_1_januari = {year}
# Over zoveel jaar worden kosten vergeleken.
horizon_jaren = 8
# Rente boven de inflatie; een uitgangspunt van deze verkenning, geen feit.
reele_rente = 0.0225
# Hoe vaak de onzekere cijfers worden getrokken: 16 keer een macht van twee.
trekkingen = 8192
# Een ander getal geeft andere trekkingen; hetzelfde getal geeft altijd hetzelfde antwoord.
toevalsgetal = {today:%Y%m%d}
# De antwoorden van de gemeenten (marke intake lees). Wat ontbreekt, wordt geschat.
nulmeting = {toml_string(BASELINE_FILE)}

[drempels]
# Een besparing telt vanaf dit deel van de kosten alleen.
materialiteit = 0.03
# Zo zeker moet een uitspraak zijn.
kans = 0.80
# Een groep telt als afgehaakt als zij meer dan dit deel van het totaal wint door apart te gaan.
stabiliteit = 0.01
# Zoveel duurder dan alleen, als deel daarvan, mag betere kwaliteit zijn.
kwaliteitsmarge = 0.05
# Op een antwoord wordt gewacht als het dit deel van de kosten alleen waard is.
antwoord = 0.01

# De diensten. Haal een dienst weg die u niet wilt verkennen.

{services}
# De motie of opdracht waarop de documenten antwoord geven. Bij 'vraagt' past: praten, onderzoeken, informeren
# of begroten.
#
# [motie]
# raad = "gemeenteraad van {region.municipalities[0].name}"
# titel = "waar de motie over gaat"
# datum = 2026-01-15
# termijn = 2026-12-31
# moment = "de kadernota"
# bron = "waar dit staat"
#
# [[motie.punt]]
# sleutel = "1"
# vraagt = "onderzoeken"
# tekst = "te onderzoeken of ..."

# Een blok is één speler: gemeenten die voor een dienst al als één organisatie werken. Zonder 'diensten' geldt
# het blok voor alle diensten. Haal de # weg om het te gebruiken.
#
# [[blok]]
# naam = "naam van de samenwerking"
# gemeenten = {_array(each.name for each in region.municipalities[:2])}
# diensten = [{toml_string(next(iter(catalogue.services)))}]
# bron = "waar dit staat"

# Bestaande samenwerking die geen speler is: zij staat in het verslag en verandert geen bedrag.
#
# [[samenwerking]]
# naam = "naam van de samenwerking"
# gemeenten = {_array(each.name for each in region.municipalities[:2])}
# vorm = "centrumregeling"
# onderwerp = "waar de samenwerking over gaat"
# bron = "waar dit staat"

# Wie mee kan doen, per dienst en variant: zonder de gastheer of boven de capaciteit kan een groep niet. Voor
# de variant 'joining' (aansluiten) noemt u met samenwerking = "..." een blok of samenwerking van hierboven.
#
# [diensten.{_hosted(catalogue)}]
# gastheer = {toml_string(region.municipalities[0].name)}
# capaciteit = {max(2, len(region.municipalities))}
"""


def first_start(today: date) -> date:
    """Return the first 1 January that is at least nine months away."""
    last_day = date(today.year, 13 - LEAST_MONTHS, 1)
    return date(today.year + (1 if today <= last_day else 2), 1, 1)


def _array(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(toml_string, texts))}]"


def _one_line(text: str) -> str:
    return " ".join(toml_string(text)[1:-1].split())


def _service_text(key: str, service: Service, catalogue: Catalogue) -> str:
    levels = ", ".join(f"{name} ({level.label})" for name, level in service.levels.items())
    usual = ", ".join(variants_of(key, (), catalogue, ()))
    about = f"{service.label}. {service.summary}\nNiveaus: {levels}.\nZonder 'varianten' doen mee: {usual}."
    free = [name for name, joint in service.joint.items() if not catalogue.forms[joint.form].joins]
    return f'{_comment(about)}[diensten.{key}]\nniveau = "basic"\n# varianten = {_array(free)}\n' + "".join(
        f"#   {name}: {_one_line(catalogue.variant_label(key, name))}\n" for name in service.joint
    )


def _comment(text: str) -> str:
    """Return text as TOML comments of readable width."""
    lines = (wrap(_one_line(line), WIDTH) for line in text.splitlines())
    return "".join(f"# {line}\n" for wrapped in lines for line in wrapped)


def _hosted(catalogue: Catalogue) -> str:
    """Name the first variant that has a host, as a key of the study file."""
    return next(
        f"{key}.groepen.{variant}"
        for key, service in catalogue.services.items()
        for variant, joint in service.joint.items()
        if catalogue.forms[joint.form].hosted and not catalogue.forms[joint.form].joins
    )


def _check_size(region: Region) -> None:
    if (size := len(region.municipalities)) > MOST_PLAYERS:
        raise InputError(
            f"{region.name} telt {size} gemeenten; een verkenning kan er tot en met {MOST_PLAYERS} aan.",
            mend="Kies een kleinere regio, of noem de gemeenten die meedoen.",
        )


def _viewpoint(viewpoint: str, region: Region, country: Country) -> Municipality:
    if not viewpoint:
        return region.municipalities[0]
    found = country.find(viewpoint)
    if found not in region.municipalities:
        raise InputError(
            f"{found.name} ligt niet in {region.name}.",
            where="--gezichtspunt",
            mend="Kies een gemeente uit de regio.",
        )
    return found


def _selection(wanted: str | Iterable[str], region: Region) -> str | tuple[str, ...]:
    """Return what selects this region and no other, also when a bare name means more than one."""
    if not isinstance(wanted, str):
        return tuple(each.name for each in region.municipalities)
    for kind, label in KINDS.items():
        if region.name.startswith(f"{label} "):
            return f"{kind}:{region.name.removeprefix(f'{label} ')}"
    return wanted


def _complete_year(region: Region, country: Country) -> int:
    for year in reversed(country.years):
        if all(each.inhabitants.get(year) is not None for each in region.municipalities):
            return year
    raise InputError(
        f"Van geen enkel jaar zijn alle inwonertallen van {region.name} bekend.",
        mend="Haal ze op met 'marke regio verversen'.",
    )
