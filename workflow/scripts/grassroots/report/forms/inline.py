"""The text of a cell, caption or note as lines of runs, from the little markup that they may hold.

What each form makes of italics or a raised letter is its own affair; what the text says is read
here, once for all of them. `report/tables.js` reads the page in the same way.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from markupsafe import Markup

STYLES = {"i": "i", "em": "i", "b": "b", "strong": "b", "sup": "sup", "sub": "sub"}
RAISED = str.maketrans(
    "0123456789+-abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
)

# White space as a browser folds it; a no-break space stays.
_SPACE = re.compile(r"[ \t\n\r\f]+")
# What XML 1.0 cannot hold.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Run:
    """Text of one look: `styles` are among i, b, sup and sub."""

    text: str
    styles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Line:
    """Runs side by side; `small`: below a number, `indented`: a level below a heading."""

    runs: tuple[Run, ...]
    small: bool = False
    indented: bool = False


Lines = tuple[Line, ...]


def lines(text: str | Markup) -> Lines:
    """The lines of a text without empty ones; a text without markup is one line."""
    if not isinstance(text, Markup):
        return _cleaned([_Open([(text, frozenset())])])
    if "<" not in text and "&" not in text:
        return _cleaned([_Open([(str(text), frozenset())])])
    reader = _Reader()
    reader.feed(str(text))
    reader.close()
    return _cleaned(reader.found)


def plain(text: Lines, between: str = " ") -> str:
    """The text without looks: raised letters as such, a lowered word behind an underscore."""
    return between.join("".join(map(_plain, line.runs)) for line in text)


def _plain(run: Run) -> str:
    if "sup" in run.styles:
        return run.text.translate(RAISED)
    return f"_{run.text}" if "sub" in run.styles else run.text


@dataclass
class _Open:
    """A line while it is read."""

    parts: list[tuple[str, frozenset[str]]]
    small: bool = False
    indented: bool = False


class _Reader(HTMLParser):
    """Follows the tags that the catalogue and the chapters use; others leave no trace."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = [_Open([])]
        self._open: list[tuple[str, bool]] = []
        self._styles: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        indented = ("class", "in") in attributes
        own_line = tag == "small" or indented
        if own_line:
            self.found.append(_Open([], tag == "small", indented))
        if tag in STYLES:
            self._styles.append(STYLES[tag])
        self._open.append((tag, own_line))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            name, own_line = self._open.pop()
            if own_line:
                self.found.append(_Open([]))
            if name in STYLES:
                self._styles.pop()
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        self.found[-1].parts.append((data, frozenset(self._styles)))


def _cleaned(found: list[_Open]) -> Lines:
    whole = ((line, _runs(line.parts)) for line in found)
    return tuple(Line(runs, line.small, line.indented) for line, runs in whole if runs)


def _runs(parts: list[tuple[str, frozenset[str]]]) -> tuple[Run, ...]:
    """White space folded and cut at both ends, neighbours of one look put together."""
    runs: list[Run] = []
    for text, styles in parts:
        text = _SPACE.sub(" ", _UNREADABLE.sub("", text))
        if not runs or runs[-1].text.endswith(" "):
            text = text.removeprefix(" ")
        if not text:
            continue
        if runs and runs[-1].styles == styles:
            runs[-1] = Run(runs[-1].text + text, styles)
        else:
            runs.append(Run(text, styles))
    if runs and runs[-1].text.endswith(" "):
        last = runs.pop()
        if last.text != " ":
            runs.append(Run(last.text[:-1], last.styles))
    return tuple(runs)
