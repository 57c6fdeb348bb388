"""What is printed of a variable with a group of very few, and what follows from it."""

import numpy as np
import pandas as pd
import pytest

from grassroots.inference.group_differences import group_differences
from grassroots.inference.group_means import group_means
from grassroots.inference.post_hoc import post_hoc
from grassroots.inference.regression import regressions
from grassroots.inference.small_groups import hidden_levels

LEVELS = {"status": ["single", "married", "divorced", "widowed"], "sex": ["m", "f"]}


@pytest.fixture
def scores():
    rng = np.random.default_rng(3)
    status = ["single"] * 40 + ["married"] * 60 + ["divorced"] * 20 + ["widowed"] * 3
    return pd.DataFrame(
        {"y": rng.normal(3, 1, 123), "x": rng.normal(size=123), "status": status,
         "sex": (["m", "f"] * 62)[:123]}
    )  # fmt: skip


@pytest.fixture
def tables(scores):
    plan = {"minimum_group": 5, "smallest_cell": 5}
    return (
        group_differences(scores, ["y"], LEVELS, 0.05, **plan),
        group_means(scores, ["y"], LEVELS, 0.05, **plan).set_index(["by", "level"]),
        post_hoc(scores, ["y"], LEVELS, 0.05, **plan),
    )


def test_the_small_group_and_the_next_smallest_are_hidden(scores):
    assert hidden_levels(scores, ["y"], LEVELS, 5) == {"status": {"divorced", "widowed"}}
    assert hidden_levels(scores, ["y"], LEVELS, 3) == {}


def test_neither_size_nor_mean_is_printed(tables):
    _, means, _ = tables
    assert means.loc["status", "status"].to_dict() == {
        "single": "ok", "married": "ok", "divorced": "suppressed", "widowed": "small_group",
    }  # fmt: skip
    numbers = means[["n", "mean", "sd", "ci_low", "ci_high"]]
    assert numbers.loc[[("status", "divorced"), ("status", "widowed")]].isna().all(axis=None)
    assert numbers.loc[[("status", "single"), ("sex", "m")]].notna().all(axis=None)


def test_the_judged_test_stands_alone_and_without_the_number_of_all_compared(tables, scores):
    differences, _, _ = tables
    own = differences[differences["by"] == "status"].set_index("test")
    assert own["n"].isna().all()
    assert set(own["left_out"]) == {"widowed (<5)"}
    judged = own.loc["welch_anova"]
    assert judged[["statistic", "df1", "df2", "p", "p_adjusted", "effect_size"]].notna().all()
    assert judged["status"] == "ok"
    others = own.drop("welch_anova")
    assert set(others["status"]) == {"suppressed"}
    numbers = ["statistic", "df1", "df2", "p", "effect_size", "effect_low", "effect_high"]
    assert others[numbers].isna().all(axis=None)
    # F, eta squared and omega squared give the residual degrees of freedom.
    assert own[["corrected_size", "effect_low", "difference"]].isna().all(axis=None)
    other = differences[differences["by"] == "sex"].set_index("test")
    assert (other["n"] == len(scores)).all()
    assert other.loc["student_t", "df1"] == 121
    assert other.loc["welch_t", ["difference", "corrected_size"]].notna().all()


def test_no_number_of_the_tables_is_the_size_of_the_small_group_or_gives_it(tables):
    differences, means, pairs = tables
    own = differences[differences["by"] == "status"]
    columns = [own[name] for name in ("n", "df1", "df2")] + [pairs["n"], pairs["df"], means["n"]]
    printed = {float(value) for column in columns for value in column.dropna()}
    assert {2.0, 40.0, 60.0, 100.0} <= printed
    # Of all (123), of the compared (120), their residual df (117), the divorced, the widowed.
    assert not {120.0, 117.0, 118.0, 20.0, 3.0} & printed


def test_only_pairs_of_other_groups_stand_and_without_the_pooled_variance(tables):
    _, _, pairs = tables
    shown = pairs[pairs["status"] == "ok"]
    assert shown[["method", "level_a", "level_b"]].to_numpy().tolist() == [
        ["games_howell", "single", "married"]
    ]
    assert shown[["difference", "se", "statistic", "p", "df", "n"]].notna().all(axis=None)
    hidden = pairs[pairs["status"] == "suppressed"]
    assert len(hidden) == len(pairs) - 1
    assert hidden[["difference", "se", "statistic", "p", "df", "n"]].isna().all(axis=None)


def test_a_group_compared_below_the_smallest_cell_is_hidden_too(scores):
    means = group_means(scores, ["y"], LEVELS, 0.05, minimum_group=2, smallest_cell=5)
    row = means.set_index(["by", "level"]).loc[("status", "widowed")]
    assert row["status"] == "suppressed"
    assert row[["n", "mean", "sd"]].isna().all()


def test_a_larger_group_that_is_left_out_keeps_its_size(scores):
    plan = {"minimum_group": 30, "smallest_cell": 2}
    found = group_differences(scores, ["y"], LEVELS, 0.05, **plan)
    assert set(found.loc[found["by"] == "status", "left_out"]) == {"divorced (20); widowed (3)"}


def test_the_coefficient_of_a_small_level_is_not_printed(scores):
    models = {"m": {"outcome": "y", "steps": [["status"], ["x"]]}}
    found = regressions(scores, models, LEVELS, 0.05, 5).coefficients.set_index(["step", "term"])
    # beta / b gives the spread of a dummy, and so the number of those who have the level.
    for level in ("widowed", "divorced"):
        row = found.loc[(1, f"status={level}")]
        assert row["status"] == "suppressed"
        assert row[["b", "se", "beta", "t", "p", "vif"]].isna().all()
    assert found.loc[(1, "status=married"), "b"] == pytest.approx(
        scores.loc[scores["status"] == "married", "y"].mean()
        - scores.loc[scores["status"] == "single", "y"].mean()
    )


def test_a_small_level_is_no_reference(scores):
    models = {"m": {"outcome": "y", "steps": [["status"]]}}
    turned = {"status": ["widowed", "divorced", "single", "married"]}
    found = regressions(scores, models, turned, 0.05, 5).coefficients.set_index("term")
    assert set(found["reference"].drop("intercept")) == {"single"}
    assert found.loc["status=widowed", "status"] == "suppressed"
