"""Broken raw files whose columns or answers do not fit; and odd ones that must change nothing."""

from collections.abc import Callable
from typing import Any

from broken_files import edit
from catalogue import Fault, Same
from small_study import CODEBOOK, HEADER, ITEMS, PROTOCOL, RAW, SmallStudy

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
SHIFTED = 'answers: {"20": 1, "21": 2, "22": 3, "23": 4, "24": 5}'
UNIT = "column: unit"


def cells(**changed: tuple[int, Any]) -> Callable[[SmallStudy], object]:
    """One cell of some columns: the row, as a person counts it, and what stands there."""

    def broken(study: SmallStudy) -> None:
        for column, (row, value) in changed.items():
            study.cell(row, column, value)

    return broken


def column(name: str, change: Any) -> Callable[[SmallStudy], object]:
    return lambda study: study.column(name, change)


def items(change: Any) -> Callable[[SmallStudy], object]:
    def broken(study: SmallStudy) -> None:
        for name in ITEMS:
            study.column(name, change)

    return broken


def headers(**renamed: str) -> Callable[[SmallStudy], object]:
    def broken(study: SmallStudy) -> None:
        study.header[:] = [renamed.get(name, name) for name in study.header]
        study.csv()

    return broken


def about_answering(key: str, *values: str, real: bool = True) -> Callable[[SmallStudy], object]:
    """A further column about the answering, its values in turn."""

    def broken(study: SmallStudy) -> None:
        study.header.append("told")
        for index, row in enumerate(study.rows):
            row.append(values[index % len(values)])
        study.csv()
        study.edit(CODEBOOK, "background:\n", f"meta: {{{key}: told}}\nbackground:\n")
        if real:
            study.edit(CODEBOOK, "simulated: true", "simulated: false")

    return broken


def rows(start: int, end: int | None = None) -> Callable[[SmallStudy], object]:
    def broken(study: SmallStudy) -> None:
        study.rows[:] = study.rows[start:end]
        study.csv()

    return broken


def wider(count: int) -> Callable[[SmallStudy], object]:
    """That many further columns, which no codebook names."""

    def broken(study: SmallStudy) -> None:
        study.header += [f"more{n}" for n in range(count)]
        for row in study.rows:
            row += ["1"] * count
        study.csv()

    return broken


def title_above(study: SmallStudy) -> None:
    """A row above the header, as wide as the table."""
    study.rows.insert(0, list(study.header))
    study.header = ["About you", *[""] * 3, "Your answers", *[""] * (len(HEADER) - 6), "end"]
    study.csv()


def together(*breaks: Callable[[SmallStudy], object]) -> Callable[[SmallStudy], object]:
    def broken(study: SmallStudy) -> None:
        for each in breaks:
            each(study)

    return broken


def codes_cover_all(study: SmallStudy) -> None:
    study.edit(CODEBOOK, "h3]", "h3]\n    missing_codes: [1, 2, 3, 4, 5]")


def coded(low: int) -> Callable[[SmallStudy], object]:
    """All items coded from `low` on instead of from 1."""
    return items(lambda value: str(int(value) + low - 1) if int(value) < 6 else value)


ANSWERS = [
    Fault("headers and no answers", rows(0, 0), "D203", RAW, says=("no answers",)),
    Fault("the codebook of another file",
          headers(**{name: f"x{n}" for n, name in enumerate(HEADER)}), "S115", f"{CODEBOOK}:9",
          "file", says=("13 of the 13 columns", '"x0", "x1"', "another file"),
          zh=("另一个文件的编码本",)),
    Fault("a header that is not in row 1", title_above, "S115", f"{CODEBOOK}:9", "file",
          says=("Row 2 holds 13 of them", "delete the rows above it")),
    Fault("a misspelt header", headers(age="Age"), "S104", f"{CODEBOOK}:16",
          "background.age.column", nearest='"Age"', edit='column: "Age"',
          says=('"Age" (column 3)',), zh=('"Age"（第 3 列）',)),
    Fault("cells separated by a mark that is none", lambda study: study.csv(delimiter="^"),
          "S115", f"{CODEBOOK}:9", "file", says=("cut by another mark",)),
    Fault("a name that stands twice", headers(d2="d1"), "S103", f"{CODEBOOK}:22",
          "scales.workload.items[0]", says=("columns 5, 6",), nearest="d1 (1)",
          others=("S104",)),
    Fault("a scale coded 20 to 24", coded(20), "D201", f"{CODEBOOK}:23", "scales.strain",
          says=("480 answers outside 1 to 5", "run from 20 to 24", '"s1", "s2", "s3" …'),
          zh=("从 20 到 24",), edit=SHIFTED, others=("D201",)),
    Fault("a scale coded 20 to 25", items(lambda v: str(int(v) + 19 + (v == "5"))), "D201",
          f"{CODEBOOK}:23", "scales.strain", says=("outside 1 to 5", '"25"'),
          others=("D201",)),
    Fault("a scale coded 0 to 4", coded(0), "D201", f"{CODEBOOK}:21", "scales.workload",
          says=("run from 0 to 4",), edit='answers: {"0": 1, "1": 2, "2": 3, "3": 4, "4": 5}',
          others=("D201",)),
    Fault("a scale of hundreds", items(lambda v: f"{int(v) * 100}" if int(v) < 6 else v), "D201",
          f"{CODEBOOK}:21", "scales.workload", says=("Most answers of this scale lie outside",),
          others=("D201",)),
    Fault("a code for no answer", cells(d1=(2, "9"), h2=(5, "9")), "D201", f"{CODEBOOK}:21",
          "scales.workload", says=("2 answers", '"d1", "h2"', "rows 2, 5"),
          edit="missing_codes: [9]"),
    Fault("negative codes", cells(d1=(2, "-3"), s1=(3, "-2")), "D201", f"{CODEBOOK}:21",
          "scales.workload", edit="missing_codes: [-3]", others=("D201",)),
    Fault("an age of -99", cells(age=(3, "-99")), "D210", f"{CODEBOOK}:15", "background.age",
          says=("-99 (rows 3)", "0 or more"), edit="missing_codes: [-99]"),
    Fault("an age of 999",
          together(cells(age=(3, "999")),
                   edit(PROTOCOL, "{en: Age, zh: 年龄}", "{en: Age, zh: 年龄}\n    max: 70")),
          "D210", f"{CODEBOOK}:15", "background.age", says=("999 (rows 3)", "0 to 70"),
          edit="missing_codes: [999]"),
    Fault("Infinity and NaN as text", cells(d1=(2, "Infinity"), d2=(3, "NaN")), "D207",
          f"{CODEBOOK}:21", "scales.workload", says=('"Infinity" (1×), "NaN" (1×)',),
          edit='missing_codes: ["Infinity", "NaN"]'),
    Fault("a number beyond all bounds", cells(age=(2, "1e999")), "D207", f"{CODEBOOK}:15",
          "background.age", says=('"1e999"',)),
    Fault("decimal commas", column("age", lambda value: f"{value},5"), "D207", f"{CODEBOOK}:15",
          "background.age", says=("120 answers that are no numbers",), nearest="39.5"),
    Fault("percent signs", cells(age=(2, "50%")), "D207", f"{CODEBOOK}:15", "background.age",
          says=('"50%"',), edit='missing_codes: ["50%"]'),
    Fault("a formula as text", cells(d1=(2, "=1+1")), "D207", f"{CODEBOOK}:21",
          "scales.workload", says=('"=1+1" (1×) (rows 2)',)),
    Fault("a formula for a level", cells(unit=(3, '=HYPERLINK("http://x","town")')), "D202",
          f"{CODEBOOK}:19", "background.unit.levels",
          says=("[text, 29 characters] (1×) (rows 3)", "is not quoted"),
          zh=("[文字，29 个字符]", "可能涉及个人", "# 第 3 行"),
          edit='levels: {"town": town, "county": county, "city": city, "TODO": TODO}'),
    Fault("a script for a level", cells(unit=(2, "<script>alert(1)</script>")), "D202",
          f"{CODEBOOK}:19", "background.unit.levels",
          says=("[text, 25 characters] (1×) (rows 2)",)),
    Fault("a level by another name", column("unit", lambda v: v.replace("county", "County")),
          "D202", f"{CODEBOOK}:19", "background.unit.levels",
          says=('nowhere in the file: "county"',), nearest='"county"',
          edit='levels: {"town": town, "County": county, "city": city}'),
    Fault("a blank of no width in a level", cells(unit=(2, "to\u200bwn")), "D202",
          f"{CODEBOOK}:19", "background.unit.levels", says=("to<U+200B>wn",),
          nearest='"town"'),
    Fault("a blank of no width in a number", cells(d1=(2, "3\u200b")), "D207", f"{CODEBOOK}:21",
          "scales.workload", says=("3<U+200B>",), nearest="3"),
    Fault("orders to the terminal", cells(d1=(2, "\x1b[31m3\x07")), "D207", f"{CODEBOOK}:21",
          "scales.workload", says=("<U+001B>[31m3<U+0007>",)),
    Fault("text that runs backwards", cells(unit=(2, "town\u202e")), "D202", f"{CODEBOOK}:19",
          "background.unit.levels", says=("town<U+202E>",),
          nearest='"town"'),
    Fault("a phone number in a scale", cells(d1=(2, "13812345678")), "D204", RAW, '"d1"',
          says=('column "d1"', "rows 2"), zh=('列 "d1"',)),
    Fault("a cell too much, everything moved", lambda study: (study.rows[4].insert(2, "30"),
          study.rows[4].pop(), study.csv()), "D202", f"{CODEBOOK}:19", "background.unit.levels",
          says=("rows 6",), others=("D207",)),
    Fault("negative durations", about_answering("duration", "-3", "-5秒"), "D206",
          f"{CODEBOOK}:11", "meta.duration", says=("no time taken", '"-3" (60×)', '"-5秒" (60×)'),
          zh=("不是作答用时",)),
    Fault("a day that is none", about_answering("submitted", "2024-02-30"), "D206",
          f"{CODEBOOK}:11", "meta.submitted", says=("no date",)),
    Fault("days to come", about_answering("submitted", "2999/1/1 8:00:00", "2024/1/2"), "D208",
          f"{CODEBOOK}:11", "meta.submitted", says=("60 answers", "2999-01-01")),
    Fault("no answer at all", items(""), "D209", f"{CODEBOOK}:22", "scales.workload.items",
          says=("All of them are empty",), others=("D209",)),
    Fault("missing codes that cover all answers", codes_cover_all, "D209", f"{CODEBOOK}:23",
          "scales.workload.missing_codes", says=("1, 2, 3, 4, 5 cover every answer",)),
    Fault("nobody who would stay", together(
          *(column(name, "") for name in ITEMS if name not in ("d1", "s1"))), "D211",
          f"{CODEBOOK}:20", "scales", says=("remove everybody", "50%")),
]  # fmt: skip

SAME = [
    Same("as it is", lambda study: None),
    Same("full-width digits", items(lambda value: value.translate(WIDE))),
    Same("numbers with decimals", items(lambda value: f"{value}.0")),
    Same("blanks around everything", items(lambda value: f" {value}\t")),
    Same("levels in full width", column("unit", lambda v: "".join(chr(ord(c) + 65248) for c in v))),
    Same("5,000 further columns", wider(5000)),
    Same("an empty column without a name", headers(id="")),
    Same("line ends of Windows", lambda study: study.csv(ends="\r\n")),
    Same("line ends of an old Mac", lambda study: study.csv(ends="\r")),
    Same("a byte order mark", lambda study: study.csv(encoding="utf-8-sig")),
    Same("GB18030", lambda study: study.csv(encoding="gb18030")),
    Same("a byte order mark in the codebook", lambda study: study.path(CODEBOOK).write_bytes(
         b"\xef\xbb\xbf" + study.path(CODEBOOK).read_bytes())),
    Same("a codebook of Windows", lambda study: study.path(CODEBOOK).write_bytes(
         study.path(CODEBOOK).read_bytes().replace(b"\n", b"\r\n"))),
    Same("a scale coded 20 to 24, mended as the message says", together(
         coded(20), edit(CODEBOOK, "h3]", f"h3]\n    {SHIFTED}"),
         edit(CODEBOOK, "s4]", f"s4]\n    {SHIFTED}"))),
    Same("dates as Excel counts them", about_answering("submitted", "45000.5", "45001")),
]  # fmt: skip


def mixed_ends(study: SmallStudy) -> None:
    lines = study.path(RAW).read_bytes().split(b"\n")
    study.raw(b"".join(line + (b"\n", b"\r\n", b"\r")[n % 3] for n, line in enumerate(lines)))


SAME.append(Same("mixed line ends", mixed_ends))
