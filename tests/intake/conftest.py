"""Small raw exports written for a test, and the mapping of their columns."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import pytest
import xlsxwriter

from grassroots.intake.mapping import Problem, Responses, map_responses
from grassroots.intake.reading import RawTable


@pytest.fixture
def text_file(tmp_path: Path) -> Callable[..., Path]:
    """Write rows of cells as a text file."""

    def write(
        rows: Sequence[Sequence[str]],
        delimiter: str = ",",
        encoding: str = "utf-8",
        name: str = "raw.csv",
    ) -> Path:
        lines = [delimiter.join(f'"{cell}"' if cell else "" for cell in row) for row in rows]
        path = tmp_path / name
        path.write_bytes("\r\n".join(lines).encode(encoding))
        return path

    return write


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write sheets of rows as a workbook; `merged` are areas of the first sheet."""

    def write(
        sheets: dict[str, Sequence[Sequence[Any]]],
        merged: Sequence[str] = (),
        name: str = "raw.xlsx",
    ) -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
            for title, rows in sheets.items():
                sheet = book.add_worksheet(title)
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, ["" if cell is None else cell for cell in row])
            for area in merged:
                book.worksheets()[0].merge_range(area, "merged")
        return path

    return write


@pytest.fixture
def sav_file(tmp_path: Path) -> Callable[..., Path]:
    """Write columns as an SPSS file; `about` goes to pyreadstat."""

    def write(columns: dict[str, list[Any]], name: str = "raw.sav", **about: Any) -> Path:
        path = tmp_path / name
        pyreadstat.write_sav(pd.DataFrame(columns), path, **about)
        return path

    return write


@pytest.fixture
def mapped() -> Callable[..., tuple[Responses, list[Problem]]]:
    """The answers of items (1 to 5 unless said otherwise), background variables and meta columns.

    `items` and `background` give the column and the answers or levels of each name.
    """

    def of(
        raw: RawTable,
        items: dict[str, tuple[str, Any]] | None = None,
        background: dict[str, tuple[str, dict[str, str]]] | None = None,
        meta: dict[str, Any] | None = None,
        low: int = 1,
        high: int = 5,
    ) -> tuple[Responses, list[Problem]]:
        response = {"min": low, "max": high, "whole": True, "missing_codes": []}
        plan = {
            "meta": meta or {},
            "items": {
                name: {"column": column, "answers": answers, **response}
                for name, (column, answers) in (items or {}).items()
            },
            "background": {
                name: {"column": column, "levels": levels, "missing_codes": []}
                for name, (column, levels) in (background or {}).items()
            },
        }
        return map_responses(raw, plan)

    return of
