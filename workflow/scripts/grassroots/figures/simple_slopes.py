"""Simple slopes: the predicted outcome over the predictor, a line a value of the moderator."""

from dataclasses import dataclass

from grassroots.figures.axis import decimals_of, round_ticks
from grassroots.figures.drawing import WIDTH, Drawing, Subject, described
from grassroots.figures.palette import FIRST, INK, MUTED, RULE, SECOND, Colour
from grassroots.figures.sheet import SIZE, SMALL, Sheet, wrapped
from grassroots.report.numbers import number
from grassroots.report.records import Row

TITLE = 20.0
LINES = 15.0
PLOT = 150.0
FOOT = 36.0
LEFT = 40.0
INSET = 0.12
LEGEND = 26.0
POINTS = ("low", "mean", "high")


@dataclass(frozen=True)
class Look:
    """How the line of one value of the moderator is drawn."""

    colour: Colour
    dashes: tuple[float, float] | None


# From the lowest value to the highest; two categories have the first and the last.
LOOKS = (Look(SECOND, (2.0, 2.0)), Look(MUTED, (6.0, 3.0)), Look(FIRST, None))


def draw(subject: Subject) -> Drawing | None:
    """A panel for each moderated path, one below the other; None if there is none."""
    rows = [row for row in subject.tables.rows("simple_slopes") if row["at"] != "boundary"]
    panels = list(dict.fromkeys((row["model"], row["path"]) for row in rows))
    if not panels:
        return None
    moderators = {
        model["id"]: model.get("moderator", "") for model in subject.study.get("structural") or []
    }
    own = {panel: [row for row in rows if (row["model"], row["path"]) == panel] for panel in panels}
    heights = [TITLE + LINES * (len(own[panel]) + 1) + PLOT + FOOT for panel in panels]
    sheet = Sheet(WIDTH, sum(heights), subject.font)
    top, said = 0.0, []
    for panel, height in zip(panels, heights, strict=True):
        sheet.breaks.append(top)
        said.append(_panel(sheet, subject, moderators.get(panel[0], ""), own[panel], top))
        top += height
    return Drawing(sheet, subject.words.plain("fig.slopes.title"), described(sheet, *said))


def _panel(sheet: Sheet, subject: Subject, moderator: str, rows: list[Row], top: float) -> str:
    """Title, the lines with their keys above the plot, the plot; returns it in words."""
    cause, response = rows[0]["path"].split(" -> ")
    names = {
        "model": subject.titles.name(rows[0]["model"]),
        "response": subject.titles.name(response),
    }
    title = subject.words.plain("fig.slopes.panel", **names)
    sheet.text(0, top + TITLE / 2, wrapped(title, subject.font, SIZE, WIDTH, 1)[0], SIZE, MUTED)
    looks = LOOKS if len(rows) > 2 else (LOOKS[0], LOOKS[-1])
    y = top + TITLE + LINES / 2
    key = subject.words.plain("fig.slopes.key", moderator=subject.titles.within(moderator))
    sheet.text(0, y, wrapped(key, subject.font, SMALL, WIDTH, 1)[0], SMALL, INK)
    said = []
    for row, look in zip(rows, looks, strict=True):
        y += LINES
        sheet.line([(0, y), (LEGEND, y)], look.colour, 2.0, look.dashes)
        text = _key(subject, moderator, row)
        sheet.text(LEGEND + 8, y, text, SMALL, INK)
        said.append(text)
    _plot(sheet, subject, rows, looks, top + TITLE + LINES * (len(rows) + 1), cause, moderator)
    return f"{title}: {', '.join(said)}"


def _plot(
    sheet: Sheet,
    subject: Subject,
    rows: list[Row],
    looks: tuple[Look, ...],
    top: float,
    cause: str,
    moderator: str,
) -> None:
    values = [number(row[end]) for row in rows for end in ("y_low", "y_high")]
    ticks = round_ticks(min(values), max(values), 4.5)
    low, high = ticks[0], ticks[-1]
    upper, lower = top + 8, top + PLOT

    def y(value: float) -> float:
        return lower - (value - low) / (high - low) * (lower - upper)

    right = WIDTH - 8
    span = right - LEFT
    ends = LEFT + INSET * span, right - INSET * span
    for tick in ticks:
        sheet.line([(LEFT, y(tick)), (right, y(tick))], RULE, 0.6)
        mark = subject.numbers.tick("mean", tick, decimals_of(ticks))
        sheet.text(LEFT - 6, y(tick), mark, SMALL, MUTED, "right")
    for x, word, column in zip(ends, ("low", "high"), ("x_low", "x_high"), strict=True):
        value = subject.numbers.text("mean", rows[0][column])
        text = subject.words.plain(f"fig.slopes.{word}", value=value)
        sheet.line([(x, lower), (x, lower + 3)], RULE, 0.8)
        sheet.text(x, lower + 11, text, SMALL, MUTED, "center")
    name = wrapped(subject.titles.name(cause), subject.font, SMALL, span, 1)[0]
    sheet.text(LEFT + span / 2, lower + 25, name, SMALL, INK, "center")
    for row, look in zip(rows, looks, strict=True):
        points = [
            (x, y(number(row[end]))) for x, end in zip(ends, ("y_low", "y_high"), strict=True)
        ]
        sheet.line(points, look.colour, 2.0, look.dashes)
        for point, end in zip(points, ("y_low", "y_high"), strict=True):
            sheet.dot(*point, look.colour, size=5.5)
            value = subject.numbers.text("mean", row[end])
            said = {"label": _at(subject, moderator, row), "value": value}
            sheet.value(*point, subject.words.plain("fig.row.text", **said))


def _key(subject: Subject, moderator: str, row: Row) -> str:
    """The value of the moderator, and the slope there."""
    slope = subject.numbers.starred("b", row["est"], row["p"])
    at = _at(subject, moderator, row)
    return subject.words.plain(
        "fig.slopes.line", at=at, b=slope, p=subject.numbers.equation("p", "p", row["p"])
    )


def _at(subject: Subject, moderator: str, row: Row) -> str:
    """The value of the moderator, in words."""
    if row["at"] in POINTS:
        value = subject.numbers.text("b", row["value"])
        return subject.words.plain(f"point.{row['at']}", value=value)
    return subject.titles.level(moderator, row["at"])
