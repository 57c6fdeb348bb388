"""Total, direct and indirect effects, standardised, with their intervals."""

from grassroots.figures.drawing import Drawing, Subject, described
from grassroots.figures.forest import Point, Scale, draw_forest
from grassroots.report.numbers import number
from grassroots.report.records import Row, distinct
from grassroots.report.study_words import planned

EFFECTS = ("total", "direct", "indirect", "total_indirect")
METHODS = ("percentile", "delta", "bca")


def draw(subject: Subject) -> Drawing | None:
    """None if no effect was estimated. One method for each kind of scores, percentile first."""
    rows = [row for row in subject.tables.rows("mediation") if row["effect"] in EFFECTS]
    rows = planned(subject.study, [row for row in rows if row["std"] and row["std_low"]])
    points: list[Point] = []
    models = distinct(rows, "model")
    for model in models:
        for scores in ("latent", "observed"):
            own = [row for row in rows if (row["model"], row["scores"]) == (model, scores)]
            points += _group(subject, own, len(models) > 1)
    if not points:
        return None
    head = subject.words.plain("fig.indirect.head", level=subject.level)
    sheet = draw_forest(subject, points, Scale(head, "beta", zero=True))
    title = subject.words.plain("fig.indirect.title")
    return Drawing(sheet, title, described(sheet))


def _group(subject: Subject, rows: list[Row], several: bool) -> list[Point]:
    methods = [method for method in METHODS if any(row["method"] == method for row in rows)]
    if not methods:
        return []
    shown = [row for row in rows if row["method"] == methods[0]]
    indirect = sum(row["effect"] == "indirect" for row in shown)
    if indirect < 2:
        shown = [row for row in shown if row["effect"] != "total_indirect"]
    shown.sort(key=lambda row: EFFECTS.index(row["effect"]))
    method = subject.words.either(f"method.{methods[0]}", methods[0])
    scores = subject.words.plain(f"scores.{shown[0]['scores']}")
    parts = [subject.words.plain("fig.indirect.group", scores=scores, method=method)]
    if several:
        parts.insert(0, subject.titles.name(shown[0]["model"]))
    return [
        _point(subject, row, " · ".join(parts) if index == 0 else "")
        for index, row in enumerate(shown)
    ]


def _point(subject: Subject, row: Row, heading: str) -> Point:
    low, high = number(row["std_low"]), number(row["std_high"])
    return Point(
        _label(subject, row),
        number(row["std"]),
        low,
        high,
        subject.numbers.estimate("beta", row["std"], low, high),
        filled=low > 0 or high < 0,
        heading=heading,
    )


def _label(subject: Subject, row: Row) -> str:
    """The kind of effect; for an indirect one, the mediators that it passes."""
    kind = subject.words.plain(f"effect.{row['effect']}")
    if row["effect"] != "indirect":
        return kind
    return subject.words.plain(
        "effect.indirect.via", mediators=subject.titles.mediators(row["path"])
    )
