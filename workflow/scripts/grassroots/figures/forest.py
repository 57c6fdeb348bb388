"""Dots with intervals in rows: the form of the reliability, loading and effect figures."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from grassroots.figures.axis import decimals_of, round_ticks
from grassroots.figures.drawing import WIDTH, Subject
from grassroots.figures.palette import BAND, FIRST, INK, MUTED, PAPER, RULE, SECOND
from grassroots.figures.sheet import SIZE, SMALL, Box, Sheet, wrapped

ROW = 20.0
LINE = 12.5
APART = 4.0
HEAD = 26.0
FOOT = 24.0
GAP = 14.0
LABEL = 142.0


@dataclass(frozen=True)
class Point:
    """One row: its label, estimate, interval and the text at its right; `second` is a diamond.

    `more` is what only those are told who point at the row.
    NaN bounds draw no interval. `heading` starts a group of rows.
    """

    label: str
    value: float
    low: float
    high: float
    text: str
    filled: bool = True
    second: float = math.nan
    heading: str = ""
    more: str = ""


@dataclass(frozen=True)
class Scale:
    """The horizontal axis: what it must cover, its guide line and its guide band."""

    head: str
    kind: str
    cover: tuple[float, float] | None = None
    guide: float | None = None
    zero: bool = False
    band: tuple[float, float] | None = None


def draw_forest(
    subject: Subject, points: Sequence[Point], scale: Scale, row_height: float = ROW
) -> Sheet:
    """The sheet with all rows; its height follows from their number."""
    font = subject.font
    label_width = min(LABEL, max(font.width(p.label, SIZE) for p in points) + 6)
    labels = [wrapped(p.label, font, SIZE, label_width, 3) for p in points]
    rows = [row_height + LINE * (len(label) - 1) for label in labels]
    height = HEAD + sum(rows) + ROW * sum(bool(p.heading) for p in points) + FOOT
    sheet = Sheet(WIDTH, height, font)
    text_width = max(font.width(t, SMALL) for t in [scale.head, *(p.text for p in points)])
    left, right = label_width + GAP, WIDTH - text_width - GAP
    low, high, ticks = _axis(points, scale)

    def x(value: float) -> float:
        return left + (value - low) / (high - low) * (right - left)

    top, bottom = HEAD - 6, height - FOOT + 2
    if scale.band:
        start, end = (x(min(max(edge, low), high)) for edge in scale.band)
        sheet.rectangle(Box(start, top, end, bottom), BAND)
    if scale.guide is not None and low <= scale.guide <= high:
        sheet.line([(x(scale.guide), top), (x(scale.guide), bottom)], MUTED, 0.8, (3.0, 2.5))
    if scale.zero:
        sheet.line([(x(0), top), (x(0), bottom)], MUTED, 0.9)
    sheet.line([(left, bottom), (right, bottom)], RULE, 0.8)
    decimals = decimals_of(ticks)
    for tick in ticks:
        sheet.line([(x(tick), bottom), (x(tick), bottom + 3)], RULE, 0.8)
        mark = subject.numbers.tick(scale.kind, tick, decimals)
        sheet.text(x(tick), bottom + 11, mark, SMALL, MUTED, "center")
    sheet.text(WIDTH, 11, scale.head, SMALL, MUTED, "right")
    middles = _place(sheet, points, rows)
    for label, middle in zip(labels, middles, strict=True):
        for index, line in enumerate(label):
            sheet.text(0, middle + LINE * (index - (len(label) - 1) / 2), line, SIZE)
    _draw_points(sheet, points, x, middles)
    for point, middle in zip(points, middles, strict=True):
        sheet.text(WIDTH, middle, point.text, SMALL, INK, "right")
        place = left if math.isnan(point.value) else x(point.value)
        sheet.value(place, middle, _said(subject, point))
    sheet.rows = True
    return sheet


def _place(sheet: Sheet, points: Sequence[Point], rows: Sequence[float]) -> list[float]:
    """The middle of each row, after the headings have been drawn above theirs."""
    middles, headings, y = [], [], HEAD - 4
    for point, row in zip(points, rows, strict=True):
        if point.heading or not any(each.heading for each in points):
            sheet.breaks.append(y)
        if point.heading:
            headings.append((point.heading, y + ROW / 2 + 1))
            y += ROW
        middles.append(y + row / 2)
        y += row
    for heading, middle in headings:
        _draw_heading(sheet, heading, middle)
    return middles


def _draw_heading(sheet: Sheet, heading: str, y: float) -> None:
    """The heading of a group, on paper of its own so that guide lines do not cross it."""
    text = wrapped(heading, sheet.font, SIZE, sheet.width, 1)[0]
    box = sheet.text_box(0, y, text, SIZE, "left")
    sheet.rectangle(Box(0, y - ROW / 2, box.right + 4, y + ROW / 2), PAPER)
    sheet.text(0, y, text, SIZE, MUTED)


def _draw_points(
    sheet: Sheet, points: Sequence[Point], x: Callable[[float], float], middles: Sequence[float]
) -> None:
    """Intervals, dots, diamonds: the last below the first, so that neither hides the other."""
    lifted = [
        (point, middle if math.isnan(point.second) else middle - APART)
        for point, middle in zip(points, middles, strict=True)
    ]
    for point, y in lifted:
        if not math.isnan(point.low) and not math.isnan(point.high):
            sheet.line([(x(point.low), y), (x(point.high), y)], FIRST, 1.6)
    for point, y in lifted:
        if not math.isnan(point.value):
            sheet.dot(x(point.value), y, FIRST, point.filled)
    for point, y in lifted:
        if not math.isnan(point.second):
            sheet.diamond(x(point.second), y + 2 * APART, SECOND)


def _axis(points: Sequence[Point], scale: Scale) -> tuple[float, float, list[float]]:
    """Limits and ticks at round steps that cover all that is drawn."""
    values = [v for p in points for v in (p.value, p.low, p.high, p.second) if not math.isnan(v)]
    values += list(scale.cover or ()) + ([0.0] if scale.zero else [])
    ticks = round_ticks(min(values), max(values))
    return ticks[0], ticks[-1], ticks


def _said(subject: Subject, point: Point) -> str:
    value = str(subject.words.sequence([text for text in (point.text, point.more) if text]))
    return subject.words.plain("fig.row.text", label=point.label, value=value)
