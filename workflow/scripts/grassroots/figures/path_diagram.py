"""The structural paths: weights with intervals, thick where large, dashed where not significant."""

from collections.abc import Mapping
from typing import Any

from grassroots.figures.drawing import WIDTH, Drawing, Subject, described
from grassroots.figures.palette import FIRST, INK, MUTED, PAPER, SOFT
from grassroots.figures.path_layout import Edge, label_boxes, positions, segment
from grassroots.figures.sheet import SIZE, SMALL, Box, Sheet, wrapped
from grassroots.report.numbers import number
from grassroots.report.records import Row

NODE = 96.0
SMALL_NODE = 84.0
TITLE = 22.0


def draw(subject: Subject) -> Drawing | None:
    """The first estimator of each structural model, one below the other; None if there is none."""
    models = [(model, _paths(subject, model)) for model in subject.study.get("structural") or []]
    models = [(model, paths) for model, paths in models if paths]
    models = [each for each in models if not each[0].get("exploratory")] or models
    if not models:
        return None
    heights = [_place(model)[1] + (TITLE if len(models) > 1 else 0) for model, _ in models]
    sheet = Sheet(WIDTH, sum(heights), subject.font)
    top = 0.0
    for (model, paths), height in zip(models, heights, strict=True):
        if len(models) > 1:
            name = wrapped(subject.titles.name(model["id"]), subject.font, SIZE, WIDTH, 1)[0]
            sheet.text(0, top + TITLE / 2, name, SIZE, MUTED)
        _draw_model(sheet, subject, model, paths, top + (TITLE if len(models) > 1 else 0))
        top += height
    title = subject.words.plain("fig.path.title")
    return Drawing(sheet, title, described(sheet))


def _place(model: Mapping[str, Any]) -> tuple[dict[str, tuple[float, float]], float]:
    return positions(
        model["predictor"], model["mediators"], model["outcome"], model.get("form", "parallel")
    )


def _paths(subject: Subject, model: Mapping[str, Any]) -> dict[Edge, Row]:
    scales = {model["predictor"], *model["mediators"], model["outcome"]}
    rows = subject.tables.rows("sem_parameters", model=model["id"], op="~")
    paths: dict[Edge, Row] = {}
    for row in rows:
        if {row["lhs"], row["rhs"]} <= scales and row["std"]:
            paths.setdefault((row["rhs"], row["lhs"]), row)
    return paths


def _draw_model(
    sheet: Sheet, subject: Subject, model: Mapping[str, Any], paths: dict[Edge, Row], top: float
) -> None:
    placed, _ = _place(model)
    serial = model.get("form") == "serial" and len(model["mediators"]) > 2
    width = SMALL_NODE if serial else NODE
    names = {
        scale: wrapped(subject.titles.name(scale), subject.font, SIZE, width - 16, 3)
        for scale in placed
    }
    boxes = {scale: _box(placed[scale], names[scale], width, top) for scale in placed}
    segments = {edge: segment(boxes[edge[0]], boxes[edge[1]]) for edge in paths}
    # So many arrows leave no room for intervals; the table has them.
    labels = {edge: _weight(subject, row, not serial) for edge, row in paths.items()}
    sizes = {
        edge: (subject.font.width(text, SMALL) + 10, 1.35 * SMALL) for edge, text in labels.items()
    }
    places = label_boxes(segments, sizes, list(boxes.values()), WIDTH, top)
    for edge, row in paths.items():
        significant = number(row["p"]) < subject.alpha
        weight = 0.9 + 3.0 * min(abs(number(row["std"])), 1.0)
        dashes = None if significant else (4.0, 3.0)
        colour = FIRST if significant else MUTED
        sheet.arrow(segments[edge].start, segments[edge].end, colour, weight, dashes)
    for scale, box in boxes.items():
        sheet.frame(box, SOFT, INK)
        _, middle = box.centre
        first = middle - 6.5 * (len(names[scale]) - 1)
        for index, line in enumerate(names[scale]):
            sheet.text(box.centre[0], first + 13 * index, line, SIZE, align="center")
    for edge, box in places.items():
        sheet.rectangle(box, PAPER)
        sheet.text(*box.centre, labels[edge], SMALL, align="center")
        sheet.value(*box.centre, _said(subject, edge, _weight(subject, paths[edge], True)))


def _box(place: tuple[float, float], lines: list[str], width: float, top: float) -> Box:
    share, y = place
    centre = width / 2 + 1 + share * (WIDTH - width - 2)
    half = 13.0 * len(lines) / 2 + 6
    return Box(centre - width / 2, top + y - half, centre + width / 2, top + y + half)


def _weight(subject: Subject, row: Row, interval: bool) -> str:
    text = subject.numbers.starred("beta", row["std"], row["p"])
    low, high = (row.get("std_low"), row.get("std_high")) if interval else ("", "")
    return f"{text} {subject.numbers.interval('beta', low, high)}" if low and high else text


def _said(subject: Subject, edge: Edge, weight: str) -> str:
    source, target = (subject.titles.name(scale) for scale in edge)
    return subject.words.plain("fig.path.text", **{"from": source, "to": target, "weight": weight})
