"""Wenjuanxing exports: recognised by their columns, headers made unique, cells read.

The header of a matrix question stands on its first row only (`7、stem—row one`, then `row two`,
`row three`), so that the same header can stand under several matrices. Here every row of a matrix
is called `7、stem—row`, as its first one is in the file.
"""

import datetime
import functools
import re
from collections.abc import Mapping, Sequence
from typing import Any

from grassroots.intake.personal import TOO_LONG
from grassroots.intake.reading import RawTable
from grassroots.intake.shape import Shape, roles

SUBMITTED = "提交答卷时间"
META_COLUMNS = {"序号", SUBMITTED, "所用时间", "来源", "来源详情", "来自IP", "总分"}
_SPSS_META = {"index", "starttime", "submittime", "totalseconds", "source", "sourcedetail", "ip"}
_ALL_META = META_COLUMNS | _SPSS_META | {"totalscore"}
_ROLES = {
    "duration": ("所用时间", "totalseconds"),
    "submitted": (SUBMITTED, "submittime"),
    "address": ("来自IP", "ip"),
}
# What stands where nobody answered: left empty, passed over by the logic of the questionnaire.
UNASKED = ("(空)", "（空）", "(跳过)", "（跳过）", "-2", "-3")

_UNNAMED = re.compile(r"\(column \d+\)")
_QUESTION = re.compile(r"\d{1,3}\s*[、．]")
_NUMBER = re.compile(r"(?:\d{1,3}\s*[、.．:：]\s*|第\d{1,3}题\s*(?=[(（]))")
_ROW_NUMBER = re.compile(r"[(（]?(\d{1,3})[)）]?\s*[、.．:：)）]")
_REPEATED = re.compile(r"(?P<title>.+?)(?:\.\.\.(?P<place>\d{1,4})|\.(?P<count>\d{1,3}))")
_SPSS_NAME = re.compile(r"(?P<question>Q\d+)(?:_(?:Row|R)(?P<row>\d+)|_(?:Blank|A)?\d+)?")
_SPSS_LABEL = re.compile(r"(?P<stem>[^(（]+)[(（](?P<row>.+)[)）]")
_NUMBERED = re.compile(r"(?:第\d{1,3}题|\d{1,3}\s*[、.．:：(（])")
_FIRST_ROW = re.compile(r"(?P<stem>.*?)—+(?P<row>[^—].*)", re.DOTALL)
_SECONDS = re.compile(
    r"(?:(?P<hours>\d+)(?:小)?时)?(?:(?P<minutes>\d+)分钟?)?(?:(?P<seconds>\d+)秒)?"
)
_CLOCK = re.compile(r"(?:(?P<hours>\d+):)?(?P<minutes>\d+):(?P<seconds>\d+)")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?")
# A cell of which `sent_on` reads the day alone, for pyarrow.
DAY_AND_TIME = r"^(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?) [^\n]*$"
_ADDRESS = re.compile(r"(?P<address>[\d.:a-fA-F]+)\s*(?:[(（](?P<place>.*)[)）])?")

# Day 0 of Excel's calendar, as it counts from March 1900 on.
_EXCEL_DAY_0 = datetime.date(1899, 12, 30)


def is_wenjuanxing(columns: Sequence[str]) -> bool:
    """Whether the header is that of a Wenjuanxing export.

    Two of its columns about the answering are enough, wherever they stand; where they were all
    taken out, three questions numbered in its way and the first row of a matrix. An SPSS file has
    its own names of these columns, and of the questions.
    """
    found = set(columns)
    if len(found & (META_COLUMNS - {"序号", "总分"})) >= 2:
        return True
    if {"index", "totalseconds"} <= found:
        return any(_SPSS_NAME.fullmatch(column) for column in columns)
    numbered = [column for column in columns if _QUESTION.match(column)]
    return len(numbered) >= 3 and any(_FIRST_ROW.fullmatch(column) for column in numbered)


def wenjuanxing_shape(table: RawTable, labels: Mapping[str, str]) -> Shape:
    """The columns by question and row; `labels` are the variable labels of an SPSS file."""
    meta = roles(table.columns, _ROLES)
    if labels:
        columns = table.columns
        questions = {c: _spoken(labels.get(c, c)) for c in columns if c not in _ALL_META}
        rows = {c: found for c in columns if (found := _SPSS_NAME.fullmatch(c)) and found["row"]}
        matrices = {column: found["question"] for column, found in rows.items()}
    else:
        columns = qualified_headers(table.columns)
        questions = {c: _NUMBER.sub("", c, count=1) for c in columns if c and c not in _ALL_META}
        firsts = {c: found for c in columns if (found := _FIRST_ROW.fullmatch(c))}
        matrices = {column: found["stem"] for column, found in firsts.items()}
    about = {c: "about the answering" for c in columns if c in _ALL_META - {*meta.values()}}
    return Shape(columns, questions, matrices, meta, about, unasked=UNASKED)


def _spoken(label: str) -> str:
    """`题干(题干—行)` and `题干(行)`, as SPSS files label the rows of a matrix, as `题干—行`."""
    found = _SPSS_LABEL.fullmatch(label)
    if not found:
        return label
    row = found["row"].removeprefix(found["stem"]).lstrip("—")
    return f"{found['stem']}—{row}" if row else label


def qualified_headers(columns: Sequence[str]) -> list[str]:
    """The headers with the stem of its matrix before every row title.

    A header without a number that follows a matrix belongs to that matrix, unless it is one of the
    meta columns or has a stem of its own; so does one whose number counts on from the row before.
    A mark that a program put behind a repeated row title (`.1`, `...63`) is taken off.
    """
    headers: list[str] = []
    stem: str | None = None
    row = 0
    for place, column in enumerate(columns, start=1):
        first = _FIRST_ROW.fullmatch(column)
        if column in META_COLUMNS or column == "" or _UNNAMED.fullmatch(column):
            headers.append(column)
            continue
        title = first["row"] if first else column
        counted = _ROW_NUMBER.match(title)
        if first:
            stem = first["stem"]
        elif _NUMBERED.match(column) and not (row and counted and int(counted[1]) == row + 1):
            stem = None
        row = int(counted[1]) if counted and stem is not None else 0
        headers.append(column if stem is None else f"{stem}—{_unmarked(title, place, columns)}")
    return headers


def _unmarked(title: str, place: int, columns: Sequence[str]) -> str:
    found = _REPEATED.fullmatch(title)
    if not found:
        return title
    by_place = found["place"] is not None and int(found["place"]) == place
    by_count = found["count"] is not None and _has_title(found["title"], columns)
    return found["title"] if by_place or by_count else title


def _has_title(title: str, columns: Sequence[str]) -> bool:
    return any(column == title or column.endswith(f"—{title}") for column in columns)


def seconds(value: Any) -> float | None:
    """A time taken, such as 281秒, 4分41秒, 0:04:41 or 281, in seconds; None if it is none.

    A number of eight digits or more is a phone number or the like in the wrong column.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, datetime.timedelta):
        return value.total_seconds()
    if isinstance(value, datetime.time):
        return float(value.hour * 3600 + value.minute * 60 + value.second)
    if isinstance(value, int | float):
        return float(value) if 0 <= value < TOO_LONG else None
    text = "".join(str(value).split())
    if re.fullmatch(r"\d+", text):
        return seconds(int(text))
    parts = _CLOCK.fullmatch(text) or (_SECONDS.fullmatch(text) if text else None)
    if parts is None:
        return None
    return float(sum(int(parts[unit] or 0) * size for unit, size in _UNITS.items()))


_UNITS = {"hours": 3600, "minutes": 60, "seconds": 1}


def sent_on(value: Any) -> str | None:
    """The date of a time of sending, as 2024-02-23; None if it is none."""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        # Excel's serial numbers of the years 1954 to 2091: anything else is not a date.
        if not 20_000 <= value < 70_000:
            return None
        return (_EXCEL_DAY_0 + datetime.timedelta(days=int(value))).isoformat()
    text = str(value).strip()
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return sent_on(float(text))
    day, blank, time = text.partition(" ")
    # A million times of sending are on few days.
    return _date(day) if blank and "\n" not in time else _date(text)


@functools.lru_cache(maxsize=10_000)
def _date(text: str) -> str | None:
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    try:
        return datetime.date(*map(int, found.groups())).isoformat()
    except ValueError:
        return None


def address_and_place(value: Any) -> tuple[str, str, str]:
    """Address, province and city of a cell such as `192.0.2.7(A省-S市)`; empty where not given.

    What is not an address at all comes back as it stands: it is only ever compared.
    """
    text = str(value).strip()
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return text, "", ""
    province, _, city = (found["place"] or "").partition("-")
    return found["address"], province.strip(), city.strip()
