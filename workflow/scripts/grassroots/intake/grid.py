"""What lies in a file before anybody has looked at what it means: header, rows, and their form."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress
from pathlib import Path

from grassroots.intake import plain_csv
from grassroots.intake.delimited import ANY_VALUE, Lengths, decoded, delimiter_of, text_rows
from grassroots.intake.multiple import MARKS
from grassroots.intake.reading import RawTable, UnreadableFile, Value, counted_rows, has_value
from grassroots.intake.spss import read_sav
from grassroots.intake.workbook import sheet_rows, zip_content

# How files of a format begin, whatever their names end in. Text has no mark of its own.
_BEGINNINGS = {
    b"$FL2": "sav",
    b"$FL3": "sav",
    b"\xd0\xcf\x11\xe0": "xls",
    b"%PDF": "pdf",
    b"Rar!": "rar",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf": "7z",
    b"<stat": "dta",
    b"\x89PNG": "png",
    b"\xff\xd8\xff": "jpeg",
    b"GIF8": "gif",
}
# What Excel puts into the folder of an old Excel file when it locks a workbook.
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_LOCKED_WORKBOOK = "xlsx (password)"
_WEB_PAGE = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")
UNNAMED = "(column {})"
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Grid:
    """The first row with a value, and every later one with a value, as they stand.

    `marks` are those of several answers in a cell that may occur. `notes` are what a person should
    know of the reading: the key of a sentence, what fills it.
    """

    format: str
    table: RawTable
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheet_place: str = ""
    header_row: int = 1
    questions: Mapping[str, str] = field(default_factory=dict)
    marks: tuple[str, ...] = MARKS
    notes: Mapping[str, str] = field(default_factory=dict)


def read_grid(
    path: Path, stated_format: str | None = None, stated_encoding: str | None = None
) -> Grid:
    """The grid in a file, whose format is found from its first bytes.

    What is stated must be what is found. Rows without any value are passed over. Raises
    UnreadableFile.
    """
    try:
        with path.open("rb") as file:
            beginning = file.read(512)
    except OSError as error:
        raise UnreadableFile(str(error.strerror)) from error
    found = _format_of(path, beginning)
    if found not in ("csv", "xlsx", "sav") or stated_format not in (None, found):
        detail = (
            f"by its first bytes its format is {found}, not {stated_format or 'csv, xlsx, sav'}"
        )
        error = UnreadableFile(
            detail, "S120", found=found, stated=stated_format or "csv, xlsx, sav"
        )
        error.phrases |= {"found": "workbook_locked"} if found == _LOCKED_WORKBOOK else {}
        raise error
    if found == "sav":
        return _from_sav(path)
    if found == "xlsx":
        sheet, place, lines = sheet_rows(path)
        return _from_lines(found, lines, sheet=sheet, sheet_place=place)
    content = path.read_bytes()
    if stated_encoding in (None, "utf-8") and (grid := _from_plain(content, "utf-8")):
        return grid
    text, encoding = decoded(content, stated_encoding)
    if not ANY_VALUE.search(text):
        raise UnreadableFile("no row with a value in it", "S130")
    if encoding != "utf-8" and (grid := _from_plain(text.encode(), encoding)):
        return grid
    delimiter = delimiter_of(text)
    form = {"encoding": encoding, "delimiter": delimiter}
    grid = _from_lines(found, text_rows(text, delimiter), **form)
    return replace(grid, marks=tuple(mark for mark in MARKS if mark in text))


def _format_of(path: Path, beginning: bytes) -> str:
    if beginning.startswith(_ZIP):
        return zip_content(path)
    for mark, name in _BEGINNINGS.items():
        if beginning.startswith(mark):
            locked = name == "xls" and _LOCKED in path.read_bytes()
            return _LOCKED_WORKBOOK if locked else name
    start = beginning.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return "html" if start.startswith(_WEB_PAGE) else "csv"


def _from_plain(content: bytes, encoding: str) -> Grid | None:
    """The grid of a large file that is plain; None of any other. `content` is made utf-8 by now."""
    if len(content) < plain_csv.LARGE:
        return None
    found = plain_csv.plain_rows(content)
    if found is None:
        return None
    header = [header_text(value) for value in found.header]
    if not header[-1]:
        # Cells below a header without its last cells are looked at one by one.
        return None
    rows = list(range(2, len(found.columns[0]) + 2))
    table = _named(RawTable(header, found.columns, rows, encoding))
    return Grid("csv", table, encoding, found.delimiter, marks=found.marks)


def _from_lines(found: str, lines: Iterable[Sequence[Value]], **form: str) -> Grid:
    row_numbers: list[int] = []
    rows = _rows_with_values(lines, row_numbers)
    top = next(rows, None)
    if top is None:
        raise UnreadableFile("no row with a value in it", "S130")
    first = row_numbers.pop()
    header = [header_text(value) for value in top]
    notes = {}
    if found == "csv":
        if not any(header):
            raise UnreadableFile("no header: invisible characters alone", "S130")
        while not header[-1]:
            header.pop()
        lengths = Lengths(len(header))
        table = RawTable.from_rows(header, lengths.watched(rows, row_numbers), row_numbers)
        lengths.refuse()
        notes = {"short_rows": counted_rows(lengths.short)} if lengths.short else {}
    else:
        table = RawTable.from_rows(header, rows, row_numbers)
    table = replace(_named(table), encoding=form.get("encoding", ""))
    return Grid(found, table, header_row=first, notes=notes, **form)


def _rows_with_values(
    rows: Iterable[Sequence[Value]], row_numbers: list[int]
) -> Iterator[Sequence[Value]]:
    """The rows that are not blank; their numbers are appended to `row_numbers` as they come."""
    for number, row in enumerate(rows, start=1):
        if any(map(has_value, row)):
            row_numbers.append(number)
            yield row


def _named(table: RawTable) -> RawTable:
    """Columns without a header are called by their place, or left if there is nothing in them."""
    kept = [
        (header or UNNAMED.format(place), values)
        for place, (header, values) in enumerate(
            zip(table.columns, table.cells, strict=True), start=1
        )
        if header or any(map(has_value, values))
    ]
    columns, cells = [header for header, _ in kept], [values for _, values in kept]
    return replace(table, columns=columns, cells=cells)


def _from_sav(path: Path) -> Grid:
    content = read_sav(path)
    cells = list(content.columns.values())
    filled = [any(map(has_value, row)) for row in zip(*cells, strict=True)]
    kept = [list(compress(values, filled)) for values in cells]
    row_numbers = [number for number, has in enumerate(filled, start=1) if has]
    table = RawTable(list(content.columns), kept, row_numbers, "", content.labels)
    return Grid("sav", table, header_row=0, questions=content.questions)


def header_text(value: Value) -> str:
    """A header in one line, without characters that nobody sees."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).replace("\u200b", "").replace("\ufeff", "").split())
