"""A raw export as a plain table: a header row and rows of values, nothing interpreted.

pandas is not imported here: the same reader checks every file before the first job, where its
start-up time would be felt in every run.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grassroots.intake.wenjuanxing import is_wenjuanxing, qualified_headers

Value = str | float | int | bool | None | object


class UnreadableFile(ValueError):
    """The file is not what it was said to be; `detail` tells what was found."""

    def __init__(self, detail: str) -> None:
        self.detail = detail
        super().__init__(detail)


@dataclass(frozen=True)
class RawTable:
    """A header and its rows; `row_numbers` are the rows of the file, as a person counts them."""

    columns: list[str]
    rows: list[Sequence[Value]]
    row_numbers: list[int]

    def values(self, column: str) -> list[Value]:
        """The values of one column, None where a row ends before it."""
        index = self.columns.index(column)
        return [row[index] if index < len(row) else None for row in self.rows]


def read_raw(path: Path, file_format: str, encoding: str = "utf-8") -> RawTable:
    """The table in a csv file or in the first sheet of an xlsx file.

    Rows without any value are passed over. The rows of a Wenjuanxing export's matrix questions get
    their question's name, so that no header stands twice. Raises UnreadableFile.
    """
    lines = _csv_rows(path, encoding) if file_format == "csv" else _xlsx_rows(path)
    numbered = [(n, row) for n, row in enumerate(lines, start=1) if any(map(has_value, row))]
    if not numbered:
        raise UnreadableFile("no row with a value in it")
    (_, header), *body = numbered
    columns = ["" if value is None else str(value).strip() for value in header]
    if is_wenjuanxing(columns):
        columns = qualified_headers(columns)
    return RawTable(columns, [row for _, row in body], [n for n, _ in body])


def has_value(value: Value) -> bool:
    """Whether a cell holds anything but blanks."""
    return value is not None and str(value).strip() != ""


def _csv_rows(path: Path, encoding: str) -> list[Sequence[Value]]:
    try:
        text = path.read_bytes().decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"byte {error.start + 1} is not {encoding}") from error
    if "\x00" in text:
        raise UnreadableFile("zero bytes: this is not a text file")
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise UnreadableFile(str(error)) from error


def _xlsx_rows(path: Path) -> list[Sequence[Value]]:
    import python_calamine

    try:
        workbook = python_calamine.CalamineWorkbook.from_path(path)
        return workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError) as error:
        raise UnreadableFile(" ".join(str(error).split())) from error
