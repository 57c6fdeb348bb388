"""A twin's raw file in the format of the original, the same bytes whenever it is written."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from grassroots.simulation.spss import fix_date
from grassroots.simulation.wenjuanxing import write_csv, write_xlsx
from grassroots.twin.cells import MARKED, Cell

Table = Mapping[str, Sequence[Cell | None]]


def write_raw(
    path: Path, table: Table, file_format: str, encoding: str, labels: Mapping[str, Sequence[str]]
) -> None:
    """Write the table; `labels` are, for a sav file, the words of each column in order of code."""
    if file_format == "sav":
        _write_sav(path, table, labels)
        return
    rows = [
        ["" if cell is None else cell for cell in row] for row in zip(*table.values(), strict=True)
    ]
    if file_format == "xlsx":
        write_xlsx(path, list(table), rows)
    else:
        write_csv(path, list(table), rows, encoding)


def _write_sav(path: Path, table: Table, labels: Mapping[str, Sequence[str]]) -> None:
    """Words become codes with value labels; what is no such word, a code for no answer, is none."""
    import pandas as pd
    import pyreadstat

    columns: dict[str, list] = {}
    values: dict[str, dict[float, str]] = {}
    for name, cells in table.items():
        words = [str(word) for word in labels.get(name, ())]
        if any(isinstance(cell, str) for cell in cells) and words:
            codes = {word: float(code) for code, word in enumerate(words, start=1)}
            columns[name] = [codes.get(str(cell)) for cell in cells]
            values[name] = {code: word for word, code in codes.items()}
        else:
            columns[name] = list(cells)
    pyreadstat.write_sav(
        pd.DataFrame(columns),
        path,
        file_label=MARKED,
        column_labels=dict.fromkeys(columns, MARKED),
        variable_value_labels=values,
    )
    fix_date(path)
