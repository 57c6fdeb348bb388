"""One kind of table for the whole page, whatever form it leaves in.

A table knows its caption, columns, rows and notes as data; a form (HTML now) is made from these by
a template. A number cell keeps the value beside the printed text, so that no form rounds again.
"""

from dataclasses import dataclass, field

from markupsafe import Markup, escape

from grassroots.report.numbers import Numbers, number
from grassroots.report.records import Found


@dataclass(frozen=True)
class Column:
    """A column: its heading, and whether it holds numbers or text."""

    title: str | Markup
    numeric: bool = True


@dataclass(frozen=True)
class Cell:
    """What is printed, and the values behind it, as text with all digits; empty for words."""

    text: str | Markup
    values: tuple[str, ...] = ()

    @property
    def data(self) -> str:
        """Where the values stand, for the attribute `data-v`, separated by blanks."""
        return " ".join(map(place, self.values))


@dataclass(frozen=True)
class Table:
    """`name` is unique within the page; `file` is the result table that holds the same facts."""

    name: str
    caption: str | Markup
    columns: list[Column]
    rows: list[list[Cell]]
    notes: list[str | Markup] = field(default_factory=list)
    file: str = ""
    rules_before: tuple[int, ...] = ()
    block = "table"

    def __post_init__(self) -> None:
        """A row with a cell too many or too few would stand under the wrong headings."""
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{self.name}: {len(row)} cells for {len(self.columns)} columns")


class CellMaker:
    """Cells of one number style."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers

    def words(self, text: object) -> Cell:
        """A cell of words."""
        return Cell(str(text) if not isinstance(text, Markup) else text)

    def number(self, kind: str, value: object) -> Cell:
        """A number of a kind."""
        return Cell(self.numbers.text(kind, value), full(value))

    def starred(self, kind: str, value: object, p: object) -> Cell:
        """A number with the stars of its p value, where the style has stars."""
        return Cell(self.numbers.starred(kind, value, p), full(value))

    def interval(self, kind: str, low: object, high: object) -> Cell:
        """An interval."""
        return Cell(self.numbers.interval(kind, low, high), full(low, high))

    def like(self, printed: str, value: object) -> Cell:
        """A number with the decimals of the printed one that stands beside it."""
        return Cell(self.numbers.like(printed, value), full(value))

    def with_p(self, kind: str, value: object, p: object) -> Cell:
        """A number with its stars, or with its p in brackets."""
        return Cell(self.numbers.with_p(kind, value, p), full(value, p))

    def mean_sd(self, mean: object, sd: object) -> Cell:
        """Mean and standard deviation."""
        return Cell(self.numbers.mean_sd(mean, sd), full(mean, sd))

    def equation(self, symbol: str, kind: str, value: object, p: object = "") -> Cell:
        """A number with the name of its statistic, and its stars where the style has them."""
        text = symbol_markup(symbol) + self.numbers.equation("", kind, value)
        return Cell(text + self.numbers.stars(p), full(value))

    def fixed(self, kind: str, value: object) -> Cell:
        """A fixed parameter."""
        return Cell(self.numbers.fixed(kind, value), full(value))


def symbol_markup(symbol: str) -> Markup:
    """A statistical symbol: Latin letters italic, Greek ones upright."""
    return Markup("<i>{}</i>").format(symbol) if symbol.isascii() else escape(symbol)


def full(*values: object) -> tuple[str, ...]:
    """The values with all their digits, without those that are missing.

    A cell of a result table stays one that knows its place; what is no such cell, such as a
    declared limit, has eight significant digits.
    """
    return tuple(
        value if isinstance(value, Found) else f"{found:.8g}"
        for value in values
        if (found := number(value)) == found
    )


def place(value: str) -> str:
    """`table:row:column` of a cell of a result table; the value itself if it is none."""
    return f"{value.table}:{value.row}:{value.column}" if isinstance(value, Found) else value


def marked(text: str | Markup, *values: object) -> Markup:
    """A number inside a sentence, with the places of its values in `data-v`."""
    data = " ".join(map(place, full(*values)))
    return Markup('<span data-v="{}">{}</span>').format(data, escape(text))
