"""Each fault that a study's files can have, broken on purpose in a copy of the project's own."""

import json
import os

import pytest

from grassroots.study.faults import StudyError
from grassroots.study.load import load_study

TESTS = "protocols/instruments/ability_tests.yaml"
DESIGN = "protocols/industry_and_democracy.yaml"
CODEBOOK = "data/raw/holzinger1939/codebook.yaml"
CLAIMS = "data/raw/holzinger1939/claims.yaml"
RAW = "data/raw/holzinger1939/responses.csv"
DATASETS = ["holzinger1939", "political_democracy", "city_s", "m_county", "jincheng"]


def test_the_project_s_own_study_has_no_fault(study_folder):
    study = load_study(study_folder)
    assert not study.left_out
    assert list(study.datasets) == [
        "holzinger1939",
        "political_democracy",
        "city_s",
        "m_county",
        "jincheng",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "line", "nearest"),
    [
        ("config.yaml", "protocol: mental_abilities", "protocol: mental_ability", "C101", 5,
         "mental_abilities"),
        ("config.yaml", "seed: 20261122", "sed: 20261122", "F104", 16, "seed"),
        ("config.yaml", "draws: 5000", "draws: many", "F106", 19, ""),
        ("config.yaml", "draws: 5000", "draws: [1", "F102", 22, ""),
        ("config.yaml", "draws: 5000", "draws: 5000\nseed: 1", "F103", 20, ""),
        (DESIGN, "outcome: dem65", "outcome: dem60", "P104", 19, ""),
        (DESIGN, "outcome: dem65", "outcome: dem66", "P102", 19, "dem65"),
        (DESIGN, "outcome: dem65", "outcom: dem65", "F104", 19, "outcome"),
        (DESIGN, "factors: [ind60, dem60, dem65]", "factors: [ind61, dem60, dem65]", "P102", 12,
         "ind60"),
        (DESIGN, "scores: latent, effect: total", "scoring: latent, effect: total", "P105", 28,
         "scores"),
        (TESTS, "total: true", "total: true\nreversed: [x10]", "I101", 36, "x1"),
        (TESTS, "items: [x4, x5, x6]", "items: [x4, x5, x3]", "I103", 31, ""),
        (TESTS, "max: 10", "max: 0", "I105", 11, ""),
        (TESTS, "text_allowed: true", "text_allowed: false", "I106", 16, ""),
        (TESTS, "total: true", "total: maybe", "F106", 35, ""),
    ],
)  # fmt: skip
def test_a_fault_that_stops_everything(edit, stopping_faults, file, old, new, code, line, nearest):
    edit(file, old, new)
    faults = stopping_faults()
    assert {code} == {fault.code for fault in faults} - ({"F105"} if code == "F104" else set())
    fault = next(fault for fault in faults if fault.code == code)
    assert (fault.file, fault.line) == (file, line)
    assert fault.nearest == nearest
    assert fault.text("en").startswith(f"[{code}] {file}:{line}")


def test_a_missing_config_is_named(study_folder, stopping_faults):
    (study_folder / "config.yaml").rename(study_folder / "confg.yaml")
    (fault,) = stopping_faults()
    assert (fault.code, fault.nearest) == ("F101", "confg.yaml")


def test_all_faults_come_at_once(edit, stopping_faults):
    edit(TESTS, "total: true", "totl: true")
    edit(DESIGN, "outcome: dem65", "outcome: dem60")
    edit(DESIGN, "mediators: [dem60]", "mediators: [dm60]")
    assert {"F104", "P102"} <= {fault.code for fault in stopping_faults()}


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (CODEBOOK, "file: responses.csv", "file: responces.csv", "S101"),
        (CODEBOOK, "file: responses.csv", "file: ../political_democracy/responses.csv", "S108"),
        (CODEBOOK, "format: csv", "format: xlsx", "S120"),
        (CODEBOOK, "column: ageyr", "column: age_yr", "S104"),
        (CODEBOOK, "x8, x9]", "x8]", "S106"),
        (CODEBOOK, "  ability_tests:", "  ability_test:", "S105"),
        (CODEBOOK, "  age:\n", "  agee:\n", "S105"),
        (CODEBOOK, "{1: boy, 2: girl}", "{1: boy, 2: girls}", "S113"),
        (CODEBOOK, "{1: boy, 2: girl}", "{1: boy}", "D202"),
        (CODEBOOK, "    levels: {1: boy, 2: girl}\n", "", "S111"),
        (CODEBOOK, "    column: ageyr", "    column: ageyr\n    levels: {13: boy}", "S112"),
        (CODEBOOK, "simulated: false", "simulated: perhaps", "F106"),
        (CODEBOOK, "    items: [x1, x2,", "    answers: {yes: 11}\n    items: [x1, x2,", "S110"),
        (RAW, "\n1,1,13,1,Pasteur,7.0,3.3333333", "\n1,1,13,1,Pasteur,7.0,33", "D201"),
        (RAW, "\n1,1,13,1,Pasteur,7.0,3.3333333", "\n1,1,13,1,Pasteur,7.0,13812345678", "D204"),
        (RAW, "id,sex,ageyr", "id,sex,sex", "S103"),
        (CLAIMS, "column: tli", "column: tly", "P105"),
        (CLAIMS, "kind: number\n    says: \"SRMR", "kind: nmber\n    says: \"SRMR", "F106"),
    ],
)  # fmt: skip
def test_a_fault_that_leaves_one_dataset_out(edit, study_folder, left_out, file, old, new, code):
    edit(file, old, new)
    out = left_out()
    assert list(out) == ["holzinger1939"]
    assert code in {fault.code for fault in out["holzinger1939"]}
    for fault in out["holzinger1939"]:
        for language in ("en", "zh"):
            assert "{" not in fault.text(language).replace("{1", "").replace("{13", "")
            assert "13812345678" not in fault.text(language)
    assert list(load_study(study_folder).datasets) == [
        "political_democracy",
        "city_s",
        "m_county",
        "jincheng",
    ]


def test_a_dataset_that_is_left_out_or_not_there_is_told_by_its_faults(edit, study_folder):
    edit("data/raw/holzinger1939/codebook.yaml", "column: ageyr", "column: age_years")
    study = load_study(study_folder)
    with pytest.raises(StudyError) as left_out:
        study.dataset("holzinger1939")
    assert left_out.value.faults == study.left_out["holzinger1939"]
    with pytest.raises(StudyError, match=r"C120") as unknown:
        study.dataset("political_democrcy")
    assert unknown.value.faults[0].nearest == "political_democracy"


def test_answers_outside_come_with_their_rows_and_the_edit(edit, left_out):
    edit(RAW, "\n1,1,13,1,Pasteur,7.0,3.3333333", "\n1,1,13,1,Pasteur,7.0,99")
    (fault,) = left_out()["holzinger1939"]
    assert "(rows 2)" in fault.text("en")
    assert fault.edit == "missing_codes: [99]"


def test_the_edit_keeps_the_missing_codes_that_are_declared(edit, left_out):
    edit(RAW, "\n1,1,13,1,Pasteur,7.0,3.3333333", "\n1,1,13,1,Pasteur,7.0,99")
    edit(CODEBOOK, "    items: [x1, x2,", "    missing_codes: [(none), -9]\n    items: [x1, x2,")
    (fault,) = left_out()["holzinger1939"]
    assert fault.edit == 'missing_codes: ["(none)", -9, 99]'


def test_a_dataset_without_a_folder_is_left_out(edit, left_out):
    edit("config.yaml", "  holzinger1939:", "  holzinger1940:")
    assert [fault.code for fault in left_out()["holzinger1940"]] == ["F101"]


def test_a_checked_raw_file_is_not_read_again_until_it_changes(study_folder, edit):
    load_study(study_folder)
    memory = study_folder / ".snakemake" / "checked" / "holzinger1939.json"
    known = json.loads(memory.read_text())
    memory.write_text(json.dumps(known | {"faults": [{"code": "D203", "file": "remembered"}]}))
    assert load_study(study_folder).left_out["holzinger1939"][0].file == "remembered"
    raw = study_folder / RAW
    os.utime(raw, ns=(1, 1))
    assert load_study(study_folder).left_out, "a touched file is the same file"
    content = raw.read_bytes()
    raw.write_bytes(content[:-2] + bytes([content[-2] ^ 1]) + content[-1:])
    os.utime(raw, ns=(1, 1))
    assert not load_study(study_folder).left_out, "another file of the same size and time"


def test_a_setting_can_be_overridden(study_folder):
    assert load_study(study_folder, {"draws": 200}).config.draws == 200
