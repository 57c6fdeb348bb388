"""Large text files in which a delimiter can be nothing else, read by pyarrow.

Without a quotation mark, and with as many cells in every line as in the header, there is one way
to cut a text into cells: csv.reader (delimited.py) finds the same ones, at a tenth of the speed.
Every other file is left to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from grassroots.intake.delimited import text_rows
from grassroots.intake.indexed import Indexed
from grassroots.intake.reading import Value, has_value

if TYPE_CHECKING:
    import pyarrow

# Bytes from which on the import of pyarrow is worth its time.
LARGE = 8_000_000
# Bytes read at a time.
_BLOCK = 1 << 22


class Plain(NamedTuple):
    """The first row, and the columns of all rows below it."""

    header: Sequence[Value]
    columns: list[Indexed]


def plain_rows(text: str, content: bytes, delimiter: str) -> Plain | None:
    """What stands in a plain text file; None unless it is plain and none of its rows is blank.

    `content` is the text in utf-8, with or without a mark at its beginning.
    """
    if b'"' in content or b"\x00" in content or content.count(b"\r") != content.count(b"\r\n"):
        return None
    header = next(iter(text_rows(text, delimiter)), [])
    if not any(map(has_value, header)):
        return None
    found = _read(content, len(header), delimiter)
    if found is None or not found.num_rows:
        return None
    columns = list(map(_indexed, found.columns))
    return None if _any_blank(columns) else Plain(header, columns)


def _read(content: bytes, width: int, delimiter: str) -> pyarrow.Table | None:
    """All rows but the first as texts; None if one of them has another width."""
    import pyarrow
    import pyarrow.csv as reader

    names = [str(place) for place in range(width)]
    text = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    try:
        table = reader.read_csv(
            pyarrow.BufferReader(content),
            reader.ReadOptions(column_names=names, skip_rows=1, block_size=_BLOCK),
            reader.ParseOptions(
                delimiter=delimiter,
                quote_char=False,
                double_quote=False,
                escape_char=False,
                newlines_in_values=False,
                ignore_empty_lines=False,
            ),
            reader.ConvertOptions(
                column_types=dict.fromkeys(names, text), strings_can_be_null=False
            ),
        )
    except pyarrow.ArrowInvalid:
        return None
    return table.unify_dictionaries()


def _indexed(column: pyarrow.ChunkedArray) -> Indexed:
    import numpy as np

    places = np.concatenate([chunk.indices.to_numpy() for chunk in column.chunks])
    return Indexed(places, column.chunk(0).dictionary.to_pylist())


def _any_blank(columns: Sequence[Indexed]) -> bool:
    """Whether a row has no value at all."""
    import numpy as np

    blank = np.ones(len(columns[0]), dtype=bool)
    for column in columns:
        blank &= np.array([not has_value(value) for value in column.found])[column.places]
        if not blank.any():
            return False
    return True
