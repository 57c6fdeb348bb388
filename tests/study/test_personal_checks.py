"""What a codebook may not name, and what a message may not say."""

import pytest

from grassroots.study.faults import Fault
from grassroots.study.rare_answers import shown_answer

CODEBOOK = "data/raw/holzinger1939/codebook.yaml"


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("column: ageyr", "column: 您的手机号", "S160", "phone number"),
        ("column: school", "column: 1、姓名", "S160", "name"),
        ("column: ageyr", "column: Tel 13812345678", "S161", "phone number"),
        ("items: [x1,", "items: [谁的邮箱是a@example.cn,", "S161", "e-mail address"),
        ("{1: boy,", "{110101199003070011: boy,", "S109", "18 digits"),
        ("column: sex", "column: sex\n    missing_codes: [wxid_abc123]", "S109", "WeChat"),
        ("file: responses.csv", "file: 13812345678.csv", "S161", "phone number"),
    ],
)
def test_a_codebook_names_nothing_personal(edit, left_out, old, new, code, said):
    edit(CODEBOOK, old, new)
    faults = {fault.code: fault.text("en") for fault in left_out()["holzinger1939"]}
    assert said in faults[code]
    for secret in ("13812345678", "110101199003070011", "a@example.cn", "wxid_abc123"):
        assert secret not in "\n".join(faults.values())


def test_the_address_may_be_compared(left_out):
    assert left_out() == {}


def test_a_fault_is_masked_from_the_start():
    fault = Fault(
        "S104",
        "data/raw/x/13812345678.csv",
        1,
        "scales.a@example.cn",
        {"column": '"谁 13812345678"', "file": "x"},
        "203.0.113.7",
        "- 110101199003070011",
    )
    text = fault.text("en") + repr(fault)
    for secret in ("13812345678", "a@example.cn", "203.0.113.7", "110101199003070011"):
        assert secret not in text
    assert '"谁 [phone number]"' in text


@pytest.mark.parametrize(
    ("value", "count", "shown"),
    [
        ("同意", 1, '"同意"'),
        ("非常不符合", 1, '"非常不符合"'),
        ("Strongly disagree", 1, '"Strongly disagree"'),
        ("9", 1, '"9"'),
        ("25岁及以下", 2, '"25岁及以下"'),
        ("王晓萌", 1, "[may be a name, 3 characters]"),
        ("王晓萌", 3, '"王晓萌"'),
        ("Zhang Sanfeng", 2, "[may be a name, 13 characters]"),
        ("小李", 1, "[may be a name, 2 characters]"),
        ("非常同意", 1, '"非常同意"'),
        ("非常同意李雷", 1, "[text, 6 characters]"),
        ("同意，晓萌", 1, "[text, 5 characters]"),
        ("我是镇长", 2, "[text, 4 characters]"),
        ("zhangsan", 1, "[text, 8 characters]"),
        ("mayor", 1, "[text, 5 characters]"),
        ("5分", 1, '"5分"'),
        ("50%", 1, '"50%"'),
        ("#DIV/0!", 1, '"#DIV/0!"'),
        ("Infinity", 1, '"Infinity"'),
        ("我在城关镇政府上班", 1, "[text, 9 characters]"),
        ("YG-20470913", 1, "[text, 11 characters]"),
        ("35.490744", 1, "[text, 9 characters]"),
        ("大专（含高职）及以下", 40, '"大专（含高职）及以下"'),
        ("13812345678", 40, "[11 digits]"),
    ],
)
def test_what_few_people_wrote_is_quoted_only_if_it_is_like_a_label(value, count, shown):
    listed = ["同意", "非常不同意", "非常符合", "strongly disagree"]
    assert shown_answer(value, count, listed) == shown
