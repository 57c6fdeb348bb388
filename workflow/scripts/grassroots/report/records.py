"""Result tables as they are read by the page and the figures: rows of text, no data frames."""

import csv
import io
from collections.abc import Mapping

from grassroots.verification.row_keys import ROW_KEYS

Row = dict[str, str]


class Found(str):
    """The text of a cell that knows where it stands: its table, the row's index, its column."""

    __slots__ = ("column", "row", "table")

    def __new__(cls, text: str, table: str, row: int, column: str) -> "Found":
        """`text` as it stands in `column` of the row of that index."""
        found = super().__new__(cls, text)
        found.table, found.row, found.column = table, row, column
        return found


def parse_csv(text: str, table: str = "") -> list[Row]:
    """The rows of a CSV text with a header; none if it is empty. Absent cells are ''.

    The cells of a named table know where they stand.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), restval="")
    if not table:
        return [dict(row) for row in reader]
    return [
        {column: Found(cell, table, index, column) for column, cell in row.items()}
        for index, row in enumerate(reader)
    ]


class ResultTables:
    """The tables of one dataset by name; a table that was not made has no rows."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._rows: dict[str, list[Row]] = {}
        # By table and columns: the rows by what they hold in these columns.
        self._found: dict[tuple[str, ...], dict[tuple[str, ...], list[Row]]] = {}

    def rows(self, name: str, **where: str) -> list[Row]:
        """The rows in which each column of `where` holds the given text."""
        key = (name, *where)
        if key not in self._found:
            self._found[key] = found = {}
            for row in self._read(name):
                found.setdefault(tuple(row.get(column, "") for column in where), []).append(row)
        return list(self._found[key].get(tuple(where.values()), ()))

    def _read(self, name: str) -> list[Row]:
        """All rows of a table, read when they are first asked for."""
        if name not in self._rows:
            text = self._texts.get(name, "")
            self._rows[name] = parse_csv(text, name if name in ROW_KEYS else "")
        return self._rows[name]

    def first(self, name: str, **where: str) -> Row | None:
        """The first such row, if there is one."""
        return next(iter(self.rows(name, **where)), None)

    def has(self, name: str) -> bool:
        """Whether the table was made, even if it has no rows."""
        return name in self._texts

    def names(self) -> list[str]:
        """The tables that have rows, sorted."""
        return sorted(filter(self._read, self._texts))


def declared(rows: list[Row]) -> list[Row]:
    """The rows of models that the protocol declares, fitted to all respondents.

    The models that only serve omega have a colon in their id, those of half of the respondents an
    @, which no declared id can have.
    """
    return [row for row in rows if ":" not in row["model"] and not is_other_half(row)]


def is_other_half(row: Row) -> bool:
    """Whether a model was fitted to the half of the respondents that no exploration saw."""
    return row["model"].endswith("@other_half")


def reported(rows: list[Row]) -> list[Row]:
    """The rows of the estimator that comes first for their model: the one that is reported."""
    first: dict[str, str] = {}
    return [
        row for row in rows if row["estimator"] == first.setdefault(row["model"], row["estimator"])
    ]


def is_true(text: str) -> bool:
    """Whether a cell says yes."""
    return text.lower() in ("true", "1")


def is_reversed(row: Row) -> bool:
    """Whether an item was turned before scoring."""
    return is_true(row["reversed"])


def distinct(rows: list[Row], column: str) -> list[str]:
    """The values of a column in their order of appearance, each once."""
    return list(dict.fromkeys(row[column] for row in rows))
