import math

import pytest

from grassroots.drafting.bands import Band, band, ladder_band

INF = math.inf


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("26~35岁", 26, 35), ("26-35", 26, 35), ("26—35岁", 26, 35), ("26至35岁", 26, 35),
        ("26 to 35", 26, 35), ("25岁及以下", -INF, 25), ("25 or younger", -INF, 25),
        ("3年以下", -INF, 2), ("不满3年", -INF, 2), ("less than 3", -INF, 2), ("20年以上", 21, INF),
        ("more than 20", 21, INF), ("46岁及以上", 46, INF), ("46 or older", 46, INF),
        ("3001~4500元", 3001, 4500), ("8000元以上", 8001, INF), ("1-2万", 10_000, 20_000),
        ("１８～２５岁", 18, 25), ("3,000-4,500", 3000, 4500),
    ],
)  # fmt: skip
def test_bands(words, low, high):
    assert band(words) == Band(low, high)


@pytest.mark.parametrize("words", ["本科", "985/211高校", "", "其他", "5"])
def test_what_is_no_band(words):
    assert band(words) is None


def test_within_overlaps_and_nearly():
    assert Band(31, 35).within(Band(26, 35))
    assert not Band(31, 40).within(Band(26, 35))
    assert Band(31, 40).overlaps(Band(26, 35))
    assert Band(5, 10).nearly(Band(6, 10))
    assert not Band(3, 10).nearly(Band(6, 10))


@pytest.mark.parametrize(
    ("words", "ladder", "low", "high"),
    [
        ("大专及以下", 0, -INF, 3), ("高中(中专)及以下", 0, -INF, 2), ("本科", 0, 4, 4),
        ("研究生（硕士）及以上", 0, 5, INF), ("硕士", 0, 5, 5), ("博士", 0, 6, 6),
        ("办事员/科员", 1, 0, 0), ("副科级", 1, 1, 1), ("正科及以上", 1, 2, INF),
        ("副处级及以上", 1, 3, INF), ("主任科员", 1, 2, 2), ("副主任科员", 1, 1, 1),
    ],
)  # fmt: skip
def test_steps_of_education_and_rank(words, ladder, low, high):
    assert ladder_band(words) == (ladder, Band(low, high))


def test_no_step():
    assert ladder_band("已婚") is None
