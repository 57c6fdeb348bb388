"""Tables on disk: tidy CSV at full precision, row-level data as Parquet.

A number is written with as many digits as give the same number back (Python's repr), a missing
value as an empty cell, lines end with a line feed: the same table is the same bytes everywhere.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def write_table(table: pd.DataFrame, path: str | Path, marks: Mapping[str, str]) -> None:
    """Write a tidy table; an empty one keeps its header.

    `marks` are columns that say the same in every row, after all others: that data are simulated
    stays with the numbers wherever the file goes.
    """
    table.assign(**marks).to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def stacked(tables: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    """The rows of several tables one below the other; the header alone if there is none."""
    import pandas as pd

    return pd.concat(tables) if tables else pd.DataFrame(columns=list(columns))


def read_table(path: str | Path) -> pd.DataFrame:
    """Read a tidy table: numbers as floats, texts as objects with None where a cell is empty.

    Only an empty cell is missing: a level that is called NA or null stays a text.
    """
    import pandas as pd

    return pd.read_csv(path, keep_default_na=False, na_values=[""])


def read_rows(path: str | Path) -> list[dict[str, str]]:
    """The rows of a tidy table as texts, without pandas: for scripts that only show them."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(
    rows: Sequence[Mapping[str, str]],
    columns: Sequence[str],
    path: str | Path,
    marks: Mapping[str, str],
) -> None:
    """Write rows of texts with these columns and the marks (see write_table), without pandas."""
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*columns, *marks], lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, **marks} for row in rows)


def write_respondents(data: pd.DataFrame, path: str | Path) -> None:
    """Write row-level data as Parquet."""
    write_columns({name: data[name].array for name in data}, path)


def write_respondents_table(data: pd.DataFrame, path: str | Path, marks: Mapping[str, str]) -> None:
    """Write row-level data as CSV, with marks as `write_table`; ten times as fast as that.

    Numbers have as many digits as give the same number back, but 1.0 is written 1, and truth values
    as true and false. Texts must be free of commas and quotation marks.
    """
    import pyarrow
    import pyarrow.csv

    table = pyarrow.Table.from_pandas(data.assign(**marks), preserve_index=False)
    options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="none")
    with Path(path).open("wb") as file:
        file.write(",".join(table.column_names).encode() + b"\n")  # theirs is in quotation marks
        pyarrow.csv.write_csv(table, file, options)


def write_columns(columns: Mapping[str, Sequence], path: str | Path) -> None:
    """Write row-level data, given by columns of equal length, as Parquet; without pandas.

    A column without any value is one of numbers: it would come back without a type otherwise.
    """
    import pyarrow
    import pyarrow.parquet

    typed = {
        name: values
        if any(value is not None for value in values)
        else pyarrow.nulls(len(values), pyarrow.float64())
        for name, values in columns.items()
    }
    table = pyarrow.table(typed)
    pyarrow.parquet.write_table(table, path)


def read_respondents(path: str | Path, columns: Collection[str] | None = None) -> pd.DataFrame:
    """Read row-level data from Parquet; of these columns, if they are named, those that there are.

    The columns are in the order of the file. Their values are not to be changed, but in a copy.
    """
    import pandas as pd
    import pyarrow.parquet

    there = pyarrow.parquet.read_schema(path).names if columns is not None else []
    # As the columns lie in the file's memory: a copy of a million rows takes longer than to read.
    return pd.read_parquet(
        path,
        columns=None if columns is None else [name for name in there if name in columns],
        to_pandas_kwargs={"split_blocks": True, "self_destruct": True},
    )


def write_texts(texts: Mapping[str, str], folder: str | Path) -> None:
    """Write files into a folder, which is made if need be."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (Path(folder) / name).write_text(text, encoding="utf-8", newline="\n")
