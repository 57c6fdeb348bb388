"""Tables of fitted models."""

import numpy as np
import pytest

from grassroots.sem import tables
from grassroots.sem.fit import fit as fitted
from grassroots.sem.structural_form import measurement_syntax

FACTORS = {"visual": ["x1", "x2", "x3"], "textual": ["x4", "x5", "x6"], "speed": ["x7", "x8", "x9"]}


@pytest.fixture(scope="module")
def fit(stored):
    return fitted(measurement_syntax(FACTORS), stored("HS"))


@pytest.fixture(scope="module")
def second_order(stored):
    syntax = measurement_syntax(FACTORS, second_order={"ability": list(FACTORS)})
    return fitted(syntax, stored("HS"))


@pytest.fixture(scope="module")
def no_fit(stored):
    return fitted(measurement_syntax(FACTORS), stored("HS").head(3))


def test_fixed_columns_come_first(fit, no_fit):
    cfa_fit = (
        "model estimator n npar chi2 df p cfi tli rmsea rmsea_low rmsea_high srmr aic bic status"
    )
    loadings = "model estimator group factor item est se z p std std_low std_high"
    parameters = "model estimator group lhs op rhs label est se z p std std_se"
    for found in (fit, no_fit):
        assert list(tables.fit_row("m", found))[:16] == cfa_fit.split()
        assert list(tables.loadings("m", found))[:12] == loadings.split()
        assert list(tables.parameters("m", found))[:13] == parameters.split()


def test_fit_row(fit, no_fit):
    row = tables.fit_row("three", fit).iloc[0]
    assert (row["model"], row["estimator"], row["status"]) == ("three", "ML", "ok")
    assert (row["n"], row["npar"], row["df"]) == (301, 21, 24)
    assert row["chi2"] == pytest.approx(85.3055, abs=1e-4)
    assert "85.305521769" in tables.fit_row("three", fit).to_csv()
    row = tables.fit_row("three", no_fit).iloc[0]
    assert row["status"] == "too_few_cases" and row["message"]
    assert row["n"] == 3 and np.isnan(row["chi2"])


def test_loadings(fit, reference):
    rows = tables.loadings("three", fit)
    assert list(rows["item"]) == [f"x{j}" for j in range(1, 10)]
    expected = [r for r in reference["hs_ml"]["par"] if r["op"] == "=~"]
    np.testing.assert_allclose(rows["std"], [r["std.all"] for r in expected], atol=1e-5)
    half = 1.959963984540054 * np.array([r["std.se"] for r in expected])
    np.testing.assert_allclose(rows["std_high"] - rows["std"], half, atol=1e-5)


def test_factor_covariances_and_correlations(fit, reference):
    rows = tables.latent_correlations("three", fit)
    assert list(zip(rows["factor_a"], rows["factor_b"], strict=True)) == [
        ("visual", "textual"),
        ("visual", "speed"),
        ("textual", "speed"),
    ]
    np.testing.assert_allclose(rows["est"], [0.408, 0.262, 0.173], atol=5.01e-4)
    np.testing.assert_allclose(rows["se"], [0.074, 0.056, 0.049], atol=5.01e-4)
    correlation = np.array(reference["hs_lvcor"])
    np.testing.assert_allclose(rows["r"], correlation[[0, 0, 1], [1, 2, 2]], atol=1e-5)
    assert (rows["r_low"] < rows["r"]).all() and (rows["p"] < 0.001).all()


def test_factors_under_a_second_order_factor_correlate_without_a_parameter(second_order, fit):
    rows = tables.latent_correlations("g", second_order)
    assert len(rows) == 6
    first = rows[~rows[["factor_a", "factor_b"]].eq("ability").any(axis=1)]
    # Three factors under one: the second order restates their three correlations.
    free = tables.latent_correlations("three", fit)
    np.testing.assert_allclose(first["r"], free["r"], atol=1e-6)
    assert first["se"].isna().all()
    loadings = tables.loadings("g", second_order)
    assert list(loadings.loc[loadings["factor"] == "ability", "item"]) == list(FACTORS)


def test_residual_covariance_of_mediators_is_not_their_covariance(stored):
    syntax = "X =~ X1 + X2 + X3\nM =~ M1p1 + M1p2 + M1p3\nN =~ M2p1 + M2p2 + M2p3\n"
    fit = fitted(syntax + "M ~ X\nN ~ X\nM ~~ N", stored("sim320_parcels"))
    rows = tables.latent_correlations("m", fit).set_index(["factor_a", "factor_b"])
    assert np.isnan(rows.loc[("M", "N"), "se"])
    own = fit.parameters.set_index(["lhs", "op", "rhs"]).loc[("M", "~~", "N"), "est"]
    assert abs(rows.loc[("M", "N"), "est"] - own) > 0.05


def test_no_fit_gives_empty_tables(no_fit):
    assert tables.loadings("m", no_fit).empty
    assert tables.parameters("m", no_fit).empty
    assert tables.latent_correlations("m", no_fit).empty


def test_mlr_row_holds_scaled_chi_square_and_robust_indices(stored, reference):
    row = tables.fit_row("m", fitted(measurement_syntax(FACTORS), stored("HS"), estimator="MLR"))
    row, theirs = row.iloc[0], reference["hs_mlr"]["fit"]
    for ours, key in {
        "chi2": "chisq.scaled",
        "p": "pvalue.scaled",
        "cfi": "cfi.robust",
        "tli": "tli.robust",
        "rmsea": "rmsea.robust",
        "rmsea_low": "rmsea.ci.lower.robust",
        "rmsea_high": "rmsea.ci.upper.robust",
        "srmr": "srmr",
        "scaling": "chisq.scaling.factor",
        "aic": "aic",
    }.items():
        assert row[ours] == pytest.approx(theirs[key], rel=1e-5), ours
    assert row["estimator"] == "MLR"


def test_a_saturated_model_has_nothing_to_correct(stored):
    row = tables.fit_row("m", fitted("f =~ x1 + x2 + x3", stored("HS"), estimator="MLR")).iloc[0]
    assert row["df"] == 0 and row["chi2"] == pytest.approx(0, abs=1e-8) and row["cfi"] == 1
