"""SPSS files: codes with their value labels; what the file declares as missing is no answer."""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grassroots.intake.reading import UnreadableFile, Value, damaged

# What ReadStat says of damage.
_DAMAGE = {
    "expected number of rows|unable to read|unable to seek": "sav_cut",
    "encoding": "sav_text",
}


@dataclass(frozen=True)
class SavContent:
    """The columns of a sav file, their value labels and what each asks."""

    columns: Mapping[str, list[Value]]
    labels: Mapping[str, Mapping[str, str]]
    questions: Mapping[str, str]


def read_sav(path: Path) -> SavContent:
    """What is in a sav or zsav file.

    System-missing values and those that the file declares as user-missing, single or in a range,
    are None; a code without a label stays, for the mapping to judge. The file says its own
    encoding; one that does not is read as gb18030. Raises UnreadableFile.
    """
    import pyreadstat

    # None lets the file speak for itself.
    for each in (None, "gb18030"):
        try:
            with warnings.catch_warnings():
                # Of headers that stand twice: what it renames, the codebook does not name.
                warnings.simplefilter("ignore")
                columns, about = pyreadstat.read_sav(path, encoding=each, output_format="dict")
            break
        except BaseException as error:
            unreadable = damaged(error, phrases=_DAMAGE, otherwise="sav_other")
    else:
        raise unreadable
    if None in columns:
        raise UnreadableFile("a column without a name", phrase="sav_other")
    labels = {
        column: {_text(code): str(label).strip() for code, label in own.items()}
        for column, own in about.variable_value_labels.items()
    }
    questions = {
        column: " ".join(label.split())
        for column, label in about.column_names_to_labels.items()
        if label and label.strip()
    }
    return SavContent(columns, labels, questions)


def _text(code: Any) -> str:
    return str(int(code)) if isinstance(code, float) and code.is_integer() else str(code).strip()
