"""SPSS files: codes with their value labels; what the file declares as missing is no answer."""

from itertools import compress
from pathlib import Path
from typing import Any

from grassroots.intake.reading import RawTable, UnreadableFile, Value, has_value


def read_sav(path: Path, encoding: str | None = None) -> RawTable:
    """The table in a sav or zsav file.

    System-missing values and those that the file declares as user-missing, single or in a range,
    are None; a code without a label stays, for the mapping to judge. Rows count from 1. The file
    says its own encoding; one that does not is read by `encoding`, or else by gb18030. Raises
    UnreadableFile.
    """
    columns, labels = _contents(path, encoding)
    rows = zip(*columns.values(), strict=True)
    filled = [any(map(has_value, row)) for row in rows]
    return RawTable(
        list(columns),
        [list(compress(values, filled)) for values in columns.values()],
        [number for number, has in enumerate(filled, start=1) if has],
        labels={
            column: {_text(code): label.strip() for code, label in own.items()}
            for column, own in labels.items()
        },
    )


def _contents(
    path: Path, encoding: str | None
) -> tuple[dict[str, list[Value]], dict[str, dict[Any, str]]]:
    """The columns and their value labels."""
    import pyreadstat

    # None lets the file speak for itself.
    for each in (encoding,) if encoding else (None, "gb18030"):
        try:
            columns, about = pyreadstat.read_sav(path, encoding=each, output_format="dict")
            return columns, about.variable_value_labels
        except (pyreadstat.ReadstatError, UnicodeDecodeError, ValueError, OSError) as error:
            detail = " ".join(str(error).split())
    raise UnreadableFile(detail)


def _text(code: Any) -> str:
    return str(int(code)) if isinstance(code, float) and code.is_integer() else str(code).strip()
