"""Where marke's own data lives, and reading and writing files with errors a user understands."""

import contextlib
import csv
import difflib
import errno
import importlib.resources
import io
import os
import re
import secrets
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from marke.errors import InputError

_FULL = {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_FOLDER = {errno.EISDIR}
_ABSENT = {errno.ENOENT, errno.ENOTDIR}
_INTEGER = re.compile(r"-?[0-9]{1,12}")
_DECIMAL = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "–": "-", "‑": "-"})


def data_folder(name: str) -> Path:
    """Return the folder ``name`` ("catalogue" or "regions") with marke's own data.

    An installed package holds it as ``marke/data/<name>``; a checkout has it beside ``src``.
    Raises InputError when neither is there.
    """
    packaged = Path(str(importlib.resources.files("marke"))) / "data" / name
    checkout = Path(__file__).resolve().parents[2] / name
    for folder in (packaged, checkout):
        if folder.is_dir():
            return folder
    raise InputError(
        f"De map '{name}' met gegevens van marke ontbreekt.",
        where=str(packaged),
        mend="Installeer marke opnieuw.",
    )


def read_bytes(path: Path | str) -> bytes:
    """Return the content of a file; raises InputError when it cannot be read."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error
    except ValueError as error:
        raise InputError(
            "Deze bestandsnaam kan niet.", where=repr(str(path)), mend="Geef een andere naam op."
        ) from error


def read_text(path: Path | str) -> str:
    """Return the text of a UTF-8 file, without byte order mark and with its line ends as they are.

    Raises InputError when the file cannot be read or is not UTF-8; the message then names the line.
    """
    content = read_bytes(path)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(
            "Het bestand is geen leesbare tekst (UTF-8).",
            where=f"{path}, regel {line}",
            mend="Bewaar het opnieuw als tekst met codering UTF-8.",
        ) from error


def write_atomically(path: Path | str, data: bytes | str) -> None:
    """Write a whole file or nothing: a reader sees the old content or the new, never a part.

    Text is written as UTF-8 with its line ends as they are. A link is followed, and the permissions of an
    existing file are kept. Raises InputError when the file cannot be written; the old content then stands.
    """
    content = data.encode("utf-8") if isinstance(data, str) else data
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".marke-{secrets.token_hex(8)}.tmp")
    try:
        _write_new(temporary, content)
        if target.exists():
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))
        temporary.replace(target)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Make a folder with those above it; raises InputError when that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"De map kan niet worden gemaakt ({error.strerror}).",
            where=str(folder),
            mend="Kies een andere map.",
        ) from error


def refuse_existing(paths: Iterable[Path]) -> None:
    """Raise InputError when one of the files is there already: work is never replaced in silence."""
    for path in paths:
        if path.exists():
            raise InputError(
                "Dit bestand bestaat al; er is niets geschreven.",
                where=str(path),
                mend="Kies een andere map, of gebruik --overschrijf om het te vervangen.",
            )


def slug(text: str) -> str:
    """Return text as part of a file name: lower case, digits and hyphens, never empty."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-") or "naamloos"


def fold(text: str) -> str:
    """Return text as it is compared: no capitals, no diacritics, single blanks, plain quotes and hyphens."""
    plain = unicodedata.normalize("NFKD", text.translate(_TYPOGRAPHY))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())


def suggest(word: str, candidates: Iterable[str]) -> str:
    """Return " Bedoelt u A, B of C?" with at most three candidates that look like ``word``, or "".

    Capitals and diacritics do not count. Candidates that begin with the word come first, then the most
    alike (Ratcliff and Obershelp, 1988, as in ``difflib``).
    """
    names: dict[str, str] = {}
    for candidate in candidates:
        names.setdefault(fold(candidate), candidate)
    wanted = fold(word)
    begins = [key for key in sorted(names) if len(wanted) > 1 and key.startswith(wanted)]
    alike = difflib.get_close_matches(wanted, sorted(names), n=3, cutoff=0.6)
    found = [names[key] for key in dict.fromkeys(begins + alike)][:3]
    if not found:
        return ""
    *others, last = found
    return f" Bedoelt u {', '.join(others)} of {last}?" if others else f" Bedoelt u {last}?"


@dataclass(frozen=True)
class Row:
    """One line of a csv file; reading a cell checks it and names file, line and column when it is wrong."""

    file: Path
    line: int
    cells: Mapping[str, str]

    def error(self, column: str, what: str, mend: str) -> InputError:
        """Return an error about this cell."""
        return InputError(what, where=f"{self.file}, regel {self.line}, kolom {column}", mend=mend)

    def text(self, column: str, pattern: str = r".+", example: str = "") -> str:
        """Return the text of a cell that must be filled and match ``pattern`` (shown as ``example``)."""
        value = self.cells[column].strip()
        if not value:
            raise self.error(column, "Deze cel is leeg.", "Vul de cel in.")
        if not re.fullmatch(pattern, value):
            raise self.error(column, f"'{value}' kan hier niet staan.", f"Gebruik bijvoorbeeld {example}.")
        return value

    def code(self, column: str, letters: str) -> str:
        """Return a CBS code: these two letters, then two digits for an area or four for a municipality."""
        digits = 4 if letters == "GM" else 2
        return self.text(column, f"{letters}[0-9]{{{digits}}}", f"{letters}{'1735'[:digits]}")

    def integer(self, column: str, *, least: int | None = None) -> int | None:
        """Return a whole number, or None for an empty cell."""
        value = self.cells[column].strip()
        if not value:
            return None
        if not _INTEGER.fullmatch(value):
            raise self.error(
                column,
                f"'{value}' is geen heel getal.",
                "Schrijf alleen cijfers, zonder punt of komma; laat de cel leeg als het getal onbekend is.",
            )
        if least is not None and int(value) < least:
            raise self.error(
                column, f"{value} is te klein: minstens {least}.", "Verbeter het getal of maak de cel leeg."
            )
        return int(value)

    def decimal(self, column: str, least: float, most: float) -> float | None:
        """Return a number between two bounds, or None for an empty cell."""
        value = self.cells[column].strip()
        if not value:
            return None
        if not _DECIMAL.fullmatch(value):
            mend = "Schrijf een getal met een punt als decimaalteken, bijvoorbeeld 67.27."
            raise self.error(column, f"'{value}' is geen getal.", mend)
        if not least <= float(value) <= most:
            raise self.error(
                column, f"{value} ligt niet tussen {least:g} en {most:g}.", "Verbeter het getal."
            )
        return float(value)


def read_rows(path: Path, required: Iterable[str]) -> tuple[tuple[str, ...], list[Row]]:
    """Return the column names and the rows of a csv file (UTF-8, commas) that has the required columns.

    Raises InputError for a missing or double column, a row with too few or too many cells, or no rows.
    """
    reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    try:
        header = tuple(cell.strip() for cell in next(reader, ()))
        _check_header(path, header, required)
        rows = []
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                raise InputError(
                    f"Deze regel heeft {len(cells)} cellen; het moeten er {len(header)} zijn.",
                    where=f"{path}, regel {reader.line_num}",
                    mend="Zet tekst met een komma tussen dubbele aanhalingstekens.",
                )
            rows.append(Row(path, reader.line_num, dict(zip(header, cells, strict=True))))
    except csv.Error as error:
        raise unreadable_line(path, reader.line_num) from error
    if not rows:
        raise InputError("Het bestand heeft geen regels.", where=str(path), mend="Vul het bestand.")
    return header, rows


def unreadable_line(path: Path, line: int) -> InputError:
    """Tell in Dutch that a line of a csv file cannot be read."""
    return InputError(
        "Deze regel is niet te lezen als csv.",
        where=f"{path}, regel {line}",
        mend="Controleer de aanhalingstekens op deze regel.",
    )


def _check_header(path: Path, header: tuple[str, ...], required: Iterable[str]) -> None:
    place = f"{path}, regel 1"
    missing = [column for column in required if column not in header]
    if missing:
        semicolons = len(header) == 1 and ";" in header[0]
        mend = "Gebruik komma's tussen de cellen, geen puntkomma's." if semicolons else "Voeg de kolom toe."
        raise InputError(f"Deze kolom ontbreekt: {', '.join(missing)}.", where=place, mend=mend)
    double = sorted(column for column, times in Counter(header).items() if times > 1)
    if double:
        raise InputError(
            f"Deze kolom staat er meer dan één keer: {', '.join(double)}.",
            where=place,
            mend="Laat één kolom met deze naam staan.",
        )


def _write_new(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _unreadable(path: Path | str, error: OSError) -> InputError:
    if error.errno in _ABSENT:
        return InputError(
            "Het bestand bestaat niet.", where=str(path), mend="Controleer de naam en de map van het bestand."
        )
    if error.errno in _FORBIDDEN:
        return InputError(
            "U hebt geen rechten om dit bestand te lezen.",
            where=str(path),
            mend="Vraag leesrechten aan uw beheerder of kies een ander bestand.",
        )
    if error.errno in _FOLDER:
        return InputError(
            "Dit is een map en geen bestand.", where=str(path), mend="Noem een bestand in deze map."
        )
    return InputError(
        f"Het bestand kan niet worden gelezen ({error.strerror}).",
        where=str(path),
        mend="Controleer het bestand en de schijf.",
    )


def unwritable(path: Path | str, error: OSError) -> InputError:
    """Tell in Dutch why a file or folder could not be written, and how to mend it."""
    if error.errno in _FULL:
        what, mend = (
            "De schijf is vol; het bestand is niet geschreven.",
            "Maak ruimte en probeer het opnieuw.",
        )
    elif error.errno in _FORBIDDEN:
        what, mend = (
            "U hebt geen rechten om dit bestand te schrijven.",
            "Kies een andere map of vraag schrijfrechten aan uw beheerder.",
        )
    elif error.errno in _ABSENT:
        what, mend = "De map van dit bestand bestaat niet.", "Maak de map eerst aan of kies een andere map."
    elif error.errno in _FOLDER:
        what, mend = (
            "Hier staat een map met deze naam; het bestand is niet geschreven.",
            "Kies een andere naam.",
        )
    else:
        what, mend = (
            f"Het bestand kan niet worden geschreven ({error.strerror}).",
            "Controleer de naam en de schijf.",
        )
    return InputError(what, where=str(path), mend=mend)
