"""A raw export as a plain table: a header row and rows of values, nothing interpreted.

pandas is not imported here: the same reader checks every file before the first job, where its
start-up time would be felt in every run.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from pathlib import Path

from grassroots.intake.wenjuanxing import is_wenjuanxing, qualified_headers

# How files of a format begin, whatever their names end in. Text has no mark of its own.
_BEGINNINGS = {
    b"PK\x03\x04": "xlsx",
    b"$FL2": "sav",
    b"$FL3": "sav",
    b"\xd0\xcf\x11\xe0": "xls (an old Excel file: save it as xlsx)",
}
# Rows turned into columns at a time, and distinct texts of a csv file remembered at a time.
_CHUNK = 10_000
_TEXTS = 100_000
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
# Tried in this order where the codebook names none: what is utf-8 by chance is hardly ever text.
_ENCODINGS = ("utf-8", "gb18030")

Value = str | float | int | bool | None | object


class UnreadableFile(ValueError):
    """The file is not what it was said to be; `detail` tells what was found."""

    def __init__(self, detail: str) -> None:
        self.detail = detail
        super().__init__(detail)


@dataclass(frozen=True)
class RawTable:
    """A header and the values under it, column by column; nothing else is known of a column.

    `cells` holds one list for each of `columns`, None where a row of the file ends before it, and
    `row_numbers` the rows of the file, as a person counts them. `encoding` is that of a csv file.
    `labels` are the value labels of a sav file: column, value as text, label.
    """

    columns: list[str]
    cells: list[list[Value]]
    row_numbers: list[int]
    encoding: str = ""
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        lengths = [len(values) for values in self.cells]
        if lengths != [len(self.row_numbers)] * len(self.columns):
            raise ValueError("cells are not one list a column, as long as there are rows")

    @classmethod
    def from_rows(
        cls,
        columns: list[str],
        rows: Iterable[Sequence[Value]],
        row_numbers: list[int],
        encoding: str = "",
        labels: Mapping[str, Mapping[str, str]] | None = None,
    ) -> "RawTable":
        """The table of these rows; cells beyond the last column are left out."""
        cells = _transposed(rows, len(columns))
        return cls(columns, cells, row_numbers, encoding, labels or {})

    @property
    def rows(self) -> list[tuple[Value, ...]]:
        """The rows, each as long as the header: for small tables."""
        return list(zip(*self.cells, strict=True))

    def values(self, column: str) -> list[Value]:
        """The values of one column, of the first of this name; do not change the list."""
        return self.cells[self.columns.index(column)]


def read_raw(path: Path, file_format: str, encoding: str | None = None) -> RawTable:
    """The table in a csv file, in the first sheet of an xlsx file, or in an SPSS sav file.

    The file must begin as files of its format do. A csv file without a named encoding is read as
    utf-8 if it is that, else as gb18030, which holds gbk and gb2312. Rows without any value are
    passed over. The rows of a Wenjuanxing export's matrix questions get their question's name, so
    that no header stands twice. Raises UnreadableFile.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(str(error.strerror)) from error
    found = _BEGINNINGS.get(content[:4], "csv")
    if found != file_format:
        raise UnreadableFile(f"by its first bytes its format is {found}, not {file_format}")
    if file_format == "sav":
        from grassroots.intake.spss import read_sav

        return read_sav(path, encoding)
    lines: Iterable[Sequence[Value]]
    if file_format == "csv":
        text, encoding = _decoded(content, encoding)
        lines = _csv_rows(text)
    else:
        lines, encoding = _xlsx_rows(path), ""
    row_numbers: list[int] = []
    rows = _rows_with_values(lines, row_numbers)
    header = next(rows, None)
    if header is None:
        raise UnreadableFile("no row with a value in it")
    row_numbers.clear()
    columns = ["" if value is None else str(value).strip() for value in header]
    if is_wenjuanxing(columns):
        columns = qualified_headers(columns)
    return RawTable.from_rows(columns, rows, row_numbers, encoding)


def _rows_with_values(
    rows: Iterable[Sequence[Value]], row_numbers: list[int]
) -> Iterator[Sequence[Value]]:
    """The rows that are not blank; their numbers are appended to `row_numbers` as they come."""
    for number, row in enumerate(rows, start=1):
        if any(map(has_value, row)):
            row_numbers.append(number)
            yield row


def _transposed(rows: Iterable[Sequence[Value]], width: int) -> list[list[Value]]:
    """The rows as so many columns, by chunks, so that not all rows are held at once."""
    cells: list[list[Value]] = [[] for _ in range(width)]
    blank = (None,) * width
    rows = iter(rows)
    while chunk := list(islice(rows, _CHUNK)):
        # The blank row makes every chunk as wide as the header.
        for column, values in zip(cells, zip_longest(*chunk, blank), strict=False):
            column.extend(values[:-1])
    return cells


def has_value(value: Value) -> bool:
    """Whether a cell holds anything but blanks."""
    return value is not None and str(value).strip() != ""


def _decoded(content: bytes, encoding: str | None) -> tuple[str, str]:
    """The text of a csv file, and the encoding that it was read by."""
    tried = [encoding] if encoding else _ENCODINGS
    for each in tried:
        try:
            return content.decode("utf-8-sig" if each == "utf-8" else each), each
        except UnicodeDecodeError as error:
            place = error.start + 1
    raise UnreadableFile(f"byte {place} is not {' and not '.join(tried)}")


def _csv_rows(text: str) -> Iterator[Sequence[Value]]:
    """The rows of a csv file; equal cells are one object, so that a million rows fit in memory."""
    if "\x00" in text:
        raise UnreadableFile("zero bytes: this is not a text file")
    texts: dict[str, str] = {}
    try:
        for row in csv.reader((line.group() for line in _LINE.finditer(text)), strict=True):
            if len(texts) > _TEXTS:
                texts.clear()
            yield list(map(texts.setdefault, row, row))
    except csv.Error as error:
        raise UnreadableFile(str(error)) from error


def _xlsx_rows(path: Path) -> list[Sequence[Value]]:
    import python_calamine

    try:
        workbook = python_calamine.CalamineWorkbook.from_path(path)
        return workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError) as error:
        raise UnreadableFile(" ".join(str(error).split())) from error
