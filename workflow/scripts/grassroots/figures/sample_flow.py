"""The sample flow: what came in, what was excluded and why, what is left."""

from grassroots.figures.drawing import WIDTH, Drawing, Subject
from grassroots.figures.palette import INK, MUTED, RULE, SECOND, SOFT
from grassroots.figures.sheet import SIZE, Box, Sheet, wrapped
from grassroots.report.numbers import number
from grassroots.report.records import Row

BOX = 26.0
STEP = 56.0
SIDE = 22.0


def draw(subject: Subject) -> Drawing | None:
    """None if the flow was not recorded. Steps that excluded nobody are passed over."""
    rows = subject.tables.rows("flow")
    if not rows:
        return None
    removals = [row for row in rows if number(row["n_removed"]) > 0]
    counts = [rows[0]["n_before"], *(row["n_after"] for row in removals)]
    if not removals:
        counts.append(rows[-1]["n_after"])
    labels = [_label(subject, counts, index) for index in range(len(counts))]
    width = max(subject.font.width(label, SIZE) for label in labels) + 26
    title = subject.words.plain("fig.flow.title")
    if not removals:
        return Drawing(_side_by_side(subject, labels, width), title, "; ".join(labels))
    sheet = Sheet(WIDTH, STEP * (len(counts) - 1) + BOX + 4, subject.font)
    centre = width / 2 + 1
    for index, label in enumerate(labels):
        top = 2 + STEP * index
        last = index == len(labels) - 1
        sheet.frame(Box(1, top, width + 1, top + BOX), SOFT, INK if last else MUTED)
        sheet.text(centre, top + BOX / 2, label, SIZE, align="center")
        if not last:
            sheet.arrow((centre, top + BOX), (centre, top + STEP), MUTED, 1.0)
    for index, row in enumerate(removals):
        middle = 2 + STEP * index + (BOX + STEP) / 2
        sheet.line([(centre, middle), (width + SIDE, middle)], RULE, 1.0)
        sheet.line([(width + SIDE, middle - 11), (width + SIDE, middle + 11)], SECOND, 2.0)
        _side(sheet, subject, row, width + SIDE + 8, middle)
    return Drawing(sheet, title, _description(subject, labels, removals))


def _side_by_side(subject: Subject, labels: list[str], width: float) -> Sheet:
    """Nobody was excluded: two boxes, one arrow."""
    sheet = Sheet(2 * width + STEP + 4, BOX + 4, subject.font)
    middle = 2 + BOX / 2
    for index, label in enumerate(labels):
        left = 1 + index * (width + STEP)
        sheet.frame(Box(left, 2, left + width, 2 + BOX), SOFT, INK if index else MUTED)
        sheet.text(left + width / 2, middle, label, SIZE, align="center")
    sheet.arrow((width + 1, middle), (width + STEP + 1, middle), MUTED, 1.0)
    return sheet


def _label(subject: Subject, counts: list[str], index: int) -> str:
    ends = {0: "fig.flow.start", len(counts) - 1: "fig.flow.end"}
    return subject.words.plain(
        ends.get(index, "fig.flow.left"), n=subject.numbers.text("count", counts[index])
    )


def _side(sheet: Sheet, subject: Subject, row: Row, x: float, y: float) -> None:
    removed = _removed(subject, row)
    reason = wrapped(_reason(subject, row), subject.font, SIZE, WIDTH - x, 1)[0]
    sheet.text(x, y - 6.5, reason, SIZE)
    sheet.text(x, y + 6.5, removed, SIZE, MUTED)


def _removed(subject: Subject, row: Row) -> str:
    return subject.words.plain(
        "fig.flow.removed", n=subject.numbers.text("count", row["n_removed"])
    )


def _reason(subject: Subject, row: Row) -> str:
    title = subject.titles.name(row["reason"])
    either = subject.words.either(f"reason.{row['reason']}", row["reason"])
    return title if title != row["reason"] else either


def _description(subject: Subject, labels: list[str], removals: list[Row]) -> str:
    parts = [labels[0]]
    for label, row in zip(labels[1:], removals, strict=True):
        parts += [f"{_reason(subject, row)}, {_removed(subject, row)}", label]
    return "; ".join(parts)
