"""What a chapter is made of besides tables."""

from dataclasses import dataclass, field

from markupsafe import Markup

from grassroots.report.tables import Table


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `copy` gives it a button that copies its text."""

    text: Markup
    copy: bool = False
    role: str = ""
    block = "paragraph"


@dataclass(frozen=True)
class Facts:
    """Pairs of a word and what it is."""

    pairs: list[tuple[str | Markup, str | Markup]]
    block = "facts"


@dataclass(frozen=True)
class Figure:
    """A figure: the SVG of this language, its finding as title, a note, the file of its data.

    `file` is what the names of its own files begin with, before the ending of each form.
    A `wide` one keeps its size on a phone and is scrolled; a `tall` one goes over pages in print.
    """

    name: str
    svg: Markup
    caption: str | Markup
    note: str | Markup
    file: str
    data: str
    wide: bool = False
    tall: bool = False
    block = "figure"


@dataclass(frozen=True)
class Heading:
    """A heading within a chapter."""

    name: str
    text: str | Markup
    block = "heading"


@dataclass(frozen=True)
class Folded:
    """Blocks that are shut until asked for; print opens them."""

    summary: str | Markup
    blocks: list["Block"]
    block = "folded"


@dataclass(frozen=True)
class Sentences:
    """Sentences to be copied one by one, shut until asked for."""

    texts: list[Markup]
    block = "sentences"


Block = Paragraph | Facts | Figure | Heading | Folded | Sentences | Table


@dataclass(frozen=True)
class Chapter:
    """A chapter of the page; `name` is its stage."""

    name: str
    title: Markup
    blocks: list[Block] = field(default_factory=list)
