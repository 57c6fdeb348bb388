"""LimeSurvey exports: columns called by code, by question text, or by both."""

import re
from collections.abc import Sequence

from grassroots.intake.reading import RawTable
from grassroots.intake.shape import Shape, roles

# By code, by English and by Chinese text.
_TELLING = (
    {"id", "submitdate", "lastpage", "startlanguage"},
    {"Response ID", "Date submitted", "Last page", "Start language"},
    {"答复 ID", "答案 ID", "提交日期", "最后一页", "起始语言", "开始语言"},
)
_OTHER_META = {"seed", "startdate", "datestamp", "ipaddr", "refurl", "interviewtime", "token"} | {
    *("Seed", "Date started", "Date last action", "IP address", "Referrer URL", "Total time"),
    *("随机种子", "种子", "开始日期", "最后操作日期", "IP 地址", "来路 URL", "总时间"),
}
_ROLES = {
    "duration": ("interviewtime", "Total time", "总时间"),
    "submitted": ("submitdate", "Date submitted", "提交日期"),
    "address": ("ipaddr", "IP address", "IP 地址"),
}
_SPAN = {
    "begun": ("startdate", "Date started", "开始日期"),
    "ended": ("datestamp", "Date last action", "最后操作日期"),
}
_PAGE_TIME = re.compile(r"(groupTime|questionTime|Group time|Question time).*", re.IGNORECASE)
# `G01Q02. What …?`, `Q2[SQ001]. What …? [row]`, `Q2[SQ001]`, `What …? [row]`
_BOTH = re.compile(r"(?P<code>[A-Za-z]\w*(?:\[\w+\])?)\.\s+(?P<text>.+)")
_ROW = re.compile(r"(?P<question>.+?)\s*\[(?P<row>[^\[\]]+)\]")


def is_limesurvey(columns: Sequence[str]) -> bool:
    """Whether the headers are those of a LimeSurvey export."""
    plain = {_code(column) for column in columns}
    return any(len(each & plain) >= 3 for each in _TELLING)


def limesurvey_shape(table: RawTable) -> Shape:
    """The columns as they are called; an answer without a time of sending is unfinished."""
    columns = table.columns
    coded = {_code(column): column for column in columns}
    meta = {role: coded[name] for role, name in roles(list(coded), _ROLES).items()}
    span = roles(list(coded), _SPAN)
    names = set().union(*_TELLING) | _OTHER_META
    about = {c for c in columns if _code(c) in names or _PAGE_TIME.fullmatch(c)}
    asked = [column for column in columns if column not in about]
    rows = {c: found["question"] for c in asked if (found := _ROW.fullmatch(_code(c)))}
    return Shape(
        columns=columns,
        questions={column: _text(column) for column in asked},
        matrices=rows,
        meta=meta,
        ignored={c: "about the answering" for c in columns if c in about - {*meta.values()}},
        span=(coded[span["begun"]], coded[span["ended"]])
        if len(span) == 2 and "duration" not in meta
        else None,
        unfinished=(meta["submitted"], frozenset({""})) if "submitted" in meta else None,
    )


def _code(column: str) -> str:
    found = _BOTH.fullmatch(column)
    return found["code"] if found else column


def _text(column: str) -> str:
    found = _BOTH.fullmatch(column)
    return found["text"] if found else column
