import warnings

import numpy as np
import pandas as pd
import pytest

from grassroots.inference.least_squares import least_squares
from grassroots.inference.regression import COLUMNS, FIT_COLUMNS, regressions

LEVELS = {"gender": ["male", "female"], "post": ["clerk", "section", "division", "bureau"]}
NUMBERS = ["b", "se", "beta", "t", "p", "ci_low", "ci_high", "vif", "se_hc3", "p_hc3"]


@pytest.fixture
def scores():
    rng = np.random.default_rng(11)
    n = 80
    frame = pd.DataFrame(
        {
            "gender": rng.choice(LEVELS["gender"], n),
            "post": rng.choice(LEVELS["post"][:3], n),
            "years": rng.integers(1, 30, n).astype(float),
            "x": rng.normal(size=n),
            "m": rng.normal(size=n),
        }
    )
    female = frame["gender"] == "female"
    frame["y"] = 2 + 0.5 * female - 0.3 * frame["x"] + rng.normal(size=n)
    return frame


def fitted(scores, steps, outcome="y", levels=LEVELS):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tables = regressions(
            scores, {"m1": {"outcome": outcome, "steps": steps}}, levels, alpha=0.05
        )
    assert tuple(tables.coefficients.columns) == COLUMNS
    assert tuple(tables.fit.columns) == FIT_COLUMNS
    return tables.coefficients, tables.fit


def test_categories_are_dummies_against_the_first_level(scores):
    table, _ = fitted(scores, [["gender"]])
    assert list(table["term"]) == ["intercept", "gender=female"]
    means = scores.groupby("gender")["y"].mean()
    assert table["b"].tolist() == pytest.approx([means["male"], means["female"] - means["male"]])
    assert table["reference"].tolist() == ["", "male"]


def test_steps_add_their_terms_to_those_before(scores):
    table, fit = fitted(scores, [["gender", "years"], ["x"], ["m"]])
    terms = table.groupby("step")["term"].agg(list)
    assert terms[1] == ["intercept", "gender=female", "years"]
    assert terms[3] == ["intercept", "gender=female", "years", "x", "m"]
    assert fit["delta_r2"].sum() == pytest.approx(fit["r2"].iloc[-1])
    assert fit["delta_df"].tolist() == [2, 1, 1]
    first = fit.iloc[0]
    assert [first["delta_f"], first["delta_p"]] == pytest.approx([first["f"], first["p"]])
    last = table[table["step"] == 3].set_index("term")
    # A single added term: F for change is the square of its t.
    assert fit["delta_f"].iloc[-1] == pytest.approx(last.loc["m", "t"] ** 2)
    assert fit["delta_p"].iloc[-1] == pytest.approx(last.loc["m", "p"])


def test_all_steps_have_the_rows_complete_in_the_last_one(scores):
    scores.loc[:9, "m"] = np.nan
    scores.loc[10:14, "gender"] = None
    scores.loc[15:16, "y"] = np.nan
    table, fit = fitted(scores, [["gender"], ["x"], ["m"]])
    assert set(fit["n"]) == set(table["n"]) == {63}
    alone, _ = fitted(scores.loc[17:], [["gender"]])
    assert table[table["step"] == 1]["b"].tolist() == pytest.approx(alone["b"].tolist())


def test_beta_is_the_slope_among_standardised_columns_dummies_too(scores):
    table, _ = fitted(scores, [["gender", "x", "m"]])
    dummy = (scores["gender"] == "female").astype(float)
    columns = pd.DataFrame({"g": dummy, "x": scores["x"], "m": scores["m"], "y": scores["y"]})
    z = ((columns - columns.mean()) / columns.std()).to_numpy()
    expected = np.linalg.lstsq(z[:, :3], z[:, 3], rcond=None)[0]
    assert table["beta"].iloc[1:].tolist() == pytest.approx(expected.tolist())
    assert np.isnan(table["beta"].iloc[0]) and np.isnan(table["vif"].iloc[0])


def test_one_term_has_a_vif_of_one(scores):
    table, _ = fitted(scores, [["x"]])
    assert table["vif"].iloc[1] == pytest.approx(1)


def test_a_level_that_nobody_has(scores):
    table, fit = fitted(scores, [["post"]])
    rows = table.set_index("term")
    assert list(rows.index) == ["intercept", "post=section", "post=division", "post=bureau"]
    assert rows.loc["post=bureau", "status"] == "no_cases"
    assert rows.loc["post=bureau", NUMBERS].isna().all()
    assert (rows["status"].drop("post=bureau") == "ok").all()
    assert fit["df1"].item() == 2


def test_the_reference_is_the_first_level_that_somebody_has(scores):
    table, _ = fitted(scores[scores["post"] != "clerk"], [["post"]])
    rows = table.set_index("term")
    assert rows.loc["post=division", "reference"] == "section"
    assert rows.loc["post=clerk", "status"] == "no_cases"


def state(fit):
    return list(fit["status"])


def test_a_variable_with_one_level_only(scores):
    table, fit = fitted(scores[scores["gender"] == "male"], [["x"], ["gender"], ["m"]])
    assert state(fit) == ["ok", "constant_term", "constant_term"]
    assert "gender" in fit["message"].iloc[1]
    broken = table[table["step"] == 2]
    assert list(broken["term"]) == ["intercept", "x", "gender=female"]
    assert broken[NUMBERS].isna().all(axis=None)
    assert fit.loc[1:, ["r2", "f", "delta_r2", "delta_p"]].isna().all(axis=None)


def test_a_constant_number(scores):
    _, fit = fitted(scores.assign(x=0.1), [["x"]])
    assert state(fit) == ["constant_term"]


def test_a_term_that_follows_from_others_is_named(scores):
    scores["sum"] = scores["x"] + scores["m"]
    table, fit = fitted(scores, [["x", "m"], ["sum"], ["years"]])
    assert state(fit) == ["ok", "singular", "singular"]
    assert fit["message"].iloc[1].endswith(": sum")
    assert table.loc[table["step"] > 1, NUMBERS].isna().all(axis=None)


def test_nearly_collinear_terms_are_estimated_and_their_vif_says_so(scores):
    scores["near"] = scores["x"] + 1e-3 * scores["m"]
    table, fit = fitted(scores, [["x", "near"]])
    assert state(fit) == ["ok"]
    assert (table["vif"].iloc[1:] > 1e5).all()


def test_an_outcome_that_follows_from_the_terms(scores):
    scores["total"] = (scores["x"] + scores["m"]) / 2
    _, fit = fitted(scores, [["x"], ["m"]], outcome="total")
    assert state(fit) == ["ok", "perfect_fit"]


def test_a_constant_outcome(scores):
    _, fit = fitted(scores.assign(y=3.3), [["x"]])
    assert state(fit) == ["constant_outcome"]


@pytest.mark.parametrize(
    ("rows", "status"), [(0, "too_few_cases"), (3, "too_few_cases"), (4, "ok")]
)
def test_too_few_cases(scores, rows, status):
    _, fit = fitted(scores.iloc[:rows], [["x", "m"]])
    assert state(fit) == [status]
    assert fit["n"].item() == rows


def test_the_only_member_of_a_level_leaves_no_hc3(scores):
    scores.loc[0, "post"] = "bureau"
    table, fit = fitted(scores, [["x"], ["post"]])
    assert state(fit) == ["ok", "ok"]
    second = table[table["step"] == 2]
    assert second[["se_hc3", "p_hc3"]].isna().all(axis=None)
    assert second["se"].notna().all()
    assert np.isnan(fit["max_cook"].iloc[1]) and fit["message"].iloc[1]
    assert table.loc[table["step"] == 1, "se_hc3"].notna().all()


@pytest.mark.parametrize(
    ("steps", "outcome", "says"),
    [
        ([["x"], ["x"]], "y", "twice"),
        ([["x", "y"]], "y", "twice"),
        ([["x"], []], "y", "adds nothing"),
        ([["team"]], "y", "not numeric"),
        ([["x"]], "team", "not numeric"),
    ],
)
def test_a_model_that_cannot_be_meant_is_refused(scores, steps, outcome, says):
    with pytest.raises(ValueError, match=says):
        fitted(scores.assign(team="red"), steps, outcome=outcome)


def test_a_value_that_is_no_level_is_refused(scores):
    with pytest.raises(ValueError, match="female"):
        fitted(scores, [["gender"]], levels={"gender": ["male", "other"]})
    with pytest.raises(KeyError):
        fitted(scores, [["absent"]])


def test_no_model_keeps_the_headers(scores):
    tables = regressions(scores, {}, {}, alpha=0.05)
    assert tuple(tables.coefficients.columns) == COLUMNS
    assert tuple(tables.fit.columns) == FIT_COLUMNS


def test_residual_moments_and_durbin_watson(scores):
    _, fit = fitted(scores, [["x"]])
    slope, intercept = np.polyfit(scores["x"], scores["y"], 1)
    residual = scores["y"] - intercept - slope * scores["x"]
    row = fit.iloc[0]
    assert row["residual_skew"] == pytest.approx(residual.skew())
    assert row["residual_kurtosis"] == pytest.approx(residual.kurt())
    assert row["durbin_watson"] == pytest.approx((residual.diff() ** 2).sum() / (residual**2).sum())


def test_hc3_covers_where_the_spread_grows_and_the_usual_interval_does_not():
    """500 samples with errors that grow with x; the slope is 1."""
    rng = np.random.default_rng(2)
    draws, hit, hit_hc3 = 500, 0, 0
    for _ in range(draws):
        x = rng.normal(size=100)
        found = least_squares(x + rng.normal(size=100) * x**2, x[:, None], 0.05).coefficients
        hit += found.ci_low[1] <= 1 <= found.ci_high[1]
        hit_hc3 += abs(found.b[1] - 1) <= 1.984467454 * found.se_hc3[1]
    assert hit / draws < 0.8
    assert hit_hc3 / draws > 0.88
