import re
from pathlib import Path

import pytest

from grassroots.intake.personal import _BY_HEADER, _FORMS
from grassroots.study.faults import (
    MESSAGES,
    NOTHING,
    Fault,
    faults_text,
    kind_key,
    left_out_text,
    nearest_name,
    quoted,
)
from grassroots.study.yaml_source import load_yaml

ROOT = Path(__file__).parents[2]
CODE = re.compile(r'"([A-Z]\d{3})"')


def catalogue(language: str) -> dict[str, str]:
    return load_yaml((MESSAGES / f"{language}.yaml").read_text(encoding="utf-8"))[0]


def codes_in_code() -> set[str]:
    sources = (ROOT / "workflow" / "scripts").rglob("*.py")
    return {code for path in sources for code in CODE.findall(path.read_text(encoding="utf-8"))}


def test_every_code_has_a_sentence_in_both_languages_and_an_explanation():
    explained = set(re.findall(r"^### ([A-Z]\d{3})$", (ROOT / "docs/errors.md").read_text(), re.M))
    said = {key for key in catalogue("en") if CODE.fullmatch(f'"{key}"')}
    assert said == explained == codes_in_code()


def test_both_languages_fill_the_same_places():
    en, zh = catalogue("en"), catalogue("zh")
    assert en.keys() == zh.keys()
    places = re.compile(r"{(\w+)}")
    for key in en:
        assert set(places.findall(en[key])) == set(places.findall(zh[key])), key


def test_a_fault_reads_as_the_documentation_shows_it():
    fault = Fault(
        "S104",
        "data/raw/harbin/codebook.yaml",
        23,
        "scales.burnout.items[4]",
        {"column": '"Q13_5"', "file": "data/raw/harbin/responses.xlsx", "place": "47"},
        '"Q13_5、工作让我感到疲惫"',
        '- "Q13_5、工作让我感到疲惫"',
        {"nearest": "in_column"},
    )
    assert fault.text("en") == (
        "[S104] data/raw/harbin/codebook.yaml:23  scales.burnout.items[4]\n"
        '  no column "Q13_5" in data/raw/harbin/responses.xlsx, row 1\n'
        '  nearest: "Q13_5、工作让我感到疲惫" (column 47)\n'
        '  edit:    - "Q13_5、工作让我感到疲惫"'
    )
    assert "没有列" in faults_text([fault], "zh")
    assert '最接近的： "Q13_5、工作让我感到疲惫"（第 47 列）' in fault.text("zh")
    assert "harbin is left out of this run: 1 to mend" in left_out_text("harbin", [fault], "en")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("13812345678", "[11 digits]"),
        ("110101199003070011", "[18 digits]"),
        ("a.b@example.cn", "[e-mail address, 14 characters]"),
        ("203.0.113.7(广东-深圳)", "[IP address, 18 characters]"),
        ("31.2304, 121.4737", "[coordinates, 17 characters]"),
        ("7", '"7"'),
        ("x" * 60, '"' + "x" * 40 + '…"'),
    ],
)
def test_a_value_is_quoted_only_if_it_is_nobodys(value, shown):
    assert quoted(value) == shown


def test_every_kind_that_is_masked_has_a_name_in_both_languages():
    kinds = {kind for kind, _, _ in _FORMS} | set(_BY_HEADER) | {"text", "may be a name", "number"}
    assert {kind_key(kind) for kind in kinds} <= catalogue("en").keys() & catalogue("zh").keys()
    assert all(catalogue("en")[kind_key(kind)] == kind for kind in kinds)


@pytest.mark.parametrize(
    ("mask", "zh"),
    [
        ("[11 digits]", "[11 位数字]"),
        ("[phone number]", "[电话号码]"),
        ("[e-mail address, 14 characters]", "[电子邮箱，14 个字符]"),
        ("[may be a name, 3 characters]", "[可能是姓名，3 个字符]"),
        ("[background]", "[background]"),
    ],
)
def test_what_stands_for_a_masked_text_is_said_in_the_language(mask, zh):
    fault = Fault("S102", "codebook.yaml", words={"detail": mask})
    assert (mask in fault.text("en"), zh in fault.text("zh")) == (True, True)


def test_a_list_of_nothing_is_said_to_be_none():
    fault = Fault("C101", "config.yaml", words={"protocol": "x", "existing": NOTHING})
    assert fault.text("en").endswith("there are: none") and fault.text("zh").endswith("现有：无")


def test_nearest_name():
    assert nearest_name("selfefficacy", ["self_efficacy", "burnout"]) == "self_efficacy"
    assert nearest_name("Q13_5", ["Q1", "Q13_5、工作让我感到疲惫，每天都不想上班"]).startswith(
        "Q13_5"
    )
    assert nearest_name("zzz", ["alpha", "beta"]) == ""
