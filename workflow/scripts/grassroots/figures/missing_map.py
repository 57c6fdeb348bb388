"""Missing answers: how many of each item, and which items the frequent patterns miss together.

Patterns of few respondents are not in the table, so that nobody can be picked out here.
"""

from grassroots.figures.drawing import WIDTH, Drawing, Subject, described
from grassroots.figures.palette import FIRST, MUTED, RULE, SECOND, SOFT
from grassroots.figures.sheet import SMALL, Box, Sheet, wrapped
from grassroots.report.numbers import number
from grassroots.report.records import Row

ROW = 14.0
HEAD = 34.0
LABEL = 168.0
GAP = 8.0
COLUMN = 20.0
# More patterns than these do not fit beside the bars on a phone.
PATTERNS = 6
NO_LIST = ("complete", "other")


def draw(subject: Subject) -> Drawing | None:
    """The items with gaps, in the order of the questionnaire; None if nothing is missing."""
    rows = [row for row in subject.tables.rows("missing") if number(row["n_missing"]) > 0]
    if not rows or not subject.tables.rows("missing_patterns"):
        return None
    font, words = subject.font, subject.words
    patterns = _patterns(subject)
    names = [subject.titles.name(row["variable"]) for row in rows]
    label_width = min(LABEL, max(font.width(name, SMALL) for name in names) + 2)
    shares = [subject.numbers.text("percent", row["percent"]) for row in rows]
    text_width = max(font.width(text, SMALL) for text in shares) + 4
    left, right = label_width + GAP, WIDTH - COLUMN * len(patterns) - (GAP if patterns else 0)
    unit = (right - text_width - left) / max(number(row["percent"]) for row in rows)
    head = HEAD if patterns else HEAD / 2
    sheet = Sheet(WIDTH, head + ROW * len(rows) + 4, font)
    sheet.text(left, 8, words.plain("fig.missing.head"), SMALL, MUTED)
    _draw_heads(sheet, subject, patterns, right + GAP)
    for place, (row, name, share) in enumerate(zip(rows, names, shares, strict=True)):
        middle = head + ROW * (place + 0.5)
        sheet.text(0, middle, wrapped(name, font, SMALL, label_width, 1)[0], SMALL)
        end = left + unit * number(row["percent"])
        sheet.rectangle(Box(left, middle - 4.5, end, middle + 4.5), FIRST)
        sheet.text(end + 4, middle, share, SMALL, MUTED)
        sheet.value(end, middle, words.plain("fig.row.text", label=name, value=share))
        for column, pattern in enumerate(patterns):
            start = right + GAP + COLUMN * column
            missed = row["variable"] in pattern["pattern"].split()
            box = Box(start + 2, middle - 6, start + COLUMN - 2, middle + 6)
            sheet.rectangle(box, SECOND if missed else SOFT)
    sheet.rows = True
    return Drawing(sheet, words.plain("fig.missing.title"), described(sheet))


def _patterns(subject: Subject) -> list[Row]:
    """The most frequent patterns whose number is known."""
    rows = subject.tables.rows("missing_patterns")
    return [row for row in rows if row["pattern"] not in NO_LIST and row["n"]][:PATTERNS]


def _draw_heads(sheet: Sheet, subject: Subject, patterns: list[Row], left: float) -> None:
    """The number of respondents above each pattern."""
    if not patterns:
        return
    sheet.text(WIDTH, 8, subject.words.plain("fig.missing.patterns"), SMALL, MUTED, "right")
    for column, row in enumerate(patterns):
        count = subject.numbers.text("count", row["n"])
        sheet.text(left + COLUMN * (column + 0.5), 23, count, SMALL, MUTED, "center")
    sheet.line([(left, HEAD - 3), (WIDTH, HEAD - 3)], RULE, 0.8)
