"""Missing answers: how many of each item, and which items the frequent patterns miss together.

Patterns of few respondents are not in the table, so that nobody can be picked out here.
"""

from grassroots.figures.drawing import WIDTH, Drawing, Subject, described
from grassroots.figures.palette import FIRST, MUTED, RULE, SECOND, SOFT
from grassroots.figures.sheet import SMALL, Box, Sheet, wrapped
from grassroots.report.numbers import number
from grassroots.report.records import Row

ROW = 14.0
LINE = 11.0
# What a further line of a name adds to its row.
MORE = 12.0
HEAD = 34.0
LABEL = 168.0
GAP = 8.0
COLUMN = 20.0
# More patterns than these do not fit beside the bars on a phone.
PATTERNS = 6
# More items than these make a figure that no page can hold; the table names them all.
ITEMS = 24
NO_LIST = ("complete", "other")


def draw(subject: Subject) -> Drawing | None:
    """The items with most gaps, in the order of the questionnaire; None if nothing is missing."""
    rows = [row for row in subject.tables.rows("missing") if number(row["n_missing"]) > 0]
    if not rows or not subject.tables.rows("missing_patterns"):
        return None
    shown, others = _most(rows)
    font, words = subject.font, subject.words
    patterns = _patterns(subject)
    names = [subject.titles.name(row["variable"]) for row in shown]
    label_width = min(LABEL, max(font.width(name, SMALL) for name in names) + 2)
    shares = [subject.numbers.text("percent", row["percent"]) for row in shown]
    text_width = max(font.width(text, SMALL) for text in shares) + 4
    left, right = label_width + GAP, WIDTH - COLUMN * len(patterns) - (GAP if patterns else 0)
    unit = (right - text_width - left) / max(number(row["percent"]) for row in shown)
    head = HEAD if patterns else HEAD / 2
    labels = [wrapped(name, font, SMALL, label_width, 3) for name in names]
    heights = [ROW + MORE * (len(label) - 1) for label in labels]
    sheet = Sheet(WIDTH, head + sum(heights) + 4, font)
    sheet.text(left, 8, words.plain("fig.missing.head"), SMALL, MUTED)
    starts = [right + GAP + COLUMN * column for column in range(len(patterns))]
    _draw_heads(sheet, subject, patterns, starts)
    y = head
    for row, name, share, label, high in zip(shown, names, shares, labels, heights, strict=True):
        sheet.breaks.append(y)
        middle = y + high / 2
        y += high
        for place, line in enumerate(label):
            sheet.text(0, middle + LINE * (place - (len(label) - 1) / 2), line, SMALL)
        end = left + unit * number(row["percent"])
        sheet.rectangle(Box(left, middle - 4.5, end, middle + 4.5), FIRST)
        sheet.text(end + 4, middle, share, SMALL, MUTED)
        parts = [_share(subject, row)]
        for start, pattern in zip(starts, patterns, strict=True):
            missed = row["variable"] in pattern["pattern"].split()
            box = Box(start + 2, middle - 6, start + COLUMN - 2, middle + 6)
            sheet.rectangle(box, SECOND if missed else SOFT)
            count = subject.numbers.text("count", pattern["n"])
            parts.append(words.plain("fig.missing.gap" if missed else "fig.missing.full", n=count))
        sheet.value_of_fields([left, *starts, WIDTH], middle, name, parts)
    sheet.rows = True
    more = _others(sheet, subject, others)
    return Drawing(sheet, words.plain("fig.missing.title"), described(sheet, *more))


def _most(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """The items with most gaps, and the others; both in the order of the questionnaire."""
    by_gaps = sorted(range(len(rows)), key=lambda place: -number(rows[place]["n_missing"]))
    shown = sorted(by_gaps[:ITEMS])
    others = sorted(by_gaps[ITEMS:])
    return [rows[place] for place in shown], [rows[place] for place in others]


def _others(sheet: Sheet, subject: Subject, rows: list[Row]) -> list[str]:
    """How many items are left out, and what they miss at most: written below the others."""
    if not rows:
        return []
    share = subject.numbers.text("percent", max(number(row["percent"]) for row in rows))
    text = subject.words.plain("fig.missing.others", n=len(rows), percent=share)
    sheet.extend(ROW)
    sheet.text(0, sheet.height - 4 - ROW / 2, text, SMALL, MUTED)
    return [text]


def _share(subject: Subject, row: Row) -> str:
    """The percentage of an item, and the counts that it is made of."""
    counts = {name: subject.numbers.text("count", row[name]) for name in ("n_missing", "n")}
    percent = subject.numbers.text("percent", row["percent"])
    return subject.words.plain("fig.missing.share", percent=percent, **counts)


def _patterns(subject: Subject) -> list[Row]:
    """The most frequent patterns whose number is known."""
    rows = subject.tables.rows("missing_patterns")
    return [row for row in rows if row["pattern"] not in NO_LIST and row["n"]][:PATTERNS]


def _draw_heads(sheet: Sheet, subject: Subject, patterns: list[Row], starts: list[float]) -> None:
    """The number of respondents above each pattern."""
    if not patterns:
        return
    sheet.text(WIDTH, 8, subject.words.plain("fig.missing.patterns"), SMALL, MUTED, "right")
    for start, row in zip(starts, patterns, strict=True):
        count = subject.numbers.text("count", row["n"])
        sheet.text(start + COLUMN / 2, 23, count, SMALL, MUTED, "center")
    sheet.line([(starts[0], HEAD - 3), (WIDTH, HEAD - 3)], RULE, 0.8)
