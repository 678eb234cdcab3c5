"""Documentation and shape of the project agree with the code."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from marke.cli import COMMANDS
from marke.findings import Findings
from marke.study import StudyTable

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
MODULES = sorted((ROOT / "src" / "marke").rglob("*.py"))
DOCS = "\n".join(p.read_text() for p in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))])


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command):
    assert f"marke {command}" in DOCS


def test_every_dependency_says_why_it_is_here():
    standards = (ROOT / "docs" / "standards.md").read_text()
    wanted = PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["web"]
    names = [re.match(r"[\w-]+", line)[0] for line in wanted]
    assert [name for name in names if name not in standards] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_modules_stay_small(path):
    assert len(path.read_text().splitlines()) <= 400


def test_every_module_has_a_place_in_the_architecture():
    architecture = (ROOT / "docs" / "architecture.md").read_text()
    top = {p.relative_to(ROOT / "src" / "marke").parts[0].removesuffix(".py") for p in MODULES}
    assert [name for name in top - {"__init__"} if name not in architecture] == []


def test_every_study_setting_stands_in_a_shipped_study():
    shipped = (ROOT / "regions" / "twente" / "actueel.toml").read_text()
    keys = [field.alias for field in StudyTable.model_fields.values()]
    assert [key for key in keys if key not in shipped] == []


def test_locks_hold_hashes_and_no_addresses():
    for name in ("requirements.lock", "requirements-web.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        assert "://" not in text
        assert text.count("==") <= text.count("--hash=sha256:")


def test_links_between_pages_lead_somewhere():
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!http)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page}: {target}"


def test_published_schema_is_that_of_the_findings():
    published = json.loads((ROOT / "docs" / "findings.schema.json").read_text())
    assert published == Findings.model_json_schema()
