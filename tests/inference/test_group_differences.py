import warnings

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from grassroots.inference.group_differences import COLUMNS, group_differences

TWO = ["welch_t", "student_t", "levene_mean", "levene_median", "mann_whitney"]
SEVERAL = ["welch_anova", "anova", "levene_mean", "levene_median", "kruskal"]
NUMBERS = ["statistic", "df1", "df2", "p", "p_adjusted", "effect_size", "effect_low", "effect_high"]


def table_of(groups, minimum_group=2, levels=None):
    """The tests of y between groups given as level -> values."""
    scores = pd.DataFrame([(g, y) for g, values in groups.items() for y in values])
    scores = scores.set_axis(["g", "y"], axis=1)
    background = {"g": levels or list(groups)}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = group_differences(scores, ["y"], background, 0.05, minimum_group=minimum_group)
    return found.set_index("test", drop=False)


A = [1.0, 2, 3, 4, 5, 2]
B = [3.0, 5, 4, 6, 7]
C = [2.0, 4, 9, 1, 3, 3, 5]


def test_two_groups_and_several_have_their_tests_the_judged_one_first():
    two, several = table_of({"a": A, "b": B}), table_of({"a": A, "b": B, "c": C})
    assert list(two["test"]) == TWO
    assert list(several["test"]) == SEVERAL
    assert tuple(two.columns) == COLUMNS
    assert list(two["judged"]) == [True, False, False, False, False]
    assert list(several["judged"]) == [True, False, False, False, False]
    assert (several["groups"] == 3).all()
    assert (several["n"] == 18).all()


def test_differences_are_first_level_minus_second():
    forth = table_of({"a": A, "b": B}).loc["welch_t"]
    back = table_of({"a": A, "b": B}, levels=["b", "a"]).loc["welch_t"]
    assert forth["difference"] == pytest.approx(np.mean(A) - np.mean(B))
    assert forth["statistic"] < 0 and forth["effect_size"] < 0
    assert back["statistic"] == pytest.approx(-forth["statistic"])
    assert [back["ci_low"], back["ci_high"]] == pytest.approx([-forth["ci_high"], -forth["ci_low"]])


def test_the_judged_test_is_welchs_whatever_the_sizes_of_the_groups():
    """A library's "auto" takes Student's for groups of one size."""
    row = table_of({"a": A, "b": [*B, 20.0]}).loc["welch_t"]
    assert row["df1"] < 9
    assert row["p"] == pytest.approx(stats.ttest_ind(A, [*B, 20.0], equal_var=False).pvalue)


def test_levene_is_centred_at_the_mean_and_at_the_median():
    rows = table_of({"a": A, "b": B, "c": C})
    for test, centre in (("levene_mean", "mean"), ("levene_median", "median")):
        assert rows.loc[test, "statistic"] == pytest.approx(
            stats.levene(A, B, C, center=centre).statistic
        )
    assert rows.loc["levene_mean", "p"] != rows.loc["levene_median", "p"]


def test_a_small_group_is_left_out_and_named_and_two_remain():
    rows = table_of({"a": A, "b": B, "c": [9.0, 1.0]}, minimum_group=5)
    assert list(rows["test"]) == TWO
    assert (rows["left_out"] == "c (2)").all()
    assert (rows["n"] == 11).all()
    whole = table_of({"a": A, "b": B})
    assert rows.loc["welch_t", "p"] == whole.loc["welch_t", "p"]
    assert (whole["left_out"] == "").all()


@pytest.mark.parametrize(
    ("groups", "status", "test"),
    [
        ({"a": A, "b": [1.0]}, "too_few_groups", "welch_t"),
        ({"a": A, "b": [1.0], "c": [2.0]}, "too_few_groups", "welch_anova"),
        ({"a": [1.0], "b": [2.0]}, "too_few_groups", "welch_t"),
        ({"a": [3.0, 3, 3], "b": [3.0, 3]}, "constant_outcome", "welch_t"),
        ({"a": [3.3, 3.3], "b": [3.3, 3.3], "c": [3.3, 3.3]}, "constant_outcome", "welch_anova"),
        ({"a": [np.nan, np.nan], "b": [np.nan, 1.0]}, "too_few_groups", "welch_t"),
    ],
)
def test_a_comparison_that_cannot_be_made_is_one_stated_row(groups, status, test):
    rows = table_of(groups)
    assert list(rows["test"]) == [test]
    row = rows.iloc[0]
    assert row["status"] == status
    assert row["message"]
    assert row["judged"]
    assert row["family"] == 0
    assert row[NUMBERS].isna().all()


def test_groups_without_variance_have_rank_tests_only():
    rows = table_of({"a": [1.0, 1, 1], "b": [2.0, 2, 2]})
    assert list(rows["status"]) == ["no_within_variance"] * 4 + ["ok"]
    assert rows.loc["welch_t", NUMBERS].isna().all()
    assert rows.loc["mann_whitney", "effect_size"] == -1
    assert list(table_of({"a": [0.1] * 3, "b": [0.2] * 3, "c": [0.3] * 3})["status"]) == [
        *["no_within_variance"] * 4,
        "ok",
    ]


def test_one_constant_group_stops_welchs_anova_and_nothing_else():
    rows = table_of({"a": A, "b": B, "c": [0.1] * 3})
    assert rows.loc["welch_anova", "status"] == "constant_group"
    assert rows.loc["welch_anova", "message"].endswith(": c")
    assert np.isnan(rows.loc["welch_anova", "p_adjusted"])
    assert rows.loc["anova", "p"] == pytest.approx(stats.f_oneway(A, B, [0.1] * 3).pvalue)
    assert (rows.drop("welch_anova")["status"] == "ok").all()


def test_one_constant_group_of_two_still_has_a_t():
    rows = table_of({"a": A, "b": [9.0, 9, 9]})
    assert (rows["status"] == "ok").all()
    assert rows.loc["welch_t", "df1"] == pytest.approx(len(A) - 1)


def test_groups_of_two_have_no_levene():
    rows = table_of({"a": [1.0, 2.5], "b": [2.0, 7.7]})
    assert list(rows["status"]) == ["ok", "ok", "no_within_variance", "no_within_variance", "ok"]


def test_scores_equal_on_paper_are_ties():
    rough = [0.1 + 0.2, 0.3, 0.5, 0.7]
    exact = [0.3, 0.3, 0.5, 0.7]
    for groups in ({"b": [0.3, 0.6, 0.9]}, {"b": [0.3, 0.6, 0.9], "c": [0.3, 0.8, 0.1]}):
        found, expected = (table_of({"a": a, **groups}) for a in (rough, exact))
        ranks = found["test"].iloc[-1]
        assert found.loc[ranks, "p"] == expected.loc[ranks, "p"]


def test_holms_family_is_the_judged_tests_of_one_outcome():
    rng = np.random.default_rng(3)
    scores = pd.DataFrame(rng.normal(size=(60, 2)), columns=["y", "z"])
    scores["g"] = rng.choice(["a", "b"], 60)
    scores["h"] = rng.choice(["a", "b", "c"], 60)
    scores["k"] = "one"
    scores["y"] += scores["g"] == "a"
    background = {"g": ["a", "b"], "h": ["a", "b", "c"], "k": ["one", "two"]}
    table = group_differences(scores, ["y", "z"], background, 0.05, minimum_group=5)
    judged = table[table["judged"]].set_index(["outcome", "by"])
    assert len(judged) == 6
    assert (judged["family"] == 2).all(), "a comparison that was not made is no test"
    for outcome in ("y", "z"):
        p, adjusted = judged.loc[outcome, "p"], judged.loc[outcome, "p_adjusted"]
        smallest, largest = sorted(p.dropna())
        assert adjusted[p == smallest].item() == pytest.approx(min(1, 2 * smallest))
        assert adjusted[p == largest].item() == pytest.approx(max(largest, 2 * smallest))
    assert table.loc[~table["judged"], ["p_adjusted", "family"]].isna().all(axis=None)
    assert list(table["outcome"].unique()) == ["y", "z"]


def test_nothing_to_compare_keeps_the_header():
    scores = pd.DataFrame({"y": [1.0, 2.0]})
    assert tuple(group_differences(scores, ["y"], {}, 0.05, minimum_group=5).columns) == COLUMNS


def test_numbers_are_not_rounded():
    rows = table_of({"a": A, "b": B, "c": C})
    for column in ("statistic", "p", "effect_size", "effect_low", "effect_high"):
        value = rows.loc["welch_anova", column]
        assert value == 0 or abs(value - round(value, 6)) > 1e-12


def test_the_judged_tests_alone_are_those_of_the_whole_table():
    rng = np.random.default_rng(11)
    scores = pd.DataFrame({"y": rng.normal(size=90), "two": rng.choice(["a", "b"], 90)})
    scores["four"] = rng.choice(list("abcd"), 90)
    background = {"two": ["a", "b"], "four": ["a", "b", "c", "d"]}
    whole = group_differences(scores, ["y"], background, 0.05, minimum_group=5)
    found = group_differences(scores, ["y"], background, 0.05, minimum_group=5, only_judged=True)
    pd.testing.assert_frame_equal(found, whole[whole["judged"]].reset_index(drop=True))
