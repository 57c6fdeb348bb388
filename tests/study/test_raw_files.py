"""Raw files as the study reads them: recognised, joined, told of, and what is refused."""

import csv
import io

import pytest

from grassroots.intake.reading import read_raw
from grassroots.study.load import load_study
from grassroots.study.recognised import recognised_text

FOLDER = "data/raw/m_county"
CODEBOOK = f"{FOLDER}/codebook.yaml"
WORDS = ["从不", "偶尔", "有时", "经常", "总是"]


@pytest.fixture
def rewrite(study_folder):
    """Write M County's answers anew after a change of its rows; the first row is the header."""

    def write(change, name="responses.csv"):
        path = study_folder / FOLDER / "responses.csv"
        rows = list(csv.reader(io.StringIO(path.read_bytes().decode("gb18030"), newline="")))
        rows = change(rows)
        out = io.StringIO(newline="")
        csv.writer(out).writerows(rows)
        (study_folder / FOLDER / name).write_text(out.getvalue(), "utf-8", newline="")

    return write


def coded(rows):
    """The answers of the matrix as numbers; the first respondent is missing."""
    number = {word: str(place) for place, word in enumerate(WORDS, start=1)}
    return [rows[0], *([number.get(cell, cell) for cell in row] for row in rows[2:])]


def test_nothing_about_the_form_of_a_file_need_be_said(study_folder):
    for path in study_folder.glob("data/raw/*/codebook.yaml"):
        lines = path.read_text("utf-8").splitlines()
        kept = [line for line in lines if not line.startswith(("format:", "encoding:"))]
        path.write_text("\n".join(kept), "utf-8")
    study = load_study(study_folder)
    assert not study.left_out
    found = {
        name: (each.recognised["platform"], each.recognised["format"])
        for name, each in study.raw.items()
    }
    assert found == {
        "holzinger1939": ("plain", "csv"),
        "political_democracy": ("plain", "csv"),
        "city_s": ("wenjuanxing", "xlsx"),
        "m_county": ("wenjuanxing", "csv"),
        "jincheng": ("wenjuanxing", "sav"),
    }


def test_what_was_recognised_is_told_when_a_file_is_first_read(study_folder):
    first = load_study(study_folder).raw
    assert all(each.fresh for each in first.values())
    again = load_study(study_folder).raw
    assert {name: each.recognised for name, each in again.items()} == {
        name: each.recognised for name, each in first.items()
    }
    assert not any(each.fresh for each in again.values())
    said = recognised_text("m_county", again["m_county"].recognised, "en")
    assert said == (
        "m_county: data/raw/m_county/responses.csv is read as a Wenjuanxing export by text "
        "(csv, comma, gb18030): 643 answers, 29 columns"
    )
    assert "问卷星导出文件" in recognised_text("m_county", again["m_county"].recognised, "zh")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_note_has_its_sentence(language):
    keys = ["preview", "unfinished", "only_first", "only_second", "short_rows", "suffix", "written"]
    notes = "; ".join(f"{key}: 7: 3, 4 …" for key in keys)
    for platform in ("wenjuanxing", "qualtrics", "limesurvey", "kobo", "plain"):
        for variant in ("", "by text", "by number", "by text and by number"):
            for delimiter in ("comma", "semicolon", "tab", "bar", ""):
                found = {"file": "f", "format": "csv", "encoding": "", "rows": "1", "columns": "2"}
                found |= {"platform": platform, "variant": variant, "delimiter": delimiter}
                found |= {"sheet": "1/2", "header_row": "3", "notes": notes}
                lines = recognised_text("d", found, language).splitlines()
                assert len(lines) == 1 + len(keys)
                assert all("7" in line and "{" not in line for line in lines[1:])
                assert sum("3, 4 …" in line for line in lines) == 3


def test_the_export_by_number_beside_the_one_by_text(study_folder, edit, rewrite):
    edit(CODEBOOK, "file: responses.csv\n", "file: responses.csv\nsecond_file: numbers.csv\n")
    edit(CODEBOOK, "    answers: [从不, 偶尔, 有时, 经常, 总是]\n", "")
    edit(CODEBOOK, "expected: [经常]", "expected: [4]")
    rewrite(coded, "numbers.csv")
    study = load_study(study_folder)
    assert not study.left_out
    found = study.raw["m_county"].recognised
    assert (found["rows"], found["variant"]) == ("642", "by text and by number")
    assert found["notes"] == "only_first: 1: 2"
    assert study.datasets["m_county"].second_file == f"{FOLDER}/numbers.csv"
    raw = read_raw(study_folder / FOLDER / "responses.csv")
    assert len(raw.row_numbers) == 643


def test_the_second_file_must_be_there_and_beside_the_first(edit, left_out):
    edit(CODEBOOK, "file: responses.csv\n", "file: responses.csv\nsecond_file: response.csv\n")
    (fault,) = left_out()["m_county"]
    assert (fault.code, fault.where, fault.nearest) == ("S101", "second_file", "responses.csv")
    edit(CODEBOOK, "second_file: response.csv", "second_file: ../city_s/responses.xlsx")
    (fault,) = left_out()["m_county"]
    assert (fault.code, fault.where) == ("S108", "second_file")


def test_files_that_cannot_be_joined_are_said(edit, left_out, rewrite):
    edit(CODEBOOK, "file: responses.csv\n", "file: responses.csv\nsecond_file: numbers.csv\n")
    rewrite(lambda rows: [rows[0], *([str(9000 + n), *row[1:]] for n, row in enumerate(rows[1:]))],
            "numbers.csv")  # fmt: skip
    (fault,) = left_out()["m_county"]
    assert (fault.code, fault.file) == ("S128", f"{FOLDER}/responses.csv")
    assert "numbers.csv" in fault.text("zh")


def test_what_is_wrong_in_the_second_file_is_said_of_that(study_folder, edit, left_out):
    edit(CODEBOOK, "file: responses.csv\n", "file: responses.csv\nsecond_file: numbers.csv\n")
    (study_folder / FOLDER / "numbers.csv").write_text("a,b\n1,2,3\n", "utf-8")
    (fault,) = left_out()["m_county"]
    assert (fault.code, fault.file) == ("S122", f"{FOLDER}/numbers.csv")


def test_several_choices_in_a_mapped_cell_point_to_the_columns_of_the_options(left_out, rewrite):
    def several(rows):
        column = rows[0].index("5、您的岗位类型")
        rows[1][column] = "综合管理┋专业技术"
        return rows

    rewrite(several)
    (fault,) = left_out()["m_county"]
    assert (fault.code, fault.where) == ("S129", "background.post_type.column")
    assert '"5、您的岗位类型(综合管理)"' in fault.text("en")
    assert fault.text("zh").count("5、您的岗位类型(") >= 2


def test_what_stands_in_cells_is_no_header_that_a_message_shows(edit, left_out, rewrite):
    def noted(rows):
        notes = ["9、备注", "在张三处→李四处", *("" for _ in rows[2:])]
        return [[*row, note] for row, note in zip(rows, notes, strict=True)]

    rewrite(noted)
    edit(CODEBOOK, "5、您的岗位类型", "9、备")
    (fault,) = left_out()["m_county"]
    assert fault.nearest == '"9、备注"' and "（第 30 列）" in fault.text("zh")
    edit(CODEBOOK, "9、备", "在张三处")
    (fault,) = left_out()["m_county"]
    assert fault.nearest == ""


def test_a_mapped_header_that_stands_twice_shows_its_names(left_out, rewrite):
    rewrite(lambda rows: [[*row, "2、您的性别" if n == 0 else ""] for n, row in enumerate(rows)])
    (fault,) = left_out()["m_county"]
    assert (fault.code, fault.where) == ("S103", "background.gender.column")
    assert fault.nearest == "2、您的性别 (1)"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_row_with_an_unquoted_comma_is_named(left_out, study_folder, language):
    path = study_folder / FOLDER / "responses.csv"
    text = path.read_bytes().decode("gb18030")
    lines = text.splitlines(keepends=True)
    lines[4] = lines[4].replace("本科", "本科").rstrip() + ",多了一个\n"
    path.write_bytes("".join(lines).encode("gb18030"))
    (fault,) = left_out()["m_county"]
    assert (fault.code, fault.words["rows"]) == ("S122", "5")
    assert "5" in fault.text(language) and "{" not in fault.text(language)
