"""Header shapes of Wenjuanxing exports, and the cells that it writes in its own way."""

import datetime

import pytest

from grassroots.intake.reading import read_raw
from grassroots.intake.wenjuanxing import (
    address_and_place,
    is_wenjuanxing,
    qualified_headers,
    seconds,
    sent_on,
)

META = ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"]


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        (["1、性别", "2、感受—题目1", "题目2", "3、压力—题目1", "题目2"],
         ["1、性别", "2、感受—题目1", "2、感受—题目2", "3、压力—题目1", "3、压力—题目2"]),
        (["2、感受—题目1", "题目2", "3、年龄", "备注"],
         ["2、感受—题目1", "2、感受—题目2", "3、年龄", "备注"]),
        (["—题目1", "题目2", "3、年龄"], ["—题目1", "—题目2", "3、年龄"]),
        (["11、感受—题目1", "11、感受—题目2"], ["11、感受—题目1", "11、感受—题目2"]),
        (["5．感受——甲", "乙", "总分"], ["5．感受—甲", "5．感受—乙", "总分"]),
        (["7、感受—1.甲", "2.乙", "3.丙", "8、年龄", "9．压力—(1)丁", "(2)戊", "10、备注"],
         ["7、感受—1.甲", "7、感受—2.乙", "7、感受—3.丙", "8、年龄", "9．压力—(1)丁",
          "9．压力—(2)戊", "10、备注"]),
        (["2、感受—甲", "乙", "3、压力—甲", "乙.1", "5、版本2.1", "6、其他—丙", "4.5"],
         ["2、感受—甲", "2、感受—乙", "3、压力—甲", "3、压力—乙", "5、版本2.1", "6、其他—丙",
          "4.5"]),
        (["2、感受—甲", "乙...8", "3、压力—甲", "乙...10", "丙...9"],
         ["2、感受—甲", "2、感受—乙", "3、压力—甲", "3、压力—乙", "3、压力—丙...9"]),
        (["第5题(您的年龄)", "16(选项一)", "16(选项二)"],
         ["第5题(您的年龄)", "16(选项一)", "16(选项二)"]),
        (["4、感受—题目1", "第5题(您的年龄)"], ["4、感受—题目1", "第5题(您的年龄)"]),
    ],
)  # fmt: skip
def test_rows_of_a_matrix_are_called_by_their_question(questions, expected):
    assert qualified_headers([*META, *questions]) == [*META, *expected]


def test_its_own_columns_make_it_one_wherever_they_stand():
    assert is_wenjuanxing([*META, "1、性别"])
    assert is_wenjuanxing(META[:3])
    assert is_wenjuanxing(["性别", "所用时间", "2、年龄", "来自IP"])
    assert is_wenjuanxing(["编号", "1、性别", "2、年龄", "3、感受—甲", "乙"])
    assert is_wenjuanxing(["index", "totalseconds", "Q1", "Q2_Row1"])
    assert not is_wenjuanxing(["序号", "性别", "所用时间"])
    assert not is_wenjuanxing(["index", "totalseconds", "x"])
    assert not is_wenjuanxing([])


def test_a_csv_is_recognised_by_its_content_and_others_are_left_alone(tmp_path):
    path = tmp_path / "raw.csv"
    path.write_text(",".join([*META[:3], "1、感受—甲", "乙"]) + "\n1,,,2,3\n", "utf-8")
    assert read_raw(path, "csv").values("1、感受—乙") == ["3"]
    path.write_text("id,1、感受—甲,乙\n1,2,3\n", "utf-8")
    assert read_raw(path, "csv").columns == ["id", "1、感受—甲", "乙"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("281秒", 281), ("4分41秒", 281), ("4分钟41秒", 281), ("1小时2分3秒", 3723), ("2分", 120),
        ("04:41", 281), ("1:02:03", 3723), ("281", 281), (281, 281), (281.0, 281), (" 281 秒", 281),
        (datetime.time(0, 4, 41), 281), (datetime.timedelta(seconds=281), 281),
        ("", None), ("秒", None), ("abc", None), ("-5", None), (-5, None), (None, None),
        ("281秒钟后", None), (True, None),
    ],
)  # fmt: skip
def test_time_taken_in_seconds(value, expected):
    assert seconds(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024/2/23 13:30:37", "2024-02-23"), ("2026-06-16 08:00:00", "2026-06-16"),
        ("2024年2月3日", "2024-02-03"), (datetime.datetime(2024, 2, 23, 13), "2024-02-23"),
        (datetime.date(2024, 2, 23), "2024-02-23"), (45345.56, "2024-02-23"),
        ("2024/13/1", None), ("yesterday", None), (3, None), (True, None),
    ],
)  # fmt: skip
def test_only_the_date_of_sending_is_kept(value, expected):
    assert sent_on(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("192.0.2.7(A省-S市)", ("192.0.2.7", "A省", "S市")),
        ("192.0.2.7（A省-S市）", ("192.0.2.7", "A省", "S市")),
        ("192.0.2.7", ("192.0.2.7", "", "")),
        ("2001:db8::1(A省-未知)", ("2001:db8::1", "A省", "未知")),
        ("192.0.2.7(国外)", ("192.0.2.7", "国外", "")),
        ("hidden", ("hidden", "", "")),
    ],
)
def test_address_and_place(value, expected):
    assert address_and_place(value) == expected
