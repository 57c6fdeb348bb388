"""A table of answers written as a raw export of each format and platform.

Each writer takes a path and the table and returns what the columns are called in the file.
"""

import csv
from collections.abc import Callable
from pathlib import Path

from planted import TOKENS, at
from platform_headers import KOBO, LIME, QUALTRICS
from respondents import AGE, CONSENT, GENDER, ITEMS, META, Table


def as_xlsx(path: Path, table: Table) -> dict[str, str]:
    import xlsxwriter

    first, second = at("sheet")
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"author": first.value, "comments": second.value})
        sheet = book.add_worksheet("Sheet1")
        for number, row in enumerate(table):
            sheet.write_row(number, 0, row)
        sheet.write_comment(1, 1, first.value)
        other = book.add_worksheet(second.value)
        for row, token in enumerate(at("sheet", "label", "interview")):
            other.write(row, 0, token.value)
    return {name: name for name in table[0]}


def as_csv(encoding: str, delimiter: str = ",") -> Callable[[Path, Table], dict[str, str]]:
    def write(path: Path, table: Table) -> dict[str, str]:
        with path.open("w", encoding=encoding, newline="", errors="replace") as file:
            csv.writer(file, delimiter=delimiter).writerows(table)
        return {name: name for name in table[0]}

    return write


def as_sav(called: Callable[[list[str]], list[str]]) -> Callable[[Path, Table], dict[str, str]]:
    """Headers and tokens are labels of variables, of values, of the file; columns as `called`."""

    def write(path: Path, table: Table) -> dict[str, str]:
        import pandas as pd
        import pyreadstat

        header, *rows = table
        data = pd.DataFrame(rows)
        data.columns = called(header)
        names = dict(zip(header, data.columns, strict=True))
        labels = {names[GENDER]: {1.0: "男", 2.0: "女"}}
        if set(data[names[GENDER]]) == {"男", "女"}:
            data[names[GENDER]] = data[names[GENDER]].map({"男": 1.0, "女": 2.0})
        else:
            del labels[names[GENDER]]
        for item, token in zip(ITEMS, at("label"), strict=False):
            if all(value.isdecimal() and len(value) == 1 for value in data[names[item]]):
                data[names[item]] = data[names[item]].astype(float)
                # A label that nobody's answer has may name a person all the same.
                labels[names[item]] = {7.0: token.value}
        *_, last = at("label")
        titles = {**{v: k for k, v in names.items()}, names[ITEMS[3]]: last.value}
        pyreadstat.write_sav(
            data,
            path,
            file_label="planted.person@example.cn",
            note=last.value,
            column_labels=titles,
            variable_value_labels=labels,
        )
        return names

    return write


def numbered(header: list[str]) -> list[str]:
    """v1, v2 ..."""
    return [f"v{number}" for number in range(1, len(header) + 1)]


def of_wenjuanxing(header: list[str]) -> list[str]:
    """As Wenjuanxing names the columns of an SPSS file."""
    own = dict(zip(META, _SPSS_META, strict=True)) | {CONSENT: "Q1", GENDER: "Q2", AGE: "Q3"}
    own |= {item: f"Q4_Row{number}" for number, item in enumerate(ITEMS, start=1)}
    return [own.get(name, f"Q{place}") for place, name in enumerate(header, start=5)]


_SPSS_META = ["index", "submittime", "totalseconds", "source", "sourcedetail", "ip"]
_WORDS = dict(zip("12345", ["非常不同意", "不同意", "一般", "同意", "非常同意"], strict=True))


def as_pair(path: Path, table: Table) -> dict[str, str]:
    """The export by text, and beside it the one by number; tokens are written beside options."""
    header, *rows = table
    others = at("interview", "label")
    texts = [[*header, "8、原因（多选）"]]
    numbers = [[*header, "8(家庭)", "8(其他)"]]
    for number, row in enumerate(rows):
        written = f"〖{others[number % len(others)].value}〗" if number % 5 == 0 else ""
        spoken, coded = list(row), list(row)
        for name in ITEMS:
            spoken[header.index(name)] = _WORDS.get(
                row[header.index(name)], row[header.index(name)]
            )
        for name, codes in ((CONSENT, {"同意": "1"}), (GENDER, {"男": "1", "女": "2"})):
            value = row[header.index(name)]
            coded[header.index(name)] = codes.get(value, value) + (
                written if value in codes else ""
            )
            spoken[header.index(name)] += written if value in codes else ""
        texts.append([*spoken, f"家庭┋其他{written}" if number % 2 else "家庭"])
        numbers.append([*coded, "1", f"1{written}" if number % 2 else "0"])
    as_csv("gb18030")(path.with_name("by_number.csv"), numbers)
    return as_xlsx(path, texts)


def as_qualtrics(path: Path, table: Table) -> dict[str, str]:
    """Three header rows; tokens in its columns of names, e-mail, place, and in question texts."""
    names = {
        **dict(zip(META, _QUALTRICS_META, strict=True)),
        CONSENT: "Q1",
        GENDER: "Q2",
        AGE: "Q3",
        **{item: f"Q4_{number}" for number, item in enumerate(ITEMS, start=1)},
    }
    extra = {"StartDate": _DAY, "EndDate": _DAY, "Status": "IP Address", "Progress": "100"}
    header, rows = _renamed(table, names, "Q{}", QUALTRICS[:10], extra | {"Finished": "True"})
    said = at("label")
    texts = [
        said[place % len(said)].value
        if name[:1] == "Q"
        and (name not in names.values() or name == "Q4_4")
        and old not in (token.value for token in at("header"))
        else old
        for place, (name, old) in enumerate(zip(header, _old(table, header, names), strict=True))
    ]
    ids = [f'{{"ImportId":"QID{place}"}}' for place in range(len(header))]
    as_csv("utf-8-sig")(path, [header, texts, ids, *rows])
    return names


def as_limesurvey(path: Path, table: Table) -> dict[str, str]:
    """Codes and texts as headers; tokens in its columns of address, token and referrer."""
    names = {
        **dict(zip(META, ["id", "submitdate", "interviewtime", "seed", "token", "ipaddr"],
                   strict=True)),
        CONSENT: "G01Q01. 您是否同意参加", GENDER: "G01Q02. 性别", AGE: "G01Q03. 年龄",
        **{item: f"G02Q04[SQ00{n}]. 您的感受 [{item[-3:]}]" for n, item in enumerate(ITEMS, 1)},
    }  # fmt: skip
    extra = {"lastpage": "5", "startlanguage": "zh", "startdate": _DAY, "datestamp": _DAY}
    more = [*LIME, "refurl", "firstname", "lastname", "email", "attribute_1"]
    header, rows = _renamed(table, names, "G03Q{}. {}", more, extra)
    as_csv("utf-8", ";")(path, [header, *rows])
    return names


def as_kobo(path: Path, table: Table) -> dict[str, str]:
    """Paths as headers; tokens in its columns of device, user, telephone and place."""
    names = {
        **dict(zip(META, ["_id", "_submission_time", "about/time", "username", "phonenumber",
                          "about/ip"], strict=True)),
        CONSENT: "about/consent", GENDER: "about/sex", AGE: "about/age",
        **{item: f"mood/m{number}" for number, item in enumerate(ITEMS, start=1)},
    }  # fmt: skip
    extra = {"start": _DAY, "end": _DAY, "_index": "1"}
    more = [KOBO[2], *KOBO[-4:], "simserial", "subscriberid", "_submitted_by", "about/GPS"]
    more += ["_geolocation", "_about/GPS_latitude", "_about/GPS_longitude", "_notes"]
    header, rows = _renamed(table, names, "about/{1}", more, extra)
    as_csv("utf-8", ";")(path, [header, *rows])
    return names


_DAY = "2026-03-02 10:05:07"
_QUALTRICS_META = [
    *("ResponseId", "RecordedDate", "Duration (in seconds)"),
    *("ExternalReference", "RecipientEmail", "IPAddress"),
]


def _renamed(
    table: Table, names: dict[str, str], other: str, more: list[str], extra: dict[str, str]
) -> tuple[list[str], Table]:
    """Header and rows with the platform's names, the columns `extra` with one value, and `more`
    that it has, with a token in every fifth cell of theirs."""
    header = [
        names.get(name, other.format(place, name) if name else "")
        for place, name in enumerate(table[0], start=10)
    ]
    own = [name for name in more if name not in header and name not in extra]
    rows = []
    for person, row in enumerate(table[1:]):
        tokens = [
            TOKENS[(person + 7 * place) % len(TOKENS)].value if person % 5 == 0 else ""
            for place in range(len(own))
        ]
        rows.append([*extra.values(), *tokens, *row])
    return [*extra, *own, *header], rows


def _old(table: Table, header: list[str], names: dict[str, str]) -> list[str]:
    """The texts of the columns: the names that they have in the table, where they come from it."""
    return [*header[: len(header) - len(table[0])], *table[0]]
