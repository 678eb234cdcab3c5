"""A municipality's own look: the logo stands in every format, and what is none is refused."""

import io
import struct
import zipfile
import zlib

import pytest
from everything import DOCUMENT
from pypdf import PdfReader

from marke.documents import docx, html, odt, pdf
from marke.documents.house_style import read_house_style
from marke.documents.measures import LOGO, logo_size
from marke.errors import InputError

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40"><rect width="80" height="40"/></svg>'


def png(wide: int, high: int) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    rows = zlib.compress((b"\x00" + b"\x80" * wide) * high)
    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def style(folder, name: str, content: bytes):
    (folder / name).write_bytes(content)
    path = folder / "stijl.toml"
    path.write_text(
        f'naam = "Gemeente Proefdorp"\nadres = "Dorpsstraat 1"\nkleur = "#003366"\nlogo = "{name}"\n'
    )
    return read_house_style(path)


@pytest.mark.parametrize(("name", "content"), [("logo.svg", SVG.encode()), ("logo.png", png(80, 40))])
def test_the_logo_stands_in_every_text_format_with_words(tmp_path, name, content):
    dressed = style(tmp_path, name, content)
    page = html.render(DOCUMENT, dressed).decode()
    assert f'src="{dressed.logo_data}" alt="Logo van Gemeente Proefdorp"' in page
    plain = html.render(DOCUMENT, type(dressed)()).decode()
    assert "<img" not in plain
    assert pdf.render(DOCUMENT, dressed) == pdf.render(DOCUMENT, dressed)
    text = PdfReader(io.BytesIO(pdf.render(DOCUMENT, dressed))).pages[0].extract_text()
    assert "Dorpsstraat 1" in text
    with zipfile.ZipFile(io.BytesIO(odt.render(DOCUMENT, dressed))) as opened:
        assert "Logo van Gemeente Proefdorp" in opened.read("content.xml").decode()
        pictures = [opened.read(n) for n in opened.namelist() if n.startswith("Pictures/")]
    assert len(pictures) == 2
    with zipfile.ZipFile(io.BytesIO(docx.render(DOCUMENT, dressed))) as opened:
        assert 'descr="Logo van Gemeente Proefdorp"' in opened.read("word/document.xml").decode()
        assert len([n for n in opened.namelist() if n.startswith("word/media/")]) == 2


@pytest.mark.parametrize(("wide", "high"), [(800, 40), (40, 800), (300, 300)])
def test_a_logo_keeps_its_proportions_and_stays_small(wide, high):
    across, down = logo_size(png(wide, high))
    assert across / down == pytest.approx(wide / high, rel=0.05)
    assert across <= LOGO[1]
    assert down <= LOGO[0]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("logo.png", b"geen plaatje", "Het logo 'logo.png' is geen png."),
        ("logo.jpg", png(2, 2), "Het logo 'logo.jpg' is geen jpg."),
        ("logo.svg", b"<svg", "Het logo 'logo.svg' is geen svg."),
        ("logo.svg", b"<html/>", "Het logo 'logo.svg' is geen svg."),
        (
            "logo.svg",
            SVG.replace("<rect", '<image href="file:///etc/passwd"/><rect').encode(),
            "buiten het bestand",
        ),
        ("logo.svg", SVG.replace("<rect", '<rect fill="url(http://x/y)"').encode(), "buiten het bestand"),
        ("logo.svg", b'<!DOCTYPE a [<!ENTITY b "c">]><svg/>', "buiten het bestand"),
        ("logo.gif", b"GIF89a", "Kies png, svg of jpg."),
    ],
)
def test_what_is_no_logo_is_refused_in_a_sentence(tmp_path, name, content, sentence):
    with pytest.raises(InputError) as refused:
        style(tmp_path, name, content)
    assert sentence in str(refused.value)
    assert "stijl.toml, logo" in str(refused.value)
