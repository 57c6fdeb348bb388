"""What a platform's export says of its columns, beside the answers."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

# Headers of columns that name a person or a place, whoever made the file; numbering, courtesy and
# blanks are taken off first. The reason is the kind of data.
_PERSONAL = {
    "name": r"(真实)?姓名|名字|(full|first|last|user)[ _]?name|recipient(first|last)name|username"
    r"|submittername|受访者姓名|填写人|填表人",
    "phone number": r"(手机|电话|联系电话|联系方式|移动电话)(号码?)?"
    r"|(tele|mobile|cell)?[ _]?phone([ _]?number)?|mobile",
    "e-mail address": r"(电子)?(邮箱|邮件)(地址)?|recipientemail|e-?mail([ _]?address)?",
    "account": r"微信(号|昵称|名)?|昵称|qq(号码?)?|openid|unionid|用户(id|名)|externalreference"
    r"|externaldatareference|token|participant[ _]?id",
    "identity number": r"身份证(号码?)?|学号|工号|警号|编号",
    "address": r"(来自)?ip(地址)?|ip[ _]?addr(ess)?|ipaddr",
    "place": r"(家庭|通讯|联系|详细)?(地址|住址)|经度|纬度|location(latitude|longitude)"
    r"|latitude|longitude|_?geolocation|gps|(_geolocation.*)|定位",
    "device": r"deviceid|device[ _]?id|imei|simserial|subscriberid|ua|user[ _]?agent|设备",
}
_PERSONAL_HEADERS = {
    reason: re.compile(pattern, re.IGNORECASE) for reason, pattern in _PERSONAL.items()
}
_COURTESY = re.compile(r"(请|您|你|的|填写|输入|留下|：|:|\s)")
_NUMBER = re.compile(r"^[@Qq]?\d{1,3}\s*[、.．:：_]?\s*")


@dataclass(frozen=True)
class Shape:
    """The headers with which answers are called, and what is known of the columns.

    `columns` are as many as the file has; `questions` say what each asks; `matrices` name the
    question that a column is a row of; `meta` gives the columns of duration, submitted and address;
    `ignored` the columns that are no question, with the reason; `header_rows` counts the rows
    that are not answers; `unasked` are what the platform writes where nobody answered; `preview`
    and `unfinished` name a column and the texts that mark such a row; `span` are the columns of the
    times of beginning and end where no column says how long it took.
    """

    columns: list[str]
    questions: Mapping[str, str] = field(default_factory=dict)
    matrices: Mapping[str, str] = field(default_factory=dict)
    meta: Mapping[str, str] = field(default_factory=dict)
    ignored: Mapping[str, str] = field(default_factory=dict)
    header_rows: int = 1
    unasked: tuple[str, ...] = ()
    preview: tuple[str, frozenset[str]] | None = None
    unfinished: tuple[str, frozenset[str]] | None = None
    span: tuple[str, str] | None = None


def roles(columns: list[str], known: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Role: the first of its known headers that the file has."""
    lower = {column.lower(): column for column in reversed(columns)}
    found = {
        role: next((lower[name.lower()] for name in names if name.lower() in lower), "")
        for role, names in known.items()
    }
    return {role: column for role, column in found.items() if column}


def personal_columns(columns: list[str]) -> dict[str, str]:
    """The columns whose header asks for personal data, with the kind."""
    found = {}
    for column in columns:
        plain = _COURTESY.sub("", _NUMBER.sub("", column.rsplit("/", 1)[-1]))
        for reason, pattern in _PERSONAL_HEADERS.items():
            if pattern.fullmatch(plain):
                found[column] = reason
                break
    return found


def unique(columns: list[str]) -> list[str]:
    """The headers, each of several equal ones with its place among them: `x (1)`, `x (2)`."""
    total = Counter(columns)
    taken = set(columns)
    places: dict[str, int] = dict.fromkeys(columns, 0)
    result = []
    for column in columns:
        name = column
        while total[column] > 1 and name in taken:
            places[column] += 1
            name = f"{column} ({places[column]})"
        taken.add(name)
        result.append(name)
    return result
