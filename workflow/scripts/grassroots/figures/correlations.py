"""The correlations as a heat map: the lower triangle with its numbers, alpha on the diagonal."""

from dataclasses import dataclass

from grassroots.figures.drawing import WIDTH, Drawing, Subject, described
from grassroots.figures.palette import (
    HIGH1,
    HIGH2,
    HIGH3,
    INK,
    LOW1,
    LOW2,
    LOW3,
    MUTED,
    ON_DARK,
    ON_LIGHT,
    SOFT,
    Colour,
    text_on,
)
from grassroots.figures.sheet import SIZE, SMALL, Box, Sheet, wrapped
from grassroots.report.numbers import number
from grassroots.report.records import Row, distinct

CELL = (24.0, 44.0)
LABEL = 186.0
HEAD = 18.0
GAP = 8.0
LINE = 11.0
# Limits of a small, medium and large correlation (Cohen 1988).
LIMITS = (0.1, 0.3, 0.5)
NEGATIVE = (LOW1, LOW2, LOW3)
POSITIVE = (HIGH1, HIGH2, HIGH3)


@dataclass(frozen=True)
class Matrix:
    """The variables in their order, the correlation of each pair, alpha of each scale."""

    names: list[str]
    r: dict[frozenset[str], str]
    alpha: dict[str, str]


def draw(subject: Subject) -> Drawing | None:
    """None if there is no correlation."""
    matrix = _matrix(subject)
    if not matrix.r:
        return None
    font, count = subject.font, len(matrix.names)
    labels = [f"{i} {subject.titles.name(name)}" for i, name in enumerate(matrix.names, 1)]
    label_width = min(LABEL, max(font.width(label, SIZE) for label in labels) + 4)
    widest = max(font.width(text, SMALL) for text in _texts(subject, matrix)) + 5
    size = min(max((WIDTH - label_width - GAP) / count, widest, CELL[0]), CELL[1])
    high = min(size, 26.0)
    left = label_width + GAP
    sheet = Sheet(max(left + size * count, WIDTH), HEAD + high * count + 4, font)
    cells: list[tuple[Box, str]] = []
    for index, name in enumerate(matrix.names):
        top = HEAD + high * index
        _write_label(sheet, labels[index], label_width, top + high / 2)
        for column, other in enumerate(matrix.names[:index]):
            box = Box(left + size * column, top, left + size * (column + 1), top + high)
            r = matrix.r.get(frozenset((name, other)), "")
            cells.append((box, r))
            if r:
                sheet.value(*box.centre, _said(subject, other, name, r))
        box = Box(left + size * index, top, left + size * (index + 1), top + high)
        sheet.field(box, SOFT)
        if name in matrix.alpha:
            text = subject.numbers.text("reliability", matrix.alpha[name])
            sheet.text(*box.centre, text, SMALL, MUTED, "center")
            alpha = subject.numbers.equation("α", "reliability", matrix.alpha[name])
            said = {"label": subject.titles.name(name), "value": alpha}
            sheet.value(*box.centre, subject.words.plain("fig.row.text", **said))
        sheet.text(box.centre[0], top - 8, str(index + 1), SMALL, MUTED, "center")
    sheet.rows = True
    _draw_cells(sheet, subject, [(box, r) for box, r in cells if r])
    _legend(sheet, subject, left + size * count)
    title = subject.words.plain("fig.correlations.title")
    return Drawing(sheet, title, described(sheet))


def _write_label(sheet: Sheet, label: str, width: float, middle: float) -> None:
    """On one line; a long one smaller on two."""
    if sheet.font.width(label, SIZE) <= width:
        sheet.text(0, middle, label, SIZE)
        return
    lines = wrapped(label, sheet.font, SMALL, width, 2)
    for place, line in enumerate(lines):
        sheet.text(0, middle + LINE * (place - (len(lines) - 1) / 2), line, SMALL)


def _matrix(subject: Subject) -> Matrix:
    rows: list[Row] = [row for row in subject.tables.rows("correlations") if row["r"]]
    names = list(dict.fromkeys([*distinct(rows, "x"), *distinct(rows, "y")])) if rows else []
    described = [row["variable"] for row in subject.tables.rows("descriptives")]
    names.sort(key=lambda name: described.index(name) if name in described else len(described))
    alphas = {row["scale"]: row["alpha"] for row in subject.tables.rows("reliability")}
    return Matrix(
        names,
        {frozenset((row["x"], row["y"])): row["r"] for row in rows},
        {name: alpha for name, alpha in alphas.items() if alpha},
    )


def _texts(subject: Subject, matrix: Matrix) -> list[str]:
    return [subject.numbers.text("r", r) for r in matrix.r.values()]


def shade(r: float) -> Colour | None:
    """The colour of a correlation; none below the smallest limit."""
    step = sum(abs(r) >= limit for limit in LIMITS)
    return (POSITIVE if r > 0 else NEGATIVE)[step - 1] if step else None


def _draw_cells(sheet: Sheet, subject: Subject, cells: list[tuple[Box, str]]) -> None:
    """Colour by colour: marks that look alike are one in the file if they are neighbours."""
    shades = [shade(number(r)) for _, r in cells]
    for colour in (*NEGATIVE, *POSITIVE):
        for (box, _), own in zip(cells, shades, strict=True):
            if own is colour:
                sheet.field(box, colour)
    for ink in (INK, ON_LIGHT, ON_DARK):
        for (box, r), own in zip(cells, shades, strict=True):
            if (text_on(own) if own else INK) is ink:
                sheet.text(*box.centre, subject.numbers.text("r", r), SMALL, ink, "center")


def _legend(sheet: Sheet, subject: Subject, right: float) -> None:
    """The shades, in the empty triangle; left out where that is too small."""
    words = subject.words
    rows = [(words.plain("fig.correlations.negative"), NEGATIVE)]
    rows.append((words.plain("fig.correlations.positive"), POSITIVE))
    limits = [subject.numbers.text("r", limit) for limit in LIMITS]
    width = max(sheet.font.width(limit, SMALL) for limit in limits) + 16
    if sheet.height < 130:
        return
    left = right - 3 * width
    for index, limit in enumerate(limits):
        sheet.text(left + width * (index + 0.5), 7, f"≥{limit}", SMALL, MUTED, "center")
    for line, (text, colours) in enumerate(rows):
        y = 15 + 14 * line
        sheet.text(left - 6, y + 6, text, SMALL, MUTED, "right")
        for index, colour in enumerate(colours):
            sheet.field(Box(left + width * index, y, left + width * (index + 1), y + 12), colour)


def _said(subject: Subject, first: str, second: str, r: str) -> str:
    names = {"first": subject.titles.name(first), "second": subject.titles.name(second)}
    return subject.words.plain("fig.correlations.text", **names, r=subject.numbers.text("r", r))
