"""Standardised loadings with their intervals, factor by factor."""

from grassroots.figures.drawing import Drawing, Subject, described
from grassroots.figures.forest import Point, Scale, draw_forest
from grassroots.report.numbers import number
from grassroots.report.records import Row, declared, distinct, reported


def draw(subject: Subject) -> Drawing | None:
    """None if no measurement model has loadings."""
    rows = [row for row in reported(declared(subject.tables.rows("cfa_loadings"))) if row["std"]]
    if not rows:
        return None
    several = len(distinct(rows, "model")) > 1
    points, previous = [], None
    for row in rows:
        group = (row["model"], row["estimator"], row["group"], row["factor"])
        points.append(
            _point(subject, row, _heading(subject, row, several) if group != previous else "")
        )
        previous = group
    head = subject.words.plain("fig.loadings.head", level=subject.level)
    scale = Scale(head, "loading", cover=(0.0, 1.0), guide=0.5)
    sheet = draw_forest(subject, points, scale)
    title = subject.words.plain("fig.loadings.title")
    return Drawing(sheet, title, described(sheet))


def _heading(subject: Subject, row: Row, several: bool) -> str:
    factor = subject.titles.name(row["factor"])
    return f"{subject.titles.name(row['model'])} · {factor}" if several else factor


def _point(subject: Subject, row: Row, heading: str) -> Point:
    bounds = row["std_low"], row["std_high"]
    return Point(
        subject.titles.name(row["item"]),
        number(row["std"]),
        number(bounds[0]),
        number(bounds[1]),
        subject.numbers.estimate("loading", row["std"], *bounds),
        heading=heading,
    )
