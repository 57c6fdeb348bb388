"""Consent, and the questions that say which answer to tick."""

import pytest

from grassroots.drafting.special import attention_checks, consent_question

FOURS = ["4"] * 9 + ["1"]


@pytest.mark.parametrize(
    ("question", "answers", "expected"),
    [
        ("您是否同意参加本次调查", ["同意", "不同意"], "同意"),
        ("知情同意书", ["我已阅读", "是", "否"], "是"),
        ("Do you agree to participate in this study?", ["Yes", "No"], "Yes"),
        ("您是否自愿参与", ["愿意", "不愿意"], "愿意"),
    ],
)
def test_consent(question, answers, expected, column, speech):
    found = consent_question([column("性别", ["男"]), column(question, answers)], speech)
    assert found.expected.value == expected


def test_consent_in_codes_is_the_answer_after_which_people_go_on(column, speech):
    asked = column("您是否同意参加", ["1", "1", "2"])
    found = consent_question([asked, column("性别", ["1", "2", ""])], speech)
    assert found.expected.value == "1"
    alone = consent_question([asked], speech)
    assert alone.expected is None


@pytest.mark.parametrize(
    ("question", "answers", "expected"),
    [
        ("为确保质量，本题请选4", FOURS, "4"),
        ("本行请选经常", ["经常", "经常", "从不"], "经常"),
        ("请选择“非常同意”", ["5"] * 9 + ["1", "2", "3", "4"], "5"),
        ("本题请选第二项", ["1", "2", "2", "2", "3"], "2"),
        ("Please select Agree", ["Agree", "Agree", "Disagree"], "Agree"),
        ("23+89=", ["112", "112", "102"], "112"),
    ],
)
def test_attention_checks(question, answers, expected, column, speech):
    (check,) = attention_checks([column(question, answers)], speech)
    assert check.expected.value == expected


@pytest.mark.parametrize(
    "question", ["请选择您的年龄", "请选择最符合的一项", "您的性别", "工作满意度"]
)
def test_ordinary_questions_are_no_checks(question, column, speech):
    assert attention_checks([column(question, FOURS)], speech) == []
