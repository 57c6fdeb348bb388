"""Reliability of the scales: alpha with its interval, omega beside it."""

from grassroots.figures.drawing import Drawing, Subject, described
from grassroots.figures.forest import Point, Scale, draw_forest
from grassroots.report.numbers import number


def draw(subject: Subject) -> Drawing | None:
    """None if no scale has a reliability."""
    rows = [row for row in subject.tables.rows("reliability") if row["alpha"]]
    if not rows:
        return None
    points = [
        Point(
            subject.titles.name(row["scale"]),
            number(row["alpha"]),
            number(row["alpha_low"]),
            number(row["alpha_high"]),
            subject.numbers.estimate(
                "reliability", row["alpha"], row["alpha_low"], row["alpha_high"]
            ),
            second=number(row.get("omega")),
            more=subject.numbers.equation("ω", "reliability", row["omega"])
            if row.get("omega")
            else "",
        )
        for row in rows
    ]
    head = subject.words.plain("fig.reliability.head", level=subject.level)
    scale = Scale(head, "reliability", cover=(0.5, 1.0), band=(0.7, 0.9))
    sheet = draw_forest(subject, points, scale)
    title = subject.words.plain("fig.reliability.title")
    return Drawing(sheet, title, described(sheet))
