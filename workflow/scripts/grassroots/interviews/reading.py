"""Coded interviews from whatever file holds them, recognised by its content, not by its name."""

import zipfile
from pathlib import Path

from grassroots.intake.grid import read_grid
from grassroots.interviews.passages import CodedFile
from grassroots.interviews.qualcoder import MAGIC, read_database
from grassroots.interviews.refi import is_project, read_archive, read_project_file
from grassroots.interviews.tabular import read_table

ZIP = b"PK\x03\x04"
WORKBOOK = "xl/workbook"


def read_interviews(path: Path, encoding: str = "utf-8") -> CodedFile:
    """The passages of a file.

    An SQLite database is a QualCoder project; a zip is a workbook if it has one in it, else a
    REFI-QDA project; XML of that standard is one too; anything else is a csv file. Raises
    UnreadableFile, which tells what was found.
    """
    content = path.read_bytes()
    if content.startswith(MAGIC):
        return read_database(path)
    if content.startswith(ZIP):
        workbook = _is_workbook(path)
        return read_table(read_grid(path, "xlsx").table) if workbook else read_archive(path)
    if is_project(content[:2000]):
        return read_project_file(path)
    return read_table(read_grid(path, "csv", encoding).table)


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.startswith(WORKBOOK) for name in archive.namelist())
    except zipfile.BadZipFile:
        return False
