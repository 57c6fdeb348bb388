"""Excel workbooks: the first sheet with values in it, and what lies in the way of reading it."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from grassroots.intake.reading import UnreadableFile, Value, damaged, has_value
from grassroots.intake.workbook_scan import scan_sheet

# A sheet of text and numbers is packed some ten to thirty times smaller, never so much.
_PACKED_AT_MOST = 200
_SMALL = 50_000_000

# What the readers of zip and xlsx say of damage; of all else they say what XML they miss.
_DAMAGE = {
    "crc|checksum|deflate|decompress|uncompressed": "workbook_packing",
    "zip|central directory": "workbook_cut",
}


def zip_content(path: Path) -> str:
    """What a zip file is: xlsx, or the name of what else it is. Raises UnreadableFile."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            size = sum(each.file_size for each in archive.infolist())
    # A version of the zip format that does not exist is a NotImplementedError.
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _damaged(error) from error
    if size > _SMALL and size > _PACKED_AT_MOST * path.stat().st_size:
        raise UnreadableFile("it unpacks to far more than a workbook would", "S124")
    if "xl/workbook.xml" in names:
        return "xlsx"
    for part, what in (
        ("word/document.xml", "docx"),
        ("xl/workbook.bin", "xlsb"),
        ("mimetype", "ods"),
    ):
        if part in names:
            return what
    return "zip"


def sheet_rows(path: Path) -> tuple[str, str, list[Sequence[Value]]]:
    """Name, place (such as 1/3) and rows of the first sheet that holds a value.

    Rows begin at the sheet's first. Merged cells that reach into the table leave all but one of
    their cells empty, so they are refused by their place. Raises UnreadableFile.
    """
    import python_calamine

    try:
        workbook = python_calamine.CalamineWorkbook.from_path(path)
        names = workbook.sheet_names
        for place, name in enumerate(names, start=1):
            scan = scan_sheet(path, place - 1)
            if scan.sparse:
                raise UnreadableFile(
                    f"the sheet {name} reaches to row {scan.height}, column {scan.width}",
                    "S134",
                    corner=_cell(scan.height - 1, scan.width - 1),
                    cells=str(scan.cells),
                )
            sheet = workbook.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False)
            _put(rows, scan.failed)
            if any(any(map(has_value, row)) for row in rows):
                _refuse_merged(name, sheet.merged_cell_ranges or [], rows)
                return name, f"{place}/{len(names)}", rows
    except UnreadableFile:
        raise
    except BaseException as error:
        raise _damaged(error) from error
    raise UnreadableFile("no row with a value in it", "S130")


def _damaged(error: BaseException) -> UnreadableFile:
    return damaged(error, "S123", phrases=_DAMAGE, otherwise="workbook_content")


def _put(rows: list[list[Value]], failed: Mapping[tuple[int, int], str]) -> None:
    """Write what stands in cells without a result into them: the text is no answer, and is seen."""
    for (row, column), text in failed.items():
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [None] * (column + 1 - len(rows[row]))
        rows[row][column] = text


def _refuse_merged(name: str, merged: Sequence, rows: Sequence[Sequence[Value]]) -> None:
    """`merged` are pairs of corners, each a row and a column from 0."""
    found = [
        f"{_cell(top, left)}:{_cell(bottom, right)}"
        for (top, left), (bottom, right) in merged
        if top < len(rows)
    ]
    if found:
        shown = ", ".join(found[:5]) + (" …" if len(found) > 5 else "")
        raise UnreadableFile(
            f"merged cells {shown}: one header row, one cell a column, is needed",
            "S125",
            cells=shown,
        )


def _cell(row: int, column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"
