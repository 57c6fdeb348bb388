"""The structural paths with the indicators of every factor and their standardised loadings."""

from collections.abc import Mapping
from typing import Any

from grassroots.figures.drawing import Drawing, Subject, described
from grassroots.figures.indicator_layout import Card, Layout, Placed, card_width, layout
from grassroots.figures.palette import INK, MUTED, PAPER
from grassroots.figures.path_diagram import (
    LINE,
    TITLE,
    draw_arrows,
    draw_factor,
    drawn_models,
    said,
    write_title,
    write_weights,
)
from grassroots.figures.path_layout import Edge, Segment
from grassroots.figures.sheet import SIZE, SMALL, Box, Sheet, wrapped
from grassroots.report.numbers import number
from grassroots.report.records import Row

ROW = 11.5
# So many indicators are named in one line each, by their ids.
MANY = 30
# Between two models.
BETWEEN = 14.0
Loadings = dict[str, dict[str, Row]]


class _Model:
    """One model with its words measured and its boxes placed."""

    def __init__(
        self, subject: Subject, model: Mapping[str, Any], paths: dict[Edge, Row], loadings: Loadings
    ) -> None:
        self.subject, self.model, self.paths, self.loadings = subject, model, paths, loadings
        self.serial = model.get("form") == "serial"
        self.arc = self.serial and len(model["mediators"]) > 2
        head, row = card_width(self.serial, len(model["mediators"]))
        font, many = subject.font, sum(map(len, loadings.values())) > MANY
        self.names = {
            scale: wrapped(subject.titles.name(scale), font, SIZE, head - 14, 3)
            for scale in loadings
        }
        self.items = {
            item: wrapped(
                item if many else subject.titles.name(item), font, SMALL, row - 8, 1 if many else 3
            )
            for own in loadings.values()
            for item in own
        }
        self.layout = self._placed()

    def _placed(self) -> Layout:
        model = self.model
        heads = {scale: LINE * len(lines) + 12 for scale, lines in self.names.items()}
        ends = model["predictor"], model["outcome"]
        # As high as each other, with room for as many arrows: the direct path is level.
        room = 0.0 if self.arc else 9.0 * (len(model["mediators"]) + 2)
        heads |= dict.fromkeys(ends, max(room, *(heads[scale] for scale in ends)))
        cards = {
            scale: Card(heads[scale], [ROW * len(self.items[item]) + 5 for item in own])
            for scale, own in self.loadings.items()
        }
        return layout(ends[0], model["mediators"], ends[1], self.serial, cards, list(self.paths))


def draw(subject: Subject) -> Drawing | None:
    """Each latent structural model, one below the other; None if no factor has indicators."""
    several = len(drawn_models(subject)) > 1
    models = [
        _Model(subject, model, paths, loadings)
        for model, paths in drawn_models(subject)
        if (loadings := _loadings(subject, model))
    ]
    if not models:
        return None
    title = TITLE if several else 0.0
    height = sum(model.layout.height + title for model in models) + BETWEEN * (len(models) - 1)
    sheet = Sheet(max(model.layout.width for model in models) + 2, height, subject.font)
    top = 0.0
    for model in models:
        if several:
            write_title(sheet, subject, model.model, top)
        _draw_model(sheet, model, (sheet.width - model.layout.width) / 2, top + title)
        top += title + model.layout.height + BETWEEN
    return Drawing(sheet, subject.words.plain("fig.full_path.title"), described(sheet))


def _loadings(subject: Subject, model: Mapping[str, Any]) -> Loadings:
    """Factor: the first estimate of the loading of each indicator; none unless all factors have."""
    scales = [model["predictor"], *model["mediators"], model["outcome"]]
    found: Loadings = {scale: {} for scale in scales}
    for row in subject.tables.rows("sem_parameters", model=model["id"], op="=~"):
        if row["lhs"] in found and row["std"]:
            found[row["lhs"]].setdefault(row["rhs"], row)
    return found if all(found.values()) else {}


def _draw_model(sheet: Sheet, model: _Model, left: float, top: float) -> None:
    subject = model.subject
    placed = {scale: _shifted(each, left, top) for scale, each in model.layout.placed.items()}
    segments = {
        edge: Segment(_point(one.start, left, top), _point(one.end, left, top))
        for edge, one in model.layout.segments.items()
    }
    for each in placed.values():
        sheet.line(each.stem, MUTED, 0.8)
    taken: list[Box] = []
    for scale, each in placed.items():
        for (item, row), box in zip(model.loadings[scale].items(), each.rows, strict=True):
            taken += _draw_indicator(sheet, model, (scale, item), row, each, box)
    draw_arrows(sheet, subject, model.paths, segments)
    for scale, each in placed.items():
        draw_factor(sheet, each.head, model.names[scale])
        taken.append(each.head)
    write_weights(sheet, subject, model.paths, segments, taken, top, interval=False)


def _draw_indicator(
    sheet: Sheet, model: _Model, edge: Edge, row: Row, factor: Placed, box: Box
) -> list[Box]:
    """An indicator, the arrow to it and its loading; what they take up."""
    subject, side = model.subject, factor.side
    x, y = box.centre
    spine = factor.stem[-1][0]
    near, far = (box.left, box.right) if side > 0 else (box.right, box.left)
    doubtful = bool(row["p"]) and not number(row["p"]) < subject.alpha
    # In steps, so that arrows of about one size are one path of the file.
    width = round(4 * (0.4 + 1.6 * min(abs(number(row["std"])), 1.0))) / 4
    sheet.arrow((spine, y), (near - side, y), MUTED, width, (2.0, 1.5) if doubtful else None)
    sheet.frame(box, PAPER, INK, radius=0.0)
    lines = model.items[edge[1]]
    first = y - ROW / 2 * (len(lines) - 1)
    for index, line in enumerate(lines):
        sheet.text(x, first + ROW * index, line, SMALL, align="center")
    told = subject.numbers.text("loading", row["std"])
    loading = sheet.text(far + 3 * side, y, told, SMALL, align="left" if side > 0 else "right")
    bounds = row.get("std_low"), row.get("std_high")
    sheet.value(x, y, said(subject, edge, subject.numbers.estimate("loading", row["std"], *bounds)))
    return [box, loading]


def _shifted(placed: Placed, left: float, top: float) -> Placed:
    return Placed(
        _box(placed.head, left, top),
        [_box(row, left, top) for row in placed.rows],
        [_point(each, left, top) for each in placed.stem],
        placed.side,
    )


def _box(box: Box, left: float, top: float) -> Box:
    return Box(box.left + left, box.top + top, box.right + left, box.bottom + top)


def _point(point: tuple[float, float], left: float, top: float) -> tuple[float, float]:
    return point[0] + left, point[1] + top
