"""A small study with one export in every format, all tokens planted in each."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from planted import Token, at

META = ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"]
CONSENT, GENDER, AGE = "1、您是否同意参加", "2、您的性别", "3、您的年龄"
ITEMS = [f"4.{number}、题目{number}" for number in range(1, 5)]
MAPPED = [CONSENT, GENDER, AGE, *ITEMS]
PEOPLE = 48

Table = list[list[str]]

# Dataset: the file, the format in the codebook, and how it is written.
FILES = {
    "workbook": ("responses.xlsx", "xlsx"),
    "chinese_csv": ("responses.csv", "csv"),
    "utf8_csv": ("responses.csv", "csv"),
    "tabs": ("responses.tsv", "csv"),
    "spss": ("responses.sav", "sav"),
}


def text(words: str) -> dict[str, str]:
    return {"en": words, "zh": words}


PROTOCOL = {
    "title": text("A small study"),
    "question": text("Does anything leak?"),
    "instruments": ["mood"],
    "background": {
        "gender": {
            "title": text("Gender"),
            "levels": {"male": text("male"), "female": text("female")},
        },
        "age": {"title": text("Age")},
    },
    "screening": {"exclude": ["no_consent"], "minimum_answered": 0},
    "interviews": {
        "levels": {"person": text("Person")},
        "themes": {
            "load": {
                "title": text("Load"),
                "level": "person",
                "codes": {"hours": text("hours"), "pace": text("pace")},
            }
        },
    },
}
INSTRUMENT = {
    "title": text("Mood"),
    "source": "own items",
    "licence": {"name": text("CC0"), "text_allowed": True},
    "response": {"min": 1, "max": 5},
    "items": {f"m{number}": {} for number in range(1, 5)},
    "total": True,
}


def codebook(file: str, file_format: str, names: Mapping[str, str], people: bool = True) -> dict:
    """The codebook; `names` are the columns' names in the file."""
    return {
        "title": text("Planted"),
        "place": text("nowhere"),
        "collected": text("never"),
        "origin": text("Made up by a test."),
        "licence": {"name": text("CC0"), "text_allowed": True},
        "simulated": True,
        "file": file,
        "format": file_format,
        "meta": {
            "duration": names["所用时间"],
            "submitted": names["提交答卷时间"],
            "address": names["来自IP"],
            "consent": {"column": names[CONSENT], "expected": ["同意"]},
        },
        "background": {
            "gender": {"column": names[GENDER], "levels": {"男": "male", "女": "female"}},
            "age": {"column": names[AGE]},
        },
        "scales": {"mood": {"items": [names[item] for item in ITEMS]}},
    } | ({"interviews": {"file": "interviews.csv", "reviewed": False}} if people else {})


def answers() -> Table:
    """The header and the answers of everybody, nothing planted."""
    rows = [[*META, *MAPPED]]
    for person in range(PEOPLE):
        start = [f"{person + 1}", f"2026/3/{person % 20 + 1} 10:05:07", f"{200 + person}秒"]
        likert = [str((person * 7 + item * person + item) % 5 + 1) for item in range(4)]
        half = ["微信", "N/A", f"192.0.2.{person}(A省-S市)", "同意", "男女"[person % 2]]
        rows.append([*start, *half, str(22 + person % 31), *likert])
    return rows


def planted_answers() -> Table:
    """The same with every token that a table can hold in somebody's row or in the header."""
    table = answers()
    header = table[0]
    for number, token in enumerate(at("column", "address", "header")):
        name = "来自IP" if token.where == "address" else token.header or token.value
        if name not in header:
            header.append(name)
            for row in table[1:]:
                row.append("")
        row = table[1 + number % 7]
        row[header.index(name)] = token.value if token.where != "header" else "1"
    header.insert(len(META), "")
    unnamed = at("unnamed")
    for number, row in enumerate(table[1:]):
        row.insert(len(META), unnamed[number].value if number < len(unnamed) else "")
    return table


def write_study(folder: Path) -> None:
    """The study with a dataset for every format, in a checkout, in place of its own."""
    write_design(folder, FILES)
    for name, (file, file_format) in FILES.items():
        place = folder / "data/raw" / name
        place.mkdir(parents=True)
        names = WRITERS[name](place / file, planted_answers())
        dump(place / "codebook.yaml", codebook(file, file_format, names))
        write_interviews(place / "interviews.csv")


def write_design(folder: Path, names: Iterable[str]) -> None:
    """Configuration for datasets of these names, and the protocol."""
    for path in (folder / "protocols").rglob("*.yaml"):
        path.unlink()
    dump(folder / "protocols/leaks.yaml", PROTOCOL)
    dump(folder / "protocols/instruments/mood.yaml", INSTRUMENT)
    settings = {"seed": 1, "draws": 100, "alpha": 0.05, "smallest_cell": 5}
    datasets = {name: {"protocol": "leaks"} for name in names}
    dump(folder / "config.yaml", settings | {"languages": ["en", "zh"], "datasets": datasets})


def dump(path: Path, values: object) -> None:
    """JSON is YAML."""
    path.write_text(json.dumps(values, ensure_ascii=False), "utf-8")


def write_interviews(path: Path) -> None:
    """Coded passages: tokens as names, as coder, as excerpts that nobody reviewed, beside them."""
    header = ["interview", "code", "theme", "level", "coder", "excerpt", "reviewed", "contact"]
    rows = []
    coder = at("interview")[0].value
    for number, token in enumerate(at("interview")):
        where = [token.value if number % 2 else f"谈话{number}", "hours", "", ""]
        excerpt = "placeholder" if looks_like_a_form(token) else f"{token.value}说工作很忙"
        rows.append([*where, coder, excerpt, "no", token.value])
    rows += [[f"谈话{number}", "pace", "", "", "A", "placeholder", "no", ""] for number in range(6)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def looks_like_a_form(token: Token) -> bool:
    """In an excerpt it would be refused, reviewed or not."""
    return token.alone


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


def as_csv(encoding: str, delimiter: str = ",") -> object:
    def write(path: Path, table: Table) -> dict[str, str]:
        with path.open("w", encoding=encoding, newline="", errors="replace") as file:
            csv.writer(file, delimiter=delimiter).writerows(table)
        return {name: name for name in table[0]}

    return write


def as_sav(path: Path, table: Table) -> dict[str, str]:
    """Columns v1, v2 ...; headers and tokens are labels of variables, of values, of the file."""
    import pandas as pd
    import pyreadstat

    header, *rows = table
    data = pd.DataFrame(rows)
    data.columns = [f"v{n}" for n in range(1, len(header) + 1)]
    names = dict(zip(header, data.columns, strict=True))
    labels = {names[GENDER]: {1.0: "男", 2.0: "女"}}
    data[names[GENDER]] = data[names[GENDER]].map({"男": 1.0, "女": 2.0})
    for item, token in zip(ITEMS, at("label"), strict=False):
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


WRITERS: dict = {
    "workbook": as_xlsx,
    "chinese_csv": as_csv("gb18030"),
    "utf8_csv": as_csv("utf-8-sig"),
    "tabs": as_csv("utf-8", "\t"),
    "spss": as_sav,
}


def spoiled(token: str, column: str) -> Table:
    """The answers with one token in a column that is mapped."""
    table = answers()
    table[3][table[0].index(column)] = token
    return table


def write_spoiled(folder: Path, cases: Sequence[tuple[str, str, str]]) -> None:
    """The study with a dataset for each (name, token, mapped column); none may be built."""
    write_design(folder, [name for name, *_ in cases])
    for name, token, column in cases:
        place = folder / "data/raw" / name
        place.mkdir(parents=True)
        names = as_csv("utf-8")(place / "responses.csv", spoiled(token, column))
        dump(place / "codebook.yaml", codebook("responses.csv", "csv", names, people=False))
