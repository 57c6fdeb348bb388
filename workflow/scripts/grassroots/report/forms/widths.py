"""How wide text is in letters: a Chinese character is as wide as two."""

import re

from grassroots.report.forms.inline import Line
from grassroots.report.forms.printed import PrintedTable

# As report/tables.js has it, which knows no table of Unicode.
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6]"
)


def width(line: Line) -> int:
    """The width of a line."""
    text = "".join(run.text for run in line.runs)
    return len(text) + (0 if text.isascii() else len(_WIDE.findall(text)))


def column_widths(table: PrintedTable) -> list[int]:
    """The longest line of each column, heading included."""
    return [
        max((width(line) for cell in cells for line in cell.text), default=0)
        for cells in zip(table.columns, *table.rows, strict=True)
    ]


def longest_words(table: PrintedTable) -> list[int]:
    """The longest stretch of each column that is not broken between two lines."""
    return [
        max((_longest_word(line) for cell in cells for line in cell.text), default=0)
        for cells in zip(table.columns, *table.rows, strict=True)
    ]


def _longest_word(line: Line) -> int:
    """Between blanks; a Chinese character stands for itself."""
    text = _WIDE.sub("  ", "".join(run.text for run in line.runs))
    return max((len(word) for word in text.split()), default=0)
