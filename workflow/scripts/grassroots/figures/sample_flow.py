"""The sample flow: what came in, what was excluded and why, what is left."""

from grassroots.figures.drawing import WIDTH, Drawing, Subject, described
from grassroots.figures.palette import INK, MUTED, RULE, SECOND, SOFT
from grassroots.figures.sheet import SIZE, Box, Sheet, wrapped
from grassroots.report.flow import Flow, read_flow
from grassroots.report.numbers import number
from grassroots.report.records import Row

BOX = 26.0
STEP = 56.0
SIDE = 22.0

# A reason and how many left for it.
Side = tuple[str, str]


def draw(subject: Subject) -> Drawing | None:
    """None if the flow was not recorded. Steps that excluded nobody are passed over."""
    flow = read_flow(subject.tables)
    if not flow:
        return None
    labels, sides = _steps(subject, flow)
    width = max(subject.font.width(label, SIZE) for label in labels) + 26
    title = subject.words.plain("fig.flow.title")
    if not any(sides):
        sheet = _side_by_side(subject, labels, width)
        return Drawing(sheet, title, described(sheet))
    sheet = Sheet(WIDTH, STEP * (len(labels) - 1) + BOX + 4, subject.font)
    centre = width / 2 + 1
    for index, label in enumerate(labels):
        top = 2 + STEP * index
        last = index == len(labels) - 1
        sheet.frame(Box(1, top, width + 1, top + BOX), SOFT, INK if last else MUTED)
        sheet.text(centre, top + BOX / 2, label, SIZE, align="center")
        sheet.value(centre, top + BOX / 2, label)
        if not last:
            sheet.arrow((centre, top + BOX), (centre, top + STEP), MUTED, 1.0)
    for index, side in enumerate(sides):
        if side:
            _draw_side(
                sheet, subject, side, centre, width + SIDE, 2 + STEP * index + (BOX + STEP) / 2
            )
    sheet.values.sort(key=lambda value: value.y)
    sheet.rows = True
    return Drawing(sheet, title, described(sheet))


def _steps(subject: Subject, flow: Flow) -> tuple[list[str], list[Side | None]]:
    """The boxes from top to bottom, and what leaves between each and the next."""
    labels = [_count(subject, "fig.flow.start", flow.received)]
    sides: list[Side | None] = []
    for row in flow.removals:
        labels.append(_count(subject, "fig.flow.left", row["n_after"]))
        sides.append((_reason(subject, row), _count(subject, "fig.flow.removed", row["n_removed"])))
    if not flow.removals:
        labels.append("")
        sides.append(None)
    labels[-1] = _count(subject, "fig.flow.end", flow.valid)
    if flow.issued:
        lost = str(number(flow.issued) - number(flow.received))
        labels.insert(0, _count(subject, "fig.flow.issued", flow.issued))
        reason = subject.words.plain("fig.flow.not_returned")
        sides.insert(0, (reason, subject.numbers.text("count", lost)))
    return labels, sides


def _side_by_side(subject: Subject, labels: list[str], width: float) -> Sheet:
    """Nobody was excluded: two boxes, one arrow."""
    sheet = Sheet(2 * width + STEP + 4, BOX + 4, subject.font)
    middle = 2 + BOX / 2
    for index, label in enumerate(labels):
        left = 1 + index * (width + STEP)
        sheet.frame(Box(left, 2, left + width, 2 + BOX), SOFT, INK if index else MUTED)
        sheet.text(left + width / 2, middle, label, SIZE, align="center")
        sheet.value(left + width / 2, middle, label)
    sheet.arrow((width + 1, middle), (width + STEP + 1, middle), MUTED, 1.0)
    sheet.rows = True
    return sheet


def _count(subject: Subject, key: str, n: str) -> str:
    return subject.words.plain(key, n=subject.numbers.text("count", n))


def _draw_side(
    sheet: Sheet, subject: Subject, side: Side, centre: float, x: float, y: float
) -> None:
    """Who leaves: a line out of the arrow, the reason and the number."""
    reason, removed = side
    sheet.line([(centre, y), (x, y)], RULE, 1.0)
    sheet.line([(x, y - 11), (x, y + 11)], SECOND, 2.0)
    text = wrapped(reason, sheet.font, SIZE, WIDTH - x - 8, 1)[0]
    sheet.text(x + 8, y - 6.5, text, SIZE)
    sheet.text(x + 8, y + 6.5, removed, SIZE, MUTED)
    sheet.value(x, y, str(subject.words.sequence([reason, removed])))


def _reason(subject: Subject, row: Row) -> str:
    title = subject.titles.name(row["reason"])
    either = subject.words.either(f"reason.{row['reason']}", row["reason"])
    return title if title != row["reason"] else either
