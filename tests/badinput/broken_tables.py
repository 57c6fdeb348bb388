"""Raw files that are broken as files, or that hold the same answers in another form."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pandas as pd
import pyreadstat
from broken_answers import together
from broken_files import edit
from catalogue import Fault, Same
from small_study import CODEBOOK, HEADER, ITEMS, RAW, SmallStudy

XLSX = "data/raw/small/responses.xlsx"
SAV = "data/raw/small/responses.sav"
SHEET = "xl/worksheets/sheet1.xml"
CORNER = b'<row r="1048576"><c r="XFD1048576"%s</row></sheetData>'
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
HTML = "<html><body><table><tr><td>gender</td></tr></table></body></html>"

Break = Callable[[SmallStudy], object]


def raw(content: bytes | str) -> Break:
    content = content.encode() if isinstance(content, str) else content
    return lambda study: study.raw(content)


def as_xlsx(content: bytes) -> Break:
    return lambda study: study.named("responses.xlsx", "xlsx").raw(content, "responses.xlsx")


def cut(share: float) -> Break:
    """A workbook of which only the beginning arrived."""

    def broken(study: SmallStudy) -> None:
        path = study.xlsx().path(XLSX)
        path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])

    return broken


def archive(**members: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, text in members.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return content.getvalue()


def within(member: str, change: Callable[[bytes], bytes | None]) -> Break:
    """A workbook with one of its parts changed, or without it."""

    def broken(study: SmallStudy) -> None:
        path = study.xlsx().path(XLSX)
        content = io.BytesIO()
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(content, "w", 8) as new:
            for name in old.namelist():
                part = old.read(name)
                part = change(part) if name == member else part
                if part is not None:
                    new.writestr(name, part)
        path.write_bytes(content.getvalue())

    return broken


def third_cell(instead: bytes) -> Break:
    """The cell E3, an answer to d1, replaced."""
    return within(
        SHEET, lambda xml: re.sub(rb'<c r="E3"[^>]*>.*?</c>', instead, xml, flags=re.DOTALL)
    )


def added(end: bytes, instead: bytes) -> Callable[[bytes], bytes]:
    def change(xml: bytes) -> bytes:
        assert xml.count(end) == 1
        return xml.replace(end, instead)

    return change


def sheet(write: Callable[[Any, SmallStudy], None]) -> Break:
    return lambda study: study.xlsx(lambda page: write(page, study))


def merged(page: Any, study: SmallStudy) -> None:
    page.merge_range(0, 0, 0, 3, "About you")
    page.merge_range(0, 4, 0, 13, "Your answers")
    for index, row in enumerate([study.header, *study.rows], start=1):
        page.write_row(index, 0, row)


def as_numbers(page: Any, study: SmallStudy) -> None:
    page.write_row(0, 0, study.header)
    for index, row in enumerate(study.rows, start=1):
        page.write_row(index, 0, [int(cell) if cell.isdecimal() else cell for cell in row])


def with_results(page: Any, study: SmallStudy) -> None:
    """Answers to d1 are formulas with the results that Excel kept."""
    as_numbers(page, study)
    for index, row in enumerate(study.rows, start=1):
        page.write_formula(index, 4, f"=0+{row[4]}", None, int(row[4]))


def spss(**how: Any) -> Break:
    def broken(study: SmallStudy) -> None:
        frame = pd.DataFrame(study.rows, columns=HEADER)
        numbers = [name for name in HEADER if name != "unit"]
        frame[numbers] = frame[numbers].astype(float)
        study.named("responses.sav", "sav")
        pyreadstat.write_sav(frame, study.path(SAV), **how)

    return broken


def cut_spss(study: SmallStudy) -> None:
    spss()(study)
    path = study.path(SAV)
    path.write_bytes(path.read_bytes()[:700])


def fewer_rows(study: SmallStudy) -> None:
    spss()(study)
    path = study.path(SAV)
    path.write_bytes(path.read_bytes()[:-200])


def nameless(study: SmallStudy) -> None:
    spss()(study)
    path = study.path(SAV)
    path.write_bytes(path.read_bytes().replace(b"ID      ", b"\0D      "))


def traditional(encoding: str) -> Break:
    """Words that both encodings have, in a column that no codebook maps."""

    def broken(study: SmallStudy) -> None:
        study.column("id", "鄉鎮公務員的職業倦怠與工作壓力")
        study.csv(encoding=encoding)

    return broken


def long_answer(study: SmallStudy) -> None:
    study.header.append("anything else?")
    for row in study.rows:
        row.append("")
    study.rows[5][-1] = "I would like to say. " * 10_000
    study.csv()


def cut_row(study: SmallStudy) -> None:
    study.rows[4] = [*study.rows[4], "7"]
    study.csv()


EVERY_ANSWER = {name: [{"lo": 1, "hi": 5}] for name in ITEMS[:6]}

TABLES = [
    Fault("an empty file", raw(b""), "S130", RAW, zh=("没有",)),
    Fault("blanks alone", raw("\n \n,,,\n"), "S130", RAW),
    Fault("bytes that are no text", raw(b"id,gender\n\xff\xfe\xfd\xff,1\n"), "S131", RAW,
          says=("byte 11",)),
    Fault("another encoding than is said", together(
          edit(CODEBOOK, "format: csv", "format: csv\nencoding: gb18030"),
          lambda study: study.column("unit", lambda value: f"镇{value}")), "S121", RAW,
          says=("utf-8, not gb18030",)),
    Fault("traditional characters in Big5", traditional("big5"), "S135", RAW,
          says=("Big5", "encoding: gb18030"), zh=("文字为 Big5 编码",)),
    Fault("zero bytes", lambda study: study.cell(2, "d1", "1\0"), "S132", RAW),
    Fault("a quotation mark that is not closed", lambda study: study.raw(
          study.path(RAW).read_bytes().replace(b"\n7,", b'\n"7,')), "S133", RAW,
          says=("the quotation marks of a cell",), zh=("引号没有配对",)),
    Fault("text after a closing quotation mark", lambda study: study.raw(
          study.path(RAW).read_bytes().replace(b"\n7,", b'\n"7"7,')), "S133", RAW,
          says=("line 8: something follows the closing",), zh=("后引号之后另有内容",)),
    Fault("a row with a cell too much", cut_row, "S122", RAW, says=("14 cells", "rows 6")),
    Fault("a picture", raw(b"\x89PNG\r\n\x1a\n" + b"\0" * 99), "S120", RAW, says=("png",)),
    Fault("a picture called xlsx", as_xlsx(b"\x89PNG\r\n\x1a\n" + b"\0" * 99), "S120", XLSX,
          says=("png, not xlsx",)),
    Fault("a csv file called xlsx", as_xlsx(b"id,gender\n1,2\n"), "S120", XLSX,
          says=("csv, not xlsx",)),
    Fault("an old Excel file", as_xlsx(OLD_EXCEL), "S120", XLSX, says=("xls, not xlsx",)),
    Fault("a workbook with a password", as_xlsx(
          OLD_EXCEL + "EncryptedPackage".encode("utf-16-le") + b"\0" * 99), "S120", XLSX,
          says=("xlsx (password)",)),
    Fault("a web page called xls", as_xlsx(HTML.encode()), "S120", XLSX, says=("html",)),
    Fault("a zip of something else", as_xlsx(archive(readme="x")), "S120", XLSX, says=("zip",)),
    Fault("a Word document", as_xlsx(archive(word__document_xml="x")), "S120", XLSX,
          says=("docx",)),
    Fault("a workbook cut off at its end", cut(0.9), "S123", XLSX, says=("damaged: its beginning",),
          zh=("已损坏：开头或结尾缺失",)),
    Fault("half a workbook", cut(0.5), "S123", XLSX, says=("damaged",)),
    Fault("a workbook without its sheet", within(SHEET, lambda xml: None), "S123", XLSX,
          zh=("不符合 Excel 的格式",)),
    Fault("a workbook with half a sheet", within(SHEET, lambda xml: xml[: len(xml) // 2]), "S123",
          XLSX),
    Fault("a workbook without its list of sheets",
          within("xl/_rels/workbook.xml.rels", lambda xml: None), "S123", XLSX),
    Fault("a zip bomb", within("xl/sharedStrings.xml", added(
          b"</sst>", b"<si><t>" + b"A" * 60_000_000 + b"</t></si></sst>")), "S124", XLSX,
          says=("not opened",)),
    Fault("a cell in the last corner of the sheet", within(SHEET, added(
          b"</sheetData>", CORNER % b"><v>1</v></c>")), "S134", XLSX, says=("XFD1048576", "1695")),
    Fault("merged headers", sheet(merged), "S125", XLSX, says=("A1:D1, E1:N1",)),
    Fault("a formula that was never computed", third_cell(b'<c r="E3"><f>1+1</f></c>'), "D207",
          f"{CODEBOOK}:21", "scales.workload", says=('"=1+1" (1×) (rows 3)',)),
    Fault("a formula that failed", third_cell(
          b'<c r="E3" t="e"><f>1/0</f><v>#DIV/0!</v></c>'), "D207", f"{CODEBOOK}:21",
          "scales.workload", says=('"#DIV/0!" (1×) (rows 3)',)),
    Fault("half an SPSS file", cut_spss, "S102", SAV, says=("damaged",), zh=("已损坏",)),
    Fault("an SPSS file with fewer rows than it says", fewer_rows, "S102", SAV,
          says=("fewer rows",), zh=("行数少于",)),
    Fault("an SPSS file with a column without a name", nameless, "S102", SAV, says=("damaged",)),
    Fault("answers that SPSS declares missing, all of them", spss(missing_ranges=EVERY_ANSWER),
          "D209", f"{CODEBOOK}:22", "scales.workload.items", says=("All of them are empty",)),
]  # fmt: skip

SAME_TABLES = [
    Same("semicolons", lambda study: study.csv(delimiter=";")),
    Same("tabs", lambda study: study.csv(delimiter="\t")),
    Same("traditional characters in GB18030", traditional("gb18030")),
    Same("a file in UTF-16", lambda study: study.csv(encoding="utf-16")),
    Same("a workbook of texts", lambda study: study.xlsx()),
    Same("a workbook of numbers", sheet(as_numbers)),
    Same("formulas with their results", sheet(with_results)),
    Same("a colour in the last corner of the sheet", within(SHEET, added(
         b"</sheetData>", CORNER % b' s="1"/>'))),
    Same("an SPSS file", spss()),
    Same("an answer of 210,000 letters", long_answer),
]  # fmt: skip
