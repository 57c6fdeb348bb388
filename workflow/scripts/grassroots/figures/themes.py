"""In how many interviews each theme occurs: a bar a theme, level by level."""

from dataclasses import dataclass

from grassroots.figures.drawing import WIDTH, Drawing, Subject, described
from grassroots.figures.palette import BAND, FIRST, INK, MUTED
from grassroots.figures.sheet import SIZE, SMALL, Box, Sheet, wrapped
from grassroots.report.numbers import number
from grassroots.report.records import Row, distinct, is_true

ROW = 20.0
LINE = 12.5
BAR = 12.0
HEADING = 22.0
HEAD = 22.0
FOOT = 6.0
GAP = 10.0
LABEL = 170.0


@dataclass(frozen=True)
class Bar:
    """One theme: its name over one or two lines, its share of the interviews, its count."""

    label: list[str]
    share: float
    text: str


def draw(subject: Subject) -> Drawing | None:
    """None if there are no interviews. A count that is not published has no bar."""
    rows = [row for row in subject.tables.rows("themes") if row["theme"] and not row["code"]]
    interviews = len(subject.tables.rows("saturation"))
    if not rows or not interviews:
        return None
    levels = {
        level: [_bar(subject, row, interviews) for row in rows if row["level"] == level]
        for level in distinct(rows, "level")
    }
    bars = [bar for own in levels.values() for bar in own]
    height = HEAD + HEADING * len(levels) + sum(map(_height, bars)) + FOOT
    sheet = Sheet(WIDTH, height, subject.font)
    head = subject.words.plain("fig.themes.head", n=interviews)
    sheet.text(WIDTH, 9, head, SMALL, MUTED, "right")
    text_width = max(subject.font.width(bar.text, SMALL) for bar in bars)
    left, right = LABEL + GAP, WIDTH - text_width - GAP
    y = HEAD
    for level, own in levels.items():
        name = subject.titles.level("interviews.level", level)
        sheet.text(0, y + HEADING / 2, wrapped(name, subject.font, SIZE, WIDTH, 1)[0], SIZE, MUTED)
        y += HEADING
        for bar in own:
            middle = y + _height(bar) / 2
            for index, line in enumerate(bar.label):
                offset = LINE * (index - (len(bar.label) - 1) / 2)
                sheet.text(0, middle + offset, line, SIZE)
            top, bottom = middle - BAR / 2, middle + BAR / 2
            sheet.rectangle(Box(left, top, right, bottom), BAND)
            if bar.share > 0:
                end = left + bar.share * (right - left)
                sheet.rectangle(Box(left, top, end, bottom), FIRST)
            sheet.text(WIDTH, middle, bar.text, SMALL, INK, "right")
            said = {"label": " ".join(bar.label), "value": bar.text}
            sheet.value(
                left + bar.share * (right - left),
                middle,
                subject.words.plain("fig.row.text", **said),
            )
            y += _height(bar)
    sheet.rows = True
    return Drawing(sheet, subject.words.plain("fig.themes.title"), described(sheet))


def _bar(subject: Subject, row: Row, interviews: int) -> Bar:
    label = wrapped(
        subject.titles.level("interviews.theme", row["theme"]), subject.font, SIZE, LABEL, 2
    )
    if is_true(row["suppressed"]):
        return Bar(label, 0.0, subject.words.plain("cell.hidden"))
    count = number(row["n_interviews"])
    return Bar(label, count / interviews, subject.numbers.text("count", count))


def _height(bar: Bar) -> float:
    return ROW + LINE * (len(bar.label) - 1)
