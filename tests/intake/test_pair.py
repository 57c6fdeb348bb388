"""The exports by text and by number of one survey, joined."""

import pytest

from grassroots.intake.pair import read_export
from grassroots.intake.reading import UnreadableFile

ABOUT = ["序号", "提交答卷时间", "所用时间"]
HEADERS = [*ABOUT, "1、性别", "2、年龄", "3、感受—我很累", "我很忙", "4、原因", "5、备注"]
CODED = [*ABOUT, "1、性别", "2、年龄", "3、感受—我很累", "我很忙", "4(家庭)", "4(工资)", "5、备注"]
DAY = "2024/2/23 13:30:37"
TEXTS = {
    "1": ["男", "34", "同意", "(空)", "家庭┋工资", "写的"],
    "2": ["女", "28", "不同意", "同意", "家庭", "字"],
    "4": ["其他〖x〗", "51", "同意", "不同意", "(跳过)", ""],
}
NUMBERS = {
    "4": ["3〖x〗", "51", "4", "2", "-3", "-3", ""],
    "2": ["2", "28", "2", "4", "1", "0", "字"],
    "1": ["1", "34", "4", "-2", "1", "1", "写的"],
}
PLAN = {"format": None, "encoding": None, "joined_on": "序号", "keep_unfinished": False}


@pytest.fixture
def pair(text_file):
    """Write both files, each from its rows by their number."""

    def write(texts=None, numbers=None, second_day=DAY):
        texts, numbers = TEXTS if texts is None else texts, NUMBERS if numbers is None else numbers
        first = [HEADERS, *([n, DAY, "281秒", *row] for n, row in texts.items())]
        second = [CODED, *([n, second_day, "281秒", *row] for n, row in numbers.items())]
        return text_file(first, name="文本.csv"), text_file(second, name="序号.csv")

    return write


def test_words_are_the_labels_of_numbers_whichever_file_comes_first(pair, mapped):
    for files in (pair(), pair()[::-1]):
        export = read_export(files, PLAN)
        assert export.variant == "by text and by number"
        assert export.labels["3、感受—我很累"] == {"4": "同意", "2": "不同意"}
        background = {
            "sex": ("1、性别", {"男": "m", "女": "f", "其他": "other"}),
            "coded": ("1、性别", {"1": "m", "2": "f", "3": "other"}),
            "age": ("2、年龄", {}),
            "family": ("4(家庭)", {"1": "yes", "0": "no"}),
            "wages": ("4、原因(工资)", {"1": "yes", "0": "no"}),
        }
        words = {"不同意": 2, "同意": 4}
        items = {
            "x": ("3、感受—我很累", {}),
            "y": ("3、感受—我很忙", {}),
            "z": ("3、感受—我很忙", words),
        }
        responses, problems = mapped(export.raw, items, background)
        assert not problems
        in_order = [export.raw.values("序号").index(n) for n in ("1", "2", "4")]
        answers = responses.background | responses.items
        found = {name: [values[n] for n in in_order] for name, values in answers.items()}
        assert found == {
            "sex": ["m", "f", "other"],
            "coded": ["m", "f", "other"],
            "age": [34, 28, 51],
            "family": ["yes", "yes", None],
            "wages": ["yes", "no", None],
            "x": [4, 2, 4],
            "y": [None, 4, 2],
            "z": [None, 4, 2],
        }


def test_rows_of_one_file_alone_are_left_out_and_named(pair):
    files = pair(
        texts={**TEXTS, "7": TEXTS["1"]},
        numbers={n: NUMBERS[n] for n in ("1", "4")} | {"9": NUMBERS["2"]},
    )
    export = read_export(files, PLAN)
    assert export.raw.values("序号") == ["1", "4"]
    assert export.raw.row_numbers == [2, 4]
    notes = {key: export.notes[key] for key in ("only_first", "only_second")}
    assert notes == {"only_first": "2: 3, 5", "only_second": "1: 4"}


def test_words_of_two_numbers_stay_words(pair):
    numbers = {**NUMBERS, "4": ["1", *NUMBERS["4"][1:]]}
    export = read_export(pair(numbers=numbers), PLAN)
    assert "1、性别" not in export.labels
    assert export.raw.values("1、性别") == ["男", "女", "其他"]


@pytest.mark.parametrize(
    ("change", "joined_on", "code"),
    [
        ({}, "编号", "S126"),
        ({}, "1、性别", "S127"),
        ({"second_day": "2024/2/24 13:30:37"}, "序号", "S128"),
        ({"numbers": {"8": NUMBERS["1"]}}, "序号", "S128"),
        ({"numbers": {"": NUMBERS["1"]}}, "序号", "S127"),
    ],
)
def test_files_that_do_not_belong_together_are_refused(pair, change, joined_on, code):
    files = pair(**{"texts": {**TEXTS, "5": TEXTS["1"]}} | change)
    with pytest.raises(UnreadableFile) as caught:
        read_export(files, {**PLAN, "joined_on": joined_on})
    assert caught.value.code == code
