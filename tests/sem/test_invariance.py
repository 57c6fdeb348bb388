"""Invariance steps and latent means: against lavaan, and with groups that cannot be compared."""

import json

import numpy as np
import pandas as pd
import pytest
from lavaan_models import HS
from model_jobs import AGAINST, REFERENCE, RELEASE

from grassroots.sem.fit import fit
from grassroots.sem.invariance import difference_test, invariance_rows, invariance_steps
from grassroots.sem.invariance_tables import invariance_tables
from grassroots.sem.latent_means import latent_mean_rows

FACTORS = {"visual": ["x1", "x2", "x3"], "textual": ["x4", "x5", "x6"], "speed": ["x7", "x8", "x9"]}
TEST = {
    "model": "m",
    "by": "school",
    "levels": ["Pasteur", "Grant-White"],
    "factors": FACTORS,
    "residual_covariances": [],
    "release": {"loadings": [], "intercepts": ["x3", "x7"], "residuals": []},
    "estimators": ["ML"],
}


@pytest.fixture(scope="module")
def theirs():
    return json.loads((REFERENCE / "models.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def pupils():
    return pd.read_csv(REFERENCE / "HS.csv")


@pytest.mark.parametrize("estimator", ["ML", "MLR"])
def test_steps_equal_lavaan(pupils, theirs, estimator):
    found = theirs[f"invariance_{estimator}"]
    steps = invariance_steps(HS, pupils, "school", estimator, RELEASE)
    rows = invariance_rows("m", "school", steps).set_index("step")
    assert list(rows.index) == ["configural", *AGAINST]
    assert dict(rows["against"]) == {"configural": "", **AGAINST}
    for step, expected in found["rows"].items():
        for column, value in expected.items():
            # Where constraints cross groups lavaan stops some 1e-6 early, which shows most in p.
            ours = float(rows.loc[step, column])
            assert ours == pytest.approx(value, rel=5e-5, abs=2e-6), (step, column)
        if estimator == "ML":
            assert rows.loc[step, "chi2"] <= expected["chi2"] + 1e-8
    scalar = next(step for step in steps if step.name == "partial_scalar")
    means = latent_mean_rows("m", "school", "partial_scalar", scalar.fit).set_index("factor")
    names = {"pvalue": "p", "ci.lower": "ci_low", "ci.upper": "ci_high"}
    for expected in found["means"]:
        for column in ("est", "se", "z", "pvalue", "ci.lower", "ci.upper"):
            ours = means.loc[expected["lhs"], names.get(column, column)]
            assert ours == pytest.approx(expected[column], rel=1e-5, abs=3e-5)


def test_the_published_values_of_two_schools(pupils):
    rows, _ = invariance_tables(pupils, TEST, 5)
    rows = rows.set_index("step")
    printed = {
        "configural": (115.851, 48, 0.923, 0.097),
        "metric": (124.044, 54, 0.921, 0.093),
        "scalar": (164.103, 60, 0.882, 0.107),
        "strict": (181.511, 69, 0.873, 0.104),
    }
    for step, (chi2, df, cfi, rmsea) in printed.items():
        own = rows.loc[step]
        assert (round(own["chi2"], 3), own["df"]) == (chi2, df)
        assert (round(own["cfi"], 3), round(own["rmsea"], 3)) == (cfi, rmsea)
    assert rows.loc["partial_scalar", "released"] == "x3 ~ 1; x7 ~ 1"
    assert set(rows["groups"]) == {2} and set(rows["n"]) == {301}


def test_the_first_level_is_the_reference_whatever_the_order_of_the_rows(pupils):
    _, means = invariance_tables(pupils, TEST, 5)
    _, turned = invariance_tables(pupils.iloc[::-1], TEST, 5)
    other = {**TEST, "levels": ["Grant-White", "Pasteur"]}
    _, opposite = invariance_tables(pupils, other, 5)
    assert set(means["reference"]) == {"Pasteur"} and set(means["step"]) == {"partial_scalar"}
    np.testing.assert_allclose(means["est"], turned["est"], atol=1e-7)
    np.testing.assert_allclose(means["est"], -opposite["est"], atol=1e-6)
    np.testing.assert_allclose(means["d"], -opposite["d"], atol=1e-6)


def test_d_of_latent_means_of_known_groups():
    # The second group is half a standard deviation higher on the factor, loadings are 1.
    rng = np.random.default_rng(4)
    group = np.repeat(["a", "b"], 4000)
    factor = rng.normal(size=8000) * 2 + np.where(group == "b", 1.0, 0.0)
    data = pd.DataFrame({f"x{i}": factor + rng.normal(size=8000) for i in range(4)})
    test = {**TEST, "by": "g", "levels": ["a", "b"], "factors": {"f": list(data)}}
    test["release"] = {"loadings": [], "intercepts": [], "residuals": []}
    rows, means = invariance_tables(data.assign(g=group), test, 5)
    (mean,) = means.to_dict("records")
    assert mean["est"] == pytest.approx(1.0, abs=4 * mean["se"])
    assert mean["d"] == pytest.approx(0.5, abs=0.1)
    assert (rows["delta_cfi"].dropna().abs() < 0.005).all()


def test_a_bias_of_one_item_is_found_and_released(pupils):
    biased = pupils.assign(x2=pupils["x2"] + np.where(pupils["school"] == "Pasteur", 2.0, 0.0))
    release = {"loadings": [], "intercepts": ["x2", "x3", "x7"], "residuals": []}
    rows, _ = invariance_tables(biased, {**TEST, "release": release}, 5)
    lost = rows.set_index("step")["delta_cfi"]
    assert lost["scalar"] < -0.1 < -0.01 < lost["partial_scalar"]


@pytest.mark.parametrize(
    ("change", "status", "word"),
    [
        (lambda d: pd.concat([d[d["school"] == "Pasteur"], d[d["school"] != "Pasteur"].head(9)]),
         "small_groups", "Grant-White"),
        (lambda d: d[d["school"] == "Pasteur"], "one_group", "school"),
        (lambda d: d.assign(x1=np.where(d["school"] == "Pasteur", np.nan, d["x1"])),
         "small_groups", "Pasteur"),
    ],
)  # fmt: skip
def test_groups_that_cannot_be_compared(pupils, change, status, word):
    rows, means = invariance_tables(change(pupils), TEST, 5)
    assert set(rows["status"]) == {status} and all(word in text for text in rows["message"])
    assert rows["chi2"].isna().all() and "configural" in set(rows["step"])
    assert means.empty


def test_no_count_of_a_small_group_is_told(pupils):
    one = pupils["school"] == "Pasteur"
    rows, _ = invariance_tables(pd.concat([pupils[one], pupils[~one].head(3)]), TEST, 5)
    assert not any("3 " in text for text in rows["message"])


def test_levels_that_nobody_has_are_no_groups(pupils):
    rows, _ = invariance_tables(pupils, {**TEST, "levels": [*TEST["levels"], "Harvard"]}, 5)
    assert set(rows["status"]) == {"ok"} and set(rows["groups"]) == {2}


def test_a_scaled_difference_without_a_positive_factor_has_no_number():
    restricted, free = {"chi2": 30.0, "df": 12, "scaling": 0.9}, {"chi2": 20.0, "df": 10}
    assert np.isnan(difference_test(restricted, {**free, "scaling": 1.2}, "MLR")[0])
    chi2, df, p = difference_test(restricted, {**free, "scaling": 0.8}, "MLR")
    assert (df, round(chi2, 6)) == (2, round(10 / 1.4, 6)) and 0.02 < p < 0.03


def test_an_unknown_release_is_refused(pupils):
    for name in ("visual =~ x9", "x33 ~ 1"):
        with pytest.raises(ValueError, match="no parameter"):
            fit(HS, pupils, group="school", group_equal=("loadings",), group_partial=(name,))
