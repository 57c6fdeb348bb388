"""Standardised regression coefficients with their intervals, model by model, step by step."""

from grassroots.figures.drawing import Drawing, Subject, described
from grassroots.figures.forest import Point, Scale, draw_forest
from grassroots.report.numbers import number
from grassroots.report.records import Row, distinct

INTERCEPT = "intercept"


def draw(subject: Subject) -> Drawing | None:
    """None if no regression has coefficients.

    Of a model with several steps the terms of the first, its controls, are left out.
    """
    rows = [row for row in subject.tables.rows("regression") if row["beta"]]
    points: list[Point] = []
    for model in distinct(rows, "model") if rows else []:
        own = [row for row in rows if row["model"] == model]
        steps = distinct(own, "step")
        controls = {row["term"] for row in own if row["step"] == steps[0]}
        for step in steps[1:] or steps:
            terms = [row for row in own if row["step"] == step]
            if len(steps) > 1:
                terms = [row for row in terms if row["term"] not in controls]
            points += _group(subject, model, step, terms)
    if not points:
        return None
    head = subject.words.plain("fig.coefficients.head", level=subject.level)
    sheet = draw_forest(subject, points, Scale(head, "beta", zero=True))
    title = subject.words.plain("fig.coefficients.title")
    return Drawing(sheet, title, described(sheet))


def _group(subject: Subject, model: str, step: str, rows: list[Row]) -> list[Point]:
    name = subject.titles.name(model)
    heading = subject.words.plain("fig.coefficients.heading", model=name, step=step)
    return [_point(subject, row, "" if index else heading) for index, row in enumerate(rows)]


def _point(subject: Subject, row: Row, heading: str) -> Point:
    """The interval is that of b in the unit of beta."""
    unit = number(row["beta"]) / number(row["b"])
    low, high = sorted((number(row["ci_low"]) * unit, number(row["ci_high"]) * unit))
    return Point(
        _label(subject, row["term"]),
        number(row["beta"]),
        low,
        high,
        subject.numbers.estimate("beta", row["beta"], low, high),
        filled=low > 0 or high < 0,
        heading=heading,
    )


def _label(subject: Subject, term: str) -> str:
    variable, level = subject.titles.term(term)
    if not level:
        return variable
    return subject.words.plain("term.category", variable=variable, level=level)
