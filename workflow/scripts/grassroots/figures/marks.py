"""What a sheet is made of, as every form of a figure writes it: strokes, shapes, lines of text.

Places are in points from the upper left corner of the sheet.
"""

from dataclasses import dataclass

from grassroots.figures.palette import Colour

# One step of an outline: M to a place, L a straight line there, Q a quadratic curve (its control
# point first), Z back to the start.
Step = tuple[str, tuple[float, ...]]
CLOSED: Step = ("Z", ())
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through places; one of no length with round ends is a dot."""

    points: tuple[Place, ...]
    colour: Colour
    width: float
    dashes: tuple[float, float] | None = None
    round_ends: bool = False

    @property
    def steps(self) -> list[Step]:
        """The line as an outline."""
        return through(self.points)


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed outline that is filled, with a line along it where there is an `edge`."""

    steps: tuple[Step, ...]
    fill: Colour
    edge: Colour | None = None
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text with its baseline at `y`; `align` is left, center or right of `x`."""

    x: float
    y: float
    text: str
    size: float
    colour: Colour
    align: str


Mark = Stroke | Shape | Text


def through(points: tuple[Place, ...]) -> list[Step]:
    """A straight line from each place to the next."""
    first, *others = points
    return [("M", first), *(("L", point) for point in others)]


def polygon(*corners: Place) -> tuple[Step, ...]:
    """The closed outline with these corners."""
    return (*through(corners), CLOSED)


def rounded(left: float, top: float, right: float, bottom: float, by: float) -> tuple[Step, ...]:
    """A rectangle with its corners rounded `by` points."""
    return (
        ("M", (left + by, top)),
        ("L", (right - by, top)),
        ("Q", (right, top, right, top + by)),
        ("L", (right, bottom - by)),
        ("Q", (right, bottom, right - by, bottom)),
        ("L", (left + by, bottom)),
        ("Q", (left, bottom, left, bottom - by)),
        ("L", (left, top + by)),
        ("Q", (left, top, left + by, top)),
        CLOSED,
    )
