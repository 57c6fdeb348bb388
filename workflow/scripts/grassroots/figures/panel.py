"""A small diagram with two axes on a sheet: limits at round steps, ticks, places of values."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from grassroots.figures.drawing import Subject
from grassroots.figures.palette import MUTED, RULE
from grassroots.figures.sheet import SMALL, Box, Sheet

# Most ticks of an axis.
TICKS = 5


@dataclass(frozen=True)
class Axis:
    """The ticks of one axis, which also are its limits."""

    ticks: tuple[float, ...]

    def share(self, value: float) -> float:
        """Where a value lies between the limits, from 0 to 1."""
        return (value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0])

    @property
    def decimals(self) -> int:
        """As many decimals as the ticks need."""
        return max(0, -math.floor(math.log10(self.ticks[1] - self.ticks[0]) + 1e-9))


def round_axis(values: Sequence[float]) -> Axis:
    """Ticks at round steps that cover the values."""
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    steps = (digit * 10.0**power for power in range(-3, 5) for digit in (1, 2, 5))
    step = next(step for step in steps if span / step <= TICKS - 1)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    last = max(last, first + 1)
    return Axis(tuple(index * step for index in range(first, last + 1)))


@dataclass(frozen=True)
class Panel:
    """A diagram within `box`; texts of its axes stand outside of it."""

    box: Box
    across: Axis
    up: Axis

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The place on the sheet of a pair of values."""
        box = self.box
        return (
            box.left + self.across.share(x) * (box.right - box.left),
            box.bottom - self.up.share(y) * (box.bottom - box.top),
        )

    def draw_axes(self, sheet: Sheet, subject: Subject, across: str, up: str) -> None:
        """Axes with ticks, and their names: of the upright one above it."""
        box = self.box
        sheet.line([(box.left, box.bottom), (box.right, box.bottom)], RULE, 0.8)
        sheet.line([(box.left, box.top), (box.left, box.bottom)], RULE, 0.8)
        for tick in self.across.ticks:
            x = self.point(tick, self.up.ticks[0])[0]
            sheet.line([(x, box.bottom), (x, box.bottom + 3)], RULE, 0.8)
            mark = subject.numbers.tick("statistic", tick, self.across.decimals)
            sheet.text(x, box.bottom + 10, mark, SMALL, MUTED, "center")
        for tick in self.up.ticks:
            y = self.point(self.across.ticks[0], tick)[1]
            sheet.line([(box.left - 3, y), (box.left, y)], RULE, 0.8)
            mark = subject.numbers.tick("statistic", tick, self.up.decimals)
            sheet.text(box.left - 5, y, mark, SMALL, MUTED, "right")
        sheet.text((box.left + box.right) / 2, box.bottom + 23, across, SMALL, MUTED, "center")
        sheet.text(box.left - 18, box.top - 12, up, SMALL, MUTED)
