import numpy as np
import pandas as pd
import pytest

from grassroots.inference.group_means import MEAN_COLUMNS, group_means
from grassroots.inference.groups import compared_groups

LEVELS = ["low", "middle", "high", "never"]


@pytest.fixture
def scores():
    return pd.DataFrame(
        {
            "y": [1.0, 2.0, 3.0, 4.0, 6.0, np.nan, 5.0, 9.0],
            "post": ["low", "low", "low", "high", "high", "high", None, "middle"],
        }
    )


def test_groups_come_in_the_order_of_the_levels_and_small_ones_are_named(scores):
    compared = compared_groups(scores, "y", "post", LEVELS, 2)
    assert compared.levels == ("low", "high")
    assert [list(sample) for sample in compared.samples] == [[1, 2, 3], [4, 6]]
    assert compared.n == 5
    assert compared.left_out == (("middle", 1),)
    assert compared.status == "ok"


def test_a_group_of_one_is_never_compared(scores):
    assert compared_groups(scores, "y", "post", LEVELS, 1).left_out == (("middle", 1),)
    assert compared_groups(scores, "y", "post", LEVELS, 0).levels == ("low", "high")


def test_the_declared_size_is_enough_and_one_less_is_not(scores):
    assert compared_groups(scores, "y", "post", LEVELS, 2).levels == ("low", "high")
    compared = compared_groups(scores, "y", "post", LEVELS, 3)
    assert compared.levels == ("low",)
    assert compared.left_out == (("middle", 1), ("high", 2))
    assert compared.status == "too_few_groups"


def test_nobody_with_a_known_score():
    scores = pd.DataFrame({"y": [np.nan, np.nan], "post": ["low", "high"]})
    assert compared_groups(scores, "y", "post", LEVELS, 2).status == "too_few_groups"
    assert compared_groups(scores.iloc[:0], "y", "post", LEVELS, 2).n == 0


def test_a_constant_outcome_up_to_rounding():
    same = [0.1 + 0.2, 0.3, 0.3, 0.1 + 0.2]
    scores = pd.DataFrame({"y": same, "post": ["low", "low", "high", "high"]})
    assert compared_groups(scores, "y", "post", LEVELS, 2).status == "constant_outcome"


@pytest.mark.parametrize("kind", ["object", "category", "string", "str"])
def test_every_way_in_which_pandas_holds_level_ids(scores, kind):
    typed = scores.assign(post=scores["post"].astype(kind), y=scores["y"].astype("Float64"))
    compared = compared_groups(typed, "y", "post", LEVELS, 2)
    assert [list(sample) for sample in compared.samples] == [[1, 2, 3], [4, 6]]


def test_a_value_that_is_no_level_is_refused(scores):
    with pytest.raises(ValueError, match="middle"):
        compared_groups(scores, "y", "post", ["low", "high"], 2)


def test_means_of_all_levels_but_nothing_about_the_few(scores):
    table = group_means(scores, ["y"], {"post": LEVELS}, 0.05, minimum_group=2)
    assert tuple(table.columns) == MEAN_COLUMNS
    assert list(table["level"]) == LEVELS
    assert list(table["n"]) == [3, 1, 2, 0]
    assert list(table["status"]) == ["ok", "small_group", "ok", "no_cases"]
    hidden = table.loc[table["status"] != "ok", ["mean", "sd", "ci_low", "ci_high"]]
    assert hidden.isna().all(axis=None)
    low = table.iloc[0]
    # t(2) = 4.302653 at .975; 1 / sqrt(3) = .5773503
    assert [low["mean"], low["sd"]] == [2, 1]
    assert low["ci_high"] - 2 == pytest.approx(4.302652729911275 * 0.5773502691896258, rel=1e-9)
    assert 2 - low["ci_low"] == pytest.approx(low["ci_high"] - 2, rel=1e-12)


def test_means_without_anything_to_compare_keep_their_header(scores):
    assert tuple(group_means(scores, [], {}, 0.05, minimum_group=2).columns) == MEAN_COLUMNS
