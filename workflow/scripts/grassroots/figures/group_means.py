"""Means of the groups of each background variable with their intervals."""

import math

from grassroots.figures.drawing import Drawing, Subject, described
from grassroots.figures.forest import Point, Scale, draw_forest
from grassroots.report.numbers import number
from grassroots.report.records import Row, distinct, is_true

ROW = 17.0


def draw(subject: Subject) -> Drawing | None:
    """The first outcome that is compared; None if there is none."""
    rows = subject.tables.rows("group_means")
    if not any(row["mean"] for row in rows):
        return None
    outcome = next(row["outcome"] for row in rows if row["mean"])
    own = [row for row in rows if row["outcome"] == outcome and row.get("status") != "no_cases"]
    points = []
    for variable in distinct(own, "by"):
        levels = [row for row in own if row["by"] == variable]
        heading = _heading(subject, outcome, variable)
        points += [_point(subject, row, "" if i else heading) for i, row in enumerate(levels)]
    head = subject.words.plain("fig.group_means.head", level=subject.level)
    overall = subject.tables.first("descriptives", variable=outcome)
    guide = number(overall["mean"]) if overall else math.nan
    scale = Scale(head, "mean", guide=None if math.isnan(guide) else guide)
    sheet = draw_forest(subject, points, scale, ROW)
    title = subject.words.plain("fig.group_means.title", outcome=subject.titles.name(outcome))
    return Drawing(sheet, title, described(sheet))


def _heading(subject: Subject, outcome: str, variable: str) -> str:
    """The variable with the p of its judged test."""
    name = subject.titles.name(variable)
    tests = subject.tables.rows("group_differences", outcome=outcome, by=variable)
    judged = next((row for row in tests if is_true(row["judged"]) and row["p"]), None)
    if not judged:
        return name
    p = subject.numbers.equation("p", "p", judged["p"])
    return subject.words.plain("fig.group_means.heading", variable=name, p=p)


def _point(subject: Subject, row: Row, heading: str) -> Point:
    bounds = row["ci_low"], row["ci_high"]
    hidden = row.get("status") == "suppressed"
    text = subject.words.plain("cell.hidden" if hidden else "fig.group_means.none")
    if row["mean"]:
        text = subject.numbers.estimate("mean", row["mean"], *bounds)
    return Point(
        subject.titles.level(row["by"], row["level"]),
        number(row["mean"]),
        number(bounds[0]),
        number(bounds[1]),
        text,
        heading=heading,
        more=subject.numbers.equation("n", "count", row["n"]) if row["mean"] else "",
    )
