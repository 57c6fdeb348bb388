"""The structural paths: weights with intervals, thick where large, dashed where not significant."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from grassroots.figures.drawing import WIDTH, Drawing, Subject, described
from grassroots.figures.palette import FIRST, INK, MUTED, PAPER, SOFT
from grassroots.figures.path_layout import Edge, Segment, label_boxes, positions, segment
from grassroots.figures.sheet import SIZE, SMALL, Box, Sheet, wrapped
from grassroots.report.numbers import number
from grassroots.report.records import Row

NODE = 96.0
SMALL_NODE = 84.0
WIDE_NODE = 112.0
# Room beside the name in its box, left and right together.
EDGES = 16.0
TITLE = 22.0
LINE = 13.0


def draw(subject: Subject) -> Drawing | None:
    """The first estimator of each structural model, one below the other; None if there is none."""
    models = drawn_models(subject)
    if not models:
        return None
    heights = [_place(model)[1] + (TITLE if len(models) > 1 else 0) for model, _ in models]
    sheet = Sheet(WIDTH, sum(heights), subject.font)
    top = 0.0
    for (model, paths), height in zip(models, heights, strict=True):
        sheet.breaks.append(top)
        if len(models) > 1:
            write_title(sheet, subject, model, top)
        _draw_model(sheet, subject, model, paths, top + (TITLE if len(models) > 1 else 0))
        top += height
    title = subject.words.plain("fig.path.title")
    return Drawing(sheet, title, described(sheet))


def drawn_models(subject: Subject) -> list[tuple[Mapping[str, Any], dict[Edge, Row]]]:
    """The planned models with their paths; the exploratory ones where there are no others."""
    models = [(model, _paths(subject, model)) for model in subject.study.get("structural") or []]
    models = [(model, paths) for model, paths in models if paths]
    return [each for each in models if not each[0].get("exploratory")] or models


def write_title(sheet: Sheet, subject: Subject, model: Mapping[str, Any], top: float) -> None:
    """The name of a model above its diagram."""
    name = wrapped(subject.titles.name(model["id"]), subject.font, SIZE, sheet.width, 1)[0]
    sheet.text(0, top + TITLE / 2, name, SIZE, MUTED)


def draw_arrows(
    sheet: Sheet, subject: Subject, paths: Mapping[Edge, Row], segments: Mapping[Edge, Segment]
) -> None:
    """The arrows: thick where the weight is large, dashed where it is not significant."""
    for edge, row in paths.items():
        significant = number(row["p"]) < subject.alpha
        weight = 0.9 + 3.0 * min(abs(number(row["std"])), 1.0)
        dashes = None if significant else (4.0, 3.0)
        colour = FIRST if significant else MUTED
        sheet.arrow(segments[edge].start, segments[edge].end, colour, weight, dashes)


def draw_factor(sheet: Sheet, box: Box, lines: Sequence[str]) -> None:
    """A box with the name of a factor."""
    sheet.frame(box, SOFT, INK)
    x, middle = box.centre
    first = middle - LINE / 2 * (len(lines) - 1)
    for index, line in enumerate(lines):
        sheet.text(x, first + LINE * index, line, SIZE, align="center")


def write_weights(
    sheet: Sheet,
    subject: Subject,
    paths: Mapping[Edge, Row],
    segments: dict[Edge, Segment],
    taken: Sequence[Box],
    top: float,
    interval: bool,
) -> None:
    """The labels of the arrows, clear of what is `taken`; what they say has their intervals."""
    labels = {edge: _weight(subject, row, interval) for edge, row in paths.items()}
    sizes = {
        edge: (subject.font.width(text, SMALL) + 10, 1.35 * SMALL) for edge, text in labels.items()
    }
    for edge, box in label_boxes(segments, sizes, taken, sheet.width, top).items():
        sheet.rectangle(box, PAPER)
        sheet.text(*box.centre, labels[edge], SMALL, align="center")
        sheet.value(*box.centre, said(subject, edge, _weight(subject, paths[edge], True)))


def said(subject: Subject, edge: Edge, weight: str) -> str:
    """What an arrow says: from where, to where, its weight."""
    source, target = (subject.titles.name(scale) for scale in edge)
    return subject.words.plain("fig.path.text", **{"from": source, "to": target, "weight": weight})


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
    titles = {scale: subject.titles.name(scale) for scale in placed}
    width = SMALL_NODE if serial else _width(subject, titles.values())
    names = {
        scale: wrapped(title, subject.font, SIZE, width - EDGES, 3)
        for scale, title in titles.items()
    }
    boxes = {scale: _box(placed[scale], names[scale], width, top) for scale in placed}
    segments = {edge: segment(boxes[edge[0]], boxes[edge[1]]) for edge in paths}
    draw_arrows(sheet, subject, paths, segments)
    for scale, box in boxes.items():
        draw_factor(sheet, box, names[scale])
    # So many arrows leave no room for intervals; the table has them.
    write_weights(sheet, subject, paths, segments, list(boxes.values()), top, not serial)


def _width(subject: Subject, titles: Iterable[str]) -> float:
    """Boxes are as wide as their longest word needs, within bounds."""
    words = [word for title in titles for word in title.split()]
    longest = max(subject.font.width(word, SIZE) for word in words)
    return min(max(longest + EDGES, NODE), WIDE_NODE)


def _box(place: tuple[float, float], lines: list[str], width: float, top: float) -> Box:
    share, y = place
    centre = width / 2 + 1 + share * (WIDTH - width - 2)
    half = LINE * len(lines) / 2 + 6
    return Box(centre - width / 2, top + y - half, centre + width / 2, top + y + half)


def _weight(subject: Subject, row: Row, interval: bool) -> str:
    text = subject.numbers.starred("beta", row["std"], row["p"])
    low, high = (row.get("std_low"), row.get("std_high")) if interval else ("", "")
    return f"{text} {subject.numbers.interval('beta', low, high)}" if low and high else text
