"""Build the style sheet: ``python -m marke.web.look.build``.

Fetches the packages of the lock file beside this module and writes one style sheet and one font into the
static folder. Nothing of others is kept in version control. Without the registry the pages keep a plain look.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE.parent / "static" / "vendor"
MINUTES = 5
_COMPONENTS = (
    "@nl-design-system-candidate/button-css/dist/button.css",
    "@nl-design-system-candidate/heading-css/dist/heading.css",
    "@nl-design-system-candidate/link-css/dist/link.css",
    "@nl-design-system-candidate/paragraph-css/dist/paragraph.css",
    "@nl-design-system-candidate/skip-link-css/dist/skip-link.css",
    "@utrecht/table-css/dist/index.css",
    "@utrecht/textbox-css/dist/index.css",
)
_TOKENS = "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css"
_FONT = "@fontsource-variable/noto-sans/files/noto-sans-latin-wght-normal.woff2"
_USED = re.compile(r"var\((--[\w-]+)")
_TOKEN = re.compile(r"^\s*(--[\w-]+):\s*(.+);$", re.M)
_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/")
_FACE = """\
@font-face { font-family: "Noto Sans Variable"; font-weight: 100 900; font-display: swap;
  src: url("noto-sans.woff2") format("woff2"); }
"""


def pruned(tokens: str, used_by: Iterable[str]) -> dict[str, str]:
    """Return the design tokens that some style sheets use, and those that these use in turn."""
    known = dict(_TOKEN.findall(tokens))
    wanted = [name for sheet in used_by for name in _USED.findall(sheet)]
    found: dict[str, str] = {}
    while wanted:
        name = wanted.pop()
        if name in known and name not in found:
            found[name] = known[name]
            wanted += _USED.findall(known[name])
    return dict(sorted(found.items()))


def assemble(modules: Path, own: str) -> str:
    """Return one style sheet of the components, with the tokens that they and our own sheet use."""
    sheets = [_MAP.sub("", (modules / name).read_text(encoding="utf-8")).strip() for name in _COMPONENTS]
    tokens = pruned((modules / _TOKENS).read_text(encoding="utf-8"), [*sheets, own])
    theme = "\n".join(f"  {name}: {value};" for name, value in tokens.items())
    return "\n".join([_FACE, f":root {{\n{theme}\n}}", *sheets, ""])


def build(target: Path = TARGET) -> None:
    """Fetch the packages and write the style sheet; raises OSError or CalledProcessError when that fails."""
    program = _npm()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        subprocess.run(  # noqa: S603  # our own arguments
            [*program, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            cwd=folder, check=True, capture_output=True, timeout=60 * MINUTES,
        )  # fmt: skip
        modules = Path(folder) / "node_modules"
        own = (HERE.parent / "static" / "marke" / "own.css").read_text(encoding="utf-8")
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy(modules / _FONT, target / "noto-sans.woff2")
        (target / "components.css").write_text(assemble(modules, own), encoding="utf-8")


def _npm() -> list[str]:
    """Return how npm is started: the one of the wheel beside this Python, or one on the machine."""
    beside = Path(sys.executable).parent / "npm"
    found = str(beside) if beside.exists() else shutil.which("npm")
    if found is None:
        raise OSError("npm is er niet")
    return [found]


def main() -> None:
    """Build, or say in a sentence that the pages keep their plain look."""
    try:
        build()
    except (OSError, subprocess.SubprocessError) as error:
        print(
            f"De opmaak van NL Design System is niet opgehaald ({error}); de pagina's krijgen een eenvoudige."
        )


if __name__ == "__main__":
    main()
