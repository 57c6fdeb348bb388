"""Exports of Wenjuanxing: what is recognised, and the answers that come out of them."""

import pytest
from platform_headers import AGREE, WJX

from grassroots.intake.recognition import recognise

SENT = ["2024/2/23 13:30:37", "281秒", "微信", "N/A", "192.0.2.7(A省-S市)"]
SEX = {"男": "m", "女": "f"}
LIKERT = ["1、您的性别", "2、感受—我很累", "我很忙", "3、压力—我很累", "我很忙"]
TIRED = ["2、感受—我很累", "2、感受—我很忙", "3、压力—我很累", "3、压力—我很忙"]


def wjx(*answers, headers=LIKERT):
    rows = [[str(n), *SENT, *row] for n, row in enumerate(answers, start=1)]
    return [[*WJX, *headers], *rows]


@pytest.mark.parametrize(
    ("rows", "variant", "answers"),
    [
        (wjx(["男", "同意", "4、同意", "非常同意", "(空)"],
             ["女", "（跳过）", " 不同意", "5分", "一般"]),
         "by text", {**AGREE, "5分": 5}),
        (wjx(["1", "4", "4", "5", "-2"], ["2", "-3", "２", "5.0", "3"]), "by number", {}),
    ],
)  # fmt: skip
def test_wenjuanxing_by_text_and_by_number(text_file, mapped, rows, variant, answers):
    export = recognise(text_file(rows, encoding="gb18030"))
    assert (export.platform, export.variant) == ("wenjuanxing", variant)
    assert export.raw.columns == [*WJX, "1、您的性别", *TIRED]
    assert export.questions["2、感受—我很忙"] == "感受—我很忙"
    assert export.matrices == dict.fromkeys(TIRED[:2], "2、感受") | dict.fromkeys(
        TIRED[2:], "3、压力"
    )
    assert export.meta == {"duration": WJX[2], "submitted": WJX[1], "address": WJX[5]}
    assert list(export.ignored) == ["序号", "来源", "来源详情"]
    items = {f"x{n}": (column, answers) for n, column in enumerate(TIRED)}
    sex = {"sex": ("1、您的性别", {**SEX, "1": "m", "2": "f"})}
    responses, problems = mapped(export.raw, items, sex, export.meta)
    assert not problems
    assert list(responses.items.values()) == [[4, None], [4, 2], [5, 5], [None, 3]]
    assert responses.background["sex"] == ["m", "f"]
    assert responses.meta["duration_seconds"] == [281, 281]
    assert responses.meta["submitted_on"] == ["2024-02-23"] * 2
    assert "192.0.2.7" not in repr(responses)


def test_codes_of_no_answer_are_answers_where_the_scale_has_them(text_file, mapped):
    rows = wjx(["-3", "2"], ["-2", "-2"], ["3", "1"], headers=["1、变化", "2、变化"])
    raw = recognise(text_file(rows)).raw
    wide, problems = mapped(raw, {"x": ("1、变化", {})}, low=-3, high=3)
    assert (wide.items["x"], problems) == ([-3, -2, 3], [])
    assert mapped(raw, {"x": ("1、变化", {})})[0].items["x"] == [None, None, 3]
    named = {"x": ("1、变化", {"-3": 1, "-2": 2, "3": 5})}
    assert mapped(raw, named)[0].items["x"] == [1, 2, 5]
    levels = {"b": ("2、变化", {"1": "one", "2": "two", "-2": "none"})}
    assert mapped(raw, background=levels)[0].background["b"] == ["two", "none", "one"]


def test_numbers_may_be_negative_where_other_negative_numbers_are(text_file, mapped):
    rows = wjx(["-3", "-3"], ["20", "-5"], ["31", "4"], headers=["1、年龄", "2、变化"])
    raw = recognise(text_file(rows)).raw
    responses, _ = mapped(raw, background={"age": ("1、年龄", {}), "change": ("2、变化", {})})
    assert responses.background == {"age": [None, 20, 31], "change": [-3, -5, 4]}


def test_codes_of_no_answer_mean_nothing_elsewhere(text_file, mapped):
    raw = recognise(text_file([["id", "x"], ["1", "-3"], ["2", "3"]])).raw
    _, (problem,) = mapped(raw, {"x": ("x", {})})
    assert (problem.kind, problem.values) == ("outside", ("-3",))


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (["第1题(您的性别)", "第2题(我很累)"], ["您的性别", "我很累"]),
        (["1．性别", "2：我很累"], ["性别", "我很累"]),
        (["您的性别", "1、—我很累"], ["您的性别", "—我很累"]),
    ],
)
def test_older_and_edited_headers(text_file, headers, expected):
    export = recognise(text_file(wjx(["1", "2"], headers=headers)))
    spoken = [text.strip("()（）") for text in export.questions.values()]
    assert spoken == expected


def test_an_edited_export_is_known_without_its_first_columns(text_file):
    rows = [["编号", "1、性别", "2、年龄", "3、感受—我很累", "我很忙"], ["1", "2", "3", "4", "5"]]
    export = recognise(text_file(rows))
    assert export.platform == "wenjuanxing"
    assert export.raw.columns[-1] == "3、感受—我很忙"


def test_choices_of_several_and_rankings_by_text(text_file, mapped):
    headers = ["1、原因（多选）", "2、排序"]
    rows = wjx(
        ["家庭┋其他〖张三的病 13812345678〗", "丙→甲"],
        ["家庭", "甲→乙→丙"],
        ["其他〖a┋b〗c〗┋工资", "(空)"],
        ["（跳过）", "乙"],
        headers=headers,
    )
    export = recognise(text_file(rows))
    assert export.options == {
        headers[0]: {option: f"{headers[0]}({option})" for option in ("家庭", "其他", "工资")},
        headers[1]: {option: f"{headers[1]}({option})" for option in ("丙", "甲", "乙")},
    }
    assert export.notes == {"written": "2"}
    assert "138" not in repr(export) and "张三" not in repr(export)
    yes = {"1": "yes", "0": "no"}
    background = {name: (f"{headers[0]}({name})", yes) for name in ("家庭", "其他", "工资")}
    background["first"] = (f"{headers[1]}(甲)", {})
    responses, problems = mapped(export.raw, background=background)
    assert not problems
    assert responses.background == {
        "家庭": ["yes", "yes", "no", None],
        "其他": ["yes", "no", "yes", None],
        "工资": ["no", "no", "yes", None],
        "first": [2, 1, None, None],
    }


def test_choices_of_several_by_number_have_the_columns_already(text_file, mapped):
    headers = ["1、原因(家庭)", "1、原因(其他)"]
    export = recognise(text_file(wjx(["1", "0"], ["0", "-3"], headers=headers)))
    assert (export.variant, export.options) == ("by number", {})
    responses, problems = mapped(
        export.raw, background={"b": (headers[1], {"1": "yes", "0": "no"})}
    )
    assert (responses.background["b"], problems) == (["no", None], [])


def test_wenjuanxing_for_spss(sav_file, mapped):
    path = sav_file(
        {
            "index": [1.0, 2.0, 3.0],
            "totalseconds": [100.0, 200.0, 300.0],
            "Q1": [1.0, 2.0, -3.0],
            "Q2_Row1": [4.0, -2.0, 5.0],
            "Q2_Row2": [1.0, 2.0, 3.0],
        },
        column_labels=["序号", "所用时间", "您的性别", "感受(感受—我很累)", "感受(我很忙)"],
        variable_value_labels={"Q1": {1: "1.男", 2: " 2.女", -3: "跳过"}},
    )
    export = recognise(path)
    assert (export.platform, export.variant) == ("wenjuanxing", "by number")
    assert export.questions == {
        "Q1": "您的性别",
        "Q2_Row1": "感受—我很累",
        "Q2_Row2": "感受—我很忙",
    }
    assert export.matrices == {"Q2_Row1": "Q2", "Q2_Row2": "Q2"}
    assert export.meta == {"duration": "totalseconds"}
    responses, problems = mapped(
        export.raw, {"x": ("Q2_Row1", {})}, {"sex": ("Q1", SEX)}, export.meta
    )
    assert not problems
    assert responses.items["x"] == [4, None, 5]
    assert responses.background["sex"] == ["m", "f", None]
    assert responses.meta["duration_seconds"] == [100, 200, 300]
