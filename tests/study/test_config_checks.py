"""The earlier run that config.yaml may name."""

import json

import pytest

from grassroots.study.load import load_study

ENTRY = "protocol: mental_abilities"


def name_earlier(edit, file):
    edit("config.yaml", ENTRY, f"{ENTRY}\n    earlier: {file}")


@pytest.mark.parametrize(
    ("file", "content", "code", "nearest"),
    [
        ("kept/numbers_old.json", None, "C102", "numbers_2026.json"),
        ("kept/numbers.json", "{", "C103", ""),
        ("kept/numbers.json", json.dumps({"dataset": "city_s", "tables": {}}), "C103", ""),
        ("results/holzinger1939/numbers.json", None, "C104", ""),
    ],
)
def test_an_earlier_run_that_cannot_be_compared(
    study_folder, edit, stopping_faults, file, content, code, nearest
):
    (study_folder / "kept").mkdir()
    (study_folder / "kept/numbers_2026.json").write_text("{}")
    if content:
        (study_folder / file).write_text(content)
    name_earlier(edit, file)
    (fault,) = stopping_faults()
    assert (fault.code, fault.line, fault.nearest) == (code, 6, nearest)


def test_an_earlier_run_is_accepted(study_folder, edit):
    (study_folder / "old.json").write_text(json.dumps({"dataset": "holzinger1939", "tables": {}}))
    name_earlier(edit, "old.json")
    assert load_study(study_folder).config.datasets["holzinger1939"].earlier == "old.json"


@pytest.mark.parametrize("given", ["political_democracy", ["political_democracy"]])
def test_rows_may_be_packed_of_one_or_of_several(study_folder, given):
    study = load_study(study_folder, {"package_rows": given})
    assert study.config.package_rows == ["political_democracy"]


def test_no_rows_are_packed_unless_they_are_named(study_folder):
    assert load_study(study_folder).config.package_rows == []
