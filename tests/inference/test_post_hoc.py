import numpy as np
import pandas as pd
import pingouin
import pytest
from scipy import stats

from grassroots.inference.post_hoc import COLUMNS, post_hoc

A = [1.0, 2, 3, 4, 5, 2]
B = [3.0, 5, 4, 6, 7]
C = [2.0, 4, 9, 1, 3, 3, 5]


def long(groups):
    scores = pd.DataFrame([(g, y) for g, values in groups.items() for y in values])
    return scores.set_axis(["g", "y"], axis=1)


def pairs_of(groups, minimum_group=2, levels=None):
    background = {"g": levels or list(groups)}
    return post_hoc(long(groups), ["y"], background, 0.05, minimum_group=minimum_group)


def test_every_pair_by_every_method_in_the_order_of_the_levels():
    table = pairs_of({"a": A, "b": B, "c": C}, levels=["c", "a", "b", "nobody"])
    assert tuple(table.columns) == COLUMNS
    pairs = [("c", "a"), ("c", "b"), ("a", "b")]
    for method, rows in table.groupby("method", sort=False):
        assert list(zip(rows["level_a"], rows["level_b"], strict=True)) == pairs, method
    assert list(table["method"].unique()) == ["lsd", "holm", "games_howell"]
    assert table["difference"].iloc[0] == pytest.approx(np.mean(C) - np.mean(A))
    assert (table["status"] == "ok").all()


def test_lsd_takes_the_variance_of_all_groups():
    """The traps: a pair's own pooled variance, and its own n - 2 df."""
    rows = pairs_of({"a": A, "b": B, "c": C})
    lsd = rows[rows["method"] == "lsd"].iloc[0]
    within = sum(np.var(x) * len(x) for x in (A, B, C)) / (len(A + B + C) - 3)
    assert lsd["df"] == 15
    assert lsd["se"] == pytest.approx(np.sqrt(within * (1 / len(A) + 1 / len(B))))
    assert lsd["p"] != pytest.approx(stats.ttest_ind(A, B).pvalue, rel=1e-3)


def test_games_howell_is_pingouins():
    groups = {"a": A, "b": B, "c": C}
    expected = pingouin.pairwise_gameshowell(long(groups), dv="y", between="g")
    rows = pairs_of(groups)
    rows = rows[rows["method"] == "games_howell"]
    for ours, theirs in (("difference", "diff"), ("se", "se"), ("statistic", "T"), ("df", "df")):
        np.testing.assert_allclose(rows[ours], expected[theirs], rtol=1e-12)
    np.testing.assert_allclose(rows["p"], expected["pval"], rtol=1e-9)


def test_an_interval_excludes_zero_exactly_if_p_is_below_alpha():
    rng = np.random.default_rng(5)
    table = pairs_of(
        {
            g: rng.normal(m, s, 15)
            for g, m, s in zip("abcd", (0, 1, 1, 3), (1, 2, 1, 3), strict=True)
        }
    )
    table = table[table["method"] != "holm"]
    excludes = (table["ci_low"] > 0) | (table["ci_high"] < 0)
    assert list(excludes) == list(table["p"] < 0.05)
    assert 0 < excludes.sum() < len(excludes)


def test_holm_is_never_below_lsd_and_has_no_interval():
    table = pairs_of({"a": A, "b": B, "c": C})
    by_method = dict(list(table.groupby("method")))
    assert (by_method["holm"]["p"].to_numpy() >= by_method["lsd"]["p"].to_numpy()).all()
    assert by_method["holm"][["ci_low", "ci_high"]].isna().all(axis=None)


@pytest.mark.parametrize(
    "groups",
    [
        {"a": A, "b": B},
        {"a": A, "b": B, "c": [1.0]},
        {"a": [1.0], "b": [2.0], "c": [3.0]},
        {"a": [1.0, 1], "b": [1.0, 1], "c": [1.0, 1]},
    ],
)
def test_fewer_than_three_groups_have_no_pairs(groups):
    table = pairs_of(groups)
    assert len(table) == 0
    assert tuple(table.columns) == COLUMNS


def test_a_small_group_is_in_no_pair():
    table = pairs_of({"a": A, "b": B, "c": C, "d": [1.0, 5.0]}, minimum_group=5)
    assert "d" not in {*table["level_a"], *table["level_b"]}
    reference = pairs_of({"a": A, "b": B, "c": C})
    pd.testing.assert_frame_equal(table, reference)


def test_two_groups_without_variance():
    table = pairs_of({"a": [0.1] * 3, "b": [0.2] * 4, "c": C}).set_index("method")
    games_howell = table.loc["games_howell"].set_index(["level_a", "level_b"])
    row = games_howell.loc[("a", "b")]
    assert row["status"] == "constant_group"
    assert np.isnan([row["statistic"], row["p"], row["ci_low"], row["ci_high"]]).all()
    assert games_howell.loc[("a", "c"), "status"] == "ok"
    assert (table.loc["lsd", "status"] == "ok").all()


def test_no_group_with_variance():
    table = pairs_of({"a": [0.1] * 3, "b": [0.2] * 4, "c": [0.3] * 5})
    assert (table["status"] == "no_within_variance").all()
    assert table[["statistic", "p", "ci_low", "ci_high"]].isna().all(axis=None)
    assert len(table) == 9
