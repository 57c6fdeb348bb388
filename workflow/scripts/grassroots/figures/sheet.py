"""A sheet to draw on: coordinates in points from the upper left corner."""

import functools
import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from grassroots.figures.font import Font
from grassroots.figures.marks import Mark, Shape, Step, Stroke, Text, polygon, rounded
from grassroots.figures.palette import INK, PAPER, Colour

SIZE = 10.5
SMALL = 9.5
HAIR = 0.6
# Between what is said of a row and what is said of each of its fields; report/figures.js knows it.
PART = " · "
# Chinese signs that a line would rather end with, and those that none begins with.
PAUSES = "，；、"
NOT_FIRST = tuple("，。、；：？！）》】”’…～")
# Shares of the width that a text of several lines is tried in, so that its lines are alike.
NARROWER = (0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


@dataclass(frozen=True)
class Box:
    """A rectangle on the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box", gap: float = 0.0) -> bool:
        """Whether the two come closer than `gap`."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )

    @property
    def centre(self) -> tuple[float, float]:
        """The middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def outline(self, radius: float = 0.0) -> tuple[Step, ...]:
        """Its four sides; with round corners if there is a `radius`."""
        if radius:
            return rounded(self.left, self.top, self.right, self.bottom, radius)
        left, top, right, bottom = self.left, self.top, self.right, self.bottom
        return polygon((left, top), (right, top), (right, bottom), (left, bottom))


@dataclass(frozen=True)
class Value:
    """What a reader is told who points at a mark, and where the mark is.

    A mark of several fields side by side has its `edges`, from the left of the first field to the
    right of the last: its text ends in a part for each field.
    """

    x: float
    y: float
    text: str
    edges: tuple[float, ...] = ()


@dataclass
class Sheet:
    """A figure being drawn; `texts` and `frames` remember what was drawn where.

    `marks` lie over one another in the order in which they are drawn.
    `values` are what a reader who points at a mark is told; `rows` is whether the marks stand in
    rows, each row as wide as the sheet; `breaks` are where a page may end, between rows.
    """

    width: float
    height: float
    font: Font
    marks: list[Mark] = field(default_factory=list)
    texts: list[tuple[str, Box]] = field(default_factory=list)
    frames: list[Box] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    rows: bool = False
    breaks: list[float] = field(default_factory=list)

    def value(self, x: float, y: float, text: str) -> None:
        """The mark at this place says `text` to whoever points at it."""
        self.values.append(Value(x, y, " ".join(text.split())))

    def value_of_fields(
        self, edges: Sequence[float], y: float, head: str, parts: Sequence[str]
    ) -> None:
        """The fields between these edges say `head`, and each its own part."""
        text = " ".join(PART.join([head, *parts]).split())
        self.values.append(Value(edges[0], y, text, tuple(edges)))

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = SIZE,
        colour: Colour = INK,
        align: str = "left",
    ) -> Box:
        """One line of text, centred on `y`; returns its box."""
        box = self.text_box(x, y, text, size, align)
        self.marks.append(Text(x, y + 0.35 * size, text, size, colour, align))
        self.texts.append((text, box))
        return box

    def text_box(self, x: float, y: float, text: str, size: float, align: str) -> Box:
        """The box that a line of text would take."""
        width = self.font.width(text, size)
        left = {"left": x, "center": x - width / 2, "right": x - width}[align]
        return Box(left, y - 0.6 * size, left + width, y + 0.6 * size)

    def line(
        self,
        points: Sequence[tuple[float, float]],
        colour: Colour = INK,
        width: float = 0.8,
        dashes: tuple[float, float] | None = None,
    ) -> None:
        """A line through the points."""
        self.marks.append(Stroke(tuple(points), colour, width, dashes))

    def extend(self, height: float) -> None:
        """Add room below what has been drawn."""
        self.height += height

    def field(self, box: Box, colour: Colour) -> None:
        """A filled rectangle, a hair smaller than its box: apart from its neighbours."""
        gap = HAIR / 2
        inner = Box(box.left + gap, box.top + gap, box.right - gap, box.bottom - gap)
        self.rectangle(inner, colour)

    def rectangle(self, box: Box, colour: Colour) -> None:
        """A filled rectangle without an edge."""
        self.marks.append(Shape(box.outline(), colour))

    def frame(self, box: Box, fill: Colour, edge: Colour, radius: float = 4.0) -> None:
        """A filled box with round corners; with sharp ones if the radius is zero."""
        self.frames.append(box)
        self.marks.append(Shape(box.outline(radius), fill, edge, 1.0 if radius else HAIR))

    def dot(
        self, x: float, y: float, colour: Colour, filled: bool = True, size: float = 7.7
    ) -> None:
        """A circle: a line of no length with round ends, which takes few characters."""
        self._point(x, y, colour, size)
        if not filled:
            self._point(x, y, PAPER, size - 2.6)

    def _point(self, x: float, y: float, colour: Colour, size: float) -> None:
        self.marks.append(Stroke(((x, y), (x, y)), colour, size, round_ends=True))

    def diamond(self, x: float, y: float, colour: Colour, size: float = 7.6) -> None:
        """A hollow diamond."""
        half = size / 2
        corners = (x, y - half), (x + half, y), (x, y + half), (x - half, y)
        self.marks.append(Shape(polygon(*corners), PAPER, colour, 1.3))

    def arrow(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        colour: Colour = INK,
        width: float = 1.0,
        dashes: tuple[float, float] | None = None,
    ) -> None:
        """A line with a head at `end`."""
        length = math.dist(start, end)
        ux, uy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
        head, half = 6.0 + 1.2 * width, 2.4 + 0.7 * width
        foot = end[0] - ux * head, end[1] - uy * head
        self.line([start, foot], colour, width, dashes)
        corners = (
            end,
            (foot[0] - uy * half, foot[1] + ux * half),
            (foot[0] + uy * half, foot[1] - ux * half),
        )
        self.marks.append(Shape(polygon(*corners), colour))


def wrapped(text: str, font: Font, size: float, width: float, lines: int) -> list[str]:
    """`text` broken to `width`; between words, or between characters where there are no blanks.

    Lines come out about as long as each other. A Latin word wider than the line is broken at
    a hyphen; no line begins with a Chinese comma. What does not fit on the last line ends with an
    ellipsis.
    """
    return list(_wrapped(text.strip(), font, size, width, lines))


@functools.cache
def _wrapped(text: str, font: Font, size: float, width: float, lines: int) -> tuple[str, ...]:
    broken, rest = _broken(text, font, size, width, lines)
    if rest:
        last = broken[-1]
        while last and font.width(f"{last}…", size) > width:
            last = last[:-1]
        broken[-1] = f"{last.rstrip()}…"
    elif len(broken) > 1:
        hyphens = sum(line.endswith("-") for line in broken)
        for share in NARROWER:
            narrow, rest = _broken(text, font, size, share * width, len(broken))
            if not rest and sum(line.endswith("-") for line in narrow) <= hyphens:
                broken = narrow
                break
    return tuple(line.strip() for line in broken)


def _broken(text: str, font: Font, size: float, width: float, lines: int) -> tuple[list[str], str]:
    """At most so many lines of `text`, and what is left of it."""
    broken: list[str] = []
    rest = text
    while rest and len(broken) < lines:
        line = _fitting(rest, font, size, width)
        hyphen = ""
        if _within_word(rest, len(line)):
            hyphen = "-"
            while len(line) > 1 and font.width(f"{line}-", size) > width:
                line = line[:-1]
        elif rest[len(line) : len(line) + 1] in NOT_FIRST and len(line) > 1:
            line = line[:-1]
        elif line != rest and (pause := _pause(line)):
            line = line[:pause]
        broken.append(f"{line}{hyphen}")
        rest = rest[len(line) :].strip()
    return broken, rest


def _pause(line: str) -> int:
    """The end of the Chinese comma that is one of the last signs but one; 0 if there is none."""
    pause = max(line.rfind(sign) for sign in PAUSES) + 1
    return pause if len(line) - 3 < pause < len(line) else 0


def _within_word(text: str, end: int) -> bool:
    """Whether a line that ends here parts two Latin letters."""
    around = text[end - 1 : end + 1]
    return len(around) == 2 and around.isascii() and around.isalpha()


def _fitting(text: str, font: Font, size: float, width: float) -> str:
    """The longest beginning that fits, ended at a blank where there is one."""
    lengths = range(2, len(text) + 1)
    end = 1 + bisect_right(lengths, width, key=lambda end: font.width(text[:end].rstrip(), size))
    if end < len(text) and text[end] != " ":
        blank = text.rfind(" ", 1, end)
        if blank > 0 and text[end - 1].isascii() and text[end].isascii():
            end = blank
    return text[:end]
