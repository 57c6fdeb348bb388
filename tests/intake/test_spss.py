"""SPSS files in the shapes that turn up: labels, missing codes, text, odd encodings."""

import datetime

import pandas as pd
import pyreadstat
import pytest

from grassroots.intake.mapping import map_responses
from grassroots.intake.reading import read_raw

SEX = {1: "1.男", 2: " 2、女 ", 3: "3"}


@pytest.fixture
def save(tmp_path):
    """Write a data frame as a sav file; the name ends in csv, which must not matter."""

    def write(columns, **about):
        path = tmp_path / "really_spss.csv"
        pyreadstat.write_sav(pd.DataFrame(columns), path, **about)
        return path

    return write


def test_codes_stay_and_labels_stand_beside_them(save):
    raw = read_raw(save({"Q1": [1.0, 2.0, 7.0]}, variable_value_labels={"Q1": SEX}), "sav")
    assert raw.columns == ["Q1"]
    assert raw.values("Q1") == [1, 2, 7]
    assert raw.labels == {"Q1": {"1": "1.男", "2": "2、女", "3": "3"}}
    assert raw.row_numbers == [1, 2, 3]


def test_a_label_may_repeat_its_code_and_may_begin_with_a_number(save):
    labels = {1: "1.25岁及以下", 2: "2.5万", 3: "36岁", 4: "4、4.5万"}
    path = save({"q": [1.0, 2.0, 3.0, 4.0]}, variable_value_labels={"q": labels})
    levels = {"25岁及以下": "young", "2.5万": "rich", "36岁": "old", "4.5万": "richer"}
    plan = {
        "meta": {},
        "background": {"v": {"column": "q", "levels": levels, "missing_codes": []}},
        "items": {},
    }
    responses, problems = map_responses(read_raw(path, "sav"), plan)
    assert not problems
    assert responses.background["v"] == ["young", "rich", "old", "richer"]


def test_system_missing_and_user_missing_are_no_answer(save):
    path = save(
        {
            "id": [1, 2, 3, 4],
            "a": [1.0, None, 9.0, -2.0],
            "b": [1.0, 2.0, 8.5, -3.0],
            "t": ["x", "", "-", "y"],
        },
        missing_ranges={"a": [9, {"lo": -3, "hi": -2}], "b": [{"lo": 8, "hi": 99}], "t": ["-"]},
    )
    raw = read_raw(path, "sav")
    assert raw.values("a") == [1, None, None, None]
    assert raw.values("b") == [1, 2, None, -3]
    assert raw.values("t")[:2] == ["x", ""]


def test_dates_text_and_rows_without_a_value(save):
    when = datetime.datetime(2026, 3, 2, 9, 5, 7)
    raw = read_raw(save({"when": [when, None, when], "q": [1.0, None, 2.0]}), "sav")
    assert raw.row_numbers == [1, 3]
    plan = {"meta": {"submitted": "when"}, "background": {}, "items": {}}
    responses, problems = map_responses(raw, plan)
    assert not problems
    assert responses.meta["submitted_on"] == ["2026-03-02", "2026-03-02"]


def test_compressed_files_are_read_too(save):
    path = save({"q": [1.0, 5.0]}, compress=True)
    assert path.read_bytes()[:4] == b"$FL3"
    assert read_raw(path, "sav").values("q") == [1, 5]
