"""Large text files in which a delimiter can be nothing else, read by pyarrow.

Without a quotation mark, and with as many cells in every line as in the header, there is one way
to cut a text into cells: csv.reader (delimited.py) finds the same ones, at a tenth of the speed.
Every other file is left to it. The text is not made of the bytes as a whole: that would take twice
their room.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from grassroots.intake.delimited import ANY_VALUE, LOOKED_AT, delimiter_of, text_rows
from grassroots.intake.indexed import Indexed, Texts
from grassroots.intake.multiple import MARKS, has_mark
from grassroots.intake.reading import Value, has_value

if TYPE_CHECKING:
    import pyarrow

# Bytes from which on the import of pyarrow is worth its time.
LARGE = 8_000_000
# Bytes read at a time.
_BLOCK = 1 << 22
# Bytes in which the delimiter is looked for, and the columns in which few values recur.
_BEGINNING = 1 << 20


class Plain(NamedTuple):
    """The first row, the columns of all rows below it, the delimiter, the marks that occur."""

    header: Sequence[Value]
    columns: Sequence[Indexed | Texts]
    delimiter: str
    marks: tuple[str, ...]


def plain_rows(content: bytes) -> Plain | None:
    """What stands in a plain text file; None unless it is plain and none of its rows is blank.

    `content` is to be utf-8, with or without a mark at its beginning; of other bytes None.
    """
    if b'"' in content or b"\x00" in content or _has_lone_return(content):
        return None
    beginning = content
    if len(content) > _BEGINNING:
        beginning = content[: content.rfind(b"\n", 0, _BEGINNING) + 1]
        if beginning.count(b"\n") < LOOKED_AT:
            return None
    try:
        text = beginning.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if not ANY_VALUE.search(text):
        return None
    delimiter = delimiter_of(text)
    header = next(iter(text_rows(text, delimiter)), [])
    if not any(map(has_value, header)):
        return None
    found = _columns(content, beginning, len(header), delimiter)
    if found is None or _any_blank(found):
        return None
    marks = tuple(
        mark
        for mark in MARKS
        if has_mark(header, mark) or any(has_mark(column, mark) for column in found)
    )
    return Plain(header, found, delimiter, marks)


def _has_lone_return(content: bytes) -> bool:
    returns = content.count(b"\r")
    return returns > 0 and returns != content.count(b"\r\n")


def _columns(
    content: bytes, beginning: bytes, width: int, delimiter: str
) -> list[Indexed | Texts] | None:
    """The columns of all rows but the first; None if there are none, or one has another width.

    A column whose values hardly recur among the first is kept as it stands: to number its values
    takes longer than to read them.
    """
    import pyarrow

    few = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    first = _read(beginning, [few] * width, delimiter)
    if first is None or not first.num_rows:
        return None
    known = [column.chunk(0).dictionary for column in first.unify_dictionaries().columns]
    types = [few if 2 * len(each) <= first.num_rows else pyarrow.string() for each in known]
    table = _read(content, types, delimiter)
    if table is None:
        return None
    return [
        _indexed(column) if kind == few else Texts(column)
        for column, kind in zip(table.unify_dictionaries().columns, types, strict=True)
    ]


def _read(
    content: bytes, types: Sequence[pyarrow.DataType], delimiter: str
) -> pyarrow.Table | None:
    """All rows but the first as texts; None if one of them has another width, or is not utf-8."""
    import pyarrow
    import pyarrow.csv as reader

    names = [str(place) for place in range(len(types))]
    try:
        return reader.read_csv(
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
                column_types=dict(zip(names, types, strict=True)), strings_can_be_null=False
            ),
        )
    except pyarrow.ArrowInvalid:
        return None


def _indexed(column: pyarrow.ChunkedArray) -> Indexed:
    import numpy as np

    found = column.chunk(0).dictionary.to_pylist()
    small = np.min_scalar_type(max(0, len(found) - 1))
    places = [chunk.indices.to_numpy().astype(small) for chunk in column.chunks]
    return Indexed(np.concatenate(places), found)


def _any_blank(columns: Sequence[Indexed | Texts]) -> bool:
    """Whether a row has no value at all."""
    import numpy as np

    blank = np.ones(len(columns[0]), dtype=bool)
    # Of a column of few values, without a gap, the others need not be looked at.
    for column in sorted(columns, key=_distinct_at_most):
        if isinstance(column, Indexed):
            blank &= np.array([not has_value(value) for value in column.found])[column.places]
        else:
            blank &= np.array([not has_value(value) for value in column])
        if not blank.any():
            return False
    return True


def _distinct_at_most(column: Indexed | Texts) -> int:
    return len(column.found) if isinstance(column, Indexed) else len(column)
