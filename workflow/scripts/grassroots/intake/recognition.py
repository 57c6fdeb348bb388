"""What a raw export is, by its content: its format, its platform, and what its columns are.

Neither the name of a file nor what its name ends in counts. pandas is not imported: this runs
before the first job.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from grassroots.intake.answers import number
from grassroots.intake.export import Export
from grassroots.intake.grid import Grid, read_grid
from grassroots.intake.kobo import is_kobo, kobo_shape
from grassroots.intake.limesurvey import is_limesurvey, limesurvey_shape
from grassroots.intake.multiple import WRITTEN
from grassroots.intake.personal import said_by_header
from grassroots.intake.qualtrics import is_qualtrics, qualtrics_shape
from grassroots.intake.reading import RawTable, Value, has_value
from grassroots.intake.shape import Shape, roles, unique
from grassroots.intake.tidying import (
    SECONDS,
    with_options,
    with_seconds,
    without_left_out,
    without_words,
)
from grassroots.intake.wenjuanxing import is_wenjuanxing, wenjuanxing_shape

# Columns about the answering in files of no known platform.
_PLAIN_ROLES = {
    "duration": (
        *("所用时间", "答题时间", "答题时长", "作答时长", "填写时长", "用时", "duration"),
        *("duration (in seconds)", "totalseconds", "time taken", "duration_seconds"),
    ),
    "submitted": (
        *("提交答卷时间", "提交时间", "填写时间", "答题结束时间", "timestamp", "时间戳记"),
        *("submitted", "submitdate", "ended_at", "date submitted"),
    ),
    "address": ("来自IP", "IP", "IP地址", "IP address", "IPAddress", "ipaddr"),
}


def recognise(
    path: Path,
    file_format: str | None = None,
    encoding: str | None = None,
    keep_unfinished: bool = False,
) -> Export:
    """Read a file and tell what it is.

    A format or an encoding that is given must be what is found. Previews and, unless they are
    kept, answers that were never sent are left out where the platform marks them, and counted in
    the notes. Raises UnreadableFile.
    """
    grid = read_grid(path, file_format, encoding)
    platform, shape = _shape(grid)
    table = _body(grid.table, shape)
    # Headers that stand more than once have got names of their own.
    named = list(zip(table.columns, shape.columns, strict=True))
    renamed = {old: new for new, old in reversed(named)}
    shape = _called(shape, renamed)
    notes = dict(grid.notes)
    if path.suffix.lower().lstrip(".") not in (grid.format, *_USUAL[grid.format]):
        notes["suffix"] = path.suffix
    table, left_out = without_left_out(table, shape, keep_unfinished)
    table, written = without_words(table) if WRITTEN in grid.marks else (table, 0)
    table = with_seconds(table, shape)
    meta = dict(shape.meta)
    if SECONDS in table.columns:
        meta["duration"] = SECONDS
    passed_over = {*shape.ignored, *meta.values()}
    table, options = with_options(table, platform, shape, grid.marks, passed_over)
    questions = {new: shape.questions[old] for new, old in named if old in shape.questions}
    personal = {
        column: kind
        for column in table.columns
        if column not in meta.values()
        and (kind := said_by_header(column) or said_by_header(questions.get(column, "")))
    }
    return Export(
        platform,
        grid.format,
        table,
        variant=_variant(table, shape) if platform == "wenjuanxing" else "",
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        sheet=grid.sheet,
        sheet_place=grid.sheet_place,
        header_row=grid.header_row,
        width=len(grid.table.columns),
        questions=questions,
        matrices={new: shape.matrices[old] for new, old in named if old in shape.matrices},
        options=options,
        meta=meta,
        ignored={new: shape.ignored[old] for new, old in named if old in shape.ignored} | personal,
        notes=notes | left_out | ({"written": str(written)} if written else {}),
    )


_USUAL = {"csv": ("tsv", "txt", "tab"), "xlsx": ("xlsm",), "sav": ("zsav",)}


def _shape(grid: Grid) -> tuple[str, Shape]:
    columns = grid.table.columns
    platform = next((name for name, (fits, _) in _PLATFORMS.items() if fits(columns)), "plain")
    if platform == "plain" and is_wenjuanxing(columns):
        platform, found = "wenjuanxing", wenjuanxing_shape(grid.table, grid.questions)
    else:
        found = _PLATFORMS[platform][1](grid.table)
    if grid.format == "sav" and platform != "wenjuanxing":
        found = replace(found, header_rows=1, questions={**found.questions, **grid.questions})
    return platform, found


def _plain_shape(table: RawTable) -> Shape:
    meta = roles(table.columns, _PLAIN_ROLES)
    asked = [column for column in table.columns if column and column not in meta.values()]
    return Shape(table.columns, {column: column for column in asked}, meta=meta)


_PLATFORMS: dict[str, tuple[Callable[..., bool], Callable[[RawTable], Shape]]] = {
    "qualtrics": (is_qualtrics, qualtrics_shape),
    "limesurvey": (is_limesurvey, limesurvey_shape),
    "kobo": (is_kobo, kobo_shape),
    "plain": (lambda columns: False, _plain_shape),
}


def _body(table: RawTable, shape: Shape) -> RawTable:
    """The answers alone, under headers that occur once; columns with nothing in them are left."""
    further = shape.header_rows - 1
    cells = [values[further:] for values in table.cells] if further else table.cells
    columns = unique(shape.columns)
    labels = {
        new: table.labels[old]
        for new, old in zip(columns, table.columns, strict=True)
        if old in table.labels
    }
    return replace(
        table,
        columns=columns,
        cells=cells,
        row_numbers=table.row_numbers[further:],
        labels=labels,
        unasked=shape.unasked,
    )


def _called(shape: Shape, renamed: Mapping[str, str]) -> Shape:
    """The same with the columns that are looked into called as they are in the table."""
    return replace(
        shape,
        meta={role: renamed[column] for role, column in shape.meta.items()},
        preview=shape.preview and (renamed[shape.preview[0]], shape.preview[1]),
        unfinished=shape.unfinished and (renamed[shape.unfinished[0]], shape.unfinished[1]),
        span=shape.span and (renamed[shape.span[0]], renamed[shape.span[1]]),
    )


def share_of_numbers(table: RawTable, columns: Iterable[str]) -> float:
    """The share of numbers among the first answers of these columns; 0 without any answer."""
    counts: Counter[tuple[type, Value]] = Counter()
    for column in columns:
        if column in table.columns:
            first = table.values(column)[:200]
            # Few answers differ; True and 1 do, though they are equal.
            counts.update(zip(map(type, first), first, strict=True))
    filled = [(value, times) for (_, value), times in counts.items() if has_value(value)]
    numbers = sum(times for value, times in filled if number(value) is not None)
    return numbers / max(1, sum(times for _, times in filled))


def _variant(table: RawTable, shape: Shape) -> str:
    """By number if nearly every answer is one, else by text."""
    return "by number" if share_of_numbers(table, shape.questions) >= 0.95 else "by text"
