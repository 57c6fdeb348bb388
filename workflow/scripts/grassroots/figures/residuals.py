"""Residuals of the regressions: against the fitted values, and against a normal distribution."""

from collections.abc import Mapping

from grassroots.figures.drawing import WIDTH, Drawing, Subject, described
from grassroots.figures.palette import FIRST, INK, MUTED, SECOND
from grassroots.figures.panel import Panel, round_axis
from grassroots.figures.sheet import SIZE, Box, Sheet, wrapped
from grassroots.report.numbers import number
from grassroots.report.records import Row, distinct

HEADING = 20.0
NAME = 22.0
PLOT = 132.0
FOOT = 36.0
MARGIN = 25.0
GAP = 14.0
# Half of the last tick's text stands beyond the right axis.
EDGE = 8.0
DOT = 4.4

Points = list[tuple[float, float]]


def draw(subject: Subject) -> Drawing | None:
    """One line of two diagrams for each regression; None if there is none."""
    rows = subject.tables.rows("regression_residuals")
    if not rows:
        return None
    models = distinct(rows, "model")
    block = HEADING + NAME + PLOT + FOOT
    sheet = Sheet(WIDTH, block * len(models), subject.font)
    said = []
    for place, model in enumerate(models):
        own = [row for row in rows if row["model"] == model]
        top = block * place
        sheet.breaks.append(top)
        title = wrapped(subject.titles.name(model), subject.font, SIZE, WIDTH, 1)[0]
        sheet.text(0, top + HEADING / 2, title, SIZE, INK)
        _draw_model(sheet, subject, own, top + HEADING + NAME)
        said.append(_said(subject, model, own))
    title = subject.words.plain("fig.residuals.title")
    return Drawing(sheet, title, described(sheet, *said))


def _points(rows: list[Row], kind: str) -> Points:
    return [(number(row["x"]), number(row["y"])) for row in rows if row["kind"] == kind]


def _draw_model(sheet: Sheet, subject: Subject, rows: list[Row], top: float) -> None:
    bins, smooth, quantiles = (_points(rows, kind) for kind in ("bin", "smooth", "quantile"))
    width = (WIDTH - 2 * MARGIN - GAP - EDGE) / 2
    boxes = [Box(left, top, left + width, top + PLOT) for left in (MARGIN, WIDTH - EDGE - width)]
    words = subject.words
    name = words.plain("fig.residuals.residual")
    fitted = Panel(
        boxes[0],
        round_axis([x for x, _ in bins]),
        round_axis([0.0, *(y for _, y in [*bins, *smooth])]),
    )
    fitted.draw_axes(sheet, subject, words.plain("fig.residuals.fitted"), name)
    ends = fitted.across.ticks[0], fitted.across.ticks[-1]
    sheet.line([fitted.point(end, 0.0) for end in ends], MUTED, 0.8, (3.0, 2.5))
    _dots(sheet, subject, fitted, bins, "fig.residuals.fitted", dict(smooth))
    sheet.line([fitted.point(*point) for point in smooth], SECOND, 1.6)
    reach = round_axis([value for point in quantiles for value in point])
    normal = Panel(boxes[1], reach, reach)
    normal.draw_axes(sheet, subject, words.plain("fig.residuals.normal"), name)
    ends = reach.ticks[0], reach.ticks[-1]
    sheet.line([normal.point(end, end) for end in ends], MUTED, 0.8, (3.0, 2.5))
    _dots(sheet, subject, normal, quantiles, "fig.residuals.normal", {})


def _dots(
    sheet: Sheet,
    subject: Subject,
    panel: Panel,
    points: Points,
    across: str,
    smooth: Mapping[float, float],
) -> None:
    """The points, each with what it says; with the height of the smooth there, if it is known."""
    words = subject.words
    name = words.plain(across)
    for point in points:
        place = panel.point(*point)
        sheet.dot(*place, FIRST, size=DOT)
        x, y = (subject.numbers.text("statistic", value) for value in point)
        if point[0] in smooth:
            height = subject.numbers.text("statistic", smooth[point[0]])
            y = words.plain("fig.residuals.dot", residual=y, smooth=height)
        sheet.value(*place, words.plain("fig.row.text", label=f"{name} {x}", value=y))


def _said(subject: Subject, model: str, rows: list[Row]) -> str:
    heights = [y for _, y in _points(rows, "smooth")]
    quantiles = _points(rows, "quantile")
    values = {
        "low": min(heights),
        "high": max(heights),
        "first": quantiles[0][0],
        "last": quantiles[-1][0],
        "bottom": quantiles[0][1],
        "top": quantiles[-1][1],
    }
    texts = {name: subject.numbers.text("statistic", value) for name, value in values.items()}
    return subject.words.plain("fig.residuals.text", model=subject.titles.name(model), **texts)
