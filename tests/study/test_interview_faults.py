"""Faults in the interviews of a protocol, of a codebook and of the file; and in advice."""

import csv

import pytest

from grassroots.interviews.tabular import OWN
from grassroots.study import asked, sections
from grassroots.study.load import load_study

DESIGN = "protocols/psm_burnout.yaml"
CODEBOOK = "data/raw/city_s/codebook.yaml"
FILE = "data/raw/city_s/interviews.csv"
SCHEME = """interviews:
  levels:
    individual: {en: Individual, zh: 个人}
  themes:
    family:
      title: {en: Family, zh: 家庭}
      level: individual
      codes:
        care: {en: care, zh: 照料}
      speaks:
        - {table: group_differences, where: {outcome: job_burnout, by: gender}, expects: nonzero}
    pay:
      title: {en: Pay, zh: 薪酬}
      level: individual
      codes:
        low_pay: {en: low pay, zh: 收入低}
"""
DECLARED = "interviews:\n  file: interviews.csv\n  reviewed: true\n"
ROW = dict(zip(OWN, ("P01", "care", "family", "individual", "A", "text", "yes"), strict=True))


@pytest.fixture
def voices(study_folder):
    """City S with interviews."""

    def write(scheme=SCHEME, declared=DECLARED, **changed):
        for file, text in ((DESIGN, scheme), (CODEBOOK, declared)):
            path = study_folder / file
            path.write_text(path.read_text("utf-8") + text, encoding="utf-8")
        with (study_folder / FILE).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, OWN)
            writer.writeheader()
            writer.writerows([ROW, {**ROW, **changed}])
        return study_folder

    return write


def test_interviews_are_asked_for_where_there_are_some(voices):
    study = load_study(voices())
    assert not study.left_out
    city, pupils = study.datasets["city_s"], study.datasets["holzinger1939"]
    names = {"themes", "saturation", "coder_agreement", "joint_display", "excerpts"}
    assert names <= set(asked.tables(city))
    assert not names & set(asked.tables(pupils))
    assert "themes" in asked.evidence(city) and "themes" not in asked.evidence(pupils)
    plan = sections.interviews(study, city)
    assert plan["codes"] == {"care": "family", "low_pay": "pay"}
    assert plan["smallest"] == study.config.smallest_cell


@pytest.mark.parametrize(
    ("changed", "code", "told"),
    [
        ({"excerpt": "电话 13812345678"}, "D305", {"en": "[phone number]", "zh": "[电话号码]"}),
        ({"code": "carre"}, "D302", "carre"),
        ({"theme": "pay"}, "D303", "care: pay"),
        ({"level": "society"}, "D303", "family: society"),
        ({"reviewed": "perhaps"}, "D304", "perhaps"),
        ({"interview": ""}, "D301", "D301"),
    ],
)
def test_a_fault_in_the_file(voices, left_out, changed, code, told):
    voices(**changed)
    (fault,) = left_out()["city_s"]
    assert (fault.code, fault.file) == (code, FILE)
    for language in ("en", "zh"):
        text = fault.text(language)
        said = told if isinstance(told, str) else told[language]
        row = {"en": "row 3", "zh": "第 3 行"}[language]
        assert said in text and row in text and "{" not in text.replace("tags: {", "")
        assert "13812345678" not in text
    if code == "D302":
        assert fault.nearest == "care" and fault.edit == 'tags: {"carre": care}'
    if code == "D305":
        assert fault.edit == "[phone number]"


def test_a_file_that_is_none_of_the_forms(voices, left_out):
    folder = voices()
    (folder / FILE).write_text("a,b\n1,2\n")
    (fault,) = left_out()["city_s"]
    assert fault.code == "D306" and "a, b" in fault.text("en")
    (folder / FILE).write_text(",".join(OWN) + "\n")
    assert [fault.code for fault in left_out()["city_s"]] == ["D307"]
    (folder / FILE).rename(folder / "data/raw/city_s/interview.csv")
    (fault,) = left_out()["city_s"]
    assert (fault.code, fault.nearest) == ("S101", "interview.csv")


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("file: interviews.csv", "file: ../interviews.csv", "S108", "interviews.file"),
        ("reviewed: true", "reviewed: true\n  tags: {x: crae}", "S105", "interviews.tags.x"),
        ("reviewed: true", "revised: true", "F104", "interviews.revised"),
    ],
)
def test_a_fault_in_the_codebook(voices, left_out, old, new, code, where):
    voices(declared=DECLARED.replace(old, new))
    assert (code, where) in {(fault.code, fault.where) for fault in left_out()["city_s"]}


def test_a_codebook_has_interviews_and_its_protocol_has_none(voices, left_out):
    voices(scheme="")
    assert [fault.code for fault in left_out()["city_s"]] == ["S141"]


@pytest.mark.parametrize(
    ("old", "new", "code", "where", "nearest"),
    [
        ("level: individual\n      codes:\n        care", "level: individuals\n      codes:\n"
         "        care", "P102", "interviews.themes.family.level", "individual"),
        ("low_pay:", "care:", "P103", "interviews.themes.pay.codes.care", ""),
        ("by: gender", "buy: gender", "P105", "interviews.themes.family.speaks[0].where.buy",
         "by"),
    ],
)  # fmt: skip
def test_a_fault_in_the_scheme(voices, stopping_faults, old, new, code, where, nearest):
    voices(scheme=SCHEME.replace(old, new, 1))
    faults = {(fault.code, fault.where): fault for fault in stopping_faults()}
    assert (code, where) in faults, list(faults)
    assert faults[code, where].nearest == nearest


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("    hypotheses: [H2]\n", "", "P141", "recommendations.take_part_in_policy"),
        ("    hypotheses: [H2]\n", "    hypotheses: [H22]\n", "P102",
         "recommendations.take_part_in_policy.hypotheses[0]"),
        ("term: compassion}", "name: compassion}", "P105",
         "recommendations.care_and_dedication.evidence[0].where.name"),
        ("  take_part_in_policy:\n    level: individual", "  take_part_in_policy:\n    level: all",
         "F106", "recommendations.take_part_in_policy.level"),
    ],
)  # fmt: skip
def test_a_fault_in_advice(edit, stopping_faults, old, new, code, where):
    edit(DESIGN, old, new)
    assert (code, where) in {(fault.code, fault.where) for fault in stopping_faults()}


def test_the_wording_of_advice_decides_nothing(study_folder, edit):
    before = load_study(study_folder)
    city = before.datasets["city_s"]
    edit(DESIGN, "Grow into the calling", "Find a calling")
    after = load_study(study_folder)
    again = after.datasets["city_s"]
    for name in ("findings", "drawing", "group_comparisons"):
        make = getattr(sections, name)
        assert make(before, city) == make(after, again), name
    assert sections.page(before, city) != sections.page(after, again)
