"""Eigenvalues of each explored instrument, observed and of random data: the scree plot."""

import math
from dataclasses import dataclass

from grassroots.figures.drawing import WIDTH, Drawing, Subject, described
from grassroots.figures.palette import FIRST, INK, MUTED, RULE, SECOND
from grassroots.figures.sheet import SIZE, SMALL, Sheet, wrapped
from grassroots.report.numbers import number
from grassroots.report.records import Row, distinct

HEAD = 26.0
PANEL = 128.0
FOOT = 34.0
LEFT = 26.0
RIGHT = 10.0
LEGEND = 22.0
# More components than these say nothing and could not be told apart.
SHOWN = 20
DOT = 6.4


@dataclass(frozen=True)
class Panel:
    """One instrument: its eigenvalues, the limits, how many are above theirs, n."""

    name: str
    observed: list[float]
    limit: list[float]
    kept: int
    n: str


def draw(subject: Subject) -> Drawing | None:
    """None if nothing was explored."""
    rows = [row for row in subject.tables.rows("eigenvalues") if row["observed"]]
    panels = [_panel(subject, scale, rows) for scale in distinct(rows, "scale")] if rows else []
    if not panels:
        return None
    height = LEGEND + len(panels) * (HEAD + PANEL + FOOT)
    sheet = Sheet(WIDTH, height, subject.font)
    _legend(sheet, subject)
    for index, panel in enumerate(panels):
        top = LEGEND + index * (HEAD + PANEL + FOOT)
        sheet.breaks.append(top)
        _draw_panel(sheet, subject, panel, top)
    title = subject.words.plain("fig.scree.title")
    return Drawing(sheet, title, described(sheet))


def _panel(subject: Subject, scale: str, rows: list[Row]) -> Panel:
    own = [row for row in rows if row["scale"] == scale]
    observed = [number(row["observed"]) for row in own]
    limit = [number(row["parallel"]) for row in own]
    above = [value > bound for value, bound in zip(observed, limit, strict=True)]
    kept = above.index(False) if False in above else len(above)
    return Panel(subject.titles.name(scale), observed[:SHOWN], limit[:SHOWN], kept, own[0]["n"])


def _legend(sheet: Sheet, subject: Subject) -> None:
    """Both lines by name, above the first panel."""
    y = 8.0
    sheet.line([(0, y), (20, y)], FIRST, 1.6)
    sheet.dot(10, y, FIRST, size=DOT)
    box = sheet.text(26, y, subject.words.plain("fig.scree.observed"), SMALL, MUTED)
    left = box.right + 18
    sheet.line([(left, y), (left + 20, y)], SECOND, 1.4, (4.0, 2.5))
    sheet.text(left + 26, y, subject.words.plain("fig.scree.random"), SMALL, MUTED)


def _draw_panel(sheet: Sheet, subject: Subject, panel: Panel, top: float) -> None:
    """Heading, grid, both lines; dots are filled as long as they are above their limit."""
    heading = subject.words.plain(
        "fig.scree.heading", scale=panel.name, n=subject.numbers.equation("n", "count", panel.n)
    )
    sheet.text(0, top + 8, wrapped(heading, sheet.font, SIZE, WIDTH, 1)[0], SIZE, INK)
    upper, lower = top + HEAD, top + HEAD + PANEL
    count, step = len(panel.observed), _step(max(*panel.observed, *panel.limit))
    highest = step * math.ceil(max(*panel.observed, *panel.limit) / step)

    def x(component: int) -> float:
        return LEFT + (component - 0.5) / count * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return lower - value / highest * (lower - upper)

    for index in range(round(highest / step) + 1):
        value = index * step
        sheet.line([(LEFT, y(value)), (WIDTH - RIGHT, y(value))], RULE, 0.6)
        mark = subject.numbers.tick("b", value, 0 if step >= 1 else 1)
        sheet.text(LEFT - 6, y(value), mark, SMALL, MUTED, "right")
    every = 1 if count <= 12 else 2
    for component in range(1, count + 1, every):
        sheet.text(x(component), lower + 10, str(component), SMALL, MUTED, "center")
    axis = subject.words.plain("fig.scree.axis")
    sheet.text(WIDTH - RIGHT, lower + 22, axis, SMALL, MUTED, "right")
    places = range(1, count + 1)
    sheet.line([(x(i), y(v)) for i, v in zip(places, panel.limit, strict=True)], SECOND, 1.4,
               (4.0, 2.5))  # fmt: skip
    sheet.line([(x(i), y(v)) for i, v in zip(places, panel.observed, strict=True)], FIRST, 1.6)
    for component, value in zip(places, panel.observed, strict=True):
        sheet.dot(x(component), y(value), FIRST, component <= panel.kept, DOT)
        said = {"label": panel.name, "value": _said(subject, panel, component)}
        sheet.value(x(component), y(value), subject.words.plain("fig.row.text", **said))


def _step(highest: float) -> float:
    """A round distance of at most six grid lines."""
    return next(step for step in (0.5, 1.0, 2.0, 5.0, 10.0, 20.0) if highest / step <= 5)


def _said(subject: Subject, panel: Panel, component: int) -> str:
    return subject.words.plain(
        "fig.scree.text",
        component=component,
        observed=subject.numbers.text("b", panel.observed[component - 1]),
        limit=subject.numbers.text("b", panel.limit[component - 1]),
    )
