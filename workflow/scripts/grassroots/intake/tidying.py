"""The table of an export made ready: rows that are no answers left out, cells taken apart."""

import datetime
from dataclasses import replace

from grassroots.intake.indexed import rows_of
from grassroots.intake.multiple import (
    CHOSEN,
    RANKED,
    WRITTEN,
    has_mark,
    is_list_of_codes,
    options_of,
    without_written,
)
from grassroots.intake.reading import RawTable, Value, plain_text
from grassroots.intake.shape import Shape

SECONDS = "(start to end, seconds)"


def without_left_out(
    table: RawTable, shape: Shape, keep_unfinished: bool
) -> tuple[RawTable, dict[str, str]]:
    """Without previews and answers that were never sent; how many of each there were, as notes."""
    notes: dict[str, str] = {}
    kept = list(range(len(table.row_numbers)))
    marks = {"preview": shape.preview, "unfinished": None if keep_unfinished else shape.unfinished}
    for reason, mark in marks.items():
        if mark is None:
            continue
        column, texts = mark
        values = table.values(column)
        out = {n for n in kept if plain_text(values[n]) in texts}
        if out:
            notes[reason] = str(len(out))
            kept = [n for n in kept if n not in out]
    if len(kept) == len(table.row_numbers):
        return table, notes
    cells = [rows_of(values, kept) for values in table.cells]
    return replace(table, cells=cells, row_numbers=[table.row_numbers[n] for n in kept]), notes


def without_words(table: RawTable) -> tuple[RawTable, int]:
    """Without what somebody wrote in 〖〗 beside an option; in how many cells that stood."""
    cells, total = [], 0
    for values in table.cells:
        count = 0
        if has_mark(values, WRITTEN):
            values, count = without_written(values)
        cells.append(values)
        total += count
    return (replace(table, cells=cells) if total else table), total


def with_seconds(table: RawTable, shape: Shape) -> RawTable:
    """With a column of the time taken, where the file says only when it began and ended."""
    if shape.span is None:
        return table
    begun, ended = (map(_moment, table.values(column)) for column in shape.span)
    taken = [
        (end - start).total_seconds() if start and end and end >= start else None
        for start, end in zip(begun, ended, strict=True)
    ]
    if not any(taken):
        return table
    return replace(table, columns=[*table.columns, SECONDS], cells=[*table.cells, taken])


def _moment(value: Value) -> datetime.datetime | None:
    if isinstance(value, datetime.datetime):
        return value.replace(tzinfo=None)
    try:
        return datetime.datetime.fromisoformat(str(value).strip()).replace(tzinfo=None)
    except ValueError:
        return None


def with_options(
    table: RawTable, platform: str, shape: Shape, marks: tuple[str, ...], passed_over: set[str]
) -> tuple[RawTable, dict[str, dict[str, str]]]:
    """With a column for each option of the cells that hold several; see the module `multiple`."""
    columns, cells = list(table.columns), list(table.cells)
    options: dict[str, dict[str, str]] = {}
    for column, values in zip(table.columns, table.cells, strict=True):
        if column in passed_over:
            continue
        found, name = _options(platform, values, shape, marks)
        for option, chosen in found.items():
            header = name.format(column, option)
            options.setdefault(column, {})[option] = header
            if header not in columns:
                columns.append(header)
                cells.append(chosen)
    if not options:
        return table, {}
    return replace(table, columns=columns, cells=cells), options


def _options(
    platform: str, values: list[Value], shape: Shape, marks: tuple[str, ...]
) -> tuple[dict[str, list], str]:
    """Option: its column, and how that is called."""
    if platform == "kobo":
        return (options_of(values, " ") if is_list_of_codes(values, " ") else {}), "{}/{}"
    if platform == "qualtrics":
        return (options_of(values, ",") if is_list_of_codes(values, ",") else {}), "{}({})"
    mark = next((each for each in (CHOSEN, RANKED) if each in marks and has_mark(values, each)), "")
    return (options_of(values, mark, shape.unasked) if mark else {}), "{}({})"
