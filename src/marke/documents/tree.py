"""The one tree that every council document is: what it says, apart from how it looks in any format.

Amounts and numbers stay values until a renderer writes them (``words``), so that all formats write the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from marke.charts import Spec

Kind = Literal["text", "euro", "thousand", "number", "percent"]
"""How the cells of a column are written; ``thousand`` is euro x 1.000."""

MONEY: frozenset[Kind] = frozenset(("euro", "thousand"))
"""The kinds of amounts, each of which can be followed to where it comes from."""


@dataclass(frozen=True)
class Money:
    """An amount in prose: ``exact`` in whole euros, or *ongeveer* with two significant digits."""

    value: float
    exact: bool = False


Run = str | Money
Cell = float | str | None


@dataclass(frozen=True)
class Paragraph:
    """Running text; a ``lead`` opens a document."""

    runs: tuple[Run, ...]
    lead: bool = False


@dataclass(frozen=True)
class Listing:
    """Points under each other, ``numbered`` where they are referred to."""

    items: tuple[Paragraph, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table: its label and how its cells are written."""

    label: str
    kind: Kind = "euro"


@dataclass(frozen=True)
class Row:
    """A row with its header. A ``total`` is the sum of the cells above it, down from the last total.

    ``origins`` says of every cell where its amount comes from: the name by which ``marke herleid`` derives
    it, or in words. None: no cell has one.
    """

    header: str
    cells: tuple[Cell, ...]
    total: bool = False
    origins: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Table:
    """A table with row headers; ``corner`` names them. ``note`` says what a reader must know of it.

    ``dense``: small rows close together, for a long table in a document of one page.
    """

    caption: str
    corner: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    dense: bool = False


@dataclass(frozen=True)
class Figure:
    """A chart with its text alternative; the ``table`` holds its numbers."""

    title: str
    alternative: str
    spec: Spec
    table: Table


@dataclass(frozen=True)
class Facts:
    """Labels with their values, such as the head of a letter."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Note:
    """A remark that stands apart: an assumption, or what must still be filled in."""

    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Decision:
    """A draft decision: who decides, having read and in view of what, and the points."""

    body: str
    considering: tuple[str, ...]
    points: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Signature:
    """Who signs, each with a role."""

    body: str
    signers: tuple[str, ...]


Block = Paragraph | Listing | Table | Figure | Facts | Note | Decision | Signature


@dataclass(frozen=True)
class Section:
    """A heading with its blocks and sections. ``local`` text is one municipality's own, apart from the core.

    ``members`` may be read by the members of the region only, and never enters a public copy.
    """

    heading: str
    blocks: tuple[Block, ...] = ()
    sections: tuple["Section", ...] = ()
    local: bool = False
    members: bool = False

    @property
    def decides(self) -> bool:
        """Whether it holds a decision, which begins a page: it is signed and kept apart."""
        return any(isinstance(block, Decision) for block in self.blocks)


@dataclass(frozen=True)
class Document:
    """A document of one municipality. ``kind`` is its key, ``category`` that of the Woo (article 3.3).

    ``run`` names the run and ``mark`` the hash of its findings; ``answers`` the points of the motion that it
    answers. ``only_for`` names the municipality whose own answers it rests on; "": all may see it.
    ``contents``: it opens with a table of contents. ``attached`` is the public extract of the findings as
    JSON, which a PDF carries, and ``log`` the head of the log of decisions (``marke.chain``); "": none.
    """

    kind: str
    title: str
    subject: str
    organisation: str
    day: date
    sections: tuple[Section, ...]
    category: str
    run: str
    mark: str
    facts: Facts = field(default_factory=lambda: Facts(()))
    answers: tuple[str, ...] = ()
    only_for: str = ""
    contents: bool = False
    attached: str = ""
    log: str = ""

    @property
    def colophon(self) -> str:
        """Where it comes from: the run, the hash of its findings, and how far the log of decisions was."""
        log = f" Het logboek van besluiten staat op {self.log}." if self.log else ""
        return f"Gemaakt met marke uit run {self.run}, kenmerk {self.mark}.{log}"

    @property
    def confidential(self) -> bool:
        """Whether some part may not be read by all."""
        return bool(self.only_for) or any(section.members for section in walk(self.sections))


def walk(sections: tuple[Section, ...]) -> Iterator[Section]:
    """Every section in order of reading."""
    for section in sections:
        yield section
        yield from walk(section.sections)


def tables(document: Document) -> Iterator[Table]:
    """Every table in order of reading, also those behind figures."""
    for section in walk(document.sections):
        for block in section.blocks:
            if isinstance(block, Table):
                yield block
            elif isinstance(block, Figure):
                yield block.table


def public(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections that all may read."""
    return tuple(
        Section(each.heading, each.blocks, public(each.sections), each.local)
        for each in sections
        if not each.members
    )


def text(*runs: Run) -> Paragraph:
    """A paragraph of these runs."""
    return Paragraph(runs)
