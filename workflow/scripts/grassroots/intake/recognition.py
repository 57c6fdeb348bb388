"""What a raw export is, by its content: its format, its platform, and what its columns are.

Neither the name of a file nor what its name ends in counts. pandas is not imported: this runs
before the first job.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from grassroots.intake.grid import Grid, read_grid
from grassroots.intake.kobo import is_kobo, kobo_shape
from grassroots.intake.limesurvey import is_limesurvey, limesurvey_shape
from grassroots.intake.mapping import number
from grassroots.intake.multiple import (
    CHOSEN,
    RANKED,
    WRITTEN,
    has_mark,
    is_list_of_codes,
    options_of,
    without_written,
)
from grassroots.intake.qualtrics import is_qualtrics, qualtrics_shape
from grassroots.intake.reading import RawTable, Value, has_value
from grassroots.intake.shape import Shape, personal_columns, roles, unique
from grassroots.intake.wenjuanxing import is_wenjuanxing, wenjuanxing_shape

SECONDS = "(start to end, seconds)"

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


@dataclass(frozen=True)
class Export:
    """A raw export and what was recognised of it.

    `platform` is wenjuanxing, qualtrics, limesurvey, kobo or plain; `variant` says for Wenjuanxing
    whether answers are words (by text) or numbers (by number). `format` is csv (any delimiter),
    xlsx or sav; `encoding` and `delimiter` are empty unless it is csv, `sheet` and `sheet_place`
    (such as 1/3) unless it is xlsx. `width` counts the columns of the file.

    The headers of `raw` occur once each. `questions` says what a column asks (header: text),
    `matrices` the question that it is a row of, `options` the columns of the options of a
    multiple choice or a ranking (header: {option: header}). `meta` gives the headers of duration,
    submitted and address as far as there are any; `ignored` the columns that are no question or
    that ask for personal data, each with the reason. `notes` are what a person should know of the
    reading: the key of a sentence (workflow/messages, note_<key>) and what fills it.
    """

    platform: str
    format: str
    raw: RawTable
    variant: str = ""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheet_place: str = ""
    header_row: int = 1
    width: int = 0
    questions: Mapping[str, str] = field(default_factory=dict)
    matrices: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    meta: Mapping[str, str] = field(default_factory=dict)
    ignored: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """Value labels: header, code as text, label."""
        return self.raw.labels

    def record(self) -> dict[str, str]:
        """What was recognised, as it is printed and kept: texts alone, and nothing from a cell."""
        return {
            "format": self.format,
            "encoding": self.encoding,
            "rows": str(len(self.raw.row_numbers)),
            "columns": str(self.width),
            "platform": self.platform,
            "variant": self.variant,
            "delimiter": _DELIMITER_NAMES.get(self.delimiter, ""),
            "sheet": self.sheet_place,
            "header_row": str(self.header_row),
            "notes": "; ".join(f"{key}: {value}" for key, value in self.notes.items()),
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
    notes = dict(grid.notes)
    if path.suffix.lower().lstrip(".") not in (grid.format, *_USUAL[grid.format]):
        notes["suffix"] = path.suffix
    table, left_out = _without_left_out(table, shape, keep_unfinished)
    table, written = _without_written(table)
    table = _with_seconds(table, shape)
    meta = {role: renamed.get(column, column) for role, column in shape.meta.items()}
    if SECONDS in table.columns:
        meta["duration"] = SECONDS
    table, options = _with_options(table, platform, shape, {*shape.ignored, *meta.values()})
    personal = {
        c: why for c, why in personal_columns(table.columns).items() if c not in meta.values()
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
        questions={new: shape.questions[old] for new, old in named if old in shape.questions},
        matrices={new: shape.matrices[old] for new, old in named if old in shape.matrices},
        options=options,
        meta=meta,
        ignored={new: shape.ignored[old] for new, old in named if old in shape.ignored} | personal,
        notes=notes | left_out | ({"written": str(written)} if written else {}),
    )


_DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
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


def _without_left_out(
    table: RawTable, shape: Shape, keep_unfinished: bool
) -> tuple[RawTable, dict[str, str]]:
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
    cells = [[values[n] for n in kept] for values in table.cells]
    return replace(table, cells=cells, row_numbers=[table.row_numbers[n] for n in kept]), notes


def plain_text(value: Value) -> str:
    """A cell as text; a whole number has no decimals."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _without_written(table: RawTable) -> tuple[RawTable, int]:
    cells, total = [], 0
    for values in table.cells:
        count = 0
        if has_mark(values, WRITTEN):
            values, count = without_written(values)
        cells.append(values)
        total += count
    return (replace(table, cells=cells) if total else table), total


def _with_seconds(table: RawTable, shape: Shape) -> RawTable:
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


def _with_options(
    table: RawTable, platform: str, shape: Shape, passed_over: set[str]
) -> tuple[RawTable, dict[str, dict[str, str]]]:
    """With a column for each option of the cells that hold several; see the module `multiple`."""
    columns, cells = list(table.columns), list(table.cells)
    options: dict[str, dict[str, str]] = {}
    for column, values in zip(table.columns, table.cells, strict=True):
        if column in passed_over:
            continue
        found, name = _options(platform, values, shape)
        for option, chosen in found.items():
            header = name.format(column, option)
            options.setdefault(column, {})[option] = header
            if header not in columns:
                columns.append(header)
                cells.append(chosen)
    if not options:
        return table, {}
    return replace(table, columns=columns, cells=cells), options


def _options(platform: str, values: list[Value], shape: Shape) -> tuple[dict[str, list], str]:
    if platform == "kobo":
        return (options_of(values, " ") if is_list_of_codes(values, " ") else {}), "{}/{}"
    if platform == "qualtrics":
        return (options_of(values, ",") if is_list_of_codes(values, ",") else {}), "{}({})"
    mark = next((each for each in (CHOSEN, RANKED) if has_mark(values, each)), "")
    return (options_of(values, mark, shape.unasked) if mark else {}), "{}({})"


def share_of_numbers(table: RawTable, columns: Iterable[str]) -> float:
    """The share of numbers among the first answers of these columns; 0 without any answer."""
    asked = [column for column in columns if column in table.columns]
    filled = [v for column in asked for v in table.values(column)[:200] if has_value(v)]
    return sum(number(value) is not None for value in filled) / max(1, len(filled))


def _variant(table: RawTable, shape: Shape) -> str:
    """By number if nearly every answer is one, else by text."""
    return "by number" if share_of_numbers(table, shape.questions) >= 0.95 else "by text"
