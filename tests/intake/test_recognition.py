"""Formats, recognised by what is in the file."""

import datetime
import zipfile

import pytest

from grassroots.intake.reading import UnreadableFile
from grassroots.intake.recognition import recognise

ROWS = [["编号", "满意, 吗", "备注"], ["1", "3", "好"], ["2", "4", ""]]
AGREE = {"不同意": 1, "同意": 5}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("written", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("gb18030", "gb18030"),
     ("gbk", "gb18030")],
)  # fmt: skip
def test_a_text_table_of_any_delimiter_and_encoding(text_file, delimiter, written, found):
    export = recognise(text_file(ROWS, delimiter, written))
    assert (export.platform, export.format) == ("plain", "csv")
    assert (export.delimiter, export.encoding) == (delimiter, found)
    assert export.raw.columns == ["编号", "满意, 吗", "备注"]
    assert export.raw.values("满意, 吗") == ["3", "4"]


@pytest.mark.parametrize(
    ("text", "delimiter", "columns"),
    [
        ("a;b;c\n1,5;2,5;3\n2,5;3;4\n", ";", 3),
        ("a,b;c\n1,2;3\n4,5;6\n", ",", 2),
        ("a,b\n1|2,3\n4|5,6\n", ",", 2),
        ('"one, two";x\n1;2\n', ";", 2),
        ('a;"b\n,,,;c"\n1;2\n', ";", 2),
        ("a\n1\n2\n", ",", 1),
        ("a,b\n", ",", 2),
    ],
)
def test_the_delimiter_is_what_cuts_all_rows_alike(tmp_path, text, delimiter, columns):
    path = tmp_path / "raw.csv"
    path.write_text(text, "utf-8", newline="")
    export = recognise(path)
    assert (export.delimiter, len(export.raw.columns)) == (delimiter, columns)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b,c\n1,2,3\n4,yes, but,6\n\n7,8,9,10\n", "3, 5"),
        ("a,b,c,d\n1,2,3\n4,5,6\n", "2, 3"),
        ("a b,\n1,2,\n", "2"),
    ],
)
def test_values_under_the_wrong_headers_are_refused_by_their_rows(tmp_path, text, rows):
    path = tmp_path / "raw.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(UnreadableFile) as caught:
        recognise(path)
    assert (caught.value.code, caught.value.words["rows"]) == ("S122", rows)


def test_delimiters_at_the_end_of_rows_are_no_values_and_short_rows_are_named(tmp_path):
    path = tmp_path / "raw.csv"
    path.write_text("a,b,c,,\n1,2,3,,\n4,5,6\n7,8\n", "utf-8")
    export = recognise(path)
    assert export.raw.columns == ["a", "b", "c"]
    assert export.raw.values("c") == ["3", "6", None]
    assert export.notes == {"short_rows": "1: 4"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "S130"), (b" \n;;\n", "S130"), (b"\xef\xbb\xbf", "S130"), (b"\xff\xfea", "S131"),
        (b"a\n\xff\n", "S131"), (b"a\x00,b\n1,2\n", "S132"), (b'a,b\n1,"2\n', "S133"),
        (b'a,b\n1,"2"3\n', "S133"), (b"PK\x03\x04", "S123"), (b"%PDF-1.4", "S120"),
        (b"<html><table>", "S120"), (b"\xd0\xcf\x11\xe0", "S120"), (b"$FL2", "S102"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_by_its_own_code(tmp_path, content, code):
    path = tmp_path / "raw.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as caught:
        recognise(path)
    assert caught.value.code == code


def test_a_folder_or_nothing_at_all_is_said(tmp_path):
    for path in (tmp_path, tmp_path / "nothing.csv"):
        with pytest.raises(UnreadableFile):
            recognise(path)


def test_one_broken_byte_does_not_turn_words_into_others(tmp_path):
    path = tmp_path / "raw.csv"
    words = "编号,满意\n" + "1,非常同意\n" * 9
    path.write_bytes(words.encode() + "2,同意".encode()[:-1] + b"\n")
    with pytest.raises(UnreadableFile) as caught:
        recognise(path)
    assert (caught.value.code, caught.value.words["tried"]) == ("S131", "utf-8")
    path.write_bytes(words.encode("gb18030"))
    assert recognise(path).raw.values("满意")[0] == "非常同意"


def test_a_stated_encoding_must_be_the_one_that_is_found(text_file):
    path = text_file(ROWS, encoding="gb18030")
    assert recognise(path, encoding="gb18030").encoding == "gb18030"
    with pytest.raises(UnreadableFile) as caught:
        recognise(path, encoding="utf-8")
    assert caught.value.code == "S121"
    ascii_alone = text_file([["a"], ["1"]])
    assert recognise(ascii_alone, encoding="gb18030").encoding == "gb18030"


@pytest.mark.parametrize(("name", "said"), [("raw.csv", ".csv"), ("raw", ""), ("raw.sav", ".sav")])
def test_what_a_name_ends_in_does_not_count(workbook, name, said):
    export = recognise(workbook({"s": ROWS}, name=name))
    assert export.format == "xlsx"
    assert export.notes == {"suffix": said}


def test_a_sav_that_is_a_csv_is_read_as_one(text_file, sav_file):
    export = recognise(text_file(ROWS, name="raw.sav"))
    assert (export.format, export.notes) == ("csv", {"suffix": ".sav"})
    assert recognise(sav_file({"x": [1.0]}, name="raw.csv")).format == "sav"


def test_a_workbook_is_read_from_its_first_sheet_with_a_value(workbook):
    sheets = {
        "封面": [],
        "数据": [
            [],
            [],
            ["a", None, "b", " c\n d "],
            [1, None, "２", "x"],
            [],
            [3.0, None, "4", "y"],
        ],
        "说明": [["z"]],
    }
    export = recognise(workbook(sheets))
    assert (export.sheet, export.sheet_place, export.header_row) == ("数据", "2/3", 3)
    assert export.raw.columns == ["a", "b", "c d"]
    assert export.raw.row_numbers == [4, 6]


def test_numbers_as_text_full_width_digits_and_dates_of_a_workbook(workbook, mapped):
    when = datetime.datetime(2024, 2, 23, 13, 30, 37)
    rows = [["q", "sent", "w"], ["3", when, "同意"], ["３", 45345.5, " 同意"], [5.0, "", "不同意"]]
    export = recognise(workbook({"s": rows}))
    responses, problems = mapped(
        export.raw, {"x": ("q", {}), "y": ("w", AGREE)}, meta={"submitted": "sent"}
    )
    assert not problems
    assert responses.items == {"x": [3, 3, 5], "y": [5, 5, 1]}
    assert responses.meta["submitted_on"] == ["2024-02-23", "2024-02-23", None]


@pytest.mark.parametrize("area", ["A1:C1", "B1:B2", "A3:B3"])
def test_merged_cells_are_refused_by_their_place(workbook, area):
    path = workbook({"s": [["a", "b", "c"], [1, 2, 3], [4, 5, 6]]}, merged=[area])
    with pytest.raises(UnreadableFile) as caught:
        recognise(path)
    assert (caught.value.code, caught.value.words["cells"]) == ("S125", area)


@pytest.mark.parametrize(
    ("part", "found"),
    [("word/document.xml", "docx"), ("xl/workbook.bin", "xlsb"), ("data.csv", "zip")],
)
def test_other_packed_files_are_called_by_their_names(tmp_path, part, found):
    path = tmp_path / "raw.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "x")
    with pytest.raises(UnreadableFile) as caught:
        recognise(path)
    assert (caught.value.code, caught.value.words["found"]) == ("S120", found)


def test_a_bomb_is_not_opened(tmp_path):
    path = tmp_path / "raw.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(80_000_000))
    with pytest.raises(UnreadableFile) as caught:
        recognise(path)
    assert caught.value.code == "S124"


def test_headers_that_stand_twice_get_names_of_their_own(text_file):
    rows = [["x", "", "x", "y", "x (1)"], ["1", "2", "3", "4", "5"]]
    export = recognise(text_file(rows))
    assert export.raw.columns == ["x (2)", "(column 2)", "x (3)", "y", "x (1)"]
    assert export.raw.rows == [("1", "2", "3", "4", "5")]
    assert export.questions["x (2)"] == "x"


def test_columns_about_the_answering_are_found_in_a_plain_table(text_file):
    rows = [["姓名", "用时", "提交时间", "IP", "x"], ["a", "2", "3", "4", "5"]]
    export = recognise(text_file(rows))
    assert export.meta == {"duration": "用时", "submitted": "提交时间", "address": "IP"}
    assert list(export.ignored) == ["姓名"]


def test_labels_missing_ranges_and_names_of_spss(sav_file, mapped):
    path = sav_file(
        {"v1": [1.0, 2.0, 9.0, 97.0], "v2": [1.0, 7.0, 3.0, None], "filter_": [1.0, 0.0, 1.0, 1.0]},
        column_labels=["您的性别", "  我很累 ", None],
        variable_value_labels={"v1": {1: " 男", 2: "2.女"}, "v2": {1: "从不", 5: "总是"}},
        missing_ranges={"v1": [9, {"lo": 90, "hi": 99}]},
    )
    # Written by hand: pyreadstat does not write the names that SPSS gives to Excel's headers.
    content = path.read_bytes()
    for name, spss in ((b"V1 ", b"@1 "), (b"V2 ", b"$2 "), (b"v1", b"@1"), (b"v2", b"$2")):
        content = content.replace(name, spss)
    path.write_bytes(content)
    export = recognise(path)
    first, second, _ = export.raw.columns
    assert "@" in first and "$" in second
    assert export.questions == {first: "您的性别", second: "我很累", "filter_": "filter_"}
    assert export.labels[first] == {"1": "男", "2": "2.女"}
    responses, (problem,) = mapped(
        export.raw, {"tired": (second, {})}, {"sex": (first, {"男": "m", "女": "f"})}
    )
    assert responses.background["sex"] == ["m", "f", None, None]
    assert (problem.kind, problem.values, problem.rows) == ("outside", ("7",), (2,))


def test_a_zip_of_a_version_that_does_not_exist_is_no_workbook(tmp_path):
    path = tmp_path / "answers.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 6] = 255
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match="zip"):
        recognise(path)
