"""Wenjuanxing exports: recognised by their first columns, headers made unique, cells read.

The header of a matrix question stands on its first row only (`7、stem—row one`, then `row two`,
`row three`), so that the same header can stand under several matrices. Here every row of a matrix
is called `7、stem—row`, as its first one is in the file.
"""

import datetime
import re
from collections.abc import Sequence
from typing import Any

FIRST_COLUMNS = ("序号", "提交答卷时间", "所用时间")
META_COLUMNS = {*FIRST_COLUMNS, "来源", "来源详情", "来自IP", "总分"}

_NUMBERED = re.compile(r"(?:第\d{1,3}题|\d{1,3}\s*[、.．:：(（])")
_FIRST_ROW = re.compile(r"(?P<stem>.*?)—+(?P<row>[^—].*)", re.DOTALL)
_SECONDS = re.compile(
    r"(?:(?P<hours>\d+)(?:小)?时)?(?:(?P<minutes>\d+)分钟?)?(?:(?P<seconds>\d+)秒)?"
)
_CLOCK = re.compile(r"(?:(?P<hours>\d+):)?(?P<minutes>\d+):(?P<seconds>\d+)")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?")
_ADDRESS = re.compile(r"(?P<address>[\d.:a-fA-F]+)\s*(?:[(（](?P<place>.*)[)）])?")

# Day 0 of Excel's calendar, as it counts from March 1900 on.
_EXCEL_DAY_0 = datetime.date(1899, 12, 30)


def is_wenjuanxing(columns: Sequence[str]) -> bool:
    """Whether the header is that of a Wenjuanxing export."""
    return tuple(columns[: len(FIRST_COLUMNS)]) == FIRST_COLUMNS


def qualified_headers(columns: Sequence[str]) -> list[str]:
    """The headers with the stem of its matrix before every row title.

    A header without a number that follows a matrix belongs to that matrix, unless it is one of the
    meta columns or has a stem of its own.
    """
    headers: list[str] = []
    stem: str | None = None
    for column in columns:
        first = _FIRST_ROW.fullmatch(column)
        if column in META_COLUMNS or column == "":
            headers.append(column)
        elif first:
            stem = first["stem"]
            headers.append(f"{stem}—{first['row']}")
        elif _NUMBERED.match(column):
            stem = None
            headers.append(column)
        else:
            headers.append(column if stem is None else f"{stem}—{column}")
    return headers


def seconds(value: Any) -> float | None:
    """A time taken, such as 281秒, 4分41秒, 0:04:41 or 281, in seconds; None if it is none."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, datetime.timedelta):
        return value.total_seconds()
    if isinstance(value, datetime.time):
        return float(value.hour * 3600 + value.minute * 60 + value.second)
    if isinstance(value, int | float):
        return float(value) if value >= 0 else None
    text = "".join(str(value).split())
    if re.fullmatch(r"\d+", text):
        return float(text)
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
    found = _DATE.fullmatch(str(value).strip())
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
