"""A Wenjuanxing export as an xlsx file, the same bytes wherever it is written.

Headers as that service writes them: a number and the question, and for a matrix question the
question before the first row title only.
"""

import datetime
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

META_COLUMNS = ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"]
SKIPPED = "(跳过)"
EMPTY = "(空)"

# What the workbook says of the time of its making: a fixed date, or no two files would be equal.
CREATED = datetime.datetime(2026, 1, 1)

Cell = str | int


@dataclass(frozen=True)
class Matrix:
    """A matrix question: its stem and the titles of its rows."""

    stem: str
    rows: Sequence[str]


def headers(questions: Sequence[str | Matrix]) -> list[str]:
    """The header row: the meta columns, then the questions, numbered from 1."""
    found = list(META_COLUMNS)
    for number, question in enumerate(questions, start=1):
        if isinstance(question, str):
            found.append(f"{number}、{question}")
        else:
            first, *rest = question.rows
            found += [f"{number}、{question.stem}—{first}", *rest]
    return found


def time_of_sending(when: datetime.datetime) -> str:
    """A time as the export writes it, without zeros in front: 2026/3/2 9:05:07."""
    return f"{when.year}/{when.month}/{when.day} {when.hour}:{when:%M:%S}"


def write(path: Path, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Write one sheet.

    The parts of the file are stored as they are: what a compressor makes of them differs between
    machines.
    """
    import xlsxwriter

    packed = io.BytesIO()
    workbook = xlsxwriter.Workbook(packed, {"in_memory": True})
    workbook.set_properties({"created": CREATED})
    sheet = workbook.add_worksheet("Sheet1")
    for number, row in enumerate([header, *rows]):
        sheet.write_row(number, 0, row)
    workbook.close()
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(path, "w") as target:
        for part in source.infolist():
            target.writestr(zipfile.ZipInfo(part.filename), source.read(part))
