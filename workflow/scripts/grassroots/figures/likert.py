"""Answers to the items as diverging bars: low answers left of zero, high ones right of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from grassroots.figures.drawing import WIDTH, Drawing, Subject, described
from grassroots.figures.font import Font
from grassroots.figures.palette import (
    ANSWERS,
    INK,
    MUTED,
    ON_DARK,
    ON_LIGHT,
    RULE,
    Colour,
    text_on,
)
from grassroots.figures.sheet import SIZE, SMALL, Box, Sheet, wrapped
from grassroots.report.numbers import number
from grassroots.report.records import Row, distinct, is_reversed

ROW = 17.0
LINE = 12.0
BAR = 14.0
HEADING = 21.0
HEAD = 34.0
FOOT = 20.0
GAP = 8.0
SWATCH = 11.0
LEGEND = 17.0
# A smaller share has no room for its number.
PRINTED = 8.0

# A field of a bar: where, in which colour, for how many percent.
Part = tuple[Box, Colour, float]


@dataclass(frozen=True)
class Item:
    """The shares in percent of the answers of one item, from the lowest answer to the highest."""

    label: str
    answers: tuple[float, ...]
    shares: tuple[float, ...]
    counts: tuple[float, ...]

    @property
    def below(self) -> float:
        """Percentage to the left of zero: all answers below the middle one, and half of that."""
        half = len(self.shares) // 2
        middle = self.shares[half] / 2 if len(self.shares) % 2 else 0.0
        return sum(self.shares[:half]) + middle

    @property
    def net(self) -> float:
        """Percentage above the middle minus percentage below it."""
        return sum(self.shares) - 2 * self.below


def draw(subject: Subject) -> Drawing | None:
    """The items with 2 to 7 answers under the dimensions they belong to; None if there is none."""
    scales = _scales(subject)
    if not scales:
        return None
    font = subject.font
    items = [item for own in scales.values() for item in own]
    label_width = min(150.0, max(font.width(item.label, SIZE) for item in items) + 6)
    legends = _legends(subject, scales)
    head = HEAD + LEGEND * (len(legends) - 1)
    rows = sum(_row(font, item, label_width) for item in items)
    height = head + rows + HEADING * len(scales) + FOOT
    sheet = Sheet(WIDTH, height, font)
    net_width = max(font.width(_net(subject, item), SMALL) for item in items)
    net_width = max(net_width, font.width(subject.words.plain("fig.likert.net"), SMALL))
    left, right = label_width + GAP, WIDTH - net_width - GAP
    low = max(item.below for item in items)
    high = max(sum(item.shares) - item.below for item in items)
    unit = (right - left) / (low + high)
    zero = left + low * unit
    bottom = height - FOOT + 3
    # Behind the bars, so that it crosses no number.
    sheet.line([(zero, head + HEADING - 3), (zero, bottom)], INK, 0.8)
    sheet.text(WIDTH, head - 8, subject.words.plain("fig.likert.net"), SMALL, MUTED, "right")
    for line, (word, answers) in enumerate(legends):
        _legend(sheet, word, answers, SWATCH + LEGEND * line)
    y = head
    parts: list[Part] = []
    for scale, own in scales.items():
        name = wrapped(subject.titles.name(scale), font, SIZE, WIDTH - net_width - GAP, 1)[0]
        sheet.text(0, y + HEADING / 2 + 2, name, SIZE, MUTED)
        sheet.breaks.append(y)
        y += HEADING
        for place, item in enumerate(own):
            if place:
                sheet.breaks.append(y)
            parts += _write_item(sheet, subject, item, y, label_width, zero, unit)
            y += _row(font, item, label_width)
    sheet.rows = True
    _draw_parts(sheet, subject, parts)
    _axis(sheet, subject, zero, unit, (low, high), bottom)
    title = subject.words.plain("fig.likert.title")
    return Drawing(sheet, title, described(sheet))


def _write_item(
    sheet: Sheet,
    subject: Subject,
    item: Item,
    top: float,
    label_width: float,
    zero: float,
    unit: float,
) -> list[Part]:
    """The label, the net agreement and the values of a row; returns the fields of its bar."""
    row = _row(sheet.font, item, label_width)
    middle = top + row / 2
    for place, line in enumerate(_label(sheet.font, item, label_width)):
        sheet.text(0, middle + LINE * place - (row - ROW) / 2, line, SIZE)
    sheet.text(WIDTH, middle, _net(subject, item), SMALL, INK, "right")
    start = zero - item.below * unit
    ends = [start + unit * sum(item.shares[:place]) for place in range(len(item.shares) + 1)]
    sheet.value_of_fields(ends, middle, *_said(subject, item))
    return _parts(item, start, middle - BAR / 2, unit)


def _label(font: Font, item: Item, width: float) -> list[str]:
    return wrapped(item.label, font, SIZE, width, 3)


def _row(font: Font, item: Item, label_width: float) -> float:
    """The height of a row: a long label takes two lines or three."""
    return ROW + LINE * (len(_label(font, item, label_width)) - 1)


def _scales(subject: Subject) -> dict[str, list[Item]]:
    """Scale: its items, each once, those with the highest net agreement first."""
    rows = [row for row in subject.tables.rows("answers") if row["percent"]]
    items = subject.tables.rows("items")
    turned = {row["item"] for row in items if is_reversed(row)}
    # The item analysis has dimensions before totals: the first scale of an item is its dimension.
    dimension = {row["item"]: row["scale"] for row in reversed([*items, *rows])}
    found: dict[str, list[Item]] = {}
    for name in distinct(rows, "item") if rows else []:
        own = [row for row in rows if row["item"] == name]
        steps = [row for row in rows if row["scale"] == own[0]["scale"]]
        answers = sorted({number(row["answer"]) for row in steps})
        if len(answers) in ANSWERS:
            item = _item(subject, own, name, answers, name in turned)
            found.setdefault(dimension[name], []).append(item)
    return {scale: sorted(own, key=lambda item: -item.net) for scale, own in found.items()}


def _item(subject: Subject, rows: list[Row], name: str, answers: list[float], turned: bool) -> Item:
    shares = {number(row["answer"]): number(row["percent"]) for row in rows}
    label = subject.titles.name(name)
    if turned:
        label += subject.words.plain("mark.reversed")
    counts = {number(row["answer"]): number(row["n"]) for row in rows}
    return Item(
        label,
        tuple(answers),
        tuple(shares.get(answer, 0.0) for answer in answers),
        tuple(counts.get(answer, 0.0) for answer in answers),
    )


def _parts(item: Item, left: float, top: float, unit: float) -> list[Part]:
    """The fields of one bar with their colours and shares."""
    parts = []
    for share, colour in zip(item.shares, ANSWERS[len(item.shares)], strict=True):
        if share > 0:
            parts.append((Box(left, top, left + share * unit, top + BAR), colour, share))
        left += share * unit
    return parts


def _draw_parts(sheet: Sheet, subject: Subject, parts: list[Part]) -> None:
    """Colour by colour: marks that look alike are one in the file if they are neighbours."""
    parts = sorted(parts, key=lambda part: ANSWERS[7].index(part[1]))
    for box, colour, _ in parts:
        sheet.field(box, colour)
    for ink in (ON_DARK, ON_LIGHT):
        for box, colour, share in parts:
            text = subject.numbers.text("whole_percent", share)
            fits = sheet.font.width(text, SMALL) < box.right - box.left
            if share >= PRINTED and fits and text_on(colour) is ink:
                sheet.text(*box.centre, text, SMALL, ink, "center")


def _legends(
    subject: Subject, scales: Mapping[str, list[Item]]
) -> list[tuple[str, tuple[float, ...]]]:
    """The sets of answers that occur, the most frequent first; the others name their scales."""
    users: dict[tuple[float, ...], list[str]] = {}
    for scale, items in scales.items():
        users.setdefault(items[0].answers, []).append(subject.titles.name(scale))
    ordered = sorted(users, key=lambda answers: -len(users[answers]))
    first = (subject.words.plain("fig.likert.legend"), ordered[0])
    return [first, *((str(subject.words.sequence(users[each])), each) for each in ordered[1:])]


def _legend(sheet: Sheet, word: str, answers: tuple[float, ...], y: float) -> None:
    """A swatch for each answer."""
    room = WIDTH - (SWATCH + 24) * len(answers)
    text = wrapped(word, sheet.font, SMALL, room, 1)[0]
    x = sheet.text(0, y, text, SMALL, MUTED).right + GAP
    for answer, colour in zip(answers, ANSWERS[len(answers)], strict=True):
        sheet.field(Box(x, y - SWATCH / 2, x + SWATCH, y + SWATCH / 2), colour)
        x = sheet.text(x + SWATCH + 4, y, f"{answer:g}", SMALL).right + GAP + 2


def _axis(
    sheet: Sheet,
    subject: Subject,
    zero: float,
    unit: float,
    ends: tuple[float, float],
    y: float,
) -> None:
    """Percentages to both sides of zero, every 50 or 25 as there is room."""
    low, high = ends
    step = 25 if 25 * unit > 34 else 50
    sheet.line([(zero - low * unit, y), (zero + high * unit, y)], RULE, 0.8)
    for tick in range(-100, 101, step):
        if -low <= tick <= high:
            x = zero + tick * unit
            sheet.line([(x, y), (x, y + 3)], RULE, 0.8)
            text = subject.numbers.text("threshold", abs(tick) / 100) if tick else "0"
            sheet.text(x, y + 11, text, SMALL, MUTED, "center")


def _net(subject: Subject, item: Item) -> str:
    text = subject.numbers.text("whole_percent", item.net)
    return f"+{text}" if item.net > 0 and text != "0" else text


def _said(subject: Subject, item: Item) -> tuple[str, list[str]]:
    """The item with its n, and each answer with its percentage and count."""
    numbers, words = subject.numbers, subject.words
    shares = [
        words.plain(
            "fig.likert.share",
            answer=f"{answer:g}",
            percent=numbers.text("percent", share),
            n=numbers.text("count", count),
        )
        for answer, share, count in zip(item.answers, item.shares, item.counts, strict=True)
    ]
    n = numbers.equation("n", "count", sum(item.counts))
    return words.plain("fig.likert.text", item=item.label, n=n), shares
