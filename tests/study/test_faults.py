import re
from pathlib import Path

import pytest

from grassroots.study.faults import (
    MESSAGES,
    Fault,
    faults_text,
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
        {"column": '"Q13_5"', "file": "data/raw/harbin/responses.xlsx"},
        '"Q13_5、工作让我感到疲惫" (column 47)',
        '- "Q13_5、工作让我感到疲惫"',
    )
    assert fault.text("en") == (
        "[S104] data/raw/harbin/codebook.yaml:23  scales.burnout.items[4]\n"
        '  no column "Q13_5" in data/raw/harbin/responses.xlsx, row 1\n'
        '  nearest: "Q13_5、工作让我感到疲惫" (column 47)\n'
        '  edit:    - "Q13_5、工作让我感到疲惫"'
    )
    assert "没有列" in faults_text([fault], "zh")
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


def test_nearest_name():
    assert nearest_name("selfefficacy", ["self_efficacy", "burnout"]) == "self_efficacy"
    assert nearest_name("Q13_5", ["Q1", "Q13_5、工作让我感到疲惫，每天都不想上班"]).startswith(
        "Q13_5"
    )
    assert nearest_name("zzz", ["alpha", "beta"]) == ""
