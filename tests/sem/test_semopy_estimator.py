"""Estimates against lavaan's stored ones, published numbers, and data that cannot be used."""

import logging

import numpy as np
import pandas as pd
import pytest
import semopy

from grassroots.sem import semopy_estimator
from grassroots.sem.semopy_estimator import fit
from grassroots.sem.structural_form import StructuralForm, measurement_syntax, structural_syntax

HOLZINGER = measurement_syntax(
    {
        "visual": ["x1", "x2", "x3"],
        "textual": ["x4", "x5", "x6"],
        "speed": ["x7", "x8", "x9"],
    }
)
BOLLEN = StructuralForm(
    "ind60",
    ("dem60",),
    "dem65",
    indicators={
        "ind60": ["x1", "x2", "x3"],
        "dem60": ["y1", "y2", "y3", "y4"],
        "dem65": ["y5", "y6", "y7", "y8"],
    },
    residual_covariances=(
        ("y1", "y5"),
        ("y2", "y4"),
        ("y2", "y6"),
        ("y3", "y7"),
        ("y4", "y8"),
        ("y6", "y8"),
    ),
)
PARCELS = StructuralForm(
    "X",
    ("M1", "M2"),
    "Y",
    indicators={
        "X": ["X1", "X2", "X3", "X4"],
        "M1": ["M1p1", "M1p2", "M1p3"],
        "M2": ["M2p1", "M2p2", "M2p3"],
        "Y": ["Y1", "Y2", "Y3"],
    },
)
CONTROLLED = StructuralForm(
    "X", ("M1", "M2"), "Y", covariates=("g1", "g2", "g3"), indicators=PARCELS.indicators
)
SCALES = StructuralForm("X", ("M1", "M2"), "Y")

# key in the stored values -> (data, syntax, names of the defined effects there and here)
PARALLEL = {
    "i1": "indirect_1",
    "i2": "indirect_2",
    "ti": "total_indirect",
    "tot": "total",
    "dif": "contrast_1",
}
MODELS = {
    "hs_ml": ("HS", HOLZINGER, {}),
    "pd_ml": ("PD", structural_syntax(BOLLEN), {"ind": "indirect_1", "tot": "total"}),
    "parcel": ("sim320_parcels", structural_syntax(PARCELS), PARALLEL),
    "parcel_cov": ("sim320_parcels_cov", structural_syntax(CONTROLLED), PARALLEL),
    "obs": ("sim320_obs", structural_syntax(SCALES), PARALLEL),
}
MEASURES = {
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
def fits(stored):
    return {key: fit(syntax, stored(data)) for key, (data, syntax, _) in MODELS.items()}


@pytest.mark.parametrize("key", MODELS)
def test_measures_equal_lavaan(fits, reference, key):
    assert fits[key].status == "ok" and fits[key].message == ""
    for ours, theirs in MEASURES.items():
        expected = reference[key]["fit"][theirs]
        expected = np.nan if expected is None else expected
        found = fits[key].measures[ours]
        assert found == pytest.approx(expected, abs=1e-5, nan_ok=True), ours


@pytest.mark.parametrize("key", MODELS)
def test_parameters_equal_lavaan(fits, reference, key):
    names = MODELS[key][2]
    rows = {}
    for row in reference[key]["par"]:
        if row["op"] == ":=":
            rows[names.get(row["lhs"]), ":="] = row
        else:
            rows[frozenset((row["lhs"], row["rhs"])), row["op"]] = row
    compared = 0
    for row in fits[key].parameters.itertuples():
        own = row.lhs if row.op == ":=" else frozenset((row.lhs, row.rhs))
        expected = rows.pop((own, row.op), None)
        if expected is None:
            assert row.lhs in {"direct", "indirect_1"} and row.op == ":="
            continue
        compared += 1
        for ours, theirs in (
            ("est", "est"),
            ("se", "se"),
            ("std", "std.all"),
            ("std_se", "std.se"),
            ("ci_low", "ci.lower"),
            ("ci_high", "ci.upper"),
        ):
            assert getattr(row, ours) == pytest.approx(expected[theirs], abs=2e-5), (row, ours)
        if expected["pvalue"] is not None:
            assert row.p == pytest.approx(expected["pvalue"], abs=1e-5)
        else:
            assert np.isnan(row.p) and np.isnan(row.z)
    assert compared >= len(MODELS[key][2]) + 8
    # Left over: covariates' own moments, and lavaan's proportion mediated.
    assert all(not r["se"] or r["lhs"] == "pm" for r in rows.values())


PRINTED = {
    # Rosseel 2012: (lhs, op, rhs): (estimate, standard error)
    "hs_ml": {
        ("visual", "=~", "x2"): (0.554, 0.100),
        ("visual", "=~", "x3"): (0.729, 0.109),
        ("textual", "=~", "x5"): (1.113, 0.065),
        ("textual", "=~", "x6"): (0.926, 0.055),
        ("speed", "=~", "x8"): (1.180, 0.165),
        ("speed", "=~", "x9"): (1.082, 0.151),
        ("visual", "~~", "textual"): (0.408, 0.074),
        ("visual", "~~", "speed"): (0.262, 0.056),
        ("textual", "~~", "speed"): (0.173, 0.049),
    },
    "pd_ml": {
        ("ind60", "=~", "x2"): (2.180, 0.139),
        ("ind60", "=~", "x3"): (1.819, 0.152),
        ("dem60", "~", "ind60"): (1.483, 0.399),
        ("dem65", "~", "ind60"): (0.572, 0.221),
        ("dem65", "~", "dem60"): (0.837, 0.098),
    },
}
PRINTED_FIT = {
    "hs_ml": {
        "chi2": 85.306,
        "df": 24,
        "cfi": 0.931,
        "tli": 0.896,
        "rmsea": 0.092,
        "rmsea_low": 0.071,
        "rmsea_high": 0.114,
        "srmr": 0.065,
        "aic": 7517.490,
        "bic": 7595.339,
    },
    "pd_ml": {"chi2": 38.125, "df": 35, "p": 0.329},
}


@pytest.mark.parametrize("key", PRINTED)
def test_numbers_printed_by_rosseel_2012(fits, key):
    found = fits[key].parameters.set_index(["lhs", "op", "rhs"])
    half_a_digit = 0.0005 + 1e-6
    for row, (est, se) in PRINTED[key].items():
        assert abs(found.loc[row, "est"] - est) <= half_a_digit, row
        assert abs(found.loc[row, "se"] - se) <= half_a_digit, row
    for name, value in PRINTED_FIT[key].items():
        assert abs(fits[key].measures[name] - value) <= half_a_digit, name


def test_standard_errors_are_those_of_semopy_too(stored, fits):
    model = semopy.Model(HOLZINGER)
    model.fit(stored("HS"), options={"ftol": 1e-14})
    theirs = model.inspect().set_index(["lval", "op", "rval"])
    ours = fits["hs_ml"].parameters.set_index(["rhs", "op", "lhs"])
    for item, factor in (("x2", "visual"), ("x5", "textual"), ("x9", "speed")):
        row = theirs.loc[(item, "~", factor)]
        assert ours.loc[(item, "=~", factor), "est"] == pytest.approx(row["Estimate"], abs=1e-4)
        assert ours.loc[(item, "=~", factor), "se"] == pytest.approx(row["Std. Err"], abs=1e-4)


def test_matrices_are_labelled_and_consistent(fits, stored):
    found = fits["hs_ml"]
    items = [f"x{j}" for j in range(1, 10)]
    expected = stored("HS")[items].cov(ddof=0)
    pd.testing.assert_frame_equal(found.sample_covariance, expected)
    assert list(found.implied_covariance) == items
    assert list(found.latent_covariance) == ["visual", "textual", "speed"]
    assert found.vcov.shape == (21, 21)
    se = found.parameters.set_index(["lhs", "op", "rhs"]).loc[("visual", "=~", "x2"), "se"]
    assert np.sqrt(found.vcov.loc["visual =~ x2", "visual =~ x2"]) == pytest.approx(se)


def test_rows_with_missing_values_are_left_out(stored):
    data = stored("HS")
    holed = data.copy()
    holed.loc[[0, 5], "x1"] = np.nan
    holed.loc[7, "x9"] = np.nan
    with_holes, without = fit(HOLZINGER, holed), fit(HOLZINGER, data.drop(index=[0, 5, 7]))
    assert with_holes.n == with_holes.measures["n"] == 298
    pd.testing.assert_frame_equal(with_holes.parameters, without.parameters)


def test_order_of_columns_and_rows_does_not_matter(stored, fits):
    data = stored("HS")
    shuffled = data.sample(frac=1, random_state=1)[data.columns[::-1]]
    found = fit(HOLZINGER, shuffled).parameters
    np.testing.assert_allclose(found["est"], fits["hs_ml"].parameters["est"], atol=1e-8)
    np.testing.assert_allclose(found["std_se"], fits["hs_ml"].parameters["std_se"], atol=1e-8)


def test_names_that_semopy_would_misread(stored):
    renamed = stored("HS").rename(columns={"x1": "e.1", "x2": "START", "x3": "b1"})
    found = fit("BOUND =~ e.1 + START + b1\ntextual =~ x4 + x5 + x6", renamed)
    usual = fit("visual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6", stored("HS"))
    np.testing.assert_array_equal(found.parameters["est"], usual.parameters["est"])


def test_covariates_do_not_count_as_moments(fits):
    # semopy itself counts 95.
    assert fits["parcel_cov"].measures["df"] == 89


def test_loadings_held_equal_come_back(stored):
    # With all loadings equal by label semopy itself never returns.
    found = fit("f =~ NA*x4 + k*x5 + k*x6\nf ~~ 1*f", stored("HS")).parameters
    loadings = found[found["op"] == "=~"].set_index("rhs")["est"]
    assert loadings["x5"] == loadings["x6"] != loadings["x4"]


def test_the_root_logger_keeps_its_level(stored):
    level = logging.getLogger().level
    fit(HOLZINGER, stored("HS"))
    assert logging.getLogger().level == level


# Data that cannot be used


def unusable(found, status, *words):
    assert found.status == status and not found.estimated
    assert found.message and all(word in found.message for word in words)
    assert found.parameters.empty and "est" in found.parameters
    assert np.isnan(found.measures["chi2"]) and found.measures["n"] == found.n


def test_constant_item_is_named(stored):
    unusable(fit(HOLZINGER, stored("HS").assign(x5=3.0)), "constant_item", "x5")


def test_too_few_cases(stored):
    unusable(fit(HOLZINGER, stored("HS").head(9)), "too_few_cases", "9")
    unusable(fit(HOLZINGER, stored("HS").head(0)), "too_few_cases")
    unusable(fit(HOLZINGER, stored("HS").assign(x1=np.nan)), "too_few_cases")


def test_an_item_that_repeats_another(stored):
    data = stored("HS")
    unusable(fit(HOLZINGER, data.assign(x2=2 * data["x1"] + 1)), "singular")
    unusable(fit(HOLZINGER, data.assign(x9=data["x1"] + data["x4"])), "singular")


def test_more_parameters_than_moments(stored):
    found = fit("f =~ x1 + x2", stored("HS"))
    unusable(found, "not_identified", "1 more")
    assert found.measures["df"] == -1 and found.measures["npar"] == 4


def test_not_identified_although_there_are_enough_moments(stored):
    found = fit("f =~ x1 + x2\ng =~ x4 + x5\nf ~~ 0*g", stored("HS"))
    unusable(found, "not_identified")
    assert found.measures["df"] == 2


def test_negative_variance_is_kept_and_said():
    rng = np.random.default_rng(4)
    z = rng.normal(size=(100, 3))
    z -= z.mean(axis=0)
    z = z @ np.linalg.inv(np.linalg.cholesky(z.T @ z / 100)).T
    # With one factor the loading of a is sqrt(.8 * .7 / .4) > 1.
    correlation = np.array([[1, 0.8, 0.7], [0.8, 1, 0.4], [0.7, 0.4, 1]])
    data = pd.DataFrame(z @ np.linalg.cholesky(correlation).T, columns=["a", "b", "c"])
    found = fit("f =~ a + b + c", data)
    assert found.status == "heywood" and found.estimated
    assert "a" in found.message
    rows = found.parameters.set_index(["lhs", "op", "rhs"])
    assert rows.loc[("f", "=~", "a"), "std"] == pytest.approx(np.sqrt(0.8 * 0.7 / 0.4))
    assert rows.loc[("a", "~~", "a"), "est"] == pytest.approx(1 - 0.8 * 0.7 / 0.4)


def test_an_optimum_beside_a_direction_that_runs_off():
    # Two weak factors; semopy's own start runs off to a factor without variance. lavaan 0.6-14
    # converges, with a negative residual variance, at chi-square 11.674236.
    rng = np.random.default_rng(21)
    factors = rng.normal(size=(60, 2))
    first = 0.3 * factors[:, [0]] + rng.normal(size=(60, 3))
    second = 0.6 * factors[:, [1]] + 0.2 * factors[:, [0]] + rng.normal(size=(60, 3))
    data = pd.DataFrame(np.hstack([first, second]), columns=list("abcdef"))
    found = fit("F =~ a + b + c\nG =~ d + e + f", data)
    assert found.estimated and found.measures["chi2"] == pytest.approx(11.674236, abs=1e-5)


def test_estimation_that_stops_early_is_not_reported_as_a_result(stored, monkeypatch):
    monkeypatch.setattr(semopy_estimator, "OPTIONS", {"ftol": 1e-14, "maxiter": 3})
    monkeypatch.setattr(semopy_estimator, "SCORING_STEPS", 0)
    unusable(fit(HOLZINGER, stored("HS")), "not_converged")


def test_faults_of_the_caller_are_raised(stored):
    data = stored("HS")
    with pytest.raises(ValueError, match="not in the data: x10"):
        fit("f =~ x1 + x2 + x3 + x10", data)
    with pytest.raises(ValueError, match="not numeric: x3"):
        fit("f =~ x1 + x2 + x3", data.astype({"x3": str}))
    with pytest.raises(ValueError, match="ML only"):
        fit(HOLZINGER, data, estimator="MLR")
    with pytest.raises(SyntaxError):
        fit("f = x1 + x2 + x3", data)
