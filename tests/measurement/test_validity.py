import numpy as np
import pandas as pd
import pytest

from grassroots.measurement.validity import (
    HTMT_COLUMNS,
    VALIDITY_COLUMNS,
    heterotrait_monotrait,
    htmt_table,
    validity_table,
)

PAIRS = [("visual", "textual"), ("visual", "speed"), ("textual", "speed")]


@pytest.fixture(scope="module")
def latent(reference):
    names = ["visual", "textual", "speed"]
    phi = pd.DataFrame(reference["hs_lvcor"], index=names, columns=names)
    rows = [("correlated", a, b, phi.loc[a, b]) for a, b in PAIRS]
    return pd.DataFrame(rows, columns=["model", "factor_a", "factor_b", "r"])


def test_htmt_is_the_arithmetic_one(holzinger, loadings):
    table = htmt_table(holzinger, loadings, ["correlated"])
    assert tuple(table.columns) == HTMT_COLUMNS
    assert list(zip(table["factor_a"], table["factor_b"], strict=True)) == PAIRS
    np.testing.assert_allclose(table["htmt"], [0.4243230, 0.4665497, 0.2895679], atol=5e-8)


def test_cr_and_ave_are_fornell_and_larckers(holzinger, loadings, latent, reference):
    htmt = htmt_table(holzinger, loadings, ["correlated"])
    table = validity_table(loadings, latent, htmt, ["correlated"])
    assert tuple(table.columns) == VALIDITY_COLUMNS
    table = table.set_index("factor")
    assert table.loc["visual", "cr"] == pytest.approx(0.625838, abs=5e-7)
    assert table.loc["visual", "ave"] == pytest.approx(0.370984, abs=5e-7)
    assert table.loc["speed", "cr"] == pytest.approx(0.6914, abs=5e-5)
    assert table.loc["speed", "ave"] == pytest.approx(0.4298, abs=5e-5)
    np.testing.assert_allclose(table["sqrt_ave"] ** 2, table["ave"])
    # semTools' AVE and omega, from unstandardised estimates, are near and not the same.
    for factor, ave in reference["hs_ave"].items():
        assert 1e-6 < abs(table.loc[factor, "ave"] - ave) < 0.006
    phi = reference["hs_lvcor"]
    assert table["max_r"].to_dict() == pytest.approx(
        {"visual": phi[0][2], "textual": phi[0][1], "speed": phi[0][2]}, abs=1e-12
    )
    assert table["max_htmt"].to_dict() == pytest.approx(
        {"visual": 0.4665497, "textual": 0.4243230, "speed": 0.4665497}, abs=5e-8
    )
    assert (table["status"] == "ok").all()


def test_turned_items_and_negative_correlations_count_by_size(holzinger, loadings, latent):
    turned = holzinger.assign(x4=-holzinger["x4"], x8=-holzinger["x8"])
    one, other = (htmt_table(f, loadings, ["correlated"]) for f in (holzinger, turned))
    pd.testing.assert_frame_equal(one, other)
    table = validity_table(loadings, latent.assign(r=-latent["r"]), one, ["correlated"])
    assert (table["max_r"] > 0).all()


def test_htmt_uses_rows_complete_over_the_model(holzinger, loadings):
    gaps = holzinger.copy()
    gaps.loc[:9, "x1"] = np.nan
    found = htmt_table(gaps, loadings, ["correlated"])
    assert (found["n"] == 291).all()
    pd.testing.assert_frame_equal(found, htmt_table(holzinger.iloc[10:], loadings, ["correlated"]))


def test_several_estimators_and_groups_do_not_double_the_pairs(holzinger, loadings):
    twice = pd.concat(
        [loadings, loadings.assign(estimator="MLR"), loadings.assign(group="Pasteur")]
    )
    pd.testing.assert_frame_equal(
        htmt_table(holzinger, loadings, ["correlated"]),
        htmt_table(holzinger, twice, ["correlated"]),
    )


def test_second_order_factor_has_no_htmt_though_its_dimensions_are_columns(
    holzinger, loadings, make_loadings
):
    scored = holzinger.assign(visual=1.0, textual=2.0, speed=3.0)
    general = make_loadings("correlated", {"g": {"visual": 0.8, "textual": 0.6, "speed": 0.5}})
    both = pd.concat([loadings, general])
    pd.testing.assert_frame_equal(
        htmt_table(scored, both, ["correlated"]), htmt_table(scored, loadings, ["correlated"])
    )


def test_htmt_is_empty_where_it_is_undefined(holzinger, make_loadings):
    r = holzinger[["x1", "x2", "x3", "x4"]].corr().to_numpy()
    assert np.isnan(heterotrait_monotrait(r, [0], [1, 2]))
    assert np.isnan(heterotrait_monotrait(r, [0, 1], [1, 2]))
    model = make_loadings(
        "m", {"f": {"x1": 0.5, "x2": 0.5}, "g": {"x4": 0.5, "x5": 0.5}, "h": {"x7": 1, "x8": 1}}
    )
    constant = htmt_table(holzinger.assign(x2=0.1), model, ["m"])
    assert constant["htmt"].isna().tolist() == [True, True, False]
    assert htmt_table(holzinger.iloc[:2], model, ["m"])["htmt"].isna().all()
    # A maximum over what happens to be known would flatter the factor.
    none = pd.DataFrame(columns=["model", "factor_a", "factor_b", "r"])
    table = validity_table(model, none, constant, ["m"])
    assert table["max_htmt"].isna().all()
    assert table["max_r"].isna().all()


def test_one_factor_model_has_cr_and_ave_and_no_pairs(holzinger, make_loadings):
    model = make_loadings("one_factor:f", {"f": {"x1": 0.8, "x2": 0.6, "x3": 0.5}})
    htmt = htmt_table(holzinger, model, ["one_factor:f"])
    assert htmt.empty
    none = pd.DataFrame(columns=["model", "factor_a", "factor_b", "r"])
    row = validity_table(model, none, htmt, ["one_factor:f"]).iloc[0]
    assert row["ave"] == pytest.approx((0.64 + 0.36 + 0.25) / 3, abs=1e-12)
    assert row["cr"] == pytest.approx(3.61 / (3.61 + 1.75), abs=1e-12)
    assert np.isnan(row["max_r"])
    assert np.isnan(row["max_htmt"])


def test_statuses(make_loadings, latent):
    loadings = make_loadings(
        "m", {"f": {"a": 1.05, "b": 0.6}, "g": {"c": 0.7}, "h": {"d": 0.7, "e": 0.6}}
    )
    htmt = pd.DataFrame(columns=list(HTMT_COLUMNS))
    table = validity_table(loadings, latent, htmt, ["m", "absent"])
    assert table["status"].tolist() == ["heywood", "single_item", "ok", "missing_model"]
    assert table.loc[3, ["factor", "cr", "ave", "sqrt_ave", "max_r", "n_items"]].isna().all()
    assert table.loc[[0, 1, 3], "message"].ne("").all()


def test_pairs_of_another_model_do_not_enter(loadings, latent):
    other = latent.assign(model="other", r=0.99)
    htmt = pd.DataFrame(columns=list(HTMT_COLUMNS))
    table = validity_table(loadings, pd.concat([latent, other]), htmt, ["correlated"])
    assert table["max_r"].max() < 0.5
