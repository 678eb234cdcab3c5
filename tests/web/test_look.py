"""The style sheet is built from a lock file without addresses, and holds no more than is used."""

import json
import re
from pathlib import Path

from marke.web.look.build import HERE, pruned


def test_only_used_tokens_are_kept_with_what_they_use() -> None:
    tokens = ":root {\n  --a: var(--b);\n  --b: 1px;\n  --c: 2px;\n}\n"
    assert pruned(tokens, [".x { margin: var(--a) }"]) == {"--a": "var(--b)", "--b": "1px"}


def test_the_lock_file_holds_checksums_and_no_addresses() -> None:
    text = (HERE / "package-lock.json").read_text()
    assert "://" not in text
    packages = json.loads(text)["packages"]
    wanted = json.loads((HERE / "package.json").read_text())["dependencies"]
    assert {f"node_modules/{name}" for name in wanted} <= set(packages)
    assert all(each.get("integrity", "").startswith("sha512-") for name, each in packages.items() if name)


def test_templates_hold_no_script_or_style_of_their_own() -> None:
    """A strict content security policy would block it."""
    for page in Path(HERE.parent, "templates").rglob("*.html"):
        text = page.read_text()
        assert " style=" not in text, page
        assert "<style" not in text, page
        assert not [
            part
            for part in text.split("<script")[1:]
            if not {"json", "src="} & set(re.findall("json|src=", part.split("</script")[0]))
        ], page
        assert " onclick=" not in text, page
