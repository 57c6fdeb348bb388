"""Saturation: all codes so far, interview by interview, and what any order would give."""

import math

from grassroots.figures.drawing import WIDTH, Drawing, Subject, described
from grassroots.figures.palette import FIRST, MUTED, RULE, SECOND
from grassroots.figures.sheet import SMALL, Sheet
from grassroots.report.numbers import number

HEIGHT = 210.0
HEAD = 24.0
FOOT = 46.0
LEFT = 26.0
RIGHT = 8.0
# So many names of interviews have room below the axis.
NAMES = 14


def draw(subject: Subject) -> Drawing | None:
    """None if there are fewer than two interviews."""
    rows = subject.tables.rows("saturation")
    if len(rows) < 2:
        return None
    words = subject.words
    found = [number(row["cumulative_codes"]) for row in rows]
    expected = [number(row["expected_codes"]) for row in rows]
    sheet = Sheet(WIDTH, HEIGHT, subject.font)
    bottom, right = HEIGHT - FOOT, WIDTH - RIGHT
    step = _step(max(found))
    top_value = step * math.ceil(max(found) / step)

    def x(index: int) -> float:
        return LEFT + (index + 0.5) / len(rows) * (right - LEFT)

    def y(value: float) -> float:
        return bottom - value / top_value * (bottom - HEAD)

    for tick in range(0, int(top_value) + 1, step):
        sheet.line([(LEFT, y(tick)), (right, y(tick))], RULE, 0.6)
        sheet.text(LEFT - 5, y(tick), subject.numbers.text("count", tick), SMALL, MUTED, "right")
    every = math.ceil(len(rows) / NAMES)
    for index, row in enumerate(rows):
        if index % every == 0:
            sheet.text(x(index), bottom + 11, row["interview"], SMALL, MUTED, "center")
    sheet.line([(x(i), y(value)) for i, value in enumerate(expected)], SECOND, 1.2, (4.0, 3.0))
    sheet.line([(x(i), y(value)) for i, value in enumerate(found)], FIRST, 1.4)
    for index, value in enumerate(found):
        sheet.dot(x(index), y(value), FIRST, size=6.0)
        said = words.plain(
            "fig.saturation.text",
            interview=rows[index]["interview"],
            found=subject.numbers.text("count", value),
            expected=subject.numbers.text("statistic", expected[index]),
        )
        sheet.value(x(index), y(value), said)
    sheet.text(0, 9, words.plain("fig.saturation.head"), SMALL, MUTED)
    _legend(sheet, words.plain("fig.saturation.found"), words.plain("fig.saturation.expected"))
    return Drawing(sheet, words.plain("fig.saturation.title"), described(sheet))


def _legend(sheet: Sheet, found: str, expected: str) -> None:
    """The two lines with their words, below the names of the interviews."""
    y = HEIGHT - 12
    sheet.line([(LEFT, y), (LEFT + 18, y)], FIRST, 1.4)
    box = sheet.text(LEFT + 24, y, found, SMALL)
    sheet.line([(box.right + 14, y), (box.right + 32, y)], SECOND, 1.2, (4.0, 3.0))
    sheet.text(box.right + 38, y, expected, SMALL)


def _step(largest: float) -> int:
    """A round distance of the grid lines: at most six of them."""
    return next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500) if largest / s <= 6)
