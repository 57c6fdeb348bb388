"""Which columns belong together: the rows of a matrix question, or items asked one by one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grassroots.drafting.columns import Column, question_text
from grassroots.drafting.wording import in_order

# `7、stem—row` (Wenjuanxing), `Q7_Row3` (its SPSS form), `G01Q02[SQ003]` (LimeSurvey),
# `group/item` (KoboToolbox).
_MATRIX = (
    re.compile(r"(?P<stem>.*?)—+(?P<row>[^—].*)", re.DOTALL),
    re.compile(r"(?P<stem>.+?)_(?:Row|R)(?P<row>\d+)", re.I),
    re.compile(r"(?P<stem>.+?)\[(?P<row>[^\]]+)\]"),
    re.compile(r"(?P<stem>.+)/(?P<row>[^/]+)"),
)
_NUMBERED = re.compile(r"(?P<stem>.*?\D)_?0*(?P<row>\d{1,3})", re.DOTALL)


@dataclass(frozen=True)
class Block:
    """Columns that ask in one manner: the stem of their question, and whether it is a matrix."""

    stem: str
    columns: tuple[Column, ...]
    matrix: bool

    @property
    def rows(self) -> list[str]:
        """The wording of each row."""
        return [_row(column.question) for column in self.columns]

    @property
    def words(self) -> list[str] | None:
        """The answers of all rows in words, in their order if it is known; None for numbers."""
        if self.numbers is not None and not any(column.labels for column in self.columns):
            return None
        found = list(dict.fromkeys(word for column in self.columns for word in column.words))
        return in_order(found) or found

    @property
    def numbers(self) -> tuple[float, float] | None:
        """The lowest and the highest answer; None if answers are words."""
        each = [column.numbers for column in self.columns if column.counts]
        known = [numbers for numbers in each if numbers]
        if not known or len(known) < len(each):
            return None
        return min(numbers[0] for numbers in known), max(numbers[-1] for numbers in known)

    @property
    def span(self) -> tuple[int, int]:
        """The places of the first and the last column in the file, counted from 1."""
        return self.columns[0].place + 1, self.columns[-1].place + 1


def matrix_blocks(columns: Sequence[Column]) -> list[Block]:
    """The matrix questions, by their headers; rows of different manners are different matrices."""
    groups: list[list[Column]] = []
    last: tuple[str, int] | None = None
    for column in columns:
        stem = column.matrix or matrix_stem(column.header)
        if stem is None or not _could_be_item(column):
            last = None
            continue
        if last is not None and last[0] == stem:
            groups[-1].append(column)
        else:
            groups.append([column])
        last = (stem, column.place)
    return [
        Block(_words_of_stem(group[0]), tuple(group), matrix=True)
        for group in groups
        if len(group) > 1
    ]


def runs_of_items(columns: Iterable[Column]) -> list[Block]:
    """Columns in a row that are answered in one manner, under names of one beginning."""
    groups: list[list[Column]] = []
    for column in columns:
        if not _could_be_item(column):
            continue
        if groups and _follows(groups[-1], column):
            groups[-1].append(column)
        else:
            groups.append([column])
    return [
        Block(_beginning(group[0].header), tuple(group), matrix=False)
        for group in groups
        if len(group) > 1
    ]


def matrix_stem(header: str) -> str | None:
    """The part of a header that all rows of its matrix share; None if it is of no matrix."""
    for form in _MATRIX:
        found = form.fullmatch(header)
        if found:
            return found["stem"]
    return None


def _row(question: str) -> str:
    found = _MATRIX[0].fullmatch(question)
    return (found["row"] if found else question).strip()


def _words_of_stem(column: Column) -> str:
    if column.matrix:
        return question_text(column.matrix).strip()
    found = _MATRIX[0].fullmatch(column.question)
    return (found["stem"] if found else matrix_stem(column.header) or column.question).strip()


def _could_be_item(column: Column) -> bool:
    """Few answers, or numbers that are no running number, year or amount."""
    if not column.counts:
        return not column.personal
    numbers = column.numbers
    if numbers is None:
        return column.is_choice
    within = -100 <= numbers[0] and numbers[-1] <= 100
    return within and not column.personal and (column.codes is not None or len(numbers) > 1)


def _follows(group: Sequence[Column], column: Column) -> bool:
    if _beginning(group[0].header) != _beginning(column.header):
        return False
    if (group[0].numbers is None) != (column.numbers is None):
        return False
    if column.numbers is None:
        known = {word for each in group for word in each.counts}
        return bool(in_order(sorted(known | set(column.counts)))) or bool(
            known & set(column.counts)
        )
    return True


def _beginning(header: str) -> str:
    """The letters that a numbered name begins with."""
    found = _NUMBERED.fullmatch(header.strip())
    return found["stem"].rstrip("_") if found else ""
