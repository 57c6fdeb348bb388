"""What a workbook's XML says that its reader does not: how far a sheet reaches, cells that failed.

The reader lays a sheet out in full, so one forgotten cell in the last corner of Excel would ask for
the memory of seventeen thousand million cells; and it gives an error, or a formula that was never
computed, as an empty cell, which would count as no answer.
"""

import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

_CHUNK = 4_000_000
# A cell with something in it, and what stands in it where that matters.
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?\br=[\"']([A-Za-z]{1,3})(\d{1,7})[\"'][^>]*?)(/?)>")
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\br=[\"']([A-Za-z]{1,3})(\d{1,7})[\"'][^>/]*>\s*"
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>([^<]*)</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|"
    rb"<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ERROR = re.compile(
    rb"<(?:\w+:)?c\b(?=[^>]*\bt=[\"']e[\"'])[^>]*?\br=[\"']([A-Za-z]{1,3})(\d{1,7})[\"'][^>]*>"
    rb"(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<",
    re.DOTALL,
)


@dataclass
class SheetScan:
    """How far the cells of a sheet reach, how many there are, and what stands in failed ones.

    `failed` holds the row and the column, from 0, and the text of the error or of the formula.
    """

    height: int = 0
    width: int = 0
    cells: int = 0
    failed: dict[tuple[int, int], str] = field(default_factory=dict)

    @property
    def sparse(self) -> bool:
        """Whether the sheet is far larger than what is in it, or than any sheet can be read."""
        area = self.height * self.width
        return area > 200_000_000 or (area > 20_000_000 and area > 20 * self.cells)


def scan_sheet(path: Path, place: int) -> SheetScan:
    """Look through the XML of the sheet at `place`, from 0, in the order of the workbook.

    Raises zipfile.BadZipFile, KeyError or ET.ParseError for what is no workbook.
    """
    found = SheetScan()
    with zipfile.ZipFile(path) as archive:
        member = _members(archive)[place]
        for part in _parts(archive, member):
            _look(part, found)
    return found


def column_number(letters: bytes) -> int:
    """The number of a column, from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number


def _members(archive: zipfile.ZipFile) -> list[str]:
    """The files of the sheets in the order of the workbook."""
    targets = {
        each.get("Id"): each.get("Target", "")
        for each in _xml(archive, "xl/_rels/workbook.xml.rels")
    }
    names = []
    for each in _xml(archive, "xl/workbook.xml").iter():
        if each.tag.endswith("}sheet"):
            key = next((value for name, value in each.items() if name.endswith("}id")), "")
            target = targets[key]
            names.append(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
    return names


def _xml(archive: zipfile.ZipFile, name: str) -> ET.Element:
    content = archive.read(name)
    if b"<!DOCTYPE" in content:
        raise KeyError(f"{name}: a document type declaration, which no workbook has")
    return ET.fromstring(content)


def _parts(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """The XML in parts that end with a row."""
    rest = b""
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            whole, end, rest = (rest + chunk).rpartition(b"row>")
            yield whole + end
    yield rest


def _look(part: bytes, found: SheetScan) -> None:
    columns: set[bytes] = set()
    for _, letters, row, closed in _CELL.findall(part):
        if not closed:
            found.cells += 1
            columns.add(letters)
            found.height = max(found.height, int(row))
    found.width = max([found.width, *map(column_number, columns)])
    if b"<f" in part or b":f" in part:
        for letters, row, formula in _FORMULA.findall(part):
            found.failed[int(row) - 1, column_number(letters) - 1] = f"={_text(formula)}"
    if b'="e"' in part or b"='e'" in part:
        for letters, row, error in _ERROR.findall(part):
            found.failed[int(row) - 1, column_number(letters) - 1] = _text(error)


def _text(raw: bytes) -> str:
    return unescape(raw.decode("utf-8", "replace")).strip()
