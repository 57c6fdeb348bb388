"""Fit indices against lavaan's, and their degenerate cases."""

import numpy as np
import pytest
from scipy import stats

from grassroots.sem import fit_indices

HS_ITEMS = [f"x{j}" for j in range(1, 10)]
FACTOR = [0, 0, 0, 1, 1, 1, 2, 2, 2]

LAVAAN = {
    "npar": "npar",
    "chi2": "chisq",
    "df": "df",
    "p": "pvalue",
    "cfi": "cfi",
    "tli": "tli",
    "rmsea": "rmsea",
    "rmsea_low": "rmsea.ci.lower",
    "rmsea_high": "rmsea.ci.upper",
    "pclose": "rmsea.pvalue",
    "srmr": "srmr",
    "gfi": "gfi",
    "loglik": "logl",
    "aic": "aic",
    "bic": "bic",
    "sabic": "bic2",
    "baseline_chi2": "baseline.chisq",
    "baseline_df": "baseline.df",
}


@pytest.fixture(scope="module")
def matrices(reference, stored):
    """Sample covariances, and those implied by lavaan's own estimates."""
    sample = np.cov(stored("HS")[HS_ITEMS].to_numpy().T, bias=True)
    value = {(r["lhs"], r["op"], r["rhs"]): r["est"] for r in reference["hs_ml"]["par"]}
    factors = ["visual", "textual", "speed"]
    loadings = np.zeros((9, 3))
    for j, factor in enumerate(FACTOR):
        loadings[j, factor] = value[factors[factor], "=~", HS_ITEMS[j]]
    covariance = np.array(
        [[value.get((a, "~~", b), value.get((b, "~~", a))) for a in factors] for b in factors]
    )
    residual = np.diag([value[x, "~~", x] for x in HS_ITEMS])
    return sample, loadings @ covariance @ loadings.T + residual


def test_all_measures_equal_lavaan(reference, matrices):
    found = fit_indices.fit_measures(*matrices, n=301, npar=21)
    assert list(found) == list(fit_indices.MEASURES)
    for ours, theirs in LAVAAN.items():
        tolerance = 1e-4 if ours.startswith("rmsea_") else 1e-6
        assert found[ours] == pytest.approx(reference["hs_ml"]["fit"][theirs], abs=tolerance), ours


def test_rmsea_interval_solves_its_equation():
    low, high = fit_indices.rmsea_interval(85.3055217699727, 24, 301)
    assert stats.ncx2.cdf(85.3055217699727, 24, low**2 * 301 * 24) == pytest.approx(0.95, abs=1e-8)
    assert stats.ncx2.cdf(85.3055217699727, 24, high**2 * 301 * 24) == pytest.approx(0.05, abs=1e-8)


def test_robust_indices_from_scaling_factors(reference):
    fit = reference["hs_mlr"]["fit"]
    c, c0 = fit["chisq.scaling.factor"], fit["baseline.chisq.scaling.factor"]
    chi2, chi2_0 = fit["chisq"], fit["baseline.chisq"]
    found = {
        "cfi.robust": fit_indices.cfi(chi2, 24, chi2_0, 36, c, c0),
        "tli.robust": fit_indices.tli(chi2, 24, chi2_0, 36, c, c0),
        "rmsea.robust": fit_indices.rmsea(chi2, 24, 301, scale=c),
        "rmsea.pvalue.robust": fit_indices.close_fit_p(chi2, 24, 301, scale=c),
    }
    low, high = fit_indices.rmsea_interval(chi2, 24, 301, scale=c)
    found |= {"rmsea.ci.lower.robust": low, "rmsea.ci.upper.robust": high}
    for name, value in found.items():
        tolerance = 1e-4 if ".ci." in name else 1e-7
        assert value == pytest.approx(fit[name], abs=tolerance), name
    assert found["cfi.robust"] != pytest.approx(fit["cfi.scaled"], abs=1e-3)


@pytest.mark.parametrize("step", ["conf", "metric", "scalar", "strict"])
def test_rmsea_of_several_groups(reference, step):
    fit = reference["hs_inv"][step]
    chi2, df = fit["chisq"], fit["df"]
    assert fit_indices.rmsea(chi2, df, 301, n_groups=2) == pytest.approx(fit["rmsea"], abs=1e-9)
    low, high = fit_indices.rmsea_interval(chi2, df, 301, n_groups=2)
    assert low == pytest.approx(fit["rmsea.ci.lower"], abs=1e-4)
    assert high == pytest.approx(fit["rmsea.ci.upper"], abs=1e-4)
    p = fit_indices.close_fit_p(chi2, df, 301, n_groups=2)
    assert p == pytest.approx(fit["rmsea.pvalue"], abs=1e-9)


def test_srmr_with_means(reference, matrices):
    found = fit_indices.srmr(*matrices, mean_residuals=np.zeros(9))
    assert found == pytest.approx(reference["hs_ml_means"]["srmr"], abs=1e-7)


def test_fixed_x_is_neither_moment_nor_parameter(reference, stored):
    sample = np.cov(stored("sim320_obs")[["X", "M1", "M2", "Y"]].to_numpy().T, bias=True)
    conditional = fit_indices.fit_measures(sample, sample, n=320, npar=9, fixed=[0])
    joint = fit_indices.fit_measures(sample, sample, n=320, npar=10)
    for found, key in ((conditional, "obs"), (joint, "obs_fixedxF")):
        fit = reference[key]["fit"]
        assert found["df"] == 0
        for ours in ("loglik", "aic", "bic", "sabic", "baseline_chi2", "baseline_df"):
            assert found[ours] == pytest.approx(fit[LAVAAN[ours]], abs=1e-6), (key, ours)


def test_baseline_keeps_covariances_among_fixed_x(reference, stored):
    data = stored("sim320_parcels_cov")
    sample = np.cov(data.to_numpy().T, bias=True)
    fixed = [list(data).index(g) for g in ("g1", "g2", "g3")]
    chi2, df = fit_indices.baseline(sample, 320, fixed)
    assert chi2 == pytest.approx(reference["parcel_cov"]["fit"]["baseline.chisq"], abs=1e-6)
    assert df == reference["parcel_cov"]["fit"]["baseline.df"]


def test_saturated_model():
    sample = np.array([[2.0, 0.5], [0.5, 1.0]])
    found = fit_indices.fit_measures(sample, sample, n=50, npar=3)
    assert found["df"] == 0 and found["chi2"] == pytest.approx(0.0, abs=1e-12)
    assert np.isnan(found["p"]) and np.isnan(found["pclose"])
    assert (found["cfi"], found["tli"]) == (1.0, 1.0)
    assert (found["rmsea"], found["rmsea_low"], found["rmsea_high"]) == (0.0, 0.0, 0.0)


def test_more_parameters_than_moments():
    sample = np.array([[2.0, 0.5], [0.5, 1.0]])
    found = fit_indices.fit_measures(sample, sample, n=50, npar=4)
    assert found["df"] == -1
    for name in ("p", "cfi", "tli", "rmsea", "rmsea_low", "rmsea_high", "pclose"):
        assert np.isnan(found[name]), name


def test_better_than_expected_fit_is_not_better_than_perfect():
    assert fit_indices.cfi(3.0, 5, 100.0, 10) == 1.0
    assert fit_indices.tli(3.0, 5, 100.0, 10) > 1.0
    assert fit_indices.rmsea(3.0, 5, 100) == 0.0
    assert fit_indices.cfi(3.0, 5, 4.0, 10) == 1.0
    low, high = fit_indices.rmsea_interval(0.5, 10, 100)
    assert (low, high) == (0.0, 0.0)


def test_matrices_that_are_no_covariance_matrices():
    good = np.eye(2)
    with pytest.raises(np.linalg.LinAlgError):
        fit_indices.discrepancy(np.ones((2, 2)), good)
    with pytest.raises(np.linalg.LinAlgError):
        # Determinant positive, both eigenvalues negative.
        fit_indices.discrepancy(good, -good)


def test_known_numbers_stay_when_there_is_no_fit():
    found = fit_indices.no_measures(n=12, npar=21, df=24)
    assert list(found) == list(fit_indices.MEASURES)
    assert found["n"] == 12 and np.isnan(found["chi2"])
