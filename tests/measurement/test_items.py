import numpy as np
import pandas as pd
import pytest

from grassroots.measurement.items import (
    COLUMNS,
    alpha_if_deleted,
    corrected_item_total,
    critical_ratio,
    item_table,
)


def test_item_statistics_are_psychs(holzinger, scales, reference):
    table = item_table(holzinger, scales, reversed_items=["x2"])
    assert tuple(table.columns) == COLUMNS
    expected = {"total": reference["hs_alpha"]} | reference["hs_alpha_scales"]
    for scale, values in expected.items():
        found = table[table["scale"] == scale].set_index("item")
        assert list(found.index) == scales[scale]
        for item in values["item"]:
            row = found.loc[item["_row"]]
            assert row["n"] == item["n"]
            assert row["mean"] == pytest.approx(item["mean"], abs=1e-12)
            assert row["sd"] == pytest.approx(item["sd"], abs=1e-12)
            assert row["citc"] == pytest.approx(item["r.drop"], abs=1e-12)
        for item in values["drop"]:
            assert found.loc[item["_row"], "alpha_if_deleted"] == pytest.approx(
                item["raw_alpha"], abs=1e-12
            )
    assert table.loc[table["reversed"], "item"].tolist() == ["x2", "x2"]
    assert (table["status"] == "ok").all()


def test_rows_with_a_missing_answer_leave_all_items_of_the_scale(holzinger):
    gaps = holzinger[["x1", "x2", "x3"]].copy()
    gaps.loc[:9, "x1"] = np.nan
    found = item_table(gaps, {"visual": ["x1", "x2", "x3"]}, ())
    complete = item_table(holzinger.iloc[10:], {"visual": ["x1", "x2", "x3"]}, ())
    pd.testing.assert_frame_equal(found, complete)
    assert (found["n"] == 291).all()


def test_an_item_keyed_the_wrong_way_shows(holzinger):
    wrong = holzinger.assign(x2=10 - holzinger["x2"])
    scale = {"visual": ["x1", "x2", "x3"]}
    right, found = (item_table(f, scale, ()).set_index("item") for f in (holzinger, wrong))
    assert found.loc["x2", "citc"] == pytest.approx(-right.loc["x2", "citc"], abs=1e-12)
    assert found.loc["x2", "skew"] == pytest.approx(-right.loc["x2", "skew"], abs=1e-12)
    # Without it the scale is the same as before.
    assert found.loc["x2", "alpha_if_deleted"] == pytest.approx(
        right.loc["x2", "alpha_if_deleted"], abs=1e-12
    )


def test_two_items_have_no_alpha_if_deleted(holzinger):
    table = item_table(holzinger, {"pair": ["x1", "x2"]}, ())
    assert table["alpha_if_deleted"].isna().all()
    r = holzinger["x1"].corr(holzinger["x2"])
    np.testing.assert_allclose(table["citc"], r, atol=1e-12)
    assert (table["status"] == "ok").all()


def test_constant_item_keeps_the_others_item_totals(holzinger):
    frame = holzinger[["x1", "x2", "x3"]].assign(same=0.1)
    found = item_table(frame, {"s": ["x1", "same", "x2", "x3"]}, ()).set_index("item")
    without = item_table(holzinger, {"s": ["x1", "x2", "x3"]}, ()).set_index("item")
    assert found["status"].to_dict() == {
        "x1": "ok",
        "same": "constant_item",
        "x2": "ok",
        "x3": "ok",
    }
    empty = ["skew", "kurtosis", "citc", "critical_ratio", "critical_ratio_p"]
    assert found.loc["same", empty].isna().all()
    assert found.loc["same", "mean"] == pytest.approx(0.1)
    assert found.loc["same", "sd"] == 0
    others = ["x1", "x2", "x3"]
    np.testing.assert_allclose(found.loc[others, "citc"], without["citc"], atol=1e-12)
    # Only without the constant item is there an alpha: that of the three others.
    assert found.loc[others, "alpha_if_deleted"].isna().all()
    c = holzinger[others].cov().to_numpy()
    assert found.loc["same", "alpha_if_deleted"] == pytest.approx(
        1.5 * (1 - np.trace(c) / c.sum()), abs=1e-12
    )


@pytest.mark.parametrize(
    ("frame", "status"),
    [
        (pd.DataFrame({"a": [1.0, 2, 3, 4]}), "too_few_items"),
        (pd.DataFrame({"a": [1.0, 2, np.nan], "b": [2.0, 1, 3]}), "too_few_cases"),
        (pd.DataFrame({"a": [np.nan] * 3, "b": [2.0, 1, 3]}), "too_few_cases"),
    ],
)
def test_scales_without_statistics(frame, status):
    table = item_table(frame, {"s": list(frame.columns)}, ())
    assert (table["status"] == status).all()
    assert table[["citc", "alpha_if_deleted", "critical_ratio"]].isna().all(axis=None)


def test_item_total_with_a_constant_rest_is_empty():
    values = np.array([[1.0, 1, 4], [2, 2, 3], [3, 3, 2], [4, 1, 4]])
    opposite = values[:, [0, 2]].copy()
    opposite[:, 1] = 5 - opposite[:, 0]
    found = corrected_item_total(np.column_stack([values[:, 1], opposite]))
    assert np.isnan(found[0])
    assert np.isfinite(found[1:]).all()
    assert np.isnan(alpha_if_deleted(np.column_stack([values[:, 1], opposite]))[0])


class TestCriticalRatio:
    def test_ties_at_the_cut_enter_both_groups(self):
        # 10 respondents: m = round(2.7) = 3. Totals 2 3 4 4 4 | 7 | 8 8 9 10, so the third lowest
        # total is 4 (5 respondents), the third highest 8 (4 respondents).
        values = np.array(
            [[1, 1], [1, 2], [2, 2], [1, 3], [3, 1], [3, 4], [4, 4], [3, 5], [5, 4], [5, 5]],
            dtype=float,
        )
        found = critical_ratio(values)
        assert (found.n_low, found.n_high, found.df) == (5, 4, 7)
        low, high = values[:5, 0], values[6:, 0]
        pooled = (low.var(ddof=1) * 4 + high.var(ddof=1) * 3) / 7
        t = (high.mean() - low.mean()) / np.sqrt(pooled * (1 / 5 + 1 / 4))
        assert found.t[0] == pytest.approx(t, abs=1e-12)
        assert 0 < found.p[0] < 0.01

    def test_the_order_of_rows_does_not_matter(self, holzinger):
        values = holzinger[["x1", "x2", "x3"]].round().to_numpy()
        shuffled = np.random.default_rng(1).permutation(values)
        np.testing.assert_allclose(critical_ratio(values).t, critical_ratio(shuffled).t)

    def test_equal_decimal_totals_are_ties(self):
        # 0.1 + 0.2 + 0.3 is not 0.3 + 0.2 + 0.1 in floating point; the totals are equal.
        low = [[0.3, 0.2, 0.1], [0.3, 0.2, 0.1], [0.1, 0.2, 0.3]]
        values = np.array(low + [[1.0, 1.0, 2.0]] * 3 + [[3.0, 2.0, 2.0], [3.0, 3.0, 3.0]])
        assert len({float(np.sum(row)) for row in low}) > 1
        assert critical_ratio(values).n_low == 3

    def test_halves_round_up(self):
        # 50 * .27 = 13.5: 14 respondents a group.
        values = np.column_stack([np.arange(50.0), np.arange(50.0)])
        assert critical_ratio(values)[3:] == (14, 14)

    def test_too_many_ties_leave_no_groups(self):
        values = np.array([[3.0, 3]] * 9 + [[4.0, 4]])
        found = critical_ratio(values)
        assert np.isnan(found.t).all()
        assert found.n_low == 0

    def test_item_without_variance_in_both_groups_is_empty(self):
        values = np.column_stack([[0.1] * 5 + [0.3] * 5, np.arange(10.0), np.arange(10.0)])
        found = critical_ratio(values)
        assert np.isnan(found.t[0])
        assert np.isfinite(found.t[1:]).all()
