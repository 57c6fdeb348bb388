import numpy as np
import pandas as pd
import pingouin
import pytest

from grassroots.measurement.reliability import (
    COLUMNS,
    cronbach_alpha,
    feldt_interval,
    omega_second_order,
    reliability_table,
    scale_omega,
)

NO_LOADINGS = pd.DataFrame(columns=["model", "estimator", "group", "factor", "item", "std"])


def answers(**columns):
    return pd.DataFrame(columns)


def row_of(frame, items, loadings=NO_LOADINGS):
    return reliability_table(frame, {"s": items}, loadings).iloc[0]


def test_alpha_and_feldt_interval_are_psychs(holzinger, scales, reference):
    table = reliability_table(holzinger, scales, NO_LOADINGS).set_index("scale")
    assert tuple(table.reset_index().columns) == COLUMNS
    assert list(table.index) == list(scales)
    total = table.loc["total"]
    expected = reference["hs_alpha"]
    assert total["alpha"] == pytest.approx(expected["total"][0]["raw_alpha"], abs=1e-12)
    feldt = expected["feldt"]
    assert total["alpha_low"] == pytest.approx(feldt["lower.ci"][0]["raw_alpha"], abs=1e-9)
    assert total["alpha_high"] == pytest.approx(feldt["upper.ci"][0]["raw_alpha"], abs=1e-9)
    for scale, values in reference["hs_alpha_scales"].items():
        assert table.loc[scale, "alpha"] == pytest.approx(
            values["total"][0]["raw_alpha"], abs=1e-12
        )
    assert (table["n"] == 301).all()
    assert (table["omega_status"] == "no_model").all()
    assert table["omega"].isna().all()


def test_rows_with_a_missing_answer_leave_the_scale_and_only_that_scale(holzinger, scales):
    gaps = holzinger.copy()
    gaps.loc[:49, "x1"] = np.nan
    table = reliability_table(gaps, scales, NO_LOADINGS).set_index("scale")
    assert table["n"].to_dict() == {"visual": 251, "textual": 301, "speed": 301, "total": 251}
    complete = reliability_table(holzinger.iloc[50:], scales, NO_LOADINGS).set_index("scale")
    columns = ["alpha", "alpha_low", "alpha_high"]
    pd.testing.assert_frame_equal(
        table.loc[["visual", "total"], columns], complete.loc[["visual", "total"], columns]
    )


def test_pandas_missing_values_count_as_missing():
    frame = answers(a=[1, 2, 3, 4, None], b=[2, 1, 4, 3, 5]).astype("Int64")
    assert row_of(frame, ["a", "b"])["n"] == 4


def test_two_items_have_an_alpha(holzinger):
    row = row_of(holzinger, ["x1", "x2"])
    c = holzinger[["x1", "x2"]].cov().to_numpy()
    assert row["alpha"] == pytest.approx(2 * (1 - np.trace(c) / c.sum()), abs=1e-12)
    assert row["status"] == "ok"


def test_negative_alpha_is_printed_not_hidden():
    row = row_of(answers(a=[1, 2, 3, 4, 5], b=[5, 4, 2, 3, 1], c=[1, 3, 2, 5, 4]), ["a", "b"])
    assert row["alpha"] < 0
    assert row["alpha_low"] < row["alpha"] < row["alpha_high"]


@pytest.mark.parametrize(
    ("frame", "status"),
    [
        (answers(a=[1, 2, 3, 4]), "too_few_items"),
        (answers(a=[1.0, 2, np.nan, 3], b=[1.0, 2, 3, np.nan]), "too_few_cases"),
        (answers(a=[np.nan] * 4, b=[1.0, 2, 3, 4]), "too_few_cases"),
        # The variance of a repeated 0.1 is not exactly zero.
        (answers(a=[0.1] * 7, b=[1.0, 2, 3, 4, 5, 4, 3]), "constant_item"),
        # Constant only after the incomplete rows are gone.
        (answers(a=[3.0, 3, 3, 3, 5], b=[1.0, 2, 3, 4, np.nan]), "constant_item"),
        (answers(a=[0.1, 0.2, 0.3, 0.4], b=[0.9, 0.8, 0.7, 0.6]), "zero_variance"),
    ],
)
def test_undefined_alpha_is_empty_and_says_why(frame, status):
    row = row_of(frame, list(frame.columns))
    assert row["status"] == status
    assert row["message"]
    assert row[["alpha", "alpha_low", "alpha_high"]].isna().all()


def test_constant_item_is_named():
    frame = answers(q1=[1, 2, 3, 4], q2=[2, 2, 2, 2], q3=[4, 2, 3, 3])
    assert "q2" in row_of(frame, list(frame.columns))["message"]


def test_alpha_is_pingouin_s():
    answers = np.random.default_rng(1).integers(1, 6, (60, 7)) + np.arange(60)[:, None] % 5
    expected, _ = pingouin.cronbach_alpha(data=pd.DataFrame(answers))
    assert cronbach_alpha(answers.astype(float)) == pytest.approx(expected, rel=1e-12)


def test_alpha_of_missing_answers_is_missing():
    assert np.isnan(cronbach_alpha(np.array([[1.0, 2.0], [2.0, np.nan], [3.0, 1.0]])))


def test_feldt_interval_narrows_with_n_and_widens_with_confidence():
    small, large = feldt_interval(0.8, 50, 5), feldt_interval(0.8, 500, 5)
    wide = feldt_interval(0.8, 50, 5, confidence=0.99)
    assert wide.low < small.low < large.low < 0.8 < large.high < small.high < wide.high


def test_omega_of_a_one_factor_model(make_loadings, holzinger):
    loadings = make_loadings("one_factor:s", {"s": {"x1": 0.8, "x2": 0.6, "x3": 0.5}})
    row = row_of(holzinger, ["x1", "x2", "x3"], loadings)
    assert row["omega"] == pytest.approx(3.61 / (3.61 + 0.36 + 0.64 + 0.75), abs=1e-12)
    assert np.isnan(row["omega_hierarchical"])
    assert row["omega_status"] == "ok"


def test_omega_of_a_second_order_model_follows_from_the_implied_matrices():
    item_std = [np.array([0.8, 0.7, 0.6]), np.array([0.9, 0.5]), np.array([0.4, 0.7, 0.6, 0.5])]
    dimension_std = np.array([0.9, 0.6, -0.3])
    blocks = np.zeros((9, 3))
    blocks[:3, 0], blocks[3:5, 1], blocks[5:, 2] = item_std
    phi = np.outer(dimension_std, dimension_std)
    np.fill_diagonal(phi, 1)
    common = blocks @ phi @ blocks.T
    implied = common.copy()
    np.fill_diagonal(implied, 1)
    general = blocks @ dimension_std
    found = omega_second_order(item_std, dimension_std)
    assert found.total == pytest.approx(common.sum() / implied.sum(), abs=1e-12)
    assert found.hierarchical == pytest.approx(general.sum() ** 2 / implied.sum(), abs=1e-12)


SECOND_ORDER = {
    "d1": {"a": 0.8, "b": 0.7},
    "d2": {"c": 0.6, "d": 0.9},
    "total": {"d1": 0.7, "d2": 0.5},
}


def test_second_order_model_is_preferred_and_matches_the_function(make_loadings):
    loadings = pd.concat(
        [
            make_loadings("one_factor:total", {"total": dict.fromkeys("abcd", 0.5)}),
            make_loadings("second_order:total", SECOND_ORDER),
        ]
    )
    found = scale_omega("total", list("abcd"), loadings)
    direct = omega_second_order([np.array([0.8, 0.7]), np.array([0.6, 0.9])], np.array([0.7, 0.5]))
    assert found == direct
    assert found.hierarchical < found.total


def test_dimensions_may_come_in_another_order_than_their_items(make_loadings):
    shuffled = {
        "total": {"d2": 0.5, "d1": 0.7},
        "d1": SECOND_ORDER["d1"],
        "d2": SECOND_ORDER["d2"],
    }
    one = scale_omega("total", list("abcd"), make_loadings("second_order:total", SECOND_ORDER))
    other = scale_omega("total", list("dcab"), make_loadings("second_order:total", shuffled))
    assert other[:2] == pytest.approx(one[:2], abs=1e-15)


@pytest.mark.parametrize(
    ("model", "factors", "status"),
    [
        ("one_factor:other", {"s": {"a": 0.5, "b": 0.6}}, "no_model"),
        ("one_factor:s", {"s": {"a": np.nan, "b": 0.6}}, "no_model"),
        ("one_factor:s", {"s": {"a": 0.5}}, "other_items"),
        ("one_factor:s", {"s": {"a": 0.5, "b": 0.5, "c": 0.5}}, "other_items"),
        ("one_factor:s", {"s": {"a": 0.5, "b": 0.5}, "t": {"a": 0.5}}, "other_items"),
        ("second_order:s", {"d": {"a": 0.5, "b": 0.5}, "s": {"d": 0.5, "a": 0.1}}, "other_items"),
        ("second_order:s", {"d": {"a": 0.5, "b": 0.5}, "g": {"d": 0.5}}, "other_items"),
    ],
)
def test_omega_is_empty_without_a_model_of_exactly_this_scale(
    make_loadings, model, factors, status
):
    found = scale_omega("s", ["a", "b"], make_loadings(model, factors))
    assert found.status == status
    assert np.isnan(found.total)
    assert np.isnan(found.hierarchical)


def test_heywood_case_is_flagged(make_loadings):
    one = scale_omega("s", ["a", "b"], make_loadings("one_factor:s", {"s": {"a": 1.1, "b": 0.5}}))
    assert one.status == "heywood"
    improper = SECOND_ORDER | {"total": {"d1": 1.02, "d2": 0.5}}
    two = scale_omega("total", list("abcd"), make_loadings("second_order:total", improper))
    assert two.status == "heywood"


def test_multi_group_rows_and_other_estimators_do_not_enter(make_loadings):
    loadings = pd.concat(
        [
            make_loadings("one_factor:s", {"s": {"a": 0.8, "b": 0.6}}, group=np.nan),
            make_loadings("one_factor:s", {"s": {"a": 0.9, "b": 0.9}}, group="Pasteur"),
            make_loadings("one_factor:s", {"s": {"a": 0.1, "b": 0.2}}, estimator="DWLS"),
        ]
    )
    first = scale_omega("s", ["a", "b"], loadings)
    assert first.total == pytest.approx(1.96 / (1.96 + 1), abs=1e-12)
    named = scale_omega("s", ["a", "b"], loadings, estimator="DWLS")
    assert named.total == pytest.approx(0.09 / (0.09 + 0.99 + 0.96), abs=1e-12)
