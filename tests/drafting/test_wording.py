import pytest

from grassroots.drafting.wording import highest_meant, in_order

ORDERS = [
    ["非常不同意", "不同意", "不确定", "同意", "非常同意"],
    ["完全不符合", "比较不符合", "有点符合", "比较符合", "完全符合"],
    ["非常不符合", "不太符合", "一般", "比较符合", "非常符合"],
    ["非常不同意", "不同意", "比较不同意", "中立", "比较同意", "同意", "非常同意"],
    ["完全不正确", "有点正确", "多数正确", "完全正确"],
    ["很不满意", "不满意", "一般", "满意", "很满意"],
    ["从不", "偶尔", "有时", "经常", "总是"],
    ["从不", "极少（一年几次）", "偶尔（一月一次）", "经常（一月几次）", "频繁（每周一次）",
     "非常频繁（一周几次）", "每天"],
    ["1、非常不同意", "2、不同意", "3、一般", "4、同意", "5、非常同意"],
    ["1分", "2分", "3分"],
    ["1=非常不同意", "2", "3=一般", "4", "5=非常同意"],
    ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"],
    ["Strongly disagree", "Somewhat disagree", "Neutral", "Somewhat agree", "Strongly agree"],
    ["Never", "Rarely", "Sometimes", "Often", "Always"],
    ["Not at all true", "Hardly true", "Moderately true", "Exactly true"],
    ["not at all", "a little", "moderately", "quite a bit", "extremely"],
    ["very dissatisfied", "dissatisfied", "neutral", "satisfied", "very satisfied"],
]  # fmt: skip


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order[0])
def test_usual_wordings_are_put_in_order_however_they_come(order):
    assert in_order(order[::-1]) == order
    assert in_order(sorted(order)) == order


@pytest.mark.parametrize(
    "words",
    [
        ["男", "女"],
        ["本科", "大专"],
        ["同意", "符合"],  # two families
        ["非常同意", "1、非常同意", "同意"],  # one place twice
        ["一般", "不确定"],  # a middle twice
        ["同意"],
        ["从不", "总是", "看情况"],
    ],
)
def test_what_has_no_certain_order_is_left_to_the_user(words):
    assert in_order(words) is None


def test_which_side_of_the_middle_a_wording_is_on():
    assert [highest_meant(w) for w in ("比较符合", "一般", "strongly disagree", "总是", "男")] == [
        1, 0, -1, None, None,
    ]  # fmt: skip
