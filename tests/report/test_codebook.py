"""The codebook: every variable with its coding and answers, on the page and as a file."""

import csv
import io
import re
from html import unescape

import pytest

from grassroots.report.chapters.codebook import chapter
from grassroots.report.forms.codebook_form import CODEBOOK_COLUMNS, codebook_rows
from grassroots.report.records import ResultTables
from grassroots.report.view import view
from grassroots.run.tables import write_rows

ANSWERS = """\
scale,item,answer,n,percent
scale,x1,1,2,10
scale,x1,2,4,20
scale,x1,3,14,70
scale,x2,1,0,0
scale,x2,2,8,40
scale,x2,3,12,60
"""


def plain(text):
    return unescape(re.sub("<[^>]*>", "", str(text)))


@pytest.fixture
def codebook(study, tables, parts):
    """The tables of the chapter by name, as lists of texts below their columns' titles."""

    def of(language="en", study=study, **changed):
        texts = parts["texts"][language]
        seen = view(language, study, ResultTables({**tables, **changed}), texts, {})
        made = chapter(seen)
        found = [block for block in made.blocks if block.block == "table"] if made else []
        rows = {
            table.name: [
                [plain(column.title) for column in table.columns],
                *([plain(cell.text) for cell in row] for row in table.rows),
            ]
            for table in found
        }
        notes = {table.name: " ".join(map(plain, table.notes)) for table in found}
        return rows, notes

    return of


def test_items_stand_below_their_dimension_with_counts_missing_and_citc(codebook):
    rows, notes = codebook(answers=ANSWERS)
    assert rows["codebook-scale"] == [
        ["Item", "Wording", "1", "2", "3", "Missing", "CITC"],
        ["x3", "–", "–", "–", "–", "–", "–"],
        ["Alpha", "", "", "", "", "", ""],
        ["x1", "Item one", "2", "4", "14", "2", ".50"],
        ["x2 (R)", "–", "0", "8", "12", "0", ".50"],
    ]
    assert "1 = never; 5 = always" in notes["codebook-scale"]
    assert "reverse-keyed" in notes["codebook-scale"]
    assert "not shown" not in notes["codebook-scale"]


def test_wording_stands_only_where_the_licence_allows_it(codebook, study):
    shut = study["instruments"]["scale"] | {"text_allowed": False}
    names = {key: text for key, text in study["names"].items() if key != "x1"}
    rows, notes = codebook(
        study={**study, "instruments": {"scale": shut}, "names": names}, answers=ANSWERS
    )
    assert rows["codebook-scale"][0][:2] == ["Item", "1"]
    assert "Terms of use: x." in notes["codebook-scale"]


def test_measured_answers_have_mean_and_standard_deviation(codebook, study):
    about = study["instruments"]["scale"] | {"response": {"min": 0.0, "max": 10.0}}
    rows, notes = codebook(study={**study, "instruments": {"scale": about}}, answers="")
    assert rows["codebook-scale"][0][2:4] == ["M", "SD"]
    assert rows["codebook-scale"][3][2:4] == ["3.10", "1.10"]
    assert "Answers from 0 to 10" in notes["codebook-scale"]


def test_background_variables_stand_with_their_levels(codebook):
    sample = "variable,level,n,percent,suppressed\nsex,male,10,58.8,False\nsex,female,,,True\n"
    missing = "variable,n_missing,percent,n\nsex,7,41.2,17\nx1,2,11.8,17\nyears,0,0,17\n"
    described = "variable,n,mean,sd,skew,kurtosis,min,max,level\nyears,17,30,5,0,0,21,60,\n"
    rows, notes = codebook(sample=sample, missing=missing, descriptives=described)
    assert rows["codebook"][1:] == [
        ["Sex", "sex", "male (10); female (x)", "7"],
        ["years", "years", "21 to 60", "0"],
    ]
    assert "x: not shown" in notes["codebook"]


def test_without_tables_there_is_no_chapter(study, parts):
    assert chapter(view("en", study, ResultTables({}), parts["texts"]["en"], {})) is None


def test_the_file_holds_the_same_and_hides_the_same(study, tables, tmp_path):
    names = {**study["names"], "x2": {"en": "=SUM(A1)", "zh": "@二"}}
    rows = codebook_rows(
        {**study, "names": names}, ResultTables({**tables, "answers": ANSWERS, "missing": (
            "variable,n_missing,percent,n\nsex,7,41.2,17\nx1,2,11.8,17\nx2,0,0,17\n")})
    )  # fmt: skip
    path = tmp_path / "codebook.csv"
    write_rows(rows, CODEBOOK_COLUMNS, path, {"data": "simulated"})
    sex, three, one, two = csv.DictReader(io.StringIO(path.read_text("utf-8")))
    assert (sex["kind"], sex["counts"], sex["labels"]) == ("background", "male=10", "male=male")
    assert (one["scale"], one["text_zh"], one["counts"]) == ("a", "题项一", "1=2; 2=4; 3=14")
    assert (one["n_missing"], one["citc"], one["reversed"]) == ("2", ".5", "False")
    assert (two["text_en"], two["text_zh"], two["reversed"]) == ("'=SUM(A1)", "'@二", "True")
    assert three["instrument"] == "scale" and three["data"] == "simulated"
